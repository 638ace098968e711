"""Blocks put together into a draft: what all readers but those of plain texts share. Knows no format.

The text is laid out as Markdown is: "## " before headings, "- " or a number before items, bars around cells, blank
lines between blocks but for items and rows of one run. So a text gives the same passages in every format, but for the
numbers of items, which not all readers count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from acobot.sources.bullets import is_dashed, parts_of
from acobot.sources.record import Block, BlockKind, Draft, PageName

MOST_SAID = 300  # characters of a particular: a paper may have a hundred authors
CELL_GAP = " | "  # between the cells of a row, as in Markdown
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
# Characters that text cannot hold, or that nobody sees: soft hyphens, what has no width, control characters, lone
# surrogates. Two of no width stay: they join or part letters of Arabic and Persian, and join emoji.
_NO_TEXT = re.compile(r"[\xad\u200b\u2060\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Titles and authors that programs fill in by themselves.
_NO_TITLE = re.compile(
    r"untitled.*|(?:document|layout|slide|presentation|book) ?\d*|(?:microsoft )?(?:word|powerpoint)\b.*"
    r"|\S*\.(?:docx?|dotx?|odt|rtf|indd|qxd|pdf|html?|pptx?|xlsx?|tex|dvi)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"python-docx|(?:microsoft office )?user|admin(?:istrator)?|owner|unknown|default", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_ROW_END = " |"
_ENDED = (".", ",", ";", ":", "!", "?")
_TOGETHER = frozenset({BlockKind.ITEM, BlockKind.ROW})


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has its place in a text.

    `page` counts from 0; `turns` are the offsets in `text` at which it goes on on the next page. `begins` says of a row
    that it is the first of its table, whatever stands above. `leaves` is as of `Block`; `kept` says that a maintainer
    named it, and that it is never page furniture; `alert` that it stands in an alert of a web page. `number` is what
    numbers an item, before its text: "4.", "b.".
    """

    kind: BlockKind
    text: str
    level: int = 0
    furniture: bool = False
    page: int = 0
    turns: tuple[int, ...] = ()
    begins: bool = False
    leaves: int = 0
    kept: bool = False
    alert: bool = False
    number: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is a heading of the first rank."""
        return self.kind is BlockKind.HEADING and self.level == 1


def tidy(text: str) -> str:
    """A block's text with single spaces, and without characters that no text can hold; newlines stay."""
    return _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", _NO_TEXT.sub("", text))).strip()


def flat(pieces: Iterable[Piece]) -> str:
    """All that a table's cell says, as one line, with commas between the items of a list."""
    text = ""
    last = None
    for piece in pieces:
        comma = last is BlockKind.ITEM is piece.kind and not text.endswith(_ENDED)
        text += f"{', ' if comma else ' '}{' '.join(piece.text.split())}" if piece.text else ""
        last = piece.kind if piece.text else last
    return text.strip()


def row(cells: Sequence[str]) -> str:
    """The cells of a table's row as one line; empty ones keep their place before others and between them.

    A row whose first cell is empty begins with a bar: "| Weekday | Weekend". A bar within a cell has no blanks around.
    """
    flat = [" ".join(tidy(cell).split()).replace(CELL_GAP, CELL_GAP.strip()) for cell in cells]
    return CELL_GAP.join(flat).rstrip(" |").lstrip() if any(flat) else ""


def rows_of(table: Iterable[Sequence[str]]) -> Iterator[Piece]:
    """The rows of a table as pieces; one of a single text is a title."""
    begins = True
    for texts in table:
        text = row(texts)
        if text and len(texts) == 1:
            yield Piece(BlockKind.PARAGRAPH, text)
        elif text:
            yield Piece(BlockKind.ROW, text, begins=begins)
            begins = False


def draft(
    pieces: Iterable[Piece], said: Mapping[str, str], pages: int = 0, page_name: PageName = PageName.PAGE
) -> Draft:
    """The pieces that have words, one after another, as a draft of so many pages (slides, if they are called so)."""
    worded = list(_with_items([piece for piece in pieces if piece.text]))
    parts: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    length = 0
    for number, piece in enumerate(worded):
        parts += [_between(worded[max(number - 2, 0) : number], piece), piece.text]
        start = length + len(parts[-2])
        length = start + len(piece.text)
        starts.extend([start] * (min(piece.page + 1, pages) - len(starts)))
        starts.extend(start + turn for turn in piece.turns)
        blocks.append(Block(piece.kind, start, length, piece.level, piece.furniture, piece.leaves))
    if worded and worded[-1].kind is BlockKind.ROW:
        parts.append(_ROW_END)
    starts.extend([length] * (pages - len(starts)))
    kept = frozenset(number for number, piece in enumerate(worded) if piece.kept)
    return Draft("".join(parts), tuple(blocks), (), dict(said), tuple(starts), page_name=page_name, kept=kept)


def _with_items(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same pieces; paragraphs in which somebody typed bullets as items."""
    dashed = [piece.kind is BlockKind.PARAGRAPH and is_dashed(piece.text) for piece in pieces]
    for number, piece in enumerate(pieces):
        beside = any(dashed[other] for other in (number - 1, number + 1) if 0 <= other < len(pieces))
        parts = parts_of(piece.text, dashes=beside) if piece.kind is BlockKind.PARAGRAPH and not piece.turns else []
        yield from [replace(piece, kind=kind, text=piece.text[start:end].strip()) for kind, start, end in parts] or [
            piece
        ]


def _between(above: Sequence[Piece], piece: Piece) -> str:
    """What stands before a piece, under the one or two pieces above it: Markdown's marks and blank lines."""
    marks = {BlockKind.HEADING: "#" * piece.level, BlockKind.ITEM: piece.number or "-", BlockKind.ROW: "|"}
    mark = f"{marks[piece.kind]} " if piece.kind in marks else ""
    if not above:
        return mark
    last, is_row = above[-1], above[-1].kind is BlockKind.ROW
    end = _ROW_END if is_row else ""
    if last.kind is not piece.kind or piece.kind not in _TOGETHER or piece.begins:
        return f"{end}\n\n{mark}"
    is_head = is_row and (last.begins or len(above) == 1 or above[0].kind is not BlockKind.ROW)
    rule = "\n" + "|---" * (f" {last.text}".count(CELL_GAP) + 1) + "|" if is_head else ""
    return f"{end}{rule}\n{mark}"


def on_one_line(text: str) -> str:
    """A text with single spaces, and without characters that no text can hold, or that nobody sees."""
    return " ".join(_NO_TEXT.sub(" ", _UNSEEN.sub("", text)).split())


def said(values: Mapping[str, str | None]) -> dict[str, str]:
    """The particulars of a file's own metadata that can be used: texts on one line, ISO dates, web addresses."""
    flat = {key: on_one_line(value or "") for key, value in values.items()}
    for key in ("published", "updated"):
        flat[key] = iso_date(flat.get(key, ""))
    for key, nothing in (("title", _NO_TITLE), ("author", _NO_AUTHOR)):
        if nothing.fullmatch(flat.get(key, "")):
            flat[key] = ""
    if not re.fullmatch(r"https?://\S{1,250}", flat.get("url", "")):
        flat["url"] = ""
    return {key: shortened(value, MOST_SAID) for key, value in flat.items() if value}


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word, and marked as cut."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def iso_date(text: str) -> str:
    """The date that an ISO date or time begins with, in the precision that it has; empty if there is none."""
    found = _ISO.match(text)
    if not found:
        return ""
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return ""
    return found[0]
