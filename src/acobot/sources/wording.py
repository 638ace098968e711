"""What readers must know of the language of the sources: words that they put into a text, compounds, names of bodies.

A record that travels to the readers' process, where no language pack is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from acobot.languages import Language

PREFIX = "reading."  # of the catalogue's keys


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts by key, with places for values, and patterns of compounds that keep their hyphen and of bodies' names.

    Without a text, as in tests of one format, its key and the value are said instead.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    hyphened: str = "(?!)"
    body: str = "(?!)"

    def say(self, key: str, what: object) -> str:
        """A remark on what is not in the text, in brackets."""
        said = self.texts[key].format(what=what) if key in self.texts else f"{key.removeprefix(PREFIX)} {what}"
        return f"[{said}]"

    def is_hyphened(self, compound: str) -> bool:
        """Whether "well-known" is one word with its hyphen, if nothing else tells."""
        return bool(re.match(self.hyphened, compound, re.IGNORECASE | re.VERBOSE))

    def is_body(self, name: str) -> bool:
        """Whether a name is one of a council, a trust or the like."""
        return bool(re.match(self.body, name, re.IGNORECASE | re.VERBOSE))


NO_WORDS = Wording()


def wording_of(language: Language) -> Wording:
    """That of a language pack."""
    texts = {PREFIX + key: text for key, text in language.catalogue.starting(PREFIX).items()}
    return Wording(texts, language.words.hyphened.pattern, language.furniture.body.pattern)
