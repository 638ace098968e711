"""What a site's robots.txt lets us fetch, as its standard (RFC 9309) has it: of rules that fit, the longest holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_LINE = re.compile(r"\s*([a-z-]+)\s*:\s*([^#]*)", re.IGNORECASE)
_ALLOWS = {"allow": True, "disallow": False}
_DELAY = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class _Rule:
    """Paths that begin so are allowed or not; "*" in it stands for anything, a "$" behind it for the path's end."""

    allows: bool
    path: str

    def fits(self, path: str) -> bool:
        """Whether a path begins so."""
        first, *others = self.path.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at, last = len(first), others.pop() if others else None
        for part in others:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if not self.path.endswith("$"):
            return last is None or path.find(last, at) >= 0
        return len(path) == at if last is None else path.endswith(last) and len(path) - len(last) >= at


@dataclass(slots=True)
class _Group:
    """The rules for some visitors, by their names in small letters."""

    visitors: list[str] = field(default_factory=list)
    rules: list[_Rule] = field(default_factory=list)
    delay: float = 0.0
    ended: bool = False  # a visitor that is named now begins another group


class Robots:
    """The rules of one site for one visitor; without any, everything is allowed."""

    def __init__(self, text: str, visitor: str) -> None:
        groups = list(_groups(text))
        named = [group for group in groups if visitor.lower() in group.visitors]
        held = named or [group for group in groups if _ANYBODY in group.visitors]
        rules = (rule for group in held for rule in group.rules)
        self._rules = sorted(rules, key=lambda rule: (-len(rule.path), not rule.allows))
        self.delay = max((group.delay for group in held), default=0.0)

    def allows(self, url: str) -> bool:
        """Whether the visitor may fetch an address; the rule that says most decides, and of two alike the kinder."""
        parts = urlsplit(url)
        path = unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        return next((rule.allows for rule in self._rules if rule.fits(path)), True)


def _groups(text: str) -> Iterator[_Group]:
    group = _Group()
    for line in text.splitlines():
        found = _LINE.match(line.removeprefix("\ufeff"))
        if not found:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            if group.ended:
                yield group
                group = _Group()
            group.visitors.append(value.partition("/")[0].strip().lower())
        elif key in _ALLOWS:
            group.ended = True
            if value:  # "Disallow:" without a path forbids nothing
                group.rules.append(_Rule(_ALLOWS[key], unquote(value)))
        elif key == "crawl-delay" and _DELAY.fullmatch(value):
            group.ended, group.delay = True, float(value)
    yield group
