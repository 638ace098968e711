"""HTML → citable text: the main part of a page, or what a CSS selector names.

Nothing is fetched or run: styles, scripts, frames, pictures and entities of a file's own are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html

from acobot.sources.drafting import Piece, draft
from acobot.sources.html.blocks import pieces_of
from acobot.sources.html.feet import bring_in_feet
from acobot.sources.html.leading_on import leads_on
from acobot.sources.html.main_text import extracted
from acobot.sources.html.ordered import ItemNumbers
from acobot.sources.html.particulars import said_by_page
from acobot.sources.html.picked import mark_picked, matches
from acobot.sources.html.preparing import prepare
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.wording import NO_WORDS, Wording

_OWN_ENTITIES = re.compile(r"<!(?:doctype\b[^>\[]{0,2000}\[|entity\b)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
# lxml asks for bytes where a text has a declaration of its encoding; it is characters by now, so that goes.
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read(raw: bytes, pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a page in UTF-8 (whatever it says of itself). Raises `UnreadableError`."""
    tree = parsed(raw.decode())
    warnings = mark_picked(tree, pick)
    if not pick.selector:
        bring_in_feet(tree, wording)
    pieces, left_out = (_selected(tree, pick.selector), ()) if pick.selector else extracted(tree)
    if not pick.selector and (reason := leads_on(tree, " ".join(piece.text for piece in pieces))):
        raise UnreadableError(reason)
    own = _without_alerts(pieces)
    said = said_by_page(tree, wording, headed=any(piece.is_title for piece in own))
    return replace(draft(pieces, _title_below(pieces, own) | said), warnings=warnings + left_out)


def _without_alerts(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What may give the page its title: not what stands in alerts, unless these are most of what it says."""
    own = [piece for piece in pieces if not piece.alert]
    return own if 2 * _words(own) >= _words(pieces) else pieces


def _words(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces if not piece.furniture)


def _title_below(pieces: Sequence[Piece], own: Sequence[Piece]) -> dict[str, str]:
    """The page's own title where it is not its first heading: that is an alert's, or stands before one of rank 1."""
    first = next((piece for piece in pieces if _is_heading(piece)), None)
    headings = [piece for piece in own if _is_heading(piece)]
    titles = [piece for piece in headings if piece.is_title]
    lines = [piece for piece in own if not piece.furniture]
    title = next(iter(titles if len(titles) == 1 else headings or lines), None)
    return {} if first is None or title is None or title is first else {"title": title.text.split("\n")[0]}


def _is_heading(piece: Piece) -> bool:
    return piece.kind is BlockKind.HEADING and not piece.furniture


def parsed(text: str) -> html.HtmlElement:
    """A page as a tree, made ready to be read. Raises `UnreadableError`."""
    text = _DECLARATION.sub("", text, count=1)
    if _OWN_ENTITIES.search(_COMMENT.sub("", text)):
        raise UnreadableError("it declares entities of its own, which are not read; take the <!DOCTYPE … [ … ]> out")
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableError("there is no HTML in it; write its text, or take the file away") from None
    prepare(tree)
    return tree


def _selected(tree: html.HtmlElement, selector: str) -> list[Piece]:
    """The elements that a selector names, without those that stand inside another of them."""
    found = matches(tree, selector)
    if not found:
        reason = f"the selector {selector!r} matches nothing in it"
        raise UnreadableError(f"{reason}; name an element that holds the text, or take the selector out")
    chosen = set(found)
    outer = [element for element in found if not any(above in chosen for above in element.iterancestors())]
    numbers = ItemNumbers()
    pieces = [piece for element in outer for piece in pieces_of(element, numbers)]
    if not any(piece.kind is not BlockKind.HEADING for piece in pieces):
        reason = f"what the selector {selector!r} matches has no text"
        raise UnreadableError(f"{reason}; name an element that holds the text, or take the selector out")
    return pieces
