"""Lines with letters that are written from right to left → their text in the order in which it is read.

Programs store such letters in either order, so only their places on the page are trusted: they are put in order from
left to right, and what is read the other way is turned around. Knows no words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from acobot.sources.pdf.letters import Gap, Letter
from acobot.sources.pdf.lines import GAP, SHIFT, Segment, segment_of

WORDS_APART = 0.15  # times the size: so wide a gap is a space
SAME_PLACE = 0.6  # of a letter's width that lies over another: both are one sign
_STRONG = frozenset({"R", "AL"})
_FIGURES = frozenset({"EN", "AN", "ET"})
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def is_turned(text: str) -> bool:
    """Whether a letter is written from right to left."""
    return unicodedata.bidirectional(text[:1] or " ") in _STRONG


def without_turned_lines(items: Sequence[Letter | Gap], page: int) -> tuple[list[Letter | Gap], list[Segment]]:
    """All but the letters of lines that hold letters written from right to left, and the segments of those lines."""
    heights = sorted((item.middle, item.size) for item in items if isinstance(item, Letter) and is_turned(item.text))
    if not heights:
        return list(items), []
    bands = {round(middle / 2) + near for middle, _ in heights for near in (-1, 0, 1)}
    rest: list[Letter | Gap] = []
    taken: list[Letter] = []
    for item in items:
        is_taken = isinstance(item, Letter) and round(item.middle / 2) in bands
        (taken if is_taken else rest).append(item)  # type: ignore[arg-type]
    segments = (segment for line in _lines(taken) for segment in _segments(line, page))
    return rest, [segment for segment in segments if segment.text.strip()]


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Letters on one height each, from the top down."""
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda one: -one.middle):
        if line and line[0].middle - letter.middle > SHIFT * max(letter.size, line[0].size):
            yield line
            line = []
        line.append(letter)
    if line:
        yield line


def _segments(line: Sequence[Letter], page: int) -> Iterator[Segment]:
    """The segments of one line, each with its text in the order of reading."""
    part: list[Letter] = []
    edge = 0.0
    for letter in sorted(line, key=lambda one: (one.left + one.right) / 2):
        if part and letter.left - edge > GAP * letter.size:
            yield segment_of(part, _text(part), page)
            part = []
        edge = max(edge, letter.right) if part else letter.right
        part.append(letter)
    if part:
        yield segment_of(part, _text(part), page)


def _text(letters: Sequence[Letter]) -> str:
    """The text of letters that stand from left to right."""
    signs = _signs(letters)
    turned = sum(is_turned(sign) for sign in signs)
    straight = sum(unicodedata.bidirectional(sign[0]) == "L" for sign in signs)
    if turned < straight:
        return "".join(_with_turned(signs, _turned_runs, mirror=False))
    text = "".join(_with_turned(signs[::-1], _straight_runs, mirror=True))
    return _with_pairs(unicodedata.normalize("NFKC", text))


def _signs(letters: Sequence[Letter]) -> list[str]:
    """Signs from left to right, marks with the letters that bear them, and spaces between words.

    A letter that is struck out has no text, and so no sign; the spaces around it stay.
    """
    signs: list[list[str]] = []
    last: Letter | None = None
    for letter in letters:
        if last and letter.left - last.right > WORDS_APART * letter.size:
            signs.append([" "])
        if not letter.text:
            last = letter
            continue
        width = min(letter.right - letter.left, last.right - last.left) if last else 0
        over = min(letter.right, last.right) - max(letter.left, last.left) if last else 0
        if last and last.text and (unicodedata.combining(letter.text[0]) or (width > 0 and over > SAME_PLACE * width)):
            signs[-1].append(letter.text)
            continue
        signs.append([letter.text])
        last = letter
    return ["".join(sign) for sign in signs]


def _with_turned(signs: list[str], runs: object, *, mirror: bool) -> Iterator[str]:
    """The signs with the runs among them that are read the other way turned around."""
    inside = runs(signs)  # type: ignore[operator]
    for is_run, group in groupby(zip(signs, inside, strict=True), key=lambda pair: pair[1]):
        part = [sign for sign, _ in group]
        if is_run:
            yield from part[::-1]
        else:
            yield from (sign.translate(_MIRRORED) for sign in part) if mirror else part


def _straight_runs(signs: list[str]) -> list[bool]:
    """Which signs of a line from right to left are figures or letters that are read from left to right."""
    kinds = [_kind(sign) for sign in signs]
    if any(unicodedata.bidirectional(sign[0]) == "AL" for sign in signs):
        # Beside Arabic letters, signs of money and most of what joins figures go the letters' way.
        kinds = [
            "S" if unicodedata.bidirectional(s[0]) in {"ET", "ES"} else k for s, k in zip(signs, kinds, strict=True)
        ]
    inside = [kind in {"L", "N"} for kind in kinds]
    return _bridged(inside, kinds)


def _turned_runs(signs: list[str]) -> list[bool]:
    """Which signs of a line from left to right are letters that are read from right to left."""
    inside = [is_turned(sign) for sign in signs]
    return _bridged(inside, ["L" if one else _kind(sign) for one, sign in zip(inside, signs, strict=True)])


def _bridged(inside: list[bool], kinds: list[str]) -> list[bool]:
    """The same, with what stands between two signs of a run: a point in a number, a space between words."""
    bridged = list(inside)
    last: int | None = None
    for number, one in enumerate(inside):
        if not one:
            continue
        if last is not None and number - last > 1:
            between = kinds[last + 1 : number]
            words = kinds[last] == "L" and kinds[number] == "L" and "R" not in between and number - last <= 3
            figures = number - last == 2 and between == ["W"]
            if words or figures:
                bridged[last + 1 : number] = [True] * (number - last - 1)
        last = number
    return bridged


def _kind(sign: str) -> str:
    """L and R for letters from left and from right, N for figures, W for what joins them, S for the rest."""
    found = unicodedata.bidirectional(sign[0])
    if found in _STRONG:
        return "R"
    if found in _FIGURES:
        return "N"
    return "L" if found == "L" else "W" if found in {"CS", "ES"} else "S"


def _with_pairs(text: str) -> str:
    """The same with brackets the right way round: fonts differ in which of a pair a bracket's shape is said to be."""
    opens, closes = text.find("("), text.find(")")
    return text.translate(_MIRRORED) if closes >= 0 and (opens < 0 or closes < opens) else text
