"""What was typed → a query made ready for search. Pure text: knows the abbreviations it is given, and no index.

Later questions of a conversation lean on earlier ones, so the user's question before this one is put in front.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from acobot.abbreviations import spell_out
from acobot.errors import QuestionError

QUESTION_LENGTH = 1000  # code points
MESSAGE_LENGTH = 4000
HISTORY_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, as the client tells it; nothing in it is trusted but as words to search with."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Query:
    """The question as cleaned up, and the words that are really searched for."""

    question: str
    searched_for: str


def clean_text(text: str) -> str:
    """The text without control, surrogate and Unicode tag characters, white space folded to single blanks."""
    return " ".join("".join(_visible(char) for char in text).split())


def clean_question(text: str) -> str:
    """The question ready to be used. Raises `QuestionError` where it is empty, too long or holds a lone surrogate."""
    if any(unicodedata.category(char) == "Cs" for char in text):
        raise QuestionError("the question holds half of a surrogate pair, which is not a character; send valid Unicode")
    cleaned = clean_text(text)
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("the question is empty; write a question in words")
    if len(cleaned) > QUESTION_LENGTH:
        raise QuestionError(
            f"the question has {len(cleaned):,} characters; the most is {QUESTION_LENGTH:,}. Ask it more briefly"
        )
    return cleaned


def make_query(question: str, history: Sequence[Message], abbreviations: Mapping[str, str]) -> Query:
    """The query for a question in its conversation. Raises `QuestionError`.

    Asking `searched_for` alone searches for the same.
    """
    cleaned = clean_question(question)
    before = _last_user_question(history)
    searched_for = f"{before} {cleaned}" if before and before != cleaned else cleaned
    spelled = spell_out(searched_for, abbreviations)
    return Query(cleaned, spelled if len(spelled) <= QUESTION_LENGTH else cleaned)


def _last_user_question(history: Sequence[Message]) -> str:
    for message in reversed(history[-HISTORY_MESSAGES:]):
        words = clean_text(message.content[:MESSAGE_LENGTH])
        if message.role == "user" and words:
            return words[:QUESTION_LENGTH]
    return ""


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    if category in {"Cs", "Cn"} or 0xE0000 <= ord(char) <= 0xE007F:
        return ""
    return char
