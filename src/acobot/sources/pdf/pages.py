"""A page of a PDF → its segments, part by part: the text, what runs up or down the page, boxes, notes put on it.

What nobody sees, and what is struck out, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2

from acobot.sources.pdf.bidi import without_turned_lines
from acobot.sources.pdf.boxes import large_boxes, parted_boxes
from acobot.sources.pdf.broken_rules import with_columns
from acobot.sources.pdf.fields import Fields
from acobot.sources.pdf.grids import with_ruled_cells
from acobot.sources.pdf.hidden import seen
from acobot.sources.pdf.initials import with_initials
from acobot.sources.pdf.letters import BELOW, Gap, Letter, read_letters
from acobot.sources.pdf.lines import Segment, segments_of
from acobot.sources.pdf.margins import without_line_numbers
from acobot.sources.pdf.shapes import Box, Shapes, read_shapes
from acobot.sources.pdf.tagged import Row, tagged_tables, with_tagged_cells
from acobot.sources.pdf.wrapped import with_wrapped_cells

TURNED_LETTERS = 60  # so many, on several lines, are text that runs up or down the page, and no stamp
THIN = 2.0  # points: no more of a rule that strikes out
STRUCK = (0.12, 0.5)  # of the size above the line that letters stand on: where such a rule runs


def read_segments(page: pypdfium2.PdfPage, number: int, fields: Fields | None = None) -> list[Segment]:
    """The segments of a page in the order in which they are drawn."""
    textpage = page.get_textpage()
    try:
        shapes = read_shapes(page)
        items = list(read_letters(textpage.raw, page.get_width(), page.get_height()))
        items = list(_visible(items, page, shapes))
        segments = list(_text(items, shapes, number, tagged_tables(page)))
        return fields.put_on(page, number, segments) if fields else segments
    finally:
        textpage.close()
        page.close()


def _visible(items: Sequence[Letter | Gap], page: pypdfium2.PdfPage, shapes: Shapes) -> Iterator[Letter | Gap]:
    """The letters that are seen; those that are struck out keep their places without their text."""
    kept = seen([item for item in items if isinstance(item, Letter)], page, shapes)
    rules = [box for box in shapes.paths if box[3] - box[1] <= THIN and box[2] - box[0] >= 2 * THIN]
    box = page.get_bbox()
    last: Letter | None = None
    for item in items:
        if isinstance(item, Gap):
            yield item
        elif id(item) in kept and (_is_on(item, box) or (last and _is_next(last, item))):
            last = item
            yield replace(item, text="") if rules and _is_struck(item, rules) else item


def _is_on(letter: Letter, box: Box) -> bool:
    """Whether any of a letter lies on the page."""
    left, bottom, right, top = letter.place
    return left < box[2] and right > box[0] and bottom < box[3] and top > box[1]


def _is_next(last: Letter, letter: Letter) -> bool:
    """Whether a letter goes on a line that began on the page."""
    return abs(letter.middle - last.middle) < last.size and -1 < letter.left - last.right < 2 * last.size


def _is_struck(letter: Letter, rules: Sequence[Box]) -> bool:
    if letter.quarter:
        return False
    line, middle = letter.bottom + BELOW * letter.size, (letter.left + letter.right) / 2
    low, high = (line + share * letter.size for share in STRUCK)
    return any(box[0] <= middle <= box[2] and low < (box[1] + box[3]) / 2 < high for box in rules)


def _text(
    items: Sequence[Letter | Gap], shapes: Shapes, number: int, tagged: Sequence[Sequence[Row]]
) -> Iterator[Segment]:
    """The segments of the text that stands upright, and then of that which is turned, if it is more than a stamp."""
    turned: dict[int, list[Letter | Gap]] = {}
    quarter = 0
    for item in items:
        quarter = item.quarter if isinstance(item, Letter) else quarter
        turned.setdefault(quarter, []).append(item)
    frames = sorted(turned, key=lambda one: (one != 0, -len(turned[one])))
    letters = {one: sum(isinstance(item, Letter) for item in turned[one]) for one in frames}
    most = max(letters.values(), default=0)
    part = 0
    for frame in frames:
        upright = frame == 0
        shown = shapes if upright else Shapes()
        segments = list(_frame(turned[frame], shown, number, tagged if upright else ()))
        heights = {round(segment.middle) for segment in segments}
        if frame and not (letters[frame] == most or (letters[frame] >= TURNED_LETTERS and len(heights) > 1)):
            continue
        yield from (replace(segment, part=segment.part + part) for segment in segments)
        part += 100 if segments else 0


def _frame(
    items: Sequence[Letter | Gap], shapes: Shapes, number: int, tagged: Sequence[Sequence[Row]]
) -> Iterator[Segment]:
    rest, turned = without_turned_lines(items, number)
    segments = with_initials([*segments_of(rest, number), *turned])
    segments = without_line_numbers(segments)
    segments = with_ruled_cells(segments, with_columns(shapes, segments))
    segments = with_wrapped_cells(with_tagged_cells(segments, tagged), large_boxes(shapes.paths))
    segments.extend(_drawn_bullets(shapes, segments))
    yield from parted_boxes(segments, shapes)


def _drawn_bullets(shapes: Shapes, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Small round or square shapes right before a line, which some programs draw in place of a bullet's letter."""
    for left, bottom, right, top in shapes.paths:
        width, height, middle = right - left, top - bottom, (top + bottom) / 2
        for line in segments:
            small = 0.2 * line.height < height < 0.7 * line.height and abs(width - height) < 0.3 * height
            if small and line.bottom < middle < line.top and 0 < line.left - right < 2 * line.height:
                yield replace(line, text="•", left=left, right=right, spaces=())
                break
