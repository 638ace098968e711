"""Office files of the strict kind ("Strict Open XML") → the same with the names that every library knows.

Word, Excel and PowerPoint save this kind where an office asks for it. Only the addresses of its names differ.
"""

from __future__ import annotations

import io
import re
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org/"
_ROOT = "_rels/.rels"
_XML = (".xml", ".rels")
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)((?:/\w+)*)")
_TWO_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def as_usual(raw: bytes) -> bytes:
    """The file itself, or one of the strict kind under the usual names; for what `refuse_unsafe` has looked at."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if _ROOT not in archive.namelist() or _STRICT not in archive.read(_ROOT):
            return raw
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as usual:
            for part in archive.infolist():
                content = archive.read(part)
                usual.writestr(part, _NAME.sub(_renamed, content) if part.filename.endswith(_XML) else content)
    return out.getvalue()


def _renamed(found: re.Match[bytes]) -> bytes:
    """The usual address of a name: "…/wordprocessingml/2006/main" for "…/wordprocessingml/main"."""
    first, *rest = (_TWO_WORDS.get(part, part) for part in (found[1] + found[2]).split(b"/"))
    return _USUAL + b"/".join([first, b"2006", *rest])
