"""The values of a form's fields for words, and the labels on their left: a row each, where somebody filled it in.

A field's label is the only text on its height, a short one, near and left of its box, or of the box before it; nothing
nearer stands right over the box, unless as the heads of columns do over all boxes of a row. Geometry only; knows no
words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from acobot.sources.pdf.grids import row_of, whole_cell
from acobot.sources.pdf.lines import Segment

LABEL_WORDS = 8
TOUCHING = 2.0  # points that a label may reach into its field's box
NEAR = 180.0  # points from a label to its box: a third of what a page is wide; labels in a column differ in length
RIGHT_OVER = 30.0  # points over a box in which a head of its own may stand
MOST_OVER = 100  # segments there that are looked at
ALIGNED = 6.0  # points by which a head's edge or middle may differ from that of its box
LEAST = 2  # rows of a form with values; of fewer its labels are told from other text by nothing
APART = 10_000  # the number of the first part that is a value without a label


@dataclass(frozen=True, slots=True)
class Field:
    """A field for words: the edges of its box, and its value's lines; none where it is empty."""

    left: float
    right: float
    bottom: float
    top: float
    lines: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """The segments of a page from the bottom up, and how far up each is."""

    segments: Sequence[Segment]
    middles: Sequence[float]

    def label_of(self, field: Field) -> int | None:
        """The number of what may be a field's label; None where nothing may, or where more stands on its height."""
        first, end = bisect_right(self.middles, field.bottom), bisect_left(self.middles, field.top)
        if end - first != 1:
            return None
        label = self.segments[first]
        is_label = label.right <= field.left + TOUCHING and len(label.text.split()) <= LABEL_WORDS
        return first if is_label and not label.is_cell and not label.part else None

    def head_of(self, field: Field, reach: float) -> int | None:
        """The number of what stands right over a field, less than `reach` off; None where nothing does."""
        first = bisect_left(self.middles, field.top)
        end = bisect_left(self.middles, field.top + RIGHT_OVER, lo=first, hi=min(first + MOST_OVER, len(self.middles)))
        return next((number for number in range(first, end) if _is_head(self.segments[number], field, reach)), None)


def with_values(segments: Sequence[Segment], fields: Sequence[Field]) -> list[Segment]:
    """The segments of a page and the values of its fields; labels in rows with these, or alone in rows of theirs.

    A value stands apart from all other text where the only one on its height is not its label.
    """
    upwards = sorted(segments, key=lambda one: one.middle)
    page = _Page(upwards, [one.middle for one in upwards])
    rows: list[list[Segment]] = []
    used: set[int] = set()
    placed: set[int] = set()
    apart: set[int] = set()
    for number, beside in _beside(page, fields).items():
        label = upwards[number]
        own, heads = _own(label, beside, page)
        apart |= {id(field) for field in beside[len(own) :]}
        if not own:
            continue
        if heads and used.isdisjoint(heads):
            rows.append([_empty(label, label.left), *(upwards[head] for head in heads)])
        rows.append([label, *_values(label, own)])
        used |= {number, *heads}
        placed |= {id(field) for field in own}
    if sum(bool(row[0].text) and len(row) > 1 for row in rows) < LEAST:
        rows, used, placed = [], set(), set()
    taken = {id(upwards[number]) for number in used}
    return [
        *(one for one in segments if id(one) not in taken),
        *(cell for row in rows for cell in row_of(row)),
        *(
            replace(line, part=APART + place) if id(field) in apart else line
            for place, field in enumerate(fields)
            if id(field) not in placed
            for line in field.lines
        ),
    ]


def _beside(page: _Page, fields: Sequence[Field]) -> dict[int, list[Field]]:
    """The fields on the height of each label, from the left, by its number."""
    beside: dict[int, list[Field]] = {}
    for field in sorted(fields, key=lambda one: one.left):
        label = page.label_of(field)
        if label is not None:
            beside.setdefault(label, []).append(field)
    return beside


def _own(label: Segment, beside: Sequence[Field], page: _Page) -> tuple[Sequence[Field], tuple[int, ...]]:
    """The fields that are a label's, and the numbers of the heads over all of them where these are columns."""
    near = list(_near(label, beside))
    heads = [page.head_of(field, field.left - label.right) for field in near]
    over = tuple(head for head in heads if head is not None)
    if 1 < len(near) == len(set(over)):
        return near, over
    return near[: next((place for place, head in enumerate(heads) if head is not None), len(near))], ()


def _near(label: Segment, fields: Sequence[Field]) -> Iterator[Field]:
    """The fields right of a label up to the first that is far off from the one before."""
    end = label.right
    for field in fields:
        if field.left - end > NEAR:
            return
        yield field
        end = field.right


def _is_head(one: Segment, field: Field, reach: float) -> bool:
    middle = (field.left + field.right) / 2
    aligned = abs(one.left - field.left) < ALIGNED or abs(one.middle_x - middle) < ALIGNED
    return aligned and one.bottom - field.top < reach and len(one.text.split()) <= LABEL_WORDS


def _values(label: Segment, fields: Sequence[Field]) -> list[Segment]:
    """A cell for each field of a label, empty ones in their places; none where nobody filled in any of them."""
    if not any(field.lines for field in fields):
        return []
    return [whole_cell(one.lines) if one.lines else _empty(label, one.left) for one in fields]


def _empty(label: Segment, left: float) -> Segment:
    return replace(label, text="", left=left + 1, right=left + 2, spaces=())
