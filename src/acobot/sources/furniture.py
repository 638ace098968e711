"""Page furniture: which blocks of a text belong to the page it stood on, and not to what the text says.

Menus, sign-ups, log-in notes, disclaimers, property boxes, contents lists, links to other articles: never quoted.
General rules only, in two kinds: words that pages use of themselves, which the language has, and the shape of a run of
blocks; a source's own `keep` and `drop` overrule them. Blocks in, blocks out with `furniture` set; knows no source and
no file format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from acobot.languages import FurnitureRules, Language
from acobot.sources.doubtful import ENDS_SENTENCE, LABELLED, SHORT_WORDS, Page, boxes, find_doubtful, is_credit, runs
from acobot.sources.drafting import CELL_GAP
from acobot.sources.picking import folded
from acobot.sources.record import Block, BlockKind, SetAside

MENU_ITEMS = 6  # so many bare phrases in a row are a menu
LONG_MENU_ITEMS = 12  # under a heading a shorter run may be a list of names that the heading announces
MENU_WORDS = 8
LABEL_SHARE = 0.7  # of a menu's items
ENTRY_WORDS = 25  # of a contents list
POINTER_WORDS = 16  # the headline of another page

_BARE_LINK_LABEL = re.compile(r"^<[^>]+>[^.!?]*</[^>]+>$")
_PAGE_NUMBER = re.compile(r"\d{1,4}$")
_LEADERS = re.compile(r"\.\.\.|…")


def set_aside_furniture(
    text: str, blocks: Sequence[Block], language: Language, keep: Sequence[str] = (), drop: Sequence[str] = ()
) -> tuple[Block, ...]:
    """The same blocks, with `furniture` set on those that are; a heading that is furniture heads nothing.

    A block that holds one of the texts of `keep` is none, one that holds one of `drop` is, whatever the rules say;
    `keep` goes before `drop`.
    """
    aside = find_furniture(text, blocks, language, keep, drop)
    return tuple(replace(block, furniture=number in aside) for number, block in enumerate(blocks))


def find_furniture(
    text: str, blocks: Sequence[Block], language: Language, keep: Sequence[str] = (), drop: Sequence[str] = ()
) -> dict[int, SetAside]:
    """The numbers of the blocks that are furniture, and by which rule."""
    rules = language.furniture
    words = [text[block.start : block.end] for block in blocks]
    certain: dict[int, SetAside] = {}
    for number, said in enumerate(words):
        if _is_notice(said, rules) and not _is_step(blocks, words, number, rules):
            certain[number] = SetAside.NOTICE
        elif blocks[number].kind is not BlockKind.ITEM and _is_credit(said, rules):
            certain[number] = SetAside.CREDIT
    for find, rule in _CERTAIN:
        for number in find(blocks, words, rules):
            certain.setdefault(number, rule)
    page = Page.of(blocks, words, frozenset(certain))
    furniture = certain | find_doubtful(page, rules)
    furniture |= dict.fromkeys(_menus(page, furniture, rules), SetAside.MENU) | furniture
    furniture |= {number: SetAside.FORMAT for number, block in enumerate(blocks) if block.furniture}
    furniture |= dict.fromkeys(_holding(words, drop), SetAside.DROP)
    kept = _holding(words, keep)
    return {number: rule for number, rule in sorted(furniture.items()) if number not in kept}


def _holding(words: Sequence[str], texts: Sequence[str]) -> set[int]:
    """The blocks that hold one of the texts, whatever their capitals and line breaks."""
    sought = [folded(text) for text in texts]
    said = [folded(one) for one in words] if sought else []
    return {number for number, one in enumerate(said) if any(text in one for text in sought)}


def _is_notice(said: str, rules: FurnitureRules) -> bool:
    flat = " ".join(said.split())
    if len(flat.split()) <= SHORT_WORDS and (
        rules.notice.search(flat) or rules.step.search(flat) or _BARE_LINK_LABEL.match(flat)
    ):
        return True
    return bool(rules.byline.fullmatch(flat))


def _is_step(blocks: Sequence[Block], words: Sequence[str], number: int, rules: FurnitureRules) -> bool:
    """Whether a block that asks for something is one of a list of sentences, such as the steps of a form."""
    flat = " ".join(words[number].split())
    if not rules.step.search(flat) or rules.notice.search(flat):
        return False
    near = [one for one in (number - 1, number, number + 1) if 0 <= one < len(blocks)]
    listed = [one for one in near if blocks[one].kind is BlockKind.ITEM and ENDS_SENTENCE.search(words[one])]
    return number in listed and any(one != number and not _is_notice(words[one], rules) for one in listed)


def _is_credit(said: str, rules: FurnitureRules) -> bool:
    return is_credit(" ".join(said.split()), rules, lambda name: _looks_like_label(name, rules))


def _labels(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Words of a page's own, but not as headings: "Accessibility" over a text."""
    for number, said in enumerate(words):
        if rules.label.match(" ".join(said.split())) and not (
            _heads_text(blocks, words, number) or _heads_facts(blocks, words, number)
        ):
            yield number


def _heads_facts(blocks: Sequence[Block], words: Sequence[str], number: int) -> bool:
    """Whether a block is a heading right over a "Label: value" line or over more words than a menu's."""
    return any(LABELLED.match(said) or len(said.split()) > MENU_WORDS for said in _headed(blocks, words, number))


def _heads_contact(blocks: Sequence[Block], words: Sequence[str], number: int, rules: FurnitureRules) -> bool:
    """Whether a block is a heading right over a way to reach someone."""
    return any(LABELLED.match(said) and rules.contact.match(said) for said in _headed(blocks, words, number))


def _heads_text(blocks: Sequence[Block], words: Sequence[str], number: int) -> bool:
    """Whether a block is a heading right over a sentence."""
    return any(ENDS_SENTENCE.search(said) for said in _headed(blocks, words, number))


def _headed(blocks: Sequence[Block], words: Sequence[str], number: int) -> Sequence[str]:
    """What stands right under a heading, nothing where that is a heading too."""
    after = number + 1
    if after == len(blocks) or blocks[number].kind is not BlockKind.HEADING or blocks[after].kind is BlockKind.HEADING:
        return ()
    return words[after : after + 1]


def _is_bare(said: str) -> bool:
    """A phrase that could stand in a menu: few words, no sentence's end."""
    return len(said.split()) <= MENU_WORDS and not ENDS_SENTENCE.search(said)


def _menus(page: Page, furniture: Collection[int], rules: FurnitureRules) -> Iterator[int]:
    """Runs of bare list items with the look of labels, long or alone (a breadcrumb), that no words announce.

    A term has its meaning on a line below it.
    """
    blocks, words = page.blocks, page.words
    items = [block.kind is BlockKind.ITEM for block in blocks]
    bare = [
        item and _is_bare(said) and said[:1].isupper() and not re.search(r"[\d\n]", said) and not LABELLED.match(said)
        for item, said in zip(items, words, strict=True)
    ]
    sentences = [
        number
        for number, said in enumerate(words)
        if number not in furniture and blocks[number].kind is not BlockKind.HEADING and ENDS_SENTENCE.search(said)
    ]
    begins, ends = (sentences[0], sentences[-1]) if sentences else (len(blocks), -1)
    for run in runs(bare, 1):
        before = run.start - 1
        alone = len(run) == 1 and not any(items[number] for number in (before, run.stop) if 0 <= number < len(items))
        headed = before >= 0 and before not in furniture and blocks[before].kind is BlockKind.HEADING
        shortest = LONG_MENU_ITEMS if headed else MENU_ITEMS
        if not alone and sum(CELL_GAP in words[number] for number in run) > len(run) / 2:
            continue  # rows of a table without a head: "Chair | Ann Lee"
        labels = sum(_looks_like_label(words[number], rules) for number in run)
        looks = (alone or len(run) >= shortest) and labels >= LABEL_SHARE * len(run)
        amid = begins < run.start or (before == page.title == 0 and run.stop <= ends)
        if looks and not _is_announced(page, run, furniture, amid=amid, rules=rules):
            yield from run


def _is_announced(page: Page, run: range, furniture: Collection[int], *, amid: bool, rules: FurnitureRules) -> bool:
    """Whether a list of names is announced: by a colon, or amid text by its heading or the sentence before it.

    So it is by words that it ends: "It is free for". Under a page's title the text may all come after.
    """
    before = run.start - 1
    if before < 0 or before in furniture:
        return False
    if page.words[before].endswith(":") or page.words[before].split()[-1] in rules.small:
        return True
    # Beside a date of the page a text may begin or end; beside other furniture there is more of it.
    beside = {number for number in (before - 1, run.stop) if number in furniture}
    if not amid or any(not rules.dateline.match(" ".join(page.words[number].split())) for number in beside):
        return False
    if page.blocks[before].kind is BlockKind.HEADING:
        return True
    sentence = re.split(r"[.!?] ", page.words[before])[-1]
    return bool(page.over[run.start]) and bool(rules.announces.search(sentence))


def _looks_like_label(said: str, rules: FurnitureRules) -> bool:
    """Title case throughout ("Travel, Accommodation, Tourism", "Policy and Strategy") or a single word."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", said) if part not in rules.small]
    return bool(parts) and all(part[0].isupper() for part in parts)


def _particulars(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Boxes of the particulars of a document; those of ways to reach someone are doubtful."""
    for run, reaches in boxes(blocks, words, rules):
        if not reaches:
            yield from run


def _contents(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """A contents list: entries that end in page numbers in order, or a list of links right under its heading."""
    entries = [_page_of_entry(said) for said in words]
    for run in runs([entry is not None for entry in entries], 2):
        pages = [entries[number] or 0 for number in run]
        named = any(rules.contents.match(said) for said in words[max(run.start - 1, 0) : run.start + 1])
        if pages == sorted(pages) and (named or any(_LEADERS.search(words[number]) for number in run)):
            yield from run
    reached = 0
    for number, said in enumerate(words):
        if number >= reached and rules.contents.match(said) and len(said.split()) <= 4:
            yield number
            for after in range(number + 1, len(blocks)):
                if blocks[after].kind is not BlockKind.ITEM or not _is_bare(words[after].rstrip("?")):
                    break
                yield after
                reached = after + 1


def _page_of_entry(said: str) -> int | None:
    """The page number that ends an entry of a contents list, dots or a wide gap before it."""
    page = _PAGE_NUMBER.search(said)
    if page is None or len(said.split()) > ENTRY_WORDS:
        return None
    before = said[: page.start()]
    gap = before[len(before.rstrip(" \t\n.…")) :]
    return int(page[0]) if any(mark in gap for mark in ("..", "…", "\t", "  ")) else None


def _elsewhere(blocks: Sequence[Block], words: Sequence[str], rules: FurnitureRules) -> Iterator[int]:
    """Pointers to other pages: what opens them, and the bare phrases after it, up to the next text and its heading.

    A heading that opens them stands over nothing beyond the next of its rank that heads something. A table, with the
    line over it, points nowhere.
    """
    rows = [block.kind is BlockKind.ROW for block in blocks]
    reached = 0
    for number, said in enumerate(words):
        if number >= reached and len(said.split()) <= 8 and rules.elsewhere.match(" ".join(said.split())):
            for pointer in range(number, len(blocks)):
                ends = pointer > number and ENDS_SENTENCE.search(words[pointer])
                heads = _heads_text(blocks, words, pointer) or _heads_contact(blocks, words, pointer, rules)
                heads = heads or _parts_from(blocks, number, pointer)
                if ends or heads or not _is_listed(words[pointer]) or any(rows[pointer : pointer + 2]):
                    break
                yield pointer
                reached = pointer + 1


def _parts_from(blocks: Sequence[Block], opening: int, number: int) -> bool:
    """Whether a block is a heading with something under it, of the rank of the heading that opens, or a higher one."""
    if number == opening or blocks[opening].kind is not BlockKind.HEADING:
        return False
    under = blocks[number + 1 : number + 2]
    is_heading = blocks[number].kind is BlockKind.HEADING and blocks[number].level <= blocks[opening].level
    return is_heading and bool(under) and under[0].kind is not BlockKind.HEADING


def _is_listed(said: str) -> bool:
    return all(len(line.split()) <= POINTER_WORDS for line in said.split("\n"))


_CERTAIN = (
    (_labels, SetAside.LABEL),
    (_particulars, SetAside.PARTICULARS),
    (_contents, SetAside.CONTENTS),
    (_elsewhere, SetAside.ELSEWHERE),
)
