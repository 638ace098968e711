"""Remarks in Markdown that a page does not show → gone: those of Liquid, Hugo, MDX and Obsidian, however many lines.

Those of HTML are left, for they may hold questions. Code is left alone, and so is a remark that nothing ends. Lines in,
lines out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.sources.markdown_code import CODE, fence_after

# How each kind begins and ends.
_KINDS = (
    (re.compile(r"\{%-?[ \t]*comment[ \t]*-?%\}"), re.compile(r"\{%-?[ \t]*endcomment[ \t]*-?%\}")),
    (re.compile(r"\{\{?[<%]?[ \t]*/\*"), re.compile(r"\*/[ \t]*[>%]?\}\}?")),
    (re.compile(r"^[ \t]*%%(?![^\n]*%%)"), re.compile(r"%%[ \t]*$")),
)


def without_remarks(lines: Sequence[str]) -> Iterator[str]:
    """The lines without what is remarked in them; of a remark that begins and ends within lines their rest stays."""
    ends = [max((at for at, line in enumerate(lines) if end.search(line)), default=-1) for _, end in _KINDS]
    fence, until = "", None
    for at, whole in enumerate(lines):
        line = whole
        if until:
            ended = until.search(line)
            line = line[ended.end() :] if ended else ""
            until = None if ended else until
        if not until:
            before, fence = fence, fence_after(line, fence)
            if not before and not fence:
                line, until = _cut(line, [last > at for last in ends])
        yield line


def _cut(line: str, goes_on: Sequence[bool]) -> tuple[str, re.Pattern[str] | None]:
    """The line without its remarks, and what ends the one that is still open; `goes_on`: whether each kind may be."""
    for (begin, end), open_ended in zip(_KINDS, goes_on, strict=True):
        kept: list[str] = []
        position = 0
        coded = [found.span() for found in CODE.finditer(line)]
        for found in begin.finditer(line):
            if found.start() < position or any(start <= found.start() < stop for start, stop in coded):
                continue
            ended = end.search(line, found.end())
            if not ended and open_ended:
                return "".join([*kept, line[position : found.start()]]), end
            if not ended:
                break
            kept.append(line[position : found.start()])
            position = ended.end()
        line = "".join([*kept, line[position:]])
    return line, None
