"""A page's tree, made ready to be read: closed panels opened, what is struck out taken out, abbreviations explained.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml import html

from acobot.sources.html.markup import HEADINGS, is_opener, is_panel, is_unseen, may_open, name_of, words_before
from acobot.sources.html.mending import mend
from acobot.sources.html.style_sheets import hidden_by_sheet, struck_by_sheet
from acobot.sources.struck import is_struck

PANEL_TITLE = "data-title-of-panel"  # an attribute of ours: what the control says that opens the panel
NOTE_LENGTH = 6  # characters: longer ones are no footnote's number
PAGE_NUMBER_LENGTH = 12  # characters: "Page 112"
COUNTED = 3  # raised figures that count up from 1 and so are no powers: "rent¹", "per metre²" may be a power
TITLE_WORDS = 10  # of an abbreviation: a longer title is a remark
MOST_EXPLAINED = 500  # abbreviations of one page
LABEL_WORDS = 12  # of a control
SCRIPT_LENGTH = 200  # characters of what a button runs
_NAMED_BY_SCRIPT = re.compile(r"['\"]#?([\w-]{1,60})['\"]")
# Names of tabs and of rows of them, and not of their panels: "nav-tabs", "tab-link", "x-tabs__list-item".
_TAB = re.compile(
    r"(?:^|[\s_-])tabs?(?:[_-]{0,2}(?:list|link|nav|item|title|menu|bar|header)s?){0,2}(?:$|\s)", re.IGNORECASE
)
_EPUB_TYPE = "epub:type"
_STOPPED = re.compile(r"(?:(?:[^\W\d_]|[%)\]\"'’”])[.,;:!?][\"'’”)\]]?|%|\b(?:1[89]|20)\d\d,?)$")
_FIGURE_STOPPED = re.compile(r"\d[.;:!?][\"'’”)\]]?$")  # two raised figures after it may be pence
_WORD = re.compile(r"(?<!\d\s)\b[^\W\d_]{3,}$")  # raised 2 or 3 after it may be a power: "metres²"
_FIGURES = re.compile(r"\[?\d{1,3}\]?|[*†‡§]")
_NAMED_NOTE = re.compile(
    r"footnote|endnote|note-?ref|(?:^|[\s#_:-])(?:fn|ftn|edn)(?:ref)?[\s_:.-]?\d*(?:$|\s)", re.IGNORECASE
)
# Without one the column, term, meaning or number of what stands beside it is another's.
_PLACES = frozenset({"tr", "td", "th", "dt", "dd", "li"})
_NEVER_EXPLAINED = frozenset({"nav", "footer", "header", *HEADINGS})


def prepare(tree: html.HtmlElement) -> None:
    """Makes a page ready: its text is what a reader who opens everything would read as holding."""
    _part_terms(tree)
    _drop_page_numbers(tree)
    _drop_note_numbers(tree)  # before figures over others are made powers
    mend(tree)
    _drop_struck(tree)
    _explain_abbreviations(tree)
    for element in list(hidden_by_sheet(tree)):  # a panel among them is opened
        element.set("hidden", "")
    _open_panels(tree)


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
    for mark in numbers:
        if mark.getparent() is not None:  # and so it is the first of those beside it
            _drop_run([mark, *takewhile(numbers.__contains__, mark.itersiblings())])


def _drop_run(run: list[html.HtmlElement]) -> None:
    """Takes out elements that stand beside each other, at once: text that is joined one by one is copied each time."""
    before, parent = run[0].getprevious(), run[0].getparent()
    after = "".join(one.tail or "" for one in run)
    for one in run:
        parent.remove(one)
    if before is not None:
        before.tail = f"{before.tail or ''}{after}"
    else:
        parent.text = f"{parent.text or ''}{after}"


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


def _open_panels(tree: html.HtmlElement) -> None:
    """Opens what a button, a tab or a heading opens, and keeps the words of a control beside its panel."""
    elements = {one.get("id"): one for one in tree.iter() if isinstance(one.tag, str) and one.get("id")}
    for control in list(tree.iter()):
        panel = next((elements[name] for name in _targets(control) if name in elements), None)
        if panel is not None and may_open(panel) and panel not in control.iterancestors():
            _open(panel)
            _keep_title(control, panel)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or not may_open(element):
            continue
        hidden = is_unseen(element)
        if hidden and is_panel(element):
            _open(element)
        elif hidden:
            continue
        before = element.getprevious()
        if before is not None and before.get(PANEL_TITLE) is None and is_opener(before, named=not hidden):
            _keep_title(before, element)


def _targets(control: html.HtmlElement) -> list[str]:
    """The ids of what a button or tab says that it opens."""
    if not isinstance(control.tag, str):
        return []
    named = (control.get("aria-controls") or "").split()
    toggles = control.get("data-toggle") or control.get("data-bs-toggle")
    if control.tag == "button" or control.get("role") == "tab" or toggles or _is_tab(control):
        said = (control.get("data-target"), control.get("data-bs-target"), control.get("href"))
        named += [target[1:] for target in said if target and target.startswith("#")]
        named += _NAMED_BY_SCRIPT.findall(control.get("onclick", "")[:SCRIPT_LENGTH])
    return named


def _is_tab(control: html.HtmlElement) -> bool:
    """Whether a link is a tab by its own name or its list's; without a script it leads to its panel.

    A link in a sentence is none, whatever holds it.
    """
    around = (control, *islice(control.iterancestors(), 2))
    if control.tag != "a" or not any(_TAB.search(name_of(one)) for one in around):
        return False
    beside = (next(control.itersiblings("*", preceding=before), control) for before in (True, False))
    return all(one.tag == "a" for one in beside) and not any(map(_is_amid_words, around[:2]))


def _is_amid_words(element: html.HtmlElement) -> bool:
    return bool(words_before(element).strip() or (element.tail or "").strip())


def _open(element: html.HtmlElement) -> None:
    for name in ("hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)


def _keep_title(control: html.HtmlElement, panel: html.HtmlElement) -> None:
    """The words of a control over its panel, unless a heading says them; links and buttons are not read themselves."""
    said = label_of(control)
    headed = any(above.tag in {"dt", "summary", *HEADINGS} for above in (control, *control.iterancestors()))
    if said and not headed and len(said.split()) <= LABEL_WORDS and control.tag in {"button", "a", "li", "span", "div"}:
        panel.set(PANEL_TITLE, said)
        control.set(PANEL_TITLE, "")  # said over the panel, and so not here


def label_of(control: html.HtmlElement) -> str:
    """What a button says, without what comes after a mark of its own: "Opening hours" of "Opening hours , Show"."""
    parts = [" ".join(part.split()) for part in _seen_in(control)]
    words: list[str] = []
    for part in parts:
        if part and not any(char.isalnum() for char in part) and words and len(part) == 1 and part in ",–-|+":
            break
        words.append(part)
    return " ".join(word for word in words if word)


def _seen_in(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element, without those of its pictures and of what is hidden in it."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag != "svg" and not is_unseen(child):
            yield from _seen_in(child)
        yield child.tail or ""
