"""Plain text copied out of a page: words parted at the ends of lines are mended, figures of footnotes taken off.

Text in, text out. Knows no blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from acobot.sources.wording import NO_WORDS, Wording

SOFT_BREAK = "\v"  # a newline within a paragraph for sure: a hyphen stood before it
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(
    r"(?<![\w-])([^\W\d_]+(?:-[^\W\d_]+)*)-[ \t]*\n[ \t]*([^\W\d_]+)(\S*)([ \t]+(?=\S)|[ \t]*(?=\n)|[ \t]*\Z)"
)
_NOTE = re.compile(r"^[ \t]*(\d{1,2})[ \t]+(?=[^\W\d_a-z\n][^\n]{4})", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_ENDED = re.compile(r"[.!?][\"'’”)\]]*\s*$")
# A word or its stop, or a number in thousands and its stop.
_BEFORE_FIGURE = r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][.,;:!?)”’\"])|(?<=[^\W\d_][.!?][”’\"])|(?<=\d{3}\.))"


def joined_words(body: str, wording: Wording = NO_WORDS) -> str:
    """The same text; the second half of a word that a hyphen parts at the end of a line stands with the first.

    Whether the hyphen stays is told by the rest of the text, else by how the language writes such words.
    """
    if not _PARTED.search(body):
        return body
    seen = Counter(word.casefold() for word in _WORDS.findall(_PARTED.sub(" ", body)))
    firsts = {word.partition("-")[0] for word in seen if "-" in word}

    def joined(found: re.Match[str]) -> str:
        last, first = found[1].casefold(), found[2].casefold()
        if not first.islower() or found[2][:1].isupper():
            hyphen = "-"
        elif seen[last + first] or seen[f"{last}-{first}"]:
            hyphen = "-" if seen[f"{last}-{first}"] > seen[last + first] else ""
        elif wording.is_hyphened(f"{last}-{first}"):
            hyphen = "-"
        else:
            apart = len(last) > 2 and len(first) > 1 and seen[last] and seen[first]
            hyphen = "-" if apart or last in firsts or "-" in last else ""
        rest = SOFT_BREAK if found[4] and found.string[found.end() : found.end() + 1].strip() else ""
        return f"{found[1]}{hyphen}{found[2]}{found[3]}{rest}"

    return _PARTED.sub(joined, _PARTED.sub(joined, body))  # a second half may be parted itself


def without_note_figures(body: str) -> str:
    """The same text without the figures of its footnotes, if all notes that stand at its end have theirs in order."""
    notes = list(_NOTE.finditer(body))
    while notes and notes[0][1] != "1":
        del notes[0]
    numbers = [int(note[1]) for note in notes]
    if not numbers or numbers != list(range(1, len(numbers) + 1)) or not _are_last(body[notes[0].start() :], numbers):
        return body
    places: list[tuple[int, int]] = []
    position, end = 0, notes[0].start()
    for number in numbers:
        found = next((one for one in _marks(number).finditer(body, position, end) if not _is_code(one)), None)
        if not found:
            return body
        places.append(found.span())
        position = found.end()
    for begin, stop in reversed(places):
        body = body[:begin] + body[stop:]
    return body


def _are_last(notes: str, numbers: Sequence[int]) -> bool:
    """Whether nothing else stands below the first note; a line alone ends a sentence, or it may be an address."""
    blocks = _BLANK_LINES.split(notes.strip())
    return all(map(_NOTE.match, blocks)) and (len(numbers) > 1 or bool(_ENDED.search(notes)))


def _marks(number: int) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE_FIGURE}{number}(?=\s)")


def _is_code(mark: re.Match[str]) -> bool:
    """Whether a figure stands at a capital letter, as in "MATB1"."""
    return mark.string[mark.start() - 1].isupper()
