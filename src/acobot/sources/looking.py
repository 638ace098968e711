"""What a maintainer should look at in a source that can be read: what was found → warnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from acobot.sources.decoding import is_utf8, is_utf16
from acobot.sources.front_matter import KEYS, FrontMatter
from acobot.sources.kinds import DECODED_ENDINGS
from acobot.sources.record import Concern, Draft, Warned

OF_NAME = "the file's name"  # where a title comes from if from nothing else
MADE = "the file's properties"  # which say when a file was made, not when its text was published
LONG_TITLE = 150
MOST_KEYS = 6
RIGHT_TO_LEFT_SHARE = 0.3  # of a text's letters
# UTF-8 that was read as something else, and saved so: "Ã©" for "é", "â€™" for an apostrophe, "Â£" for "£".
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|â€|ï»¿|\ufffd")
_NAME = re.compile(r"\S*[_\d]\S*|\S+\.\w{2,4}|[\W\d_]+|\w+://\S+")


def look_at(
    ending: str, raw: bytes, front: FrontMatter, draft: Draft, title: str, origins: Mapping[str, str], *, labelled: bool
) -> tuple[Warned, ...]:
    """The warnings of one source; `labelled` says that the file itself names its encoding."""
    return (
        *draft.warnings,
        *(() if labelled or ending not in DECODED_ENDINGS else _encoding(raw)),
        *_keys(front),
        *_title(title, origins.get("title", "")),
        *_date(origins.get("published", "")),
        *_mojibake(draft.text),
        *(_direction(draft.text) if ending == ".pdf" else ()),
    )


def _encoding(raw: bytes) -> Iterator[Warned]:
    if is_utf8(raw):
        return
    name = "UTF-16" if is_utf16(raw) else "Windows-1252"
    yield Warned(Concern.ENCODING, f"read as {name}, for it is not UTF-8; save it as UTF-8")


def _keys(front: FrontMatter) -> Iterator[Warned]:
    others = []
    for key, line in front.unknown:
        if near := get_close_matches(key, KEYS, n=1, cutoff=0.8):
            yield Warned(Concern.KEYS, f"line {line}: the key {key!r} is not known; is {near[0]!r} meant?")
        else:
            others.append(key)
    if others:
        more = ", …" if len(others) > MOST_KEYS else ""
        yield Warned(Concern.KEYS, f"keys that are not known: {', '.join(others[:MOST_KEYS])}{more}")


def _title(title: str, origin: str) -> Iterator[Warned]:
    if origin == OF_NAME:
        yield Warned(Concern.TITLE, "its title is its file's name")
    elif _NAME.fullmatch(title) or len(title) > LONG_TITLE or _MOJIBAKE.search(title):
        yield Warned(Concern.TITLE, f"its title looks wrong: {title[:60]!r}; give 'title:'")


def _date(origin: str) -> Iterator[Warned]:
    if origin == MADE:
        yield Warned(Concern.DATE, "its date is when the file was made; give 'published:'")


def _mojibake(text: str) -> Iterator[Warned]:
    if found := _MOJIBAKE.findall(text):
        line = text.count("\n", 0, text.index(found[0])) + 1
        many = f"{len(found)} characters look" if len(found) > 1 else "1 character looks"
        yield Warned(Concern.ENCODING, f"{many} garbled, the first is {found[0]!r} in line {line} of the text")


def _direction(text: str) -> Iterator[Warned]:
    letters = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    if sum(kind in {"R", "AL"} for kind in letters) > RIGHT_TO_LEFT_SHARE * max(len(letters), 1):
        yield Warned(
            Concern.RIGHT_TO_LEFT, "a PDF that is written from right to left: look whether its words are whole"
        )
