"""A language pack's folder → `Language`, checked. Errors name the file, the line and the mend.

    language.yaml   words, rules and patterns; `fragments:` are put wherever a pattern says "{name}"
    messages.po     the texts

The packs that come with acobot lie beside this file; any other is named by its folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from acobot.languages.catalogue import FILE as MESSAGES
from acobot.languages.catalogue import check_against, read_catalogue
from acobot.languages.record import Language
from acobot.packing import check_record, expand_fragments, find_pack, packs_in, read_pack_file

DEFAULT_LANGUAGE = "en"
RULES = "language.yaml"
_HERE = Path(__file__).parent


@cache
def load_language(name: str) -> Language:
    """The language pack of this name, or in this folder. Raises `PackError`."""
    folder = find_pack(name, _HERE, RULES, "ACOBOT_LANGUAGE")
    said, lines, raw = read_pack_file(folder / RULES)
    fragments: dict[str, Any] = said.pop("fragments", {})
    catalogue = read_catalogue(folder)
    if folder != _HERE / DEFAULT_LANGUAGE:
        check_against(catalogue, load_language(DEFAULT_LANGUAGE).catalogue, folder / MESSAGES)
    said = expand_fragments(said, fragments, folder / RULES, lines)
    catalogue = replace(catalogue, thousands=str(said.get("figures", {}).get("thousands", "")))
    own = {"digest": hashlib.sha256(raw).hexdigest(), "name": folder.name, "catalogue": catalogue}
    return check_record(Language, {**said, **own}, folder / RULES, lines)


def packaged_languages() -> tuple[str, ...]:
    """The names of the packs that come with acobot."""
    return packs_in(_HERE, RULES)
