"""Equations of Word → text on one line, as one would type them: "R=0.7×V/52", "x²", "√(a+b)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

from acobot.sources.word.names import DELETED, TEXT

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION, EQUATIONS = f"{_MATH}oMath", f"{_MATH}oMathPara"
_VALUE = f"{_MATH}val"
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # letters that are italic or bold by themselves
_RAISED = dict(zip("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True))


def linear(equation: Any) -> str:
    """An equation, or a part of one, on one line."""
    return "".join(_parts(equation))


def raised(text: str) -> str:
    """A superscript: with characters of its own where there are, else after a circumflex."""
    return _moved(text, _RAISED, "^")


def lowered(text: str) -> str:
    """A subscript, likewise, else after an underscore."""
    return _moved(text, _LOWERED, "_")


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    text = text.strip()
    if all(char in signs for char in text):
        return "".join(signs[char] for char in text)
    return mark + _bound(text)


def _bound(text: str) -> str:
    """In brackets where it is more than one number or name."""
    text = text.strip()
    whole = all(char.isalnum() or char in ".," for char in text)
    return text if whole or _is_bracketed(text) else f"({text})"


def _is_bracketed(text: str) -> bool:
    """Whether the first bracket closes with the last character."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth <= 0:
            return place > 0 and place == len(text) - 1
    return False


def _parts(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in {f"{_MATH}t", TEXT}:
            yield _STYLED.sub(lambda found: normalize("NFKC", found[0]), child.text or "")
        elif tag in DELETED or tag.endswith("Pr") or tag == f"{_MATH}phant":
            continue
        else:
            make = _MADE.get(tag.removeprefix(_MATH))
            yield make(child) if make else linear(child)


def _of(element: Any, name: str) -> str:
    child = element.find(_MATH + name)
    return linear(child).strip() if child is not None else ""


def _set(element: Any, name: str, default: str) -> str:
    """What the properties set a sign to; an empty sign is one that is not shown."""
    found = next((one for one in element.iterfind(f"{_MATH}{_tag(element)}Pr/{_MATH}{name}")), None)
    return default if found is None else found.get(_VALUE) or ""


def _tag(element: Any) -> str:
    return str(element.tag).removeprefix(_MATH)


def _fraction(element: Any) -> str:
    above, below = _of(element, "num"), _of(element, "den")
    return f"{_bound(above)}/{_bound(below)}"


def _root(element: Any) -> str:
    degree = _of(element, "deg")
    return (raised(degree) if degree else "") + f"√{_bound(_of(element, 'e'))}"


def _script(element: Any) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    return _of(element, "e") + (lowered(below) if below else "") + (raised(above) if above else "")


def _sum(element: Any) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    ends = (f"_{_bound(below)}" if below else "") + (f"^{_bound(above)}" if above else "")
    return f"{_set(element, 'chr', '∫')}{ends} {_of(element, 'e')}"


def _brackets(element: Any) -> str:
    inside = (linear(one).strip() for one in element.iterfind(f"{_MATH}e"))
    between = _set(element, "sepChr", "|")
    return _set(element, "begChr", "(") + between.join(inside) + _set(element, "endChr", ")")


def _function(element: Any) -> str:
    name, inside = _of(element, "fName"), _of(element, "e")
    return name + (inside if _is_bracketed(inside) else f" {inside}")


def _limit(element: Any) -> str:
    return f"{_of(element, 'e')}_{_bound(_of(element, 'lim'))}"


def _lines(element: Any) -> str:
    return "; ".join(linear(one).strip() for one in element.iterfind(f"{_MATH}e"))


def _matrix(element: Any) -> str:
    return "; ".join(
        ", ".join(linear(one).strip() for one in line.iterfind(f"{_MATH}e")) for line in element.iterfind(f"{_MATH}mr")
    )


_MADE: dict[str, Callable[[Any], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSub": _script,
    "sSup": _script,
    "sSubSup": _script,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "eqArr": _lines,
    "m": _matrix,
}
