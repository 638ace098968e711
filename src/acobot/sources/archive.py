"""A file that is a ZIP archive (Word, Excel, PowerPoint, OpenDocument, EPUB): refuses what could do harm unpacked.

Bombs, encryption and document types are found before anything is opened. Knows no format but the names to say.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from acobot.sources.record import UnreadableError

MOST_PARTS = 5_000
MOST_UNPACKED = 150_000_000  # bytes, all parts together
MOST_XML = 40_000_000  # bytes of one part that is parsed; some ten times as many in memory
MOST_RATIO = 200  # a part that grows more than so much is made to; only counted from so many bytes:
RATIO_FROM = 1_000_000
_ENCRYPTED = 0x1
_XML_NAMES = (".xml", ".rels", ".opf", ".ncx")
_PAGES = (".xhtml", ".html", ".htm")  # of a book: whoever reads pages looks at their document types
# How a part of any name begins that is XML, in the encodings that parsers tell by themselves: UTF-8, 16, 32, EBCDIC.
_XML_BEGINS = (
    b"<",
    b"\xef\xbb\xbf<",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\0<",
    b"\0\0\0<",
    b"\0\0\xfe\xff",
    b"\x4c\x6f\xa7\x94",
)
_SNIFFED = 64  # bytes of a part's beginning
_CUT = "it is cut off or damaged; get it anew from where it came"


class _DoctypeError(Exception):
    """A part of the file has a document type."""


@dataclass(frozen=True, slots=True)
class Maker:
    """How a kind of file is spoken of ("a Word file"), and the program to mend it with.

    Where `doctypes` are usual, only those are refused that declare entities.
    """

    kind: str
    program: str = "the program that made it"
    doctypes: bool = False

    @property
    def again(self) -> str:
        """The mend that most often helps."""
        return f"open it in {self.program} and save it again"

    @property
    def repair(self) -> str:
        """The mend of what is damaged."""
        if self.doctypes:
            return "get it anew from where it came"
        return f"open it in {self.program}, let {self._repairer} repair it, and save it again"

    @property
    def _repairer(self) -> str:
        return "that" if self.program.startswith("the ") else self.program


WORD = Maker("Word file", "Word")


def refuse_unsafe(raw: bytes, maker: Maker = WORD) -> None:
    """Raises `UnreadableError` where unpacking or parsing the file could do harm, or is bound to fail."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        parts = archive.infolist()
        _refuse_bombs(parts, maker)
        for part in parts:
            if part.filename.endswith(_XML_NAMES):
                _refuse_unsafe_xml(part.filename, archive.read(part), maker)
            elif not (maker.doctypes and part.filename.endswith(_PAGES)) and _begins_as_xml(archive, part):
                _refuse_entities(part.filename, archive.read(part), maker)
            else:
                _refuse_damage(archive, part)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError):
        raise UnreadableError(_CUT) from None
    except Exception as error:
        if type(error).__module__ == "zlib":  # zlib.error has no better name
            raise UnreadableError(_CUT) from None
        raise


def _refuse_bombs(parts: list[zipfile.ZipInfo], maker: Maker) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableError("it is encrypted; open it, take the password off and save it again")
    if len(parts) > MOST_PARTS:
        raise UnreadableError(f"it has {len(parts):,} parts, as no {maker.kind} has; {maker.again}")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        reason = f"it unpacks to {unpacked:,} bytes, more than the {MOST_UNPACKED:,} that are read"
        raise UnreadableError(f"{reason}; split it, or take its pictures out")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * part.compress_size:
            reason = f"its part {part.filename!r} unpacks to {part.file_size:,} bytes from {part.compress_size:,}"
            raise UnreadableError(f"{reason}, which looks like a ZIP bomb; {maker.again}")


def _begins_as_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether programs might parse it as XML, whatever its name: which part is what, other parts say."""
    with archive.open(part) as stream:
        return stream.read(_SNIFFED).lstrip().startswith(_XML_BEGINS)


def _refuse_entities(name: str, raw: bytes, maker: Maker) -> None:
    """Of what is perhaps XML: a picture may have a document type, and a page need not be well-formed."""

    def refuse(*_: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        with suppress(expat.ExpatError):
            parser.Parse(raw, True)
    except _DoctypeError:
        reason = f"its part {name!r} declares entities, with which it could draw in other files"
        raise UnreadableError(f"{reason}; {maker.again}") from None


def _refuse_unsafe_xml(name: str, raw: bytes, maker: Maker) -> None:
    """A document type could name other files or grow without end, and office programs write none."""
    if len(raw) > MOST_XML:
        raise UnreadableError(f"its part {name!r} has {len(raw):,} bytes, more than the {MOST_XML:,} read; split it")

    def refuse(*_: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    if maker.doctypes:
        parser.EntityDeclHandler = refuse
    else:
        parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except _DoctypeError:
        reason = f"its part {name!r} has a document type (DTD), with which it could draw in other files"
        raise UnreadableError(f"{reason}; {maker.again}") from None
    except expat.ExpatError as error:
        reason = f"its part {name!r} is not well-formed XML (line {error.lineno})"
        raise UnreadableError(f"{reason}; {maker.repair}") from None


def _refuse_damage(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads a part through, whose checksum then shows whether it is whole; keeps none of it."""
    with archive.open(part) as stream:
        while stream.read(1 << 20):
            pass
