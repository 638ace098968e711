"""Every text that acobot says of its own, by key: a gettext catalogue (messages.po), read with Babel.

A `msgid` is a key such as `answer.not_in_sources`, its `msgstr` the text, with named places for values: "{count}".
Where the text depends on a number, there are plural forms by the language's own rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from markupsafe import Markup

from acobot.errors import PackError

FILE = "messages.po"
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The texts of one language: `texts` by key, each with its plural forms; `form` says which form a number takes.

    `lines` are where they stand in the file, `thousands` what parts thousands.
    """

    texts: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    lines: Mapping[str, int] = field(default_factory=dict)
    thousands: str = ","

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values in their places."""
        return self.texts[key][0].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of a key for so many things, which stand at `{count}` with separators of thousands."""
        forms = self.texts[key]
        return forms[min(self.form(number), len(forms) - 1)].format(count=self.number(number), **values)

    def number(self, number: int) -> str:
        """A whole number as it is written, thousands parted."""
        return f"{number:,}".replace(",", self.thousands)

    def markup(self, key: str, **values: object) -> Markup:
        """The text of a key as HTML: the text is trusted, the values are escaped unless they are markup themselves."""
        return Markup(self.texts[key][0]).format(**values)  # noqa: S704  the pack's own text

    def starting(self, prefix: str) -> dict[str, str]:
        """The texts whose keys begin so, by what follows."""
        return {key.removeprefix(prefix): forms[0] for key, forms in self.texts.items() if key.startswith(prefix)}


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a pack. Raises `PackError`, which names file and line."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            read = read_po(file, abort_invalid=True)
    except FileNotFoundError:
        raise PackError(f"{path} is missing; a language pack has its texts there") from None
    except PoFileError as error:
        reason = str(error).rpartition(" on ")[0]
        raise PackError(f"{path}, line {error.lineno + 1}: not valid gettext ({reason}); mend it") from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise PackError(f"{path} is not a gettext catalogue in UTF-8: {error}") from None
    texts, lines = {}, {}
    for message in read:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        lines[key] = message.lineno or 1
        if not all(forms):
            raise PackError(f"{path}, line {lines[key]}: {key!r} has no text; write its msgstr")
        texts[key] = forms
    return Catalogue(texts, c2py(read.plural_expr), lines)


def check_against(catalogue: Catalogue, model: Catalogue, path: Path) -> None:
    """Raises `PackError` unless a catalogue has the keys of the model, and each text its places for values."""
    if missing := sorted(model.texts.keys() - catalogue.texts.keys()):
        raise PackError(
            f"{path} lacks {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}; add each with its text"
        )
    for key, forms in catalogue.texts.items():
        if key not in model.texts:
            raise PackError(f"{path}, line {catalogue.lines[key]}: {key!r} is not a known key; take it out")
        known = {place for form in model.texts[key] for place in _PLACE.findall(form)}
        strange = sorted({place for form in forms for place in _PLACE.findall(form)} - known)
        if strange:
            places = ", ".join(f"{{{place}}}" for place in sorted(known)) or "none"
            raise PackError(
                f"{path}, line {catalogue.lines[key]}: {{{strange[0]}}} in {key!r} is unknown; there are {places}"
            )
