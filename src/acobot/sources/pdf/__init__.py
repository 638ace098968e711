"""PDF → citable text: headings, paragraphs, items and rows in reading order, with the offset at which each page begins.

Letters come from PDFium. Their places on the page decide what belongs together; nothing else is known of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from acobot.sources.drafting import draft, said
from acobot.sources.pdf.columns import in_reading_order
from acobot.sources.pdf.fields import Fields
from acobot.sources.pdf.layers import hides_layers
from acobot.sources.pdf.lines import Segment
from acobot.sources.pdf.pages import Page, read_page
from acobot.sources.pdf.paragraphs import pieces_of
from acobot.sources.pdf.running import without_running_lines
from acobot.sources.pdf.shapes import bounds_of
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Concern, Draft, UnreadableError, Warned
from acobot.sources.wording import NO_WORDS, Wording

MOST_PAGES = 3_000
MANY_SHAPES = 200  # drawn on a page without letters: a text as outlines, not a few rules on an empty page
UNREADABLE_SHARE = 0.2
WORDS_A_PICTURE = 20  # of the whole text for each page that is a picture
MOST_OF_PAGE = 0.5
_TAIL = 2_048  # the mark of a PDF's end stands within so many bytes of it
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")
# Letters without a meaning: from fonts that do not say which character a shape is.
_MEANINGLESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_ANEW = "get it anew from where it came"


def read(raw: bytes, _pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a PDF. Raises `UnreadableError`."""
    if b"%%EOF" not in raw[-_TAIL:]:
        raise UnreadableError(f"it is cut off: the mark of a PDF's end (%%EOF) is missing; {_ANEW}")
    document = _opened(raw)
    fields = Fields(document)
    layered = hides_layers(raw)
    found = [_page(document, number, fields, layered=layered) for number in range(len(document))]
    pages = [page.segments for page in found]
    _refuse_meaningless(pages)
    kept = without_running_lines(pages)
    bare = [number for number, segments in enumerate(kept) if not segments]
    pictured = [number for number in bare if _is_picture(document[number], pages[number])]
    _refuse_pictures(pictured, kept)
    lines = [in_reading_order(segments) for segments in kept]
    read = draft(pieces_of(lines, wording), _said_by(document), len(pages))
    return replace(read, warnings=(*_of_pictures(pictured), *_of_scans(document, kept), *_of_notes(found)))


def _of_pictures(pages: list[int]) -> Iterator[Warned]:
    if pages:
        yield Warned(Concern.UNREAD, f"{_holding(pages)} no text, only pictures, which are not read")


def _of_scans(document: pypdfium2.PdfDocument, pages: list[list[Segment]]) -> Iterator[Warned]:
    """Pictures of pages, where the whole text says no more than what somebody prints or stamps on them."""
    words = [sum(len(segment.text.split()) for segment in segments) for segments in pages]
    few = [number for number, count in enumerate(words) if 0 < count < WORDS_A_PICTURE]
    if sum(words) < WORDS_A_PICTURE * len(few):
        scanned = [number for number in few if _is_picture(document[number], pages[number])]
        if sum(words) < WORDS_A_PICTURE * len(scanned):
            yield Warned(Concern.UNREAD, f"{_holding(scanned)} few words beside pictures, which are not read")


def _of_notes(pages: list[Page]) -> Iterator[Warned]:
    """What somebody noted on the pages, and letters that nobody sees on them."""
    many = {"note": sum(page.notes for page in pages), "hidden letter": sum(page.unseen for page in pages)}
    if said := [f"{count:,} {what}{'s' * (count > 1)}" for what, count in many.items() if count]:
        numbers = [number for number, page in enumerate(pages) if page.notes or page.unseen]
        are = "is" if sum(many.values()) == 1 else "are"
        yield Warned(Concern.UNREAD, f"{_named(numbers)}: {' and '.join(said)} {are} not read")


def _opened(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            reason = "it is encrypted with a password; open it, and save or print it to PDF without one"
            raise UnreadableError(reason) from None
        raise UnreadableError(f"it is damaged, so that PDFium cannot open it; {_ANEW}") from None
    if len(document) > MOST_PAGES:
        raise UnreadableError(f"it has {len(document):,} pages, more than the {MOST_PAGES:,} that are read; split it")
    return document


def _page(document: pypdfium2.PdfDocument, number: int, fields: Fields, *, layered: bool) -> Page:
    try:
        return read_page(document[number], number, fields, layered=layered)
    except pypdfium2.PdfiumError:
        raise UnreadableError(f"page {number + 1} is damaged; {_ANEW}") from None


def _refuse_pictures(pictured: list[int], pages: list[list[Segment]]) -> None:
    """A scanned text needs text recognition; pictures among pages of text are read over, and empty pages do not matter.

    One picture is a cover or a plate, whatever the rest says; of several the text must say more than a title page does.
    """
    words = sum(len(segment.text.split()) for segments in pages for segment in segments)
    if pictured and (not words or (len(pictured) > 1 and words < WORDS_A_PICTURE * len(pictured))):
        what = f"{_holding(pictured)} no text, only pictures of it"
        mend = "run text recognition (OCR) over the file, or take the pages out"
        raise UnreadableError(f"{what}; {mend}")
    if not any(pages):
        raise UnreadableError("there is no text on any of its pages; run text recognition (OCR) over it")


def _is_picture(page: pypdfium2.PdfPage, stamped: list[Segment]) -> bool:
    """Whether something is drawn on a page without text: of one with a stamp, as a number, pictures over most of it."""
    if not stamped:
        kinds = [shape.type for shape in islice(page.get_objects(max_depth=5), MANY_SHAPES)]
        return pdfium.FPDF_PAGEOBJ_IMAGE in kinds or len(kinds) == MANY_SHAPES
    left, bottom, right, top = page.get_bbox()
    images = islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5), MANY_SHAPES)
    boxes = [bounds_of(image) for image in images]
    drawn = sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    return bool(drawn > MOST_OF_PAGE * (right - left) * (top - bottom))


def _refuse_meaningless(pages: list[list[Segment]]) -> None:
    texts = ["".join(segment.text for segment in segments) for segments in pages]
    bad = [
        number for number, text in enumerate(texts) if len(_MEANINGLESS.findall(text)) > UNREADABLE_SHARE * len(text)
    ]
    if bad:
        what = f"{_holding(bad)} letters whose fonts do not say which characters they are"
        raise UnreadableError(f"{what}; run text recognition (OCR) over it, or export it again with other fonts")


def _named(numbers: list[int]) -> str:
    """Pages as they are spoken of, counted from 1: "page 2", "pages 1-3 and 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs]
    words = ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]
    return f"page {words}" if len(numbers) == 1 else f"pages {words}"


def _holding(numbers: list[int]) -> str:
    return f"{_named(numbers)} {'holds' if len(numbers) == 1 else 'hold'}"


def _said_by(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The file's properties: title, author, when it was made, and when it was changed if that is later."""
    properties = document.get_metadata_dict(skip_empty=True)
    made, changed = _day(properties.get("CreationDate", "")), _day(properties.get("ModDate", ""))
    return said(
        {
            "title": properties.get("Title", ""),
            "author": properties.get("Author", ""),
            "published": made,
            "updated": changed if made < changed else "",
        }
    )


def _day(text: str) -> str:
    """A PDF's date ("D:20180416093000+01'00'") in ISO form."""
    found = _DATE.match(text)
    return "-".join(part for part in found.groups() if part) if found else ""
