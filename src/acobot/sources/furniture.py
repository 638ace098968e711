"""Page furniture: which blocks of a text belong to the page it stood on, and not to what the text says.

Menus, sign-ups, log-in notes, disclaimers, property boxes, contents lists, links to other articles: never quoted.
General rules only, in two kinds: words that pages use of themselves, which the language has, and the shape of a run of
blocks. Blocks in, blocks out with `furniture` set; knows no source and no file format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from acobot.languages import FurnitureRules, Language
from acobot.sources.record import Block, BlockKind

SHORT_WORDS = 60  # of a notice: longer blocks that mention a newsletter are about newsletters
MENU_ITEMS = 6  # so many bare phrases in a row are a menu
LONG_MENU_ITEMS = 12  # under a heading a shorter run may be a list of names that the heading announces
MENU_WORDS = 8
LABEL_SHARE = 0.7  # of a menu's items
BOX_WORDS = 20
BOX_LINES = 3  # so many "Label: value" lines in a row are a box of properties
ENTRY_WORDS = 25  # of a contents list
POINTER_WORDS = 16  # the headline of another page

_BARE_LINK_LABEL = re.compile(r"^<[^>]+>[^.!?]*</[^>]+>$")
_PAGE_NUMBER = re.compile(r"\d{1,4}$")
_LEADERS = re.compile(r"\.\.\.|…")
_LABELLED = re.compile(r"^(?:[A-Z][\w&/'’-]+)(?:\ [\w&/'’-]+){0,3}\ ?:\s+\S", re.DOTALL)
LEGAL_CUES = 3
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'’”)\]*]*$")


def set_aside_furniture(text: str, blocks: Sequence[Block], language: Language) -> tuple[Block, ...]:
    """The same blocks, with `furniture` set on those that are; a heading that is furniture heads nothing."""
    rules = language.furniture
    words = [text[block.start : block.end] for block in blocks]
    furniture = {number for number, said in enumerate(words) if _is_notice(said, rules)}
    for find in (_labels, _boxes, _contents, _elsewhere):
        furniture.update(find(blocks, words, rules))
    furniture.update(_menus(blocks, words, furniture, rules))
    return tuple(
        replace(block, furniture=True) if number in furniture else block for number, block in enumerate(blocks)
    )


def _is_notice(said: str, rules: FurnitureRules) -> bool:
    flat = " ".join(said.split())
    if len(flat.split()) <= SHORT_WORDS and (rules.notice.search(flat) or _BARE_LINK_LABEL.match(flat)):
        return True
    if rules.byline.fullmatch(flat):
        return True
    strong, weak = ({cue.casefold() for cue in cues.findall(flat)} for cues in (rules.disclaiming, rules.legal))
    return bool(strong) and len(strong) + len(weak) >= LEGAL_CUES


def _labels(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Words of a page's own and dates, but not as headings: "Accessibility" over a text, the dates of a timeline."""
    flat = [" ".join(said.split()) for said in words]
    heads = [_heads_text(blocks, words, number) for number in range(len(blocks))]
    dated = [bool(rules.dateline.match(said)) for said in flat]
    timeline = sum(date and head for date, head in zip(dated, heads, strict=True)) > 1
    for number, said in enumerate(flat):
        if (rules.label.match(said) and not heads[number]) or (dated[number] and not (heads[number] and timeline)):
            yield number


def _heads_text(blocks: Sequence[Block], words: Sequence[str], number: int) -> bool:
    """Whether a block is a heading right over a sentence."""
    return blocks[number].kind is BlockKind.HEADING and any(
        block.kind is not BlockKind.HEADING and _ENDS_SENTENCE.search(said)
        for block, said in zip(blocks[number + 1 : number + 2], words[number + 1 : number + 2], strict=True)
    )


def _is_bare(said: str) -> bool:
    """A phrase that could stand in a menu: few words, no sentence's end."""
    return len(said.split()) <= MENU_WORDS and not _ENDS_SENTENCE.search(said)


def _runs(flags: Sequence[bool], shortest: int) -> Iterator[range]:
    """The runs of true flags that are at least so long."""
    start = 0
    for number, flag in enumerate([*flags, False]):
        if not flag:
            if number - start >= shortest:
                yield range(start, number)
            start = number + 1


def _menus(
    blocks: Sequence[Block], words: Sequence[str], furniture: Collection[int], rules: FurnitureRules
) -> Iterator[int]:
    """Runs of bare list items with the look of labels, long or alone (a breadcrumb), that no words introduce."""
    items = [block.kind is BlockKind.ITEM for block in blocks]
    bare = [
        item and _is_bare(said) and said[:1].isupper() and not re.search(r"\d", said)
        for item, said in zip(items, words, strict=True)
    ]
    for run in _runs(bare, 1):
        before = run.start - 1
        alone = len(run) == 1 and not any(items[number] for number in (before, run.stop) if 0 <= number < len(items))
        introduced = before >= 0 and before not in furniture and words[before].endswith(":")
        headed = before >= 0 and before not in furniture and blocks[before].kind is BlockKind.HEADING
        shortest = LONG_MENU_ITEMS if headed else MENU_ITEMS
        labels = sum(_looks_like_label(words[number], rules) for number in run)
        if (alone or len(run) >= shortest) and not introduced and labels >= LABEL_SHARE * len(run):
            yield from run


def _looks_like_label(said: str, rules: FurnitureRules) -> bool:
    """Title case throughout ("Travel, Accommodation, Tourism", "Policy and Strategy") or a single word."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", said) if part not in rules.small]
    return bool(parts) and all(part[0].isupper() for part in parts)


def _boxes(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Runs of "Label: value" lines most of whose labels are particulars of a document, or ways to reach someone."""
    flags = [
        block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and bool(_LABELLED.match(said))
        and len(said.split()) <= BOX_WORDS
        and not said.rstrip().endswith((".", "?"))
        for block, said in zip(blocks, words, strict=True)
    ]
    for run in _runs(flags, BOX_LINES):
        if 2 * sum(bool(rules.property.match(words[number])) for number in run) >= len(run):
            yield from run


def _contents(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """A contents list: entries that end in page numbers in order, or a list of links right under its heading."""
    entries = [_page_of_entry(said) for said in words]
    for run in _runs([entry is not None for entry in entries], 2):
        pages = [entries[number] or 0 for number in run]
        named = any(rules.contents.match(said) for said in words[max(run.start - 1, 0) : run.start + 1])
        if pages == sorted(pages) and (named or any(_LEADERS.search(words[number]) for number in run)):
            yield from run
    for number, said in enumerate(words):
        if rules.contents.match(said) and len(said.split()) <= 4:
            yield number
            for after in range(number + 1, len(blocks)):
                if blocks[after].kind is not BlockKind.ITEM or not _is_bare(words[after].rstrip("?")):
                    break
                yield after


def _page_of_entry(said: str) -> int | None:
    """The page number that ends an entry of a contents list, dots or a wide gap before it."""
    page = _PAGE_NUMBER.search(said)
    if page is None or len(said.split()) > ENTRY_WORDS:
        return None
    before = said[: page.start()]
    gap = before[len(before.rstrip(" \t\n.…")) :]
    return int(page[0]) if any(mark in gap for mark in ("..", "…", "\t", "  ")) else None


def _elsewhere(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Pointers to other pages: what opens them, and the bare phrases after it, up to the next text and its heading."""
    for number, said in enumerate(words):
        if len(said.split()) <= 8 and rules.elsewhere.match(" ".join(said.split())):
            for pointer in range(number, len(blocks)):
                ends = pointer > number and _ENDS_SENTENCE.search(words[pointer])
                if ends or not _is_listed(words[pointer]) or _heads_text(blocks, words, pointer):
                    break
                yield pointer


def _is_listed(said: str) -> bool:
    return all(len(line.split()) <= POINTER_WORDS for line in said.split("\n"))
