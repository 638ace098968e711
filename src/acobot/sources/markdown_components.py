"""What MDX adds to Markdown and a page does not show → gone: imports, exports, and the tags of its components.

A tag with attributes that has a line of its own is left, for it may hold a title. Code is left alone. Lines in, lines
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.sources.markdown_code import CODE, fence_after
from acobot.sources.markdown_html import KNOWN

_IMPORT = re.compile(r"import\s+(?:[\w$*{},\s]{1,400}\sfrom\s+)?(?:\"[^\"\n]{1,400}\"|'[^'\n]{1,400}')\s*;?\s*")
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w$]+\s*=|(?:default\s+)?(?:async\s+)?function\b|default\s+(?:[\w$.]+\s*;|[({]))"
)
_CLOSED = re.compile(r"</([A-Z][A-Za-z]{1,40})\s*>")
_TAG = re.compile(r"</?([A-Z][A-Za-z]{1,40})(?:\s*>|\s[^<>\n]{1,400}(?<!/)>(?=[^\S\n]{0,100}\S))")


def without_components(lines: Sequence[str]) -> Iterator[str]:
    """The lines without what MDX adds. Only tags of components that end go: "<Name>" alone is a blank to fill in."""
    closed = frozenset(name for line in lines for name in _CLOSED.findall(line) if name.lower() not in KNOWN)
    fence, exports = "", False
    for line in lines:
        before, fence = fence, fence_after(line, fence)
        is_code = bool(before or fence)
        ends = is_code or not line.strip() or line.startswith("#")
        exports = not ends and (exports or bool(_EXPORT.match(line)))
        if is_code:
            yield line
        elif exports or _IMPORT.fullmatch(line):
            yield ""
        else:
            yield _without_tags(line, closed) if closed and "<" in line else line


def _without_tags(line: str, closed: frozenset[str]) -> str:
    pieces = CODE.split(line)
    pieces[::2] = [_TAG.sub(lambda tag: "" if tag[1] in closed else tag[0], piece) for piece in pieces[::2]]
    return "".join(pieces)
