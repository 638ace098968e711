"""What the words of Word's paragraphs are: changes, struck text, fields, symbols, equations, text boxes."""

from __future__ import annotations

import pytest

from acobot.sources import BlockKind
from acobot.sources.reader_process import read_bytes
from tests.documents import make_docx, make_zip, paragraph, table, word_parts

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def text_of(body: str) -> str:
    return read_bytes(".docx", make_docx(body)).text


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def whole(*inside: str, mark: str = "") -> str:
    """A paragraph of these runs, and what its own mark has."""
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{''.join(inside)}</w:p>"


def field(code: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{separate}{result}{end}"


def equation(inside: str) -> str:
    return f"<w:p {MATH}>{run('Take ')}<m:oMath>{inside}</m:oMath>{run(' as the sum.')}</w:p>"


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_paragraphs_whose_mark_was_deleted_are_one_with_the_next() -> None:
    gone = whole("<w:del><w:r><w:delText>Chairs are free.</w:delText></w:r></w:del>", mark="<w:del/>")
    assert text_of(gone + whole(run("Sofas are taken "), mark="<w:del/>") + whole(run("on Mondays."))) == (
        "Sofas are taken on Mondays."
    )
    assert text_of(whole(run("A sofa."), mark="<w:ins/>") + whole(run("A chair."))) == "A sofa.\n\nA chair."
    assert text_of(whole(run("Sofas:"), mark="<w:del/>") + table(["a", "b"])).startswith("Sofas:\n\n| a | b |")


def test_a_large_initial_in_a_frame_begins_the_next_paragraph() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:hAnchor="text"/>'
    assert text_of(paragraph("S", "", frame) + paragraph("ofas are taken on Mondays.")) == "Sofas are taken on Mondays."
    assert text_of(paragraph("S", "H1", frame) + paragraph("ofas are taken.", "Bullet")) == "- Sofas are taken."
    assert text_of(paragraph("Sofas", "", frame) + table(["a", "b"])).startswith("Sofas\n\n| a | b |")
    assert text_of(paragraph("Note", "", '<w:framePr w:w="2000"/>') + paragraph("Sofas.")) == "Note\n\nSofas."


def test_a_row_that_was_deleted_is_gone() -> None:
    rows = table(["Item", "Fee"], ["Sofa", "£25"], ["Chair", "£5"])
    assert "Sofa" in text_of(rows)
    deleted = rows.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 2).replace("<w:trPr><w:del/></w:trPr>", "", 1)
    assert text_of(deleted) == "| Item | Fee |\n|---|---|\n| Chair | £5 |"


def test_a_cell_that_spans_rows_is_said_in_each() -> None:
    rows = table(["Sofa", "new", "£30"], ["", "old", "£20"], ["", "lost", "£0"])
    merged = rows.replace("<w:tc>", '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', 1)
    merged = merged.replace("</w:tr><w:tr><w:tc>", "</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>", 1)
    assert text_of(merged) == "| Sofa | new | £30 |\n|---|---|---|\n| Sofa | old | £20 |\n| | lost | £0 |"


@pytest.mark.parametrize("struck", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Struck"/>'])
def test_struck_text_is_left_out(struck: str) -> None:
    style = '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
    body = whole(run("A sofa is "), run("£20", struck), run(" £25.")) + whole(run("Chairs are free", struck), run("."))
    parts = word_parts(body)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{style}</w:styles>")
    assert read_bytes(".docx", make_zip(parts)).text == "A sofa is £25."


def test_a_row_all_of_which_is_struck_is_gone() -> None:
    rows = table(["Item", "Fee"], ["Sofa", "£25"])
    struck = rows.replace('<w:r><w:t xml:space="preserve">Sofa', "<w:r><w:rPr><w:strike/></w:rPr><w:t>Sofa")
    struck = struck.replace('<w:r><w:t xml:space="preserve">£25', "<w:r><w:rPr><w:strike/></w:rPr><w:t>£25")
    assert text_of(struck) == "| Item | Fee |"


def test_a_fields_result_is_read_and_not_its_code() -> None:
    nested = field(f"IF {field('MERGEFIELD x', run('inner'))} = 1", run("Sofas"))
    assert text_of(whole(nested, run(" and "), field("HYPERLINK x", run("chairs")), run("."))) == "Sofas and chairs."
    unended = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text_of(whole(unended, run("Sofas."))) == "Sofas."


def form(kind: str, data: str, result: str = "") -> str:
    """A field of a form with what was chosen in it."""
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:enabled/>{data}</w:ffData></w:fldChar>'
    return field(kind, result).replace('<w:fldChar w:fldCharType="begin"/>', begin)


@pytest.mark.parametrize(
    ("data", "box"),
    [
        ('<w:default w:val="0"/>', "☐"),
        ('<w:default w:val="1"/>', "☒"),
        ('<w:default w:val="0"/><w:checked/>', "☒"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
        ("", "☐"),
    ],
)
def test_the_boxes_of_a_form_are_shown_ticked_or_not(data: str, box: str) -> None:
    ticked = form("FORMCHECKBOX", f"<w:checkBox><w:sizeAuto/>{data}</w:checkBox>")
    assert text_of(whole(ticked, run(" Sofas"))) == f"{box} Sofas"


@pytest.mark.parametrize(
    ("data", "line"),
    [('<w:result w:val="1"/>', "Mondays"), ('<w:default w:val="2"/>', "Fridays"), ("", "Sundays"),
     ('<w:result w:val="9"/>', "")],
)  # fmt: skip
def test_what_was_chosen_from_a_list_of_a_form_is_read_once(data: str, line: str) -> None:
    lines = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("Sundays", "Mondays", "Fridays"))
    for result in ("", run(line)):
        listed = form("FORMDROPDOWN", f"<w:ddList>{data}{lines}</w:ddList>", result)
        assert text_of(whole(run("On "), listed, run("."))) == f"On {line}."


def test_what_was_written_into_a_form_is_read() -> None:
    assert text_of(whole(run("Fee: "), form("FORMTEXT", "<w:textInput/>", run("£5")))) == "Fee: £5"


def test_the_numbers_of_pages_are_left_out_with_their_words() -> None:
    tab = "<w:r><w:tab/></w:r>"
    assert (
        text_of(whole(run("Sofas"), tab, run("Page "), field("PAGE", run("3")), tab, run("Chairs"))) == "Sofas Chairs"
    )
    assert text_of(whole(run("Page "), '<w:fldSimple w:instr=" NUMPAGES "/>') + paragraph("Sofas")) == "Sofas"


@pytest.mark.parametrize(
    ("font", "code", "char"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "B0", "°"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "F06D", "μ"),
        ("Symbol", "F0B7", "•"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F0FB", "✗"),
        ("Wingdings 2", "F050", "✓"),
        ("Arial", "00BD", "½"),
        ("Wingdings", "F021", ""),
        ("Arial", "no code", ""),
    ],
)
def test_symbols_are_what_they_show(font: str, code: str, char: str) -> None:
    assert text_of(whole(run("a"), f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', run("b"))) == f"a{char}b"


def test_characters_in_a_symbol_font_are_what_they_show() -> None:
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    assert (
        text_of(whole(run("³", fonts.format("Symbol")), run("28"), run("\uf0fc", fonts.format("Wingdings")))) == "≥28✓"
    )
    assert text_of(whole(run("\uf0a3 5"))) == "≤ 5"
    assert text_of(whole(run("Sofas are free.", fonts.format("Symbol")))) == "Sofas are free."


def test_raised_figures_are_no_part_of_the_number_before() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert (
        text_of(whole(run("10"), run("6", raised), run(" sofas on the 1"), run("st", raised))) == "10⁶ sofas on the 1st"
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (m("a=2×b"), "a=2×b"),
        (f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('52')}</m:den></m:f>", "(a+b)/52"),
        (f"<m:sSup><m:e>{m('r')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>", "r²"),
        (f"<m:sSub><m:e>{m('r')}</m:e><m:sub>{m('max')}</m:sub></m:sSub>", "r_max"),
        (f"<m:rad><m:deg/><m:e>{m('a+b')}</m:e></m:rad>", "√(a+b)"),
        (f"<m:d><m:e>{m('a')}</m:e></m:d>", "(a)"),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup>'
         f"<m:e>{m('x')}</m:e></m:nary>", "∑_(i=1)^n x"),
        (m("\U0001d44e"), "a"),
    ],
)  # fmt: skip
def test_equations_stand_in_their_sentence_on_one_line(inside: str, text: str) -> None:
    assert text_of(equation(inside)) == f"Take {text} as the sum."


def test_every_text_box_is_read_once() -> None:
    box = "<w:txbxContent>{}</w:txbxContent>".format
    deep = box(paragraph("Outer.") + whole(f"<w:r><w:pict>{box(paragraph('Inner.'))}</w:pict></w:r>"))
    assert text_of(whole(run("Sofas."), f"<w:r><w:pict>{deep}</w:pict></w:r>")) == "Sofas.\n\nOuter.\n\nInner."
    only_old = (
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{box(paragraph('Old.'))}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(whole(f"<w:r>{only_old}</w:r>")) == "Old."


def test_the_prompt_of_a_control_that_nobody_filled_in_is_no_text() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    assert (
        text_of(whole(run("Fee: "), control("", run("£5")), control("<w:showingPlcHdr/>", run("Click.")))) == "Fee: £5"
    )


def test_short_bold_lines_over_a_paragraph_are_headings() -> None:
    bold = whole(run("Who can apply", "<w:b/>"))
    draft = read_bytes(".docx", make_docx(bold + whole() + paragraph("Anyone may.") + whole(run("No end", "<w:b/>"))))
    assert [block.kind for block in draft.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    for other in ("Apply by 3 May", "Nobody may apply."):
        draft = read_bytes(".docx", make_docx(whole(run(other, "<w:b/>")) + paragraph("Anyone may.")))
        assert draft.blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("<w:b/>", "Courts", "four"), ("<w:b/>", "Guests", "£5")], BlockKind.ITEM),
        ([("<w:b/>", "Courts", "four"), ("", "Guests", "£5")], BlockKind.ROW),
        ([("", "Thing", "Fee"), ("<w:b/>", "Guests", "£5")], BlockKind.ROW),
        ([("<w:b/>", "Courts", ""), ("<w:b/>", "Guests", "£5")], BlockKind.ROW),
    ],
)
def test_of_rows_that_each_name_their_thing_in_bold_none_heads_the_others(
    rows: list[tuple[str, str, str]], kind: BlockKind
) -> None:
    def cell(text: str, bold: str = "") -> str:
        return f"<w:tc>{whole(run(text, bold))}</w:tc>"

    made = "".join(f"<w:tr>{cell(name, bold)}{cell(said)}</w:tr>" for bold, name, said in rows)
    draft = read_bytes(".docx", make_docx(f"<w:tbl>{made}</w:tbl>"))
    assert [block.kind for block in draft.blocks] == [kind, kind]


def test_two_rows_of_heads_become_one_over_their_columns() -> None:
    """As Word merges them: the first of the columns spans two rows, the groups two columns each."""
    span, begin, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

    def row(*cells: tuple[str, str]) -> str:
        made = (f"<w:tc><w:tcPr>{how}</w:tcPr>{paragraph(said)}</w:tc>" for said, how in cells)
        return f"<w:tr>{''.join(made)}</w:tr>"

    heads = row(("Clinic", begin), ("Mornings", span), ("Afternoons", span)) + row(
        ("", on), ("Doctor", ""), ("Room", ""), ("Doctor", ""), ("Room", "")
    )
    body = row(("Eyes", ""), ("Shah", ""), ("", ""), ("Lowe", ""), ("6", ""))
    said = text_of(f"<w:tbl>{heads}{body}</w:tbl>").split("\n")
    assert said[0] == "| Clinic | Mornings Doctor | Mornings Room | Afternoons Doctor | Afternoons Room |"
    assert said[-1] == "| Eyes | Shah |  | Lowe | 6 |"
