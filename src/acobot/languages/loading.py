"""A language pack's folder → `Language`, checked. Errors name the file, the line and the mend.

    language.yaml   words, rules and patterns; `fragments:` are put wherever a pattern says "{name}"
    messages.po     the texts
    everyday.txt    what people say, and what texts write instead; a pack may do without

The packs that come with acobot lie beside this file; any other is named by its folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path

from acobot.errors import PackError
from acobot.languages.catalogue import FILE as MESSAGES
from acobot.languages.catalogue import check_against, read_catalogue
from acobot.languages.record import Language
from acobot.packing import Lines, check_record, expand_fragments, find_pack, keys_under, packs_in, read_pack_file

DEFAULT_LANGUAGE = "en"
READING = 4  # raised with each change of how, by the rules of a pack, sources become passages: indexes are built anew
RULES = "language.yaml"
EVERYDAY = "everyday.txt"
_HERE = Path(__file__).parent


@cache
def load_language(name: str) -> Language:
    """The language pack of this name, or in this folder. Raises `PackError`."""
    folder = find_pack(name, _HERE, RULES, "ACOBOT_LANGUAGE")
    said, lines, raw = read_pack_file(folder / RULES)
    fragments = keys_under(said, "fragments", folder / RULES, lines)
    catalogue = read_catalogue(folder)
    if folder != _HERE / DEFAULT_LANGUAGE:
        check_against(catalogue, load_language(DEFAULT_LANGUAGE).catalogue, folder / MESSAGES)
    said = expand_fragments(said, fragments, folder / RULES, lines)
    figures = said.get("figures")
    thousands = str(figures.get("thousands", "")) if isinstance(figures, dict) else ""
    catalogue = replace(catalogue, thousands=thousands)
    own = {
        "digest": _digest(raw),
        "name": folder.name,
        "catalogue": catalogue,
        "everyday": _read_everyday(folder / EVERYDAY),
    }
    language = check_record(Language, {**said, **own}, folder / RULES, lines)
    if folder != _HERE / DEFAULT_LANGUAGE:
        _check_groups(language, load_language(DEFAULT_LANGUAGE), folder / RULES, lines)
    return language


def packaged_languages() -> tuple[str, ...]:
    """The names of the packs that come with acobot."""
    return packs_in(_HERE, RULES)


def _digest(rules: bytes) -> str:
    return hashlib.sha256(b"%d %b" % (READING, rules)).hexdigest()


def _read_everyday(path: Path) -> dict[str, tuple[str, ...]]:
    """Phrases with the terms for each, the likeliest first. Raises `PackError`."""
    if not path.exists():
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path} cannot be read: {error}") from None
    found = {}
    for number, line in enumerate(lines, start=1):
        phrase, _, told = (part.strip() for part in line.partition("="))
        terms = tuple(term.strip() for term in told.split(","))
        if phrase and not line.startswith("#"):
            if not all(terms):
                raise PackError(f"{path}, line {number}: write 'phrase = term, term' there")
            found[phrase] = terms
    return found


def _check_groups(language: Language, english: Language, path: Path, lines: Lines) -> None:
    """Each pattern has the named groups of the English one, for code reads them."""
    own = dict(_patterns(language))
    for at, pattern in _patterns(english):
        for group in pattern.groupindex:
            if at in own and group not in own[at].groupindex:
                raise PackError(
                    f"{path}, line {lines.get(at, 1)}: {'.'.join(at)} lacks a group; write '(?P<{group}>…)' in it"
                )


def _patterns(record: object, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], re.Pattern[str]]]:
    """The patterns of a record and of those in it, with where they stand."""
    if isinstance(record, re.Pattern):
        yield at, record
    elif is_dataclass(record):
        for field in fields(record):
            yield from _patterns(getattr(record, field.name), (*at, field.name))
