"""Parts of formulas on one line: raised and lowered ones, brackets, ordinary letters. Texts in, texts out."""

from __future__ import annotations

import re
from unicodedata import normalize

_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # letters that are italic or bold by themselves
_RAISED = dict(zip("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ", strict=True))
_POWERS = str.maketrans(_RAISED)
_FIGURE = re.compile(r"\s*[+−-]?[0-9]+\s*")
_ABOVE = frozenset("°′″‴∘*†‡")  # signs that stand raised by themselves
_LOWERED = dict(zip("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True))


def raised(text: str) -> str:
    """A superscript: with characters of its own where there are, else after a circumflex."""
    if _ABOVE.issuperset(text.strip()):
        return text.strip()
    return _moved(text, _RAISED, "^")


def power(text: str) -> str:
    """Raised text outside formulas: a figure with characters of its own ("10⁶", not "106"), words as they are."""
    return text.translate(_POWERS) if _FIGURE.fullmatch(text) else text


def lowered(text: str) -> str:
    """A subscript, likewise, else after an underscore."""
    return _moved(text, _LOWERED, "_")


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    text = text.strip()
    if all(char in signs for char in text):
        return "".join(signs[char] for char in text)
    return mark + bound(text)


def upright(text: str) -> str:
    """The same text in ordinary letters."""
    return _STYLED.sub(lambda found: normalize("NFKC", found[0]), text)


def bound(text: str) -> str:
    """In brackets where it is more than one number or name."""
    text = text.strip()
    whole = all(char.isalnum() or char in ".," for char in text)
    return text if whole or is_bracketed(text) else f"({text})"


def is_bracketed(text: str) -> bool:
    """Whether the first bracket closes with the last character."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth <= 0:
            return place > 0 and place == len(text) - 1
    return False
