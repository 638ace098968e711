"""RTF texts (.rtf) → citable text: headings by their styles, paragraphs, items with their numbers, tables as rows.

The names of destinations and the code pages of fonts are striprtf's; the walk is our own, because striprtf reads
hidden, deleted and struck text as if it held, and knows no headings. Pictures, notes, heads and feet are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from striprtf.striprtf import charset_map, destinations, specialchars

from acobot.sources.drafting import Piece, draft, rows_of, said, tidy
from acobot.sources.formula_signs import power
from acobot.sources.grids import Cell, table_rows
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import BlockKind, Draft
from acobot.sources.rtf.styles import LEVELS, NO_OUTLINE, Styles
from acobot.sources.wording import NO_WORDS, Wording

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)"
)
_SAID = {"title": "title", "author": "author", "company": "publisher"}
_DATES = {"creatim": "published", "revtim": "updated"}
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page"})
_READ_ALL_THE_SAME = frozenset({"shptxt", "info", "stylesheet", "fonttbl", *_SAID, *_DATES})
_LISTED = frozenset({"listtext", "pntext"})
_UNSEEN = frozenset({"v", "deleted", "strike", "striked"})
_NO_SIGNS = _PARAGRAPH_ENDS | {"cell", "row", "nestcell"}
_SIGNS = {word: sign for word, sign in specialchars.items() if word not in _NO_SIGNS}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces; `place` is what its words are for, "" for the text."""

    place: str = ""
    ignored: bool = False
    unseen: frozenset[str] = frozenset()
    skips: int = 1  # bytes after each character that is told by its number
    font: int | None = None
    raised: bool = False


def read(raw: bytes, _pick: Pick = EVERYTHING, _wording: Wording = NO_WORDS) -> Draft:
    """The draft of an RTF text."""
    walk = _Walk(raw.decode("latin-1"))
    walk.run()
    told = {key: value.strip(" ;") for key, value in walk.said.items()}
    for word, key in _DATES.items():
        told[key] = "-".join(f"{part:02}" for part in walk.dates.get(word, []) if part)
    if told["updated"] <= told["published"]:
        told["updated"] = ""
    return draft(walk.pieces, said(told))


class _Walk:
    """One walk over the tokens of a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.pieces: list[Piece] = []
        self.said: dict[str, str] = {}
        self.dates: dict[str, list[int]] = {}
        self._styles = Styles()
        self._charsets: dict[int, str] = {}
        self._page = "cp1252"
        self._group = _Group()
        self._groups: list[_Group] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._words: list[str] = []
        self._number: list[str] = []
        self._is_item = False
        self._style, self._outline, self._nested, self._in_table = 0, NO_OUTLINE, 0, False
        self._cell: list[str] = []
        self._row: list[str] = []
        self._table: list[list[str]] = []

    def run(self) -> None:
        """Reads all of it."""
        at = 0
        while found := _TOKEN.match(self._text, at):
            word, number, code, sign, brace, text = found.groups()
            at = found.end()
            if code:
                self._byte(bytes.fromhex(code))
                continue
            if text:
                self._plain(text)
                continue
            if not (brace or word or sign):
                continue  # a line of the file ends, not of the text
            self._flush_bytes()
            if brace:
                self._brace(brace)
            elif word == "bin":
                at += max(int(number or 0), 0)
            elif word:
                self._word(word, None if number is None else int(number))
            elif sign:
                self._sign(sign)
        self._flush_bytes()
        self._end_paragraph()
        self._end_table()

    def _brace(self, brace: str) -> None:
        self._to_skip = 0
        if brace == "{":
            self._groups.append(self._group)
        elif self._groups:
            self._group = self._groups.pop()

    def _byte(self, one: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes += one

    def _plain(self, text: str) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if text.isascii() and not self._bytes:
            self._say(text[skipped:])
        else:
            self._bytes += text[skipped:].encode("latin-1")

    def _flush_bytes(self) -> None:
        """The bytes since the last word, in the code page of their font or of the document."""
        if self._bytes:
            page = self._charsets.get(self._group.font if self._group.font is not None else -1, self._page)
            try:
                text = self._bytes.decode(page, errors="replace")
            except LookupError:
                text = self._bytes.decode("cp1252", errors="replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        group = self._group
        if group.place in _SAID:
            key = _SAID[group.place]
            self.said[key] = self.said.get(key, "") + text
        elif group.place == "stylesheet" and not group.ignored:
            self._styles.names[self._styles.open] = self._styles.names.get(self._styles.open, "") + text
        elif group.place in _LISTED:
            self._number.append(text)
        elif not (group.ignored or group.unseen or group.place):
            self._words.append(power(text) if group.raised else text)

    def _sign(self, sign: str) -> None:
        self._to_skip = 0
        if sign == "*":
            self._group = replace(self._group, ignored=True)
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._to_skip = 0
        if word in _READ_ALL_THE_SAME:
            self._enter(word)
        elif word in _LISTED:
            self._is_item = True
            self._group = replace(self._group, place=word)
        elif word in destinations:
            self._group = replace(self._group, ignored=True)
        elif word in _UNSEEN:
            unseen = self._group.unseen
            self._group = replace(self._group, unseen=unseen | {word} if number != 0 else unseen - {word})
        elif word == "plain":
            self._group = replace(self._group, unseen=frozenset(), font=None, raised=False)
        elif not self._of_letters(word, number) and not self._of_document(word, number or 0):
            self._structure(word)

    def _of_letters(self, word: str, number: int | None) -> bool:
        """Whether a word says what bytes and letters are."""
        if word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self._to_skip = self._group.skips
        elif word == "uc":
            self._group = replace(self._group, skips=max(number or 0, 0))
        elif word == "ansicpg":
            self._page = f"cp{number}"
        elif word in {"super", "nosupersub", "sub"}:
            self._group = replace(self._group, raised=word == "super" and number != 0)
        elif word in {"f", "fcharset"}:
            self._font(word, number or 0)
        else:
            return False
        return True

    def _of_document(self, word: str, number: int) -> bool:
        """Whether a word belongs to a date or a style."""
        if word in {"yr", "mo", "dy"} and self._group.place in _DATES:
            self.dates.setdefault(self._group.place, []).append(number)
        elif word in {"s", "outlinelevel"}:
            self._of_style(word, number)
        elif word == "ilvl":
            self._nested = max(number, 0)
        else:
            return self._group.ignored or bool(self._group.place)
        return True

    def _enter(self, word: str) -> None:
        """A destination that says something: of the document, or in a text box."""
        inside = self._group.place == "info"
        if word == "shptxt":
            self._end_paragraph()
            self._group = _Group(skips=self._group.skips)
        elif word not in {*_SAID, *_DATES} or inside:
            self._group = replace(self._group, place=word)
        else:
            self._group = replace(self._group, ignored=True)

    def _font(self, word: str, number: int) -> None:
        if word == "f":
            self._group = replace(self._group, font=number)
        elif self._group.font is not None and self._group.place == "fonttbl":
            self._charsets[self._group.font] = charset_map.get(number, self._page) if number else self._page

    def _of_style(self, word: str, number: int) -> None:
        if self._group.place == "stylesheet":
            if word == "s":
                self._styles.open = number
            else:
                self._styles.levels[self._styles.open] = number
        elif word == "s":
            self._style = number
        else:
            self._outline = number

    def _structure(self, word: str) -> None:
        if word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word == "pard":
            self._style, self._outline, self._nested, self._in_table = 0, NO_OUTLINE, 0, False
        elif word == "intbl":
            self._in_table = True
        elif word in {"cell", "nestcell"}:
            self._row.append(" ".join([*self._cell, self._taken()]).strip())
            self._cell.clear()
        elif word in {"row", "nestrow"}:
            self._table.append(list(self._row))
            self._row.clear()
        elif word in _SIGNS:
            self._say(" " if word == "tab" else _SIGNS[word])

    def _taken(self) -> str:
        """The words of the open paragraph, which is thereby closed, with its number before them."""
        text, number = tidy("".join(self._words)), tidy("".join(self._number))
        self._words.clear()
        self._number.clear()
        return f"{number} {text}" if text and any(char.isalnum() for char in number) else text

    def _end_paragraph(self) -> None:
        is_item, self._is_item = self._is_item, False
        text = self._taken()
        if self._in_table:
            self._cell += [text] if text else []
            return
        if not text:
            return
        self._end_table()
        level = self._styles.level(self._style) or (self._outline + 1 if 0 <= self._outline < LEVELS else 0)
        kind = BlockKind.HEADING if level else BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
        text = " ".join(text.split()) if level else text
        self.pieces.append(Piece(kind, text, self._nested if kind is BlockKind.ITEM else level))

    def _end_table(self) -> None:
        """The rows since the last paragraph; of one cell each they are a frame around a text."""
        self.pieces += _rows(self._table)
        self._table = []


def _rows(table: list[list[str]]) -> Iterator[Piece]:
    if all(len(cells) < 2 for cells in table):
        yield from (Piece(BlockKind.PARAGRAPH, text) for cells in table for text in cells)
        return
    yield from rows_of(table_rows([[Cell(text) for text in cells] for cells in table]))
