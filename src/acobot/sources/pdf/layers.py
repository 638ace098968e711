"""Whether a PDF has layers that are turned off, so that the drawn page must tell what is seen. Knows no text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MOST_UNPACKED = 20_000_000  # bytes, of all packed objects together
_LAYERED = b"/OCProperties"
_OFF = re.compile(rb"/OFF\s*\[?\s*\d|/(?:BaseState|ViewState)\s*/OFF")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def hides_layers(raw: bytes) -> bool:
    """Whether what a file says of its layers turns one off, in plain objects or in packed ones."""
    said = [raw, *_unpacked(raw)]
    return any(_LAYERED in objects for objects in said) and any(_OFF.search(objects) for objects in said)


def _unpacked(raw: bytes) -> Iterator[bytes]:
    """The objects that a file packs together; those packed in another way are not looked at."""
    left = MOST_UNPACKED
    for packed in _PACKED.finditer(raw):
        end = raw.find(b"endstream", packed.end())
        if end < 0 or left <= 0:
            return
        try:
            objects = zlib.decompressobj().decompress(raw[packed.end() : end], left)
        except zlib.error:
            continue
        left -= len(objects)
        yield objects
