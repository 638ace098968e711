"""What a page says of itself: in a letterhead, a byline, by its dates or in a box of particulars → particulars.

But for the letterhead, only what the furniture rules have set aside is looked at, and only what is labelled, or stands
with what is: a date alone may be of what the text tells. Where a page says two things, neither is taken. Blocks in,
particulars by their names out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from acobot.languages import FurnitureRules
from acobot.languages.record import Told
from acobot.sources.dates import iso_of
from acobot.sources.record import Block, SetAside

OPENING = 2  # paragraphs of text: after them a byline is of another page
BODY_WORDS = 8
MOST_LENGTH = 120  # characters of a name
_DATES: tuple[Told, ...] = ("published", "updated")
_AFTER_NAME = re.compile(r"\s*(?:\[| {2,}|\t).*", re.DOTALL)  # links behind a name
_LABEL = re.compile(r"\s*([^:]{3,40}?)\s*:\s+(\S.*)", re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]+ ){1,3}[^\W\d_a-z][\w'’-]+")
_BREADCRUMB = re.compile(r" [>»›|/] ")
_DIGIT = re.compile(r"\d")
_AT_ENDS = " \t\n,;:|•·–—-*"


def told_by_page(
    text: str, blocks: Sequence[Block], aside: Mapping[int, SetAside], rules: FurnitureRules
) -> dict[str, str]:
    """The particulars that a page says of itself, dates in ISO 8601; `aside` are its blocks that are furniture."""
    words = {number: " ".join(text[blocks[number].start : blocks[number].end].split()) for number in aside}
    opens, opening = _opening(text, blocks, aside)
    signed = {number for number in aside if number < opens and rules.byline.fullmatch(words[number])}
    found: dict[str, set[str]] = {}
    for number, rule in aside.items():
        if rule is SetAside.PARTICULARS:
            # As it stands, for wide gaps tell something there.
            told = _of_label(text[blocks[number].start : blocks[number].end], rules)
        elif number in signed:
            told = _of_byline(words[number], rules)
        elif rule is SetAside.DATE and number < opens:
            told = _of_dates(words[number], rules, signed=not signed.isdisjoint((number - 1, number + 1)))
        elif number < opens:
            told = _of_name(words[number], opening, rules)
        else:
            continue
        for key, value in told:
            found.setdefault(key, set()).add(value)
    return _letterhead(text, blocks, aside, rules) | {
        key: next(iter(values)) for key, values in found.items() if len(values) == 1
    }


def _letterhead(
    text: str, blocks: Sequence[Block], aside: Mapping[int, SetAside], rules: FurnitureRules
) -> dict[str, str]:
    """The body that a text begins with, and the longest of the headings right below it, which is the title.

    They stand above the first text; the headings are of one rank, as formats have them that know none.
    """
    heads = list(takewhile(lambda number: number in aside or not blocks[number].quotable, range(len(blocks))))
    said = [
        " ".join(text[blocks[number].start : blocks[number].end].split()) for number in heads if number not in aside
    ]
    levels = {blocks[number].level for number in heads if number not in aside}
    body, *titles = said or [""]
    titles = [one for one in titles if not (_BREADCRUMB.search(one) or iso_of(one))]
    if (
        len(levels) != 1
        or not titles
        or len(body.split()) > BODY_WORDS
        or not rules.body.match(body)
        or _DIGIT.search(body)
    ):
        return {}
    return {"publisher": body, "title": max(titles, key=len)}


def _opening(text: str, blocks: Sequence[Block], aside: Mapping[int, SetAside]) -> tuple[int, str]:
    """The number of the block after which no byline is the page's own, and the text up to there."""
    prose = [number for number in range(len(blocks)) if blocks[number].quotable and number not in aside][:OPENING]
    opens = prose[-1] if len(prose) == OPENING else len(blocks)
    return opens, "\n".join(text[blocks[number].start : blocks[number].end] for number in prose)


def _of_label(said: str, rules: FurnitureRules) -> Iterator[tuple[str, str]]:
    """A line of a box: "Publisher: X"."""
    if found := _LABEL.fullmatch(said):
        for key, label in rules.told.items():
            value = _AFTER_NAME.sub("", found[2]).strip(_AT_ENDS)
            value = iso_of(value) if key in _DATES else " ".join(value.split())
            if label.fullmatch(found[1]) and value and len(value) <= MOST_LENGTH:
                yield key, value


def _of_byline(said: str, rules: FurnitureRules) -> Iterator[tuple[str, str]]:
    """A line as "By Ann Lee and Bo Day, Reporters 3 May 2020"."""
    if found := rules.byline.fullmatch(said):
        if names := rules.role.sub("", found["names"]).strip(_AT_ENDS):
            yield "author", names
        if date := iso_of((found["date"] or "").strip()):
            yield "published", date


def _of_name(said: str, opening: str, rules: FurnitureRules) -> Iterator[tuple[str, str]]:
    """A name alone, of whom the opening says that she argues something."""
    if _NAME.fullmatch(said) and any(
        rules.introduces.match(opening, match.end()) for match in re.finditer(re.escape(said), opening)
    ):
        yield "author", said


def _of_dates(said: str, rules: FurnitureRules, *, signed: bool) -> Iterator[tuple[str, str]]:
    """A line of dates: each is what the label before it says, one without a label beside others when it was published.

    So is a lone one beside a byline, which `signed` says.
    """
    labels = sorted((*match.span(), key) for key in _DATES for match in rules.told[key].finditer(said))
    ends = [*(start for start, _, _ in labels), len(said)]
    parts = [(0, "published")] if labels or signed else []
    parts += [(end, key) for _, end, key in labels]
    for (start, key), end in zip(parts, ends, strict=bool(parts)):
        if date := iso_of(said[start:end].strip(_AT_ENDS)):
            yield key, date
