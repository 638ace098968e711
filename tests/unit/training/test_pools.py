"""Which sentences decide, what is kept aside, and that a pool comes back as it was saved."""

import json
from pathlib import Path

from training.records import Asked, Pool, Text, read_pool, write_pool
from training.retrieving import deciding
from training.sets import INVENTED, WHOLE, as_blocks, asked_in_turn, on_pages
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


def test_lines_become_the_markdown_that_they_look_like() -> None:
    assert as_blocks("One. Two.") == "One. Two."
    assert as_blocks("Item | Fee\nBike | £4") == "| Item | Fee |\n| --- | --- |\n| Bike | £4 |"
    assert as_blocks("You can apply if:\nyou live here;\nyou are 60.") == (
        "You can apply if:\n\n- you live here;\n- you are 60."
    )
    assert as_blocks("To begin:\n1. Sit.\n2. Eat.") == "To begin:\n\n1. Sit.\n2. Eat."
    assert as_blocks("1. Sit.\n2. Eat.") == "1. Sit.\n2. Eat."


def test_the_invented_questions_have_their_evidence_in_their_passages() -> None:
    passages = {}
    for path in (path for folder in INVENTED.values() for path in folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            assert passage["passage"] not in passages, path.name
            passages[passage["passage"]] = passage
    assert passages
    for passage in passages.values():
        for asked, _ in asked_in_turn(passage):
            assert asked["kind"].startswith("near") != bool(asked["evidence"]), asked
            assert all(words in passage["text"] for words in asked["evidence"]), asked
            for other, also in asked.get("also", {}).items():
                assert all(words in passages[other]["text"] for words in also), asked


def test_twins_are_asked_the_same_stay_together_and_each_alone_is_searched() -> None:
    asked = [{"kind": "fact", "question": "Who pays?", "evidence": ["You pay."]}]
    unasked = [{"kind": "near-detail", "question": "Who pays?", "evidence": []}]
    about = {"title": "Fees", "publisher": "", "pair": "fees"}
    lines = [
        {"passage": "fees-a", "text": "You pay.", "questions": asked} | about,
        {"passage": "fees-b", "text": "Fees are paid in May.", "questions": unasked} | about,
    ]
    documents, questions = on_pages(lines)
    assert [one.id for one in documents] == ["fees-a", "fees-b"]
    assert [(one.group, one.within, one.documents) for one in questions] == [
        ("fees", "fees-a", ("fees-a",)),
        ("fees", "fees-b", ()),
    ]


def test_of_twins_some_questions_are_answered_by_one_alone() -> None:
    assert set(WHOLE) <= set(INVENTED)
    answered: dict[tuple[str, str], set[bool]] = {}
    for path in INVENTED["twins"].glob("*.jsonl"):
        for page in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for asked in page["questions"]:
                answered.setdefault((page["pair"], asked["question"]), set()).add(bool(asked["evidence"]))
    assert sum(len(one) > 1 for one in answered.values()) > len(answered) / 2


def test_each_turn_of_a_talk_is_asked_after_those_before_it_with_their_answers() -> None:
    about = {"passage": "fees", "title": "Fees", "publisher": "", "text": "You pay £4. It is due in May."}
    turns = [
        {"kind": "plain", "question": "What do I pay?", "evidence": ["You pay £4."]},
        {"kind": "near-followup", "question": "and children?", "evidence": []},
        {"kind": "followup", "question": "when?", "evidence": ["It is due in May."]},
    ]
    _, (first, second, third) = on_pages([about | {"talks": [turns]}])
    assert first.history == ()
    assert [(one.role, one.content) for one in second.history] == [
        ("user", "What do I pay?"),
        ("assistant", "You pay £4."),
    ]
    assert [one.status for one in third.history if one.role == "assistant"] == ["answered", "not_in_sources"]
    assert not second.documents
    assert third.documents == ("fees",)
