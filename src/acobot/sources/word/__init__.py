"""Word (.docx) → citable text: headings, paragraphs, list items, tables as rows.

Notes stand after what refers to them, and what the heads of pages say at the beginning; feet are left out. Tracked
changes are read as accepted; hidden and struck text, comments and pictures are not read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError

from acobot.sources.archive import refuse_unsafe
from acobot.sources.drafting import draft, said
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Concern, Draft, UnreadableError, Warned
from acobot.sources.strict import as_usual
from acobot.sources.word.blocks import Blocks
from acobot.sources.word.headers import with_headers
from acobot.sources.word.parts import Parts
from acobot.sources.wording import NO_WORDS, Wording

_COMPANY = re.compile(rb"<(?:\w+:)?Company>([^<]*)</")
_TEMPLATE_DATE = "2013-12-23"  # of python-docx's template, in files that it made


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of a Word file. Raises `UnreadableError`, and whatever python-docx raises over a damaged one."""
    refuse_unsafe(raw)
    raw = as_usual(raw)
    try:
        document = Document(io.BytesIO(raw))
    except (PackageNotFoundError, KeyError):
        reason = "it is damaged: parts of the Word file are missing"
        raise UnreadableError(f"{reason}; open it in Word, let Word repair it, and save it again") from None
    parts, body = Parts(document), document.element.body
    blocks = Blocks(parts)
    read = draft(with_headers(blocks.pieces(body), body, parts), _said_by(document))
    return replace(read, warnings=tuple(_told(blocks.unread)))


def _told(unread: int) -> Iterator[Warned]:
    if unread:
        what = "1 embedded file is" if unread == 1 else f"{unread} embedded files are"
        yield Warned(Concern.UNREAD, f"{what} not read; put the text into the document itself")


def _said_by(document: WordDocument) -> dict[str, str]:
    """The file's properties: title, author, company, when it was made, and when it was saved if that is later."""
    properties = document.core_properties
    made, saved = _day(properties.created), _day(properties.modified)
    parts = (part for part in document.part.package.iter_parts() if str(part.partname) == "/docProps/app.xml")
    company = next((found[1] for part in parts if (found := _COMPANY.search(part.blob))), b"")
    return said(
        {
            "title": properties.title,
            "author": properties.author,
            "publisher": unescape(company.decode(errors="replace")),
            "published": "" if made == _TEMPLATE_DATE else made,
            "updated": saved if made < saved else "",
        }
    )


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""
