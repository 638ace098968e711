"""Workbooks and files of separated values: which tables, heads, titles and rows they hold, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from acobot.sources.picking import EVERYTHING
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.sheets import separated, size, workbook
from acobot.sources.wording import wording_of
from tests.documents import make_zip
from tests.fakes import ENGLISH
from tests.office_files import BOLD, Rows, make_xlsx

FEES: tuple[str, Rows] = ("Fees", [["Item", "Fee"], ["Sofa", 25], ["Desk", 10]])


def texts(draft: Draft, *kinds: BlockKind) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind in kinds]


def rows(draft: Draft) -> list[str]:
    return texts(draft, BlockKind.ROW)


def read_rows(*lines: list[object], then: Callable[[Workbook], None] | None = None) -> Draft:
    return workbook.read(make_xlsx(("Fees", lines), then=then))


def csv(text: str) -> Draft:
    return separated.read(text.encode())


def test_a_sheet_is_a_heading_over_a_table_as_markdown_writes_one() -> None:
    draft = workbook.read(make_xlsx(FEES))
    assert draft.text == "## Fees\n\n| Item | Fee |\n|---|---|\n| Sofa | 25 |\n| Desk | 10 |"
    assert [block.kind for block in draft.blocks] == [BlockKind.HEADING, *[BlockKind.ROW] * 3]


def test_lines_over_a_table_are_its_title_and_remarks() -> None:
    draft = read_rows(["Parking 2024"], ["All prices include VAT."], ["Item", "Fee"], ["Sofa", 25])
    assert texts(draft, BlockKind.HEADING) == ["Fees", "Parking 2024"]
    assert texts(draft, BlockKind.PARAGRAPH) == ["All prices include VAT."]
    assert draft.said["title"] == "Parking 2024"


def test_a_title_over_one_of_several_sheets_is_not_the_title_of_all() -> None:
    draft = workbook.read(make_xlsx(("A", [["Parking"], ["Item", "Fee"], ["Sofa", 25]]), FEES))
    assert not draft.said.get("title")


def test_tables_below_each_other_have_each_its_own_head() -> None:
    draft = read_rows(["Item", "Fee"], ["Sofa", 25], [], ["Day", "Opens"], ["Monday", "at nine"])
    assert "| Sofa | 25 |\n\n| Day | Opens |\n|---|---|\n| Monday | at nine |" in draft.text


def test_tables_side_by_side_are_never_read_across() -> None:
    draft = read_rows(["Item", "Fee", None, "Day", "Opens"], ["Sofa", 25, None, "Monday", "at nine"])
    assert rows(draft) == ["Item | Fee", "Sofa | 25", "Day | Opens", "Monday | at nine"]


def test_rows_below_an_empty_one_go_on_and_below_a_title_get_their_head_again() -> None:
    draft = read_rows(["Item", "Fee"], ["Sofa", 25], [], ["Desk", 10], [], ["For children"], ["Cot", 5])
    assert "| Sofa | 25 |\n| Desk | 10 |\n\n### For children\n\n| Item | Fee |\n|---|---|\n| Cot | 5 |" in draft.text


def test_rows_without_a_head_are_items_and_no_row_heads_the_others() -> None:
    draft = read_rows(["Adults", 12], ["Children", 6])
    assert texts(draft, BlockKind.ITEM) == ["Adults | 12", "Children | 6"]
    draft = csv("Library,Monday,9 to 7\nLibrary,Saturday,9 to 5\nBranch,Sunday,closed\n")
    assert texts(draft, BlockKind.ITEM) == [
        "Library | Monday | 9 to 7",
        "Library | Saturday | 9 to 5",
        "Branch | Sunday | closed",
    ]
    draft = read_rows(["Phone:", "ring us"], ["Post:", "write to us"])
    assert texts(draft, BlockKind.ITEM) == ["Phone: | ring us", "Post: | write to us"]


def test_an_empty_first_cell_keeps_its_place_so_that_no_value_moves_under_another_head() -> None:
    draft = read_rows([None, "Monday", "Sunday"], ["Library", "nine", "ten"], [None, "noon", "never"])
    assert rows(draft) == ["| Monday | Sunday", "Library | nine | ten", "| noon | never"]
    assert draft.text.endswith("| | Monday | Sunday |\n|---|---|---|\n| Library | nine | ten |\n| | noon | never |")


def test_years_and_bold_cells_are_heads() -> None:
    assert rows(read_rows(["Ward", 2023, 2024], ["A", 12, 14]))[0] == "Ward | 2023 | 2024"

    def bold(book: Workbook) -> None:
        for cell in book["Fees"][1]:
            cell.font = BOLD

    assert rows(read_rows(["Zone", 1, 2], ["Adult", 5, 7], then=bold))[0] == "Zone | 1 | 2"


def test_a_head_of_two_rows_becomes_one() -> None:
    def merge(book: Workbook) -> None:
        book["Fees"].merge_cells("A1:A2")
        book["Fees"].merge_cells("B1:C1")

    draft = read_rows(["Ward", "In 2023", None], [None, "Beds", "Staff"], ["A", 1, 2], ["B", 3, 4], then=merge)
    assert rows(draft) == ["Ward | In 2023 Beds | In 2023 Staff", "A | 1 | 2", "B | 3 | 4"]


@pytest.mark.parametrize("corner", ["Ferry", ""])
@pytest.mark.parametrize("named", ["Adult,Child,Adult,Child", "2024,2025,2024,2025"])
def test_groups_over_the_same_columns_cover_them_also_where_nothing_is_merged(corner: str, named: str) -> None:
    """A file of separated values has no merged cells, and many sheets have none either."""
    adult, child, *_ = named.split(",")
    read = rows(csv(f"{corner},Summer,,Winter,\n,{named}\nHolm,£6,£3,£5,£2\nSkerry,£4,£2,£3,£1\n"))
    groups = [f"{group} {one}" for group in ("Summer", "Winter") for one in (adult, child)]
    assert read == [" | ".join([corner, *groups]).strip(), "Holm | £6 | £3 | £5 | £2", "Skerry | £4 | £2 | £3 | £1"]


@pytest.mark.parametrize(
    "second",
    [
        ",noon,nine,ten,two",  # other texts in each column: a row without its first cell
        ",Adult,Child,Adult,",
        "Fare,Adult,Child,Adult,Child",
        ",£6,£3,£6,£3",
    ],
)
def test_a_row_below_the_head_is_one_of_the_others_where_it_names_no_groups(second: str) -> None:
    read = rows(csv(f"Ferry,Summer,,Winter,\n{second}\nHolm,£6,£3,£5,£2\n"))
    assert read[0] == "Ferry | Summer |  | Winter"
    assert len(read) == 3


def test_a_cell_that_spans_rows_is_said_in_each_and_one_over_all_columns_is_their_group() -> None:
    def merge(book: Workbook) -> None:
        book["Fees"].merge_cells("A2:A3")
        book["Fees"].merge_cells("A4:C4")

    lines: list[list[object]] = [
        ["Zone", "Item", "Fee"],
        ["North", "Sofa", 25],
        [None, "Desk", 10],
        ["At weekends"],
        ["South", "Sofa", 30],
    ]
    assert rows(read_rows(*lines, then=merge))[1:] == [
        "North | Sofa | 25",
        "North | Desk | 10",
        "At weekends",
        "At weekends South | Sofa | 30",
    ]


def test_numbers_and_dates_are_as_the_sheet_shows_them() -> None:
    def formats(book: Workbook) -> None:
        book["Fees"]["B2"].number_format = '"£"#,##0.00'
        book["Fees"]["C2"].number_format = "d mmmm yyyy"
        book["Fees"]["D2"].number_format = "0%"

    lines: list[list[object]] = [["Item", "Fee", "Since", "Off"], ["Sofa", 1250, date(2018, 4, 16), 0.25]]
    assert rows(read_rows(*lines, then=formats))[1] == "Sofa | £1,250.00 | 16 April 2018 | 25%"


def test_what_is_hidden_is_left_out_and_told_and_never_quoted() -> None:
    def hide(book: Workbook) -> None:
        book["Salaries"].sheet_state = "hidden"
        book["Fees"].row_dimensions[3].hidden = True
        book["Fees"].column_dimensions["C"].hidden = True

    sheet: tuple[str, Rows] = ("Fees", [["Item", "Fee", "Cost"], ["Sofa", 25, 7], ["Desk", 10, 8], ["Lamp", 5, 2]])
    draft = workbook.read(make_xlsx(sheet, ("Salaries", [["Ann", 50000]]), then=hide), EVERYTHING, wording_of(ENGLISH))
    assert rows(draft) == ["Item | Fee", "Sofa | 25", "Lamp | 5"]
    told = [draft.text[block.start : block.end] for block in draft.blocks if block.furniture]
    assert told == ["[hidden rows: 3]", "[hidden columns: C]", "[hidden sheet: Salaries]"]


def test_struck_text_and_errors_are_left_out() -> None:
    def strike(book: Workbook) -> None:
        book["Fees"]["B2"].font = Font(strike=True)
        struck = TextBlock(InlineFont(strike=True), "£20 ")
        book["Fees"]["B3"] = CellRichText([struck, TextBlock(InlineFont(), "£25")])
        book["Fees"]["B4"] = "#N/A"
        book["Fees"]["B4"].data_type = "e"

    draft = read_rows(["Item", "Fee"], ["Desk", 10], ["Sofa", None], ["Lamp", None], then=strike)
    assert rows(draft)[1:] == ["Desk", "Sofa | £25", "Lamp"]


def test_formulas_without_their_values_are_told() -> None:
    draft = read_rows(["Item", "Fee"], ["Sofa", "=5*5"], ["Desk", 10])
    assert draft.text.endswith("[bare_formulas 1]")


def test_particulars_come_from_the_properties() -> None:
    def say(book: Workbook) -> None:
        book.properties.title, book.properties.creator = "Fees of 2024", "Ann Lee"

    assert (
        workbook.read(make_xlsx(FEES, then=say)).said.items() >= {"title": "Fees of 2024", "author": "Ann Lee"}.items()
    )
    assert "author" not in workbook.read(make_xlsx(FEES)).said


def test_a_workbook_without_its_parts_is_damaged() -> None:
    with pytest.raises(UnreadableError, match="parts of the workbook are missing; open it in Excel, let Excel"):
        workbook.read(make_zip({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_lines(separator: str) -> None:
    lines = [["Item", "Fee", "Note"], ["Sofa", '"1,5; a|b\tc"', ""], ["Desk", "2", "x"]]
    draft = csv("\n".join(separator.join(line) for line in lines))
    assert rows(draft)[2] == "Desk | 2 | x"
    assert rows(draft)[1].startswith("Sofa | 1,5; a|b")


def test_sentences_below_each_other_are_parted_at_no_comma() -> None:
    rules = ["Leave it clean, swept and locked.", "Candles, lamps and fires are out.", "It costs £1,240, if lost."]
    draft = csv("\n".join(["Rules", *rules, "Tables, once used, go back."]))
    assert [draft.text[block.start : block.end] for block in draft.blocks][1:4] == rules
    for table in (
        "Fees\nHall, Fee, for\nMain, £5, all",
        "Name, fee\nHall, a\nBar, b, c",
        "Fees\nHall, £5\nBar, £7, all",
    ):
        assert "Hall |" in csv(table).text


def test_excels_line_that_names_the_separator_is_heeded_and_not_read() -> None:
    assert rows(csv("sep=;\nItem;Fee\nSofa, large;25,00\n")) == ["Item | Fee", "Sofa, large | 25,00"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert rows(separated.read("Item,Fee\nCafé table,£25\n".encode(encoding)))[1] == "Café table | £25"


def test_quoted_cells_may_hold_line_breaks_and_quotation_marks() -> None:
    assert rows(csv('Item,Note\nSofa,"Two men\ncarry ""it"""\n'))[1] == 'Sofa | Two men carry "it"'


def test_a_csv_may_have_a_title_and_several_tables() -> None:
    draft = csv("Price list\n\nItem,Fee\nSofa,£25\n\nDay,Opens\nMonday,at nine\n")
    assert draft.said == {"title": "Price list"}
    assert "| Sofa | £25 |\n\n| Day | Opens |\n" in draft.text


def test_what_is_no_csv_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"it is not UTF-8 \(byte 0xcc\) \(line 1\); save it as UTF-8"):
        separated.read("Мусор вывозят.".encode("cp1251"))
    with pytest.raises(UnreadableError, match=r"line \d+ is not as in a file of separated values \(.*\); look whether"):
        csv('Item,Fee\n"' + "a" * 1_100_000)


def test_a_quotation_mark_that_swallows_the_rest_is_named() -> None:
    with pytest.raises(UnreadableError, match="a quotation mark that opens in line 3 is never closed; close it, or"):
        csv('Item,Fee\nSofa,25\n"Desk,10\nLamp,5\n')
    assert rows(csv('Item,Size\nPipe,5"\nTube,7"\n'))[2] == 'Tube | 7"'


def test_a_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size, "MOST_CELLS", 3)
    with pytest.raises(UnreadableError, match="it has 4 cells, more than the 3 that are read; split it, or keep what"):
        csv("a,b\nc,d\n")
    with pytest.raises(UnreadableError, match="it has 6 cells, more than the 3"):
        workbook.read(make_xlsx(FEES))


def test_cells_that_only_have_a_format_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def colour(book: Workbook) -> None:
        for number in range(1, 30):
            book["Fees"].cell(number, 4).font = Font(bold=True)

    monkeypatch.setattr(size, "MOST_CELLS", 6)
    assert rows(workbook.read(make_xlsx(FEES, then=colour))) == ["Item | Fee", "Sofa | 25", "Desk | 10"]


def test_raised_figures_are_written_as_such() -> None:
    def raise_figure(book: Workbook) -> None:
        book["Fees"]["B2"] = CellRichText(["10", TextBlock(InlineFont(vertAlign="superscript"), "6")])

    assert rows(workbook.read(make_xlsx(FEES, then=raise_figure)))[1] == "Sofa | 10⁶"


def test_a_bar_within_a_cell_parts_no_cells() -> None:
    assert rows(csv("Who,Fee\nChildren | infants,5\nAdults,10\n"))[1] == "Children|infants | 5"
