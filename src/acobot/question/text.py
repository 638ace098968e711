"""Cleaning of what was typed: which characters count, and when a question can be used. Pure text."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Collection

from acobot.errors import QuestionError

QUESTION_LENGTH = 1000  # code points
# Kinds of characters that mean something else than the plain one: "m²" is not "m2".
_MEANT = ("<super>", "<sub>", "<fraction>")
_PLAIN_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‛ʼ`´＇", "'"), **dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("‐‑‒−", "-")}
)
SHOUTED_FROM = 4  # words: fewer without small letters may all be names and abbreviations
_JOINERS = "\u200c\u200d"  # invisible, but they change words and emoji; tags, bidi marks and soft hyphens go


def clean_text(text: str) -> str:
    """The text without control, surrogate and invisible characters, white space folded to single blanks."""
    return " ".join("".join(_visible(char) for char in text).split())


def clean_question(text: str) -> str:
    """The question ready to be used. Raises `QuestionError` where it is empty, too long or holds a lone surrogate."""
    if any(unicodedata.category(char) == "Cs" for char in text):
        raise QuestionError("problem.invalid-question.not_text")
    cleaned = clean_text(text)
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("problem.invalid-question.empty")
    if len(cleaned) > QUESTION_LENGTH:
        raise QuestionError("problem.invalid-question.too_long", length=len(cleaned), most=QUESTION_LENGTH)
    return cleaned


def fold_for_search(text: str) -> str:
    """The text as it is matched: full-width, bold and other dressed-up letters as plain ones, and quotation marks too.

    Folding twice changes nothing more; a text that would get too long to be asked is left as it is.
    """
    dressed = "".join(unicodedata.normalize("NFKC", char) if _is_dressed(char) else char for char in text)
    folded = " ".join(unicodedata.normalize("NFC", dressed.translate(_PLAIN_SIGNS)).split())
    return folded if len(folded) <= QUESTION_LENGTH else text


def without_shouting(text: str, abbreviations: Collection[str]) -> str:
    """A text typed with the capitals locked in small letters, but for the abbreviations, which capitals no longer tell."""
    words = text.split(" ")
    if len(words) < SHOUTED_FROM or not text.isupper():
        return text
    return " ".join(word if word.strip(string.punctuation) in abbreviations else word.lower() for word in words)


def _is_dressed(char: str) -> bool:
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return kind.startswith("<") and kind not in _MEANT


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    if category in {"Cs", "Cn"} or (category == "Cf" and char not in _JOINERS):
        return ""
    return char
