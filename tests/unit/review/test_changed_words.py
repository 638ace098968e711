"""Which words of a text are gone and which are new, and how much is shown around them."""

from __future__ import annotations

import random
import time

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


def many_words(number: int) -> list[str]:
    """As many words as a long source has, a few of them often and most of them seldom."""
    rng = random.Random(1)
    known = [f"w{number}" for number in range(3000)]
    return rng.choices(known, [1 / rank for rank in range(1, 3001)], k=number)


def test_a_long_text_that_stayed_is_compared_at_once() -> None:
    words = many_words(100_000)
    began = time.process_time()
    assert changed_words(" ".join(words), "\n".join(words)) == ()
    assert time.process_time() - began < 1


def test_few_changes_of_a_long_text_are_told_word_by_word() -> None:
    old = many_words(100_000)
    new = list(old)
    for place in range(500, len(old), 1000):
        new[place] = f"new{place}"
    del new[-7:]
    began = time.process_time()
    runs = changed_words(" ".join(old), " ".join(new))
    assert time.process_time() - began < 5
    come = [word for kind, words in runs for word in words.split() if kind == "+"]
    gone = [word for kind, words in runs for word in words.split() if kind == "-"]
    assert [word for word in come if word.startswith("new")] == [f"new{place}" for place in range(500, len(old), 1000)]
    assert len(come) < 110
    assert gone[-7:] == old[-7:]
    assert all(len(words.split()) <= 2 * AROUND + 1 for kind, words in runs if kind == "=")


def test_a_long_text_that_is_another_one_is_compared_in_seconds() -> None:
    old = many_words(100_000)
    began = time.process_time()
    runs = changed_words(" ".join(old), " ".join(reversed(old)))
    assert time.process_time() - began < 20
    assert {"-", "+"} <= {kind for kind, _ in runs}


def test_versions_tell_the_words_of_changed_passages_only(settings: Settings) -> None:
    old = version(settings, {"cats.md": CATS, "dogs.md": DOGS, "gone.md": DOGS + "Wolves howl.\n"})
    new = version(settings, {"cats.md": CATS.replace("fish", "mice"), "dogs.md": DOGS, "come.md": "Owls hoot.\n"})
    found = diff_versions(old, new)
    assert list(found.words) == ["cats"]
    [change] = found.words["cats"]
    assert change.heading == "Food"
    assert change.runs == (("=", "Cats eat"), ("-", "fish."), ("+", "mice."))
