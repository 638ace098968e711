"""A Word file as the ZIP archive that it is: refuses bombs, encryption and document types before anything is opened."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from acobot.sources.record import UnreadableError

MOST_PARTS = 5_000
MOST_UNPACKED = 150_000_000  # bytes, all parts together
MOST_XML = 40_000_000  # bytes of one part that is parsed; some ten times as many in memory
MOST_RATIO = 200  # a part that grows more than so much is made to; only counted from so many bytes:
RATIO_FROM = 1_000_000
_ENCRYPTED = 0x1
_CUT = "it is cut off or damaged; get it anew from where it came"


class _DoctypeError(Exception):
    """A part of the file has a document type."""


def refuse_unsafe(raw: bytes) -> None:
    """Raises `UnreadableError` where unpacking or parsing the file could do harm, or is bound to fail."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        parts = archive.infolist()
        _refuse_bombs(parts)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _refuse_unsafe_xml(part.filename, archive.read(part))
            else:
                _refuse_damage(archive, part)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError):
        raise UnreadableError(_CUT) from None
    except Exception as error:
        if type(error).__module__ == "zlib":  # zlib.error has no better name
            raise UnreadableError(_CUT) from None
        raise


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableError("it is encrypted; open it, take the password off and save it again")
    if len(parts) > MOST_PARTS:
        raise UnreadableError(f"it has {len(parts):,} parts, as no Word file has; open it in Word and save it again")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        reason = f"it unpacks to {unpacked:,} bytes, more than the {MOST_UNPACKED:,} that are read"
        raise UnreadableError(f"{reason}; split it, or take its pictures out")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * part.compress_size:
            reason = f"its part {part.filename!r} unpacks to {part.file_size:,} bytes from {part.compress_size:,}"
            raise UnreadableError(f"{reason}, which looks like a ZIP bomb; open it in Word and save it again")


def _refuse_unsafe_xml(name: str, raw: bytes) -> None:
    """A document type could name other files or grow without end, and Word writes none."""
    if len(raw) > MOST_XML:
        raise UnreadableError(f"its part {name!r} has {len(raw):,} bytes, more than the {MOST_XML:,} read; split it")

    def refuse(*_: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except _DoctypeError:
        reason = f"its part {name!r} has a document type (DTD), with which it could draw in other files"
        raise UnreadableError(f"{reason}; open it in Word and save it again") from None
    except expat.ExpatError as error:
        reason = f"its part {name!r} is not well-formed XML (line {error.lineno})"
        raise UnreadableError(f"{reason}; open it in Word, let Word repair it, and save it again") from None


def _refuse_damage(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads a part through, whose checksum then shows whether it is whole; keeps none of it."""
    with archive.open(part) as stream:
        while stream.read(1 << 20):
            pass
