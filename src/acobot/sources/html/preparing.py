"""A page's tree, made ready to be read: closed panels opened, what is struck out taken out, abbreviations explained.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import html

from acobot.sources.html.addresses import say_addresses
from acobot.sources.html.dropping import drop_all
from acobot.sources.html.markup import HEADINGS, has, words_before
from acobot.sources.html.mending import mend
from acobot.sources.html.note_letters import drop_note_letters
from acobot.sources.html.own_titles import say_own_titles
from acobot.sources.html.panels import open_panels
from acobot.sources.html.shadow import show_shadow_trees
from acobot.sources.html.style_sheets import hidden_by_sheet, struck_by_sheet
from acobot.sources.struck import is_struck

NOTE_LENGTH = 6  # characters: longer ones are no footnote's number
PAGE_NUMBER_LENGTH = 12  # characters: "Page 112"
COUNTED = 3  # raised figures that count up from 1 and so are no powers: "rent¹", "per metre²" may be a power
TITLE_WORDS = 10  # of an abbreviation: a longer title is a remark
MOST_EXPLAINED = 500  # abbreviations of one page
_EPUB_TYPE = "epub:type"
_STOPPED = re.compile(r"(?:(?:[^\W\d_]|[%)\]\"'’”])[.,;:!?][\"'’”)\]]?|%|\b(?:1[89]|20)\d\d,?)$")
_FIGURE_STOPPED = re.compile(r"\d[.;:!?][\"'’”)\]]?$")  # two raised figures after it may be pence
_WORD = re.compile(r"(?<!\d\s)\b[^\W\d_]{3,}$")  # raised 2 or 3 after it may be a power: "metres²"
_BACK = re.compile("\\[?[\u2190\u2191\u21a9\u21b5\u21d1\u23ce\u2934\u2b06^]{1,3}[\ufe0e\ufe0f]?\\]?")  # arrows
_FIGURES = re.compile(r"\[?\d{1,3}\]?|[*†‡§]")
_NAMED_NOTE = re.compile(
    r"footnote|endnote|note-?ref|(?:^|[\s#_:-])(?:fn|ftn|edn)(?:ref)?[\s_:.-]?\d*(?:$|\s)", re.IGNORECASE
)
# Without one the column, term, meaning or number of what stands beside it is another's.
_PLACES = frozenset({"tr", "td", "th", "dt", "dd", "li"})
_NEVER_EXPLAINED = frozenset({"nav", "footer", "header", *HEADINGS})


def prepare(tree: html.HtmlElement) -> None:
    """Makes a page ready: its text is what a reader who opens everything would read as holding."""
    show_shadow_trees(tree)
    _show_without_scripts(tree)
    say_addresses(tree)
    _part_terms(tree)
    _drop_page_numbers(tree)
    _drop_note_numbers(tree)  # before figures over others are made powers
    drop_note_letters(tree)
    _drop_ways_back(tree)
    mend(tree)
    _drop_struck(tree)
    _explain_abbreviations(tree)
    for element in list(hidden_by_sheet(tree)):  # a panel among them is opened
        element.set("hidden", "")
    open_panels(tree)
    say_own_titles(tree)


def _show_without_scripts(tree: html.HtmlElement) -> None:
    """Shows tables and terms that a page has for readers without scripts; their other words ask to turn these on.

    None whose head stands in a table that everybody sees: a script filled that in before the page was saved.
    """
    unscripted = list(tree.iter("noscript"))
    shown = (one for one in tree.iter("table") if unscripted and next(one.iterancestors("noscript"), None) is None)
    heads = {_words(line) for table in shown for line in islice(table.iter("tr"), 1)}
    for one in unscripted:
        lines = [line for line in one.iter("tr") if len(line) > 1]
        rows = max(len(lines), sum(1 for _ in one.iter("dd")))
        again = bool(lines) and _words(lines[0]) in heads
        if rows > 1 and not again and not has(one, "a", "style", "form", "iframe"):
            one.tag = "div"


def _words(row: html.HtmlElement) -> str:
    return " ".join(" ".join(row.itertext()).split())


def _part_terms(tree: html.HtmlElement) -> None:
    """Puts terms and meanings that a page never closes beside each other; the parser puts them into each other."""
    for inner in list(tree.iter("dt", "dd")):
        outer = inner.getparent()
        if outer is not None and outer.tag == inner.tag:
            after = [inner, *inner.itersiblings()]
            for one in reversed(after):
                outer.addnext(one)


def _drop_struck(tree: html.HtmlElement) -> None:
    """Takes out what is crossed out, for it no longer holds; of what has a place in a row or list, its words."""
    for element in [*struck_by_sheet(tree), *filter(_is_struck, tree.iter())]:
        if element.tag in _PLACES:
            for place in element.iterchildren("td", "th") if element.tag == "tr" else (element,):
                del place[:]
                place.text = None
        elif element.getparent() is not None:
            element.drop_tree()


def _is_struck(element: html.HtmlElement) -> bool:
    return isinstance(element.tag, str) and is_struck(element.tag, element.get("class", ""), element.get("style", ""))


def _drop_page_numbers(tree: html.HtmlElement) -> None:
    """Takes out the numbers of the printed pages that an e-book marks within its text."""
    marks = [one for one in tree.iter("span", "div", "a") if "pagebreak" in _roles(one) and not len(one)]
    for mark in marks:
        if len(mark.text or "") <= PAGE_NUMBER_LENGTH and mark.getparent() is not None:
            mark.drop_tree()


def _roles(element: html.HtmlElement) -> set[str]:
    return {element.get(_EPUB_TYPE, ""), element.get("role", "").removeprefix("doc-")}


def _drop_note_numbers(tree: html.HtmlElement) -> None:
    """Takes out the numbers of footnotes, which are no part of their sentences."""
    numbers: dict[html.HtmlElement, str] = {}  # with the words before each
    plain: dict[html.HtmlElement, str] = {}
    for mark in list(tree.iter("sup", "a", "span")):
        if mark.getparent() is not None and len(mark.text_content()) < NOTE_LENGTH:
            before = mark.getprevious()
            said = numbers[before] if before in numbers and not before.tail else words_before(mark)
            if _is_note_number(mark, said):
                numbers[mark] = said
            if _raised_number(mark) and (_STOPPED.search(said) or _WORD.search(said)):
                plain[mark] = said
    counted = [_raised_number(mark) for mark in plain]
    if len(counted) >= COUNTED and counted == list(range(1, len(counted) + 1)):
        numbers |= plain
    drop_all(numbers)


def _drop_ways_back(tree: html.HtmlElement) -> None:
    """Takes out the links that lead from a note back to its number; for them a list of notes looks like a menu."""
    back: dict[html.HtmlElement, None] = {}
    for link in tree.iter("a"):
        is_arrow = link.get("href", "").startswith("#") and _BACK.fullmatch(link.text_content().strip())
        if is_arrow or "backlink" in _roles(link):
            back[link] = None
    drop_all(back)


def _is_note_number(mark: html.HtmlElement, before: str) -> bool:
    """Whether it leads to a note: a raised link, figures that are named so, or raised figures where no power stands."""
    said = mark.text_content().strip()
    if mark.tag != "sup":
        return "noteref" in _roles(mark) or (
            bool(_FIGURES.fullmatch(said)) and _names_note(mark) and _is_joined(mark, before)
        )
    if mark.find(".//a") is not None or next(mark.iterancestors("a"), None) is not None:
        return True
    return bool(_FIGURES.fullmatch(said)) and bool(
        _STOPPED.search(before)
        or (_FIGURE_STOPPED.search(before) and len(said) == 1)
        or (_WORD.search(before) and said not in {"2", "3"})
    )


def _raised_number(mark: html.HtmlElement) -> int:
    """The number that is raised in plain words and no link, else 0."""
    said = mark.text_content().strip() if mark.tag == "sup" and not len(mark) else ""
    is_number = said.isdecimal() and next(mark.iterancestors("a"), None) is None
    return int(said) if is_number else 0


def _names_note(mark: html.HtmlElement) -> bool:
    """Whether the place that a link leads to, or a class of what holds a number, is named as a note's."""
    leads = mark.get("href", "") if mark.get("href", "").startswith("#") else ""
    return any(_NAMED_NOTE.search(name) for name in (leads, mark.get("class", "")))


def _is_joined(mark: html.HtmlElement, before: str) -> bool:
    """Whether no space stands before it: "see note 1" and the number before a note's own text have one, or nothing."""
    beside = mark.getprevious()
    said = before or (_last_words(beside) if beside is not None else "")
    return bool(said[-1:].strip())


def _last_words(element: html.HtmlElement) -> str:
    while len(element) and not element[-1].tail:
        element = element[-1]
    return (element[-1].tail if len(element) else element.text) or ""


def _explain_abbreviations(tree: html.HtmlElement) -> None:
    """Writes the title of an abbreviation in brackets after its first use, unless it stands there already."""
    explained: set[str] = set()
    for element in tree.iter("abbr", "acronym"):
        said, title = " ".join(element.text_content().split()), " ".join(element.get("title", "").split())
        is_name = title and title != said and len(title.split()) <= TITLE_WORDS and not any(map(str.isdigit, title))
        aside = any(above.tag in _NEVER_EXPLAINED for above in element.iterancestors())
        if said and is_name and not aside and said not in explained and len(explained) < MOST_EXPLAINED:
            explained.add(said)
            if title.casefold() not in _around(element):
                element.tail = f" ({title}){element.tail or ''}"


def _around(element: html.HtmlElement) -> str:
    parent = element.getparent()
    return " ".join(parent.text_content().split()).casefold() if parent is not None else ""
