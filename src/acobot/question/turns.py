"""Messages about the answer before them or about the sources themselves: which kind they are. Pure text."""

from __future__ import annotations

from enum import StrEnum

from acobot.languages import Language


class Turn(StrEnum):
    """What a message asks of the answer before it; its question is asked again."""

    SHORTER = "shorter"  # "in plain words", "explain it simply": the lead alone
    SURE = "sure"  # "are you sure?": the quotes once more
    SOURCE = "source"  # "who says so?": the quotes once more, for their sources


def find_turn(text: str, language: Language) -> Turn | None:
    """What a message asks of the answer before it, or None where it asks something of its own."""
    rules = language.follow_ups
    if rules.sure_alone.fullmatch(text):
        return Turn.SURE
    return next((Turn(turn) for turn, pattern in rules.turns.items() if pattern.fullmatch(text)), None)


def is_about_document(text: str, language: Language) -> bool:
    """Whether a message asks what the sources themselves are about ("What is this document about?")."""
    return bool(language.follow_ups.about_document.fullmatch(text))
