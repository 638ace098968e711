"""Pull quotes and captions that a text of a PDF runs around, and headings that are none."""

from __future__ import annotations

import pytest

from acobot.sources.reader_process import read_bytes
from tests.documents import Words, lines, make_pdf

TEXT = [
    "The lido opened in the year of the great storm and has been shut since that broke the",
    "wall that kept the sea from it. In the last winter of all those years the old council",
    "let it to the friends of the lido, who",
    "have mended the wall and the pool, so",
    "the pool opens on Saturday 23 May, and",
    "the first swim is at seven. The water is not heated, and suits of any kind may be worn",
    "by all who want to.",
]
NARROW = TEXT[2:5]
UNDER = [
    "Come to the hut on any day of the week",
    "and ask for Joan, who has all the keys.",
    "She is there from nine until noon, but",
    "not on days on which it rains or snows.",
]


def read(*words: Words) -> list[str]:
    draft = read_bytes(".pdf", make_pdf(list(words)))
    return [draft.text[block.start : block.end] for block in draft.blocks]


@pytest.mark.parametrize(
    "amid",
    [
        lines(320, 674, "Swimmers at the gala, with", "the tower that is no more.", size=7, step=9),
        lines(320, 671, "“We all swam here", "as children.”", size=14, step=17),
        [Words(320, 667, "Swimmers at the gala of 1951", 7)],
    ],
    ids=["a caption", "a pull quote", "a caption of a line"],
)
def test_what_a_text_runs_around_is_read_after_it(amid: list[Words]) -> None:
    assert read(*lines(50, 700, *TEXT), *amid) == [" ".join(TEXT), " ".join(words.text for words in amid)]


def test_a_heading_of_a_column_stays_over_its_text() -> None:
    column = lines(50, 700, *NARROW, *NARROW, *NARROW)
    page = [*column, *lines(320, 694, "How to hire", "the hut", size=14, step=17), *lines(320, 651, *UNDER)]
    assert read(*page)[-2:] == ["How to hire the hut", " ".join(UNDER)]


def test_cells_on_the_lines_of_others_stay_in_their_rows() -> None:
    names = ["A swim on a day of the week", "A swim on a day at weekends", "A swim for a whole family"]
    prices = ["4.20 pounds for one person", "5.10 pounds for one person", "11.50 pounds for all"]
    said = read(*lines(50, 700, *names, step=20), *lines(320, 700, *prices, size=8, step=20))
    assert said == [f"{name} | {price}" for name, price in zip(names, prices, strict=True)]
