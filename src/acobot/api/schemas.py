"""What travels as JSON besides the answer itself: requests, replies, and problems as OpenAPI describes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.dataclasses import dataclass

from acobot.answer import Answer, CitedPassage, CitedSource, IndexName
from acobot.api.problems import MEDIA_TYPE, TYPE_PREFIX, FieldError, problem_types, title_of
from acobot.evidence import MOST_QUOTES
from acobot.index import BadFile, Manifest
from acobot.languages import Catalogue
from acobot.question import HISTORY_MESSAGES, MESSAGE_LENGTH, Message

MOST_QUESTIONS = 100  # of a batch
MOST_RESULTS = 100  # of a search, on all its pages together
_MOST_UNKNOWN = 1000  # fields that are refused one by one, which takes some 30 ms


def whole_characters(text: str) -> str:
    """The text; raises ValueError where it holds half of a surrogate pair."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("half of a surrogate pair")  # told in the catalogue's words
    return text


@dataclass(frozen=True)
class Problem:
    """What is wrong, and what to do (RFC 9457)."""

    type: Annotated[str, WithJsonSchema({"type": "string", "enum": [TYPE_PREFIX + one for one in problem_types()]})]
    title: str
    status: int
    detail: str
    errors: list[FieldError] = dataclasses.field(default_factory=list)


class HistoryMessage(BaseModel):
    """One earlier message; keys that are not known are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    role: Literal["user", "assistant"]
    content: Annotated[str, AfterValidator(whole_characters)]
    status: Annotated[str, AfterValidator(whole_characters)] = Field("", max_length=40)


def _last_messages(history: object) -> object:
    """What is used of a history, before each message is looked at: a long one must not cost more than a short one."""
    return history[-HISTORY_MESSAGES:] if isinstance(history, list) else history


# Its length is looked at by the assistant, once it is cleaned up.
Question = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1})]
History = Annotated[list[HistoryMessage], BeforeValidator(_last_messages)]


Cursor = Annotated[
    str | None, Query(description="where to go on, from the `next` of the page before", examples=["c291cmNlczpndWlkZQ"])
]


class Body(BaseModel):
    """What all requests have in common: a field that is not known is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _leave_most_unknown_out(cls, said: object) -> object:
        if not isinstance(said, dict) or len(said) <= _MOST_UNKNOWN:
            return said
        unknown = islice((name for name in said if name not in cls.model_fields), _MOST_UNKNOWN)
        return cls.known(said) | {name: said[name] for name in unknown}

    @classmethod
    def known(cls, said: dict[str, Any]) -> dict[str, Any]:
        """What was said of the fields that there are."""
        return {name: said[name] for name in cls.model_fields if name in said}


class SearchRequest(Body):
    """A question to search for, with the conversation that it stands in."""

    question: Question
    history: History = []
    limit: int = Field(10, ge=1, le=MOST_RESULTS)


class AskRequest(Body):
    """A question to answer, with the conversation that it stands in."""

    question: Question
    history: History = []
    source_ids: Annotated[list[str], Field(min_length=1, max_length=1000)] | None = None
    max_quotes: int = Field(MOST_QUOTES, ge=1, le=MOST_QUOTES)


_ASKED = {"$ref": "#/components/schemas/AskRequest"}


class BatchRequest(Body):
    """Questions to answer, each as it would be asked alone; what is wrong with one is told of that one."""

    questions: Annotated[
        list[Any],
        WithJsonSchema({"type": "array", "minItems": 1, "maxItems": MOST_QUESTIONS, "items": _ASKED}),
    ]


@dataclass(frozen=True)
class BatchResult:
    """The answer to one question of a batch, or what is wrong with it; the other one is null."""

    answer: Answer | None
    problem: Problem | None


@dataclass(frozen=True)
class BatchReply:
    """The results in the order of the questions."""

    results: list[BatchResult]


@dataclass(frozen=True)
class SearchResult:
    """One passage; `score` is its likeness to the query, between 0 and 1, higher is better."""

    rank: int
    score: float
    source: CitedSource
    passage: CitedPassage
    href: str


@dataclass(frozen=True)
class SearchReply:
    """The passages nearest to a question, best first; `next` is where the same body brings the next ones."""

    searched_for: str
    results: list[SearchResult]
    next: str | None
    index: IndexName


@dataclass(frozen=True)
class SourceList:
    """The sources, in order of id; `next` is the address of the next ones."""

    sources: list[CitedSource]
    next: str | None
    index: IndexName


@dataclass(frozen=True, kw_only=True)
class SourceText(CitedSource):
    """A source with its citable text, which offsets count in and `sha256` is of (as UTF-8)."""

    text: str
    index: IndexName


@dataclass(frozen=True, kw_only=True)
class IndexState(Manifest):
    """The manifest of the live index, and the files that the last build could not read."""

    bad_files: tuple[BadFile, ...]


@dataclass(frozen=True)
class Alive:
    """The process lives."""

    status: Literal["ok"]


@dataclass(frozen=True)
class Ready:
    """An index is loaded, and answers."""

    status: Literal["ready"]
    index: IndexName


def used_messages(history: Sequence[HistoryMessage]) -> list[Message]:
    """The messages that are used: the last ones, each cut."""
    return [Message(one.role, one.content[:MESSAGE_LENGTH], one.status) for one in history[-HISTORY_MESSAGES:]]


def problem_replies(texts: Catalogue, *statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of these statuses, or of all as the default one, as OpenAPI describes them."""
    types = problem_types()
    if not statuses:
        return {"default": _described(texts, list(types))}
    return {status: _described(texts, [slug for slug, of in types.items() if of == status]) for status in statuses}


def _described(texts: Catalogue, types: Sequence[str]) -> dict[str, Any]:
    told = "; ".join(f"{title_of(slug, texts)} (`{TYPE_PREFIX}{slug}`)" for slug in types)
    return {"description": told, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
