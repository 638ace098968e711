"""What a file really is, told from its first bytes: refuses what its ending does not promise. Parses nothing."""

from __future__ import annotations

import io
import re
import zipfile

from acobot.sources.record import UnreadableError

TEXT_ENDINGS = frozenset({".md", ".txt"})
PAGE_ENDINGS = frozenset({".html", ".htm"})
TABLE_ENDINGS = frozenset({".xlsx", ".csv"})
DECODED_ENDINGS = TEXT_ENDINGS | PAGE_ENDINGS | {".csv"}  # of files that are characters, in some encoding
# How each kind is spoken of.
NAMES = {
    ".md": "Markdown",
    ".txt": "plain text",
    ".html": "an HTML page",
    ".htm": "an HTML page",
    ".pdf": "a PDF",
    ".docx": "a Word file",
    ".xlsx": "an Excel workbook",
    ".csv": "a table of comma-separated values",
    ".pptx": "a PowerPoint presentation",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF text",
    ".epub": "an e-book (EPUB)",
    ".eml": "an e-mail",
}
ENDINGS = frozenset(NAMES)

_PDF_HEAD = 1024  # a PDF's header may stand behind so many bytes of something else
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Programs whose files begin with bytes of their own, and what they wrote before they wrote archives.
_OFFICE = {".docx": ("Word", ".doc"), ".xlsx": ("Excel", ".xls"), ".pptx": ("PowerPoint", ".ppt")}
_PROGRAMS = {ending: program for ending, (program, _) in _OFFICE.items()} | {
    ".odt": "a word processor",
    ".rtf": "a word processor",
}
_MAIN_PARTS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
    "META-INF/container.xml": ".epub",
}
_OPEN_DOCUMENTS = {"text": ".odt", "text-template": ".odt", "text-master": ".odt"}  # by the ends of their MIME types
_OTHER_OPEN_DOCUMENTS = {
    "spreadsheet": ("an OpenDocument spreadsheet", "open it, and save it as .xlsx"),
    "presentation": ("an OpenDocument presentation", "open it, and save it as .pptx"),
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SIGNATURES = {
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
_OFFICE_PARTS = re.compile(rb"\[Content_Types\]\.xml|_rels/\.rels|docProps/|(?:word|xl|ppt)/\w")
_UNPACK = "unpack it, and put what is in it here"


def refuse_other_kinds(ending: str, raw: bytes) -> None:
    """Raises `UnreadableError`, with what the bytes are and the mend, where they are not what the ending says."""
    if ending in _OFFICE and raw.startswith(_OLE):
        raise UnreadableError(_old_office(raw, ending))
    found, mend = _kind(raw, ending)
    if found and found != NAMES[ending]:
        raise UnreadableError(f"it is named {ending}, but it is {found}; {mend}")
    if found:
        return
    if ending == ".pdf":
        raise UnreadableError("it is named .pdf, but no PDF begins like this; get the file anew from where it came")
    if ending == ".epub":
        raise UnreadableError("it is named .epub, but no e-book begins like this; get the file anew from where it came")
    if ending in _PROGRAMS:
        kind = NAMES[ending].split(" ", 1)[1]
        reason = f"it is named {ending}, but no {kind} begins like this"
        program = "a word processor" if ending == ".docx" else _PROGRAMS[ending]
        raise UnreadableError(f"{reason}; open it in {program} and save it as {ending}")


def _kind(raw: bytes, ending: str) -> tuple[str, str]:
    """What a file is, and what to do if its ending says something else; two empty texts where it may be any text."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(raw, ending)
    if b"%PDF-" in raw[:_PDF_HEAD]:
        return _named(".pdf")
    if raw.startswith(_OLE):
        return "an old Office file (.doc, .xls or .ppt)", "open it in Word and save it as .docx"
    if raw.startswith(b"{\\rtf"):
        return _named(".rtf")
    for signature, (name, mend) in _SIGNATURES.items():
        if raw.startswith(signature):
            return name, mend
    return _named(".html") if _HTML.match(raw[: 4 * _PDF_HEAD]) else ("", "")


def _named(ending: str) -> tuple[str, str]:
    return NAMES[ending], f"rename it so that it ends in {ending}"


def _kind_of_zip(raw: bytes, ending: str) -> tuple[str, str]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # The list of what a ZIP holds stands at its end; what it begins with tells its kind all the same.
        return _kind_of_cut_zip(raw[:_PDF_HEAD], ending)
    if found := next((ending for part, ending in _MAIN_PARTS.items() if part in names), None):
        return _named(found)
    if "content.xml" in names:
        return _kind_of_open_document(_mime_type(archive) or raw[:_PDF_HEAD])
    if "[Content_Types].xml" in names:
        part = next((f"{folder}/" for folder in ("xl", "ppt") if any(n.startswith(f"{folder}/") for n in names)), "")
        others = {"xl/": "a binary or damaged Excel workbook", "ppt/": "a damaged PowerPoint presentation"}
        if part:
            return others[part], f"open it, and save it as {'.xlsx' if part == 'xl/' else '.pptx'}"
        return "a Word file without its text (word/document.xml)", _UNPACK
    return "a ZIP archive", _UNPACK


def _mime_type(archive: zipfile.ZipFile) -> bytes:
    """What an archive says that it is; empty where it does not, or not in a few words."""
    try:
        with archive.open("mimetype") as said:
            return said.read(_PDF_HEAD)
    except Exception:  # whatever is wrong with it: another reason will be given
        return b""


def _kind_of_open_document(said: bytes) -> tuple[str, str]:
    """The kind that a MIME type names, or the first bytes of an archive, in which it is stored as it is."""
    said = said.partition(_OPEN_DOCUMENT.encode())[2]
    kind = re.sub(rb"[^a-z-].*", b"", said, flags=re.DOTALL).decode()
    if kind in _OPEN_DOCUMENTS:
        return _named(_OPEN_DOCUMENTS[kind])
    return _OTHER_OPEN_DOCUMENTS.get(
        kind, ("an OpenDocument file", "open it, and save its text as .docx or export it as PDF")
    )


def _kind_of_cut_zip(head: bytes, ending: str) -> tuple[str, str]:
    """Any Word, Excel or PowerPoint file begins with the same name, so that each is believed to be what it says."""
    if b"mimetypeapplication/epub+zip" in head:
        return NAMES[".epub"], "get it anew"
    if _OPEN_DOCUMENT.encode() in head:
        return _kind_of_open_document(head)[0], "get it anew"
    if _OFFICE_PARTS.search(head):
        return NAMES[ending if ending in _OFFICE else ".docx"], "get it anew"
    return "a ZIP archive that is cut off or damaged", "get it anew"


def _old_office(raw: bytes, ending: str) -> str:
    program, old = _OFFICE[ending]
    if _ENCRYPTED in raw:
        return f"it is encrypted with a password; open it in {program}, take the password off and save it again"
    reason = f"it is named {ending}, but it is in {program}'s old format ({old})"
    return f"{reason}; open it in {program} and save it as {ending}"
