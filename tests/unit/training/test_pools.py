"""Which sentences decide, what is kept aside, and that a pool comes back as it was saved."""

from pathlib import Path

from training.records import Asked, Pool, Text, read_pool, write_pool
from training.retrieving import deciding
from training.splitting import split

TEXT = Text("T", "The cat (*Felis*) sleeps. It eats fish, mostly. Yes.", ((0, 25), (26, 47), (48, 52)))


def test_a_span_marks_the_sentence_that_holds_it_whatever_the_marks() -> None:
    assert deciding(TEXT, ["the cat (felis) sleeps"]) == (0,)
    assert deciding(TEXT, ["fish"]) == (1,)


def test_a_span_of_two_sentences_marks_both() -> None:
    assert deciding(TEXT, ["Felis*) sleeps. It eats fish, mostly."]) == (0, 1)


def test_a_span_that_the_text_holds_only_in_part_marks_the_sentences_within() -> None:
    assert deciding(TEXT, ["Before that: it eats fish, mostly. And more"]) == (1,)
    assert deciding(TEXT, ["something else"]) == ()


def asked(group: str) -> Asked:
    return Asked(group, "plain", "Why?", "Why?", {0: (1, 2)}, 0, (0,), ("fish",))


def test_a_pool_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    pool = Pool("own", (TEXT,), (asked("a"), asked("b")))
    write_pool(pool, tmp_path / "own.jsonl")
    assert read_pool(tmp_path / "own.jsonl") == pool


def test_what_belongs_together_is_not_parted() -> None:
    pool = Pool("own", (TEXT,), tuple(asked(f"g{number // 3:02d}") for number in range(90)))
    parts = split({"own": pool}, {})
    trained = {one.group for one in parts.pools["own"].asked}
    kept = {one.group for one in parts.kept_pools["own"].asked}
    assert not trained & kept
    assert len(kept) == 3
    assert len(parts.kept_pools["own"].asked) == 9
