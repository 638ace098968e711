"""Tables of plain text, set with tabs or blanks → rows between bars, as in Markdown. Lines in, lines out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from acobot.sources.drafting import row

COLUMN_GAP = 2  # blanks that part columns in every line
COLUMN_OF_TEXT = 30  # characters of both of two columns: lines of a page in columns, no cells; so are clauses
WRAPPED_INDENT = 8  # blanks before what goes on from the row above
WIDEST = 400  # characters of a line of a table

_GAPPED = re.compile(r"[^\s.!?] {2,}\S")
_LED = re.compile(
    r"[ \t]*([^\s.…_·]{1,40}(?:[^.…_·\n]|[.·](?![.·])){0,200}?)[ \t]?(?:[.…_·][ \t]?){4,}(\S[^\n]{0,200}?)[ \t]*"
)
FRAME_RULES = 3  # over and below the head, and below the last row
_DRAWN = str.maketrans("│┃║╎┆┊" + "─━═╌┄┈" + "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╭╮╰╯", "|" * 6 + "-" * 6 + "+" * 40)
_FRAME = re.compile(r"[ \t]*[+|](?:[-=]{2,400}[+|])+[ \t]*")
_BOX_SIDE = re.compile(r"[+|]-{2,400}[+|]|[+|]={2,400}[+|]")
_FRAMED = re.compile(r"[ \t]*\|[^\n]{0,400}\|[ \t]*")
_RULE = re.compile(r"[ \t]*[-=+|][-=+| \t]{2,400}")  # drawn below the head
_DRAWN_ACROSS = re.compile(r"[ \t]*([-=*~#])(?: ?\1){4,}[ \t]*")
_MARKED = re.compile(r"\s*(?:[^\w\s£$€\"'“‘(]|o(?=\t|  )|\(?\w{1,4}[.)]|(?:\d{1,3}\.)+\d{0,3})\s")
_CLAUSE = re.compile(r"[A-Z]{0,3}\d{1,3}[a-z]?")  # the number of one: "B2"
_LABEL = re.compile(r"\s*\S[^\t\n]{0,40}:(?:\s{2,}|\t)\S")
_Rows = list[list[str]]


def with_rows(body: str) -> str:
    """The same text; each table in it with bars around its cells and a rule below its first row, a notice unboxed.

    Rules that are drawn across the text, and part what stands above and below them, are empty lines.
    """
    lines = list(_without_boxes(body.split("\n")))
    for is_line, read in ((_is_framed, _framed), (_is_tabbed, _tabbed), (_is_led, _led), (_is_gapped, _gapped)):
        lines = list(_with_rows(lines, is_line, read))
    return "\n".join("" if _DRAWN_ACROSS.fullmatch(line) else line for line in lines)


def _without_boxes(lines: Sequence[str]) -> Iterator[str]:
    """The lines; those in a frame without columns, a notice in a box, without the frame."""
    for of_frame, run in itertools.groupby(lines, key=_is_framed):
        held = list(run)
        signs = [line.translate(_DRAWN).strip() for line in held] if of_frame else []
        yield from _boxed(signs) if of_frame and _is_box(signs) else held


def _is_box(signs: Sequence[str]) -> bool:
    """Whether the first and the last of these lines are drawn, and no line between has a bar within."""
    return (
        len(signs) > 2
        and bool(_BOX_SIDE.fullmatch(signs[0]) and _BOX_SIDE.fullmatch(signs[-1]))
        and all(_BOX_SIDE.fullmatch(line) or "|" not in line[1:-1] for line in signs)
    )


def _boxed(signs: Sequence[str]) -> Iterator[str]:
    yield from ("", *("" if _BOX_SIDE.fullmatch(line) else line[1:-1].strip() for line in signs), "")


def _with_rows(
    lines: Sequence[str], is_line: Callable[[str], bool], read: Callable[[Sequence[str]], _Rows]
) -> Iterator[str]:
    for of_table, run in itertools.groupby(lines, key=is_line):
        held = list(run)
        rows = read(held) if of_table and len(held) > 1 else []
        if not rows:
            parts = [list(part) for _, part in itertools.groupby(held, key=_is_rule)] if of_table else []
            yield from held if len(parts) < 2 else (one for part in parts for one in _with_rows(part, is_line, read))
            continue
        shown = [f"| {row(cells)} |" for cells in rows]
        yield from ["", shown[0], "|" + "---|" * len(rows[0]), *shown[1:], ""]


def _is_framed(line: str) -> bool:
    signs = line.translate(_DRAWN) if len(line) <= WIDEST else ""
    return bool(_FRAME.fullmatch(signs) or _FRAMED.fullmatch(signs))


def _framed(lines: Sequence[str]) -> _Rows:
    """Cells between bars, in a frame: a row is what stands between two rules, or a line where few rules are drawn."""
    lines = [line.translate(_DRAWN) for line in lines]
    ruled = [bool(_FRAME.fullmatch(line)) for line in lines]
    if all(ruled) or not any("+" in line for line, is_rule in zip(lines, ruled, strict=True) if is_rule):
        return []
    each = sum(ruled) > FRAME_RULES
    rows: _Rows = []
    for line, is_rule, after_rule in zip(lines, ruled, [True, *ruled], strict=False):
        if is_rule:
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        goes_on = rows and not after_rule and len(cells) == len(rows[-1]) and (each or not cells[0])
        if goes_on:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows if len(rows[0]) > 1 and len(rows) > 1 else []


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip() and not _MARKED.match(line) and not _LABEL.match(line)


def _tabbed(lines: Sequence[str]) -> _Rows:
    """Cells between tabs, as they are where every line has as many, else with each run of tabs as one."""
    rows = [re.split(r"\t", line.strip(" ")) for line in lines]
    if len({len(cells) for cells in rows}) > 1:
        rows = [re.split(r"\t+", line.strip()) for line in lines]
    most = max(map(len, rows))
    rows = [cells + [""] * (most - len(cells)) for cells in rows]
    return [] if _lists_pages(rows) else rows


def _is_led(line: str) -> bool:
    return len(line) <= WIDEST and bool(_LED.fullmatch(line))


def _led(lines: Sequence[str]) -> _Rows:
    """Names with dots that lead to what they cost; to pages they lead in a contents list."""
    found = [_LED.fullmatch(line) for line in lines]
    rows = [[one[1], one[2]] for one in found if one]
    return [] if _lists_pages(rows) or all(re.fullmatch(r"\d{1,4}|[ivxl]+", value) for _, value in rows) else rows


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _is_gapped(line: str) -> bool:
    if _is_rule(line):
        return True
    if len(line) > WIDEST or "\t" in line or line.startswith("|") or _MARKED.match(line) or _LABEL.match(line):
        return False
    return bool(_GAPPED.search(line)) or (line.startswith(" " * WRAPPED_INDENT) and bool(line.strip()))


def _gapped(lines: Sequence[str]) -> _Rows:
    """Cells between columns that are blank in every line; what goes on below a cell is put to it."""
    lines = [line for line in lines if not _is_rule(line)]
    columns = _columns(lines) if lines else []
    if len(columns) < 2:
        return []
    rows: _Rows = []
    for line in lines:
        cells = [line[begin:stop].strip() for begin, stop in columns]
        if not cells[0] and rows:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    figures = any(any(char.isdigit() for char in cell) for cells in rows for cell in cells[1:])
    enough = len(rows) > 2 or (len(rows) == 2 and (figures or len(columns) > 2))
    filled = all(sum(map(bool, cells)) > 1 for cells in rows)
    return rows if enough and filled and not _is_columns_of_text(rows) and not _lists_pages(rows) else []


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns begin and end: what lies between gaps of blanks that run through all lines."""
    width = max(map(len, lines))
    used = [False] * width
    for line in lines:
        for at, char in enumerate(line):
            used[at] = used[at] or char != " "
    columns: list[tuple[int, int]] = []
    for at, is_used in enumerate(used):
        if not is_used:
            continue
        if columns and at - columns[-1][1] < COLUMN_GAP:
            columns[-1] = (columns[-1][0], at + 1)
        else:
            columns.append((at, at + 1))
    return columns


def _is_columns_of_text(rows: _Rows) -> bool:
    """Whether they are the lines of a page set in two columns, or of clauses, their numbers beside them."""
    lengths = [sorted(len(cells[number]) for cells in rows)[len(rows) // 2] for number in (0, 1)]
    numbered = all(_CLAUSE.fullmatch(cells[0]) for cells in rows)
    return len(rows[0]) == 2 and (lengths[1] if numbered else min(lengths)) >= COLUMN_OF_TEXT


def _lists_pages(rows: _Rows) -> bool:
    """Whether the last cells are page numbers in order: a contents list."""
    numbers = [int(cells[-1]) for cells in rows if re.fullmatch(r"\d{1,4}", cells[-1].strip())]
    return len(numbers) == len(rows) > 2 and numbers == sorted(numbers)
