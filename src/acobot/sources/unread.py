"""What of a file was not read: its words against those of the source that was made of it. Knows no format's library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from acobot.sources.folder import SourceFile
from acobot.sources.isolation import words_isolated
from acobot.sources.kinds import PAGE_ENDINGS, TEXT_ENDINGS
from acobot.sources.reading import decoded
from acobot.sources.record import Source

_WORD = re.compile(r"\w+")


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
    """The words of a file that its source lacks. Raises `SourcesError` or `UnreadableError`."""
    raw, _ = file.contents()
    if file.ending in TEXT_ENDINGS:
        words = [decoded(file, raw)]
    else:
        words = words_isolated(file.ending, decoded(file, raw).encode() if file.ending in PAGE_ENDINGS else raw)
    everything = _WORD.findall(" ".join(words))
    runs = list(_runs(everything, Counter(_WORD.findall(source.text.casefold()))))
    return Unread(len(everything), sum(map(len, runs)), tuple(" ".join(run) for run in runs))


def _runs(words: Sequence[str], left: Counter[str]) -> Iterator[list[str]]:
    """The words that are not `left`, those that stand together in one list; a word parted at a line's end is one."""
    run: list[str] = []
    number = 0
    while number < len(words):
        word = words[number].casefold()
        whole = word + words[number + 1].casefold() if number + 1 < len(words) else word
        taken = next((one for one in (word, whole) if left[one] > 0), "")
        if taken:
            left[taken] -= 1
            number += 1 if taken == word else 2
            if run:
                yield run
            run = []
        else:
            run.append(words[number])
            number += 1
    if run:
        yield run
