"""The headings without which a line has no meaning, or the opposite one: they are quoted with that line.

One right over the line leads a list in, stands over bare items, says when it holds, or asks what "Yes" or "No" answers.
One that denies or excludes what stands in its section belongs to each item and row of that, and to what is no sentence,
however many headings or lists stand between. A line that says something by itself is quoted alone: its heading stands
in the citation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from acobot.answer.lines import LISTED, Above, Line
from acobot.evidence import ENDS, LABEL_WORDS, is_question, leads_in
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.languages import Language, stems
from acobot.passages import Sentence
from acobot.sources import BlockKind, Source

BARE_WORDS = 2  # of a sentence that says next to nothing by itself
BARE_ITEM_WORDS = 3  # of an item that only names something, and asks nothing to be done

_CLOSERS = "\"'’”»)[]0123456789"  # what may follow the end of a sentence, with the numbers of its notes


def headings_needed(version: Version, source: Source, line: Line, above: Above) -> list[Line]:
    """The headings over a line, its list or its table without which the line has no meaning, the nearest first.

    One that denies the line comes with all that stand between, of which one may turn it once more.
    """
    if line.kind not in {BlockKind.PARAGRAPH, *LISTED}:
        return []
    language, right_over = version.language, above.over if line.kind in LISTED else line.block - 1
    headings = (source.particulars.title, *line.stored.passage.heading)
    is_denied = _names_something(line) and any(_denies(heading, language) for heading in headings)
    trail = list(_trail(source, line.block, 0 if is_denied else max(right_over, 0)))
    denying = [at for at, number in enumerate(trail, start=1) if is_denied and _denies(_said(source, number), language)]
    needed = trail[: max(denying, default=0)]
    if not needed and trail[:1] == [right_over] and _is_first(source, line):
        needed = trail[:1] if _needs(line, source, right_over, language) else []
    return [_as_line(version, source, number) for number in needed]


def _trail(source: Source, number: int, highest: int) -> Iterator[int]:
    """The headings in whose sections a block stands, from the nearest on up to the block `highest`."""
    rank = source.blocks[number].leaves
    for above in range(number - 1, highest - 1, -1):
        block = source.blocks[above]
        if block.kind is BlockKind.HEADING and (not rank or block.level < rank):
            rank = block.level
            if not block.furniture:
                yield above
        if block.leaves:
            rank = min(rank, block.leaves) if rank else block.leaves
        if rank == 1:
            return


def _said(source: Source, number: int) -> str:
    return source.text[source.blocks[number].start : source.blocks[number].end]


def _denies(heading: str, language: Language) -> bool:
    return any(cue.search(heading) for cue in (language.cues.negative, language.cues.excludes))


def _names_something(line: Line) -> bool:
    """Whether a line may name a thing without telling what is said of it, as items, rows and labels do."""
    return line.kind in LISTED or not line.text.rstrip(_CLOSERS).endswith(ENDS)


def _is_first(source: Source, line: Line) -> bool:
    return line.kind in LISTED or line.sentence.sentence.start == source.blocks[line.block].start


def _needs(line: Line, source: Source, number: int, language: Language) -> bool:
    """Whether a line has no meaning without the heading right over it, or the opposite one."""
    heading = _said(source, number)
    is_title = heading.casefold() == source.particulars.title.casefold()
    is_condition = bool(language.cues.conditions.search(heading))
    if line.kind is BlockKind.PARAGRAPH:
        is_short = _words(line) <= LABEL_WORDS
        turned = (is_short and _denies(heading, language)) or _is_answered(heading, line, language)
        return turned or (is_condition and line.is_label) or (_words(line) <= BARE_WORDS and not is_title)
    if leads_in(heading, language) or is_condition:
        return True
    is_bare = line.is_bare and _words(line) <= BARE_ITEM_WORDS and ": " not in line.text
    return line.kind is BlockKind.ITEM and (line.goes_on or (is_bare and not is_title))


def _is_answered(heading: str, line: Line, language: Language) -> bool:
    """Whether a heading asks what a line affirms or denies, and that does not say in many words what it is."""
    if not is_question(heading) or not language.cues.yes_or_no.match(line.text):
        return False
    return _words(line) <= LABEL_WORDS or not stems(heading, language) & stems(line.text, language)


def _words(line: Line) -> int:
    return len(line.text.split())


def _as_line(version: Version, source: Source, number: int) -> Line:
    block = source.blocks[number]
    return Line(*_stored(version, source, number), _said(source, number), number, block.kind, block.level)


def _stored(version: Version, source: Source, number: int) -> tuple[StoredPassage, StoredSentence]:
    """A heading in the passage that begins below it, in which it is no sentence; or in its own, if it is one there."""
    start, end = source.blocks[number].start, source.blocks[number].end
    numbers = version.corpus.range_of(source.id)
    after = bisect_right(numbers, start, key=lambda place: version.corpus.passage(place).passage.start)
    for stored in map(version.corpus.passage, numbers[max(after - 1, 0) : after]):
        for sentence in stored.sentences:
            if sentence.sentence.start == start:
                return stored, sentence
    below = version.corpus.passage(numbers[after])
    return below, StoredSentence(Sentence(start, end), below.first_token, below.first_token)
