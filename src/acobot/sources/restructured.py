"""reStructuredText that was saved as plain text or Markdown → Markdown: headings, boxes, lists, tables, inline marks.

Text in, text out; knows no blocks. Tables in frames are left to Markdown's own dialects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from acobot.sources.barred import barred
from acobot.sources.restructured_marks import plain

MOST_LINES = 2_000  # of one table
DEEPEST = 6  # ranks of headings
MOST_NESTED = 8  # boxes in boxes; deeper ones are read over
TERM_WORDS = 12

_RULE = re.compile(r"([=\-`:.'\"~^_*+#])\1{2,200}[ \t]*")
_DIRECTIVE = re.compile(
    r"([ \t]*)\.\.[ \t]+(?:\|[^|\n]{1,80}\|[ \t]+)?([\w-]{1,40}(?::[\w-]{1,40})?)::(?:[ \t]+(\S[^\n]*))?[ \t]*"
)
_TARGET = re.compile(r"[ \t]*\.\.[ \t]+_[^\n]{1,300}:(?:[ \t]+\S*)?[ \t]*|[ \t]*__[ \t]+\S+[ \t]*")
_NOTE = re.compile(r"[ \t]*\.\.[ \t]+\[[#*\w-]{1,40}\][ \t]+(?=\S)")
_REMARK = re.compile(r"([ \t]*)\.\.(?:[ \t]+[^\n]*)?")
_REPLACED = re.compile(r"[ \t]*\.\.[ \t]+\|([^|\n]{1,80})\|[ \t]+replace::[ \t]+(\S[^\n]*)")
_OPTION = re.compile(r"[ \t]+:[\w -]{1,40}:(?:[ \t][^\n]*)?")
_FIELD = re.compile(r":([^:\s][^:\n]{0,60}):(?:[ \t]+(\S[^\n]*))?[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*={2,200}(?:[ \t]+={2,200})+[ \t]*")
_SPANS = re.compile(r"=+")
_ITEM = re.compile(r"([ \t]*)(?:[*+•-]|\(?(?:\d{1,3}|#)[.)])[ \t]+(?=\S)")
_AUTO = re.compile(r"^([ \t]*)\(?#[.)](?=[ \t])")
_LINE_BLOCK = re.compile(r"^[ \t]*\|(?:[ \t]+(?=\S)|[ \t]*$)")
_LIST_ROW = re.compile(r"([ \t]*)\*[ \t]+-(?:[ \t]+|$)")
_LIST_CELL = re.compile(r"[ \t]*-(?:[ \t]+|$)")
# Directives whose argument is text, too; of others only what stands in them is.
_TEXT = frozenset(
    {
        *("note", "tip", "hint", "important", "warning", "caution", "danger", "attention", "error", "admonition"),
        *("seealso", "versionadded", "versionchanged", "deprecated", "topic", "sidebar", "rubric", "epigraph"),
        *("highlights", "pull-quote", "container", "compound", "centered", "figure", "table", "glossary", "hlist"),
        *("only", "line-block", "class", "list-table", "csv-table", "tabs", "tab", "tab-item", "dropdown", "card"),
    }
)
_TITLED = frozenset(
    {
        *("admonition", "topic", "sidebar", "rubric", "table", "list-table", "csv-table", "dropdown", "tab"),
        *("tab-item", "centered"),
    }
)
# Directives whose content is for a program, or drawn.
_NO_TEXT = frozenset(
    {
        *("image", "toctree", "contents", "include", "raw", "math", "index", "meta", "highlight", "role", "replace"),
        *("unicode", "date", "title", "header", "footer", "sectnum", "default-role", "todo", "comment", "graphviz"),
        *("digraph", "graph", "mermaid", "uml", "plantuml", "plot", "doctest", "testcode", "testsetup", "testoutput"),
        *("testcleanup", "productionlist", "tabularcolumns", "bibliography", "jupyter-execute", "ipython", "youtube"),
        *("video", "target-notes", "chart", "code-cell", "exec", "blockdiag", "seqdiag", "nwdiag", "actdiag", "tikz"),
        *("ditaa", "program-output"),
    }
)
_CODED = frozenset({"code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "prompt", "console"})
_SIGNS = (
    re.compile(r"^[ \t]*\.\.[ \t]+[\w-]{1,40}::", re.MULTILINE),
    re.compile(r"^[ \t]*\.\.[ \t]+_[^\n:]{1,200}:", re.MULTILINE),
    re.compile(r"(?<![\w`:]):[a-z][\w:+-]{1,40}:`[^`\n]{1,300}`"),
    re.compile(r"`[^`<>\n]{1,300}<[^<>`\n]{1,300}>`__?"),
    re.compile(r"^[ \t]*={2,200}(?:[ \t]+={2,200})+[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*\+=+(?:\+=+)+\+[ \t]*$", re.MULTILINE),
    re.compile(r"^#\.[ \t]+\S", re.MULTILINE),
)


def is_restructured(body: str) -> bool:
    """Whether a text is reStructuredText: it has titles with a rule below, and marks that no other language has."""
    if not any(sign.search(body) for sign in _SIGNS):
        return False
    lines = body.split("\n")
    return any(_is_title(lines, number) for number in range(len(lines)))


def as_markdown(body: str) -> str:
    """The same text as Markdown has it."""
    return "\n".join(_Converter(body.expandtabs(8).split("\n")).converted())


def _is_title(lines: Sequence[str], number: int) -> bool:
    """Whether a line has a rule below it that is as long as it is, and is no row between two rules of a table."""
    if number + 1 >= len(lines):
        return False
    said, rule = lines[number].rstrip(), lines[number + 1].rstrip()
    if not said.strip() or _RULE.fullmatch(said) or not _RULE.fullmatch(rule) or not any(map(str.isalnum, said)):
        return False
    over = lines[number - 1].rstrip() if number else ""
    return len(rule) >= len(said.strip()) and (not said.startswith(" ") or over == rule)


class _Converter:
    """One pass over the lines; what a directive holds is converted by itself, down to some depth."""

    def __init__(self, lines: Sequence[str], depth: int = 0) -> None:
        self.lines = lines
        self.depth = depth
        self.at = 0
        self.ranks: list[tuple[str, bool]] = []  # kinds of rules below titles, and whether one stands above, too
        self.names: dict[str, str] = {}

    def converted(self) -> Iterator[str]:
        self.names |= {found[1]: found[2].strip() for line in self.lines if (found := _REPLACED.fullmatch(line))}
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _is_over(self.lines, self.at):
                self.at += 1
                yield from self._title(over=True)
            elif _is_title(self.lines, self.at):
                yield from self._title(over=False)
            elif _TABLE_RULE.fullmatch(line):
                yield from self._table()
            elif (found := _DIRECTIVE.fullmatch(line)) and self.depth < MOST_NESTED:
                self.at += 1
                yield from self._directive(found)
            else:
                self.at += 1
                yield from self._line(line)

    def _title(self, *, over: bool) -> Iterator[str]:
        kind = self.lines[self.at + 1][0], over
        if kind not in self.ranks:
            self.ranks.append(kind)
        said = self.lines[self.at].strip()
        self.at += 2
        yield from ("", f"{'#' * min(self.ranks.index(kind) + 1, DEEPEST)} {self._plain(said)}", "")

    def _line(self, line: str) -> Iterator[str]:
        if _TARGET.fullmatch(line) or (_RULE.fullmatch(line) and len(line.strip()) > 3):
            yield ""
        elif found := _NOTE.match(line):
            yield from ("", self._plain(line[found.end() :]))
        elif found := _REMARK.fullmatch(line):
            self._held(len(found[1]))
        elif (found := _FIELD.fullmatch(line)) and found[2]:
            yield f"- {found[1]}: {self._plain(found[2])}"
        elif self._is_term(line):
            meaning = " ".join(one.strip() for one in self._held(len(line) - len(line.lstrip()), whole=False))
            yield f"- {self._plain(line.strip())}: {self._plain(meaning)}"
        elif line.rstrip().endswith("::") and not line.lstrip().startswith(".."):
            said = line.rstrip()[:-1] if line.rstrip()[:-2].strip() and line.rstrip()[-3] != " " else line.rstrip()[:-2]
            if said.strip():
                yield self._plain(said.rstrip())
            yield from ("", "`````", *_dedented(self._held(len(line) - len(line.lstrip()))), "`````", "")
        else:
            yield self._plain(
                _AUTO.sub(r"\g<1>1.", _LINE_BLOCK.sub("", line) if not line.rstrip().endswith("|") else line)
            )

    def _is_term(self, line: str) -> bool:
        """Whether a line is a term, with what it means set in right below it."""
        below = self.lines[self.at] if self.at < len(self.lines) else ""
        before = self.lines[self.at - 2] if self.at > 1 else ""
        indent = len(line) - len(line.lstrip())
        few = 0 < len(line.split()) <= TERM_WORDS and not line.rstrip().endswith((".", ":", ",", ";"))
        deeper = below.strip() and len(below) - len(below.lstrip()) > indent
        alone = not before.strip() or before.startswith(" " * (indent + 1))
        return bool(few and deeper and alone and not _ITEM.match(line) and not _ITEM.match(below))

    def _held(self, indent: int, *, whole: bool = True) -> list[str]:
        """The lines below that are set in deeper; up to the first blank one, or with blank ones between them."""
        begin = end = self.at
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if (line.strip() and len(line) - len(line.lstrip()) <= indent) or (not whole and not line.strip()):
                break
            self.at += 1
            end = self.at if line.strip() else end
        self.at = end
        return list(self.lines[begin:end])

    def _directive(self, found: re.Match[str]) -> Iterator[str]:
        name, argument = found[2].lower().rpartition(":")[2], found[3] or ""
        held = self._held(len(found[1]))
        while held and held[0].strip() and _OPTION.fullmatch(held[0]):
            del held[0]
        held = _dedented(held)
        if name in _CODED:
            yield from ("", "`````", *held, "`````", "")
        if name in _CODED or name in _NO_TEXT or name.startswith("auto"):
            return
        yield ""
        if argument and name in _TITLED:
            yield from (f"**{self._plain(argument)}**", "")
        elif argument and name in _TEXT and name not in {"figure", "hlist", "only", "class", "container"}:
            held = [argument, *held]
        if name == "list-table":
            yield from self._list_table(held)
        elif name == "csv-table":
            yield from (f"- {self._plain(line.strip())}" for line in held if line.strip())
        else:
            inner = _Converter(held, self.depth + 1)
            inner.ranks, inner.names = self.ranks, self.names
            yield from inner.converted()
        yield ""

    def _list_table(self, lines: Sequence[str]) -> Iterator[str]:
        """A table that is written as a list of lists."""
        rows: list[list[str]] = []
        for line in lines:
            if found := _LIST_ROW.match(line):
                rows.append([line[found.end() :].strip()])
            elif rows and (found := _LIST_CELL.match(line)):
                rows[-1].append(line[found.end() :].strip())
            elif rows and line.strip():
                rows[-1][-1] = f"{rows[-1][-1]} {line.strip()}".strip()
        yield from self._barred(rows)

    def _table(self) -> Iterator[str]:
        """A table between rules that show where its columns are; a row whose first cell is empty goes on from above."""
        columns = [found.span() for found in _SPANS.finditer(self.lines[self.at])]
        starts = [begin for begin, _ in columns]
        bounds = list(zip(starts, [*starts[1:], 10_000], strict=True))
        rows: list[list[str]] = []
        rules = 0
        end = self.at
        for at in range(self.at, min(len(self.lines), self.at + MOST_LINES)):
            line = self.lines[at]
            if _TABLE_RULE.fullmatch(line):
                rules += 1
                end = at + 1
                if rules > 1 and (at + 1 >= len(self.lines) or not self.lines[at + 1].strip()):
                    break
            elif line.strip() and not set(line.strip()) <= {"-", " "}:
                cells = [line[begin:stop].strip() for begin, stop in bounds]
                if rows and not cells[0]:
                    rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
                else:
                    rows.append(cells)
        if rules < 2:
            self.at += 1
            return
        self.at = end
        yield from self._barred(rows)

    def _plain(self, text: str) -> str:
        return plain(text, self.names)

    def _barred(self, rows: Sequence[Sequence[str]]) -> Iterator[str]:
        width = max(map(len, rows), default=0)
        full = [[self._plain(cell) for cell in (*row, *[""] * (width - len(row)))] for row in rows]
        yield from barred(full)


def _is_over(lines: Sequence[str], number: int) -> bool:
    """Whether a line is the rule over a title."""
    rule = lines[number].rstrip()
    return (
        bool(_RULE.fullmatch(rule))
        and lines[number + 2 : number + 3] != []
        and (lines[number + 2].rstrip() == rule and _is_title(lines, number + 1))
    )


def _dedented(lines: Sequence[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    least = min(indents, default=0)
    return [line[least:] for line in lines]
