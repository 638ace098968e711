"""What the corpus holds, as records: sentences, passages, asks, limits, and all of a source as rows of the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from acobot.passages import Passage, Sentence
from acobot.sources import Ask, Particulars

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence and its word pieces: [first_token, last_token) of its source's token file."""

    sentence: Sentence
    first_token: int
    last_token: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number, its text, and its word pieces in its source's token file.

    [first_token, last_token) are the text's; [context_token, first_token) are those of its context: title, headings,
    and the questions from `asks:` that it is said to answer.
    """

    number: int
    passage: Passage
    text: str
    token_file: str
    context_token: int
    first_token: int
    last_token: int
    sentences: tuple[StoredSentence, ...]

    def text_of(self, sentence: StoredSentence) -> str:
        """The words of one of its sentences."""
        shift = self.passage.start
        return self.text[sentence.sentence.start - shift : sentence.sentence.end - shift]


@dataclass(frozen=True, slots=True)
class StoredAsk:
    """A question from `asks:`: the number of the passage that answers, and where the sentence begins that does.

    Its word pieces are [first_token, last_token) of its source's token file.
    """

    passage: int
    start: int
    first_token: int
    last_token: int
    text: str


@dataclass(frozen=True, slots=True)
class StoredLimit:
    """What the sources do not say, and where to read on: an address, or a span of a source, or neither."""

    number: int
    say: str
    address: str
    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredLimitAsk:
    """A question that a limit is for; its word pieces are [first_token, last_token) of the limits' own."""

    limit: StoredLimit
    text: str
    first_token: int
    last_token: int


@dataclass(frozen=True, slots=True)
class SourceRows:
    """All that the corpus holds of one source, as rows; its passages are numbered from `first`.

    `source` is what is listed of it, and `body` the rest. `asks` are rows of passage, start, tokens and text: their
    numbers are given when they are added.
    """

    source: Row
    body: Row
    passages: Sequence[Row]
    sentences: Sequence[Row]
    abbreviations: Sequence[Row]
    asks: Sequence[Row]

    @property
    def sha256(self) -> str:
        """Of the citable text."""
        return str(self.source[1])

    @property
    def file_sha256(self) -> str:
        """Of the file as it lay on disk."""
        return str(self.source[2])

    @property
    def token_file(self) -> str:
        """The name of the file of its token vectors."""
        return str(self.source[3])

    def with_tokens(self, token_file: str) -> SourceRows:
        """The same with another file of token vectors."""
        return replace(self, source=(*self.source[:3], token_file, *self.source[4:]))

    @property
    def title(self) -> str:
        """Its title."""
        return str(json.loads(self.source[6])["title"])


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What is told of a source without reading its text: its particulars, digest, asks and number of passages."""

    id: str
    particulars: Particulars
    sha256: str
    asks: tuple[Ask, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class Extent:
    """What all sources are like: the dates on which any was published, in order, and their kinds."""

    dates: tuple[str, ...]
    kinds: frozenset[str]
