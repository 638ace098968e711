"""OpenDocument texts: blocks in order, tables with spans, and what is left out."""

from __future__ import annotations

import pytest

from acobot.sources.opendocument import read
from acobot.sources.record import BlockKind, UnreadableError
from tests.office_files import make_odt, odt_table

HEADING = '<text:h text:outline-level="2">Halls</text:h>'


def text_of(body: str, styles: str = "") -> str:
    return read(make_odt(body, styles)).text


def test_headings_paragraphs_items_and_rows_are_laid_out_as_markdown() -> None:
    items = "<text:list><text:list-item><text:p>Denton</text:p></text:list-item></text:list>"
    body = f"{HEADING}<text:p>For hire:</text:p>{items}{odt_table(['Hall', 'Fee'], ['Denton', '£5'])}"
    assert text_of(body) == "## Halls\n\nFor hire:\n\n- Denton\n\n| Hall | Fee |\n|---|---|\n| Denton | £5 |"


def test_blanks_tabs_and_line_breaks_are_white_space() -> None:
    assert text_of('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>') == "a b c\nd"


def test_a_title_is_the_first_heading() -> None:
    style = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    draft = read(make_odt('<text:p text:style-name="P1">Our halls</text:p><text:p>x.</text:p>', style))
    assert (draft.blocks[0].kind, draft.blocks[0].level) == (BlockKind.HEADING, 1)


@pytest.mark.parametrize(
    ("position", "said"), [("super 58%", "10⁶"), ("33% 58%", "10⁶"), ("0% 100%", "106"), ("sub", "106")]
)
def test_raised_figures_are_written_as_such(position: str, said: str) -> None:
    properties = f'<style:text-properties style:text-position="{position}"/>'
    style = f'<style:style style:name="S" style:family="text">{properties}</style:style>'
    assert text_of('<text:p>10<text:span text:style-name="S">6</text:span></text:p>', style) == said


def test_signs_of_symbol_fonts_are_what_they_show() -> None:
    styles = (
        '<style:style style:name="W" style:family="text"><style:text-properties style:font-name="Wingdings"/>'
        '</style:style><style:style style:name="P" style:family="paragraph"><style:text-properties'
        ' style:font-name="Wingdings"/></style:style>'
    )
    ramp = '<text:p>Ramp <text:span text:style-name="W">\uf0fc</text:span></text:p>'
    body = f'{ramp}<text:p text:style-name="P">\uf0fb Loop</text:p>'
    assert text_of(body, styles) == "Ramp ✓\n\n✗ Loop"


def test_hidden_and_struck_text_comments_and_deletions_are_not_read() -> None:
    styles = (
        '<style:style style:name="S" style:family="text"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/>'
        "</style:style>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>It costs <text:span text:style-name="S">£5 </text:span>£6<office:annotation><text:p>sure?</text:p>'
        '</office:annotation>.</text:p><text:p text:style-name="H">unseen</text:p>'
        "<text:table-of-content><text:index-body><text:p>Halls 1</text:p></text:index-body></text:table-of-content>"
    )
    assert text_of(body, styles) == "It costs £6."


@pytest.mark.parametrize("look", ['text:display="none"', 'style:text-line-through-style="solid"'])
def test_hidden_and_struck_headings_are_not_read(look: str) -> None:
    properties = f"<style:text-properties {look}/>"
    styles = f'<style:style style:name="S" style:family="paragraph">{properties}</style:style>'
    assert text_of('<text:h text:style-name="S">Free of charge</text:h><text:p>It costs £6.</text:p>', styles) == (
        "It costs £6."
    )


def test_a_paragraph_that_its_field_hides_is_not_read() -> None:
    field = '<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="{}"/>'.format
    body = f"<text:p>{field('true')}It costs £5.</text:p><text:p>{field('false')}It costs £6.</text:p>"
    assert text_of(body) == "It costs £6."


def test_sections_that_a_condition_hides_and_fields_that_show_nothing_are_not_read() -> None:
    section = '<text:section text:display="condition" text:is-hidden="{}"><text:p>{}</text:p></text:section>'.format
    field = '<text:variable-set text:display="{}"> with lunch</text:variable-set>'.format
    sections = section("true", "It was £4.") + section("false", "It is so:")
    body = f"{sections}<text:p>£5{field('none')}, £9{field('value')}.</text:p>"
    assert text_of(body) == "It is so:\n\n£5, £9 with lunch."


def test_notes_and_frames_stand_after_their_paragraph() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Since May.</text:p></text:note-body>"
        "</text:note>"
    )
    frame = "<draw:frame><draw:text-box><text:p>Ask us.</text:p></draw:text-box></draw:frame>"
    assert text_of(f"<text:p>It is open{note}{frame}.</text:p><text:p>Next.</text:p>") == (
        "It is open.\n\nSince May.\n\nAsk us.\n\nNext."
    )


def test_shapes_with_words_stand_after_their_paragraph() -> None:
    shape = "<draw:g><draw:custom-shape><text:p>Closed on Monday.</text:p></draw:custom-shape></draw:g>"
    assert text_of(f"<text:p>See {shape}below.</text:p>") == "See below.\n\nClosed on Monday."


def test_notes_part_no_table_and_no_list() -> None:
    note = "<text:note><text:note-body><text:p>Until July.</text:p></text:note-body></text:note>"
    table = odt_table(["Who", "Fee"], ["Adults", f"£5{note}"], ["Dogs", "£1"])
    assert text_of(table) == "| Who | Fee |\n|---|---|\n| Adults | £5 |\n| Dogs | £1 |\n\nUntil July."
    items = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in (f"a card{note}", "a photo"))
    assert text_of(f"<text:p>Bring:</text:p><text:list>{items}</text:list>") == (
        "Bring:\n\n- a card\n- a photo\n\nUntil July."
    )


def test_cells_that_span_rows_and_columns_count_for_all() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    down = cell.format(' table:number-rows-spanned="2"', "Denton")
    rows = [cell.format("", "Hall") + cell.format("", "Fee"), down + cell.format("", "£5")]
    rows += ["<table:covered-table-cell/>" + cell.format("", "£9")]
    table = "".join(f"<table:table-row>{one}</table:table-row>" for one in rows)
    assert text_of(f"<table:table>{table}</table:table>").endswith("| Denton | £5 |\n| Denton | £9 |")


def test_a_table_of_one_column_is_a_frame_around_a_text() -> None:
    assert text_of(odt_table(["One."], ["Two."])) == "One.\n\nTwo."


def test_particulars_come_from_its_properties() -> None:
    meta = (
        "<dc:title>Our halls</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
        "<meta:creation-date>2018-04-16T09:30:00</meta:creation-date><dc:date>2018-05-02T10:00:00</dc:date>"
    )
    assert read(make_odt("<text:p>x</text:p>", meta=meta)).said == {
        "title": "Our halls",
        "author": "Ann Lee",
        "published": "2018-04-16",
        "updated": "2018-05-02",
    }


def test_a_password_is_named() -> None:
    with pytest.raises(
        UnreadableError, match="it is encrypted with a password; open it, take the password off and save"
    ):
        read(make_odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>"))


def test_items_know_in_how_many_lists_they_stand() -> None:
    inner = "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>"
    outer = f"<text:list><text:list-item><text:p>a</text:p>{inner}</text:list-item></text:list>"
    assert [block.level for block in read(make_odt(outer, "")).blocks] == [0, 1]


# -------------------------------------------------------------------- numbers

LEVEL = '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="." {}/>'
BULLET = '<text:list-level-style-bullet text:level="2" text:bullet-char="•"/>'


def list_style(*levels: str, name: str = "L1") -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def listed(*items: str, more: str = 'text:style-name="L1"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


def item(text: str = "", *inner: str, more: str = "") -> str:
    said = f"<text:p>{text}</text:p>" if text else ""
    return f"<text:list-item {more}>{said}{''.join(inner)}</text:list-item>"


CLAUSES = list_style(
    LEVEL.format(1, "1", ""), LEVEL.format(2, "1", 'text:display-levels="2"'), LEVEL.format(3, "a", "")
)


def test_clauses_have_the_numbers_that_are_counted() -> None:
    inner = listed(
        item("Due on Monday.", listed(item("cash", more=""), item("card"), more="")), item("Late fees."), more=""
    )
    body = listed(item("Rent", inner), item("Heat", listed(item("On from May."), more="")))
    assert text_of(body, CLAUSES).splitlines() == [
        *("- 1. Rent", "- 1.1. Due on Monday.", "- a. cash", "- b. card", "- 1.2. Late fees.", "- 2. Heat"),
        "- 2.1. On from May.",
    ]


def test_a_list_begins_anew_unless_it_goes_on() -> None:
    def numbers(more: str, first: str = 'text:style-name="L1"') -> list[str]:
        body = f"{listed(item('x'), item('x'), more=first)}<text:p>y</text:p>{listed(item('x'), more=more)}"
        return [line.strip("- x") for line in text_of(body, CLAUSES).splitlines() if line.startswith("-")]

    assert numbers('text:style-name="L1"') == ["1.", "2.", "1."]
    assert numbers('text:style-name="L1" text:continue-numbering="true"') == ["1.", "2.", "3."]
    goes_on = 'text:style-name="L1" text:continue-list="a"'
    assert numbers(goes_on, 'xml:id="a" text:style-name="L1"') == ["1.", "2.", "3."]
    assert numbers(goes_on, 'xml:id="b" text:style-name="L1"') == ["1.", "2.", "1."]


def test_a_list_that_goes_on_below_an_item_counts_on_there() -> None:
    first = listed(item("Rent", listed(item("Due."), more="")))
    second = listed(
        item("", listed(item("Late."), more="")),
        item("Heat"),
        more='text:style-name="L1" text:continue-numbering="true"',
    )
    lines = text_of(f"{first}<text:p>y</text:p>{second}", CLAUSES).splitlines()
    assert [line for line in lines if line.startswith("-")] == ["- 1. Rent", "- 1.1. Due.", "- 1.2. Late.", "- 2. Heat"]


@pytest.mark.parametrize(
    ("figures", "more", "number"),
    [
        ("1", 'text:start-value="4"', "4."),
        ("A", 'text:start-value="4"', "D."),
        ("i", 'text:start-value="4" style:num-prefix="("', "(iv."),
        ("a", 'text:start-value="27"', ""),
        ("一", "", ""),
        ("", "", ""),
    ],
)
def test_figures_are_written_as_their_level_asks(figures: str, more: str, number: str) -> None:
    said = text_of(listed(item("x")), list_style(LEVEL.format(1, figures, more)))
    assert said == (f"- {number} x" if number else "- x")


def test_bullets_second_paragraphs_and_heads_of_lists_have_no_number() -> None:
    style = list_style(LEVEL.format(1, "1", ""), BULLET)
    head = "<text:list-header><text:p>Bring:</text:p></text:list-header>"
    body = listed(head, item("a card</text:p><text:p>or a photo", listed(item("in colour"), more="")), item("cash"))
    assert text_of(body, style).splitlines() == ["- Bring:", "- 1. a card", "- or a photo", "- in colour", "- 2. cash"]


def test_an_item_may_say_its_number_and_a_heading_in_a_list_has_one() -> None:
    heading = "<text:list-item><text:h>Rent</text:h></text:list-item>"
    body = listed(heading, item("x", more='text:start-value="7"'), item("x"))
    assert text_of(body, CLAUSES) == "# 1. Rent\n\n- 7. x\n- 8. x"


LIBREOFFICE = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


@pytest.mark.parametrize("name", [f"{LIBREOFFICE} loext:num-list-format", "style:num-list-format"])
def test_a_number_may_have_more_than_stops_between_its_counts(name: str) -> None:
    inner = f'text:display-levels="2" style:num-prefix="§ " {name}="§ %1% (%2%)"'
    style = list_style(LEVEL.format(1, "1", f'{name}="§ %1%"'), LEVEL.format(2, "a", inner))
    body = listed(item("Rent", listed(item("Due on Monday."), item("Late fees."), more="")))
    assert text_of(body, style).splitlines() == ["- § 1 Rent", "- § 1 (a) Due on Monday.", "- § 1 (b) Late fees."]


def test_an_item_may_be_numbered_as_another_list_is() -> None:
    styles = CLAUSES + list_style(LEVEL.format(1, "I", ""), name="L2")
    body = listed(item("x"), item("x", more='text:style-override="L2"'), item("x"))
    assert text_of(body, styles) == "- 1. x\n- II. x\n- 3. x"


def test_an_inner_list_goes_on_after_a_paragraph_if_it_says_so() -> None:
    inner = listed(item("cash"), more=""), "<text:p>or</text:p>", listed(item("card"), more="{}")
    anew, goes_on = ("".join(inner).format(more) for more in ("", 'text:continue-numbering="true"'))
    assert text_of(listed(item("Rent", anew)), CLAUSES).endswith("- 1.1. card")
    assert text_of(listed(item("Rent", goes_on)), CLAUSES).endswith("- 1.2. card")
