"""Letters that nobody sees on the page: without a mark, as pale as what is behind them, under a box, on a hidden layer.

Where the colours leave it open, the page is drawn and looked at. The letters under a scanned picture are its text,
although they are not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pypdfium2

from acobot.sources.pdf.letters import Letter
from acobot.sources.pdf.shapes import Box, Shapes

PALE = 215  # from this brightness on, of 255, letters may be lost on white
FAINT = 25  # opacity, of 255, that leaves nothing to see
SCALE = 2.0  # pixels a point
CONTRAST = 14  # of 255, in the box of a letter that is seen
LARGEST = 6_000_000  # pixels; larger pages are not drawn


def seen(
    letters: Sequence[Letter],
    page: pypdfium2.PdfPage,
    shapes: Shapes,
    painted_over: Mapping[int, bool],
    *,
    layered: bool = False,
) -> set[int]:
    """The identities of the letters that are seen; where the file hides layers, the drawn page tells all.

    `painted_over` are those that something covers, and whether others are set there, which then are seen alone.
    """
    box = page.get_bbox()
    found: set[int] = set()
    doubtful: list[Letter] = []
    for letter in letters:
        if not letter.drawn:
            if any(_holds(picture, letter) for picture in shapes.pictures):
                found.add(id(letter))
        elif painted_over.get(id(letter)):
            continue
        elif layered or _is_pale(letter) or id(letter) in painted_over or _is_on_paint(letter, shapes):
            doubtful.append(letter)
        elif letter.colour[3] > FAINT:
            found.add(id(letter))
    if doubtful and (box[2] - box[0]) * (box[3] - box[1]) * SCALE**2 <= LARGEST:
        return found | _standing_out(doubtful, page, box)
    return found | {id(letter) for letter in doubtful}


def _is_on_paint(letter: Letter, shapes: Shapes) -> bool:
    return any(_holds(filled, letter) for filled in shapes.filled)


def _is_pale(letter: Letter) -> bool:
    return min(letter.colour[:3]) >= PALE


def _holds(box: Box, letter: Letter) -> bool:
    left, bottom, right, top = letter.place
    return box[0] <= (left + right) / 2 <= box[2] and box[1] <= (bottom + top) / 2 <= box[3]


def _standing_out(letters: Sequence[Letter], page: pypdfium2.PdfPage, box: Box) -> set[int]:
    """The identities of those in whose boxes the drawn page is not of one colour."""
    turned = page.get_rotation()
    page.set_rotation(0)
    bitmap = page.render(scale=SCALE, may_draw_forms=False, draw_annots=False, force_bitmap_format=_GREY)
    page.set_rotation(turned)
    try:
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        width, height = bitmap.width, bitmap.height
    finally:
        bitmap.close()
    found: set[int] = set()
    for letter in letters:
        left, bottom, right, top = letter.place
        first, last = max(int((left - box[0]) * SCALE), 0), min(int((right - box[0]) * SCALE) + 1, width)
        upper, lower = max(int((box[3] - top) * SCALE), 0), min(int((box[3] - bottom) * SCALE) + 1, height)
        rows = [pixels[row * stride + first : row * stride + last] for row in range(upper, lower)]
        shades = b"".join(rows)
        if shades and max(shades) - min(shades) >= CONTRAST:
            found.add(id(letter))
    return found


_GREY = 1  # FPDFBitmap_Gray
