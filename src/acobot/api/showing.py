"""How an answer is laid out for people: its lead, its sides, what else is said, its notes, and itself as plain text.

Records in, records and strings out; knows no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from acobot.answer import (
    Answer,
    Citation,
    CitedSource,
    Difference,
    Quote,
    Role,
    Signpost,
    as_read,
    date_in_words,
    quoted,
)
from acobot.languages import SPOKEN, Language, without_possessive
from acobot.policies import URGENT
from acobot.sources import CELL_GAP

Said = tuple[CitedSource, list[Quote]]

# Characters that reorder what stands after them: embeddings, overrides and isolates.
_BEGIN_ISOLATION, _ENDS_ISOLATION = "\u2066\u2067\u2068", "\u2069"
_REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_BLOCK_OR_CELL = re.compile(r"\n\n|(?<!\S)\|(?!\S)")  # between blocks, and between the cells of a row
EXACT_LENGTH = 300  # code points; of longer quotes a link holds the beginning and the end
ENDS_WORDS = 6
SPELLED_OUT = 10  # numbers up to this are words


def said_by(answer: Answer, quotes: Iterable[Quote]) -> list[Said]:
    """Quotes as they are read, those in a row from one source together."""
    runs = groupby(as_read(quotes), key=lambda quote: quote.source_id)
    return [(_source_of(answer, one), [one, *more]) for one, *more in (list(run) for _, run in runs)]


def sides(answer: Answer, difference: Difference) -> list[list[Said]]:
    """The quotes on each side of a difference."""
    return [said_by(answer, [q for q in answer.quotes if q.citation in side]) for side in difference.citations]


def lead(answer: Answer) -> list[Said]:
    """What answers, with what it needs to be understood; nothing where it stands on a side of a difference."""
    groups = _lead_groups(answer)
    return said_by(answer, [quote for quote in _besides(answer) if quote.group in groups])


def also(answer: Answer) -> list[Said]:
    """What is quoted besides the lead and the sides of a difference."""
    groups = _lead_groups(answer)
    return said_by(answer, [quote for quote in _besides(answer) if quote.group not in groups])


def turn_first(answer: Answer) -> list[Signpost]:
    """Where to turn at once: it stands before the answer, where it is not the answer itself."""
    return [one for one in answer.signposts if one.sign in URGENT and one.text != answer.answer]


def turn_after(answer: Answer) -> list[Signpost]:
    """Where to turn besides: it stands after the answer, where it is not the answer itself."""
    return [one for one in answer.signposts if one.sign not in URGENT and one.text != answer.answer]


def is_urgent(answer: Answer) -> bool:
    """Whether the answer is nothing but where to turn at once."""
    return any(one.sign in URGENT and one.text == answer.answer for one in answer.signposts)


def after_quotes(answer: Answer) -> tuple[str, ...]:
    """The notes that stand after an answer; its cautions stand before."""
    return answer.notes[len(answer.cautions) :]


def by_source(citations: Sequence[Citation]) -> list[tuple[CitedSource, list[Citation]]]:
    """Citations under the source that they share, sources in the order in which they first come."""
    groups: dict[str, tuple[CitedSource, list[Citation]]] = {}
    for citation in citations:
        groups.setdefault(citation.source.id, (citation.source, []))[1].append(citation)
    return list(groups.values())


def spelled_out(answer: Answer, abbreviations: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """The abbreviations in the quotes that no quote spells out, with what they stand for, in order of letters."""
    text = " ".join(quote.text for quote in answer.quotes)
    words = {part for word in SPOKEN.findall(text) for part in _forms(word, language)}
    said = text.casefold()
    return sorted((short, long) for short, long in abbreviations.items() if short in words and not _says(said, long))


def as_text(answer: Answer, permalink: str, language: Language, first: Sequence[str] = ()) -> str:
    """The answer to be pasted elsewhere: quotes, the sources behind their numbers, and links on lines of their own.

    The notes `first` come before the quotes, the others after them. A link begins its line with "/"; whoever copies
    puts the service's address before it.
    """
    say = language.catalogue.say
    blocks = [[answer.question], *([one.text] for one in turn_first(answer))]
    if not answer.quotes:
        blocks.append([answer.answer, *([answer.limit.see] if answer.limit and answer.limit.see else [])])
    blocks += [list(first), _lines_of(lead(answer), language)]
    for difference in answer.differing:
        both = [said for side in sides(answer, difference) for said in side]
        blocks.append([_difference_in_words(difference, language), *_lines_of(both, language)])
    if others := _lines_of(also(answer), language):
        blocks.append([say("text.also"), *others])
    blocks += [[one.text] for one in turn_after(answer)]
    blocks.append([note for note in answer.notes if note not in first])
    blocks += [[f"[{one.number}] {name_in_full(one.source, language)}", one.href] for one in answer.citations]
    blocks.append([say("text.this_answer"), permalink])
    return without_reordering("\n\n".join("\n".join(lines) for lines in blocks if lines))


def heard(answer: Answer, language: Language) -> str:
    """What somebody who cannot see the page is told when an answer has come: where to turn at once before all else."""
    first = [one.text for one in turn_first(answer)]
    if not answer.quotes:
        return " ".join([*first, answer.answer])
    texts = language.catalogue
    quotes = texts.count("heard.quotes", len(answer.quotes))
    sources = texts.count("heard.sources", len({quote.source_id for quote in answer.quotes}))
    return " ".join([*first, texts.say("heard.answered", quotes=quotes, sources=sources)])


def extent(count: int, dates: Sequence[str], language: Language) -> str:
    """How many sources there are, and from which years, by the ISO dates that are known."""
    texts, years = language.catalogue, sorted({date[:4] for date in dates})
    many = language.figures.numbers[count - 1] if 0 < count <= SPELLED_OUT else texts.number(count)
    sources = texts.count("extent.sources", count, many=many)
    if len(years) > 1:
        return texts.say("extent.years", sources=sources, first=years[0], last=years[-1])
    return texts.say("extent.year", sources=sources, year=years[0]) if years else sources


def site_name(address: str) -> str:
    """What an address of another site is called in a link."""
    return urlsplit(address).netloc.removeprefix("www.")


def name_in_full(source: CitedSource, language: Language) -> str:
    """A source's title, author, publisher and date; a summary is never passed off as the publisher's words."""
    say, title = language.catalogue.say, quoted(language, source.summary_of or source.title)
    named = [say("source.our_summary", title=title) if source.kind == "summary" else title]
    named += [say("source.by", author=source.author)] if source.author else []
    named += [source.publisher] if source.publisher else []
    named.append(date_of(source, language))
    return ", ".join(named)


def passage_in_full(cited: Citation, language: Language) -> str:
    """A source as it is named, and the nearest heading above a passage of it."""
    named = name_in_full(cited.source, language)
    return f"{named}: {cited.passage.heading[-1]}" if cited.passage.heading else named


def date_of(source: CitedSource, language: Language) -> str:
    """When a source was published, in words."""
    return date_in_words(source.published, language) if source.published else language.catalogue.say("source.no_date")


def original_href(source: CitedSource, words: str) -> str:
    """Where the words stand on the publisher's own page, as a text fragment; "" without a URL.

    A summary's words do not stand there: it is the page alone. What the page parts into blocks and cells (in the words,
    by empty lines and bars) is given by the first and the last of them, as long words are by their beginning and end:
    a browser must find each on the page. A row's first cell may stand elsewhere, too: it is what comes before the rest.
    """
    if source.kind != "original" or not source.url:
        return source.url or ""
    pieces = [" ".join(piece.split()) for piece in _BLOCK_OR_CELL.split(words) if piece.strip()]
    if not pieces:
        return source.url
    is_row = CELL_GAP in words.partition("\n\n")[0] and len(pieces) > 1
    before = f"{_encoded(pieces.pop(0))}-," if is_row else ""
    ends = [_shortened(pieces[0], slice(ENDS_WORDS)), _shortened(pieces[-1], slice(-ENDS_WORDS, None))]
    in_full = len(pieces) == 1 and ends[0] == pieces[0]
    directive = before + ",".join(map(_encoded, ends[:1] if in_full else ends))
    return f"{source.url}{'' if '#' in source.url else '#'}:~:text={directive}"


def as_said(source: CitedSource, quote: Quote, language: Language) -> str:
    """A quote's words; quotation marks are for words of the publisher's own."""
    return quote.text if source.kind == "summary" else quoted(language, quote.text)


def without_gaps(text: str) -> str:
    """The text with one empty line wherever there are several: where a comment stood, its lines are left."""
    return _GAP.sub("\n\n", text)


def without_reordering(text: str) -> str:
    """The text without the characters that reorder others, for places where no markup can hold them in."""
    return text.translate(_REORDERING)


def contained(text: str) -> str:
    """The text without what would end an isolation that it did not begin: markup isolates it, and must end it itself.

    Such a character does nothing in the text alone.
    """
    kept, begun = [], 0
    for char in text:
        if char == _ENDS_ISOLATION and not begun:
            continue
        begun += (char in _BEGIN_ISOLATION) - (char == _ENDS_ISOLATION)
        kept.append(char)
    return "".join(kept)


def _shortened(text: str, ends: slice) -> str:
    """A text, or of a long one the words at its beginning or end: a browser must find all that it is given."""
    return text if len(text) <= EXACT_LENGTH else " ".join(text.split()[ends])


def _encoded(text: str) -> str:
    """A text in a fragment, whose own signs are "-", "," and "&"; percent-encoding leaves the first as it is."""
    return percent_encode(text, safe="").replace("-", "%2D")


def _besides(answer: Answer) -> list[Quote]:
    """The quotes that stand on no side of a difference."""
    differing = {number for one in answer.differing for side in one.citations for number in side}
    return [quote for quote in answer.quotes if quote.citation not in differing]


def _lead_groups(answer: Answer) -> set[int]:
    return {quote.group for quote in answer.quotes if quote.role is Role.LEAD}


def _lines_of(said: Iterable[Said], language: Language) -> list[str]:
    """Quotes as lines of text."""
    return [f"{as_said(source, quote, language)} [{quote.citation}]" for source, quotes in said for quote in quotes]


def _source_of(answer: Answer, quote: Quote) -> CitedSource:
    return answer.citations[quote.citation - 1].source


def _difference_in_words(difference: Difference, language: Language) -> str:
    say = language.catalogue.say
    numbers = [" ".join(f"[{number}]" for number in side) for side in difference.citations]
    against = reduce(lambda one, other: say("text.against", one=one, other=other), numbers)
    return say("text.differ_against", about=difference.about, sides=against)


def _forms(word: str, language: Language) -> Iterator[str]:
    """A word as it stands, without its possessive, without a plural's s, and each part of "A/B"."""
    for part in (word, *re.split(r"[/-]", word)):
        stem = without_possessive(part, language)
        yield stem
        if stem.endswith("s"):
            yield stem[:-1]


def _says(text: str, long: str) -> bool:
    """Whether a text, in small letters, has the long form; in the singular it is also in its own plural."""
    return re.search(rf"\b{re.escape(long.casefold().removesuffix('y'))}", text) is not None
