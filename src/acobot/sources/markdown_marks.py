"""Marks of Markdown's dialects → plain CommonMark: what Obsidian, Pandoc, kramdown, Hugo and GitHub add to it.

Wiki links become their text; footnote marks, attributes ("{#id}", "{: .class}"), highlights and template tags go;
footnotes and definitions get lines of their own. Code is left alone. Text in, text out; knows no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from acobot.sources.markdown_code import CODE, fence_after
from acobot.sources.markdown_components import without_components
from acobot.sources.markdown_remarks import without_remarks
from acobot.sources.markdown_tables import with_bars
from acobot.sources.markdown_titles import with_title
from acobot.sources.struck import is_written_struck

TERM_WORDS = 12  # a longer line over a definition is a text
TERM_LENGTH = 100  # characters, for the term is said again with each paragraph of its definition
MOST_TERMS = 6  # with one definition
ABOVE_WORDS = 2  # of a term with another below it; a longer line may be a sentence

_ANY_MARK = re.compile(r"[\[{&#~^]|==|:::|</?[a-z]|%%|!!!|\?\?\?", re.IGNORECASE)
_LABEL = re.compile(r"^ {0,3}\[\^([^\]\s]{1,60})\]:", re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,60}\]:[ \t]*")
_NOTE_MARK = re.compile(r"[ \t]?\[\^([^\]\s]{1,60})\](?!:)")
_CALLOUT = re.compile(r"^((?:[ \t]*>)+[ \t]*)\[![A-Za-z]+\][+-]?[ \t]*")
_WIKI_LINK = re.compile(r"!?\[\[([^\[\]\n]{1,300})\]\](?!\()")
_SPAN = re.compile(r"(?<!!)\[([^\[\]\n]{0,300})\]\{([^{}\n]{1,200})\}")
_CONTENTS = re.compile(
    r"^ {0,3}(?:[-*+]|1[.)])[ \t][^\n]{0,80}\n[ \t]*\{:[ \t]*toc\b[^{}\n]{0,80}\}[ \t]*$", re.MULTILINE
)
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")
_ENDS = (".", "!", "?", ",", ";", ":")
_INDENTED = re.compile(r" {4}|\t")
_GOES_ON = re.compile(r"(?: {4}|\t)(?=[^\s\-+*>|#:`~<])(?!\d{1,9}[.)][ \t])")  # below a blank line, in a definition
_NO_TERM = re.compile(r"[ \t]*(?:[-+*#]+[ \t]|[>|]|\d{1,9}[.)][ \t]|:|<)|[ \t]{4}")
_ROW = re.compile(r"\S[ \t]+\|[ \t]|\|[ \t]*$")
_BOX = re.compile(
    r"^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]{1,40}(?:[ \t]+\"(?P<title>[^\"\n]{0,200})\")?"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\"\n]{1,200})\")[ \t]*$"
)
_INSET = "    "  # before the lines of such a box
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
# Attributes of what they stand behind: "{#fees .red}", "{width=50% .red}"; "{n=5 of people}" is text.
_CLASSES = r"[#.][A-Za-z_-][^{}\n]{0,200}"
_ATTRIBUTE = r"[\w-]{1,40}=(?:\"[^\"{}\n]{0,200}\"|'[^'{}\n]{0,200}'|[^\s{}\"']{1,200})"
_ATTRIBUTES = rf"{_ATTRIBUTE}(?:[ \t]+(?:{_ATTRIBUTE}|[#.][\w-]{{1,60}})){{0,20}}[ \t]*"
_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"&(?:nbsp|#160|#x0*a0);", re.IGNORECASE), " "),
    (re.compile(r"&(?:shy|#173|#xad|ZeroWidthSpace|#8203|#x200b);", re.IGNORECASE), ""),
    # What is drawn in on a line of its own, lines of tags ("#bins #boxes"), and remarks to oneself.
    (re.compile(r"^[ \t]*!\[\[[^\[\]\n]*\]\][ \t]*$|^[ \t]*#[^\s#]+(?:[ \t]+#[^\s#]+)+[ \t]*$"), ""),
    (re.compile(r"^[ \t]*#[a-z][\w/-]{0,60}[ \t]*$"), ""),
    (re.compile(r"[ \t]?%%[^%\n]{1,2000}%%"), ""),
    # Boxes to tick, and what Obsidian calls a block by.
    (re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[ \](?=[ \t])"), r"\1☐"),
    (re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[xX]\](?=[ \t])"), r"\1☑"),
    (re.compile(r"[ \t]\^[A-Za-z][\w-]{0,60}[ \t]*$"), ""),
    # Headings without the blank that CommonMark asks for.
    (re.compile(r"^(#{2,6})(?=[^\W_])|^(#)(?=[A-Z][^\n]* )"), r"\1\2 "),
    # Boxes as MkDocs writes them, abbreviations explained, notes written where they belong.
    (_BOX, lambda box: box["tab"] or box["title"] or ""),
    (re.compile(r"^\*\[([^\[\]\n]{1,40})\]:[ \t]*"), r"* \1: "),
    (re.compile(r"[ \t]?\^\[([^\[\]\n]{1,600})\]"), r" (\1)"),
    (re.compile(r"<mailto:([^<>\s]{1,250})>", re.IGNORECASE), r"<\1>"),
    # Raised and lowered letters: a note's number after a word, powers, "1^st^", "H~2~O".
    (re.compile(r"(?<=[a-z]{4})\^\d{1,3}\^"), ""),
    (re.compile(r"(?<=\w)\^(-?\d{1,4})\^"), r"^\1"),
    (re.compile(r"(?<=\w)\^([^\s^]{1,20})\^"), r"\1"),
    (re.compile(r"(?<=\w)~([^\s~]{1,20})~(?!~)"), r"\1"),
    # Raised figures: a note's number after a stop or a word, else a power.
    (re.compile(r"(?<=[.,;:!?)”’\"])<sup>(?:<a\b[^<>]*>)?\[?\d{1,3}\]?(?:</a>)?</sup>", re.IGNORECASE), ""),
    (re.compile(r"(?<=[a-z]{4})<sup>(?:<a\b[^<>]*>)?\[?\d{1,3}\]?(?:</a>)?</sup>", re.IGNORECASE), ""),
    (re.compile(r"(?<=\d)<sup>(?=-?\d)", re.IGNORECASE), "^<sup>"),
    (_SPAN, lambda span: f"<s>{span[1]}</s>" if is_written_struck("", span[2]) else span[1]),
    (re.compile(r"\{\{[^{}\n]{0,300}\}\}|\{%[^%\n]{0,300}%\}"), ""),
    (re.compile(rf"[ \t]*\{{(?::[^{{}}\n]{{1,200}}|[ \t]*(?:{_CLASSES}|{_ATTRIBUTES}))\}}"), ""),
    (re.compile(r"==(?=[^\s=])([^=\n]{1,300})(?<=\S)==(?!=)"), r"\1"),
    (re.compile(r"^ {0,3}:{3,}[^\n]*$"), ""),
)


def plain_markdown(body: str) -> str:
    """The same text without the marks of dialects."""
    body = "\n".join(without_components(list(without_remarks(body.split("\n")))))
    body = with_bars(_CONTENTS.sub("", _closed_up_tables(body)))
    labels = frozenset(_LABEL.findall(body))
    return "\n".join(_defined(list(_plain_lines(body, labels))))


def _closed_up_tables(body: str) -> str:
    """Tables of HTML without blank lines, at which Markdown would end them."""
    small = body.lower()
    if len(small) != len(body):
        return body
    parts: list[str] = []
    position = 0
    while (start := small.find("<table", position)) >= 0 and (end := small.find("</table", start)) >= 0:
        parts += [body[position:start], _BLANK_LINES.sub("", body[start:end])]
        position = end
    return "".join([*parts, body[position:]])


def _plain_lines(body: str, labels: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it is code; those in boxes, and of a note that goes on, stand no longer in."""
    fence, inset, noted = "", "", False
    for whole in body.split("\n"):
        noted = noted and (not whole.strip() or whole.startswith(_INSET))
        said = whole.removeprefix(_INSET) if noted else whole
        while inset and said.strip() and not fence and not said.startswith(inset):
            inset = inset.removesuffix(_INSET)
        line = said.removeprefix(inset)
        inset += _INSET if not fence and _BOX.match(line) else ""
        before, fence = fence, fence_after(line, fence)
        if before or fence:
            yield line, True
        elif not _ANY_MARK.search(line):
            yield line, False
        elif note := _NOTE.match(line):
            noted = True
            yield "", False
            yield _plain(line[note.end() :], labels), False
        else:
            yield _plain(_CALLOUT.sub(r"\1", with_title(line)), labels), False


def _plain(line: str, labels: frozenset[str]) -> str:
    """A line without marks, but in its pieces of code."""
    return "".join(
        piece if number % 2 else _without_marks(piece, labels) for number, piece in enumerate(CODE.split(line))
    )


def _without_marks(piece: str, labels: frozenset[str]) -> str:
    for mark, instead in _PLAIN:
        piece = mark.sub(instead, piece)
    piece = _WIKI_LINK.sub(_linked, piece)
    return _NOTE_MARK.sub(_unless_noted(labels), piece)


def _linked(found: re.Match[str]) -> str:
    """What a wiki link shows: "[[page|text]]" its text, "[[page#part]]" the page; "[[toc]]" nothing of its own."""
    page, _, text = found[1].replace("\\|", "|").partition("|")
    if found[1].isdigit():  # "[[1]]" is a note's number
        return found[0]
    if found[1].casefold().strip("_") == "toc":
        return ""
    return text or page.split("#")[0] or page.lstrip("#^")


def _unless_noted(labels: frozenset[str]) -> Callable[[re.Match[str]], str]:
    """Takes out the marks of notes that there are, and numbers; "[^a-z]" is none."""
    return lambda found: "" if found[1] in labels or found[1].isdigit() else found[0]


def _defined(lines: list[tuple[str, bool]]) -> Iterator[str]:
    """The lines; a term with its definition below it becomes one list item, "term: definition".

    So do terms that share a definition, and each further paragraph of it.
    """
    said: list[str] = []
    term, first = "", 0  # where the lines begin that stand below code
    for line, is_code in lines:
        found = None if is_code else _DEFINITION.match(line)
        goes_on = None if is_code or not term or said[-1].strip() else _GOES_ON.match(line)
        mark = found or goes_on
        if mark is None:
            term = "" if _ends_definition(line, said) else term
            said.append(line)
            first = len(said) if is_code else first
            continue
        if found and not term:
            begins = _terms_at(said, first)
            if begins == len(said):
                above = next((one for one in reversed(said[-2:]) if one.strip()), "")
                said.append(line[mark.end() :] if _ROW.search(above) else line)  # the title of a table
                continue
            term = "\n  ".join(one.strip().rstrip(":").rstrip() for one in said[begins:] if one.strip())
            del said[begins:]
            said += [""] if said and said[-1].strip() and not said[-1].startswith("- ") else []
        said.append(f"- {term}: {line[mark.end() :]}")
    yield from said


def _ends_definition(line: str, said: Sequence[str]) -> bool:
    """Whether a line is no part of the definition above: it stands at the margin, or below a blank line near it."""
    if not line.strip() or _INDENTED.match(line):
        return False
    return not line.startswith(" ") or not (said and said[-1].strip())


def _terms_at(said: Sequence[str], first: int) -> int:
    """Where the terms begin that end the lines from the first on, over a blank line at most; else the lines' end.

    Of several lines each is a term where they are few and short, and none ends as a sentence does.
    """
    last = next((at for at in range(len(said) - 1, max(len(said) - 3, first - 1), -1) if said[at].strip()), None)
    if last is None or not _is_term(said[last]):
        return len(said)
    begins = last
    while begins > first and last - begins < MOST_TERMS and _is_term(said[begins - 1]):
        begins -= 1
    above = [one.rstrip() for one in said[begins:last]]
    is_list = begins == first or not _says_something(said[begins - 1]) or said[begins - 1].startswith("- ")
    are_terms = not any(one.endswith(_ENDS) or len(one.split()) > ABOVE_WORDS for one in above)
    return begins if is_list and are_terms and len(above) < MOST_TERMS else last


def _says_something(line: str) -> bool:
    """Whether a line is neither blank nor drawn, as under a heading."""
    return any(map(str.isalnum, line))


def _is_term(line: str) -> bool:
    short = len(line) <= TERM_LENGTH and len(line.split()) <= TERM_WORDS
    return short and _says_something(line) and not (_NO_TERM.match(line) or _ROW.search(line))
