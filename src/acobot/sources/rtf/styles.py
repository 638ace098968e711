"""The styles of an RTF text, and which of them are of headings. Knows no tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LEVELS = 6  # of headings
LONGEST_NAME = 100  # characters of a style's name that are read
NO_OUTLINE = 9  # Word's outline level of body text
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


@dataclass(slots=True)
class Styles:
    """The document's styles by number: their names, and the outline levels of headings."""

    names: dict[int, str] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    open: int = 0  # the one that is being told

    def say_name(self, text: str) -> None:
        """Goes on with the name of the style that is open."""
        name = self.names.get(self.open, "")
        if len(name) < LONGEST_NAME:
            self.names[self.open] = name + text[:LONGEST_NAME]

    def level(self, style: int) -> int:
        """The rank of the headings of this style, 0 for a text's."""
        name = self.names.get(style, "").partition(";")[0].strip()
        if found := _HEADING.match(name):
            return min(int(found[1]), LEVELS)
        if name.lower() == "title":
            return 1
        return min(self.levels.get(style, -1) + 1, LEVELS) if self.levels.get(style, NO_OUTLINE) < NO_OUTLINE else 0
