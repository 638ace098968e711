"""Hostile text takes time in proportion to its length: four times as much at most some six times as long.

Each unit stands there over and over, as no writer would; a pattern that looks from each one to the end takes sixteen
times as long.
"""

from __future__ import annotations

import time

import pytest

from acobot.abbreviations import learn_abbreviations
from acobot.passages import split_passages
from acobot.sources import Particulars, Source
from acobot.sources.front_matter import split_front_matter
from acobot.sources.furniture import set_aside_furniture
from acobot.sources.markdown import read_markdown
from acobot.sources.plain_text import read_plain_text
from tests.fakes import ENGLISH

SHORT, TIMES = 10_000, 4
MOST_GROWTH = 8
SOON = 0.4  # seconds that prove nothing
UNITS = ["A (AB", "(AB; ", "[a][b] ", "[^1] ", "<!--", "--><!-- a ", "/", "/a.", " ", " \n", "Related articles\n\n"]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", [read_markdown, read_plain_text])
def test_time_grows_with_the_length(unit: str, reader: object) -> None:
    short, long = (_seconds(unit, length, reader) for length in (SHORT, SHORT * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


def _seconds(unit: str, length: int, reader: object) -> float:
    """Of reading and splitting so many characters, as a build does."""
    text = f"Bins are here.{unit * (length // len(unit))}They are emptied."
    started = time.process_time()
    _, body = split_front_matter(text)
    draft = reader(body)  # type: ignore[operator]
    blocks = set_aside_furniture(draft.text, draft.blocks, ENGLISH)
    source = Source("bins", Particulars("Bins"), draft.text, blocks, (), "", "")
    split_passages(source, lambda words: len(words.split()), ENGLISH)
    list(learn_abbreviations(source.text, ENGLISH))
    return time.process_time() - started
