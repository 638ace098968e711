"""What the reader learns from: who answers the sources' own questions, that nobody answers limits; whole pages."""

from pathlib import Path

import pytest
from training.lines import lines_pool
from training.records import Asked, Pool
from training.retrieving import Document, RawQuestion, make_pool

from tests.fakes import write_sources

pytestmark = pytest.mark.model

MILL = """# The old mill

<!-- asks: When may I come in? | opening hours -->

The mill opens at nine. It shuts at five.

<!-- asks: What does it cost? -->

Entry is free.
"""
BARN = """# The barn

<!-- asks: When may I come in, please? -->

The barn is open all day.

Cows live in the barn.
"""
LIMITS = """- asks:
    - Who built the mill?
    - What does it cost?
  say: The sources do not say who built it.
"""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    folder = tmp_path_factory.mktemp("lines")
    sources = write_sources(folder / "sources", {"mill.md": MILL, "barn.md": BARN, "_limits.yaml": LIMITS})
    return lines_pool("lines", Path(sources), folder / "scratch")


def said(pool: Pool, asked: Asked) -> set[str]:
    return {
        pool.texts[number].text[slice(*pool.texts[number].sentences[sentence])]
        for number, sentences in asked.gold.items()
        for sentence in sentences
    }


def test_a_line_is_answered_by_its_paragraph_and_by_those_whose_lines_say_the_same(pool: Pool) -> None:
    asked = {one.question: one for one in pool.asked if one.gold}
    assert said(pool, asked["opening hours"]) == {"The mill opens at nine.", "It shuts at five."}
    assert said(pool, asked["When may I come in?"]) == {
        "The mill opens at nine.",
        "It shuts at five.",
        "The barn is open all day.",
    }
    assert said(pool, asked["What does it cost?"]) == {"Entry is free."}


def test_a_limit_is_answered_by_nothing_and_left_out_where_a_line_asks_it(pool: Pool) -> None:
    assert [(one.question, one.kind, one.home) for one in pool.asked if not one.gold] == [
        ("Who built the mill?", "near-limit", -1)
    ]


def test_what_is_kept_aside_is_parted_by_paragraph(pool: Pool) -> None:
    groups = {one.question: one.group for one in pool.asked}
    assert groups["When may I come in?"] == groups["opening hours"] != groups["What does it cost?"]


def test_a_page_alone_is_searched_for_what_is_asked_of_it(tmp_path: Path) -> None:
    pages = [
        Document("pool", "The pool", "We open at nine."),
        Document("gym", "The gym", "Dogs stay out.\n\nWe open at ten."),
    ]
    asked = RawQuestion("gym", "near-item", "When do you open?", (), (), within="gym")
    pool = make_pool("pages", pages, [asked], tmp_path)
    assert {pool.texts[number].title for number in pool.asked[0].found} == {"The gym"}
    assert pool.asked[0].gold == {}
