"""What the reader learns from: texts with their sentences; questions with what answers them and what is retrieved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from acobot.reader import ReaderInput


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as the product makes it: `title` is what is read before it, and `sentences` are spans of `text`."""

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]

    def read_as(self, context: str) -> ReaderInput:
        """The passage as the reader is given it."""
        return ReaderInput(context, self.text, self.sentences)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `gold` maps numbers of texts that answer to the numbers of their deciding sentences.

    `query` is the question as the product completes it; `group` is what must not be in training and validation both;
    `home` is the text it was written on, -1 where unknown; `found` are the texts that the product retrieves, best
    first.
    """

    group: str
    kind: str
    question: str
    query: str
    gold: Mapping[int, tuple[int, ...]]
    home: int
    found: tuple[int, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """A set of questions and the texts that they are asked of."""

    name: str
    texts: tuple[Text, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage to be read, the numbers of its deciding sentences, and the span of the answer's words if known."""

    passage: ReaderInput
    right: frozenset[int] = frozenset()
    answer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its passages. Any right sentence will do, or with `every` each of them is wanted.

    `entries` says that they are entries of a page of questions and answers.
    """

    question: str
    rows: tuple[Row, ...]
    every: bool = False
    entries: bool = False


def write_pool(pool: Pool, path: Path) -> None:
    """Saves a pool as JSON lines: its name, then its texts, then its questions."""
    lines: Iterable[dict[str, Any]] = (
        {"name": pool.name},
        *({"as": "text", **asdict(text)} for text in pool.texts),
        *({"as": "asked", **asdict(one), "gold": [[k, list(v)] for k, v in one.gold.items()]} for one in pool.asked),
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def read_pool(path: Path) -> Pool:
    """The pool that `write_pool` saved."""
    with path.open(encoding="utf-8") as file:
        name = json.loads(next(file))["name"]
        texts, asked = [], []
        for line in file:
            raw = json.loads(line)
            if raw.pop("as") == "text":
                texts.append(Text(raw["title"], raw["text"], tuple((start, end) for start, end in raw["sentences"])))
            else:
                gold = {number: tuple(sentences) for number, sentences in raw.pop("gold")}
                found, answers = tuple(raw.pop("found")), tuple(raw.pop("answers"))
                asked.append(Asked(**raw, gold=gold, found=found, answers=answers))
    return Pool(name, tuple(texts), tuple(asked))
