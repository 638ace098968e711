"""What Word keeps beside a document's body: numbering, notes, embedded pages, the heads of pages."""

from __future__ import annotations

import pytest

from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Concern, Draft, Warned
from tests.documents import WORD_NAMES, make_zip, paragraph, table, word_parts

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f'xmlns:r="{OFFICE}"'


def text_of(body: str, **parts: str | bytes) -> str:
    """The text of a document with these parts beside it."""
    return draft_of(body, **parts).text


def draft_of(body: str, **parts: str | bytes) -> Draft:
    """A document with these parts beside it, each named and related by its kind ("aFChunk_htm")."""
    made: dict[str, str | bytes] = dict(word_parts(body))
    more_styles = str(parts.pop("styles", ""))
    made["word/styles.xml"] = str(made["word/styles.xml"]).replace("</w:styles>", f"{more_styles}</w:styles>")
    relations = types = ""
    for name, content in parts.items():
        kind, _, ending = name.partition("_")
        target = f"{name}.{ending or 'xml'}"
        relations += f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        made[f"word/{target}"] = content if ending else f"<w:{kind} {WORD_NAMES}>{content!s}</w:{kind}>"
        types += f'<Default Extension="{ending}" ContentType="application/x-{ending}"/>' if ending else ""
    for name, end, more in (
        ("word/_rels/document.xml.rels", "</Relationships>", relations),
        ("[Content_Types].xml", "</Types>", types),
    ):
        made[name] = str(made[name]).replace(end, more + end)
    return read_bytes(".docx", make_zip(made))


def level(place: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, overrides: str = "") -> str:
    """Lists 1 and 2 of one kind, the second with what it sets otherwise."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def items(*places: int, number: int = 1) -> str:
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    return "".join(paragraph("x", "", numbered.format(place, number)) for place in places)


def numbers(body: str, part: str) -> list[str]:
    return [line.removeprefix("- ").removesuffix("x").strip() for line in text_of(body, numbering=part).split("\n")]


def test_clauses_have_the_numbers_that_word_counts() -> None:
    part = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)"))
    assert numbers(items(0, 1, 1, 2, 2, 1, 2, 0, 1), part) == [
        *("1.", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "2.", "2.1"),
    ]
    assert numbers(items(1), part) == ["1.1"]


@pytest.mark.parametrize(
    ("style", "start", "written"),
    [
        ("decimal", 4, "4"),
        ("decimalZero", 4, "04"),
        ("upperLetter", 4, "D"),
        ("lowerLetter", 28, "bb"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("cardinalText", 4, "4"),
        ("bullet", 1, ""),
        ("none", 1, ""),
    ],
)
def test_figures_are_written_as_their_style_asks(style: str, start: int, written: str) -> None:
    assert numbers(items(0), numbering(level(0, style, "%1", start=start))) == [written]


def test_lists_of_one_kind_count_on_unless_they_begin_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    one = level(0, "decimal", "%1")
    assert numbers(items(0, 0) + items(0, 0, number=2), numbering(one)) == ["1", "2", "3", "4"]
    assert numbers(items(0, 0) + items(0, 0, number=2), numbering(one, overrides=anew)) == ["1", "2", "5", "6"]


def test_a_level_may_count_on_and_write_others_in_figures() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    legal = "<w:isLgl/>"
    part = numbering(level(0, "upperRoman", "Part %1"), level(1, "decimal", "%1.%2", never + legal))
    assert numbers(items(0, 1, 0, 1), part) == ["Part I", "1.1", "Part II", "2.2"]


def test_styles_may_give_the_number_and_its_level() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    part = numbering(
        level(0, "decimal", "%1", '<w:pStyle w:val="Clause"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="Subclause"/>'),
    )
    body = paragraph("Rent", "Clause") + paragraph("Due on Monday.", "Subclause") + paragraph("Heat", "Clause")
    said = text_of(body, numbering=part, styles=style.format("Clause") + style.format("Subclause"))
    assert said == "- 1 Rent\n- 1.1 Due on Monday.\n- 2 Heat"


def test_numbers_of_empty_paragraphs_are_counted_and_not_shown() -> None:
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = paragraph("Rent", "H1", numbered) + paragraph("", "", numbered) + paragraph("Heat", "H1", numbered)
    assert text_of(body, numbering=numbering(level(0, "decimal", "%1."))) == "# 1. Rent\n\n# 3. Heat"


@pytest.mark.parametrize(("mark", "number"), [("<w:vanish/>", "2."), ("", "3."), ('<w:vanish w:val="0"/>', "3.")])
def test_paragraphs_that_are_hidden_are_not_counted(mark: str, number: str) -> None:
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Deposit</w:t></w:r>"
    hidden = f"<w:p><w:pPr>{numbered}<w:rPr>{mark}</w:rPr></w:pPr>{run}</w:p>"
    body = paragraph("Rent", "H1", numbered) + hidden + paragraph("Heat", "H1", numbered)
    assert text_of(body, numbering=numbering(level(0, "decimal", "%1."))) == f"# 1. Rent\n\n# {number} Heat"


def test_notes_follow_what_refers_to_them() -> None:
    mark = '<w:r><w:{}Reference w:id="{}"/><w:t>*</w:t></w:r>'
    refer = f"<w:r><w:t>Sofas cost £25</w:t></w:r>{mark}<w:r><w:t>.</w:t></w:r>"
    note = '<w:{} w:id="{}"><w:p><w:r><w:{}Ref/></w:r><w:r><w:t xml:space="preserve"> {}</w:t></w:r></w:p></w:{}>'
    body = f"<w:p>{refer.format('footnote', 2)}</w:p><w:p>{refer.format('endnote', 2)}</w:p>{paragraph('End.')}"
    feet = note.format("footnote", 2, "footnote", "* With VAT.", "footnote")
    ends = note.format("endnote", 2, "endnote", "Since May.", "endnote")
    unused = note.format("footnote", 3, "footnote", "Nobody refers to it.", "footnote")
    assert text_of(body, footnotes=feet + unused, endnotes=ends) == (
        "Sofas cost £25.\n\nWith VAT.\n\nSofas cost £25.\n\nSince May.\n\nEnd."
    )
    assert text_of(body) == "Sofas cost £25.\n\nSofas cost £25.\n\nEnd."


def test_notes_in_a_table_stand_under_it() -> None:
    rows = table(["Item", "Fee"], ["Sofa", "£25"])
    rows = rows.replace("Sofa</w:t>", 'Sofa</w:t><w:footnoteReference w:id="2"/>', 1)
    rows = rows.replace("Sofa</w:t><w:footnote", "Sofa</w:t></w:r><w:r><w:footnote")
    note = f'<w:footnote w:id="2">{paragraph("With cushions.")}</w:footnote>'
    assert text_of(rows + paragraph("End."), footnotes=note) == (
        "| Item | Fee |\n|---|---|\n| Sofa | £25 |\n\nWith cushions.\n\nEnd."
    )


def test_embedded_pages_and_texts_are_read_in_their_place() -> None:
    chunk = f'<w:altChunk {R} r:id="{{}}"/>'.format
    body = paragraph("Before.") + chunk("aFChunk_htm") + chunk("aFChunk_txt") + chunk("aFChunk_rtf") + chunk("none")
    page = b"<html><head><title>No</title></head><body><h2>Dogs</h2><p>In caf\xe9s</body></html>"
    archive = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Cats.</p>"
    said = text_of(
        body + chunk("aFChunk_mht") + paragraph("After."),
        aFChunk_htm=page,
        aFChunk_txt=b"One\r\n\r\nTwo",
        aFChunk_rtf=rb"{\rtf1 Three\par}",
        aFChunk_mht=archive,
    )
    assert said == "Before.\n\n## Dogs\n\nIn cafés\n\nOne\n\nTwo\n\nThree\n\nCats.\n\nAfter."


@pytest.mark.parametrize("struck", ["<s>£20</s>", "<span style='text-decoration: line-through'>£20</span>"])
def test_what_is_struck_in_an_embedded_page_is_left_out(struck: str) -> None:
    page = f"<style>.old {{color: red}}</style><p>The fee is {struck} £25.</p>"
    archive = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"
    chunks = {"aFChunk_htm": page.encode(), "aFChunk_mht": archive.encode()}
    for name, raw in chunks.items():
        assert text_of(f'<w:altChunk {R} r:id="{name}"/>', **{name: raw}) == "The fee is £25."


def test_an_embedded_word_file_is_read_in_its_place_with_its_own_notes() -> None:
    chunk = f'<w:altChunk {R} r:id="aFChunk_docx"/>'
    inner = make_zip(word_parts(paragraph("Rules", "H1") + paragraph("No dogs.")))
    said = text_of(paragraph("Before.") + chunk + paragraph("After."), aFChunk_docx=inner)
    assert said == "Before.\n\n# Rules\n\nNo dogs.\n\nAfter."


FLAT = b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'


@pytest.mark.parametrize(
    "embedded",
    [
        {"aFChunk_docx": b"PK no"},
        {"aFChunk_docx": make_zip({"a": "b"})},
        {"aFChunk_flat": FLAT},
        {"aFChunk_rtf": rb"{\rtf1 Three\par"},
    ],
)
def test_an_embedded_file_that_cannot_be_read_is_left_out_and_told(embedded: dict[str, bytes]) -> None:
    chunk = f'<w:altChunk {R} r:id="{next(iter(embedded))}"/>'
    draft = draft_of(paragraph("Before.") + chunk, **embedded)
    assert draft.text == "Before."
    said = "1 embedded file is not read; put the text into the document itself"
    assert draft.warnings == (Warned(Concern.UNREAD, said),)


def test_embedded_files_are_told_also_of_those_that_are_embedded_and_where_they_are_missing() -> None:
    chunk = f'<w:altChunk {R} r:id="{{}}"/>'.format
    inner = make_zip(word_parts(paragraph("No dogs.") + chunk("none")))
    draft = draft_of(chunk("aFChunk_docx") + chunk("none") + paragraph("After."), aFChunk_docx=inner)
    assert draft.text == "No dogs.\n\nAfter."
    assert [one.text.split(";")[0] for one in draft.warnings] == ["2 embedded files are not read"]
    assert draft_of(chunk("aFChunk_txt"), aFChunk_txt=b"One").warnings == ()


def headed(head: str, section: str = "", kind: str = "default") -> str:
    """The text under a title with such a head on its pages."""
    refer = f'<w:headerReference {R} w:type="{kind}" r:id="header"/>'
    body = f"{paragraph('Overtime', 'H1')}{paragraph('It is paid.')}<w:sectPr>{refer}{section}</w:sectPr>"
    return text_of(body, header=head).removeprefix("# Overtime\n\n").removesuffix("It is paid.").strip()


@pytest.mark.parametrize(
    "said", ["In force from 3 May 2024 for all depots", "Valid until March 2026", "This holds for drivers only."]
)
def test_a_head_that_says_something_is_read_under_the_title(said: str) -> None:
    assert headed(paragraph(said)) == said


@pytest.mark.parametrize(
    "said", ["", "Overtime", "Ashby and Vale District Council", "Ashby Vale Annual Report 2024", "The depot: summaries"]
)
def test_a_head_that_only_names_is_left_out(said: str) -> None:
    assert headed(paragraph(said)) == ""


def test_the_head_of_a_first_page_is_read_where_it_is_shown() -> None:
    said = "In force from 3 May 2024"
    assert headed(paragraph(said), "<w:titlePg/>", "first") == said
    assert headed(paragraph(said), "", "first") == ""
    assert headed(paragraph(said), "", "even") == ""
