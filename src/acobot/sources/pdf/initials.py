"""Large letters with which a text begins: each joined to the word whose first letter it is.

Told by their places, and by what words stand elsewhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from acobot.sources.pdf.lines import INITIAL, Segment

MOST = 30  # on a page: more single letters are no initials
NEAR = 0.7  # times an initial's size: so far the word that it begins stands off at most
_INITIAL = re.compile(r"[\"'“‘«]?[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def with_initials(segments: Sequence[Segment]) -> list[Segment]:
    """The same segments, but initials are part of the lines that they begin."""
    kept = list(segments)
    initials = [segment for segment in segments if _INITIAL.fullmatch(segment.text)]
    for initial in initials if len(initials) <= MOST else []:
        found = [other for other in kept if other is not initial and _follows(initial, other)]
        if found:
            first = max(found, key=lambda other: (round(other.middle), -other.left))
            kept.remove(initial)
            kept[kept.index(first)] = _joined(initial, first, segments)
    return kept


def _follows(initial: Segment, line: Segment) -> bool:
    size = initial.height
    near = -0.1 * size < line.left - initial.right < NEAR * size
    beside = initial.bottom < line.middle < initial.top and bool(_WORD.match(line.text))
    return near and beside and size > INITIAL * line.height


def _joined(initial: Segment, line: Segment, segments: Sequence[Segment]) -> Segment:
    """A line with its initial, which is a word of its own ("A") only if what follows stands alone elsewhere."""
    rest = _WORD.match(line.text)
    word = rest[0].casefold() if rest else ""
    elsewhere = {found.casefold() for one in segments if one is not line for found in _WORD.findall(one.text)}
    whole = initial.text.casefold().lstrip("\"'“‘«") + word
    start = initial.text + (" " if word in elsewhere and whole not in elsewhere else "")
    spaces = tuple(replace(space, offset=space.offset + len(start)) for space in line.spaces)
    return replace(line, text=start + line.text, left=initial.left, spaces=spaces)
