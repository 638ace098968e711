"""Short lines of plain text that stand in a stack: a list, an address or a timetable, where few of them head anything.

Blocks and lines in, blocks and places out. Knows no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from acobot.sources.headings import gives_value
from acobot.sources.record import Block, BlockKind

TITLE_LENGTH = 200  # characters: a longer block is no part of a title page
STACKED_HEADINGS = 3  # so many in a row, past the title page, are not headings but lines of a list or table
FEWEST_LISTED = 2  # lines below one that ends with a colon
MOST_LISTED = 200
MOST_SIGNED = 6  # lines below a letter
SIGNED_WORDS = 5
ENTRY_LEVEL = 2  # the rank of plain text's headings
_OPENS = re.compile(r":[-–—]?\s*$")
_PAGE = re.compile(r"[\s.…·]+\d{1,4}$")
_SENTENCE_END = re.compile(r"[.!?][\"'’”)\]]*$")


def without_stacks(body: str, headed: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Headings that stand in a stack are put back as the paragraphs they were, but for the last, which heads a text.

    The title page, all that stands before the first paragraph of some length, may be a stack of headings, but not the
    lines of a group that is not the first, or begin with figures; nor may what ends the text. Questions stay.
    """
    kept = list(headed)
    start = next((number for number, block in enumerate(headed) if block.end - block.start > TITLE_LENGTH), len(headed))
    for first, stop in _headings(headed, start, len(headed)):
        if stop - first >= STACKED_HEADINGS:
            kept[first : stop - 1] = blocks[first : stop - 1]
    groups = list(_groups(body, headed))
    for number, (begin, end) in enumerate(groups):
        for first, stop in _headings(headed, begin, end) if number or _is_schedule(body, headed[begin:end]) else ():
            for none in _no_headings(body, headed, (begin, end), (first, stop)):
                if body[headed[none].end - 1] not in "?？":
                    kept[none] = blocks[none]
    for number in _closing(body, headed):
        kept[number] = blocks[number]
    for number in _entries(body, headed):
        kept[number] = replace(headed[number], kind=BlockKind.HEADING, level=ENTRY_LEVEL)
    return kept


def _entries(body: str, headed: Sequence[Block]) -> Iterator[int]:
    """The short lines of a list of contents: each is, but for a page's number, a heading over a text elsewhere.

    What says so little is never quoted.
    """
    over: dict[str, list[int]] = {}
    for number, (block, below) in enumerate(pairwise(headed)):
        if block.kind is BlockKind.HEADING and below.kind is not BlockKind.HEADING:
            over.setdefault(body[block.start : block.end].casefold(), []).append(number)
    for number, block in enumerate(headed):
        is_item = block.kind is BlockKind.ITEM and not body[body.rfind("\n", 0, block.start) + 1 : block.start].strip()
        if is_item or block.kind is BlockKind.HEADING:
            said = body[block.start : block.end].casefold()
            found = over.get(said) or over.get(_PAGE.sub("", said)) or []
            if any(other != number for other in found):
                yield number


def listed_below(lines: Sequence[str], hard: Sequence[bool]) -> Iterator[int]:
    """The places of the lines of a group that are a list without marks, below a line that ends with a colon.

    They stand further in than that line or, to the group's end, say no sentences and give nothing a label; `hard` says
    of each line but the last whether its newline was meant.
    """
    for number, line in enumerate(lines):
        if not _OPENS.search(line):
            continue
        inset, first = _inset(line), number + 1
        last = min(first + MOST_LISTED, len(lines))
        stop = next((at for at in range(first, last) if _inset(lines[at]) <= inset), last)
        if stop == first and not number and last == len(lines):
            said = [one.strip() for one in lines[first:]]
            stop = first if any(_SENTENCE_END.search(one) or ":" in one for one in said) else last
        if stop - first >= FEWEST_LISTED and all(hard[number : stop - 1]):
            yield from range(first, stop)


def _inset(line: str) -> int:
    """How many blanks stand before a line."""
    return len(line.expandtabs()) - len(line.expandtabs().lstrip())


def _headings(headed: Sequence[Block], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each run of headings among the blocks from `start` to `end` begins and ends."""
    first = start
    for number in range(start, end + 1):
        if number == end or headed[number].kind is not BlockKind.HEADING:
            if number > first:
                yield first, number
            first = number + 1


def _groups(body: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where the blocks begin and end that stand right below each other, without an empty line."""
    first = 0
    for number in range(1, len(blocks) + 1):
        if number == len(blocks) or body[blocks[number - 1].end : blocks[number].start].count("\n") > 1:
            yield first, number
            first = number


def _no_headings(body: str, headed: Sequence[Block], group: tuple[int, int], run: tuple[int, int]) -> list[int]:
    """Which of a run of headings that ends a group are none: all but names, of a stack with figures or over a heading.

    So is a line right below one that ends no sentence, but for one without figures over a text.
    """
    first, stop = run
    if stop < group[1]:
        return []
    said = [body[block.start : block.end] for block in headed[first:stop]]
    over_heading = any(one.kind is BlockKind.HEADING for one in headed[stop : stop + 1])
    heads_text = stop < len(headed) and not over_heading and not _has_figure(said[-1])
    if stop - first >= STACKED_HEADINGS and (over_heading or any(map(_has_figure, said[1:]))):
        names = set(_names(said, [_inset_at(body, block) for block in headed[first:stop]]))
        return [number for number in range(first, stop) if number - first not in names]
    above = headed[first - 1] if first > group[0] else None
    is_rest = above is not None and above.kind is BlockKind.PARAGRAPH and stop - first == 1
    ends = above is not None and body[above.start : above.end].endswith((".", "!", "?", ":"))
    return [first] if is_rest and not ends and not heads_text else []


def _names(said: Sequence[str], insets: Sequence[int]) -> Iterator[int]:
    """The places of the lines of a stack that name those below them.

    They are all those over lines that stand further in, or every other where each has one with figures below it; else
    the first without figures.
    """
    over = [number for number, (one, below) in enumerate(pairwise(insets)) if one < below]
    alternate = len(said) > STACKED_HEADINGS and all(_has_figure(one) == at % 2 for at, one in enumerate(said))
    if over:
        yield from over
    elif alternate:
        yield from range(0, len(said), 2)
    elif not _has_figure(said[0]):
        yield 0


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


def _inset_at(body: str, block: Block) -> int:
    return _inset(body[body.rfind("\n", 0, block.start) + 1 : block.start + 1])


def _is_schedule(body: str, opening: Sequence[Block]) -> bool:
    """Whether the lines that open a text are no title page: a name, and then lines that begin with figures."""
    begins = [body[block.start].isdigit() for block in opening]
    return len(begins) >= STACKED_HEADINGS and not begins[0] and all(begins[1:])


def _closing(body: str, headed: Sequence[Block]) -> list[int]:
    """The headings below the last text, where they are a few lines of a few words: who signs it heads nothing.

    What stands right over a line that gives a value, as "Fees" over "Adults – £5", does.
    """
    texts = (number for number in reversed(range(len(headed))) if headed[number].kind is not BlockKind.HEADING)
    first = next(texts, -1) + 1
    said = [body[block.start : block.end] for block in headed[first:]]
    lines = [line for one in said for line in one.split("\n")]
    signed = all(len(line.split()) <= SIGNED_WORDS and not line.endswith("?") for line in lines)
    is_closing = first and signed and (len(lines) >= STACKED_HEADINGS or len(lines) > len(said))
    if not is_closing or len(lines) > MOST_SIGNED:
        return []
    values = [*map(gives_value, said), False]
    return [first + at for at in range(len(said)) if values[at] or not values[at + 1]]
