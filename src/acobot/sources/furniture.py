"""Page furniture: which blocks of a text belong to the page it stood on, and not to what the text says.

Menus, sign-ups, log-in notes, disclaimers, property boxes, contents lists, links to other articles: never quoted.
General rules only, in two kinds: words that pages use of themselves, and the shape of a run of blocks. Blocks in,
blocks out with `furniture` set; knows no source and no file format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

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

_FLAGS = re.IGNORECASE | re.VERBOSE

# What a page says of itself, in a block of its own. Each must be unlikely as a statement about the world.
_NOTICE = re.compile(
    r"""
    ^(?:(?:back|return|skip|go|jump)\ to\ )?(?:the\ )?(?:top|bottom|end|start)\ of\ (?:the\ )?page\W*$
    | ^(?:back|return)\ to\ (?:the\ )?top$ | ^(?:skip|jump)\ to\ (?:the\ )?(?:main\ )?(?:content|navigation)\b
    | (?:^|[.!?:…]\ |\ our\ )sign[\ -]up\ (?:for|to)\b.{0,60}\b(?:newsletter|e-?mail|updates?|inbox|alerts?|free)\b
    | \bsign(?:ing)?[\ -]up\ (?:for|to)\ (?:our|your|my)\b.{0,60}\b(?:newsletter|e-?mail|updates?|alerts?)\b
    | (?:^|[.!?:…]\ |select\ and\ )(?:enter|submit|confirm|provide)\b.{0,15}\byour\ e-?mail\b
    | (?:^|[.!?:…]\ )subscribe\ (?:now|today|here|to\b.{0,40}\b(?:newsletter|magazine|channel|updates?|podcast))
    | \bsubscribe\ to\ our\b.{0,40}\b(?:newsletter|magazine|channel|updates?|podcast)
    | \b(?:straight|direct|delivered)\b.{0,15}\bto\ your\ inbox\b
    | \bhow\ you\ can\ unsubscribe\b | \bunsubscribe\ at\ any\ time\b
    | \bwant\ (?:more\ )?(?:news|stories|articles|updates|content)\ like\ this\b
    | \b(?:log|logged|sign|signed)[\ -]?in\ (?:to|or)\ (?:allow\ this|comment|continue|register|leave|post|reply
        |subscribe|join\ the|(?:access|view|read|use)\ (?:this|more|all|our|the\ (?:full|rest|article)))\b
    | \bthis\ (?:site|website|web\ page|page)\ (?:is\ (?:intended\ for\b.{0,40}\b(?:professionals|only)\b|best\ viewed)
        |uses?\ cookies|requires\ (?:javascript|cookies|a\ browser))
    | \bwe\ use\ cookies\b | ^(?:accept|manage|reject)\ (?:all\ )?cookies\b
    | \b(?:visit|read|see|view)\ our\ (?:privacy|cookie)\b
    | \bthis\ (?:resource|page|article|item|document|post)\ is\ (?:not\ )?(?:currently\ |yet\ )?
        (?:associated\ (?:to|with)\ any|tagged|filed\ under|categori[sz]ed)\b
    | ^support\ (?:\d+\ years\ of\ |our\ |quality\ |independent\ )+(?:independent\ )?journalism
    | ^(?:please\ )?(?:(?:support|join)\ us|become\ a\ member)\b[^.]{0,60}$ | ^donate(?:\ now|\ today|\ here)?$
    | ^for\ (?:more|further)\ information\b[^,]{0,120},?\ (?:please\ |you\ can\ )?(?:contact|call|e-?mail|visit)\b
    | ^(?:share|tweet|print|e-?mail|like)\ (?:this\ (?:page|article|story|post|item)|on\ \w+|via\ \w+)$
    | ^(?:follow|find|like)\ us(?:\ on\b.{0,40})?$
    | ^report\ (?:a\ problem|an\ issue|an\ error)\ (?:with|on)\ this\ page
    | ^(?:topics\ in\ this\ article|tags|filed\ under|tagged(?:\ with|\ as)?|categories)\ ?:
    | ^(?:all\ rights\ reserved\b|©|\(c\)\ (?:\d{4}|copyright)\b|copyright\W*(?:©|\(c\)|\d{4}|notices?$|$))
    | ^you\ may\ (?:re-?use|reproduce|copy|download)\ (?:the\ text|this|any|material|content|information)\b
    | ^published\ (?:(?:to|on|in)\ \S+,?\ )?in\ \w+\ format
    | ^(?:https?://|www\.)\S+$
    | ^photo(?:graph)?(?:\ by|:|\ credit)
    """,
    _FLAGS,
)
# One word of a page's own, or a date; as a heading over a text they are what they say.
_LABEL = re.compile(
    r"""
    ^(?:advertisement|advert|sponsored(?:\ content)?|loading\W*|menu|search|close|next|previous|read\ more|show\ more|
        load\ more|comments?|share|print|home|contact\ us|about\ us|log\ ?in|sign\ in|register|subscribe|cookies?|
        privacy(?:\ policy)?|terms(?:\ (?:and|&)\ conditions|\ of\ use)?|site\ ?map|accessibility)$
    """,
    _FLAGS,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATELINE = re.compile(
    rf"""
    ^(?:(?:last\ )?(?:updated|published|posted|modified|reviewed)(?:\ on)?\s*:?\s*)?
    (?:(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?,?\ )?
    (?:\d{{1,2}}(?:st|nd|rd|th)?\ {_MONTH}\ \d{{4}} | {_MONTH}\ \d{{1,2}},?\ \d{{4}}
        | \d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}})
    (?:[\s,|•·–-]*+(?:updated|published|posted|modified|reviewed|at|by|in|and|\d[\d:./]*+|[ap]m
        |(?-i:[A-Z][\w'’-]*+)))*+\.?$
    """,
    _FLAGS,
)
_BYLINE = re.compile(r"by(?:\s+(?:[A-Z][\w'’.-]*|and|&|,)){2,8}(?:\s+\d{1,2}\s+\w+\s+\d{4})?", re.DOTALL)
_BARE_LINK_LABEL = re.compile(r"^<[^>]+>[^.!?]*</[^>]+>$")
# What opens a list of other things to read; whatever bare phrases follow it belong to it.
_ELSEWHERE = re.compile(
    r"""
    ^(?:related|recommended|popular|latest|trending|more|further|other)
        \ (?:articles?|stories|content|posts?|news|reading|reads|links?|topics?|pages?|on\ this.{0,30}|like\ this)$
    | ^(?:related|trending|most\ (?:read|popular))$
    | ^(?:content|stories|articles|posts)\ from\ our\b.{0,40}$ | ^more\ from\ (?:our|the|this)\b.{0,40}$
    | ^(?:you\ (?:may|might)\ also\ (?:like|be\ interested).*|read\ next|see\ also|don['’]t\ miss)\W*$
    | ^editor['’]s\ picks?\W*$
    | ^(?:have\ your\ say|leave\ a\ (?:comment|reply)|comments?|share\ this(?:\ \w+)?|follow\ us(?:\ on\b.*)?)\W*$
    | ^(?:was|is|did\ you\ find)\ this\ (?:page|article|information)\ (?:helpful|useful)\W*$
    """,
    _FLAGS,
)
_CONTENTS = re.compile(
    r"^(?:table\ of\ )?contents[\W\d]*$|^(?:in|on)\ this\ (?:page|article|document|section)\W*$", _FLAGS
)
_PAGE_NUMBER = re.compile(r"\d{1,4}$")
_LEADERS = re.compile(r"\.\.\.|…")
_LABELLED = re.compile(r"^(?:[A-Z][\w&/'’-]+)(?:\ [\w&/'’-]+){0,3}\ ?:\s+\S", re.DOTALL)
# What a document's own box says of it, and a contact box.
_PROPERTY = re.compile(
    r"""
    ^(?:title|sub-?title|authors?|publishers?|published|publication|rights|copyright|licen[cs]e|date|updated|version|status
        |doc(?:ument)?|target|audience|contact|details|doi|isbn|issn|sha|source|ref(?:erence)?|cross|keywords?|subjects?
        |type|language|format|abstract|series|owner|review|circulation|gateway|action|timing
        |tel(?:ephone)?|phone|fax|tdd|e-?mail|web(?:site)?|address|press|enquiries)\b
    """,
    _FLAGS,
)
# A disclaimer speaks of the law in several ways, at least one of which is the voice of a page about itself.
_LEGAL = re.compile(
    r"""
    \bliab(?:le|ility)\b | \baccura(?:te|cy)\b | \bcompleteness\b | \bpersonal\ data\b | \bprivacy\ policy\b
    | \bprofessional\ advice\b | \bthird[ -]part(?:y|ies)\b | \blogos?\b | \blicen[cs]e\b
    """,
    _FLAGS,
)
_DISCLAIMING = re.compile(
    r"""
    \bnot\ warrant\b | \bwarrant(?:s|y|ies)\b | \bno\ (?:liability|responsibility)\b
    | \berrors?\ (?:or|and)\ omissions?\b | \bwithout\ notice\b | \bdue\ care\b | \bdisclaims?\b
    | \bat\ your\ own\ risk\b | \bdoes\ not\ constitute\b
    | \breserves?\ the\ right\b | \bunsubscribe\b | \bfree\ of\ charge\ in\ any\ format\b
    """,
    _FLAGS,
)
_SMALL_WORDS = {"a", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
LEGAL_CUES = 3
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'’”)\]*]*$")


def set_aside_furniture(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with `furniture` set on those that are; a heading that is furniture heads nothing."""
    words = [text[block.start : block.end] for block in blocks]
    furniture = {number for number, said in enumerate(words) if _is_notice(said)}
    for rule in (_labels, _boxes, _contents, _elsewhere):
        furniture.update(rule(blocks, words))
    furniture.update(_menus(blocks, words, furniture))
    return tuple(
        replace(block, furniture=True) if number in furniture else block for number, block in enumerate(blocks)
    )


def _is_notice(said: str) -> bool:
    flat = " ".join(said.split())
    if len(flat.split()) <= SHORT_WORDS and (_NOTICE.search(flat) or _BARE_LINK_LABEL.match(flat)):
        return True
    if re.match(r"By\s", flat) and _BYLINE.fullmatch("by" + flat[2:]):
        return True
    strong, weak = ({cue.casefold() for cue in cues.findall(flat)} for cues in (_DISCLAIMING, _LEGAL))
    return bool(strong) and len(strong) + len(weak) >= LEGAL_CUES


def _labels(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Words of a page's own and dates, but not as headings: "Accessibility" over a text, the dates of a timeline."""
    flat = [" ".join(said.split()) for said in words]
    heads = [_heads_text(blocks, words, number) for number in range(len(blocks))]
    dated = [bool(_DATELINE.match(said)) for said in flat]
    timeline = sum(date and head for date, head in zip(dated, heads, strict=True)) > 1
    for number, said in enumerate(flat):
        if (_LABEL.match(said) and not heads[number]) or (dated[number] and not (heads[number] and timeline)):
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


def _menus(blocks: Sequence[Block], words: Sequence[str], furniture: Collection[int]) -> Iterator[int]:
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
        labels = sum(_looks_like_label(words[number]) for number in run)
        if (alone or len(run) >= shortest) and not introduced and labels >= LABEL_SHARE * len(run):
            yield from run


def _looks_like_label(said: str) -> bool:
    """Title case throughout ("Travel, Accommodation, Tourism", "Policy and Strategy") or a single word."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’]*", said) if part not in _SMALL_WORDS]
    return bool(parts) and all(part[0].isupper() for part in parts)


def _boxes(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Runs of "Label: value" lines most of whose labels are particulars of a document, or ways to reach someone."""
    flags = [
        block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and bool(_LABELLED.match(said))
        and len(said.split()) <= BOX_WORDS
        and not said.rstrip().endswith((".", "?"))
        for block, said in zip(blocks, words, strict=True)
    ]
    for run in _runs(flags, BOX_LINES):
        if 2 * sum(bool(_PROPERTY.match(words[number])) for number in run) >= len(run):
            yield from run


def _contents(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """A contents list: entries that end in page numbers in order, or a list of links right under its heading."""
    entries = [_page_of_entry(said) for said in words]
    for run in _runs([entry is not None for entry in entries], 2):
        pages = [entries[number] or 0 for number in run]
        named = any(_CONTENTS.match(said) for said in words[max(run.start - 1, 0) : run.start + 1])
        if pages == sorted(pages) and (named or any(_LEADERS.search(words[number]) for number in run)):
            yield from run
    for number, said in enumerate(words):
        if _CONTENTS.match(said) and len(said.split()) <= 4:
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


def _elsewhere(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Pointers to other pages: what opens them, and the bare phrases after it, up to the next text and its heading."""
    for number, said in enumerate(words):
        if len(said.split()) <= 8 and _ELSEWHERE.match(" ".join(said.split())):
            for pointer in range(number, len(blocks)):
                ends = pointer > number and _ENDS_SENTENCE.search(words[pointer])
                if ends or not _is_listed(words[pointer]) or _heads_text(blocks, words, pointer):
                    break
                yield pointer


def _is_listed(said: str) -> bool:
    return all(len(line.split()) <= POINTER_WORDS for line in said.split("\n"))
