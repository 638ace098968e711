"""Which blocks of a page are its text: those of the part that its markup names, or those that trafilatura finds.

trafilatura only judges: it loses headings and, in silence, short blocks, so the blocks and what they are come from the
page itself.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, zip_longest

import trafilatura
from lxml import html

from acobot.sources.drafting import CELL_GAP, Piece, shortened
from acobot.sources.html.blocks import Found, found_in, pieces_of
from acobot.sources.html.feet import in_feet
from acobot.sources.html.inline import is_inline, is_own
from acobot.sources.html.markup import HEADINGS, REACHES, has, is_consent, name_of, tells
from acobot.sources.html.pairs import is_row
from acobot.sources.record import BlockKind, Concern, Warned

LEAST_SHARE = 0.25  # of the page's words: a part with fewer is not the page's text
NAMED_SHARE = 0.5  # the same for a part that only its name makes the main one
LEAST_ITEMS = 2  # of a list: one alone may be a button
FEW_WORDS = 4  # and fewer may stand in a menu as well as in the text
LEFT_OUT_SHARE = 0.2  # of the words that no rule calls furniture: from so many left out on, it is told
SHOWN = 60  # characters of what is left out
ALL_LINK = 0.8  # of a block's characters: it leads elsewhere, and says nothing itself
MOST_PARTS = 20  # that are looked at
_SENTENCE_END = re.compile(r"[^\W\d][.!?][\"'’”)\]]*$")
_LISTED = frozenset({"li", "div"})
# Ids and classes that content systems give the part of a page that is its text.
_NAMES = frozenset(
    {
        *("main", "maincontent", "main-content", "main_content", "primary", "primary-content", "article"),
        *("content", "page-content", "pagecontent", "page_content", "contentarea", "content-area", "site-content"),
        *("bodycontent", "body-content", "mw-content-text"),
    }
)


def extracted(tree: html.HtmlElement) -> tuple[list[Piece], tuple[Warned, ...]]:
    """The blocks of the page that are its text, with the headings over them; a warning where much else is none."""
    everything = found_in(tree)
    pieces = _text_of(tree, everything)
    taken = set(map(id, pieces))
    left = [one for one in everything if id(one.piece) not in taken and not one.piece.furniture]
    return pieces, tuple(_warn_of([one.piece for one in left if _may_tell(one)], pieces))


def _may_tell(one: Found) -> bool:
    """Whether a block says something itself."""
    return one.piece.kind is not BlockKind.HEADING and one.linked < ALL_LINK and _says_something(one.piece)


def _warn_of(left: Sequence[Piece], pieces: Sequence[Piece]) -> Iterator[Warned]:
    """Tells of blocks that are left out though nothing names them as furniture, where they are many."""
    share = _words(left) / max(1, _words(left) + _words(pieces))
    if share >= LEFT_OUT_SHARE:
        first = shortened(" ".join(left[0].text.split()), SHOWN)
        reason = f"{share:.0%} of it stands beside its text, and is left out, from {first!r} on"
        yield Warned(Concern.UNREAD, f"{reason}; 'keep:' brings back what belongs to it")


def _text_of(tree: html.HtmlElement, everything: Sequence[Found]) -> list[Piece]:
    """The blocks that are the page's text, with the headings over them; all where hardly any are."""
    judged = [one.piece.kept or text for one, text in zip(everything, _chosen(everything, _judged(tree)), strict=True)]
    part = _main_part(tree, everything)
    if part is None:
        filled = _with_lead_ins(everything, _filled(everything, judged))
        reaching = in_feet(tree)
        found = _with_headings(
            everything, [keep or one.place in reaching for keep, one in zip(filled, everything, strict=True)]
        )
        pieces = [one.piece for one in everything]
        return found if _words(found) >= LEAST_SHARE * _words(pieces) else pieces
    inside = _with_asides(everything, part)
    said = [
        here and not one.piece.furniture and one.linked < ALL_LINK for here, one in zip(inside, everything, strict=True)
    ]
    if not _is_marked(part):  # what stands outside may be text, too
        return _with_headings(everything, [ours or theirs for ours, theirs in zip(said, judged, strict=True)])
    kept = [ours or (here and theirs) for ours, here, theirs in zip(said, inside, judged, strict=True)]
    titles = [here or one.piece.is_title for here, one in zip(inside, everything, strict=True)]
    return _with_headings(
        [one for one, ours in zip(everything, titles, strict=True) if ours],
        [keep for keep, ours in zip(kept, titles, strict=True) if ours],
    )


def _main_part(tree: html.HtmlElement, everything: Sequence[Found]) -> html.HtmlElement | None:
    """The part of a page that its markup names as its text; None where it names none, or one that says little."""
    reaching = in_feet(tree)
    total = _words([found.piece for found in everything if found.place not in reaching])
    marked = [one for one in tree.iter() if _is_marked(one)]
    articles = [one for one in tree.iter("article") if next(one.iterancestors("article"), None) is None]
    named = [one for one in tree.iter("div", "section", "td", "form") if _NAMES & set(name_of(one).lower().split())]
    only = articles if len(articles) == 1 else []
    for parts, share in ((marked, LEAST_SHARE), (only, NAMED_SHARE), (named, NAMED_SHARE)):
        sized = [(_words_within(everything, part), part) for part in parts[:MOST_PARTS]]
        enough = [(words, part) for words, part in sized if words and words >= share * total]
        if enough:
            return (min if parts is named else max)(enough, key=lambda one: one[0])[1]
    return None


def _is_marked(element: html.HtmlElement) -> bool:
    return bool(element.tag == "main" or element.get("role") == "main")


def _within(everything: Sequence[Found], part: html.HtmlElement) -> list[bool]:
    """Whether each block stands in a part of the page."""
    inside = set(part.iter())
    return [one.place in inside for one in everything]


def _with_asides(everything: Sequence[Found], part: html.HtmlElement) -> list[bool]:
    """Whether each block stands in a part of the page, or in a side bar beside it that tells something itself."""
    asides = [
        one for above in part.iterancestors() for one in above.iterchildren("aside", "div", "section") if tells(one)
    ]
    beside = {one for aside in asides for one in aside.iter()}
    inside = _within(everything, part)
    return [here or one.piece.kept or one.place in beside for here, one in zip(inside, everything, strict=True)]


def _words_within(everything: Sequence[Found], part: html.HtmlElement) -> int:
    here = _within(everything, part)
    return _words([one.piece for one, inside in zip(everything, here, strict=True) if inside])


def _judged(tree: html.HtmlElement) -> list[Piece]:
    """The blocks that trafilatura takes for the text of the page; a question about cookies, or a foot, is none."""
    page = copy.deepcopy(tree)
    for element in list(page.iter()):
        if (
            isinstance(element.tag, str)
            and element.getparent() is not None
            and (is_consent(element) or element.get(REACHES) is not None)
        ):
            element.drop_tree()
        elif is_own(element):  # in which trafilatura looks for no text
            element.tag = "span" if is_inline(element) else "div"
    found = trafilatura.extract(
        html.tostring(page, encoding="unicode"),
        output_format="html",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    return pieces_of(html.document_fromstring(found)) if found else []


def _chosen(everything: Sequence[Found], judged: Sequence[Piece]) -> list[bool]:
    """Whether each block's words are among those judged to be text."""
    blocks = [(_joined(piece), _is_short(piece)) for piece in judged]
    text = "\n" + "\n".join(said for said, _ in blocks) + "\n"
    long = [said for said, is_short in blocks if not is_short]
    return [not one.piece.furniture and _is_among(one.piece, text, long) for one in everything]


def _filled(everything: Sequence[Found], chosen: Sequence[bool]) -> list[bool]:
    """The same choice with what stands between two blocks that were chosen, or beside one in the same element.

    Of what stands after them, what shares the element that holds them all: an address, hours, a telephone number.
    Of what stands before them, what stands below the page's title, with rows of labels and values of few words. Of
    lists and cards of few words those that a heading or a line leads in and that lead nowhere: others are menus.
    """
    picked = [number for number, choice in enumerate(chosen) if choice]
    if not picked:
        return list(chosen)
    rows = {place for place in {one.place for one in everything} if is_row(place)}
    places = {_home(everything[number], rows) for number in picked} - {None}
    around = _holder([everything[number].place for number in picked])
    lists = _matter_lists(everything)
    titles = (number for number, one in enumerate(everything) if one.piece.is_title and not one.piece.furniture)
    title = next(titles, picked[0])
    filled = list(chosen)
    for number, one in enumerate(everything):
        if one.piece.furniture or one.linked >= ALL_LINK:
            continue
        listed = _list_of(one.place)
        listed = listed if listed in lists else None
        says = (_says_something(one.piece) or listed is not None) and title < number
        amid = number < picked[-1] or any(_stands_in(place, around) for place in (one.place, listed))
        is_label = title < number < picked[0] and one.place in rows
        filled[number] = chosen[number] or _home(one, rows) in places or is_label or (says and amid)
    return filled


def _with_lead_ins(everything: Sequence[Found], chosen: Sequence[bool]) -> list[bool]:
    """The same choice with the line over each list that opens it."""
    opens = [
        one.piece.text.endswith(":") and choice and after.piece.kind is BlockKind.ITEM
        for one, after, choice in zip(everything, everything[1:], chosen[1:], strict=False)
    ]
    return [choice or lead for choice, lead in zip_longest(chosen, opens, fillvalue=False)]


def _holder(places: Sequence[html.HtmlElement]) -> html.HtmlElement | None:
    """The innermost element that holds all of these."""
    shared = set(places[0].iterancestors())
    for place in places[1:]:
        shared &= set(place.iterancestors())
    return next((above for above in places[0].iterancestors() if above in shared), None)


def _stands_in(place: html.HtmlElement | None, holder: html.HtmlElement | None) -> bool:
    """Whether an element stands in another; directly, where that is the whole page, which may hold anything."""
    if holder is None or place is None:
        return False
    if holder.tag in {"body", "html"}:
        return place.getparent() is holder
    return any(above is holder for above in place.iterancestors())


def _home(one: Found, rows: Set[html.HtmlElement]) -> html.HtmlElement | None:
    """The list, the rows or the element that holds a block; None where that is the whole page."""
    home = one.place.getparent() if one.place.tag == "li" or one.place in rows else one.place
    return None if home is None or home.tag in {"body", "html"} else home


def _says_something(piece: Piece) -> bool:
    """Whether a block is more than the few words of a button or a menu; a sentence is, however short."""
    said = piece.text.split()
    worded = len(said) > FEW_WORDS or (len(said) > 1 and bool(_SENTENCE_END.search(piece.text)))
    return piece.kind in {BlockKind.ROW, BlockKind.CODE} or worded or any(map(str.isdigit, piece.text))


def _matter_lists(everything: Sequence[Found]) -> set[html.HtmlElement]:
    """The lists of several items, or cards, without a link or a button right below a heading or a line."""
    lists = {_list_of(one.place) for one in everything if one.place.tag in _LISTED}
    return {one for one in lists if one is not None and _is_matter(one)}


def _list_of(place: html.HtmlElement) -> html.HtmlElement | None:
    """The list of an item, or what holds a card and others beside it."""
    above = place.getparent()
    while place.tag == "div" and above is not None and above.tag == "div" and len(above) == 1:
        above = above.getparent()
    return above


def _is_matter(listed: html.HtmlElement) -> bool:
    items = [one for one in listed if isinstance(one.tag, str)]
    alike = {one.tag if one.tag == "li" else (one.tag, one.get("class", "")) for one in items}
    if len(items) < LEAST_ITEMS or len(alike) > 1 or has(listed, "a", "button", "input"):
        return False
    wrapped = listed.getprevious() is None and listed.getparent() is not None and len(listed.getparent()) == 1
    before = (listed.getparent() if wrapped else listed).getprevious()
    return before is not None and before.tag in {"p", *HEADINGS[1:]}


def _with_headings(found: Sequence[Found], kept: Sequence[bool]) -> list[Piece]:
    """The blocks that are kept, and the headings over them."""
    keep = [choice and one.piece.kind is not BlockKind.HEADING for one, choice in zip(found, kept, strict=True)]
    heads: list[int] = []  # the headings above, from the highest
    for number, one in enumerate(found):
        if one.piece.leaves:
            heads = [head for head in heads if found[head].piece.level < one.piece.leaves]
        if one.piece.kind is BlockKind.HEADING:
            heads = [*(head for head in heads if found[head].piece.level < one.piece.level), number]
        elif keep[number]:
            for head in heads:
                keep[head] = not found[head].piece.furniture
            heads = []
    return [one.piece for one, choice in zip(found, keep, strict=True) if choice]


def _is_among(piece: Piece, text: str, blocks: Sequence[str]) -> bool:
    """Whether a block was judged to be text, whole, as part of another, or in parts; few words only whole."""
    said = _joined(piece)
    if f"\n{said}\n" in text:
        return True
    return not _is_short(piece) and (said in text or any(block in said for block in blocks))


def _is_short(piece: Piece) -> bool:
    return len(piece.text.split()) <= FEW_WORDS


def _joined(piece: Piece) -> str:
    """What a block says without its spaces, of which trafilatura has some of its own, as before a full stop.

    Of a row a value once that several columns have, for trafilatura loses spans.
    """
    cells = (cell for cell, _ in groupby(piece.text.split(CELL_GAP)))
    return "".join((CELL_GAP.join(cells) if piece.kind is BlockKind.ROW else piece.text).split())


def _words(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces if not piece.furniture)
