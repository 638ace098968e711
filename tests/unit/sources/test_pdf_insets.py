"""Pull quotes and captions amid a text of a PDF: no sentence ends at them, and they head nothing."""

from __future__ import annotations

import pytest

from acobot.sources.reader_process import read_bytes
from acobot.sources.record import BlockKind
from tests.documents import Words, lines, make_pdf

BEFORE = ["Our garden had its best summer yet, with beans and", "squash. The work on the new path will begin on the"]
AFTER = ["first day of March and takes three weeks. All gates", "stay open but for the one on the lane."]
SENTENCE = "The work on the new path will begin on the first day of March and takes three weeks."


def read(*words: Words) -> list[tuple[BlockKind, str]]:
    draft = read_bytes(".pdf", make_pdf(list(words)))
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def around(*amid: Words, after: list[str] = AFTER) -> list[tuple[BlockKind, str]]:
    return read(*lines(50, 700, *BEFORE), *amid, *lines(50, 600, *after))


@pytest.mark.parametrize(
    "amid",
    [
        [Words(60, 660, "“I come for the weeds", 16), Words(60, 640, "and stay for the talk.”", 16)],
        [Words(60, 660, "“I come for the weeds.”", 16), Words(60, 642, "Joan, aged 81", 8)],
        [Words(60, 660, "Beans in June, drawn by a child of the school", 8)],
        [Words(60, 660, "No garden of ours was ever so green.", 16)],
    ],
    ids=["a pull quote", "with a name", "a caption", "without marks"],
)
def test_a_sentence_goes_on_after_what_stands_amid_it(amid: list[Words]) -> None:
    said = around(*amid)
    assert SENTENCE in said[0][1]
    assert " ".join(text for _, text in said[1:]) == " ".join(words.text for words in amid)
    assert {kind for kind, _ in said} == {BlockKind.PARAGRAPH}


def test_it_does_so_with_a_name_after_a_quotation_in_marks() -> None:
    said = around(Words(60, 660, "“I come for the weeds.”", 16), after=["Monday of March and takes three weeks."])
    assert said[0][1].endswith("will begin on the Monday of March and takes three weeks.")


def test_words_of_the_sentence_itself_that_are_set_large_stay_in_their_place() -> None:
    said = around(Words(60, 660, "VERY FIRST", 16))
    assert [text for _, text in said] == [" ".join(BEFORE), "VERY FIRST", " ".join(AFTER)]


def test_a_heading_after_a_line_without_a_stop_still_heads_what_follows() -> None:
    said = around(Words(60, 660, "How to help", 16), after=["Come on a Sunday and bring a spade with you."])
    assert said[1] == (BlockKind.HEADING, "How to help")


def test_a_saying_between_quotation_marks_heads_nothing() -> None:
    whole = ["It costs four million a year to run the house, and a", "third of that comes from gifts and from wills."]
    saying = [Words(300, 640, "“They gave my mother", 16), Words(300, 622, "back her laugh.”", 16)]
    said = read(*lines(50, 700, *whole), *saying, Words(300, 606, "Peter, son", 14), *lines(50, 560, *whole))
    assert [kind for kind, _ in said] == [BlockKind.PARAGRAPH] * 4


def test_a_title_between_quotation_marks_heads_what_follows() -> None:
    showing = [
        "We show it on Saturday 4 May at two in the afternoon,",
        "and the bar is open from noon until six that day.",
    ]
    said = read(Words(50, 740, "“The Third Man”", 16), *lines(50, 700, *showing), *lines(50, 640, *AFTER))
    assert said[0] == (BlockKind.HEADING, "“The Third Man”")


def test_lines_that_end_early_are_no_sentence_around_what_stands_between_them() -> None:
    dishes = ["chicken pie with peas and mash", "grilled salmon with new potatoes, beans and lemon sauce"]
    said = read(
        Words(50, 700, dishes[0], 11), Words(50, 684, "contains milk and egg", 8), Words(50, 660, dishes[1], 11)
    )
    assert [text for _, text in said] == [dishes[0], "contains milk and egg", dishes[1]]
