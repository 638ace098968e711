"""Workbooks, presentations, texts, books and messages for tests, made as the programs that people use make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from pptx import Presentation
from pptx.util import Inches

BOLD = Font(bold=True)
Rows = Sequence[Sequence[Any]]


def make_xlsx(*sheets: tuple[str, Rows], then: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets; `then` may change it before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for line in rows:
            sheet.append(list(line))
    if then:
        then(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_pptx(*slides: tuple[str, Sequence[str | Rows]], then: Callable[[Any], None] | None = None) -> bytes:
    """A presentation: each slide with its title ("" for none) and its texts, lists of lines, and tables of rows."""
    shown = Presentation()
    for title, parts in slides:
        slide = shown.slides.add_slide(shown.slide_layouts[5 if title else 6])
        if title:
            slide.shapes.title.text = title
        for number, part in enumerate(parts, start=1):
            place = (Inches(1), Inches(1 + number), Inches(8), Inches(0.5))
            if isinstance(part, str):
                slide.shapes.add_textbox(*place).text_frame.text = part
                continue
            table = slide.shapes.add_table(len(part), len(part[0]), *place).table
            for line, texts in enumerate(part):
                for at, text in enumerate(texts):
                    table.cell(line, at).text = str(text)
    if then:
        then(shown)
    out = io.BytesIO()
    shown.save(out)
    return out.getvalue()


ODT_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)


def make_odt(body: str, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text with this body, its automatic styles and its properties."""
    parts = {
        "content.xml": f"<office:document-content {ODT_NAMES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {ODT_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {ODT_NAMES}>{manifest}</manifest:manifest>",
    }
    return _stored_first("application/vnd.oasis.opendocument.text", parts)


def odt_table(*rows: Sequence[str]) -> str:
    """A table of OpenDocument's XML."""
    made = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in cells)
        + "</table:table-row>"
        for cells in rows
    )
    return f"<table:table>{made}</table:table>"


def make_rtf(body: str, info: str = "") -> bytes:
    """An RTF text as a word processor writes it, with two styles of headings."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0"
        r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Gothic;}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\*\cs3 Default;}"
        r"{\s4 Title;}{\*\cs5 More;}{\s2\outlinelevel1 Abschnitt;}}"
    )
    return f"{head}{{\\info{info}}}{body}}}".encode("cp1252")


def rtf_table(*rows: Sequence[str]) -> str:
    """A table in RTF."""
    return "".join(r"\trowd" + "".join(rf"\pard\intbl {text}\cell" for text in cells) + r"\row " for cells in rows)


def make_epub(
    chapters: Sequence[tuple[str, str]], labels: Sequence[str] = (), more: dict[str, str] | None = None, said: str = ""
) -> bytes:
    """A book of these pages (name, body); `labels` are what its table of contents says of them, in order."""
    items = "".join(
        f'<item id="c{number}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for number, (name, _) in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    links = "".join(
        f'<li><a href="text/{name}#top">{label}</a></li>' for (name, _), label in zip(chapters, labels, strict=False)
    )
    parts = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{said or "<dc:title>A book</dc:title>"}</metadata>'
        f'<manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}'
        f'</manifest><spine><itemref idref="n"/>{spine}</spine></package>',
        "OPS/nav.xhtml": f"<html><body><nav><ol>{links}</ol></nav></body></html>",
    }
    for name, body in chapters:
        page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
        parts[f"OPS/text/{name}"] = f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>{page}'
    return _stored_first("application/epub+zip", {**parts, **(more or {})})


def make_eml(text: str, *, page: str = "", headers: dict[str, str] | None = None, attached: str = "") -> bytes:
    """A message with a plain text (unless empty), an HTML part (unless empty) and an attachment (unless empty)."""
    message = EmailMessage()
    told = {"From": "Ann Lee <ann@example.org>", "Subject": "Halls", "Date": "Mon, 16 Apr 2018 09:30:00 +0100"}
    for name, value in {**told, **(headers or {})}.items():
        message[name] = value
    if text:
        message.set_content(text)
        if page:
            message.add_alternative(page, subtype="html")
    else:
        message.set_content(page, subtype="html")
    if attached:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename=attached)
    return message.as_bytes()


def _stored_first(kind: str, parts: dict[str, str]) -> bytes:
    """An archive whose first entry is its MIME type, as it is, so that its kind is told by its first bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
