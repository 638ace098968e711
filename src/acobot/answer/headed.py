"""A heading without which the line right below it has no meaning, or the opposite one: it is quoted with that line.

It leads a list in, stands over bare items, denies what stands below it or says when that holds, or asks what a bare
"No." answers. A line that says something by itself is quoted alone: its heading stands in the citation.
"""

from __future__ import annotations

from bisect import bisect_right

from acobot.answer.lines import LISTED, Above, Line
from acobot.evidence import ENDS, LABEL_WORDS, is_question, leads_in
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.languages import Language
from acobot.passages import Sentence
from acobot.sources import BlockKind, Source

BARE_WORDS = 2  # of a sentence that says next to nothing by itself
BARE_ITEM_WORDS = 3  # of an item that only names something, and asks nothing to be done


def heading_needed(version: Version, source: Source, line: Line, above: Above) -> Line | None:
    """The heading right over a line, its list or its table, where the line has no meaning without it."""
    if line.kind not in {BlockKind.PARAGRAPH, *LISTED}:
        return None
    number = above.over if line.kind in LISTED else line.block - 1
    if not 0 <= number < line.block or not _heads(source, number, line):
        return None
    block = source.blocks[number]
    said = source.text[block.start : block.end]
    is_title = said.casefold() == source.particulars.title.casefold()
    if not _needs(line, said, version.language, is_title=is_title):
        return None
    stored, sentence = _stored(version, source, number)
    return Line(stored, sentence, said, number, block.kind, block.level)


def _heads(source: Source, number: int, line: Line) -> bool:
    """Whether a block is a heading that stands over the block below it, of which the line is the first or an item."""
    heading, below = source.blocks[number], source.blocks[number + 1]
    is_first = line.kind in LISTED or line.sentence.sentence.start == source.blocks[line.block].start
    is_over = not below.leaves or heading.level < below.leaves
    return heading.kind is BlockKind.HEADING and not heading.furniture and is_first and is_over


def _needs(line: Line, heading: str, language: Language, *, is_title: bool) -> bool:
    """Whether a line has no meaning without the heading over it, or the opposite one."""
    turns = any(cue.search(heading) for cue in (language.cues.negative, language.cues.conditions))
    if line.kind is BlockKind.PARAGRAPH:
        is_short = _words(line) <= LABEL_WORDS  # a longer one says what it affirms or denies
        answers = is_short and is_question(heading) and bool(language.cues.yes_or_no.match(line.text))
        return answers or (turns and line.is_label) or (_words(line) <= BARE_WORDS and not is_title)
    if leads_in(heading, language) or (turns and not line.text.endswith(ENDS)):
        return True
    is_bare = line.is_bare and _words(line) <= BARE_ITEM_WORDS and ": " not in line.text
    return line.kind is BlockKind.ITEM and (line.goes_on or (is_bare and not is_title))


def _words(line: Line) -> int:
    return len(line.text.split())


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
