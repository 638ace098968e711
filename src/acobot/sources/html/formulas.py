"""Formulas of a page (MathML) → text on one line, as one would type them: "n×5", "x²", "(a+b)/2".

Changes the tree in place. Knows no blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import html

from acobot.sources.formula_signs import bound, lowered, raised, upright

_UNSAID = frozenset({"annotation", "annotation-xml", "mphantom"})
_UNSEEN = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))  # signs such as a times that is not written


def say_formulas(tree: html.HtmlElement) -> None:
    """Puts the text of each formula in its place, so that no sentence has a hole."""
    for formula in list(tree.iter("math")):
        said, tail = _linear(formula), formula.tail
        formula.clear(keep_tail=False)
        formula.tag, formula.text, formula.tail = "span", said, tail


def _linear(element: html.HtmlElement) -> str:
    """A formula, or a part of one, on one line."""
    if not isinstance(element.tag, str) or element.tag in _UNSAID:
        return ""
    if element.tag == "mspace":
        return " "
    count, make = _MADE.get(element.tag, (-1, _joined))
    parts = [part for part in element if isinstance(part.tag, str)]
    if element.tag in _MADE and count in {len(parts), -1}:
        return make([" ".join(_linear(part).split()) for part in parts])
    text = upright(_worded(element, element.text)).translate(_UNSEEN)
    for part in element:
        said = _linear(part)
        apart = text[-1:].isalnum() and said[:1].isalnum() and (part.tag == "mfrac" or _ends_with_fraction(part))
        text += f"{' ' if apart else ''}{said}{_worded(element, part.tail)}"
    return text


def _worded(element: html.HtmlElement, text: str | None) -> str:
    """A text of a formula's own, and not the white space between its parts."""
    return text or "" if (text or "").strip() or element.tag == "mtext" else ""


def _ends_with_fraction(part: html.HtmlElement) -> bool:
    """Whether a fraction stands right before: "1/2 x" is not "1/2x"."""
    before = part.getprevious()
    return before is not None and before.tag == "mfrac"


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts)


# Of how many parts each is made (-1: any number), and how it is said.
_MADE: dict[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "mfrac": (2, lambda parts: f"{bound(parts[0])}/{bound(parts[1])}"),
    "msup": (2, lambda parts: parts[0] + raised(parts[1])),
    "msub": (2, lambda parts: parts[0] + lowered(parts[1])),
    "msubsup": (3, lambda parts: parts[0] + lowered(parts[1]) + raised(parts[2])),
    "munder": (2, lambda parts: f"{parts[0]}_{bound(parts[1])} "),
    "munderover": (3, lambda parts: f"{parts[0]}_{bound(parts[1])}^{bound(parts[2])} "),
    "mroot": (2, lambda parts: f"{raised(parts[1])}√{bound(parts[0])}"),
    "msqrt": (-1, lambda parts: f"√{bound(_joined(parts))}"),
    "mfenced": (-1, lambda parts: f"({', '.join(parts)})"),
    "mtr": (-1, ", ".join),
    "mtable": (-1, "; ".join),
}
