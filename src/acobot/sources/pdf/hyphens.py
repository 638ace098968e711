"""Lines put together to a running text: words that a hyphen parts at the end of a line are mended.

Whether the hyphen belongs to the word ("long-term") is told by how the rest of the document writes it, else by how the
language writes such words ("re-elect").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from acobot.sources.drafting import tidy
from acobot.sources.pdf.lines import HYPHEN
from acobot.sources.wording import Wording

LEAST_PART = 4  # letters of a part of a compound; "re-" and "co-" begin other words as well
_WITH_HYPHENS = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST = re.compile(rf"([^\W\d_]+(?:[-‐‑][^\W\d_]+)*)[-‐{HYPHEN}]$")
_FIRST = re.compile(r"[^\W\d_]+")
_HYPHENS = re.compile(rf"[-‐{HYPHEN}]$")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")


class KnownWords:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[str], wording: Wording) -> None:
        self._wording = wording
        self._seen: Counter[str] = Counter()
        self._heads: set[str] = set()
        self._tails: set[str] = set()
        parted = False
        for line in lines:
            # Halves of parted words are no words.
            whole = _WITH_HYPHENS.findall(_LAST.sub("", _FIRST.sub("", line, count=1) if parted else line))
            words = [word.casefold().replace("‐", "-").replace("‑", "-") for word in whole]
            self._seen.update(words)
            self._heads.update(word.split("-")[0] for word in words if "-" in word)
            self._tails.update(word.rsplit("-", 1)[-1] for word in words if "-" in word)
            parted = bool(_HYPHENS.search(line))

    def join(self, before: str, after: str) -> tuple[str, str]:
        """What a line becomes, and what parts it from the next: nothing within a word, a space between words."""
        if not _HYPHENS.search(before):
            return before, " "
        written = before[:-1] + "-"
        last, first = _LAST.search(before), _FIRST.match(after)
        if _ADDRESS.search(before):
            return written, ""
        if not last or not first:
            # A dash between words, or figures such as "2017-" and "18".
            return (written, "") if before[-2:-1].isalnum() and after[:1].isalnum() else (written, " ")
        if self._keeps_hyphen(last[1].casefold(), first[0]):
            return written, ""
        return before[:-1], ""

    def run_on(self, lines: Sequence[str]) -> tuple[str, list[int]]:
        """The lines of a paragraph as one text, and where each of them begins in it."""
        words: list[str] = []
        begins: list[int] = []
        length, last = 0, ""  # of what stands in `words`, and the word after it: all that joining looks at
        for number, line in enumerate(lines):
            last = "".join(self.join(last, line)) if number else ""
            begins.append(length + len(last))
            last += tidy(line) + (HYPHEN if line.endswith(HYPHEN) else "")
            whole = last.rfind(" ") + 1
            words.append(last[:whole])
            length, last = length + whole, last[whole:]
        return "".join([*words, last]).replace(HYPHEN, "-"), begins

    def _keeps_hyphen(self, last: str, first: str) -> bool:
        if first[0].isupper():
            return True
        follows = first.casefold()
        joined, hyphened = self._seen[last + follows], self._seen[f"{last}-{follows}"]
        if joined or hyphened:
            return hyphened > joined
        if self._wording.is_hyphened(f"{last}-{follows}"):
            return True
        if "-" in last:  # "day-to-" and "day"
            return bool(self._seen[follows])
        if follows in self._tails or last in self._heads:  # "long-" and "term", where "short-term" stands elsewhere
            return len(last) >= LEAST_PART and len(follows) >= LEAST_PART
        return len(last) > 2 and len(follows) > 1 and bool(self._seen[last]) and bool(self._seen[follows])
