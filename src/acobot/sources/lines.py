"""Where a newline inside a block of text ends a paragraph, and where it only wraps a line. Lines in, numbers out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

# A text with a longer line was not wrapped by hand; one whose lines are all shorter is a list of short lines.
WRAPPED_LINE = 120
SHORT_LINES = 50
_SLACK = 12  # characters by which a hand-wrapped line may fall short of what would have fitted
_SENTENCE_WORDS = 8  # so many on a line of at most fifty characters are no entry of a list
_SENTENCE_END = re.compile(r"[.!?:…][\"'’”)\]]*$")
_UNFINISHED = re.compile(r"(?:[&,]|\b(?:an?|and|at|by|for|from|in|of|on|or|our|the|to|with|your))$")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_LABELLED = re.compile(r"[A-Z][\w&/'’ -]{1,40}:\s+\S")


def hard_breaks(lines: Sequence[str]) -> list[bool]:
    """For each line but the last, whether a paragraph ends with it.

    In a text wrapped at a width the next line's first word would not have fitted on the line; where it would have, the
    break was meant. In a text that is not wrapped every break was meant, unless the sentence plainly goes on.
    """
    stripped = [line.strip() for line in lines]
    widest = _widest(stripped)
    return [_is_hard(line, after, widest) for line, after in itertools.pairwise(stripped)]


def unwrapped_breaks(lines: Sequence[str]) -> list[bool]:
    """The same for Markdown, where a newline is a space unless a title stands over a text that is not wrapped."""
    if _widest(lines) <= WRAPPED_LINE:
        return [False] * (len(lines) - 1)
    return hard_breaks(lines)


def all_meant(lines: Sequence[str]) -> bool:
    """Whether each newline of a block was meant: an address, a term over its meaning; none only wraps a text."""
    said = [line.strip() for line in lines if line.strip()]
    goes_on = any(line[:1].islower() for line in said[1:])
    return len(said) > 1 and not goes_on and all(hard_breaks(said))


def none_meant(lines: Sequence[str]) -> bool:
    """Whether all newlines of a block only wrap a text: it is as wide as one, and no line had room for more."""
    return _widest(lines) >= SHORT_LINES and not any(hard_breaks(lines))


def _widest(lines: Sequence[str]) -> int:
    """The length of the longest line; an address, which nobody wraps, makes none a line that is not wrapped."""
    longest = max((len(line.strip()) for line in lines), default=0)
    if longest <= WRAPPED_LINE:
        return longest
    return max(len(_ADDRESS.sub("", line).strip()) for line in lines)


def _is_hard(line: str, after: str, widest: int) -> bool:
    if widest > WRAPPED_LINE:
        return bool(_SENTENCE_END.search(line)) or not after[:1].islower()
    if widest < SHORT_LINES:
        return not (after[:1].islower() or _UNFINISHED.search(line) or _is_wrapped(line, after, widest))
    if _LABELLED.match(line) and _LABELLED.match(after):
        return True
    room = widest - len(line) - 1 - len(after.split(maxsplit=1)[0] if after else "")
    return room >= (0 if _SENTENCE_END.search(line) else _SLACK)


def _is_wrapped(line: str, after: str, widest: int) -> bool:
    """Whether a line among short ones holds half a sentence, and had no room for the next word."""
    half = len(line.split()) >= _SENTENCE_WORDS and not _SENTENCE_END.search(line)
    return half and len(line) + 1 + len(after.split(maxsplit=1)[0] if after else "") > widest
