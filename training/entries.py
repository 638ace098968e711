"""Articles → examples that look like pages of questions and answers: an entry's heading asks, its text is a few words.

The heading is the question itself, worn: without the words of the title, as on a page whose title says what it is
about, and without some others. Beside it stand the entries that are likest to it.
"""

from __future__ import annotations

import random
import re

from acobot.reader import ReaderInput
from training.records import Example, Row
from training.sets import Article

MOST_BESIDE = 4
LOOKED_AT = 24  # entries among which the likest are taken
UNANSWERED = 0.35  # of the questions stand among other entries alone
DROPPED = 0.2  # of a heading's words, but its first two
LONGEST = 12  # words of an answer

_WORD = re.compile(r"\w+")
Entry = tuple[str, str]  # a question, and the words that answer it


def from_entries(article: Article, rng: random.Random) -> Example | None:
    """A question with entries of a page, of which one answers or none; None where the article has too few."""
    entries = _entries(article)
    if len(entries) < 2:
        return None
    question, answer = rng.choice(entries)
    among = rng.sample(entries, min(len(entries), LOOKED_AT))
    others = [one for one in among if not _alike(one[1], answer) and one[0] != question]
    said = _words(question)
    others.sort(key=lambda one: -len(said & _words(one[0])))
    beside = others[: rng.randint(1, MOST_BESIDE)]
    rows = [_row(article.title, other, words, rng, right=False) for other, words in beside]
    if not rows or rng.random() >= UNANSWERED:
        rows.insert(0, _row(article.title, question, answer, rng, right=True))
    return Example(question, tuple(rows), entries=True)


def _entries(article: Article) -> list[Entry]:
    asked = [(question, answers[0]) for one in article.paragraphs for question, answers in one.questions if answers]
    return [(question, answer) for question, answer in asked if len(answer.split()) <= LONGEST]


def _row(title: str, question: str, answer: str, rng: random.Random, *, right: bool) -> Row:
    text = answer[:1].upper() + answer[1:].rstrip(".") + "."
    passage = ReaderInput(f"{title} > {worn(question, title, rng)}", text, ((0, len(text)),))
    return Row(passage, frozenset([0] if right else []))


def worn(question: str, title: str, rng: random.Random) -> str:
    """A question as a heading under a title: without the title's words and some others; as it is where few are left."""
    about, words = _words(title), question.rstrip("? ").split()
    kept = words[:2] + [one for one in words[2:] if not _words(one) & about and rng.random() >= DROPPED]
    return " ".join(kept if len(kept) > 2 else words) + "?"


def _alike(one: str, other: str) -> bool:
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
