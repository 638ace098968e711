"""A text file's bytes → its characters, in whatever encoding it is saved. Knows no format.

UTF-8, else UTF-16 (by its mark, or by its zero bytes), else Windows-1252, in which Windows saved texts for decades.
What was encoded twice over is read as it was meant; what would come out as gibberish is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4000  # bytes that tell whether a text is UTF-16
_ZEROS = 0.4  # share of zeros among the bytes of one parity: letters of European languages have one each
_FOREIGN = 0.3  # share of letters beyond ASCII that no language written in Windows-1252 comes near
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b]")
_CONTROLS = 0.1  # share of control characters that no text has; letters of Russian have one each in UTF-16
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and marks without width
_LETTER = re.compile(r"[^\W\d_]")
# The euro sign of Latin 9 is one that texts in Windows-1252 do not use, and only the latter use the bytes 0x80 to 0x9F.
_LATIN_9 = re.compile(rb"[^\x80-\x9f\xa4]*\xa4[^\x80-\x9f]*")
# UTF-8 that was read as Windows-1252 and saved again: "Â£5", "CafÃ©", "weâ€™re".
_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xC0)}
_SECOND = f"[{re.escape(''.join(_BYTES))}]"
_LOST = "â€"  # of ”, whose last byte has no character there
_TWICE = re.compile(f"[ÂÃ]{_SECOND}|â[€‚„]{_SECOND}|{_LOST}")


class UndecodableError(ValueError):
    """Bytes that are no text; `line` is counted from 1, or None where all of it is meant."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


def decode(raw: bytes) -> str:
    r"""The characters, with `\\n` for every newline and without those that nobody sees. Raises `UndecodableError`."""
    text = _once(_characters(raw))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UndecodableError("it holds a NUL character, so it is not a text file; export it as text", line)
    if len(_CONTROL.findall(text[:_SAMPLE])) > _CONTROLS * min(len(text), _SAMPLE):
        raise UndecodableError("it is no text, or UTF-16 without a mark that says so; save it as UTF-8")
    return _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _once(text: str) -> str:
    """A text as it was before it was encoded a second time; any other, where some sign is no half of one, as it is."""
    if text.isascii() or not _TWICE.search(text) or not _TWICE.sub("", text).isascii():
        return text
    return _TWICE.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    if found[0] == _LOST:
        return "”"
    return bytes(_BYTES.get(char) or ord(char) for char in found[0]).decode(errors="replace")


def is_utf8(raw: bytes) -> bool:
    """Whether the bytes are UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_utf16(raw: bytes) -> bool:
    """Whether the bytes have UTF-16's mark, or every other of them is zero."""
    return any(raw.startswith(mark) for mark, _ in _MARKS) or bool(_unmarked(raw))


def _characters(raw: bytes) -> str:
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if encoding := marked or _unmarked(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            reason = f"it is {encoding.upper()[:6]}, but damaged or cut off; save it anew, as UTF-8"
            raise UndecodableError(reason) from None
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        return _of_windows(raw, error.start)


def _unmarked(raw: bytes) -> str:
    """UTF-16 without a mark, by where the zeros stand; empty where it is something else."""
    sample = raw[: min(_SAMPLE, len(raw) // 2 * 2)]
    if len(sample) < 8 or len(raw) % 2:
        return ""
    first, second = (half.count(0) / len(half) for half in (sample[::2], sample[1::2]))
    if first > _ZEROS and not second:
        return "utf-16-be"
    return "utf-16-le" if second > _ZEROS and not first else ""


def _of_windows(raw: bytes, at: int) -> str:
    """A text that is not UTF-8 throughout, from byte `at` on; single bytes among UTF-8 are read as Windows's."""
    encoding = "iso-8859-15" if _LATIN_9.fullmatch(raw) else "cp1252"
    try:
        text = raw.decode(errors=f"acobot.{encoding}")
    except UnicodeDecodeError as error:  # a byte that the encoding does not have
        raise _refused(raw, error.start) from None
    letters = _LETTER.findall(text)
    if sum(not letter.isascii() for letter in letters) > _FOREIGN * max(len(letters), 4):
        raise _refused(raw, at)
    return text


def _reading_as(encoding: str) -> Callable[[UnicodeError], tuple[str, int]]:
    """What reads each byte that is no UTF-8 in another encoding."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        try:
            return error.object[error.start : error.end].decode(encoding), error.end
        except UnicodeDecodeError:
            raise error from None

    return read


for _encoding in ("cp1252", "iso-8859-15"):
    codecs.register_error(f"acobot.{_encoding}", _reading_as(_encoding))


def _refused(raw: bytes, at: int) -> UndecodableError:
    line = raw.count(b"\n", 0, at) + 1
    return UndecodableError(f"it is not UTF-8 (byte 0x{raw[at]:02x}); save it as UTF-8", line)
