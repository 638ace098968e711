"""The questions that a source asks itself: a heading, a line, a row's first cell, each with its answer below."""

from __future__ import annotations

import pytest

from acobot.sources.drafting import Piece, draft
from acobot.sources.questions import MOST, questions_of
from acobot.sources.record import Ask, BlockKind

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW


def heading(text: str) -> Piece:
    return Piece(HEADING, text, level=2)


def asked(*pieces: Piece, known: tuple[Ask, ...] = ()) -> list[tuple[str, str]]:
    """Each question, and the words that begin where its answer does."""
    made = draft(pieces, {})
    return [(ask.text, made.text[ask.at :][:10]) for ask in questions_of(made.text, made.blocks, known)]


def test_a_heading_that_asks_is_answered_by_what_stands_below() -> None:
    pieces = heading("How many can I keep?"), Piece(PARAGRAPH, "Twenty at a time.")
    assert asked(*pieces) == [("How many can I keep?", "Twenty at ")]
    assert asked(heading("Who may join?"), Piece(ITEM, "Anyone over 12")) == [("Who may join?", "Anyone ove")]


def test_a_line_that_asks_is_answered_by_the_next() -> None:
    below = Piece(PARAGRAPH, "Is it free?"), Piece(PARAGRAPH, "Yes, it is.")
    within = Piece(PARAGRAPH, "Q: Is it free?\nA: Yes.\nQ: Do I need a card?\nA: Not here.")
    assert asked(*below) == [("Is it free?", "Yes, it is")]
    assert asked(within) == [("Is it free?", "A: Yes.\nQ:"), ("Do I need a card?", "A: Not her")]


def test_a_row_whose_first_cell_asks_answers_itself() -> None:
    rows = Piece(ROW, "Question | Answer"), Piece(ROW, "Is it free? | Yes"), Piece(ROW, "Why so?")
    assert asked(*rows) == [("Is it free?", "Is it free")]


@pytest.mark.parametrize("mark", ["Q: ", "Q3. ", "4) ", "4.2. ", "F: "])
def test_a_number_before_a_question_is_none_of_its_words(mark: str) -> None:
    assert asked(heading(f"{mark}Is it free?"), Piece(PARAGRAPH, "Yes."))[0][0] == "Is it free?"


@pytest.mark.parametrize(
    "pieces",
    [
        (heading("Is it free?"),),  # nothing below
        (heading("Is it free?"), heading("Fees"), Piece(PARAGRAPH, "Two pounds.")),
        (heading("Is it free?"), Piece(PARAGRAPH, "And for whom?")),
        (heading("Why?"), Piece(PARAGRAPH, "Because it is.")),
        (Piece(PARAGRAPH, "They asked us. Is it free?"), Piece(PARAGRAPH, "Nobody knew.")),
        (Piece(ITEM, "Do you agree?"), Piece(ITEM, "Tell us why.")),  # a form asks its reader
        (Piece(PARAGRAPH, "Is it free?", furniture=True), Piece(PARAGRAPH, "Yes.")),
        (heading("Fees"), Piece(PARAGRAPH, "Two pounds.")),
    ],
)
def test_what_is_not_answered_below_is_no_question_of_the_source(pieces: tuple[Piece, ...]) -> None:
    assert asked(*pieces) == []


def test_a_question_that_its_maintainer_wrote_is_not_asked_twice() -> None:
    pieces = heading("Is it free?"), Piece(PARAGRAPH, "Yes.")
    assert asked(*pieces, known=(Ask("is it free?", 0),)) == []


def test_a_file_of_questions_alone_is_bounded() -> None:
    assert len(asked(Piece(PARAGRAPH, "Is it free?\nYes.\n" * (MOST + 9)))) == MOST
