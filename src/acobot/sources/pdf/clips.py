"""Where the drawing of a text is cut off: nothing of it is seen outside of that box, on the page. Knows no text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from acobot.sources.pdf.shapes import Box

MOST_POINTS = 400  # of a path; what a longer one leaves is not looked at
NEAR = 2.0  # points by which a letter may stand out of the text that it is in


class Clips:
    """The boxes that texts are cut to, each asked for once while letters of one text follow each other."""

    def __init__(self) -> None:
        self._last = 0
        self._box: Box | None = None
        self._bounds: Box | None = None

    def of(self, drawn: Any, letter: Box) -> Box | None:
        """The box that a text with this letter is cut to; None where it is not, or where a form moves it."""
        address = ctypes.addressof(drawn.contents)
        if address != self._last:
            self._last, self._box = address, _cut_to(drawn)
            self._bounds = _bounds(drawn) if self._box else None
        bounds = self._bounds
        if bounds is None or not (bounds[0] - NEAR < letter[0] and letter[2] < bounds[2] + NEAR):
            return None
        return self._box if bounds[1] - NEAR < letter[3] and letter[1] < bounds[3] + NEAR else None


def _cut_to(drawn: Any) -> Box | None:
    clip = pdfium.FPDFPageObj_GetClipPath(drawn)
    boxes = [list(_points(clip, number)) for number in range(pdfium.FPDFClipPath_CountPaths(clip))] if clip else []
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    for points in (points for points in boxes if points):
        across, up = [x for x, _ in points], [y for _, y in points]
        left, bottom = max(left, min(across)), max(bottom, min(up))
        right, top = min(right, max(across)), min(top, max(up))
    return (left, bottom, right, top) if any(boxes) else None


def _points(clip: Any, number: int) -> Iterator[tuple[float, float]]:
    """The points of a path; none of a long one."""
    count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count if count <= MOST_POINTS else 0):
        if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, number, at), x, y):
            yield x.value, y.value


def _bounds(drawn: Any) -> Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top
