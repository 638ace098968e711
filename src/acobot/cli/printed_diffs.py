"""What `acobot diff` found, as it is printed: for a terminal, as Markdown and as JSON. Records in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from acobot.cli.output import escape, out

if TYPE_CHECKING:
    from acobot.answer import Answer
    from acobot.review import AnswerChange, PassageChange, VersionDiff

MOST_CHANGES = 20  # of a source that are shown
NO_WORDS = "(only headings or spaces)"


def as_record(found: VersionDiff, changes: Sequence[AnswerChange], asked: int) -> dict[str, Any]:
    """All of it, as JSON."""
    return {
        **asdict(found),
        "questions": asked,
        "answers": [
            {"question": one.question, "changed": one.changed, "old": _short(one.old), "new": _short(one.new)}
            for one in changes
        ],
    }


def as_markdown(found: VersionDiff, changes: Sequence[AnswerChange], asked: int) -> str:
    """All of it, for a review."""
    lines = [f"## From index `{found.old}` to `{found.new}`", "", *(f"- {line}" for line in _said(found))]
    for name, changes_of in found.words.items():
        lines += ["", f"### {_plain(name)}", ""]
        lines += [f"- {_headed(_plain(one.heading))}{_in_markdown(one)}" for one in changes_of[:MOST_CHANGES]]
        lines += [f"- {more}" for more in _more(changes_of)]
    if asked:
        lines += ["", f"### Answers: {len(changes)} of {asked} changed"]
    for one in changes:
        lines += ["", f"**{_plain(one.question)}** ({', '.join(one.changed)})", ""]
        for sign, answer, other in (("−", one.old, one.new), ("+", one.new, one.old)):
            lines += [f"- {sign} {_plain(line)}" for line in _told(answer, other, "order" in one.changed)]
    return "\n".join(lines)


def print_diff(found: VersionDiff, changes: Sequence[AnswerChange], asked: int) -> None:
    """All of it, for a terminal: what is gone with a minus, what is new with a plus."""
    out.print(f"[bold]From index {found.old} to {found.new}[/]")
    for line in _said(found):
        out.print(escape(line))
    for name, changes_of in found.words.items():
        out.print(f"\n[bold]{escape(name)}[/]")
        for change in changes_of[:MOST_CHANGES]:
            out.print(f"  {_headed(escape(change.heading))}{_in_terminal(change)}")
        for more in _more(changes_of):
            out.print(f"  {more}")
    if asked:
        out.print(f"\n[bold]Answers: {len(changes)} of {asked} changed[/]")
    for one in changes:
        out.print(f"\n[bold]{escape(one.question)}[/] ({', '.join(one.changed)})")
        for sign, colour, answer, other in (("-", "red", one.old, one.new), ("+", "green", one.new, one.old)):
            for line in _told(answer, other, "order" in one.changed):
                out.print(f"[{colour}]{sign} {escape(line)}[/]")


def _in_markdown(change: PassageChange) -> str:
    """The words of a change: those that are gone struck out, the new ones in bold."""
    signs = {"=": ("", ""), "-": ("~~", "~~"), "+": ("**", "**")}
    return " ".join(f"{signs[kind][0]}{_plain(words)}{signs[kind][1]}" for kind, words in change.runs) or NO_WORDS


def _in_terminal(change: PassageChange) -> str:
    """The same in colours, and in brackets for where there are none."""
    signs = {"=": ("", ""), "-": ("[red]\\[-", "-][/]"), "+": ("[green]{+", "+}[/]")}
    return " ".join(f"{signs[kind][0]}{escape(words)}{signs[kind][1]}" for kind, words in change.runs) or NO_WORDS


def _headed(heading: str) -> str:
    return f"{heading}: " if heading else ""


def _more(changes: Sequence[PassageChange]) -> list[str]:
    """That there are more changes than are shown."""
    left = len(changes) - MOST_CHANGES
    return [f"… and {left} more (all of them with --json)"] if left > 0 else []


def _said(found: VersionDiff) -> list[str]:
    """The sources, a line each, with how many of their passages changed."""
    if not (found.added or found.changed or found.removed or found.renamed or found.beside or found.other_settings):
        return ["the sources are the same"]
    lines = ["made by another model or with other settings"] if found.other_settings else []
    lines += [f"added: {one}{_passages(found, one)}" for one in found.added]
    lines += [f"changed: {one}{_passages(found, one)}" for one in found.changed]
    lines += [f"removed: {one}{_passages(found, one)}" for one in found.removed]
    lines += [f"renamed: {was} is now {now}{_passages(found, now)}" for was, now in found.renamed]
    return [*lines, *(f"changed: {one}" for one in found.beside)]


def _passages(found: VersionDiff, name: str) -> str:
    if name not in found.passages:
        return ""
    counts = asdict(found.passages[name])
    return f" (passages: {', '.join(f'{count} {what}' for what, count in counts.items() if count)})"


def _told(answer: Answer, other: Answer, ordered: bool) -> list[str]:
    """What an answer quotes that the other does not, or all of it where only the order changed; or that it refuses."""
    theirs = {(quote.source_id, quote.text) for quote in other.quotes}
    quotes = [quote for quote in answer.quotes if ordered or (quote.source_id, quote.text) not in theirs]
    lines = [f"“{' '.join(quote.text.split())}” ({quote.source_id})" for quote in quotes]
    return lines if answer.status == other.status else [f"status: {answer.status.value}", *lines]


def _short(answer: Answer) -> dict[str, Any]:
    quotes = [{"source_id": quote.source_id, "text": quote.text} for quote in answer.quotes]
    return {"status": answer.status.value, "confidence": answer.confidence, "quotes": quotes}


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
