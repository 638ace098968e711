"""Blocks that may be page furniture and may be what a text says: sign-ups, contact details, dates, terms on liability.

Such a block is spared where a heading or the words before it announce it and no certain furniture stands beside it.
Blocks in, their numbers out; knows no source and no file format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from acobot.languages import FurnitureRules
from acobot.languages.record import NoticeSubject
from acobot.sources.record import Block, BlockKind, SetAside

SHORT_WORDS = 60  # of a notice: longer blocks that mention a newsletter are about newsletters
BOX_WORDS = 20
BOX_LINES = 3  # so many "Label: value" lines in a row are a box of properties
LEGAL_CUES = 3
CREDIT_WORDS = 8
SUBJECT_SHARE = 2 / 3  # of a page's words: so much is what the page is about

# On how many sides of a run of doubtful blocks certain furniture may stand, for a block of the run to be spared.
# NEVER gives way where the page is about such things; BANNER, what any page says of itself, does not.
BANNER, NEVER, ALONE, ONE_SIDE, ANYWHERE = -2, -1, 0, 1, 2

ENDS_SENTENCE = re.compile(r"[.!?…][\"'’”)\]*]*$")
LABELLED = re.compile(r"^(?:[A-Z][\w&/'’-]+)(?:\ [\w&/'’-]+){0,3}\ ?:\s+\S", re.DOTALL)
_PRICE = re.compile(r"[£$€¥]\s?\d|\d\s?[€£]")
# A telephone number, which has seven digits or more and is no day and no span of years, or an e-mail address.
_REACHABLE = re.compile(
    r"(?<![\d/–-])(?!\d{1,2}[/-]\d{1,2}[/-]\d|(?:1[89]|20)\d\d ?[/–-])\d(?:[ ()/–-]{0,3}\d){6,14}|\S@\S"
)
_TIMED = re.compile(r"\d{4}[^\d/.-]+\d{1,2}(?!\d)")  # a date with an hour after its year
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks with their words, which of them are furniture without doubt, and the headings over each, highest first.

    `before` is the block before each, for an item the one before its list.
    """

    blocks: Sequence[Block]
    words: Sequence[str]
    certain: frozenset[int]
    over: tuple[tuple[int, ...], ...]
    title: int | None
    before: tuple[int, ...]

    @classmethod
    def of(cls, blocks: Sequence[Block], words: Sequence[str], certain: frozenset[int]) -> Page:
        """The page; a heading that is furniture is over nothing."""
        heads = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and n not in certain]
        title = min(heads, key=lambda n: blocks[n].level, default=None)
        return cls(blocks, words, certain, tuple(_trails(blocks, set(heads))), title, _before(blocks))

    def announced(self, number: int, rule: re.Pattern[str]) -> bool:
        """Whether the page's title or a heading over a block says so."""
        heads = self.over[number] if self.title is None else (self.title, *self.over[number])
        return any(rule.search(self.words[head]) for head in heads)

    def right_under_heading(self, number: int) -> bool:
        """Whether the block before is a heading of a part of the page."""
        over = self.over[number]
        return bool(over) and over[-1] == number - 1 and over[-1] != self.title

    def is_listed(self, number: int) -> bool:
        """Whether it is an item of a list of several."""
        near = [n for n in (number - 1, number + 1) if 0 <= n < len(self.blocks)]
        return self.blocks[number].kind is BlockKind.ITEM and any(self.blocks[n].kind is BlockKind.ITEM for n in near)

    def is_introduced(self, number: int) -> bool:
        """Whether the block before it, or before its list, ends with a colon."""
        before = self.before[number]
        return before >= 0 and before not in self.certain and self.words[before].rstrip().endswith(":")

    def ends_with(self, number: int) -> bool:
        """Whether no block but a heading follows."""
        return number + 1 >= len(self.blocks) or self.blocks[number + 1].kind is BlockKind.HEADING


def _before(blocks: Sequence[Block]) -> tuple[int, ...]:
    before: list[int] = []
    for number, block in enumerate(blocks):
        inside = number and block.kind is BlockKind.ITEM and blocks[number - 1].kind is BlockKind.ITEM
        before.append(before[-1] if inside else number - 1)
    return tuple(before)


def _trails(blocks: Sequence[Block], heads: set[int]) -> Iterator[tuple[int, ...]]:
    trail: tuple[int, ...] = ()
    for number, block in enumerate(blocks):
        if block.leaves:
            trail = tuple(head for head in trail if blocks[head].level < block.leaves)
        if number not in heads:
            yield trail
            continue
        trail = tuple(head for head in trail if blocks[head].level < block.level)
        yield trail
        trail = (*trail, number)


def find_doubtful(page: Page, rules: FurnitureRules) -> dict[int, SetAside]:
    """Those doubtful blocks that are furniture after all, and as what."""
    sides: dict[int, int] = {}
    kinds: dict[int, SetAside] = {}
    for find, kind in ((_notices, SetAside.OFFER), (_contact_boxes, SetAside.CONTACT), (_dates, SetAside.DATE)):
        found = dict(find(page, rules))
        sides |= found
        kinds |= dict.fromkeys(found, kind)
    furniture = {
        number: kinds[number]
        for run in _runs_of(sorted(sides))
        if not page.is_introduced(run[0])
        for around in (_sides(page, run),)
        for number in run
        if around > sides[number]
    }
    if _is_subject(page, {number for number, most in sides.items() if most > BANNER}):
        return {number: kind for number, kind in furniture.items() if sides[number] == BANNER}
    return furniture


def is_disclaimer(said: str, rules: FurnitureRules) -> bool:
    """Whether a block says of its own text that nobody answers for it."""
    strong, weak = ({cue.casefold() for cue in cues.findall(said)} for cues in (rules.disclaiming, rules.legal))
    return bool(strong) and len(strong) + len(weak) >= LEGAL_CUES and bool(rules.of_itself.search(said))


def is_credit(said: str, rules: FurnitureRules, looks_like_label: Callable[[str], bool]) -> bool:
    """Whether it names who took a picture, and does not say what picture is wanted."""
    found = rules.credit.match(said)
    name = said[found.end() :] if found else ""
    return bool(found) and (len(name.split()) <= 1 or (len(name.split()) <= CREDIT_WORDS and looks_like_label(name)))


def boxes(page_blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[tuple[range, bool]]:
    """Runs of "Label: value" lines, most particulars or ways to reach someone, and whether all of these are ways."""
    flags = [
        block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and bool(LABELLED.match(said))
        and len(said.split()) <= BOX_WORDS
        and not said.rstrip().endswith((".", "?"))
        for block, said in zip(page_blocks, words, strict=True)
    ]
    for run in runs(flags, BOX_LINES):
        named = [words[number] for number in run if rules.property.match(words[number])]
        if 2 * len(named) >= len(run):
            yield run, all(rules.contact.match(said) for said in named)


def runs(flags: Sequence[bool], shortest: int) -> Iterator[range]:
    """The runs of true flags that are at least so long."""
    start = 0
    for number, flag in enumerate([*flags, False]):
        if not flag:
            if number - start >= shortest:
                yield range(start, number)
            start = number + 1


def _notices(page: Page, rules: FurnitureRules) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for number, said in enumerate(page.words):
        flat = " ".join(said.split())
        if number in page.certain:
            continue
        if is_disclaimer(flat, rules):
            found[number] = ALONE if page.announced(number, rules.terms) else BANNER
        elif len(flat.split()) > SHORT_WORDS:
            continue
        elif _ADDRESS.match(flat):
            found[number] = ONE_SIDE if page.right_under_heading(number) else NEVER
        elif rules.enquiry.match(flat):
            found[number] = _enquiry(page, number, flat)
        elif subjects := [subject for subject in rules.subjects if subject.notice.search(flat)]:
            announced = all(page.announced(number, subject.announced) for subject in subjects)
            banner = any(subject.banner for subject in subjects)
            tells = _PRICE.search(flat) or (not banner and _REACHABLE.search(flat))  # a banner may name who answers
            told = page.over[number] and ENDS_SENTENCE.search(flat) and tells
            by_title = announced and not banner and _titled(page, subjects)
            most = ONE_SIDE if told or by_title else ALONE if announced else BANNER if banner else NEVER
            found[number] = most
    return found


def _titled(page: Page, subjects: Sequence[NoticeSubject]) -> bool:
    """Whether the page's own title names the subjects."""
    return page.title is not None and all(one.announced.search(page.words[page.title]) for one in subjects)


def _enquiry(page: Page, number: int, said: str) -> int:
    """Where to ask for more: what says how is content, what points to a page only as far as a heading announces it."""
    if _REACHABLE.search(said):
        return ONE_SIDE if page.over[number] else ALONE
    links, over = "www." in said or "://" in said, page.over[number]
    return ALONE if links and over and over[-1] != page.title else NEVER


def _contact_boxes(page: Page, rules: FurnitureRules) -> Iterator[tuple[int, int]]:
    for run, reaches in boxes(page.blocks, page.words, rules):
        if reaches:
            yield from ((number, ONE_SIDE if page.over[number] else NEVER) for number in run)


def _dates(page: Page, rules: FurnitureRules) -> Iterator[tuple[int, int]]:
    """Bare dates: several in one part of a page are a calendar, one may be all that stands under its heading.

    One with an hour right under a heading of a part says when that is: "Deadline".
    """
    flat = [" ".join(said.split()) for said in page.words]
    dated = {
        number
        for number, said in enumerate(flat)
        if page.blocks[number].kind is not BlockKind.ROW and rules.dateline.match(said)
    }
    own = {number for number in dated if rules.revised.search(flat[number])}
    # One right under the title says when the page was written, whatever dates come later.
    above = page.certain | {page.title, -1}
    top = {
        number
        for number in dated
        if page.blocks[number].kind is not BlockKind.HEADING and number - 1 in above and number + 1 not in dated
    }
    days: dict[tuple[bool, tuple[int, ...]], set[str]] = {}
    for number in dated - own - top:
        days.setdefault(_part(page, number), set()).add(flat[number])
    for number in dated:
        heading, ends = page.blocks[number].kind is BlockKind.HEADING, page.ends_with(number)
        several = number not in top and len(days.get(_part(page, number), ())) > 1
        if heading:
            content = several and not ends
        else:
            content = several or page.is_listed(number) or (ends and page.right_under_heading(number))
        timed = not heading and page.right_under_heading(number) and _TIMED.search(flat[number])
        yield number, BANNER if number in own else ANYWHERE if content else ALONE if timed else NEVER


def _part(page: Page, number: int) -> tuple[bool, tuple[int, ...]]:
    """The part of the page in which a date stands; dates as headings are counted where they head something."""
    heading = page.blocks[number].kind is BlockKind.HEADING
    return heading, (int(page.ends_with(number)),) if heading else page.over[number]


def _runs_of(numbers: Sequence[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _sides(page: Page, run: Sequence[int]) -> int:
    """On how many sides certain furniture stands; the page's begin or end beside it adds to that on the other."""
    before, after = run[0] - 1 in page.certain, run[-1] + 1 in page.certain
    if before and after:
        return 2
    edge = run[0] == 0 or run[-1] + 1 == len(page.blocks)
    return (before or after) * (1 + edge)


def _is_subject(page: Page, doubtful: set[int]) -> bool:
    """Whether a page is about its doubtful blocks: under headings, they are all of it, or most and all else is text."""
    lengths = {
        number: len(said.split())
        for number, said in enumerate(page.words)
        if number not in page.certain and page.blocks[number].kind is not BlockKind.HEADING
    }
    share = sum(length for number, length in lengths.items() if number in doubtful) / max(1, sum(lengths.values()))
    return page.title is not None and (share == 1 or (not page.certain and share >= SUBJECT_SHARE))
