"""Groups of a slide's shapes → the shapes, each where it stands on the slide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pptx.oxml.ns import qn

_FARTHEST = 10**9  # EMU from a corner of the slide; no slide is a tenth as large


def ungrouped(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes that can be seen, those of groups at the place on the slide that their group gives them.

    A group keeps its shapes as they stood when they were put together, and says where it was moved to since.
    """
    for shape in shapes:
        if _is_hidden(shape):
            continue
        if hasattr(shape, "shapes"):
            _place(shape)
            yield from ungrouped(shape.shapes)
        else:
            yield shape


def _is_hidden(shape: Any) -> bool:
    """Whether a shape is hidden itself; what a group holds may be, one by one."""
    own = next(shape.element.iter(qn("p:cNvPr")), None)
    return own is not None and own.get("hidden") in {"1", "true"}


def _place(group: Any) -> None:
    """Sets where the shapes of a group stand on what the group itself stands on."""
    frame = group.element.grpSpPr.find(qn("a:xfrm"))
    parts = [] if frame is None else [frame.off, frame.ext, frame.chOff, frame.chExt]
    if not parts or None in parts:
        return
    at, size, inner, inner_size = parts
    for shape in group.shapes:
        if None in (shape.left, shape.top, shape.width, shape.height):
            continue
        wide, high = size.cx / (inner_size.cx or size.cx or 1), size.cy / (inner_size.cy or size.cy or 1)
        left, top = at.x + (shape.left - inner.x) * wide, at.y + (shape.top - inner.y) * high
        shape.left, shape.top = _near(left), _near(top)
        shape.width, shape.height = _near(shape.width * wide), _near(shape.height * high)


def _near(length: float) -> int:
    return round(min(max(length, -_FARTHEST), _FARTHEST))
