"""Whose a text is: how the names of bodies look, and the line at its foot, "© 2020 Piers Council". Pure text."""

from __future__ import annotations

import re

LINE_LENGTH = 120  # characters
# Several words with capitals, but in small words, and no digit.
NAME = re.compile(r"(?!.*\d)(?:(?:[^\W\d_a-zäöüß]\S*|[a-zäöüß]{2,3}|&) )+[^\W\d_a-zäöüß]\S*")
_YEARS = r"\d{4}(?:\s?[-–—/]\s?\d{2,4})?"
# A list's third item, "(c)", and a page's "Copyright policy" say nothing of that without a year.
_OWNED = re.compile(
    rf"(?:(?:copyright\s)?©(?:\scopyright)?(?:\s{_YEARS})?|(?:copyright\s)?(?:\(c\)|copyright)\s{_YEARS}),?\s"
    r"(?P<body>(?-i:[^\W\d_a-z][\w'’&.-]*(?:\s(?:[^\W\d_a-z][\w'’&.-]*|&|and|of|for|the|in|on|und|der|für)){0,9}))"
    rf"(?:,?\s{_YEARS})?(?:[\s.,|·]{{0,3}}(?:all\srights\sreserved|alle\srechte\svorbehalten))?\.?",
    re.IGNORECASE,
)
_NO_BODY = re.compile(r"copyright|reserved|vorbehalten|\brights?\b|\brechte\b", re.IGNORECASE)


def owner_of(line: str) -> str:
    """The body that owns a text by a line of it; "" where the line says nothing of that."""
    flat = " ".join(line.split()) if len(line) <= LINE_LENGTH else ""
    found = _OWNED.fullmatch(flat)
    return found["body"].rstrip(".") if found and not _NO_BODY.search(found["body"]) else ""
