"""Whether an element of HTML is hidden, by its style or by what stands in its tag. Knows no tree."""

from __future__ import annotations

import re

# Parts of names of what a button, a tab or a heading opens.
PANEL = re.compile(
    r"accordion|collaps|(?:^|[\s_-])(?:tab-?content|tab-?pane|panel|tab|tabs|toggle|expand|expandable|faq|answer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDING = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_NOT_HIDDEN = frozenset({"until-found", "{false}"})


def hides(declarations: str) -> bool:
    """Whether a style hides what has it."""
    return bool(_HIDING.search(declarations))


def is_written_hidden(tag: str) -> bool:
    """Whether a tag hides its element, and nothing in it says that a reader can open it."""
    said = {key.lower(): "".join(values) for key, *values in _ATTRIBUTE.findall(tag)}
    names = " ".join(said.get(key, "") for key in ("class", "classname", "id"))  # the second as MDX writes it
    if PANEL.search(names) or said.get("role") == "tabpanel":
        return False
    return hides(said.get("style", "")) or said.get("hidden", "{false}").lower() not in _NOT_HIDDEN
