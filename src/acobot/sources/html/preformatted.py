"""<pre> → its tables as rows, its wrapped text as paragraphs, all else as lines. Elements in, texts out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from acobot.sources.drafting import tidy
from acobot.sources.html.markup import has
from acobot.sources.lines import none_meant
from acobot.sources.record import BlockKind
from acobot.sources.text_tables import with_rows

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ROW = re.compile(r"\| (.*) \|")
_RULE = re.compile(r"\|(?:---\|)+")
_CODE = re.compile(r"code|highlight|language-|prettyprint|brush|listing|syntax", re.IGNORECASE)


def break_lines(tree: html.HtmlElement) -> None:
    """Makes the line breaks of a <pre> newlines, and puts one after each block in it."""
    for kept in tree.iter("pre"):
        for one in kept.iterdescendants("br", "div", "p"):
            if one.tag == "br":
                one.tag, one.text = "span", "\n"
            else:
                one.tail = f"\n{one.tail or ''}"


def parted(kept: html.HtmlElement) -> Iterator[tuple[BlockKind, str, bool]]:
    """What a <pre> holds, in order, each with its kind and whether it begins a table."""
    text = kept.text_content().strip("\n").rstrip()
    if has(kept, "code", "kbd", "samp") or _CODE.search(kept.get("class", "")):
        groups = [text]
    else:
        groups = _BLANK.split(with_rows(text).strip("\n"))
    lines: list[str] = []  # of groups that stay as they are
    for group in groups:
        said = list(_read(group.split("\n")))
        if said and lines:
            yield BlockKind.CODE, "\n\n".join(lines), False
            lines = []
        elif not said and group.strip():
            lines.append("\n".join(map(tidy, group.split("\n"))).strip("\n"))
        yield from said
    if lines:
        yield BlockKind.CODE, "\n\n".join(lines), False


def _read(lines: list[str]) -> Iterator[tuple[BlockKind, str, bool]]:
    """The rows of a table, or a text whose lines are only wrapped; nothing of what is neither."""
    rows = [_ROW.fullmatch(line) for line in lines if not _RULE.fullmatch(line)]
    if all(rows):
        yield from ((BlockKind.ROW, row[1], not number) for number, row in enumerate(rows) if row)
    elif len(lines) > 1 and none_meant(lines):
        yield BlockKind.PARAGRAPH, tidy(" ".join(lines)), False
