"""Word files by their blocks. Read here and not in a process of their own, so that faults show where they are."""

from __future__ import annotations

import pytest

from acobot.sources import BlockKind
from acobot.sources.markdown import read_markdown
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Draft
from tests.documents import make_docx, make_zip, paragraph, table, word_parts

TEXT = "Bins are emptied every week."


def read(body: str, core: str = "", company: str = "") -> Draft:
    return read_bytes(".docx", make_docx(body, core, company))


def blocks(body: str) -> list[tuple[str, int, str]]:
    draft = read(body)
    return [(block.kind.value, block.level, draft.text[block.start : block.end]) for block in draft.blocks]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_the_text_is_laid_out_as_markdown_so_that_both_give_the_same_passages() -> None:
    body = paragraph("Bins", "H2") + paragraph(TEXT) + paragraph("Glass", "Bullet") + paragraph("Paper", "Bullet")
    draft = read(body + paragraph("Rinse it.") + table(["Item", "Fee"], ["Sofa", "£25"], ["Chair", "£5"]))
    assert draft.text == (
        f"## Bins\n\n{TEXT}\n\n- Glass\n- Paper\n\nRinse it.\n\n"
        "| Item | Fee |\n|---|---|\n| Sofa | £25 |\n| Chair | £5 |"
    )
    assert [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks] == [
        (block.kind, draft.text[block.start : block.end]) for block in read_markdown(draft.text).blocks
    ]


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [("Title", "", 1), ("H1", "", 1), ("H2", "", 2), ("Own", "", 1), ("Outlined", "", 3), ("", "outlineLvl 1", 2)],
)
def test_headings_are_told_by_style_and_outline(style: str, properties: str, level: int) -> None:
    own = '<w:outlineLvl w:val="1"/>' if properties else ""
    assert blocks(paragraph("Bins", style, own)) == [("heading", level, "Bins")]


def test_lists_are_told_by_style_and_numbering() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    taken_out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert blocks(paragraph("A", "Bullet")) == [("item", 0, "A")]
    assert blocks(paragraph("A", "Bullet2")) == [("item", 1, "A")]
    assert blocks(paragraph("A", "", numbered)) == [("item", 0, "A")]
    assert blocks(paragraph("A", "", taken_out)) == [("paragraph", 0, "A")]
    assert blocks(paragraph("A", "H1", numbered)) == [("heading", 1, "A")]


def test_a_table_is_read_row_by_row() -> None:
    body = table(["Item", "Fee"], ["Sofa", "£25"], ["", "£30"], ["", ""])
    assert blocks(body) == [("row", 0, "Item | Fee"), ("row", 0, "Sofa | £25"), ("row", 0, "| £30")]


def test_a_table_that_only_places_text_gives_its_blocks() -> None:
    assert blocks(f"<w:tbl><w:tr><w:tc>{paragraph('Bins', 'H1')}{paragraph(TEXT)}</w:tc></w:tr></w:tbl>") == [
        ("heading", 1, "Bins"),
        ("paragraph", 0, TEXT),
    ]
    nested = (
        f"<w:tbl><w:tr><w:tc>{paragraph(TEXT)}{table(['a', 'b'])}</w:tc><w:tc>{paragraph('c')}</w:tc></w:tr></w:tbl>"
    )
    assert [text for _, _, text in blocks(nested)] == [TEXT, "a | b", "c"]


def beside(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def test_texts_beside_each_other_each_with_a_heading_are_no_row() -> None:
    """As a newsletter has them; what comes below them stands under neither."""
    bins, glass = paragraph("Bins", "H2") + paragraph(TEXT), paragraph("Glass", "H2") + paragraph("Rinse it.")
    draft = read(paragraph("News", "H1") + beside(bins, glass, paragraph("")) + paragraph("Ask us."))
    assert draft.text == f"# News\n\n## Bins\n\n{TEXT}\n\n## Glass\n\nRinse it.\n\nAsk us."
    assert [block.leaves for block in draft.blocks] == [0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(
    "cells",
    [
        (paragraph("Bins", "H2"), paragraph("Glass", "H2")),  # a head that looks like headings
        (paragraph("Bins", "H2") + paragraph(TEXT), paragraph("Mondays")),
        (paragraph("Bins") + paragraph(TEXT), paragraph("Glass") + paragraph("Rinse it.")),
    ],
)
def test_cells_of_a_row_that_are_not_all_texts_with_a_heading_stay_one(cells: tuple[str, ...]) -> None:
    assert [kind for kind, _, _ in blocks(beside(*cells))] == ["row"]


def test_the_items_of_a_list_in_a_cell_are_told_apart() -> None:
    inside = paragraph("You may bring:") + paragraph("soil", "Bullet") + paragraph("a bath", "Bullet")
    assert blocks(beside(paragraph("Home"), inside + paragraph("Ask first."))) == [
        ("row", 0, "Home | You may bring: soil, a bath Ask first.")
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('Bins are ')}"
        f"<w:ins>{run('now ')}</w:ins><w:del><w:r><w:delText>never </w:delText><w:tab/></w:r></w:del>"
        f"<w:moveFrom>{run('gone ')}</w:moveFrom>{run('emptied.')}</w:p>"
    )
    assert read(body).text == "Bins are now emptied."


def test_content_controls_links_and_text_boxes_are_read() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    link = f"<w:p><w:hyperlink>{run('A link')}</w:hyperlink>{run(' goes on.')}</w:p>"
    inside = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    box = (
        f"<w:p>{run('Beside it.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{inside}</mc:Choice>"
        f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(control + link + box).text == "In a control.\n\nA link goes on.\n\nBeside it.\n\nIn a box."


def test_hidden_text_fields_and_soft_hyphens_are_left_out() -> None:
    body = (
        f"<w:p>{run('Bins', '<w:vanish/>')}{run('Boxes', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>es of gla</w:t><w:softHyphen/><w:t>ss,</w:t><w:br/><w:t>a</w:t><w:tab/><w:t>b</w:t>"
        '<w:br w:type="page"/><w:noBreakHyphen/></w:r></w:p>'
    )
    assert read(body).text == "Boxeses of glass,\na b -"


def test_a_contents_list_is_furniture() -> None:
    draft = read(paragraph("Bins 3", "TOC1") + paragraph(TEXT))
    assert [block.furniture for block in draft.blocks] == [True, False]


@pytest.mark.parametrize(("gallery", "is_furniture"), [("Table of Contents", True), ("Cover Pages", False)])
def test_a_contents_list_is_furniture_whatever_the_styles_of_its_lines(gallery: str, is_furniture: bool) -> None:
    """As Google writes it."""
    part = f'<w:sdtPr><w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj></w:sdtPr>'
    draft = read(f"<w:sdt>{part}<w:sdtContent>{paragraph('Bins 3')}</w:sdtContent></w:sdt>" + paragraph(TEXT))
    assert [block.furniture for block in draft.blocks] == [is_furniture, False]


def test_properties_are_the_particulars() -> None:
    core = (
        "<dc:title>A guide to bins</dc:title><dc:creator>Waste Team</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2018-04-16T09:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2019-01-02T09:00:00Z</dcterms:modified>'
    )
    assert read(paragraph(TEXT), core, "Ashby &amp; Vale").said == {
        "title": "A guide to bins",
        "author": "Waste Team",
        "publisher": "Ashby & Vale",
        "published": "2018-04-16",
        "updated": "2019-01-02",
    }


@pytest.mark.parametrize(
    "core",
    [
        "",
        "<dc:title>Document1</dc:title>",
        "<dc:title>Microsoft Word - bins.docx</dc:title>",
        "<dc:creator>python-docx</dc:creator>",
        '<dcterms:created xsi:type="dcterms:W3CDTF">2013-12-23T23:15:00Z</dcterms:created>',
    ],
)
def test_what_programs_fill_in_by_themselves_is_no_particular(core: str) -> None:
    assert read(paragraph(TEXT), core).said == {}


def test_styles_that_are_based_on_each_other_do_no_harm() -> None:
    parts = word_parts(paragraph(TEXT, "Own"))
    circle = '<w:basedOn w:val="Own"/></w:style>\n<w:style w:type="paragraph" w:styleId="H2">'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        '<w:name w:val="heading 1"/></w:style>\n<w:style w:type="paragraph" w:styleId="H2">',
        '<w:name w:val="x"/>' + circle,
    )
    assert [block.kind for block in read_bytes(".docx", make_zip(parts)).blocks] == [BlockKind.PARAGRAPH]
