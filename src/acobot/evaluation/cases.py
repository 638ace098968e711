"""A questions file → cases. A line has one of three shapes, all made into one record.

- A question: `id`, `question`, `answerable`, optionally `kind` and `history`, and `evidence`, the parts that an answer
  needs. A part is a list of alternatives, any one of which decides it: `{"source": id, "text": "exact words"}`, or by
  place, `{"source": id, "start": n, "end": m}`, optionally with the `sha256` (or its beginning) of the words there.
- A question on documents: `id`, `history`, `question`, `answerable`, `documents`, the ids of those that answer it, and
  `spans`, words of any of these; each span alone is an answer.
- A conversation: `id` and `turns`, each a question without id and history but with `needs_history` where it lacks words
  of its own, or `small_talk` where it asks nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from acobot.errors import QuestionError, SettingsError, UnknownSourceError
from acobot.languages import DEFAULT_LANGUAGE, load_language
from acobot.question import Message, clean_question
from acobot.sources import Source

Span = tuple[str, int, int]  # source id, start, end, half-open code points
Part = tuple[Span, ...]  # alternatives
ReadSource = Callable[[str], Source]
_T = TypeVar("_T")
FOLLOW_UP, OPENING, SMALL_TALK = "follow-up", "opening", "small talk"  # kinds of turns


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what answers it: parts of evidence, or documents, or both; neither where it is unanswerable.

    `history` is what was said before, unless it is a turn of a `conversation`: then that is what really was said.
    `missing_spans` counts the spans that stand in none of the documents.
    """

    id: str
    kind: str
    question: str
    answerable: bool
    history: tuple[Message, ...] = ()
    parts: tuple[Part, ...] = ()
    documents: tuple[str, ...] = ()
    missing_spans: int = 0
    conversation: str = ""

    @property
    def small_talk(self) -> bool:
        """Whether it should be taken for small talk."""
        return self.kind == SMALL_TALK

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that answer it."""
        return frozenset(source for part in self.parts for source, _, _ in part) | frozenset(self.documents)


def read_cases(path: Path, read_source: ReadSource) -> tuple[Case, ...]:
    """The cases of a questions file. Raises `SettingsError` naming the file's line, and the mend."""
    cases: dict[str, Case] = {}
    for number, line in enumerate(read_lines(path), start=1):
        for case in _read_line(f"{path}, line {number}", line, read_source):
            if case.id in cases:
                raise SettingsError(f"{path}, line {number}: the id {case.id!r} is there twice; give each its own")
            cases[case.id] = case
    if not cases:
        raise SettingsError(f"{path} holds no questions; write a JSON object a line")
    return tuple(cases.values())


def read_lines(path: Path) -> list[str]:
    """The lines of a questions file; other signs that end a line may stand in a question. Raises `SettingsError`."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the questions {path} cannot be read ({error}); name a file in UTF-8") from None


def make_cases(raw: Mapping[str, Any], read_source: ReadSource) -> tuple[Case, ...]:
    """The cases of one line, in whatever shape: one, or one a turn.

    Raises `ValueError` or `TypeError` where it has none of the shapes, `UnknownSourceError` or `QuestionError`.
    """
    if "turns" not in raw:
        return (_make_case(raw, read_source),)
    name = _field(raw, "id", str)
    return tuple(_make_turn(name, number, turn, read_source) for number, turn in enumerate(_objects(raw, "turns"), 1))


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Everywhere that the words stand in the text: literally, else with any white space where the words have some."""
    for pattern in (re.escape(words.strip()), r"\s+".join(map(re.escape, words.split()))):
        if pattern and (places := [found.span() for found in re.finditer(pattern, text)]):
            return places
    return []


def _read_line(place: str, line: str, read_source: ReadSource) -> tuple[Case, ...]:
    try:
        return make_cases(json.loads(line), read_source) if line.strip() else ()
    except UnknownSourceError as error:
        reason = f"there is no source {error.values['source']}"
        raise SettingsError(f"{place}: {reason}; name the index of its documents with --index") from None
    except QuestionError as error:
        reason = error.said(load_language(DEFAULT_LANGUAGE).catalogue)
        raise SettingsError(f"{place}: not a question as described in --help ({reason})") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise SettingsError(f"{place}: not a question as described in --help ({error})") from None


def _make_turn(conversation: str, number: int, turn: Mapping[str, Any], read_source: ReadSource) -> Case:
    kind = SMALL_TALK if turn.get("small_talk") else FOLLOW_UP if turn.get("needs_history") else OPENING
    return _make_case({"kind": kind, **turn, "id": f"{conversation}.{number}"}, read_source, conversation)


def _make_case(raw: Mapping[str, Any], read_source: ReadSource, conversation: str = "") -> Case:
    parts, documents, missing = _on_documents(raw, read_source) if "documents" in raw else _own(raw, read_source)
    answerable = _field(raw, "answerable", bool)
    if answerable != bool(parts or documents):
        raise ValueError("it needs evidence where it is answerable, and none where it is not")
    clean_question(_field(raw, "question", str))
    return Case(
        id=_field(raw, "id", str),
        kind=_field({"kind": "", **raw}, "kind", str),
        question=raw["question"],
        answerable=answerable,
        history=tuple(_messages(raw)),
        parts=parts,
        documents=documents,
        missing_spans=missing,
        conversation=conversation,
    )


def _own(raw: Mapping[str, Any], read_source: ReadSource) -> tuple[tuple[Part, ...], tuple[str, ...], int]:
    evidence = _field({"evidence": [], **raw}, "evidence", list)
    if not all(isinstance(part, list) and part for part in evidence):
        raise ValueError("'evidence' is a list of parts, each a list of alternatives")
    return tuple(tuple(_place(one, read_source) for one in part) for part in evidence), (), 0


def _place(raw: Mapping[str, Any], read_source: ReadSource) -> Span:
    source = read_source(_field(raw, "source", str))
    if "text" in raw:
        words = _field(raw, "text", str)
        start = source.text.find(words)
        end = start + len(words)
    else:
        start, end = _field(raw, "start", int), _field(raw, "end", int)
        words = f"{start} to {end}"
    if not 0 <= start < end <= len(source.text):
        raise ValueError(f"{source.id} does not say {words[:60]!r}")
    digest = hashlib.sha256(source.text[start:end].encode()).hexdigest()
    if not digest.startswith(str(raw.get("sha256", ""))):
        raise ValueError(f"{source.id} has other words from {start} to {end} than when the evidence was noted")
    return source.id, start, end


def _on_documents(raw: Mapping[str, Any], read_source: ReadSource) -> tuple[tuple[Part, ...], tuple[str, ...], int]:
    """One part, whose alternatives are the spans, wherever in the documents they stand."""
    documents = tuple(dict.fromkeys(str(name) for name in _field(raw, "documents", list)))
    texts = {name: read_source(name).text for name in documents}
    spans = [str(words) for words in _field({"spans": [], **raw}, "spans", list)]
    places = [[(name, *place) for name, text in texts.items() for place in find_words(text, words)] for words in spans]
    found = tuple(dict.fromkeys(span for alternatives in places for span in alternatives))
    return ((found,) if found else ()), documents, sum(not alternatives for alternatives in places)


def _messages(raw: Mapping[str, Any]) -> Iterator[Message]:
    for one in _objects({"history": [], **raw}, "history"):
        role = _field(one, "role", str)
        if role not in {"user", "assistant"}:
            raise ValueError(f"a message's 'role' is user or assistant, not {role!r}")
        yield Message("user" if role == "user" else "assistant", _field(one, "content", str))


def _objects(raw: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    objects = _field(raw, key, list)
    if not all(isinstance(one, dict) for one in objects):
        raise ValueError(f"{key!r} is a list of objects")
    return objects


def _field(raw: Mapping[str, Any], key: str, kind: type[_T]) -> _T:
    value = raw.get(key)
    if not isinstance(value, kind):
        raise TypeError(f"{key!r} is {'missing' if value is None else 'not of the right type'}")
    return value
