"""Presentations: titles as headings, slides as pages, lists and tables, and what is left out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree
from pptx.oxml import parse_xml
from pptx.util import Inches

from acobot.sources.record import BlockKind, Draft, PageName, UnreadableError
from acobot.sources.slides import read
from tests.documents import make_zip
from tests.office_files import make_pptx

BULLETS = "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def said(draft: Draft, *kinds: BlockKind) -> list[str]:
    return [
        draft.text[block.start : block.end] for block in draft.blocks if block.kind in kinds and not block.furniture
    ]


def test_each_slide_is_a_page_under_its_title() -> None:
    draft = read(make_pptx(("Halls", ["For hire."]), ("Denton Hall", ["It is step-free."])))
    assert draft.text == "# Halls\n\nFor hire.\n\n## Denton Hall\n\nIt is step-free."
    assert (draft.page_name, draft.pages) == (PageName.SLIDE, (2, draft.text.index("Denton")))


def test_a_slide_without_a_title_is_headed_by_a_short_text_or_by_nothing_at_all() -> None:
    draft = read(make_pptx(("Halls", ["For hire."]), ("", ["Denton Hall", "It is step-free."]), ("", ["Ask us."])))
    assert said(draft, BlockKind.HEADING) == ["Halls", "Denton Hall"]
    apart = [block for block in draft.blocks if block.kind is BlockKind.HEADING and block.furniture]
    assert [draft.text[block.start : block.end] for block in apart] == ["[slide 3]"]


def test_the_texts_of_a_list_are_items_and_its_lead_in_is_not() -> None:
    def fill(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[1])
        slide.shapes.title.text = "Hire"
        slide.placeholders[1].text_frame.text = "Bring with you:\nyour card\na deposit"

    draft = read(make_pptx(then=fill))
    assert said(draft, BlockKind.PARAGRAPH) == ["Bring with you:"]
    assert said(draft, BlockKind.ITEM) == ["your card", "a deposit"]


def test_tables_are_rows_under_their_head_and_merged_cells_count_for_all() -> None:
    def merge(shown: Any) -> None:
        table = next(shape for shape in shown.slides[0].shapes if shape.has_table).table
        table.cell(1, 0).merge(table.cell(2, 0))

    lines = [["Hall", "Day", "Fee"], ["Denton", "Monday", "£5"], ["", "Sunday", "£9"]]
    draft = read(make_pptx(("Fees", [lines]), then=merge))
    assert said(draft, BlockKind.ROW) == ["Hall | Day | Fee", "Denton | Monday | £5", "Denton | Sunday | £9"]


def test_shapes_are_read_from_the_top_and_from_the_left() -> None:
    def place(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[6])
        for left, top, text in ((5, 2, "third."), (1, 2.05, "second."), (1, 1, "first.")):
            slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1)).text_frame.text = text

    assert said(read(make_pptx(then=place)), BlockKind.PARAGRAPH) == ["first.", "second.", "third."]


CARDS = ("Fair", "6 May", "Walk", "9 June", "Sale", "2 July", "Quiz", "8 July")  # two columns of two cards each


@pytest.mark.parametrize(
    ("pitch", "said_in"),
    [
        (1.5, ["Fair\n6 May", "Sale\n2 July", "Walk\n9 June", "Quiz\n8 July"]),
        (1.0, []),  # where nothing parts them they may be a table's cells
    ],
)
def test_boxes_under_each_other_are_a_card_where_cards_stand_apart(pitch: float, said_in: list[str]) -> None:
    def place(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[6])
        for number, text in reversed(list(enumerate(CARDS))):
            column, card, line = number // 4, number // 2 % 2, number % 2
            at = Inches(1 + 4 * column), Inches(1 + pitch * card + 0.5 * line), Inches(3), Inches(0.5)
            slide.shapes.add_textbox(*at).text_frame.text = text

    draft = read(make_pptx(("Dates", ["All of them."]), then=place))
    assert said(draft, BlockKind.ITEM) == said_in
    assert said_in or said(draft, BlockKind.PARAGRAPH)[1:4] == ["Sale", "6 May", "2 July"]


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        (("Day", "Mon", "Tue", "", "Sat", "Sun"), ("Open", "9 to 5", "10 to 4", "", "11 to 3", "closed")),
        (("Mon", "Tue", "", "Sat", "Sun"), ("9 to 5", "10 to 4", "", "11 to 3", "1 to 3")),
        (("Mon", "Tue", "", "Sat", "Sun"), ("open", "by request", "", "at noon", "closed")),
        (("Room", "Hut", "", "Hall", "Barn 2"), ("Fee", "9 a day", "", "Price", "8 a day")),
        (("Room", "Hut 1", "", "Room", "Hut 2"), ("Fee", "9 a day", "", "Fee", "8 a day")),
    ],
)
def test_a_table_built_of_boxes_is_read_line_by_line(days: tuple[str, ...], hours: tuple[str, ...]) -> None:
    def place(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[6])
        for column, texts in enumerate((days, hours)):
            for line, text in enumerate(texts):
                at = Inches(1 + 4 * column), Inches(1 + 0.5 * line), Inches(3), Inches(0.5)
                if text:
                    slide.shapes.add_textbox(*at).text_frame.text = text

    draft = read(make_pptx(("Times", ["All of them."]), then=place))
    assert said(draft, BlockKind.ITEM) == []
    rest = [text for row in zip(days, hours, strict=True) for text in row if text][1:]  # the first heads the slide
    assert said(draft, BlockKind.PARAGRAPH)[1:] == rest


def boxes(shapes: Any, *texts: str, top: float) -> None:
    for number, text in enumerate(texts):
        shapes.add_textbox(Inches(1), Inches(top + number / 2), Inches(3), Inches(0.4)).text_frame.text = text


@pytest.mark.parametrize("deep", [False, True])
def test_a_group_that_was_moved_or_made_smaller_is_read_where_it_stands(deep: bool) -> None:
    """Its boxes still say where they stood when they were put together: at the top."""

    def place(shown: Any) -> None:
        shapes = shown.slides[0].shapes
        group = shapes.add_group_shape()
        boxes((group.shapes.add_group_shape() if deep else group).shapes, "Barn", "£9", top=1)
        boxes(shapes, "Hut", "£5", top=2.5)
        group.left, group.top, group.width, group.height = Inches(1), Inches(4), Inches(1), Inches(0.5)

    assert said(read(make_pptx(("Halls", []), then=place)), BlockKind.PARAGRAPH) == ["Hut", "£5", "Barn", "£9"]


def test_of_a_group_only_what_is_hidden_itself_is_left_out() -> None:
    def place(shown: Any) -> None:
        shapes = shown.slides[0].shapes.add_group_shape().shapes
        boxes(shapes, "Hut", "£5", top=2)
        shapes[1]._element.nvSpPr.cNvPr.set("hidden", "1")

    assert said(read(make_pptx(("Halls", []), then=place)), BlockKind.PARAGRAPH) == ["Hut"]


@pytest.mark.parametrize("frame", ["", '<a:off x="0" y="9"/>', '<a:off x="0" y="9"/><a:ext cx="0" cy="0"/>'])
def test_a_group_that_says_little_of_its_place_is_read_all_the_same(frame: str) -> None:
    inside = '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>' if "ext" in frame else ""

    def place(shown: Any) -> None:
        group = shown.slides[0].shapes.add_group_shape()
        boxes(group.shapes, "Hut", "£5", top=2)
        properties = group._element.grpSpPr
        properties.remove(properties.xfrm)
        if frame:
            names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            properties.append(parse_xml(f"<a:xfrm {names}>{frame}{inside}</a:xfrm>"))

    assert said(read(make_pptx(("Halls", []), then=place)), BlockKind.PARAGRAPH) == ["Hut", "£5"]


@pytest.mark.parametrize("rows", [1, 2])
def test_heads_in_one_row_stand_with_the_sentences_below_them(rows: int) -> None:
    """Where more rows are below they may be those of a table."""
    below = [("Leave at once.", "Stay in your flat."), ("Call 999.", "Shut the door.")][:rows]

    def place(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[5])
        slide.shapes.title.text_frame.text = "Fire"
        for line, texts in enumerate([("In your flat", "Elsewhere?"), *below]):
            for column, text in enumerate(texts):
                at = Inches(1 + 4 * column), Inches(2 + line), Inches(3.5), Inches(0.9)
                slide.shapes.add_textbox(*at).text_frame.text = text
        slide.shapes.add_textbox(Inches(1), Inches(6), Inches(8), Inches(0.5)).text_frame.text = "Tell the caretaker."

    cards = ["In your flat\nLeave at once.", "Elsewhere?\nStay in your flat."]
    assert said(read(make_pptx(then=place)), BlockKind.ITEM) == (cards if rows == 1 else [])


def test_a_card_that_says_much_is_read_in_its_order() -> None:
    long = "We meet at the gate and walk to the mill and back, which takes some two hours, with a rest. " * 3

    def place(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[6])
        for left, top, text in ((1, 1, "A"), (1, 1.5, long), (5, 1, "B"), (5, 1.5, long), (1, 4, "C"), (1, 4.5, "c.")):
            slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(0.5)).text_frame.text = text
        for top, text in ((4, "D"), (4.5, "d.")):
            slide.shapes.add_textbox(Inches(5), Inches(top), Inches(3), Inches(0.5)).text_frame.text = text

        for shape in slide.shapes:
            shape.text_frame.paragraphs[0].runs[0].font.bold = len(shape.text_frame.text) == 1

    texts = said(read(make_pptx(("Walks", ["All."]), then=place)), BlockKind.PARAGRAPH, BlockKind.ITEM)
    assert texts[1:] == [long.strip(), "B", long.strip(), "C\nc.", "D\nd."]  # "A" heads the slide


def test_a_head_that_reaches_down_into_a_second_row_of_heads_is_one_with_it() -> None:
    """Only the first row of a slide's table can be marked as its head."""

    def merge(shown: Any) -> None:
        table = next(shape for shape in shown.slides[0].shapes if shape.has_table).table
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))

    lines = [["Hall", "Fee", ""], ["", "Day", "Evening"], ["Denton", "£5", "£9"], ["Marsh", "£4", "£7"]]
    read_lines = said(read(make_pptx(("Fees", [lines]), then=merge)), BlockKind.ROW)
    assert read_lines == ["Hall | Fee Day | Fee Evening", "Denton | £5 | £9", "Marsh | £4 | £7"]


def test_hidden_slides_notes_and_struck_text_are_not_read() -> None:
    def change(shown: Any) -> None:
        shown.slides[1].element.set("show", "0")
        shown.slides[0].notes_slide.notes_text_frame.text = "Do not mention the roof."
        run = shown.slides[0].shapes[1].text_frame.paragraphs[0].add_run()
        run.text = " It costs £5."
        run.font._element.set("strike", "sngStrike")

    draft = read(make_pptx(("Halls", ["For hire."]), ("Secret", ["Nobody knows."]), then=change))
    assert draft.text == "# Halls\n\nFor hire.\n\n## [hidden_slide 2]"


def test_of_a_shape_in_two_forms_the_first_is_read() -> None:
    def wrap(shown: Any) -> None:
        shapes = shown.slides[0].shapes
        for name, text in (("Choice", "The area is squared."), ("Fallback", "A picture.")):
            box = shapes.add_textbox(0, 0, Inches(3), Inches(1))
            box.text_frame.text = text
            both = shapes.element.find(f"{COMPATIBLE}AlternateContent")
            both = etree.SubElement(shapes.element, f"{COMPATIBLE}AlternateContent") if both is None else both
            etree.SubElement(both, f"{COMPATIBLE}{name}").append(box.element)

    draft = read(make_pptx(("Halls", ["For hire."]), then=wrap))
    assert sorted(said(draft, BlockKind.PARAGRAPH)) == ["For hire.", "The area is squared."]


def test_raised_figures_are_written_as_such() -> None:
    def change(shown: Any) -> None:
        for text, baseline in (("6", "30000"), (" H", "0"), ("2", "-25000"), ("O", "")):
            run = shown.slides[0].shapes[1].text_frame.paragraphs[0].add_run()
            run.text = text
            if baseline:
                run.font._element.set("baseline", baseline)

    assert said(read(make_pptx(("Halls", ["10"]), then=change)), BlockKind.PARAGRAPH) == ["10⁶ H2O"]


def test_particulars_come_from_the_properties() -> None:
    def say(shown: Any) -> None:
        shown.core_properties.title, shown.core_properties.author = "Halls for hire", "Ann Lee"

    assert (
        read(make_pptx(("Halls", ["x"]), then=say)).said.items()
        >= {"title": "Halls for hire", "author": "Ann Lee"}.items()
    )
    assert not {"title", "author", "published"} & set(read(make_pptx(("Halls", ["x"]))).said)


def test_a_presentation_without_its_parts_is_damaged() -> None:
    whole = zipfile.ZipFile(io.BytesIO(make_pptx(("Halls", ["x"]))))
    parts = {name: whole.read(name) for name in whole.namelist() if name != "ppt/slides/slide1.xml"}
    with pytest.raises(UnreadableError, match="parts of the presentation are missing; open it in PowerPoint, let"):
        read(make_zip(parts))


def test_items_keep_their_levels() -> None:
    def fill(shown: Any) -> None:
        slide = shown.slides.add_slide(shown.slide_layouts[1])
        slide.placeholders[1].text_frame.text = "a card\na letter"
        slide.placeholders[1].text_frame.paragraphs[1].level = 1

    draft = read(make_pptx(("Halls", ["For hire."]), then=fill))
    assert [block.level for block in draft.blocks if block.kind is BlockKind.ITEM] == [0, 1]


NUMBERED = {
    "arabicPeriod": ["1. a", "2. b"],
    "arabicParenBoth": ["(1) a", "(2) b"],
    "alphaLcParenR": ["a) a", "b) b"],
    "alphaUcPeriod": ["A. a", "B. b"],
    "romanLcParenBoth": ["(i) a", "(ii) b"],
    "romanUcPeriod": ["I. a", "II. b"],
    "circleNumDbPlain": ["1. a", "2. b"],
}


def numbered(*paragraphs: tuple[str, int, str | None], start: str = "") -> list[str]:
    """The items of a text box of these paragraphs (text, level, how it is numbered), each with its mark."""

    def fill(shown: Any) -> None:
        box = shown.slides[0].shapes.add_textbox(Inches(1), Inches(4), Inches(3), Inches(1)).text_frame
        for place, (text, level, scheme) in enumerate(paragraphs):
            paragraph = box.paragraphs[0] if not place else box.add_paragraph()
            paragraph.text, paragraph.level = text, level
            if scheme:
                said = {"type": scheme} | ({"startAt": start} if start else {})
                etree.SubElement(paragraph._p.get_or_add_pPr(), BULLETS, said)

    draft = read(make_pptx(("Halls", ["For hire."]), then=fill))
    return [one for one in draft.text.split("For hire.\n\n")[1].splitlines() if one]


@pytest.mark.parametrize("scheme", NUMBERED)
def test_items_have_the_numbers_that_powerpoint_counts(scheme: str) -> None:
    assert numbered(("a", 0, scheme), ("b", 0, scheme)) == NUMBERED[scheme]


def test_numbers_go_on_over_deeper_levels_and_empty_paragraphs_and_begin_anew_after_others() -> None:
    one, two = "arabicPeriod", "alphaLcParenR"
    assert numbered(("a", 0, one), ("b", 1, two), ("", 0, one), ("c", 1, two), ("d", 0, one), ("e", 1, two)) == [
        *("1. a", "a) b", "b) c", "2. d", "a) e"),
    ]
    assert numbered(("a", 0, one), ("b", 0, None), ("c", 0, one)) == ["1. a", "b", "1. c"]
    assert numbered(("a", 0, one), ("b", 0, two), ("c", 0, one)) == ["1. a", "a) b", "1. c"]


@pytest.mark.parametrize(("start", "number"), [("4", "4."), ("-1", "1."), ("9999999999", "1."), ("x", "1.")])
def test_a_list_may_begin_with_another_number(start: str, number: str) -> None:
    assert numbered(("a", 0, "arabicPeriod"), start=start) == [f"{number} a"]


def test_numbers_are_no_part_of_what_an_item_says() -> None:
    def number(shown: Any) -> None:
        paragraph = shown.slides[0].shapes[1].text_frame.paragraphs[0]
        etree.SubElement(paragraph._p.get_or_add_pPr(), BULLETS, {"type": "arabicPeriod"})

    assert said(read(make_pptx(("Halls", ["Bring a card."]), then=number)), BlockKind.ITEM) == ["Bring a card."]


def test_a_slide_that_compares_is_read_half_by_half() -> None:
    def compare(shown: Any) -> None:
        slide = shown.slides.add_slide(next(one for one in shown.slide_layouts if one.name == "Comparison"))
        for place, text in enumerate(["Stalls", "By day", "Ten pounds.", "By night", "Six pounds."]):
            slide.placeholders[place].text_frame.text = text

    draft = read(make_pptx(then=compare))
    texts = ["Stalls", "By day", "Ten pounds.", "By night", "Six pounds."]
    assert said(draft, BlockKind.HEADING, BlockKind.PARAGRAPH) == texts
    assert said(draft, BlockKind.HEADING) == ["Stalls", "By day", "By night"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Weekends 8am to 6pm", BlockKind.PARAGRAPH),
        ("Children: £12", BlockKind.PARAGRAPH),
        ("Year 7", BlockKind.HEADING),
        ("Over 60s", BlockKind.HEADING),
    ],
)
def test_a_head_of_a_half_that_gives_a_time_or_a_price_can_be_quoted(head: str, kind: BlockKind) -> None:
    def compare(shown: Any) -> None:
        slide = shown.slides.add_slide(next(one for one in shown.slide_layouts if one.name == "Comparison"))
        for place, text in enumerate(["Stalls", head, "By the side door.", "By night", "By the gate."]):
            slide.placeholders[place].text_frame.text = text

    assert head in said(read(make_pptx(then=compare)), kind)
