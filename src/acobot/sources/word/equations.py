"""Equations of Word → text on one line, as one would type them: "R=0.7×V/52", "x²", "√(a+b)"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from acobot.sources.formula_signs import bound, is_bracketed, lowered, raised, upright
from acobot.sources.word.names import DELETED, TEXT

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION, EQUATIONS = f"{_MATH}oMath", f"{_MATH}oMathPara"
_VALUE = f"{_MATH}val"


def linear(equation: Any) -> str:
    """An equation, or a part of one, on one line."""
    return "".join(_parts(equation))


def _parts(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in {f"{_MATH}t", TEXT}:
            yield upright(child.text or "")
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
    return f"{bound(above)}/{bound(below)}"


def _root(element: Any) -> str:
    degree = _of(element, "deg")
    return (raised(degree) if degree else "") + f"√{bound(_of(element, 'e'))}"


def _script(element: Any) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    return _of(element, "e") + (lowered(below) if below else "") + (raised(above) if above else "")


def _sum(element: Any) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    ends = (f"_{bound(below)}" if below else "") + (f"^{bound(above)}" if above else "")
    return f"{_set(element, 'chr', '∫')}{ends} {_of(element, 'e')}"


def _brackets(element: Any) -> str:
    inside = (linear(one).strip() for one in element.iterfind(f"{_MATH}e"))
    between = _set(element, "sepChr", "|")
    return _set(element, "begChr", "(") + between.join(inside) + _set(element, "endChr", ")")


def _function(element: Any) -> str:
    name, inside = _of(element, "fName"), _of(element, "e")
    return name + (inside if is_bracketed(inside) else f" {inside}")


def _limit(element: Any) -> str:
    return f"{_of(element, 'e')}_{bound(_of(element, 'lim'))}"


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
