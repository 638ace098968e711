"""RTF texts: letters in any code page, headings by style, items, tables, and what is left out."""

from __future__ import annotations

import pytest

from acobot.sources.record import UnreadableError
from acobot.sources.rtf import read
from tests.office_files import make_rtf, rtf_table


def text_of(body: str) -> str:
    return read(make_rtf(body)).text


def test_headings_paragraphs_items_and_rows_are_laid_out_as_markdown() -> None:
    body = (
        r"\pard\s1 Halls\par\pard\s2 Hire\par\pard For hire:\par\pard{\listtext\'95\tab}Denton\par"
        r"\pard{\listtext 2.\tab}Marlow\par" + rtf_table(["Hall", "Fee"], ["Denton", r"\'a35"]) + r"\pard Ask us.\par"
    )
    assert text_of(body) == (
        "# Halls\n\n## Hire\n\nFor hire:\n\n- Denton\n- 2. Marlow\n\n"
        "| Hall | Fee |\n|---|---|\n| Denton | £5 |\n\nAsk us."
    )


def test_a_numbered_heading_stands_on_one_line() -> None:
    body = r"\pard\s2{\listtext 2.\tab}Hire\line of halls\par\pard Ask us.\par"
    assert text_of(body) == "## 2. Hire of halls\n\nAsk us."


def test_raised_figures_are_written_as_such() -> None:
    assert text_of(r"\pard Some 10{\super 6} on 5 km\super 2\nosupersub  or 3\super rd\plain  floor.\par") == (
        "Some 10⁶ on 5 km² or 3rd floor."
    )


def test_items_of_a_list_in_a_list_have_its_level() -> None:
    body = r"\pard{\listtext -\tab}\ilvl0 Tins\par\pard{\listtext o\tab}\ilvl1 dry\par\pard{\listtext -\tab}Bags\par"
    assert [block.level for block in read(make_rtf(body)).blocks] == [0, 1, 0]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"caf\'e9", "café"),
        (r"{\f1 \'c4\'ee\'ec}", "Дом"),
        (r"\u8364 ?5", "€5"),
        (r"\uc2\u8364 ??5", "€5"),
        (r"\uc0\u8364 5", "€5"),
        ("\\u8364\\'80" + "5", "€5"),
        (r"a\emdash b\~c\{d\}", "a—b c{d}"),
        (r"one\line two", "one\ntwo"),
        ("{\\f2 \\'82\\'a0\r\n\\'82\\'a2}", "あい"),
        (r"\u-3913 \u55357 ?\u56832 ?x", "x"),
    ],
)  # fmt: skip
def test_letters_are_read_as_they_are_written(written: str, text: str) -> None:
    assert text_of(rf"\pard {written}\par").endswith(text)


def test_signs_of_symbol_fonts_are_what_they_show() -> None:
    fonts = r"{\fonttbl{\f7\fnil\fcharset2{\*\panose 05}Wingdings;}{\f8\fnil\fcharset2 Wingdings 2;}}"
    body = r"{\f7\'fc}{\f7\'fb}{\f7\u-3844\'fc}{\f8 P}\f7\'9f\plain  \'fc"
    assert text_of(rf"{fonts}\pard {body}\par") == "✓✗✓✓• ü"


def test_a_style_named_title_heads_all() -> None:
    assert text_of(r"\pard\s4 Our halls\par\pard One.\par") == "# Our halls\n\nOne."


def test_hidden_deleted_and_struck_text_is_not_read() -> None:
    body = r"\pard It costs {\strike \'a35 }\'a36{\v , they say}{\deleted  not}{\striked1  or} a day\plain .\par"
    assert text_of(body) == "It costs £6 a day."
    assert text_of(r"\pard a\strike b\strike0 c\par") == "ac"


def test_heads_feet_pictures_and_links_targets_are_not_read() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt{here}}}'
    left_out = r"{\pict\pngblip 89504e47}{\*\unknown dest}"
    body = rf"{{\header Page head\par}}{{\footer 1}}\pard See {link}{left_out}.\par{{\pict\bin4 }}}}\x}}\pard Next.\par"
    assert text_of(body) == "See here.\n\nNext."


def test_a_footnote_stands_after_its_paragraph() -> None:
    note = r"{\super\chftn}{\footnote\pard\plain{\super\chftn} Not in May.}"
    assert text_of(rf"\pard The fee is ten{note} pounds.\par\pard Next.\par") == (
        "The fee is ten pounds.\n\nNot in May.\n\nNext."
    )
    unread = rf"{{\header Head{note}\par}}{{\v hidden{note}}}{{\deleted gone{{\*\footnote A note.}}}}"
    assert text_of(rf"{unread}\pard Next.\par") == "Next."


def test_text_boxes_are_read() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard Ask us.\par}}{\shprslt{\pict 00}}}"
    assert text_of(rf"\pard\s2 One{box} hall.\par\pard Two.\par") == "## One hall.\n\nAsk us.\n\nTwo."
    table = rtf_table(["Hall", "Fee"], [f"Denton{box}", r"\'a35"])
    assert text_of(rf"{table}\pard Two.\par").endswith("| Denton | £5 |\n\nAsk us.\n\nTwo.")


def test_a_row_whose_end_is_not_told_is_read() -> None:
    table = rtf_table(["Hall", "Fee"], ["Denton", r"\'a35"]).removesuffix(r"\row ")
    assert text_of(table).endswith("| Denton | £5 |")
    assert text_of(rf"{table}\pard Two.\par").endswith("| Denton | £5 |\n\nTwo.")


def row_of(*cells: tuple[str, int], looks: str = "") -> str:
    """A row whose cells end so many twips from the left; `looks` are told before the first."""
    places = "".join(rf"\cellx{edge}" for _, edge in cells)
    return rf"\trowd{looks}{places}" + "".join(rf"\pard\intbl {text}\cell" for text, _ in cells) + r"\row "


def test_a_cell_stands_over_as_many_columns_as_it_is_wide() -> None:
    heads = row_of(("Court", 1000), ("Weekdays", 3000), ("Weekends", 4000), looks=r"\trhdr")
    more = row_of(("", 1000), ("Early", 2000), ("Late", 3010), ("", 4000), looks=r"\trhdr")
    grass = row_of(("Grass", 1000), (r"\'a36", 2000), (r"\'a39", 3000), (r"\'a311", 4000))
    assert text_of(heads + more + grass) == (
        "| Court | Weekdays Early | Weekdays Late | Weekends |\n|---|---|---|---|\n| Grass | £6 | £9 | £11 |"
    )


def test_a_cell_that_reaches_down_is_said_in_each_of_its_rows() -> None:
    head = row_of(("Month", 1000), ("Open", 2000), ("Days", 3000))
    june = row_of(("June", 1000), ("7am", 2000), ("weekdays", 3000), looks=r"\clvmgf")
    more = row_of(("", 1000), ("6am", 2000), ("weekends", 3000), looks=r"\clvmrg")
    july = row_of(("July", 1000), ("never", 2000), ("", 3000))
    assert text_of(head + june + more + july).endswith(
        "| June | 7am | weekdays |\n| June | 6am | weekends |\n| July | never |"
    )


def test_a_cell_that_goes_on_to_the_right_is_one() -> None:
    rows = row_of(("Hall", 1000), ("Fee", 2000), ("Note", 3000)) + row_of(("A", 1000), (r"\'a35", 2000), ("none", 3000))
    wide = r"\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl B\cell closed\cell\cell\row "
    assert text_of(rows + wide).endswith("| B | closed |")


def test_a_table_in_a_cell_has_rows_of_its_own() -> None:
    def inner(*cells: str) -> str:
        said = "".join(rf"\pard\intbl\itap2 {cell}\nestcell " for cell in cells)
        return said + r"{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables\par}"

    rounds = r"\pard\intbl Twice a year:\par" + inner("Round", "Closes") + inner("Autumn", "15 August")
    row = rf"\trowd\cellx3000\cellx9000\pard\intbl Large\cell {rounds}\pard\intbl\itap1 No more.\cell\row "
    assert text_of(row_of(("Small", 3000), ("Monthly", 9000)) + row + r"\pard Ask us.\par") == (
        "| Small | Monthly |\n\nLarge\n\nTwice a year:\n\n| Round | Closes |\n|---|---|\n"
        "| Autumn | 15 August |\n\nNo more.\n\nAsk us."
    )


def test_a_file_that_is_cut_off_is_named() -> None:
    with pytest.raises(UnreadableError, match="it is cut off: what it opens it does not close; get it anew"):
        read(make_rtf(r"\pard It is not payable by chil").removesuffix(b"}"))


def test_particulars_come_from_its_information() -> None:
    info = (
        r"{\title Our halls}{\author Ann Lee}{\company The club}{\creatim\yr2018\mo4\dy16\hr9}{\revtim\yr2018\mo5\dy2}"
    )
    assert read(make_rtf(r"\pard x\par", info)).said == {
        "title": "Our halls",
        "author": "Ann Lee",
        "publisher": "The club",
        "published": "2018-04-16",
        "updated": "2018-05-02",
    }
