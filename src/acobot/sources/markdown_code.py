"""Code in Markdown, which is left as it is: between fences, and within a line."""

from __future__ import annotations

import re

CODE = re.compile(r"(`+[^`\n]+`+)")  # within a line

_FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,})")


def fence_after(line: str, fence: str) -> str:
    """The fence of the code that is open below a line, "" where none is; `fence` is that of the code above it."""
    found = _FENCE.match(line)
    if not found or not found[1].startswith(fence):
        return fence
    return "" if fence else found[1]
