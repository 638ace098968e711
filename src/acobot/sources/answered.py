"""What a message answers, as mail programs quote it below their text: the lines marked with ">". Text in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, takewhile

HEADER_LINES = 3  # "From: …", "Sent: …", "To: …" over a message
MOST_HEADERS = 6
HEADER = re.compile(r"\W{0,3}[^\W\d_][^:\n]{0,20}:\W{0,3}\S")
QUOTED = re.compile(r"\s?>")
_ANSWER = re.compile(r"[^\W\d_]{1,4}: +\S")  # of a subject: "Re: Halls", "AW: Halls"


def headers_of(lines: Iterable[str]) -> list[str]:
    """The lines at the head of a message that say who sent it, when, and what about."""
    return list(islice(takewhile(HEADER.match, (line for line in lines if line.strip())), MOST_HEADERS))


def is_answer(text: str) -> bool:
    """Whether a text opens with the heads of a message that by its subject is an answer, and says something itself."""
    lines = [line for line in text.split("\n") if line.strip()]
    heads = headers_of(lines)
    answers = any(_ANSWER.match(head.partition(":")[2].strip(" *")) for head in heads)
    return len(heads) >= HEADER_LINES and answers and sum(not QUOTED.match(line) for line in lines) > len(heads)


def is_quoted(text: str) -> bool:
    """Whether all lines of a text are marked as those of the message that it answers."""
    return all(QUOTED.match(line) for line in text.split("\n"))
