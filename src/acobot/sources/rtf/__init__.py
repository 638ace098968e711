"""RTF texts (.rtf) → citable text: headings by their styles, paragraphs, items with their numbers, tables as rows.

The names of destinations and the code pages of fonts are striprtf's; the walk is our own, because striprtf reads
hidden, deleted and struck text as if it held, and knows no headings. Notes stand after their paragraph, as in Word.
Pictures, heads and feet are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from striprtf.striprtf import charset_map, destinations, specialchars

from acobot.sources.drafting import Piece, draft, said
from acobot.sources.formula_signs import power
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Draft, UnreadableError
from acobot.sources.rtf.layout import PARAGRAPH_ENDS, Layout
from acobot.sources.rtf.styles import Styles
from acobot.sources.symbols import shown
from acobot.sources.wording import NO_WORDS, Wording

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)"
)
_SAID = {"title": "title", "author": "author", "company": "publisher"}
_DATES = {"creatim": "published", "revtim": "updated"}
_READ_ALL_THE_SAME = frozenset({"shptxt", "footnote", "info", "stylesheet", "fonttbl", *_SAID, *_DATES})
_LISTED = frozenset({"listtext", "pntext"})
_ANEW = "get it anew from where it came"
_SYMBOLS = 2  # the character set of fonts of signs
_UNSEEN = frozenset({"v", "deleted", "strike", "striked"})
_NO_SIGNS = PARAGRAPH_ENDS | {"cell", "row", "nestcell"}
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
    """The draft of an RTF text. Raises `UnreadableError`."""
    walk = _Walk(raw.decode("latin-1"))
    walk.run()
    told = {key: "".join(values).strip(" ;") for key, values in walk.said.items()}
    for word, key in _DATES.items():
        told[key] = "-".join(f"{part:02}" for part in walk.dates.get(word, []) if part)
    if told["updated"] <= told["published"]:
        told["updated"] = ""
    return draft(walk.pieces, said(told))


class _Walk:
    """One walk over the tokens of a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.said: dict[str, list[str]] = {}
        self.dates: dict[str, list[int]] = {}
        self._styles = Styles()
        self._charsets: dict[int, str] = {}
        self._signs: dict[int, str] = {}  # the fonts of signs, by their names
        self._page = "cp1252"
        self._group = _Group()
        self._groups: list[_Group] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._layout = Layout(self._styles)
        self._around: list[tuple[int, Layout]] = []  # of the open text boxes, and how many groups were open there

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
        if self._groups:
            raise UnreadableError(f"it is cut off: what it opens it does not close; {_ANEW}")
        self._layout.finish()

    @property
    def pieces(self) -> list[Piece]:
        """What stands in it."""
        return self._layout.pieces

    def _brace(self, brace: str) -> None:
        self._to_skip = 0
        if brace == "{":
            self._groups.append(self._group)
        elif self._groups:
            self._group = self._groups.pop()
            if self._around and len(self._groups) < self._around[-1][0]:
                box, (_, self._layout) = self._layout, self._around.pop()
                self._layout.put_beside(box)

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
            page = self._charsets.get(_number(self._group.font), self._page)
            try:
                text = self._bytes.decode(page, errors="replace")
            except LookupError:
                text = self._bytes.decode("cp1252", errors="replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        group = self._group
        if group.place in _SAID:
            self.said.setdefault(_SAID[group.place], []).append(text)
        elif group.place == "stylesheet" and not group.ignored:
            self._styles.say_name(text)
        elif group.place == "fonttbl" and group.font in self._signs and not group.ignored:
            self._signs[group.font] += text.rstrip(";")
        elif group.place in _LISTED:
            self._layout.say_number(text)
        elif not (group.ignored or group.unseen or group.place):
            text = shown(text, self._signs.get(_number(group.font), ""))
            self._layout.words.append(power(text) if group.raised else text)

    def _sign(self, sign: str) -> None:
        self._to_skip = 0
        if sign == "*":
            self._group = replace(self._group, ignored=True)
        elif sign in "\r\n":
            self._layout.end_paragraph()
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._to_skip = 0
        if word in _READ_ALL_THE_SAME:
            self._enter(word)
        elif word in _LISTED:
            self._layout.list_item()
            self._group = replace(self._group, place=word)
        elif word == "nesttableprops":  # marked as one to ignore for programs that know no tables in tables
            self._group = replace(self._group, ignored=False)
        elif word in destinations:
            self._group = replace(self._group, ignored=True)
        elif word in _UNSEEN:
            unseen = self._group.unseen
            self._group = replace(self._group, unseen=unseen | {word} if number != 0 else unseen - {word})
        elif word == "plain":
            self._group = replace(self._group, unseen=frozenset(), font=None, raised=False)
        elif not self._of_letters(word, number) and not self._of_document(word, number or 0):
            self._structure(word, 1 if number is None else number)

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
            self._layout.nested = max(number, 0)
        else:
            return self._group.ignored or bool(self._group.place)
        return True

    def _enter(self, word: str) -> None:
        """A destination that says something: of the document, in a text box, or in a note of what is read."""
        inside = self._group.place == "info"
        around = self._groups[-1] if self._groups else self._group
        if word == "shptxt" or (word == "footnote" and not (around.ignored or around.unseen or around.place)):
            self._around.append((len(self._groups), self._layout))
            self._layout = Layout(self._styles)
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
            if number == _SYMBOLS:
                self._charsets[self._group.font], self._signs[self._group.font] = "latin-1", ""

    def _of_style(self, word: str, number: int) -> None:
        if self._group.place == "stylesheet":
            if word == "s":
                self._styles.open = number
            else:
                self._styles.levels[self._styles.open] = number
        elif word == "s":
            self._layout.style = number
        else:
            self._layout.outline = number

    def _structure(self, word: str, number: int) -> None:
        if not self._layout.obey(word, number) and word in _SIGNS:
            self._say(" " if word == "tab" else _SIGNS[word])


def _number(font: int | None) -> int:
    """A font's number; of none one that no font has."""
    return -1 if font is None else font
