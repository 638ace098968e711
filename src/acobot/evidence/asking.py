"""A message → its sentences that ask: what the others tell of the asker picks no row and no year. Pure text."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=\w\w[.!?])\s+")  # of a sentence; behind a single letter stands no end ("J. Smith")


def what_asks(message: str) -> str:
    """The sentences of a message that have the mark of a question; the whole message where none has."""
    return " ".join(one for one in _END.split(message) if "?" in one) or message
