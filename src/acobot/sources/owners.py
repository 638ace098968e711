"""Whose a text is, by the line that says so at its foot: "© 2020 Piers Council". Pure text."""

from __future__ import annotations

import re

LINE_WORDS = 16
_YEARS = r"(?:\d{4}(?:\s?[-–—/]\s?\d{2,4})?)"
_OWNED = re.compile(
    rf"(?:©|\(c\)|copyright)(?:\s?(?:©|\(c\)))?[\s,]*{_YEARS}?[\s,]*(?:by\s)?"
    r"(?P<body>(?-i:[^\W\d_a-z][\w'’&.-]*(?:,? (?:[^\W\d_a-z][\w'’&.-]*|&|and|of|for|the|in|on|und|der|für)){0,9}))"
    rf"[\s,]*{_YEARS}?(?:\W*all rights reserved)?\W*",
    re.IGNORECASE,
)
_NO_BODY = re.compile(r"copyright|reserved|\brights\b", re.IGNORECASE)


def owner_of(line: str) -> str:
    """The body that owns a text by a line of it; "" where the line says nothing of that."""
    flat = " ".join(line.split())
    found = _OWNED.fullmatch(flat) if len(flat.split()) <= LINE_WORDS else None
    return found["body"].rstrip(".") if found and not _NO_BODY.search(found["body"]) else ""
