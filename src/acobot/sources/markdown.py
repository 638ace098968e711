"""Markdown → citable text and blocks. Block marks stay in the text, inline marks, link targets and comments go.

The structure comes from markdown-it (CommonMark, with tables and strikethrough); marks of dialects are taken out before
it reads. HTML is read as what it shows; what is struck through holds no more and is left out. Knows nothing of front
matter, furniture or passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from acobot.sources.dialects import as_markdown
from acobot.sources.drafting import draft
from acobot.sources.headings import with_answers
from acobot.sources.markdown_html import KNOWN, TAG, Unsaid, ended_below, ends_within, html_pieces
from acobot.sources.markdown_lines import parted
from acobot.sources.markdown_marks import plain_markdown
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Ask, Block, BlockKind, Draft
from acobot.sources.wording import NO_WORDS, Wording


class _Parser(MarkdownIt):
    """The parser, but an address in angle brackets is shown as it was written."""

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  the parser's own name
        return link


_PARSER = _Parser("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"])
# What may stand before a block's text on its first line.
_MARKS = re.compile(r"[ \t]*(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:#{1,6}[ \t]+)?")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FENCED = re.compile(r"[ >\t]*(`{3,}|~{3,})[^\n]*\n(?P<code>.*?)((?:\n|(?<=\n))[ >\t]*\1[`~]*\s*)?$", re.DOTALL)
_BARE_LINK = re.compile(r"<a\b[^<>]*>[^<.!?]*</a>")  # alone in a paragraph it leads elsewhere
_CLOSES = re.compile(r"[\s.,;:!?)]|$")  # needs no blank before it
_ON_ONE_LINE = frozenset({BlockKind.ROW, BlockKind.HEADING})
_ASKS = re.compile(r"\s*asks:(.*)", re.DOTALL)


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of a Markdown body in UTF-8."""
    body = raw.decode()
    return read_markdown(as_markdown(body) or body)


def read_markdown(body: str) -> Draft:
    r"""Citable text of a Markdown body (newlines already `\\n`), its blocks, and the questions in `asks:` comments."""
    return _Reader(plain_markdown(body)).read()


class _Reader:
    """One pass over the parser's tokens that copies the raw text and leaves out what is not citable."""

    def __init__(self, body: str) -> None:
        self.body = body
        lengths = [len(line) + 1 for line in body.split("\n")]
        self.line_starts = [0, *accumulate(lengths)]
        self.position = 0  # in body: everything before it is already copied or left out
        self.out: list[str] = []
        self.length = 0
        self.spans: list[Block] = []
        self.gap = False  # whether a blank was taken off before what was left out
        self.asks: list[Ask] = []
        self.unsaid = Unsaid()  # in a run of HTML or a text, and what follows it
        self.ended: dict[int, frozenset[str]] = {}  # which elements that cross out end below a token, by its id
        self.last_ends: dict[str, int] = {}  # where in body an element ends for the last time, by its name

    def read(self) -> Draft:
        row_start: int | None = None
        empty = 0  # cells of a row before the first that says something
        tokens = list(_walk(_PARSER.parse(self.body)))
        self.ended = dict(ended_below([token for token, _, _ in tokens]))
        for token, kind, level in self._said(tokens):
            if token.type == "tr_open":
                row_start, empty = None, 0
            elif token.type == "tr_close":
                if row_start is not None:
                    self._block(BlockKind.ROW, row_start)
            elif token.type == "inline":
                start = self._inline(token, kind)
                if kind is not BlockKind.ROW:
                    self._block(kind, start, level, furniture=bool(_BARE_LINK.fullmatch(token.content)))
                elif row_start is None and self.length > start:
                    row_start = self._after_empty_cells(start, empty)
                elif row_start is None:
                    empty += 1
            elif token.type == "definition":
                self._leave_out(token)
            else:
                self._literal(token, kind)
        self._emit(self.body[self.position :])
        text = "".join(self.out)
        return Draft(text, with_answers(text, list(self._trimmed(text))), tuple(self.asks))

    def _said(self, tokens: Iterable[tuple[Token, BlockKind, int]]) -> Iterator[tuple[Token, BlockKind, int]]:
        """The tokens but those between one that begins to cross out what follows and one that ends that."""
        for token, kind, level in tokens:
            of_row = kind is BlockKind.ROW
            begun = of_row and token.map and self.line_starts[token.map[1]] <= self.position  # its row is left out
            if not (self.unsaid or begun) or token.type == "html_block" or (not of_row and ends_within(token)):
                yield token, kind, level
                continue
            self._leave_out(token)
            for child in token.children or ():
                self.unsaid.reads(child)

    def _after_empty_cells(self, start: int, empty: int) -> int:
        """Where a row begins whose first cells are empty: at the bar behind the first of them."""
        if not empty:
            return start
        said = ""
        for part in reversed(self.out):  # of the line
            said = part + said
            if "\n" in said:
                break
        said = said[: len(said) - (self.length - start)].rpartition("\n")[2]
        at = len(said)
        for _ in range(empty):
            at = max(said.rfind("|", 0, at), 0)
        return start - len(said) + at

    def _inline(self, token: Token, kind: BlockKind) -> int:
        """Copies up to the token's content, then the content without its marks; returns where that begins."""
        assert token.map is not None
        begin, stop = self._content(token, kind)
        self._emit(self.body[self.position : begin])
        start = self.length
        unsaid = self.unsaid or Unsaid()
        left_out = bool(unsaid)
        for child in token.children or ():
            was_unsaid = bool(unsaid)
            unsaid.reads(child)
            if unsaid and not was_unsaid:
                left_out = True
                self._close_gap(start)
            elif not (unsaid or was_unsaid):
                shown = self._visible(child, " " if kind in _ON_ONE_LINE else "\n")
                if (left_out and self.length == start) or (shown == "\n" and self.out[-1:] == ["\n"]):
                    shown = shown.lstrip()
                # What was left out may leave a blank before a stop, or none where there was one on both sides.
                self._emit(" " + shown if self.gap and not _CLOSES.match(shown) else shown)
                self.gap = self.gap and not shown
        if kind is not BlockKind.ROW and unsaid.struck in self.ended[id(token)]:
            self.unsaid = unsaid
        self.gap = False
        self.position = stop
        return start

    def _close_gap(self, start: int) -> None:
        """Takes the blanks off the end of what was copied since `start`."""
        if self.length > start and self.out[-1].endswith(" "):
            kept = self.out[-1].rstrip(" ")
            self.length -= len(self.out[-1]) - len(kept)
            self.out[-1] = kept
            self.gap = True

    def _content(self, token: Token, kind: BlockKind) -> tuple[int, int]:
        """Where the token's content begins and ends in the body, looked for line by line."""
        assert token.map is not None
        first, last = token.map
        begin = stop = max(self.position, self.line_starts[first])
        if kind is not BlockKind.ROW:
            marks = _MARKS.match(self.body, begin)
            assert marks is not None
            begin = stop = marks.end()
        limit = self.line_starts[min(last, len(self.line_starts) - 1)]
        for number, line in enumerate(token.content.split("\n")):
            words = line.strip(" \t").replace("|", "\\|") if kind is BlockKind.ROW else line.strip(" \t")
            stop = self.body.find(words, stop, limit)
            assert stop >= 0
            begin = stop if number == 0 else begin
            stop += len(words)
        return begin, stop

    def _visible(self, token: Token, newline: str) -> str:
        if token.type == "image":
            return "".join(self._visible(child, newline) for child in token.children or ())
        if token.type in {"softbreak", "hardbreak"}:
            return "\n"
        if token.type != "html_inline":
            return token.content
        tag = TAG.fullmatch(token.content)
        if tag and tag[2].lower() in KNOWN:
            return newline if tag[2].lower() == "br" else ""
        return self._without_comments(token.content)

    def _leave_out(self, token: Token) -> None:
        if token.map is None:  # of what stands in lines that are left out
            return
        self._emit(self.body[self.position : self.line_starts[token.map[0]]])
        self.position = max(self.position, self.line_starts[token.map[1]])

    def _literal(self, token: Token, kind: BlockKind) -> None:
        assert token.map is not None
        begin, stop = self.line_starts[token.map[0]], self.line_starts[token.map[1]]
        self._emit(self.body[self.position : begin])
        start = self.length
        raw = self.body[max(begin, self.position) : stop]
        self.position = max(stop, self.position)
        if token.type != "html_block":
            self._emit(raw)
        else:
            raw = self._without_comments(raw)
            if self.unsaid or any(tag[2].lower() in KNOWN for tag in TAG.finditer(raw)):
                self._html(raw)
                return
            self._emit(raw)
        self._block(kind, start)

    def _html(self, raw: str) -> None:
        """What a run of HTML shows, in blocks of its own."""
        shown = draft(html_pieces(raw, self.unsaid), {})
        self.spans.extend(
            replace(block, start=block.start + self.length, end=block.end + self.length) for block in shown.blocks
        )
        self._emit(shown.text + "\n\n" if shown.text else "\n")
        name = self.unsaid.struck
        if not name or self._last_end(name) < self.position:  # it ends with the run, or somebody forgot to end it
            self.unsaid.clear()

    def _last_end(self, name: str) -> int:
        if name not in self.last_ends:
            self.last_ends[name] = max(self.body.rfind(f"</{one}") for one in (name, name.upper(), name.title()))
        return self.last_ends[name]

    def _without_comments(self, raw: str) -> str:
        before, end, rest = raw.rpartition("-->")  # in what follows an end would be sought in vain, from each "<!--"
        for comment in _COMMENT.finditer(before + end):
            if asks := _ASKS.fullmatch(comment[1]):
                questions = (" ".join(part.split()) for part in re.split(r"[|\n]", asks[1]))
                self.asks.extend(Ask(question, self.length) for question in questions if question)
        return _COMMENT.sub("", before + end) + rest

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def _block(self, kind: BlockKind, start: int, level: int = 0, *, furniture: bool = False) -> None:
        self.spans.append(Block(kind, start, self.length, level, furniture))

    def _trimmed(self, text: str) -> Iterator[Block]:
        """The blocks without the white space, and for code the fences, around their text."""
        for block in self.spans:
            start, body = block.start, text[block.start : block.end]
            if block.kind is BlockKind.CODE and (fenced := _FENCED.match(body)):
                start, body = start + fenced.start("code"), fenced["code"]
            if body.strip():
                begin = start + len(body) - len(body.lstrip())
                yield from parted(text, replace(block, start=begin, end=begin + len(body.strip())))


def _walk(tokens: list[Token]) -> Iterator[tuple[Token, BlockKind, int]]:
    """Tokens that carry text or a link's address or end a row, each with the kind and level of its block."""
    depth, kind, level = 0, BlockKind.PARAGRAPH, 0
    for token in tokens:
        if token.type in {"list_item_open", "list_item_close"}:
            depth += token.nesting
        elif token.type == "heading_open":
            kind, level = BlockKind.HEADING, int(token.tag[1])
        elif token.type in {"heading_close", "table_close"}:
            kind, level = BlockKind.PARAGRAPH, 0
        elif token.type in {"tr_open", "tr_close"}:
            kind = BlockKind.ROW
            yield token, kind, 0
        elif token.type in {"fence", "code_block"}:
            yield token, BlockKind.CODE, 0
        elif token.type in {"html_block", "definition"}:
            yield token, BlockKind.PARAGRAPH, 0
        elif token.type == "inline" and (token.content or kind is BlockKind.ROW):
            is_item = bool(depth) and kind is BlockKind.PARAGRAPH
            yield (token, BlockKind.ITEM, depth - 1) if is_item else (token, kind, level)
