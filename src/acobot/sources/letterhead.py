"""The body whose name stands over the title of a text that knows no ranks of headings, and that title.

A page that was copied as plain text begins with the site's name. Blocks in, particulars by their names out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from acobot.languages import FurnitureRules
from acobot.sources.dates import iso_of
from acobot.sources.doubtful import ENDS_SENTENCE
from acobot.sources.owners import NAME
from acobot.sources.record import Block, BlockKind

BODY_WORDS = 8
LINE_WORDS = 16  # of a line above the first text
_LINES = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})
_AWAY = re.compile(r" [>»›|/] ")  # a trail, or a row of links
_VALUE = re.compile(r"[^:]{1,40}: [^\W_a-z]")  # "Reference: X12"; a title goes on in small letters
_AFTER_LABEL = re.compile(r"\s*(?::|\d|$)")


def find_letterhead(text: str, blocks: Sequence[Block], rules: FurnitureRules) -> dict[str, str]:
    """Publisher and title, nothing where no body's name is over one.

    The name is told by its words, or by the trail that follows it; the title is the longest heading below it. All is
    looked for above the first text.
    """
    lines = ((block, " ".join(text[block.start : block.end].split())) for block in blocks if not block.furniture)
    over = list(takewhile(lambda line: _is_over(*line), lines))
    heads = [said for block, said in over if block.kind is BlockKind.HEADING]
    titles = [said for said in heads[1:] if not _is_beside(said, rules)]
    if not titles or over[0][1] != heads[0]:
        return {}
    named = rules.body.match(heads[0]) or any(_AWAY.search(said) for _, said in over)
    if not named or len(heads[0].split()) > BODY_WORDS or not NAME.fullmatch(heads[0]):
        return {}
    return {"publisher": heads[0], "title": max(titles, key=lambda title: (len(title.split()), len(title)))}


def _is_over(block: Block, said: str) -> bool:
    """Whether a line may stand above the first text."""
    return block.kind in _LINES and len(said.split()) <= LINE_WORDS and not ENDS_SENTENCE.search(said)


def _is_beside(said: str, rules: FurnitureRules) -> bool:
    """Whether a line above a text is a trail, a date or a value, and so no title."""
    labels = filter(None, (label.match(said) for label in rules.told.values()))
    told = any(_AFTER_LABEL.match(said, label.end()) for label in labels)
    return bool(told or iso_of(said) or _AWAY.search(said) or _VALUE.match(said))
