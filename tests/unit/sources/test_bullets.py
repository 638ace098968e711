"""Bullets that somebody typed, in texts of any format."""

from __future__ import annotations

import pytest

from acobot.sources.bullets import parts_of
from acobot.sources.drafting import Piece, draft
from acobot.sources.record import BlockKind

PARAGRAPH, ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM


def said(*texts: str) -> list[tuple[BlockKind, str]]:
    made = draft([Piece(PARAGRAPH, text) for text in texts], {})
    return [(block.kind, made.text[block.start : block.end]) for block in made.blocks]


@pytest.mark.parametrize("mark", ["•", "·", "▪", "\uf0b7", "-", "–", "*"])
def test_lines_that_begin_with_a_bullet_are_items(mark: str) -> None:
    assert said(f"Bring:\n{mark} a card\n{mark} a letter") == [
        (PARAGRAPH, "Bring:"),
        (ITEM, "a card"),
        (ITEM, "a letter"),
    ]


@pytest.mark.parametrize("mark", ["o\t", "o   ", "§\t"])
def test_the_bullets_of_lists_within_lists_in_word_are_bullets(mark: str) -> None:
    assert [text[0] for text in parts_of(f"{mark}a card\n{mark}a letter")] == [ITEM, ITEM]
    assert not parts_of("o no, it is shut\n§ 5 says so")


def test_paragraphs_that_begin_with_dashes_are_items_where_there_are_several() -> None:
    assert said("Bring:", "– a card", "– a letter")[1:] == [(ITEM, "a card"), (ITEM, "a letter")]
    assert said("– so she said.", "Nobody heard.") == [(PARAGRAPH, "– so she said."), (PARAGRAPH, "Nobody heard.")]


@pytest.mark.parametrize("text", ["5 - 3 is 2", "-5 degrees\n-6 degrees", "a • b", "- so she said.", "Bins."])
def test_other_signs_make_no_items(text: str) -> None:
    assert parts_of(text) == []


def test_lines_with_numbers_from_one_on_are_items_that_keep_them() -> None:
    assert said("Send:\n1) a card\n2) a letter") == [(PARAGRAPH, "Send:"), (ITEM, "1) a card"), (ITEM, "2) a letter")]
    assert parts_of("14. Dock Street\n15. Mill Street") == []


@pytest.mark.parametrize("marks", [("a)", "b)"), ("(a)", "(b)"), ("a.", "b."), ("(i)", "(ii)")])
def test_so_are_lines_with_letters_from_the_first_on(marks: tuple[str, str]) -> None:
    first, second = (f"{mark} a card" for mark in marks)
    assert said(f"Send:\n{first}\n{second}") == [(PARAGRAPH, "Send:"), (ITEM, first), (ITEM, second)]


@pytest.mark.parametrize("text", ["b) a card\nc) a letter", "a) a card, or\na) a letter", "(a) a card"])
def test_other_letters_make_no_items(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize("rest", ["20% off for ten", "£1 back", '"Guests" pay', "24-hour line"])
def test_what_follows_the_last_item_on_a_line_of_its_own_is_no_part_of_it(rest: str) -> None:
    for text in (f"• Adults 5\n• Babies 3\n{rest}", f"a) Adults 5\nb) Babies 3\n{rest}"):
        for wraps in (False, True):
            kind, start, end = parts_of(text, wraps=wraps)[-1]
            assert (kind, text[start:end]) == (PARAGRAPH, rest)


def test_a_wrapped_item_goes_on_with_a_figure_where_lines_are_wrapped() -> None:
    assert [kind for kind, _, _ in parts_of("• Send it by the\n4 May\n• A card", wraps=True)] == [ITEM, ITEM]
