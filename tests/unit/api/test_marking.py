from __future__ import annotations

import pytest

from acobot.answer import Citation, CitedPassage, CitedSource, Quote, Role
from acobot.api.marking import Stretch, elements, emphasis_runs, passage_runs
from acobot.sources import Block, BlockKind, Particulars, Source

TEXT = "Title\nOne 😀 two.\n- first\n- second\nLast."
BLOCKS = (
    Block(BlockKind.HEADING, 0, 5, level=2),
    Block(BlockKind.PARAGRAPH, 6, 16),
    Block(BlockKind.ITEM, 19, 24),
    Block(BlockKind.ITEM, 27, 33),
    Block(BlockKind.PARAGRAPH, 34, 39, furniture=True),
)
SOURCE = Source("one", Particulars("One"), TEXT, BLOCKS, (), "0" * 64, "1" * 64)
CITED = CitedSource("one", "One", None, None, None, None, None, None, "original", None, "0" * 64, None, None, None)


def test_blocks_become_elements_and_list_items_stand_together() -> None:
    groups = elements(SOURCE)
    assert [[element.text for element in group] for group in groups] == [
        ["Title"], ["One 😀 two."], ["first", "second"], ["Last."],
    ]  # fmt: skip
    assert [group[0].kind for group in groups] == ["heading", "paragraph", "item", "paragraph"]
    assert (groups[0][0].level, groups[0][0].anchor) == (2, "section-0")
    assert groups[3][0].furniture


def test_a_span_is_marked_in_every_block_that_it_crosses() -> None:
    runs = [run for group in elements(SOURCE, 10, 29) for element in group for run in element.runs]
    assert runs == [
        Stretch("Title", marked=False),
        Stretch("One ", marked=False),
        Stretch("😀 two.", marked=True, first=True),
        Stretch("first", marked=True),
        Stretch("se", marked=True),
        Stretch("cond", marked=False),
        Stretch("Last.", marked=False),
    ]


def test_headings_begin_at_the_second_level_and_end_at_the_sixth() -> None:
    blocks = tuple(Block(BlockKind.HEADING, 0, 5, level=level) for level in (3, 4, 9))
    source = Source("one", Particulars("One"), TEXT, blocks, (), "0" * 64, "1" * 64)
    assert [group[0].level for group in elements(source)] == [2, 3, 6]


def test_an_item_has_its_number_beside_its_words_as_the_source_writes_it() -> None:
    text = "Rent\n1. One.\n   (b) Two.\n- Three.\n> 12) Four.\n* Five. iv. Six.\n2020. Seven."
    items = [(text.index(words), text.index(words) + len(words)) for words in ("One.", "Two.", "Three.", "Four.")]
    items += [(text.index("Five."), text.index("Five.") + 5), (text.index("Six."), text.index("Six.") + 4)]
    blocks = [Block(BlockKind.HEADING, 0, 4, level=1), *(Block(BlockKind.ITEM, *span) for span in items)]
    blocks.append(Block(BlockKind.PARAGRAPH, text.index("Seven."), len(text)))
    source = Source("one", Particulars("One"), text, tuple(blocks), (), "0" * 64, "1" * 64)
    _, listed, last = elements(source, *items[1])
    assert [one.number for one in listed] == ["1.", "(b)", "", "12)", "", "iv."]
    assert listed[1].runs == (Stretch("Two.", marked=True, first=True),)
    assert last[0].number == ""


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ([0, 1, 1, 0, 1], [1, 2, 2, 1, 2]),
        ([1, 0, 0], [1, 1, 1]),  # nothing stands above the first
        ([0, 3, 2, 1, 0], [1, 2, 2, 2, 1]),
        ([0, 1, 2, 1], [1, 2, 3, 2]),
    ],
)
def test_items_of_a_list_in_a_list_stand_below_the_item_before(levels: list[int], shown: list[int]) -> None:
    blocks = tuple(Block(BlockKind.ITEM, number, number + 1, level) for number, level in enumerate(levels))
    source = Source("one", Particulars("One"), "abcdef", blocks, (), "0" * 64, "1" * 64)
    assert [one.level for group in elements(source) for one in group] == shown


def quote(start: int, end: int, source_id: str = "one") -> Quote:
    return Quote(TEXT[start:end], Role.LEAD, 1, 1, source_id, start, end, "")


def test_a_passage_has_the_quotes_that_stand_in_it_marked() -> None:
    citation = Citation(1, CITED, CitedPassage((), TEXT[6:33], 6, 33), "")
    quotes = [quote(27, 33), quote(10, 16), quote(34, 39), quote(19, 24, "other")]
    assert passage_runs(citation, quotes) == [
        Stretch("One ", marked=False),
        Stretch("😀 two.", marked=True),
        Stretch("\n- first\n- ", marked=False),
        Stretch("second", marked=True),
    ]


def test_a_passage_without_quotes_is_one_run() -> None:
    citation = Citation(1, CITED, CitedPassage((), TEXT[6:16], 6, 16), "")
    assert passage_runs(citation, []) == [Stretch("One 😀 two.", marked=False)]


def test_newlines_that_were_meant_are_told_from_those_that_wrap_a_text() -> None:
    parts = (
        "Fee\n£5 a year",
        "Oak Hall\nOak Road\nLeeds",
        "The hall is let by the hour to all who live in the town, and\nby the day to clubs.",
    )
    text = "\n\n".join(parts)
    spans = [(text.index(part), text.index(part) + len(part)) for part in parts]
    kinds = (BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)
    blocks = tuple(Block(kind, *span) for kind, span in zip(kinds, spans, strict=True))
    source = Source("one", Particulars("One"), text, blocks, (), "0" * 64, "1" * 64)
    shown = [group[0] for group in elements(source)]
    assert [one.lines for one in shown] == [True, True, False]
    assert [one.text for one in shown] == list(parts)


def test_a_wrapped_text_in_a_passage_is_one_line_and_all_else_keeps_its_lines() -> None:
    wrapped = "The hall is let by the hour to all who live in the town, and\nby the day to clubs."
    text = f"# Fees\n\n{wrapped}\n\n- {wrapped}\n- Fee\n  £5 a year\n1. {wrapped}\n| a | b |\n|---|---|\n| c | d |"
    start = text.index("and\nby")
    quote = Quote("and\nby", Role.LEAD, 1, 1, "one", start, start + 6, "")
    runs = passage_runs(Citation(1, CITED, CitedPassage((), text, 0, len(text)), ""), [quote])
    assert [run.text for run in runs if run.marked] == ["and by"]
    assert "".join(run.text for run in runs) == text.replace("and\nby", "and by")


def test_the_words_that_answer_are_marked_in_a_quote_wherever_it_stands() -> None:
    def runs(*emphasis: tuple[int, int]) -> list[tuple[str, bool]]:
        quote = Quote("One 😀 two.", Role.LEAD, 1, 1, "one", 6, 16, "/", emphasis)
        return [(run.text, run.marked) for run in emphasis_runs(quote)]

    assert runs() == [("One 😀 two.", False)]
    assert runs((10, 11)) == [("One ", False), ("😀", True), (" two.", False)]
    assert runs((12, 15), (6, 9)) == [("One", True), (" 😀 ", False), ("two", True), (".", False)]
    assert runs((0, 9), (8, 12)) == [("One", True), (" 😀 ", True), ("two.", False)]  # what reaches out, and overlaps
    assert runs((16, 20), (9, 9)) == [("One 😀 two.", False)]
