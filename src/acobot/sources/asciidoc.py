"""AsciiDoc that was saved as plain text or Markdown → Markdown: headings, lists, tables, boxes, marks within lines.

Also the headings of wikis, which AsciiDoc allows ("== Fees =="). Text in, text out; knows no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from acobot.sources.barred import barred
from acobot.sources.struck import is_struck

LEAST_SIGNS = 2  # different ones: a line that begins with "=" alone may be anything
MOST_LINES = 2_000  # of one table
MOST_COLUMNS = 60
NAMED_WITHIN = 3  # lines below the title: who wrote it, and which revision it is
INDENT = "   "  # stands under an item, numbered or not

_HEADING = re.compile(r"(={1,6})[ \t]+(\S[^\n]{0,300}?)(?:[ \t]+\1)?[ \t]*")
_ATTRIBUTE = re.compile(r":!?([\w-]{1,60})!?:(?:[ \t]+(\S[^\n]{0,500}))?[ \t]*")
_LIST_OF_ATTRIBUTES = re.compile(r"\[(?:\[[^\[\]\n]{1,100}\]|[^\[\]\n]{0,300})\][ \t]*")
_BLOCK_TITLE = re.compile(r"\.([^\s.][^\n]{0,200})")
_DELIMITER = re.compile(
    r"(={4,100}|-{4,100}|\.{4,100}|\*{4,100}|_{4,100}|/{4,100}|\+{4,100}|--|`{3,10}[\w-]{0,40})[ \t]*"
)
_TABLE = re.compile(r"[|!,:]={3,100}[ \t]*")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)")
_TERM = re.compile(r"[ \t]*(\S[^\n]{0,200}?)(:{2,4}|;;)(?:[ \t]+(\S[^\n]*))?")
_ITEM = re.compile(r"[ \t]*(\*{1,5}|-|\.{1,5})[ \t]+(?=\S)")
_CALLOUT = re.compile(r"<(\d{1,2}|\.)>[ \t]+")
_DIRECTIVE = re.compile(r"(?:image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::[^\n]*|'''[ \t]*|<<<[ \t]*")
_CELL = re.compile(r"(?:^|(?<=[ \t]))(?:\d{0,2}(?:\.\d{1,2})?[+*])?[<^>.]{0,4}[adehlmsv]?(?<!\\)\|")
_OF_COLUMNS = re.compile(r"cols[ \t]*=[ \t]*(?:\"([^\"\n]{1,300})\"|'([^'\n]{1,300})'|(\d{1,2}\*?))")
_REPEATED = re.compile(r"(\d{1,2})\*")
_LINK = re.compile(r"(?:link:|mailto:|xref:|(?=(?:https?|ftp|irc)://))([^\s\[\]]{1,500})\[([^\[\]\n]{0,300})\]")
_CROSS = re.compile(r"<<([^<>,\n]{1,200})(?:,[ \t]*([^<>\n]{1,300}))?>>")
_PICTURE = re.compile(r"(?:image|icon):[^\s\[\]:]{1,300}\[([^\[\]\n]{0,300})\]")
_NOTE = re.compile(r"[ \t]?footnote(?:ref)?:[\w-]{0,60}\[([^\[\]\n]{1,600})\]")
_PRESSED = re.compile(r"\b(?:kbd|btn|pass|stem|latexmath|asciimath):[a-z,]{0,20}\[([^\[\]\n]{0,300})\]")
_MENU = re.compile(r"\bmenu:([^\s\[\]]{1,100})\[([^\[\]\n]{0,200})\]")
_MARKED = re.compile(r"(?:\[([^\[\]\n]{1,60})\])?(?<![\w#&])#(?=[^\s#])([^#\n]{1,300})(?<=\S)#(?![\w#])")
_ROLE_SIGNS = re.compile(r"[^\w-]+")  # between roles: "[.red.line-through]", "[red line-through]"
_ANCHOR = re.compile(r"\[\[[^\[\]\n]{1,100}\]\]|(?<!\S)\[#[\w-]{1,60}\]")
_NAMED = re.compile(r"\{([\w-]{1,60})\}")
_HARD_BREAK = re.compile(r"[ \t]\+[ \t]*$")
_SIGNS = (
    _TABLE,
    re.compile(
        r":(?:toc|sectnums|icons|numbered|doctype|experimental|imagesdir|source-highlighter|author|revdate|lang)\w*:"
    ),
    re.compile(r"\[(?:source|NOTE|TIP|IMPORTANT|WARNING|CAUTION|cols|options|%|quote|\[|#|horizontal|abstract|square)"),
    _ADMONITION,
    re.compile(r"\.[A-Z][^\n.]{2,100}$"),
    re.compile(r"(?:={4,}|\*{4,}|_{4,}|-{4,})[ \t]*$"),
    re.compile(r"\S[^\n]{0,100}\S::(?:[ \t]|$)"),
    re.compile(r"[^\n]{0,200}(?:(?:link|xref):[^\s\[\]]{1,200}|https?://[^\s\[\]]{1,200})\[[^\[\]\n]{1,200}\]"),
    re.compile(r"\.{1,3}[ \t]+\S"),
)


def is_asciidoc(body: str) -> bool:
    """Whether a text is AsciiDoc: it has headings that begin with "=", several or beside other signs."""
    lines = body.split("\n")
    headings = sum(bool(_HEADING.fullmatch(line)) for line in lines)
    if not headings or any(line.startswith("# ") for line in lines):
        return False
    signs = sum(any(sign.match(line) for line in lines) for sign in _SIGNS)
    return min(headings, LEAST_SIGNS) + signs > LEAST_SIGNS or headings > LEAST_SIGNS


def as_markdown(body: str) -> str:
    """The same text as Markdown has it."""
    return "\n".join(_Converter(body.split("\n")).converted())


class _Converter:
    """One pass over the lines. A block that goes over several of them is taken whole."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.names: dict[str, str] = {}
        self.said = ""  # the last list of attributes, of the block below it
        self.under = ""  # the indent of what goes on under an item
        self.header = -1  # the line up to which the title's author and revision may stand

    def converted(self) -> Iterator[str]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            yield from self._line(line)

    def _line(self, line: str) -> Iterator[str]:
        if found := _HEADING.fullmatch(line):
            self.header = self.at + NAMED_WITHIN if len(found[1]) == 1 and self.at == self._first() else -1
            yield from ("", f"{'#' * len(found[1])} {self._plain(found[2])}", "")
        elif found := _ATTRIBUTE.fullmatch(line):
            self.names[found[1]] = found[2] or ""
        elif (
            self._is_author(line)
            or (line.startswith("//") and not _DELIMITER.fullmatch(line))
            or _DIRECTIVE.fullmatch(line)
        ):
            return
        elif _TABLE.fullmatch(line):
            yield from self._table(line)
        elif _DELIMITER.fullmatch(line):
            yield from self._delimited(line.strip())
        elif line.strip() == "+":
            self.under = INDENT
            yield ""
        elif _LIST_OF_ATTRIBUTES.fullmatch(line):
            self.said = line
        elif (found := _BLOCK_TITLE.fullmatch(line)) and self._opens_block():
            yield from ("", f"**{self._plain(found[1])}**", "")
        else:
            yield from self._text(line)

    def _first(self) -> int:
        return next((number for number, line in enumerate(self.lines, start=1) if line.strip()), 0)

    def _is_author(self, line: str) -> bool:
        """Whether a line right below the title says who wrote the text, or which revision it is."""
        if self.at > self.header or not line.strip():
            self.header = -1
            return False
        return bool(re.fullmatch(r"[^\n<>]{1,100}<[^<>\s]{3,100}>[ \t]*|v?\d[\w.]{0,20}(?:,[^\n]{1,100})?", line))

    def _opens_block(self) -> bool:
        """Whether a block stands right below a title of one: there is no blank between."""
        return self.at < len(self.lines) and bool(self.lines[self.at].strip())

    def _delimited(self, mark: str) -> Iterator[str]:
        """What stands between two marks: code as code, remarks not at all, the rest as it is."""
        self.said = ""
        if mark[0] not in "-./+`" or mark == "--":
            yield ""
            return
        close = re.match(r"(.)\1+", mark)
        ends = (at for at in range(self.at, len(self.lines)) if close and self.lines[at].strip() == close[0])
        end = next(ends, None)
        if end is None:
            yield ""
            return
        held = self.lines[self.at : end]
        self.at = end + 1
        if mark[0] == "/":
            return
        yield from ("", *held, "") if mark[0] == "+" else ("", "`````", *held, "`````", "")

    def _text(self, line: str) -> Iterator[str]:
        """A line of text, or one that begins an item or a term."""
        self.said = self.said if not line.strip() else ""
        if not line.strip():
            self.under = self.under if self.at < len(self.lines) and self.lines[self.at].startswith(" ") else ""
            yield ""
            return
        line = _ADMONITION.sub("", _HARD_BREAK.sub("  ", line), count=1)
        if found := _ITEM.match(line):
            mark = found[1]
            self.under = ""
            sign = "1. " if mark[0] == "." else "- "
            yield f"{INDENT * (len(mark) - 1)}{sign}{self._plain(line[found.end() :])}"
        elif found := _CALLOUT.match(line):
            yield f"1. {self._plain(line[found.end() :])}"
        elif (found := _TERM.fullmatch(line)) and not found[1].endswith(":"):
            yield f"- {self._plain(found[1])}: {self._plain(found[3] or self._meaning())}"
        else:
            yield f"{self.under}{self._plain(line.strip() if self.under else line)}"

    def _meaning(self) -> str:
        """The next line that says something, which is what a term means."""
        while self.at < len(self.lines) and not self.lines[self.at].strip():
            self.at += 1
        self.at += 1
        return self.lines[self.at - 1].strip() if self.at <= len(self.lines) else ""

    def _table(self, mark: str) -> Iterator[str]:
        last = min(len(self.lines), self.at + MOST_LINES)
        end = next((at for at in range(self.at, last) if self.lines[at].strip() == mark.strip()), None)
        attributes, self.said = self.said, ""
        if end is None or mark[0] != "|":
            yield ""
            return
        lines = self.lines[self.at : end]
        self.at = end + 1
        rows = _rows(lines, attributes)
        cells = [[self._plain(cell) for cell in row] for row in rows]
        yield from barred(cells)

    def _plain(self, text: str) -> str:
        """A text without the marks that Markdown does not know."""
        if "{" in text:
            text = _NAMED.sub(lambda found: self.names.get(found[1]) or found[0], text)
        for mark, instead in _PLAIN:
            text = mark.sub(instead, text)
        return text


def _marked(found: re.Match[str]) -> str:
    """A marked text, crossed out where its roles say so."""
    roles = _ROLE_SIGNS.sub(" ", found[1] or "")
    return f"<s>{found[2]}</s>" if is_struck("", roles, "") else found[2]


_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_ANCHOR, ""),
    (_PICTURE, ""),
    (_NOTE, r" (\1)"),
    (_PRESSED, r"\1"),
    (_MENU, r"\1 > \2"),
    (_LINK, lambda found: found[2].removesuffix("^").strip("\x22") or found[1]),
    (_CROSS, lambda found: found[2] or found[1]),
    (_MARKED, _marked),
)


def _rows(lines: Sequence[str], attributes: str) -> list[list[str]]:
    """The cells of a table: one a line, several, or over several lines; as many a row as told, or as the first has."""
    cells: list[str] = []
    first = 0
    for line in lines:
        begins = [*_CELL.finditer(line)]
        if not begins:
            if cells and line.strip():
                cells[-1] = f"{cells[-1]} {line.strip()}".strip()
            continue
        if cells and (before := line[: begins[0].start()].strip()):
            cells[-1] = f"{cells[-1]} {before}"
        stops = [*(found.start() for found in begins[1:]), len(line)]
        for found, stop in zip(begins, stops, strict=True):
            spec = found[0]
            times = int(spec.partition("*")[0]) if "*" in spec and spec[0].isdigit() else 1
            across = int(re.match(r"\d+", spec)[0]) if "+" in spec and spec[0].isdigit() else 1  # type: ignore[index]
            said = line[found.end() : stop].strip()
            cells += [said] * min(times, MOST_COLUMNS) + [""] * (min(across, MOST_COLUMNS) - 1)
        first = first or len(cells)
    width = min(_told(attributes) or first or 1, MOST_COLUMNS)
    return [(cells[at : at + width] + [""] * width)[:width] for at in range(0, len(cells), width)]


def _told(attributes: str) -> int:
    """How many columns the attributes of a table tell; 0 where they tell none."""
    found = _OF_COLUMNS.search(attributes)
    if not found:
        return 0
    said = found[1] or found[2] or found[3]
    if said.isdigit():
        return 1 if found[3] is None else int(said)
    return sum(int(many[1]) if (many := _REPEATED.match(one.strip())) else 1 for one in re.split(r"[,;]", said))
