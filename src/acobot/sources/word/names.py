"""Names in Word's XML, and the small questions that are put to its properties."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from lxml import etree

PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
PARAGRAPH_PROPERTIES, RUN_PROPERTIES, ROW_PROPERTIES = (qn(f"w:{name}") for name in ("pPr", "rPr", "trPr"))
DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
BOX = qn("w:txbxContent")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICE, FALLBACK = f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback"
_OFF = frozenset({"0", "false", "off"})


def value(element: Any, name: str) -> str | None:
    """The value of a child such as <w:pStyle w:val="…"/>."""
    child = element.find(qn(name)) if element is not None else None
    found: str | None = child.get(qn("w:val")) if child is not None else None
    return found


def number(text: str | None) -> int | None:
    """A value that counts, or None where there is none or it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def switch(properties: Any, name: str) -> bool | None:
    """Whether properties turn something such as <w:strike/> on or off; None where they say nothing of it."""
    child = properties.find(qn(name)) if properties is not None else None
    return None if child is None else child.get(qn("w:val")) not in _OFF


def properties_of(element: Any) -> Any:
    """A paragraph's or a style's paragraph properties; properties are their own."""
    if element is None or element.tag == PARAGRAPH_PROPERTIES:
        return element
    return element.find(PARAGRAPH_PROPERTIES)


def holds(element: Any, tag: str) -> bool:
    """Whether an element of this kind stands anywhere in another."""
    return next(element.iter(tag), None) is not None


def is_left_out(element: Any) -> bool:
    """Whether an element is there a second time, for older programs, or holds only a prompt to be overwritten."""
    if element.tag == FALLBACK:
        return any(holds(first, TEXT) for first in element.itersiblings(CHOICE, preceding=True))
    return element.tag == qn("w:sdt") and switch(element.find(qn("w:sdtPr")), "w:showingPlcHdr") is True


def is_initial(paragraph: Any) -> bool:
    """Whether a paragraph is the large first letter of the next, which the program keeps in a frame of its own."""
    frame = paragraph.find(f"{PARAGRAPH_PROPERTIES}/{qn('w:framePr')}")
    return frame is not None and frame.get(qn("w:dropCap"), "none") != "none"


def is_contents_list(element: Any) -> bool:
    """Whether an element is the list of contents that the program made, whatever styles its lines have."""
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}") if element.tag == qn("w:sdt") else None
    return value(gallery, "w:docPartGallery") == "Table of Contents"


def parsed(raw: bytes) -> Any:
    """A part of the package as XML; nothing outside of it is followed. Raises lxml's `LxmlError`."""
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
