"""Greetings, thanks and questions about the assistant itself. Pure text: what was typed in, what kind it is out."""

from __future__ import annotations

from enum import StrEnum

from acobot.languages import Language


class SmallTalk(StrEnum):
    """What kind of small talk it is; each has its reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT = "about"


def without_courtesies(text: str, language: Language, *, answered: bool = False) -> tuple[SmallTalk | None, str]:
    """What kind of small talk a message is, or None, and the message without it: "" where nothing else was said.

    "hi, who pays?" is the question "who pays?"; "thanks!" is thanks; "what can you do?" is about us.
    "How does this work?" is so, too, unless something was `answered` before.
    """
    rules = language.small_talk
    kind: SmallTalk | None = None
    rest = text.strip()
    if only := _only_courtesies(rest, language):
        return only, ""
    while rest:
        found = _leading(rest, language)
        if found is None or not _can_go(rest, found[1], language):
            break
        kind, rest = kind or found[0], rest[found[1] :]
    about_us = [rules.about] if answered else [rules.about, rules.about_this]
    if rest and any(rule.fullmatch(said) for rule in about_us for said in (rest, rules.trailing.sub("", rest))):
        return SmallTalk.ABOUT, ""
    if kind is None and rules.fillers.fullmatch(rest):
        return SmallTalk.THANKS, ""
    return (None, rules.trailing.sub("", rest) or rest) if rest else (kind, "")


def _only_courtesies(text: str, language: Language) -> SmallTalk | None:
    """The first courtesy of a message that is nothing else ("ok thanks bye"), however it is punctuated; else None."""
    kind: SmallTalk | None = None
    while text and not (kind and language.small_talk.fillers.fullmatch(text)):
        found = _leading(text, language)
        if found is None:
            return None
        kind, text = kind or found[0], text[found[1] :]
    return kind


def _leading(text: str, language: Language) -> tuple[SmallTalk, int] | None:
    """The courtesy that a message begins with, and where it ends."""
    for courtesy in language.small_talk.courtesies:
        if (match := courtesy.leads.match(text)) and match.end():
            return SmallTalk(courtesy.kind), match.end()
    return None


def _can_go(text: str, end: int, language: Language) -> bool:
    """Whether what follows a courtesy stands on its own: "evening clinics" is no greeting."""
    rules = language.small_talk
    before, after = text[:end].rstrip(), text[end:]
    return not after or bool(rules.parts.search(before) or rules.opens_after.match(after))
