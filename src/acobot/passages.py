"""Source → passages and sentences, with offsets and heading trail. Pure text; the token counter is passed in.

A passage is a run of whole sentences under one heading, of some 80 to 160 words; with its prefix (title and headings)
it fits what the model reads. Sentence ends come from syntok.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from syntok import segmenter
from syntok.tokenizer import Tokenizer

from acobot.languages import Language, load_language, packaged_languages
from acobot.sources import WITHOUT_TITLE, Block, BlockKind, Source, says_something
from acobot.sources.dates import months

PASSAGE_PIECES = 254  # word pieces that all-MiniLM-L6-v2 reads, without its two special tokens
PASSAGE_WORDS = 160
PREFIX_PIECES = 64
_LOOK_BACK = 200  # characters of a sentence that show how it ends; none of its abbreviations is as long
TokenCounter = Callable[[str], int]

_TOKENIZER = Tokenizer(replace_not_contraction=False)  # "isn't" is "is" and "n't", so tokens add up to the text
_INITIAL = re.compile(r"\b[A-Z]\.(?=\s|$)")
_ORDINAL = re.compile(r"(?:^|[^\w.,])\d{1,2}\.$")  # "1." in "1. April", in languages that write so
_NUMBERED = re.compile(r"[A-Z]{0,2}\d{1,4}(?:\.\d{1,3})*\.")  # of a clause, a question, a year: "3.1.", "A2."
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_SECTION = re.compile(r"[IVXLC]{2,}\b|[A-Z]?\d")  # "Pt. II", "Sch. A1"
# Ends that syntok misses: after a decimal, also with its unit ("6.30pm.", not "2.3b."), a sign apart from its number
# ("5 €."), or an address, before a footnote's number in brackets or glued to the stop, and in scripts without blanks.
_MISSED = re.compile(
    r"(?:(?:\d[.,]\d+(?:[a-z]{2,3}|[mgl])?|\d\s?(?:[€£$¥%‰]|°[CF]?)|\.[a-z]{2,}|/[^\s/]*)[.!?]|[.!?][\"'’”)]*(?:\[\d[\d,\s–-]*\])+|[a-z]{4}[.!?][\"'’”)]*\d{1,2})"
    r"(?=\s+[\"“„‘(]?[A-ZÀ-ÖØ-Þ])|[。！？][\"'’”」』）)]*(?=\s*[^\s\"'’”」』）)])"
)
_SAID = re.compile(r"[^\s\u200b](?:.*[^\s\u200b])?", re.DOTALL)  # from the first to the last character that is no space
_BLANKS = re.compile(r"\s*")
_CLOSERS = re.compile(r"[\s\"'’”)\]»*]*")
_GLUED = re.compile(r"[。！？][\"'’”」』）)]$")
_ENDED = re.compile(r"[.!?…。！？][\"'’”)\]»*\[\d,]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What can be quoted: a half-open span of its source's citable text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one source under one heading: `source.text[start:end]`, in code points.

    `heading` is the trail of headings above it, without the title, and last the page if its file has pages; `prefix`
    is what the model reads before the text; `sha256` is of the passage's UTF-8.
    """

    source_id: str
    heading: tuple[str, ...]
    start: int
    end: int
    prefix: str
    sha256: str
    sentences: tuple[Sentence, ...]


def split_passages(source: Source, count: TokenCounter, language: Language) -> tuple[Passage, ...]:
    """All passages of a source in order; each sentence that can be quoted stands in exactly one of them.

    `count` gives the word pieces of a text without special tokens. A sentence that alone overruns the model becomes a
    passage of its own, which the encoder reads in windows.
    """
    return tuple(
        passage
        for subject, trail, blocks in _sections(source)
        for sentences in (list(_section_sentences(source.text, blocks, language)),)
        for passage in _pack(source, subject, trail, sentences, count, language)
    )


def split_sentences(text: str, block: Block, language: Language) -> tuple[Sentence, ...]:
    """The sentences of one block; a list item and a table row count as one, a line of code too."""
    if block.kind in {BlockKind.ITEM, BlockKind.ROW}:
        spans: Sequence[tuple[int, int]] = [(block.start, block.end)]
    elif block.kind is BlockKind.CODE:
        spans = [
            (block.start + line.start(), block.start + line.end())
            for line in re.finditer(r"\S(?:[^\n]*\S)?", text[block.start : block.end])
        ]
    else:
        spans = _prose_spans(text, block.start, block.end, language)
    return tuple(Sentence(start, end) for start, end in spans if any(char.isalnum() for char in text[start:end]))


def _sections(source: Source) -> Iterator[tuple[str, tuple[str, ...], list[Block]]]:
    """Runs of quotable blocks under one heading, with what they are about and the trail; furniture parts a run in two.

    They are about what the source's title says, or about its publisher.
    """
    trail: list[tuple[int, str]] = []
    run: list[Block] = []
    subject = source.particulars.title
    title = subject.casefold()
    for block in source.blocks:
        leaves_title = block.leaves == WITHOUT_TITLE and subject != source.particulars.publisher
        if leaves_title or (block.leaves and trail and trail[-1][0] >= block.leaves):
            if run:
                yield subject, tuple(words for _, words in trail), run
                run = []
            trail = [(level, words) for level, words in trail if level < block.leaves]
            subject = source.particulars.publisher if leaves_title else subject
        if block.quotable:
            run.append(block)
            continue
        if run:
            yield subject, tuple(words for _, words in trail), run
            run = []
        if block.kind is BlockKind.HEADING:
            trail = [(level, words) for level, words in trail if level < block.level]
            words = " ".join(source.text[block.start : block.end].split())
            if not block.furniture and words.casefold() != title:
                trail.append((block.level, words))
                if says_something(words):  # over a text, which tells more of it
                    run.append(replace(block, kind=BlockKind.PARAGRAPH, level=0))
    if run:
        yield subject, tuple(words for _, words in trail), run


def _section_sentences(text: str, blocks: Sequence[Block], language: Language) -> Iterator[Sentence]:
    for block in blocks:
        yield from split_sentences(text, block, language)


def _prose_spans(text: str, start: int, end: int, language: Language) -> list[tuple[int, int]]:
    """Sentence spans of a paragraph, from syntok's tokens: their spacing and values add up to the offsets."""
    spans: list[tuple[int, int]] = []
    position = start
    for tokens in segmenter.segment(_TOKENIZER.tokenize(text[start:end])):
        stop = position + sum(len(token.spacing) + len(token.value) for token in tokens)
        if said := _SAID.search(text, position, stop):
            spans.append(said.span())
        position = stop
    return list(_parted(text, _joined(text, spans, language)))


def _joined(text: str, spans: Sequence[tuple[int, int]], language: Language) -> list[tuple[int, int]]:
    """Spans that an abbreviation, an initial, a semicolon, a bracket or a closing quotation mark tore off, put back.

    So is what the number stands before with which a line begins.
    """
    joined: list[tuple[int, int]] = []
    never, seldom = _abbreviations(language)
    for begin, stop in spans:
        if joined:
            before, said = text[max(joined[-1][0], joined[-1][1] - _LOOK_BACK) : joined[-1][1]], text[begin:stop]
            small = said[:1].islower() or _SECTION.match(said)
            abbreviated = never.search(before) or (small and seldom.search(before))
            ordinal = _ORDINAL.search(before) and (language.sentences.ordinals or _begins_with_month(said))
            initials = _INITIAL.search(before[-3:]) and _INITIAL.match(said)
            torn = _CLOSERS.fullmatch(said) or (begin == joined[-1][1] and _GLUED.search(before + said[:1]))
            numbered = _is_number(text, *joined[-1], spans[0][0])
            if abbreviated or ordinal or initials or torn or numbered or not _ENDED.search(before):
                joined[-1] = (joined[-1][0], stop)
                continue
        joined.append((begin, stop))
    return joined


def _is_number(text: str, begin: int, stop: int, start: int) -> bool:
    """Whether a span is the number with which a line of the block begins that begins at `start`."""
    numbered = _NUMBERED.fullmatch(text, begin, stop)
    return bool(numbered) and not text[max(text.rfind("\n", start, begin) + 1, start) : begin].strip()


def _begins_with_month(said: str) -> bool:
    """Whether a text goes on with a month of a language that writes "1. April"; its own may be another."""
    word = _NEXT_WORD.match(said)
    return word is not None and word[1].casefold() in _months_with_ordinals()


@cache
def _months_with_ordinals() -> frozenset[str]:
    names = (name for name in packaged_languages() if load_language(name).sentences.ordinals)
    return frozenset(month for name in names for month in months(name))


@lru_cache(maxsize=8)
def _abbreviations(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends with an abbreviation that no sentence ends with, and with one that it may end with."""

    def ending(words: frozenset[str]) -> re.Pattern[str]:
        said = "|".join(re.escape(word) for word in sorted(words))
        return re.compile(rf"(?:^|[\s(\[“‘\"'])(?:{said})\.$", re.IGNORECASE)

    return ending(language.sentences.open_abbreviations), ending(language.sentences.abbreviations)


def _parted(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans cut where syntok missed a sentence's end."""
    start: int | None = None
    for begin, stop in spans:
        start = begin if start is None else start
        for missed in _MISSED.finditer(text, begin, stop):
            if _is_number(text, begin, missed.end(), start):
                continue
            yield begin, missed.end()
            begin = found.end() if (found := _BLANKS.match(text, missed.end(), stop)) else missed.end()
        yield begin, stop


def _pack(
    source: Source,
    subject: str,
    trail: tuple[str, ...],
    sentences: Sequence[Sentence],
    count: TokenCounter,
    language: Language,
) -> Iterator[Passage]:
    """A section's sentences in passages of nearly equal length that fit the model."""
    if not sentences:
        return
    prefix = _prefix((subject, *trail) if subject else trail, count)
    room = PASSAGE_PIECES - count(prefix)
    lengths = [len(source.text[sentence.start : sentence.end].split()) for sentence in sentences]
    left = sum(lengths)
    target = _share(left)
    open_from, pieces, words = 0, 0, 0
    for number, sentence in enumerate(sentences):
        before = sentences[number - 1].end if number > open_from else sentence.start
        more = count(source.text[before : sentence.end])
        over = words + lengths[number] - target
        if number > open_from and (pieces + more > room or over > target - words):
            yield _passage(source, trail, prefix, sentences[open_from:number], language)
            left -= words
            open_from, pieces, words = number, 0, 0
            target = _share(left)
            more = count(source.text[sentence.start : sentence.end])
        pieces += more
        words += lengths[number]
    yield _passage(source, trail, prefix, sentences[open_from:], language)


def _share(words: int) -> float:
    """Words a passage when so many are left, so that no short remainder stays."""
    return words / max(1, math.ceil(words / PASSAGE_WORDS))


def _passage(
    source: Source, trail: tuple[str, ...], prefix: str, sentences: Sequence[Sentence], language: Language
) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    digest = hashlib.sha256(source.text[start:end].encode()).hexdigest()
    heading = (*trail, *_pages(source, start, end, language))
    return Passage(source.id, heading, start, end, prefix, digest, tuple(sentences))


def _pages(source: Source, start: int, end: int, language: Language) -> tuple[str, ...]:
    """The page, slide, … or pages on which a span stands, as a heading; nothing where the file has none."""
    if not source.pages:
        return ()
    first, last = (bisect_right(source.pages, offset) for offset in (start, end - 1))
    key = f"passage.{source.page_name}.{'one' if first == last else 'several'}"
    return (language.catalogue.say(key, first=first, last=last),)


def _prefix(parts: Sequence[str], count: TokenCounter) -> str:
    """Title and headings on one line, cut at a word to what a prefix may take of the model's window."""
    words = " > ".join(parts).split()
    while words and count(" ".join(words)) > PREFIX_PIECES:
        words = words[: max(len(words) * 3 // 4, len(words) - 8)] if len(words) > 1 else []
    return " ".join(words)
