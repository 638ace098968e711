"""A page of a PDF → its segments, part by part: the text, what runs up or down the page, boxes, notes put on it.

What nobody sees, and what is struck out, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import pypdfium2

from acobot.sources.pdf.annotations import Marks, read_marks
from acobot.sources.pdf.bidi import without_turned_lines
from acobot.sources.pdf.boxes import large_boxes, parted_boxes
from acobot.sources.pdf.broken_rules import with_columns
from acobot.sources.pdf.covered import in_their_places, painted_over
from acobot.sources.pdf.fields import Fields
from acobot.sources.pdf.floats import parted_floats
from acobot.sources.pdf.grids import with_ruled_cells
from acobot.sources.pdf.hidden import seen
from acobot.sources.pdf.initials import with_initials
from acobot.sources.pdf.letters import BELOW, Gap, Letter, read_letters, upright
from acobot.sources.pdf.lines import Segment, segments_of
from acobot.sources.pdf.margins import without_line_numbers
from acobot.sources.pdf.shapes import Box, Shapes, read_shapes
from acobot.sources.pdf.tagged import Row, tagged_tables, with_tagged_cells
from acobot.sources.pdf.wrapped import with_wrapped_cells

TURNED_LETTERS = 60  # so many, on several lines, are text that runs up or down the page, and no stamp
MANY_UNSEEN = 10  # letters of a page; fewer, such as marks for printers, are not told
THIN = 2.0  # points: no more of a rule that strikes out
STRUCK = (0.12, 0.5)  # of the size above the line that letters stand on: where such a rule runs


@dataclass(frozen=True, slots=True)
class Page:
    """The segments of a page in the order in which they are drawn; how many notes and unseen letters are not read."""

    segments: list[Segment]
    notes: int = 0
    unseen: int = 0


def read_page(page: pypdfium2.PdfPage, number: int, fields: Fields | None = None, *, layered: bool = False) -> Page:
    """What stands on a page, which is closed then; `layered` where the file hides layers."""
    textpage = page.get_textpage()
    try:
        shapes, marks, size = read_shapes(page), read_marks(page), (page.get_width(), page.get_height())
        items = list(read_letters(textpage.raw, *size))
        letters = [item for item in items if isinstance(item, Letter)]
        over = painted_over(letters, page, shapes)
        kept = seen(letters, page, shapes, over, layered=layered) - _covered(letters, marks)
        box = page.get_bbox()
        unseen = sum(isinstance(item, Letter) and id(item) not in kept and _is_on(item, box) for item in items)
        placed = in_their_places(items, {which for which, written in over.items() if written})
        shown = _without_struck(list(_visible(placed, kept, box)), shapes, marks, size)
        segments = list(_text(shown, shapes, number, tagged_tables(page)))
        segments = fields.put_on(page, number, segments) if fields else segments
        return Page(segments, len(marks.notes), unseen if unseen >= MANY_UNSEEN else 0)
    finally:
        textpage.close()
        page.close()


def _covered(letters: Sequence[Letter], marks: Marks) -> set[int]:
    """The identities of the letters that somebody covered in a viewer."""
    return {id(letter) for letter in letters if _stands_in(letter, marks.covered)}


def _stands_in(letter: Letter, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a letter lies in one of these boxes on the page."""
    left, bottom, right, top = letter.place
    across, up = (left + right) / 2, (bottom + top) / 2
    return any(box[0] <= across <= box[2] and box[1] <= up <= box[3] for box in boxes)


def _visible(items: Sequence[Letter | Gap], kept: Set[int], box: Box) -> Iterator[Letter | Gap]:
    """The letters on the page, or on a line that began where it is seen, whose identities are kept, and all gaps."""
    last: Letter | None = None
    for item in items:
        if isinstance(item, Gap):
            yield item
        elif id(item) in kept and (_is_shown(item, box) or (last and _is_next(last, item))):
            last = item
            yield item


def _without_struck(
    items: Sequence[Letter | Gap], shapes: Shapes, marks: Marks, page: tuple[float, float]
) -> list[Letter | Gap]:
    """The same, but letters that are struck out, by a rule or a mark, keep their places without their text."""
    quarters = {item.quarter for item in items if isinstance(item, Letter)}
    turned = {one: [upright(one, box, page) for box in shapes.paths] for one in quarters}
    rules = {one: [box for box in boxes if _is_rule(box)] for one, boxes in turned.items()}
    return [
        replace(item, text="") if isinstance(item, Letter) and _is_struck(item, rules[item.quarter], marks) else item
        for item in items
    ]


def _is_rule(box: Box) -> bool:
    """Whether a box is long and thin, and lies as letters do that stand upright."""
    return box[3] - box[1] <= THIN and box[2] - box[0] >= 2 * THIN


def _is_shown(letter: Letter, box: Box) -> bool:
    """Whether any of a letter lies on the page, and within the box that its text is cut to."""
    return _is_on(letter, box) and (letter.cut_to is None or _is_on(letter, letter.cut_to))


def _is_on(letter: Letter, box: Box) -> bool:
    """Whether any of a letter lies in a box."""
    left, bottom, right, top = letter.place
    return left < box[2] and right > box[0] and bottom < box[3] and top > box[1]


def _is_next(last: Letter, letter: Letter) -> bool:
    """Whether a letter goes on a line that began on the page."""
    return abs(letter.middle - last.middle) < last.size and -1 < letter.left - last.right < 2 * last.size


def _is_struck(letter: Letter, rules: Sequence[Box], marks: Marks) -> bool:
    line, middle = letter.bottom + BELOW * letter.size, (letter.left + letter.right) / 2
    low, high = (line + share * letter.size for share in STRUCK)
    if any(box[0] <= middle <= box[2] and low < (box[1] + box[3]) / 2 < high for box in rules):
        return True
    return _stands_in(letter, marks.struck)


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
    yield from parted_floats(parted_boxes(segments, shapes))


def _drawn_bullets(shapes: Shapes, segments: Sequence[Segment]) -> Iterator[Segment]:
    """Small round or square shapes right before a line, which some programs draw in place of a bullet's letter."""
    for left, bottom, right, top in shapes.paths:
        width, height, middle = right - left, top - bottom, (top + bottom) / 2
        for line in segments:
            small = 0.2 * line.height < height < 0.7 * line.height and abs(width - height) < 0.3 * height
            if small and line.bottom < middle < line.top and 0 < line.left - right < 2 * line.height:
                yield replace(line, text="•", left=left, right=right, spaces=())
                break
