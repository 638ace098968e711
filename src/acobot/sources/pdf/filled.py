"""The values of a form's fields for words, and the labels on their left: a row each, where somebody filled it in.

A field's label is the only text on its height, a short one, left of its box. Geometry only; knows no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acobot.sources.pdf.grids import row_of, whole_cell
from acobot.sources.pdf.lines import Segment

LABEL_WORDS = 8
TOUCHING = 2.0  # points that a label may reach into its field's box
LEAST = 2  # rows of a form with values; of fewer its labels are told from other text by nothing


@dataclass(frozen=True, slots=True)
class Field:
    """A field for words: the left, bottom and top of its box, and its value's lines; none where it is empty."""

    left: float
    bottom: float
    top: float
    lines: tuple[Segment, ...] = ()


def with_values(segments: Sequence[Segment], fields: Sequence[Field]) -> list[Segment]:
    """The segments of a page and the values of its fields; labels in rows with these, or alone in rows of theirs."""
    labelled: dict[int, list[Field]] = {}
    for field in fields:
        label = _label_of(field, segments)
        if label is not None:
            labelled.setdefault(label, []).append(field)
    rows = [
        [segments[label], *(whole_cell(one.lines) for one in sorted(own, key=lambda one: one.left) if one.lines)]
        for label, own in labelled.items()
    ]
    if sum(len(row) > 1 for row in rows) < LEAST:
        return [*segments, *(line for field in fields for line in field.lines)]
    placed = {id(field) for own in labelled.values() for field in own}
    return [
        *(one for number, one in enumerate(segments) if number not in labelled),
        *(cell for row in rows for cell in row_of(row)),
        *(line for field in fields if id(field) not in placed for line in field.lines),
    ]


def _label_of(field: Field, segments: Sequence[Segment]) -> int | None:
    """The number of the segment that is a field's label; None where none is, or where more stands on its height."""
    beside = [number for number, one in enumerate(segments) if field.bottom < one.middle < field.top]
    if len(beside) != 1:
        return None
    label = segments[beside[0]]
    is_label = label.right <= field.left + TOUCHING and len(label.text.split()) <= LABEL_WORDS
    return beside[0] if is_label and not label.is_cell and not label.part else None
