"""Letters that something painted after them covers, as where an old price is painted over and the new one set there.

Told by the order in which the page is drawn. What is set on the paint in their place tells that they are covered;
where nothing is, the drawn page must tell. Lengths are in points.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice

import pypdfium2

from acobot.sources.pdf.letters import Gap, Letter
from acobot.sources.pdf.shapes import Box, Shapes

MOST_OBJECTS = 50_000  # of a page whose order is looked at
LARGE = 0.5  # of the page: a picture of more is the page itself, with its text under it
BAND = 20.0  # letters are compared with those in their band of the page and the next ones
OVER = 0.3  # of the height of a letter, that another one set in its place shares with it at least
SIDE = 0.3  # and so many points of its width
ONE_LINE = 1.0  # by which the middles of letters on one line may differ
SPACE = 0.15  # times the size: more room parts words

_Item = Letter | Gap


def painted_over(letters: Sequence[Letter], page: pypdfium2.PdfPage, shapes: Shapes) -> dict[int, bool]:
    """The letters in a box or a picture that is painted after them, by identity, and whether others are set there."""
    left, bottom, right, top = page.get_bbox()
    small = [one for one in shapes.covers if one.filled or _area(one.box) < LARGE * (right - left) * (top - bottom)]
    if not small:
        return {}
    objects = islice(page.get_objects(max_depth=5), MOST_OBJECTS)
    order = {ctypes.addressof(one.raw.contents): number for number, one in enumerate(objects)}
    at = {id(letter): order[letter.drawn_by] for letter in letters if letter.drawn_by in order}
    first = min(at.values(), default=0)
    covers = [(number, one.box) for one in small if (number := order.get(one.address, -1)) > first]
    last = {id(letter): _last_cover(letter, at[id(letter)], covers) for letter in letters if id(letter) in at}
    under = {which: number for which, number in last.items() if number is not None}
    if not under:
        return {}
    bands: defaultdict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        bands[_band(letter)].append(letter)
    return {
        id(letter): _is_written_over(letter, under[id(letter)], at, bands) for letter in letters if id(letter) in under
    }


def in_their_places(items: Sequence[_Item], written_over: set[int]) -> list[_Item]:
    """The same; on a line with letters that are written over, the others from left to right, and where words end.

    A new price may be drawn last, and PDFium leaves out of it the figures that stood there before.
    """
    placed: list[_Item] = []
    line: list[_Item] = []
    last: Letter | None = None
    for item in items:
        if isinstance(item, Letter):
            if last and (abs(last.middle - item.middle) > ONE_LINE or last.quarter != item.quarter):
                placed += _in_order(line, written_over)
                line = []
            last = item
        line.append(item)
    return placed + _in_order(line, written_over)


def _in_order(line: list[_Item], written_over: set[int]) -> list[_Item]:
    letters = [item for item in line if isinstance(item, Letter)]
    shown = sorted((one for one in letters if id(one) not in written_over), key=lambda one: one.left)
    if len(shown) == len(letters):
        return line
    ordered: list[_Item] = []
    for before, letter in zip([None, *shown], shown, strict=False):
        if before and letter.left - before.right > SPACE * letter.size:
            ordered.append(Gap(made=True))
        ordered.append(letter)
    return [*ordered, Gap(made=True)]


def _last_cover(letter: Letter, number: int, covers: Sequence[tuple[int, Box]]) -> int | None:
    """When what covers a letter at last is painted; None where nothing does."""
    left, bottom, right, top = letter.place
    across, up = (left + right) / 2, (bottom + top) / 2
    after = (at for at, box in covers if at > number and box[0] <= across <= box[2] and box[1] <= up <= box[3])
    return max(after, default=None)


def _is_written_over(
    letter: Letter, painted: int, at: Mapping[int, int], bands: Mapping[int, Sequence[Letter]]
) -> bool:
    """Whether another letter stands in the place of one after it was painted over."""
    band = _band(letter)
    near = (other for number in (band - 1, band, band + 1) for other in bands.get(number, ()))
    return any(at.get(id(other), -1) > painted and _is_in_place(other.place, letter.place) for other in near)


def _is_in_place(over: Box, under: Box) -> bool:
    across = min(over[2], under[2]) - max(over[0], under[0])
    up = min(over[3], under[3]) - max(over[1], under[1])
    return across > SIDE and up > OVER * (under[3] - under[1])


def _band(letter: Letter) -> int:
    return int(letter.place[1] // BAND)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
