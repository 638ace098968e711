"""Which words of a text are gone and which are new, and how much is shown around them."""

from __future__ import annotations

import pytest

from acobot.review import diff_versions
from acobot.review.words import AROUND, changed_words
from acobot.settings import Settings
from tests.unit.review.test_review import CATS, DOGS, version

LONG = " ".join(f"w{number}" for number in range(40))


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("Cats eat fish.", "Cats eat mice.", (("=", "Cats eat"), ("-", "fish."), ("+", "mice."))),
        ("Cats eat.", "Cats eat. Dogs too.", (("=", "Cats eat."), ("+", "Dogs too."))),
        ("", "Cats eat.", (("+", "Cats eat."),)),
        ("Cats eat.", "", (("-", "Cats eat."),)),
        ("Cats  eat.", "Cats\neat.", ()),
    ],
)
def test_words_that_are_gone_and_new(old: str, new: str, runs: tuple[tuple[str, str], ...]) -> None:
    assert changed_words(old, new) == runs


def test_only_a_few_words_around_a_change_are_shown() -> None:
    (_, before), gone, new, (_, after) = changed_words(f"{LONG} old {LONG}", f"{LONG} new {LONG}")
    assert (gone, new) == (("-", "old"), ("+", "new"))
    assert before.split() == ["…", *LONG.split()[-AROUND:]]
    assert after.split() == [*LONG.split()[:AROUND], "…"]
    between = changed_words(f"a {LONG} b", f"c {LONG} d")[2]
    assert between[1].split() == [*LONG.split()[:AROUND], "…", *LONG.split()[-AROUND:]]


def test_versions_tell_the_words_of_changed_passages_only(settings: Settings) -> None:
    old = version(settings, {"cats.md": CATS, "dogs.md": DOGS, "gone.md": DOGS + "Wolves howl.\n"})
    new = version(settings, {"cats.md": CATS.replace("fish", "mice"), "dogs.md": DOGS, "come.md": "Owls hoot.\n"})
    found = diff_versions(old, new)
    assert list(found.words) == ["cats"]
    [change] = found.words["cats"]
    assert change.heading == "Food"
    assert change.runs == (("=", "Cats eat"), ("-", "fish."), ("+", "mice."))
