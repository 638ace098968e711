"""Small PDF and Word files for tests, made byte by byte, so that each test sees what is in its file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
WORD_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


@dataclass(frozen=True)
class Words:
    """A line of text on a page, in points from its left and bottom."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def lines(x: float, y: float, *texts: str, size: float = 10, step: float = 12) -> list[Words]:
    """Lines below each other, the first at `y`."""
    return [Words(x, y - number * step, text, size) for number, text in enumerate(texts)]


def make_pdf(
    *pages: Sequence[Words],
    info: Mapping[str, str] | None = None,
    draw: bytes | Sequence[bytes] = b"",
    under: bytes = b"",
    page_entries: str = "",
    catalogue: str = "",
) -> bytes:
    """A PDF of these pages, in Helvetica; `draw` (for all, or one each) is added over what is drawn, `under` below."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        ("<<" + "".join(f"/{key}({value})" for key, value in (info or {}).items()) + ">>").encode("cp1252"),
    ]
    for number, page in enumerate(pages):
        over = draw if isinstance(draw, bytes) else draw[number]
        stream = b"\n".join([under, *(_drawn(words) for words in page), over])
        box = f"/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {7 + 2 * number} 0 R{page_entries}>>".encode())
        objects.append(_stream(stream))
    return pdf_of(objects)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"/Info 5 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _drawn(words: Words) -> bytes:
    text = words.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    font = b"F2" if words.bold else b"F1"
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font, words.size, words.x, words.y, text)


def make_mapped_pdf(codes: bytes, unicodes: str, draw: bytes = b"") -> bytes:
    """A PDF of one line, whose letters, by their codes from 1, are said to be characters such as "<fb01>".

    `draw` is added over it.
    """
    cmap = (
        "/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> endcodespacerange\n"
        f"{unicodes} endcmap end"
    ).encode()
    line = b"BT /F1 12 Tf 50 700 Td (%s) Tj ET %s" % (codes, draw)
    return _one_page(line, b"/Font<</F1 4 0 R>>", b"/ToUnicode 6 0 R", _stream(cmap))


def make_placed_pdf(drawn: bytes, way: bytes) -> bytes:
    """A PDF of one page with a form on it, placed so, which draws this in Helvetica: as programs place whole pages."""
    page = b"q %s cm /Form Do Q" % way
    fonts = b"/Font<</F1 4 0 R>>"
    form = _stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 5000 5000]/Resources<<%s>>" % fonts)
    return _one_page(page, b"/XObject<</Form 6 0 R>>", b"/Encoding/WinAnsiEncoding", form)


def _one_page(drawn: bytes, resources: bytes, letters: bytes, sixth: bytes) -> bytes:
    """A PDF of one page with these resources; its font is object 4, and has these letters."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 5 0 R>>" % resources,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>" % letters,
            _stream(drawn),
            sixth,
        ],
        b"",
    )


def _stream(said: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(said), said)


PICTURE = b"q 400 0 0 400 50 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of Word's XML."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: Sequence[str]) -> str:
    """A table of Word's XML."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>" for cells in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


_STYLES = f"""<w:styles {WORD_NAMES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Section"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullet2"><w:name w:val="List Bullet 2"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/docProps/app.xml"
 ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>
</Types>"""
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_parts(body: str, core: str = "", company: str = "") -> dict[str, str]:
    """The parts of a Word file by name, for a test to spoil one."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f"""<Relationships xmlns="{_RELATIONS}">
<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="b" Type="{_RELATIONS}/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="c" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>""",
        "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_RELATIONS}">
<Relationship Id="a" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
        "word/document.xml": f"<w:document {WORD_NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "docProps/core.xml": f"""<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>""",
        "docProps/app.xml": f"""<Properties
 xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>{company}</Company>
</Properties>""",
    }


def make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def make_docx(body: str, core: str = "", company: str = "") -> bytes:
    """A Word file with this body."""
    return make_zip(word_parts(body, core, company))
