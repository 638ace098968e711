"""What of a file was not read: its words against those of the source that was made of it. Knows no format's library."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby

from acobot.sources.drafting import CELL_GAP
from acobot.sources.folder import SourceFile
from acobot.sources.front_matter import split_front_matter
from acobot.sources.isolation import words_isolated
from acobot.sources.kinds import PAGE_ENDINGS, TEXT_ENDINGS
from acobot.sources.markdown_html import TAG
from acobot.sources.reading import decoded
from acobot.sources.record import Concern, Source, UnreadableError

_WORD = re.compile(r"\w+")
_TARGET = re.compile(r"\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")


@dataclass(frozen=True, slots=True)
class Unread:
    """Of all `words` of a file so many are `missing` from its source; `runs` are those that stand together, in order.

    `words` is 0 where it is not known how to count them.
    """

    words: int
    missing: int
    runs: tuple[str, ...]

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.missing / max(1, self.words)


def find_unread(file: SourceFile, source: Source) -> Unread:
    """The words of a file that its source lacks. Raises `SourcesError`."""
    everything = _WORD.findall(unicodedata.normalize("NFKC", " ".join(_words(file))))
    drawn = any(one.concern == Concern.RIGHT_TO_LEFT for one in source.warnings)
    runs = list(_runs_either_way(everything, source) if drawn else _runs(everything, source))
    return Unread(len(everything), sum(map(len, runs)), tuple(" ".join(run) for run in runs))


def _words(file: SourceFile) -> list[str]:
    """All words of a file; none where they cannot be told, for it was read all the same."""
    try:
        return _told_words(file)
    except UnreadableError:
        return []


def _told_words(file: SourceFile) -> list[str]:
    raw, _ = file.contents()
    if file.ending not in TEXT_ENDINGS | PAGE_ENDINGS:
        return words_isolated(file.ending, raw)
    _, body = split_front_matter(decoded(file, raw))
    if file.ending in PAGE_ENDINGS:
        return words_isolated(file.ending, body.encode())
    return [_without_marks(body) if file.ending == ".md" else body]


def _without_marks(body: str) -> str:
    """Markdown without what never is a word of its text: tags, entities, addresses that links lead to."""
    return html.unescape(TAG.sub(" ", _TARGET.sub("]", body)))


def _runs_either_way(words: Sequence[str], source: Source) -> Iterator[list[str]]:
    """The words that are nowhere in the source: a PDF's of right-to-left text stand in it as they are drawn."""
    known = set(_flat(source.text))
    read = (word.casefold() in known or word.casefold()[::-1] in known for word in words)
    yield from _unread(list(read), words)


def _runs(words: Sequence[str], source: Source) -> Iterator[list[str]]:
    """The words that stand with none of their neighbours in the source, those that are together in one list."""
    said = _flat(source.text)
    known, triples = set(said), set(zip(said, said[1:], said[2:], strict=False))
    blocks = (source.text[block.start : block.end] for block in source.blocks)
    cells = [tuple(_flat(cell)) for block in blocks for cell in block.replace("\n", CELL_GAP).split(CELL_GAP)]
    # A number before a heading or an item is counted by the program, and is no word of the file.
    short = {*cells, *(tuple(dropwhile(str.isdecimal, cell)) for cell in cells)}
    flat = [word.casefold() for word in words]
    read = [False] * len(flat)
    for at in range(len(flat)):
        for many in (1, 2, 3):
            some = tuple(flat[at : at + many])
            # A word that was parted at the end of a line is one in the source.
            parted = many == 2 and "".join(some) in known and not known.issuperset(some)
            if len(some) == many and (parted or (some in triples if many == 3 else some in short)):
                read[at : at + many] = [True] * many
    yield from _unread(read, words)


def _unread(read: Sequence[bool], words: Sequence[str]) -> Iterator[list[str]]:
    for is_read, run in groupby(zip(read, words, strict=True), key=lambda pair: pair[0]):
        if not is_read:
            yield [word for _, word in run]


def _flat(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
