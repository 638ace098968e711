"""HTML → citable text: what trafilatura takes for the text of the page, or what a CSS selector names.

Nothing is fetched or run: styles, scripts, frames, pictures and entities of a file's own are not followed.
"""

from __future__ import annotations

import re

import trafilatura
from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from acobot.sources.drafting import Piece, draft
from acobot.sources.html.blocks import pieces_of
from acobot.sources.html.particulars import said_by_page
from acobot.sources.record import BlockKind, Draft, UnreadableError

LEAST_SHARE = 0.25  # of the page's words: where trafilatura takes fewer, the whole page is read
NOTE_LENGTH = 6  # characters: longer ones are no footnote's number
FEW_WORDS = 4  # and fewer may stand in a menu as well as in the text
_OWN_ENTITIES = re.compile(r"<!(?:doctype\b[^>\[]{0,2000}\[|entity\b)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
# lxml asks for bytes where a text has a declaration of its encoding; it is characters by now, so that goes.
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read(raw: bytes, selector: str = "") -> Draft:
    """The draft of a page in UTF-8 (whatever it says of itself). Raises `UnreadableError`."""
    text = _DECLARATION.sub("", raw.decode(), count=1)
    if _OWN_ENTITIES.search(_COMMENT.sub("", text)):
        raise UnreadableError("it declares entities of its own, which are not read; take the <!DOCTYPE … [ … ]> out")
    tree = _parsed(text)
    pieces = _selected(tree, selector) if selector else _extracted(tree)
    return draft(pieces, said_by_page(tree, headed=any(piece.level == 1 for piece in pieces)))


def _parsed(text: str) -> html.HtmlElement:
    """The page as a tree, without the numbers of footnotes, which are no part of their sentences."""
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableError("there is no HTML in it; write its text, or take the file away") from None
    for mark in list(tree.iter("sup")):
        if mark.find(".//a") is not None and len(mark.text_content()) < NOTE_LENGTH:
            mark.drop_tree()
    return tree


def _selected(tree: html.HtmlElement, selector: str) -> list[Piece]:
    """The elements that a selector names, without those that stand inside another of them."""
    try:
        found = CSSSelector(selector, translator="html")(tree)
    except SelectorError as error:
        reason = f"the selector {selector!r} is not one ({error})"
        raise UnreadableError(f"{reason}; write a CSS selector such as 'main' or '#content'") from None
    if not found:
        reason = f"the selector {selector!r} matches nothing in it"
        raise UnreadableError(f"{reason}; name an element that holds the text, or take the selector out")
    chosen = set(found)
    outer = [element for element in found if not any(above in chosen for above in element.iterancestors())]
    pieces = [piece for element in outer for piece in pieces_of(element)]
    if not any(piece.kind is not BlockKind.HEADING for piece in pieces):
        reason = f"what the selector {selector!r} matches has no text"
        raise UnreadableError(f"{reason}; name an element that holds the text, or take the selector out")
    return pieces


def _extracted(tree: html.HtmlElement) -> list[Piece]:
    """The blocks of the page that trafilatura takes for its own text; all of them, where that is next to nothing.

    It only judges: it loses headings, so the blocks and what they are come from the page itself.
    """
    everything = pieces_of(tree)
    found = trafilatura.extract(
        html.tostring(tree, encoding="unicode"),
        output_format="html",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    chosen = _chosen(everything, pieces_of(html.document_fromstring(found))) if found else []
    return chosen if _words(chosen) >= LEAST_SHARE * _words(everything) else everything


def _chosen(everything: list[Piece], judged: list[Piece]) -> list[Piece]:
    """The pieces whose words are among those judged, and the headings over them."""
    blocks = [_flat(piece) for piece in judged]
    text = "\n" + "\n".join(blocks) + "\n"
    kept = [not piece.furniture and _is_among(_flat(piece), text, blocks) for piece in everything]
    heads: list[int] = []  # the headings above, from the highest
    for number, piece in enumerate(everything):
        if piece.kind is BlockKind.HEADING:
            heads = [*(head for head in heads if everything[head].level < piece.level), number]
        elif kept[number]:
            for head in heads:
                kept[head] = not everything[head].furniture
            heads = []
    return [piece for piece, keep in zip(everything, kept, strict=True) if keep]


def _is_among(words: str, text: str, blocks: list[str]) -> bool:
    """Whether a block was judged to be text, whole, as part of another, or in parts; few words only whole."""
    if f"\n{words}\n" in text:
        return True
    if words.count(" ") < FEW_WORDS:
        return False
    return words in text or any(block in words for block in blocks if block.count(" ") >= FEW_WORDS)


def _flat(piece: Piece) -> str:
    return " ".join(piece.text.split())


def _words(pieces: list[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces if not piece.furniture)
