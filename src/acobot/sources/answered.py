"""What a message answers, as mail programs quote it: lines marked with ">", or a whole message below the text.

Of an e-mail's text, and of one that was saved as plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, islice, takewhile

from acobot.sources.record import Block, Draft

HEADER_LINES = 3  # "From: …", "Sent: …", "To: …" over a message
MOST_HEADERS = 6
NOTE_WORDS = 20  # over a message that is passed on: who says more, or gives figures, may say that it no longer holds
WINDOW = 8  # texts in which heads are looked for
_HEADER = re.compile(r"\W{0,3}[^\W\d_][^:\n]{0,20}:\W{0,3}\S")
_QUOTED = re.compile(r"\s?>")
_SIGNATURE = "-- "  # the line over a signature, by its standard; its blank is often lost, and then others may be rules
_ADDRESS = re.compile(r"[<\[(]\S*@[^\s<>]+[>\])]")  # "From: Bo Ek <bo@example.org>"
_NAMED_RULE = re.compile(r"\s*-{3,}\s?[^\W_].*-{3,}\s*")  # "-----Original Message-----"
_BARE_ADDRESS = re.compile(r"[^:]*:[\s*]*[^\s@]+@[^\s@]+\s*")  # "From: bo@example.org"
_ANSWERED = re.compile(r"(?:[^\W\d_]{1,4}: *)+(?=\S)")  # "Re: Halls", "AW: Re: Halls"
_MARKED = re.compile(r"(?:re|aw|antw|sv|fwd?|wg|tr): *\S", re.IGNORECASE)  # as programs do; "FAQ: Halls" is a title
_PASSED_ON = re.compile(r"(?:fwd?|wg|tr): *\S", re.IGNORECASE)
_QUOTE_MARK = re.compile(r"\s?> ?")
_SAID = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_DASHES = re.compile(r"\s*[-_=*]{5,}.*")


def without_answered(of_mail: Draft) -> Iterator[Block]:
    """The blocks of a text, what it answers as furniture; they are parted where that begins or ends."""
    lines = of_mail.text.split("\n")
    aside = _answered_lines(lines)
    if not any(aside):
        yield from of_mail.blocks
        return
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for block in of_mail.blocks:
        first, last = bisect_right(starts, block.start) - 1, bisect_left(starts, block.end)
        for is_aside, run in groupby(range(first, last), key=aside.__getitem__):
            held = list(run)
            start, end = max(block.start, starts[held[0]]), min(block.end, starts[held[-1] + 1] - 1)
            if said := _SAID.search(of_mail.text, start, end):
                yield replace(block, start=said.start(), end=said.end(), furniture=block.furniture or is_aside)


def _headers_of(lines: Iterable[str]) -> list[str]:
    """The lines at the head of a message that say who sent it, when, and what about."""
    return list(islice(takewhile(_HEADER.match, (line for line in lines if line.strip())), MOST_HEADERS))


def _answered_lines(lines: Sequence[str]) -> list[bool]:
    """For each line of a text whether it is set aside as one of a message's answer; of another text none is.

    Such a text opens with the heads of a message that by its subject is an answer, and says something itself.
    """
    none = [False] * len(lines)
    headed = _headers_of(lines)
    subject = next((value for value in map(_value, headed) if _MARKED.match(value)), "")
    if len(headed) < HEADER_LINES or not subject:
        return none
    own = next((at for at, line in enumerate(lines) if line.strip() and not _HEADER.match(line)), len(lines))
    begins = own + message_below(lines[own:], subject)
    aside = [is_aside or number >= begins for number, is_aside in enumerate(sides_of(lines))]
    says = any(line.strip() and not is_aside for line, is_aside in zip(lines[own:], aside[own:], strict=True))
    return aside if says else none


def sides_of(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is set aside; a line that ends with a colon right over a quotation says whose it is."""
    signature = _signature_of(lines)
    aside = [bool(_QUOTED.match(line)) or number >= signature for number, line in enumerate(lines)]
    for number, line in enumerate(lines):
        if not line.rstrip().endswith(":"):
            continue
        below = next((place for place in range(number + 1, len(lines)) if lines[place].strip()), number)
        if below > number and _QUOTED.match(lines[below]):
            above = number
            while above and lines[above - 1].strip() and not aside[above - 1] and number - above < 2:
                above -= 1  # the line may be wrapped
            aside[above : number + 1] = [True] * (number + 1 - above)
    return aside


def _signature_of(lines: Sequence[str]) -> int:
    """Where the signature begins, else the lines' end: at the standard's line, else at the last that is like it."""
    bare = _SIGNATURE.rstrip()
    like = next((number for number in reversed(range(len(lines))) if lines[number] == bare), len(lines))
    return next((number for number, line in enumerate(lines) if line == _SIGNATURE), like)


def message_below(texts: Sequence[str], subject: str) -> int:
    """Where the heads of an earlier message begin ("From: …", "Sent: …", in any language); else the texts' end."""
    begins = next((number for number in range(len(texts)) if _is_header(texts, number, subject)), len(texts))
    return begins - 1 if 0 < begins < len(texts) and _DASHES.fullmatch(texts[begins - 1]) else begins


def is_passed_on(subject: str) -> bool:
    """Whether a subject says, as programs do, that its message passes another one on."""
    return bool(_PASSED_ON.match(subject.strip()))


def passed_on(texts: Sequence[str], subject: str) -> tuple[int, int]:
    """Where the heads of a message begin and end that is passed on under a short note; else twice the texts' end.

    A text over them that ends with a colon is one of them. Where the texts are lines, an empty one ends them.
    """
    begins = message_below(texts, subject) if is_passed_on(subject) else len(texts)
    note = " ".join(texts[: min(begins, _signature_of(texts[:begins]))])
    if begins == len(texts) or len(note.split()) > NOTE_WORDS or any(map(str.isdigit, note)):
        return len(texts), len(texts)
    above = next((number for number in reversed(range(begins)) if texts[number].strip()), begins)
    ends, seen = begins, 0
    for ends in range(begins, len(texts)):
        lines = [line for line in texts[ends].split("\n") if line.strip()]
        if (seen >= HEADER_LINES and not lines) or not all(_HEADER.match(line) or _is_rule(line) for line in lines):
            break
        seen += sum(not _is_rule(line) for line in lines)
    return above if texts[above].rstrip().endswith(":") else begins, ends


def without_marks(lines: Iterable[str]) -> list[str]:
    """Lines without the marks of a quotation, one of each."""
    return [_QUOTE_MARK.sub("", line, count=1) if _QUOTED.match(line) else line for line in lines]


def _is_rule(line: str) -> bool:
    return bool(_DASHES.fullmatch(line) or _NAMED_RULE.fullmatch(line))


def _is_header(texts: Sequence[str], number: int, subject: str) -> bool:
    lines = [line for text in texts[number : number + WINDOW] for line in text.split("\n") if line.strip()]
    ruled = bool(lines and _NAMED_RULE.fullmatch(lines[0]))
    if lines and _DASHES.fullmatch(lines[0]):
        lines = lines[1:]
    headed = _headers_of(lines)
    if len(headed) < HEADER_LINES:
        return False
    reached = sum("@" in line or ";" in line for line in headed)
    sent = _ADDRESS.search(headed[0]) or (reached > 1 and _BARE_ADDRESS.fullmatch(headed[0]))
    return bool(sent) or sum((reached > 0, ruled, _names(headed, subject))) > 1


def _names(headed: Iterable[str], subject: str) -> bool:
    """Whether one of the lines names what a message answers; what the message itself is about any of them may name.

    From the second answer on what it answers is an answer, too.
    """
    return bool(_ANSWERED.match(subject)) and _about(subject) in map(_about, map(_value, headed))


def _value(header: str) -> str:
    return header.partition(":")[2].strip(" *\xa0")


def _about(subject: str) -> str:
    """A subject without what says that it is answered or passed on."""
    found = _ANSWERED.match(subject.strip())
    return subject.strip()[found.end() if found else 0 :]
