import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from acobot.answer import Answer
from acobot.answering import Means, find_answer
from acobot.build import Publish
from acobot.index import Store, Version
from acobot.question import Message
from acobot.review import Asked, compare_answers, diff_versions, read_questions, survey_sources
from acobot.review.diff import Counts
from acobot.review.survey import _copied
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, write_sources

CATS = "# Cats\n\nCats sleep in the sun.\n\n## Food\n\nCats eat fish.\n\n## Play\n\nKittens chase string.\n"
DOGS = "# Dogs\n\nDogs chase balls in the park.\n"


def version(settings: Settings, texts: dict[str, str]) -> Version:
    """The opened version of these sources, and of no others."""
    for path in settings.sources.iterdir():
        path.unlink()
    write_sources(settings.sources, texts)
    return Version(Store(settings.index).path(build(settings, publish=Publish.NEVER).index_id))


def ask(version: Version, question: str, history: Sequence[Message] = ()) -> Answer:
    return find_answer(version, Means(WordEncoder()), question, history).answer


def test_sources_and_passages_that_came_changed_and_went(settings: Settings) -> None:
    old = version(settings, {"cats.md": CATS, "dogs.md": DOGS, "birds.md": "# Birds\n\nBirds sing.\n"})
    changed = CATS.replace("fish", "mice").replace("## Play\n\nKittens chase string.\n", "")
    new = version(settings, {"cats.md": changed, "hounds.md": DOGS, "fish.md": "# Fish\n\nFish swim.\n"})
    found = diff_versions(old, new)
    assert (found.added, found.changed, found.removed, found.renamed) == (
        ("fish",),
        ("cats",),
        ("birds",),
        (("dogs", "hounds"),),
    )
    assert found.passages == {"birds": Counts(0, 0, 1), "cats": Counts(0, 1, 1), "fish": Counts(1, 0, 0)}
    assert not found.other_settings


def test_two_copies_are_renamed_to_two_names(settings: Settings) -> None:
    old = version(settings, {"a.md": DOGS, "b.md": DOGS})
    found = diff_versions(old, version(settings, {"c.md": DOGS, "d.md": DOGS, "e.md": DOGS}))
    assert found.renamed == (("a", "c"), ("b", "d"))
    assert found.added == ("e",)


def test_other_settings_are_told(settings: Settings) -> None:
    old = version(settings, {"dogs.md": DOGS})
    new = version(settings.model_copy(update={"asks": False}), {"dogs.md": DOGS})
    found = diff_versions(old, new)
    assert found.other_settings
    assert found.passages == {}


def test_answers_differ_in_status_quotes_or_order(settings: Settings) -> None:
    old = version(settings, {"cats.md": CATS, "dogs.md": DOGS})
    new = version(settings, {"cats.md": CATS.replace("eat fish", "eat mice")})
    questions = [Asked("Do cats eat?"), Asked("Do dogs chase balls in the park?"), Asked("Do cats sleep?")]
    changes = compare_answers(questions, lambda *q: ask(old, *q), lambda *q: ask(new, *q))
    assert [(one.question, one.changed) for one in changes] == [
        ("Do cats eat?", ("quotes",)),
        ("Do dogs chase balls in the park?", ("status", "quotes")),
    ]


def test_questions_are_read_as_words_or_as_json(tmp_path: Path) -> None:
    path = tmp_path / "questions"
    path.write_text('Who sleeps?\n\n{"question": "Why?", "history": [{"role": "user", "content": "Cats"}], "id": 1}\n')
    assert read_questions(path) == (Asked("Who sleeps?"), Asked("Why?", (Message("user", "Cats"),)))


def test_questions_of_a_conversation_are_read_turn_by_turn(tmp_path: Path) -> None:
    path = tmp_path / "questions"
    path.write_text('{"id": "c", "turns": [{"question": "Who sleeps?"}, {"question": "And why?"}]}\n')
    assert read_questions(path) == (Asked("Who sleeps?"), Asked("And why?", (Message("user", "Who sleeps?"),)))


def test_a_mark_of_the_encoding_and_signs_that_end_a_line_elsewhere_are_no_part_of_questions(tmp_path: Path) -> None:
    path = tmp_path / "questions"
    path.write_text('{"question": "Who\u2028sleeps?"}\r\nWho plays?', "utf-8-sig")
    assert read_questions(path) == (Asked("Who\u2028sleeps?"), Asked("Who plays?"))


@pytest.mark.parametrize(
    ("published", "updated", "old"),
    [
        ("2018-04-01", "", True),
        ("2019-11-22", "", False),
        ("2019-11-21", "", True),
        ("2019-11", "", False),
        ("2019-10", "", True),
        ("2019", "", False),
        ("2018", "", True),
        ("2018", "2020-01", False),
    ],
)
def test_a_source_is_old_once_its_last_date_is_surely_past(
    settings: Settings, published: str, updated: str, old: bool
) -> None:
    more = f"updated: {updated}\n" if updated else ""
    text = f"---\npublisher: P\npublished: {published}\n{more}---\nCats sleep.\n"
    (found,) = survey_sources(version(settings, {"a.md": text}), date(2024, 11, 22), 5)
    assert [one.text for one in found.warnings] == (["older than 5 years"] if old else [])


def test_copied_text_and_furniture_are_told(settings: Settings) -> None:
    said = "The council opens the old library to all of its readers on Sundays.\n"
    menu = "- Home\n- News\n- About us\n- Contact\n- Log in\n- Privacy policy\n- Cookies\n\n"
    own = "Nothing that stands here has ever been said before by anybody at all.\n"
    texts = {"a.md": f"# A\n\n{said}", "b.md": f"# B\n\n{said}\n{own}", "c.md": f"{menu}# C\n\nCats sleep.\n"}
    a, b, c = survey_sources(version(settings, texts), date(2024, 1, 1), 5)
    assert "100% also in b" in [one.text for one in a.warnings]
    assert "50% also in a" in [one.text for one in b.warnings]
    assert c.set_aside > 0.5
    assert any(warning.text.endswith("set aside as page furniture") for warning in c.warnings)
    assert not any("also in" in warning.text for warning in c.warnings)


def test_a_footer_that_thousands_have_takes_no_time_and_is_told_of_each() -> None:
    ids = [f"{number:04}" for number in range(3000)]
    footer = set(range(5))
    sentences = {name: footer | {100 + number // 2} for number, name in enumerate(ids)}  # two and two have one more
    holders: dict[int, list[str]] = {}
    for name, said in sentences.items():
        for one in said:
            holders.setdefault(one, []).append(name)
    started = time.perf_counter()
    told = [_copied(name, sentences, holders) for name in ids]
    assert time.perf_counter() - started < 2  # comparing all with all takes twice as long, and grows faster
    partners = (ids[number ^ 1] for number in range(len(ids)))
    assert [one.text for (one,) in told] == [f"100% also in {partner}" for partner in partners]


def test_other_words_for_what_the_sources_do_not_say_are_a_change(settings: Settings) -> None:
    def limits(say: str) -> dict[str, str]:
        return {"cats.md": CATS, "_limits.yaml": f"- asks: [who feeds owls]\n  say: {say}\n"}

    old, new = version(settings, limits("No source says.")), version(settings, limits("Ask the zoo."))
    changes = compare_answers([Asked("who feeds owls")], lambda *q: ask(old, *q), lambda *q: ask(new, *q))
    assert [one.changed for one in changes] == [("limit",)]
