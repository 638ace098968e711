"""What a file really is, told from its first bytes: refuses what its ending does not promise. Parses nothing."""

from __future__ import annotations

import io
import re
import zipfile

from acobot.sources.record import UnreadableError

TEXT_ENDINGS = frozenset({".md", ".txt"})
PAGE_ENDINGS = frozenset({".html", ".htm"})
ENDINGS = TEXT_ENDINGS | PAGE_ENDINGS | {".pdf", ".docx"}
NAMES = {".md": "Markdown", ".txt": "plain text", ".html": "HTML", ".htm": "HTML", ".pdf": "PDF", ".docx": "Word"}

_PDF_HEAD = 1024  # a PDF's header may stand behind so many bytes of something else
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "META-INF/container.xml": "an e-book (EPUB)",
    "content.xml": "an OpenDocument file",
}
_SIGNATURES = {
    b"{\\rtf": ("an RTF text", "open it in a word processor and save it as .docx"),
    b"\x89PNG": ("a PNG picture", "run text recognition (OCR) over it, or take the file away"),
    b"\xff\xd8\xff": ("a JPEG picture", "run text recognition (OCR) over it, or take the file away"),
    b"GIF8": ("a GIF picture", "run text recognition (OCR) over it, or take the file away"),
    b"II*\0": ("a TIFF picture", "run text recognition (OCR) over it, or take the file away"),
    b"MM\0*": ("a TIFF picture", "run text recognition (OCR) over it, or take the file away"),
    b"\x1f\x8b": ("a gzip archive", "unpack it, and put what is in it here"),
    b"7z\xbc\xaf": ("a 7-Zip archive", "unpack it, and put what is in it here"),
    b"Rar!": ("a RAR archive", "unpack it, and put what is in it here"),
    b"\x7fELF": ("a program", "take the file away"),
    b"%!PS": ("a PostScript file", "convert it to PDF"),
    b"SQLite format 3\0": ("a database", "export its text"),
}


def refuse_other_kinds(ending: str, raw: bytes) -> None:
    """Raises `UnreadableError`, with what the bytes are and the mend, where they are not what the ending says."""
    if ending == ".docx" and raw.startswith(_OLE):
        raise UnreadableError(_old_word(raw))
    found, mend = _kind(raw)
    if found and found != NAMES[ending]:
        raise UnreadableError(f"it is named {ending}, but it is {_with_article(found)}; {mend}")
    if ending == ".pdf" and not found:
        raise UnreadableError("it is named .pdf, but no PDF begins like this; get the file anew from where it came")
    if ending == ".docx" and not found:
        reason = "it is named .docx, but no Word file begins like this"
        raise UnreadableError(f"{reason}; open it in a word processor and save it as .docx")


def _kind(raw: bytes) -> tuple[str, str]:
    """What a file is, and what to do if its ending says something else; two empty texts where it may be any text."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(raw)
    if b"%PDF-" in raw[:_PDF_HEAD]:
        return NAMES[".pdf"], "rename it so that it ends in .pdf"
    if raw.startswith(_OLE):
        return "an old Office file (.doc, .xls or .ppt)", "open it in Word and save it as .docx"
    for signature, (name, mend) in _SIGNATURES.items():
        if raw.startswith(signature):
            return name, mend
    if _HTML.match(raw[: 4 * _PDF_HEAD]):
        return NAMES[".html"], "rename it so that it ends in .html"
    return "", ""


def _kind_of_zip(raw: bytes) -> tuple[str, str]:
    unpack = "unpack it, and put what is in it here"
    try:
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # The list of what a ZIP holds stands at its end. Any Word file begins with this name.
        word = b"[Content_Types].xml" in raw[:_PDF_HEAD]
        return (NAMES[".docx"], "get it anew") if word else ("a ZIP archive that is cut off or damaged", "get it anew")
    if "word/document.xml" in names:
        return NAMES[".docx"], "rename it so that it ends in .docx"
    for mark, name in _ZIPS.items():
        if any(one.startswith(mark) for one in names):
            return name, "open it, and save its text as .docx or export it as PDF"
    return (
        "a Word file without its text (word/document.xml)" if "[Content_Types].xml" in names else "a ZIP archive",
        unpack,
    )


def _old_word(raw: bytes) -> str:
    if _ENCRYPTED in raw:
        return "it is encrypted with a password; open it in Word, take the password off and save it again"
    return "it is named .docx, but it is in Word's old format (.doc); open it in Word and save it as .docx"


def _with_article(name: str) -> str:
    """A kind as it is spoken of: the formats that are read have no article of their own in `NAMES`."""
    articles = {"PDF": "a PDF", "HTML": "an HTML page", "Word": "a Word file"}
    return articles.get(name, name)
