"""The headings without which a line has no meaning, or the opposite one: they are quoted with that line.

One right over the line leads a list in, stands over bare items, says when it holds, asks what "Yes" or "No" answers, or
is the date of what the line tells.
One tells apart what another section says in the same words of something else ("Full service: £219"), or names what a
bare figure is of.
One that denies or excludes what stands in its section belongs to the items and rows of that and to what is no sentence,
unless a lead-in over these says itself what holds ("You can bring:"). A line that says something by itself is quoted
alone: its heading stands in the citation.
"""

from __future__ import annotations

from bisect import bisect_right

from acobot.answer.apart import heading_of_figure, headings_apart
from acobot.answer.lines import LISTED, Above, Line, said_in, trail_over
from acobot.evidence import ENDS, LABEL_WORDS, is_label, is_question, leads_in
from acobot.index import StoredPassage, StoredSentence, Version
from acobot.languages import Language, stems
from acobot.passages import Sentence
from acobot.sources import BlockKind, Source
from acobot.sources.dates import gives_day_or_time

BARE_WORDS = 2  # of a sentence that says next to nothing by itself
DATE_WORDS = 6  # of a heading that is a date
BARE_ITEM_WORDS = 3  # of an item that only names something, and asks nothing to be done

_CLOSERS = "\"'’”»)[]0123456789"  # what may follow the end of a sentence, with the numbers of its notes


def headings_needed(version: Version, source: Source, line: Line, above: Above) -> list[Line]:
    """The headings over a line, its list or its table without which the line has no meaning, the nearest first."""
    right_over = above.over if line.kind in LISTED else line.block - 1
    needed: list[int] = []
    if 0 <= right_over < line.block and _begins(source, line):
        needed = _denying(source, line, right_over, version.language)
        if not needed and _is_heading(source, right_over) and _needs(line, source, right_over, version.language):
            needed = [right_over]
    needed = needed or headings_apart(version, source, line) or heading_of_figure(source, line)
    return [_as_line(version, source, number) for number in needed]


def _begins(source: Source, line: Line) -> bool:
    """Whether a line is of a list or a table, or opens a paragraph."""
    opens = line.sentence.sentence.start == source.blocks[line.block].start
    return line.kind in LISTED or (line.kind is BlockKind.PARAGRAPH and opens)


def _denying(source: Source, line: Line, right_over: int, language: Language) -> list[int]:
    """The headings that deny a line which names a thing, with all that stand between: one may turn it once more.

    Those of the sections around it only where nothing else tells what is said of it, and none that tells only when.
    """
    headings = (source.particulars.title, *line.stored.passage.heading)  # before any is looked for
    if not _names_something(line, language) or not any(_denies(heading, language) for heading in headings):
        return []
    if not _leaves_open(source, right_over, language, is_listed=line.kind in LISTED):
        return []
    trail = list(trail_over(source, line.block))
    denying = [
        at
        for at, number in enumerate(trail, start=1)
        if _denies(said := said_in(source, number), language)
        and (number == right_over or not language.cues.conditions.search(said))
    ]
    return trail[: max(denying, default=0)]


def _is_heading(source: Source, number: int) -> bool:
    """Whether a block is a heading that stands over the block below it."""
    heading, below = source.blocks[number], source.blocks[number + 1]
    is_over = not below.leaves or heading.level < below.leaves
    return heading.kind is BlockKind.HEADING and not heading.furniture and is_over


def _leaves_open(source: Source, number: int, language: Language, *, is_listed: bool) -> bool:
    """Whether what stands right over a line leaves it to the headings what is said of that.

    A heading or a label does ("Garden" below "Not accepted"), and over a list what only begins the section. What leads
    it in does not: "Not in the pool" over "You can bring:" would say the opposite.
    """
    over, said = source.blocks[number], said_in(source, number)
    if over.kind is BlockKind.PARAGRAPH and not leads_in(said, language):
        return is_label(said) or (is_listed and _is_heading(source, number - 1))
    return over.kind is BlockKind.HEADING


def _denies(heading: str, language: Language) -> bool:
    return any(cue.search(heading) for cue in (language.cues.negative, language.cues.excludes))


def _names_something(line: Line, language: Language) -> bool:
    """Whether a line may name a thing without telling what is said of it, as items, rows and labels do."""
    if line.kind in LISTED:
        return True
    return not line.text.rstrip(_CLOSERS).endswith(ENDS) and not leads_in(line.text, language)


def _needs(line: Line, source: Source, number: int, language: Language) -> bool:
    """Whether a line has no meaning without the heading right over it, or the opposite one."""
    heading = said_in(source, number)
    is_title = heading.casefold() == source.particulars.title.casefold()
    is_condition = bool(language.cues.conditions.search(heading))
    if line.kind is BlockKind.PARAGRAPH:
        if _is_answered(heading, line, language) or _dates(heading, line):
            return True
        if _denies(heading, language):
            return _words(line) <= LABEL_WORDS and not leads_in(line.text, language)
        return (_words(line) <= BARE_WORDS and not is_title) or (is_condition and line.is_label)
    if leads_in(heading, language) or is_condition:
        return True
    is_bare = line.is_bare and _words(line) <= BARE_ITEM_WORDS and ": " not in line.text
    return line.kind is BlockKind.ITEM and (line.goes_on or (is_bare and not is_title))


def _is_answered(heading: str, line: Line, language: Language) -> bool:
    """Whether a heading asks what a line affirms or denies, and that does not say in many words what it is."""
    if not is_question(heading) or not language.cues.yes_or_no.match(line.text):
        return False
    return _words(line) <= LABEL_WORDS or not stems(heading, language) & stems(line.text, language)


def _dates(heading: str, line: Line) -> bool:
    """Whether a heading is the date of what a line tells, which has no figure itself: "12 May, 2pm" over an event."""
    said = heading.split()
    is_date = len(said) <= DATE_WORDS and any(map(str.isdigit, "".join(said[:2]))) and gives_day_or_time(heading)
    is_date = is_date and not is_question(heading)  # "1. May I pay by card?"
    return is_date and not any(map(str.isdigit, line.text))


def _words(line: Line) -> int:
    return len(line.text.split())


def _as_line(version: Version, source: Source, number: int) -> Line:
    block = source.blocks[number]
    return Line(*_stored(version, source, number), said_in(source, number), number, block.kind, block.level)


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
