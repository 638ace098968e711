"""Columns of prose that stand side by side, with or without a box: no sentence goes on in the next column."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from acobot.sources.pdf import read
from tests.documents import Words, make_pdf

SAID = ("bed", "tablet", "surgeon", "ward", "dressing", "letter", "clinic", "taxi", "visitor", "ring", "locker", "gown")
COLUMNS = {"a": (40, 30, 10, 12), "b": (225, 30, 10, 12), "c": (425, 24, 9, 10.5)}  # left, letters, size, step
BOX = b"0.9 g 419 340 150 380 re f 0 g"


def column(name: str, chance: random.Random) -> Iterator[Words]:
    """Headings and paragraphs below each other, each word with the column's name before it."""
    left, letters, size, step = COLUMNS[name]
    y = 700.0 + chance.choice([0, 1, 3.3])
    while y > 400:
        if chance.random() < 0.35:
            yield Words(left, y, (name + chance.choice(SAID)).capitalize(), size, bold=True)
            y -= step
        line = ""
        for _ in range(chance.randint(1, 3)):
            words = [name + chance.choice(SAID) for _ in range(chance.randint(4, 12))]
            for word in [words[0].capitalize(), *words[1:-1], f"{words[-1]}."]:
                if len(line) + len(word) >= letters:
                    yield Words(left, y, line, size)
                    y -= step
                    line = ""
                line = f"{line} {word}".strip()
        yield Words(left, y, line, size)
        y -= step * chance.choice([1.4, 1.5, 1.8])


@pytest.mark.parametrize("boxed", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_no_text_of_a_column_is_mixed_with_that_beside_it(seed: int, *, boxed: bool) -> None:
    chance = random.Random(seed)
    page = [words for name in COLUMNS for words in column(name, chance)]
    draft = read(make_pdf(page, draw=BOX if boxed else b""))
    for block in draft.blocks:
        said = draft.text[block.start : block.end]
        assert len({word[0].lower() for word in said.split() if word[0].isalpha()}) == 1, said


LABELS = ("Applicant", "Premises", "Last day for objections", "Received by the council")
VALUES = (
    "The Gilded Otter (Mardale) Ltd",
    "The Gilded Otter, 8 Tanner's Row, with the yard behind it,\nand the rooms above",
    "30 June 2025",
    "2 June 2025",
)


@pytest.mark.parametrize(("size", "bold", "off"), [(10, True, 0.0), (8, False, 1.6), (8, True, 1.6)])
def test_labels_beside_their_values_are_rows_with_the_whole_value(size: float, *, bold: bool, off: float) -> None:
    page, y = [], 700.0
    for label, value in zip(LABELS, VALUES, strict=True):
        page.append(Words(50, y + off, label, size, bold))
        for line in value.split("\n"):
            page.append(Words(225, y, line))
            y -= 12
        y -= 6
    said = [row.split(" | ") for row in read(make_pdf(page)).text.replace("| ", "", 1).splitlines() if "---" not in row]
    assert [tuple(cell.strip(" |") for cell in row) for row in said] == [
        (label, value.replace("\n", " ")) for label, value in zip(LABELS, VALUES, strict=True)
    ]


def test_columns_that_stand_off_each_other_by_some_points_are_no_labels_and_values() -> None:
    """Browsers begin a column without the room over its first paragraph."""
    left = [
        "Lost keys are charged at what we",
        "are charged, with a least sum of",
        "£55. Glass is free when you have",
        "a number.",
    ]
    right = [
        "yours to mend. Tenants over seventy",
        "get three small jobs a year without",
        "charge. A call that was not needed",
        "is £30.",
    ]
    page = [Words(50, 700 - 12 * at, text) for at, text in enumerate(left)]
    page += [Words(300, 698 - 12 * at, text) for at, text in enumerate(right)]
    assert " ".join(right) in read(make_pdf(page)).text


def test_a_head_over_further_labels_stands_between_the_rows() -> None:
    page = [Words(50, 700, "Sat 9", bold=True), Words(50, 650, "June", 13, bold=True)]
    page += [Words(50, 630, "Sat 6", bold=True)]
    page += [Words(120, 700, "Walk at dawn. It is free, but no"), Words(120, 688, "child under ten may come.")]
    page += [Words(120, 630, "Evening of the bats. Tickets are"), Words(120, 618, "sold at the kiosk for £4.")]
    said = read(make_pdf(page)).text
    assert "Sat 9 | Walk at dawn. It is free, but no child under ten may come." in said
    assert "Sat 6 | Evening of the bats. Tickets are sold at the kiosk for £4." in said


def minutes(*more: str) -> list[Words]:
    """Three paragraphs, and a name at the right of each; `more` at the right of the names."""
    said = ["Three sheds were broken into. Locks are given out at the library", "from 16 February, one for each home."]
    page = [Words(455, 720, "Action", bold=True)]
    for at, name in enumerate(("Ruth Amos", "P. Lal", "All")):
        page += [Words(50, 700 - 60 * at, f"{at + 1}. Matter", 10.5, bold=True)]
        page += [Words(50, 685 - 60 * at, said[0]), Words(50, 672 - 60 * at, said[1])]
        page += [Words(left, 685 - 60 * at, text) for left, text in zip((380, 470), (name, *more), strict=False)]
    return page


def test_who_does_it_stands_in_a_row_with_the_whole_paragraph() -> None:
    said = read(make_pdf(minutes())).text
    assert "out at the library from 16 February, one for each home. | P. Lal" in said


def test_columns_at_the_right_of_paragraphs_are_not_put_together() -> None:
    assert "P. Lal 12 May" not in read(make_pdf(minutes("12 May"))).text
