"""What a page says of itself: in a letterhead, a byline, by dates, in a box of particulars, at its foot → particulars.

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
from acobot.sources.doubtful import ENDS_SENTENCE
from acobot.sources.owners import owner_of
from acobot.sources.record import Block, BlockKind, SetAside

OPENING = 2  # paragraphs of text: after them a byline is of another page
BODY_WORDS = 8
LINE_WORDS = 16  # of a line above the first text
MOST_LENGTH = 120  # characters of a name
_DATES: tuple[Told, ...] = ("published", "updated")
_AFTER_NAME = re.compile(r"(?:\[|\s{2}|\t).*", re.DOTALL)  # links behind a name
_LABEL = re.compile(r"\s*([^:]{3,40}?)\s*:\s+(\S.*)", re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]+ ){1,3}[^\W\d_a-z][\w'’-]+")
_VALUE = re.compile(r"[^:]{1,40}: [^\W_a-z]")  # "Reference: X12"; a title goes on in small letters
_AWAY = re.compile(r" [>»›|/] ")  # a trail, or a row of links
# A name of several words: capitals, but in small words, and no digit.
_BODY = re.compile(r"(?!.*\d)(?:(?:[^\W\d_a-z]\S*|[a-z]{2,3}|&) )+[^\W\d_a-z]\S*")
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
    owners = {owner for said in words.values() if (owner := owner_of(said))}
    owned = {"publisher": owners.pop()} if len(owners) == 1 else {}
    return (
        owned
        | _letterhead(text, blocks, aside, rules)
        | {key: next(iter(values)) for key, values in found.items() if len(values) == 1}
    )


def _letterhead(
    text: str, blocks: Sequence[Block], aside: Mapping[int, SetAside], rules: FurnitureRules
) -> dict[str, str]:
    """The body whose name stands over a title of the same rank, and the title: the longest heading of those below it.

    A name has capitals, and is told by its words, or stands again in the text. All is looked for above the first text.
    """
    shown = (block for number, block in enumerate(blocks) if number not in aside)
    lines = ((block, " ".join(text[block.start : block.end].split())) for block in shown)
    over = list(takewhile(lambda line: len(line[1].split()) <= LINE_WORDS and not ENDS_SENTENCE.search(line[1]), lines))
    heads = [(block, said) for block, said in over if block.kind is BlockKind.HEADING]
    titles = [said for _, said in heads[1:] if not _is_beside(said, rules)]
    if not titles or over[0] != heads[0] or len({block.level for block, _ in heads}) > 1:
        return {}
    body = heads[0][1]
    if len(body.split()) > BODY_WORDS or not _BODY.fullmatch(body):
        return {}
    if not rules.body.match(body) and text.count(body) == 1:
        return {}
    return {"publisher": body, "title": max(titles, key=lambda title: (len(title.split()), len(title)))}


def _is_beside(said: str, rules: FurnitureRules) -> bool:
    """Whether a line above a text is a trail, a date or a value, and so no title."""
    told = any(label.match(said) for label in rules.told.values())
    return bool(told or iso_of(said) or _AWAY.search(said) or _VALUE.match(said))


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
