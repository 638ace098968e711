"""Page furniture: which blocks of a text belong to the page it stood on, and not to what the text says.

Menus, sign-ups, log-in notes, disclaimers, property boxes, contents lists, links to other articles: never quoted.
General rules only, in two kinds: words that pages use of themselves, and the shape of a run of blocks. Blocks in,
blocks out with `furniture` set; knows no source and no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from acobot.sources.record import Block, BlockKind

SHORT_WORDS = 60  # a notice: longer blocks that mention a newsletter are about newsletters
MENU_ITEMS = 6  # so many bare phrases in a row are a menu
MENU_WORDS = 8
BOX_WORDS = 20
BOX_LINES = 3  # so many "Label: value" lines in a row are a box of properties

_FLAGS = re.IGNORECASE | re.VERBOSE

# What a page says of itself, in a block of its own. Each must be unlikely as a statement about the world.
_NOTICE = re.compile(
    r"""
    ^(?:back\ to\ |return\ to\ |skip\ to\ |go\ to\ |jump\ to\ )?(?:the\ )?(?:top|bottom|end|start)\ of\ (?:the\ )?page\b
    | ^(?:skip|jump)\ to\ (?:the\ )?(?:main\ )?(?:content|navigation)
    | \bsign(?:ing)?[\ -]up\ (?:for|to)\b.{0,60}\b(?:newsletter|email|e-mail|updates?|inbox|alerts?|via|free)\b
    | \b(?:enter|submit|confirm|provide)\b.{0,15}\byour\ e-?mail\b
    | \bsubscribe\ (?:now|today|here|to\ (?:our|the)\b.{0,40}\b(?:newsletter|magazine|channel|updates?|podcast))
    | \b(?:straight|direct|delivered)\b.{0,15}\bto\ your\ inbox\b
    | \bwant\ (?:more\ )?(?:news|stories|articles|updates|content)\ like\ this\b
    | \b(?:please\ )?(?:log|sign)[\ -]?in\ (?:to|or)
        \ (?:allow|access|comment|view|continue|read|use|register|leave|post|join|subscribe)\b
    | \b(?:you\ must|you\ need\ to)\ (?:be\ logged|log|sign|register)\b
    | \bthis\ (?:site|website|web\ page|page)\ (?:is\ (?:intended|designed|best\ viewed)|uses?\ cookies|requires)\b
    | \bwe\ use\ cookies\b | \b(?:accept|manage|reject)\ (?:all\ )?cookies\b
    | \b(?:visit|read|see|view)\ our\ (?:privacy|cookie)\b
    | \bthis\ (?:resource|page|article|item|document|post)\ is\ (?:not\ )?(?:currently\ |yet\ )?
        (?:associated|tagged|filed|linked|archived|categorised|categorized)\b
    | \bhow\ you\ can\ unsubscribe\b | \bunsubscribe\ (?:at\ any\ time|from)\b
    | ^support\ (?:\d+\ years\ of\ |our\ |quality\ |independent\ )+(?:independent\ )?journalism
    | ^(?:please\ )?(?:support\ us|donate|become\ a\ member|join\ us)\b.{0,60}$
    | ^for\ (?:more|further)\ information\b.{0,120}\b(?:contact|call|e-?mail|visit)\b
    | ^(?:share|tweet|print|e-?mail|like|follow)\ (?:this|us|on|via)\b.{0,60}$
    | ^(?:all\ rights\ reserved|©|\(c\)\ |copyright\b)
    | ^you\ may\ (?:re-?use|reproduce|copy|download)\b
    | ^published\ (?:to|on|in)\ \S+,?\ in\ \w+\ format
    | ^(?:https?://|www\.)\S+$
    | ^(?:advertisement|advert|sponsored(?:\ content)?|loading\W*|menu|search|close|next|previous|read\ more|show\ more|
        load\ more|comments?|share|print|home|contact\ us|about\ us|log\ ?in|sign\ in|register|subscribe|cookies?|
        privacy(?:\ policy)?|terms(?:\ (?:and|&)\ conditions|\ of\ use)?|site\ ?map|accessibility)$
    | ^photo(?:graph)?(?:\ by|:|\ credit)
    """,
    _FLAGS,
)
# A byline or dateline in a block of its own.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATELINE = re.compile(
    rf"""
    ^(?:(?:last\ )?(?:updated|published|posted|modified|reviewed)(?:\ on)?\s*:?\s*)?
    (?:(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?,?\ )?
    (?:\d{{1,2}}(?:st|nd|rd|th)?\ {_MONTH}\ \d{{4}} | {_MONTH}\ \d{{1,2}},?\ \d{{4}}
        | \d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}})
    .{{0,45}}$
    """,
    _FLAGS,
)
_BYLINE = re.compile(r"by(?:\s+(?:[A-Z][\w'’.-]*|and|&|,)){2,8}(?:\s+\d{1,2}\s+\w+\s+\d{4})?", re.DOTALL)
_BARE_LINK_LABEL = re.compile(r"^\s*<[^>]+>.*</[^>]+>\s*$", re.DOTALL)
# What opens a list of other things to read; whatever bare phrases follow it belong to it.
_ELSEWHERE = re.compile(
    r"""
    ^(?:related|recommended|popular|latest|trending|more|further|other)\
        (?:articles?|stories|content|posts?|news|reading|reads|links?|topics?|pages?|on\ this.{0,30}|like\ this)$
    | ^(?:related|trending|most\ (?:read|popular))$
    | ^(?:content|more|stories|articles|posts)\ from\ (?:our|the|this)\b.{0,40}$
    | ^(?:you\ (?:may|might)\ also\ (?:like|be\ interested).*|read\ next|see\ also|don['’]t\ miss)\W*$
    | ^editor['’]s\ picks?\W*$
    | ^(?:have\ your\ say|leave\ a\ (?:comment|reply)|comments?|discussion|share\ this.*|follow\ us.*)\W*$
    | ^topics\ in\ this\ article\W*$
    """,
    _FLAGS,
)
_CONTENTS = re.compile(r"^(?:table\ of\ )?contents\b|^(?:in|on)\ this\ (?:page|article|document|section)\W*$", _FLAGS)
_PAGE_NUMBERED = re.compile(r"\S.*?(?:\.{2,}|…|\t|\ {2,})[.…\s]*\d{1,4}\s*$", re.DOTALL)
_LABELLED = re.compile(r"^(?:[A-Z][\w&/'’-]+)(?:\ [\w&/'’-]+){0,3}\ ?:\s+\S", re.DOTALL)
_LEGAL = re.compile(
    r"""
    \bwarrant(?:s|y|ies)?\b | \bliab(?:le|ility)\b | \berrors?\ (?:or|and)\ omissions?\b | \bwithout\ notice\b
    | \bdue\ care\b | \baccura(?:te|cy)\b | \bcompleteness\b | \bdisclaim\w* | \bpersonal\ data\b | \bprivacy\ policy\b
    | \bno\ responsibility\b | \bat\ your\ own\ risk\b | \bdoes\ not\ constitute\b | \bprofessional\ advice\b
    | \breserve[sd]?\ the\ right\b | \bthird[ -]part(?:y|ies)\b | \blogos?\b | \blicen[cs]e\b | \bunsubscribe\b
    | \bfree\ of\ charge\ in\ any\ format\b
    """,
    _FLAGS,
)
_SMALL_WORDS = {"a", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
LEGAL_CUES = 3
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'’”)\]*]*$")


def set_aside_furniture(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with `furniture` set on those that are; a heading that is furniture heads nothing."""
    furniture: set[int] = set()
    words = [text[block.start : block.end] for block in blocks]
    furniture.update(number for number, said in enumerate(words) if _is_notice(said))
    for rule in (_menus, _lone_items, _boxes, _contents, _elsewhere):
        furniture.update(rule(blocks, words))
    return tuple(
        replace(block, furniture=True) if number in furniture else block for number, block in enumerate(blocks)
    )


def _is_notice(said: str) -> bool:
    flat = " ".join(said.split())
    few = len(flat.split()) <= SHORT_WORDS
    if few and (_NOTICE.search(flat) or _DATELINE.match(flat) or _BARE_LINK_LABEL.match(flat)):
        return True
    if re.match(r"By\s", flat) and _BYLINE.fullmatch("by" + flat[2:]):
        return True
    return len({cue.casefold() for cue in _LEGAL.findall(flat)}) >= LEGAL_CUES


def _is_bare(said: str) -> bool:
    """A phrase that could stand in a menu: few words, no sentence's end."""
    return len(said.split()) <= MENU_WORDS and not _ENDS_SENTENCE.search(said)


def _runs(flags: Sequence[bool], shortest: int) -> Iterator[int]:
    """The numbers in runs of true flags that are at least so long."""
    start = 0
    for number, flag in enumerate([*flags, False]):
        if not flag:
            if number - start >= shortest:
                yield from range(start, number)
            start = number + 1


def _menus(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Long runs of bare list items with the look of labels: capitals, and a stroke, an ampersand or no verb."""
    flags = [
        block.kind is BlockKind.ITEM and _is_bare(said) and said[:1].isupper() and not re.search(r"\d", said)
        for block, said in zip(blocks, words, strict=True)
    ]
    run: list[int] = []
    for number in [*_runs(flags, MENU_ITEMS), -1]:
        if run and number != run[-1] + 1:
            labels = sum(_looks_like_label(words[item]) for item in run)
            if labels >= 0.7 * len(run):
                yield from run
            run = []
        run.append(number)


def _lone_items(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """A list of one bare label: a breadcrumb, or the author's name beside a picture."""
    for number, block in enumerate(blocks):
        neighbours = [*blocks[max(number - 1, 0) : number], *blocks[number + 1 : number + 2]]
        alone = block.kind is BlockKind.ITEM and all(other.kind is not BlockKind.ITEM for other in neighbours)
        if alone and _is_bare(words[number]) and _looks_like_label(words[number]):
            yield number


def _looks_like_label(said: str) -> bool:
    """Title case throughout ("Travel, Accommodation, Tourism", "Policy and Strategy") or a single word."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", said) if part not in _SMALL_WORDS]
    return bool(parts) and all(part[0].isupper() for part in parts)


def _boxes(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Runs of "Label: value" lines, the particulars of a document."""
    flags = [
        block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and bool(_LABELLED.match(said))
        and len(said.split()) <= BOX_WORDS
        and not said.rstrip().endswith((".", "?"))
        for block, said in zip(blocks, words, strict=True)
    ]
    yield from _runs(flags, BOX_LINES)


def _contents(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """A contents list: entries that end in page numbers, or a list of links right under its heading."""
    flags = [bool(_PAGE_NUMBERED.match(said)) and len(said.split()) <= 25 for said in words]
    yield from _runs(flags, 2)
    for number, said in enumerate(words):
        if _CONTENTS.match(said) and len(said.split()) <= 4:
            yield number
            for after in range(number + 1, len(blocks)):
                if blocks[after].kind is not BlockKind.ITEM or not _is_bare(words[after].rstrip("?")):
                    break
                yield after


def _elsewhere(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Pointers to other pages: what opens them, and the bare phrases after it."""
    for number, said in enumerate(words):
        if len(said.split()) <= 8 and _ELSEWHERE.match(" ".join(said.split())):
            yield number
            for after in range(number + 1, len(blocks)):
                if _ENDS_SENTENCE.search(words[after]) or len(words[after].split()) > 16:
                    break
                yield after
