"""What a button, a tab or a heading opens: opened, and kept with the words of what opens it.

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice, pairwise

from lxml import html

from acobot.sources.html.markup import HEADINGS, is_opener, is_panel, is_unseen, may_open, name_of, words_before

PANEL_TITLE = "data-title-of-panel"  # an attribute of ours: what the control says that opens the panel
LABEL_WORDS = 12  # of a control
SCRIPT_LENGTH = 200  # characters of what a button runs
_NAMED_BY_SCRIPT = re.compile(r"['\"]#?([\w-]{1,60})['\"]")
# Names of tabs and of rows of them, and not of their panels: "nav-tabs", "tab-link", "x-tabs__list-item".
_TAB = re.compile(
    r"(?:^|[\s_-])tabs?(?:[_-]{0,2}(?:list|link|nav|item|title|menu|bar|header)s?){0,2}(?:$|\s)", re.IGNORECASE
)

# "read-more-content", "more-text": no menu that is named "more".
_MORE = re.compile(r"(?:^|[\s_-])(?:(?:read|show|view|see)-?)?more(?:-?(?:text|content))?(?:$|\s)", re.IGNORECASE)
_SHOWS_MORE = re.compile(r"(?:^|[\s_-])(?:show|view|see|load|read)-?(?:more|all)(?:$|[\s_-])", re.IGNORECASE)
# What a script fills in, or shows where there is nothing else to show.
_NO_ITEM = re.compile(
    r"(?:^|[\s_-])(?:template|tpl|clone|prototype|no-?(?:results?|items?|match(?:es)?|data)|empty|load(?:ing|er)|spinner"
    r"|placeholder|skeleton)(?:$|[\s_-])",
    re.IGNORECASE,
)
CONTROL_NAME = 2  # words
_RESTS = frozenset({"div", "p", "span"})
_LISTED = frozenset({"li", "tr"})


def open_panels(tree: html.HtmlElement) -> None:
    """Opens what a button, a tab or a heading opens, and keeps the words of a control beside its panel."""
    for control, panel in _controlled(tree):
        if may_open(panel) and panel not in control.iterancestors():
            _open(panel)
            _keep_title(control, panel)
    last = set(_last_listed(tree))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if is_unseen(element) and _is_rest(element, last):
            _open(element)
        if not may_open(element):
            continue
        hidden = is_unseen(element)
        if hidden and is_panel(element):
            _open(element)
        elif hidden:
            continue
        before = element.getprevious()
        if before is not None and before.get(PANEL_TITLE) is None and is_opener(before, named=not hidden):
            _keep_title(before, element)


def _last_listed(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The items and rows behind which no other beside them is shown."""
    for one in tree.iter(*_LISTED):
        if next(one.itersiblings(one.tag), None) is None:
            yield one
            for behind, before in pairwise([one, *one.itersiblings(one.tag, preceding=True)]):
                if not is_unseen(behind):
                    break
                yield before


def _is_rest(element: html.HtmlElement, last: Container[html.HtmlElement]) -> bool:
    """Whether an element is by its name the rest of a text, and a button or a link to nowhere behind it shows it.

    Of a list or a table its `last` items or rows are, where the control is named so.
    """
    if element.tag in _LISTED:
        holder = next(element.iterancestors("table", "ul", "ol"), None)
        after = None if holder is None else holder.getnext()
        if holder is None or after is None or _NO_ITEM.search(name_of(element)):
            return False
        if not any(map(_shows_more, after.iter("a", "button"))):
            return False
        first = next(holder.iter(element.tag))
        if first is element:
            return False
        if element.tag == "tr" and len(element) < len(first):  # "Nothing found" over all columns
            return False
        return element in last
    says = len(element.text_content().split()) > CONTROL_NAME  # "Read more" is the control itself
    if element.tag not in _RESTS or not _MORE.search(name_of(element)) or not says:
        return False
    after = element.getnext()
    if after is None and element.getparent() is not None:
        after = element.getparent().getnext()
    controls = () if after is None else filter(_leads_nowhere, after.iter("a", "button"))
    return any(one.text_content().split() == after.text_content().split() for one in controls)


def _shows_more(control: html.HtmlElement) -> bool:
    return _leads_nowhere(control) and bool(_SHOWS_MORE.search(name_of(control)))


def _leads_nowhere(control: html.HtmlElement) -> bool:
    leads: str = control.get("href", "#").lower()
    return bool(control.tag == "button") or leads == "#" or leads.startswith("javascript:")


def _controlled(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, html.HtmlElement]]:
    """Each control with its panel, where one of them names the other."""
    elements = {one.get("id"): one for one in tree.iter() if isinstance(one.tag, str) and one.get("id")}
    for one in tree.iter():
        panel = next((elements[name] for name in _targets(one) if name in elements), None)
        if panel is not None:
            yield one, panel
        tab = elements.get(one.get("aria-labelledby", "").strip()) if one.get("role") == "tabpanel" else None
        if tab is not None and one.get(PANEL_TITLE) is None:
            yield tab, one


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
