"""What a page says of itself: in a byline, by its dates, in a box of particulars, at its foot → particulars.

Only what the furniture rules have set aside is looked at, and only what is labelled, or stands with what is: a date
alone may be of what the text tells. Where a page says two things, neither is taken. Blocks in, particulars by their
names out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from acobot.languages import FurnitureRules
from acobot.languages.record import Told
from acobot.sources.dates import iso_of
from acobot.sources.drafting import said as usable
from acobot.sources.owners import owner_of
from acobot.sources.record import Block, BlockKind, SetAside

OPENING = 2  # paragraphs of text: after them a byline is of another page
OPENING_LENGTH = 2000  # characters of them in which a name is looked for: a text is introduced in its first lines
MOST_LENGTH = 120  # characters of a name
TITLE_WORD = 4  # letters: shorter ones stand in any title
_DATES: tuple[Told, ...] = ("published", "updated")
_AFTER_NAME = re.compile(r"(?:\[|\s{2}|\t|,?\s\d|\s\w+:\s|\s\S*@).*", re.DOTALL)  # links, dates, ways to reach it
_LABEL = re.compile(r"([^:]{3,40}):\s+(\S.*)", re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]+ ){1,3}[^\W\d_a-z][\w'’-]+")
_WORD = re.compile(r"\w+")
_AT_ENDS = " \t\n,;:|•·–—-*"
Pairs = Iterator[tuple[str, str]]


def told_by_page(
    text: str, blocks: Sequence[Block], aside: Mapping[int, SetAside], rules: FurnitureRules
) -> dict[str, str]:
    """The particulars that a page says of itself, dates in ISO 8601; `aside` are its blocks that are furniture."""
    words = {number: " ".join(text[blocks[number].start : blocks[number].end].split()) for number in aside}
    quotable = [number for number, block in enumerate(blocks) if block.quotable]
    opening = "\n".join(text[blocks[number].start : blocks[number].end] for number in quotable[:OPENING])
    opening = opening[:OPENING_LENGTH]
    opens = quotable[OPENING - 1] if len(quotable) >= OPENING else len(blocks)
    boxed = _boxed(aside)
    above = {number: rule for number, rule in aside.items() if number < opens and number not in boxed}
    lines = [text[blocks[number].start : blocks[number].end] for number in sorted(boxed)]
    headings = (text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING)
    told = [*_of_box(lines, headings, rules), *_of_opening(words, above, opening, rules)]
    foot = (words[number] for number in aside if number > max(quotable, default=0))
    owned = (("publisher", owner) for line in foot if (owner := owner_of(line)))
    return usable(_agreed(owned) | _agreed(told))


def _agreed(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is told of each, where all say the same."""
    found: dict[str, set[str]] = {}
    for key, value in told:
        found.setdefault(key, set()).add(value)
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _boxed(aside: Mapping[int, SetAside]) -> frozenset[int]:
    """The blocks of a box of particulars, a date among them."""
    box = {number for number, rule in aside.items() if rule is SetAside.PARTICULARS}
    dates = (number for number, rule in aside.items() if rule is SetAside.DATE)
    return frozenset(box) | {number for number in dates if not box.isdisjoint((number - 1, number + 1))}


def _of_opening(words: Mapping[int, str], above: Mapping[int, SetAside], opening: str, rules: FurnitureRules) -> Pairs:
    """What is told by the lines `above` the end of the opening."""
    signed = {number for number in above if rules.byline.fullmatch(words[number])}
    names: dict[str, None] = {}  # each is looked for once, however often it stands there
    for number, rule in above.items():
        if number in signed:
            yield from _of_byline(words[number], rules)
        elif rule is SetAside.DATE:
            yield from _of_dates(words[number], rules, signed=not signed.isdisjoint((number - 1, number + 1)))
        else:
            names[words[number]] = None
    yield from (("author", name) for name in names if name in opening and _is_introduced(name, opening, rules))


def _of_box(lines: Sequence[str], headings: Iterable[str], rules: FurnitureRules) -> Pairs:
    """What the lines of a box tell; nothing if its title is another than the page's headings: of a book, say."""
    told = [pair for line in lines for pair in _of_label(line, rules)]
    titles = {word for key, value in told if key == "title" for word in _title_words(value)}
    if not titles or not titles.isdisjoint(word for heading in headings for word in _title_words(heading)):
        yield from told


def _title_words(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(text.casefold()) if len(word) >= TITLE_WORD)


def _of_label(line: str, rules: FurnitureRules) -> Pairs:
    """A line of a box: "Publisher: X"."""
    if found := _LABEL.fullmatch(line.strip()):
        for key in (key for key, label in rules.told.items() if label.fullmatch(found[1].strip())):
            name = " ".join(_AFTER_NAME.sub("", found[2]).split())
            value = iso_of(found[2].strip(_AT_ENDS)) if key in _DATES else name.strip(_AT_ENDS)
            if value and len(value) <= MOST_LENGTH:
                yield key, value


def _of_byline(said: str, rules: FurnitureRules) -> Pairs:
    """A line as "By Ann Lee and Bo Day, Reporters 3 May 2020", the date of what stands before it."""
    if found := rules.byline.fullmatch(said):
        names, key = found["names"], "published"
        for label in _DATES:
            if of_date := rules.told[label].search(names):
                names, key = names[: of_date.start()], label
        if names := rules.role.sub("", names).strip(_AT_ENDS):
            yield "author", names
        if date := iso_of((found["date"] or "").strip()):
            yield key, date


def _is_introduced(said: str, opening: str, rules: FurnitureRules) -> bool:
    """Whether a line is a name alone, of whom the opening says that she argues something."""
    return bool(_NAME.fullmatch(said)) and any(
        rules.introduces.match(opening, match.end()) for match in re.finditer(re.escape(said), opening)
    )


def _of_dates(said: str, rules: FurnitureRules, *, signed: bool) -> Pairs:
    """A line of dates: each is what the label before it says, one without a label beside others when it was published.

    So is a lone one beside a byline, which `signed` says. A label behind the only date is that date's.
    """
    labels = sorted((*match.span(), key) for key in _DATES for match in rules.told[key].finditer(said))
    ends = [*(start for start, _, _ in labels), len(said)]
    parts = [(0, "published"), *((end, key) for _, end, key in labels)]
    dates = [iso_of(said[start:end].strip(_AT_ENDS)) for (start, _), end in zip(parts, ends, strict=True)]
    if len(labels) == 1 and dates[0] and not dates[1]:
        yield labels[0][2], dates[0]
    elif labels or signed:
        yield from ((key, date) for (_, key), date in zip(parts, dates, strict=True) if date)
