"""Questions asked of two versions → which answers are other, and how."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acobot.answer import Answer
from acobot.errors import RequestError, SettingsError
from acobot.evaluation import read_lines
from acobot.languages import DEFAULT_LANGUAGE, load_language
from acobot.question import Message

Ask = Callable[[str, Sequence[Message]], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the conversation that it stands in."""

    question: str
    history: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that is answered otherwise.

    `changed` has "status", "quotes", for the same quotes "order", and for none "limit", where it is said in other words
    that the sources do not say.
    """

    question: str
    changed: tuple[str, ...]
    old: Answer
    new: Answer


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a file, one a line: its words, or JSON as `acobot evaluate` takes it. Raises `SettingsError`.

    A turn of a conversation comes after the questions of the turns before it, without the replies to them.
    """
    asked: list[Asked] = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            if line.strip():
                asked += _asked(json.loads(line)) if line.lstrip().startswith("{") else [Asked(line.strip())]
        except (ValueError, KeyError, TypeError) as error:
            reason = f'not a question ({error!r}); write its words, or {{"question": "…"}}'
            raise SettingsError(f"{path}, line {number}: {reason}") from None
    if not asked:
        raise SettingsError(f"{path} holds no questions; write one a line")
    return tuple(asked)


def compare_answers(questions: Iterable[Asked], ask_old: Ask, ask_new: Ask) -> tuple[AnswerChange, ...]:
    """Those of the questions whose status, quotes or order of quotes differ. Raises `SettingsError`."""
    changes = []
    for one in questions:
        try:
            old, new = ask_old(one.question, one.history), ask_new(one.question, one.history)
        except RequestError as error:
            reason = error.said(load_language(DEFAULT_LANGUAGE).catalogue)
            raise SettingsError(f"the question {one.question[:60]!r} cannot be asked: {reason}") from None
        if changed := _changed(old, new):
            changes.append(AnswerChange(one.question, changed, old, new))
    return tuple(changes)


def _changed(old: Answer, new: Answer) -> tuple[str, ...]:
    before, after = ([(quote.source_id, quote.text) for quote in answer.quotes] for answer in (old, new))
    status = ("status",) if old.status != new.status else ()
    if sorted(before) != sorted(after):
        return (*status, "quotes")
    if before == after == [] and old.limit != new.limit:
        return (*status, "limit")
    return (*status, "order") if before != after else status


def _asked(raw: Any) -> list[Asked]:
    """The question of a line, or those of its turns."""
    if "turns" in raw:
        questions = [str(turn["question"]) for turn in raw["turns"]]
        said = [Message("user", question) for question in questions]
        return [Asked(question, tuple(said[:number])) for number, question in enumerate(questions)]
    history = tuple(Message(one["role"], str(one["content"])) for one in raw.get("history") or [])
    return [Asked(str(raw["question"]), history)]
