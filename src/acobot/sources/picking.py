"""Which parts of a file its maintainer names: what alone is read, what is kept whatever the rules say, what is dropped.

What names a part is a text that it holds, or of a web page a CSS selector. Knows no tree and no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Elements that a selector may name without an id, a class or an attribute; anything else could be a text.
_TAGS = (
    r"(?:a|abbr|address|article|aside|blockquote|body|button|caption|cite|code|dd|details|dialog|div|dl|dt|em|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|menu|nav|ol|p|pre|search|section|small|span|strong|sub"
    r"|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|ul|\*)"
)
_MARK = r"(?:[.#][A-Za-z_][\w-]*|\[[\w-]+(?:[~|^$*]?=(?:\"[^\"]*\"|'[^']*'|[\w-]+))?\]|:[a-z-]+(?:\([^()]*\))?)"
_COMPOUND = rf"(?:{_TAGS}{_MARK}*|{_MARK}+)"
_SELECTOR = re.compile(rf"{_COMPOUND}(?:(?: ?[>+~,] ?| ){_COMPOUND})*")
_LONGEST = 300  # characters of a selector


@dataclass(frozen=True, slots=True)
class Pick:
    """`selector` is what alone is read of a web page; what holds one of `keep` is never taken for page furniture.

    What holds one of `drop` always is, but for what is kept.
    """

    selector: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


EVERYTHING = Pick()


def is_selector(named: str) -> bool:
    """Whether what names a part of a web page is a CSS selector, and no text: "aside", "#fees", ".box > p"."""
    return len(named) <= _LONGEST and bool(_SELECTOR.fullmatch(named))


def folded(text: str) -> str:
    """A text as it is compared: in small letters, with single spaces."""
    return " ".join(text.casefold().split())


def texts_of(named: Sequence[str], *, of_page: bool) -> tuple[str, ...]:
    """Those of the names that are texts: of a page's the ones that are no selectors."""
    return tuple(one for one in named if not (of_page and is_selector(one)))
