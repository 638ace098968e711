"""HTML inside Markdown → pieces of text: rows of tables, list items, headings, paragraphs. Knows no Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from acobot.sources.drafting import Piece, rows_of, tidy
from acobot.sources.grids import MOST_SPAN, Cell, reaching_down, table_rows
from acobot.sources.record import BlockKind
from acobot.sources.struck import STRUCK, is_written_struck
from acobot.sources.unseen import is_written_hidden

# A tag; bounded, so that a "<" that opens none costs little.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:[\s/][^<>]{0,2000})?>")
_TABLE_TAGS = frozenset({"table", "tr", "td", "th"})
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d{1,3})\b", re.IGNORECASE)
_RAW = frozenset({"script", "style"})  # what looks like a tag in these is none
_UNSHOWN = _RAW | {"template", "svg"}
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})  # nothing stands in these
_INLINE = (
    "a abbr acronym b bdi bdo big br button cite code data dfn em font i img input ins kbd label mark q ruby rb rp rt"
    " samp small span strong sub sup time tt u var wbr"
)
_BLOCKS = (
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody"
    " td tfoot th thead tr ul"
)
BLOCK_TAGS = frozenset(_BLOCKS.split())
KNOWN = frozenset(_INLINE.split()) | BLOCK_TAGS | STRUCK | _UNSHOWN  # "<name>" is a blank to fill in
# What ends without a tag of its own where one of these begins.
_ENDED_BY = {
    "p": BLOCK_TAGS,
    "li": frozenset({"li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "tr", "tbody", "tfoot"})),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}


class Unsaid:
    """The elements that are open from one on that is crossed out or not shown: what stands in it is not said.

    True while there are any; `crossed` counts the marks of Markdown that are open beside them.
    """

    def __init__(self) -> None:
        self.crossed = 0
        self._open: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._open or self.crossed)

    @property
    def struck(self) -> str:
        """The name of the outermost element where what is crossed out may go on below a blank line, or nothing."""
        name = self._open[0] if self._open else ""
        return "" if name in {"p", *_UNSHOWN} else name

    def clear(self) -> None:
        """Ends all of them."""
        self.crossed = 0
        self._open.clear()

    def has_inside(self, tag: re.Match[str]) -> bool:
        """Whether a tag stands in what is not said; one that opens or ends that does not."""
        name = tag[2].lower()
        if self._open[:1] and self._open[0] in _RAW:
            self._open = [] if tag[1] and name == self._open[0] else self._open
        elif tag[1]:
            self._end(name)
        else:
            self._end_before(name)
            if self._open:
                self._open += [name] if name in KNOWN - _VOID else []
                return True
            if name in _UNSHOWN or (name in KNOWN - _VOID and _is_written_unsaid(name, tag[0])):
                self._open.append(name)
            return False
        return bool(self._open)

    def reads(self, token: Token) -> None:
        """Opens or ends what a token of Markdown crosses out, or ends crossing out."""
        if token.type in {"s_open", "s_close"}:
            self.crossed += token.nesting
        elif token.type == "html_inline" and (tag := TAG.fullmatch(token.content)):
            self.has_inside(tag)

    def _end(self, name: str) -> None:
        if name in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(name) :]
        elif name in BLOCK_TAGS:  # of what stands around
            self._open.clear()

    def _end_before(self, name: str) -> None:
        while self._open and name in _ENDED_BY.get(self._open[-1], ()):
            self._open.pop()


def _is_written_unsaid(name: str, tag: str) -> bool:
    return is_written_struck(name, tag) or is_written_hidden(tag)


def ends_within(token: Token) -> bool:
    """Whether an element may end in the text of a block."""
    ends = (one.type == "html_inline" and one.content.startswith("</") for one in token.children or ())
    return token.type == "inline" and any(ends)


def ended_below(tokens: Sequence[Token]) -> Iterator[tuple[int, frozenset[str]]]:
    """For each token, by its id, the elements that cross out of which the next tag below it is an end."""
    ended: frozenset[str] = frozenset()
    for token in reversed(tokens):
        yield id(token), ended
        within = (TAG.fullmatch(one.content) for one in token.children or () if one.type == "html_inline")
        tags = TAG.finditer(token.content) if token.type == "html_block" else filter(None, within)
        for tag in reversed(list(tags)):
            name = frozenset({tag[2].lower()}) & STRUCK
            ended = ended | name if tag[1] else ended - name


def html_pieces(raw: str, unsaid: Unsaid) -> Iterator[Piece]:
    """The pieces of a run of HTML, in order; `unsaid` is what is open where it begins, and then what is at its end."""
    yield from _Fragment(unsaid).pieces(raw)


class _Fragment:
    """One pass over the tags."""

    def __init__(self, unsaid: Unsaid) -> None:
        self.said: list[str] = []
        self.lines: list[list[Cell]] | None = None  # of the table that is open
        self.cell: Cell | None = None  # the one that is open, without its text
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.unsaid = unsaid

    def pieces(self, raw: str) -> Iterator[Piece]:
        position = 0
        for tag in TAG.finditer(raw):
            name, closes = tag[2].lower(), bool(tag[1])
            if name not in KNOWN:
                continue
            self._say(raw[position : tag.start()])
            position = tag.end()
            if self.unsaid.has_inside(tag):
                continue
            if name in _TABLE_TAGS:
                yield from self._table_tag(tag[0], name, closes=closes)
            else:
                yield from self._tag(name, closes=closes)
        self._say(raw[position:])
        yield from self._end_table()

    def _say(self, text: str) -> None:
        if not self.unsaid:
            self.said.append(" ".join(html.unescape(f"|{text}|").split())[1:-1])

    def _table_tag(self, tag: str, name: str, *, closes: bool) -> Iterator[Piece]:
        self._end_cell()
        if name == "table":
            yield from self._end_table()
            return
        yield from self._flush()  # a caption
        self.lines = [] if self.lines is None else self.lines
        if closes:
            return
        if name == "tr":
            self.lines.append([])
        elif name in {"td", "th"}:
            spans = {key.lower(): min(max(int(many), 1), MOST_SPAN) for key, many in _SPAN.findall(tag)}
            self.cell = Cell("", spans.get("col", 1), spans.get("row", 1), name == "th")

    def _tag(self, name: str, *, closes: bool) -> Iterator[Piece]:
        if name == "br":
            self.said.append("\n" if self.cell is None else " ")
        elif name not in BLOCK_TAGS:
            return
        elif self.cell is not None:
            self.said.append(" ")
        elif name == "dd" and not closes and self._text():
            self.said = [self._text().rstrip(":"), ": "]
        elif name != "dt" or not closes:
            yield from self._flush()
            if not closes:
                self._begin(name)

    def _begin(self, name: str) -> None:
        if name in {"li", "dt", "dd"}:
            self.kind = BlockKind.ITEM
        elif re.fullmatch(r"h[1-6]", name):
            self.kind, self.level = BlockKind.HEADING, int(name[1])

    def _end_cell(self) -> None:
        if self.cell is None or self.lines is None:
            return
        self.lines = self.lines or [[]]
        self.lines[-1].append(replace(self.cell, text=" ".join(self._text().split())))
        self.said, self.cell = [], None

    def _end_table(self) -> Iterator[Piece]:
        self._end_cell()
        lines, self.lines = self.lines or [], None
        yield from rows_of(table_rows(reaching_down(lines)))
        yield from self._flush()

    def _text(self) -> str:
        return tidy("".join(self.said))

    def _flush(self) -> Iterator[Piece]:
        """What was said so far, as a piece; the next is a paragraph until its tag says otherwise."""
        if text := self._text():
            yield Piece(self.kind, text, self.level)
        self.said, self.kind, self.level = [], BlockKind.PARAGRAPH, 0
