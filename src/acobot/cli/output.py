"""What the commands print: results on standard output, everything else on standard error. Records in, lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich import markup
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

if TYPE_CHECKING:
    from acobot.answer import Answer, Citation
    from acobot.answering import Explained
    from acobot.api.showing import Said
    from acobot.build import BuildReport, Staleness, Step
    from acobot.index import BadFile
    from acobot.languages import Language

SHOWN_REJECTED = 20
# What is printed is quoted: no emoji for ":100:", no colours for numbers, no lines broken.
out = Console(highlight=False, emoji=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def escape(text: str) -> str:
    """Text to be printed as it is, without markup; characters that could command a terminal show as U+FFFD."""
    return markup.escape(_CONTROL.sub("\ufffd", text))


class Bar:
    """A progress bar on a terminal; elsewhere a line a file."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)
        self._step: Step | None = None

    def __call__(self, step: Step, done: int, total: int, name: str) -> None:
        if step != self._step:
            self._step = step
            self._bar.reset(self._task)  # the rate is that of the step
        self._bar.update(self._task, completed=done, total=total, description=escape(f"{step.value} {name}"))
        if self._bar.disable and name and step == "indexing":
            err.print(f"indexing {escape(name)} ({done + 1} of {total})")


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def show_progress() -> Iterator[Bar]:
    """Where a build reports how far it is."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield Bar(bar)


def print_error(error: object) -> None:
    """What went wrong, in words."""
    err.print(f"[bold red]acobot:[/] {escape(str(error))}")


def print_warning(warning: str) -> None:
    """What may be wrong, in words."""
    err.print(f"[yellow]warning:[/] {escape(warning)}")


def print_ignored(names: Iterable[str]) -> None:
    """The files that a build passed over, and why."""
    from acobot.sources.kinds import ENDINGS

    for name in names:
        why = "a draft" if PurePath(name).suffix.lower() in ENDINGS else "not a format that is read"
        err.print(f"ignored: {escape(name)} ({why})")


def print_report(report: BuildReport, console: Console = out) -> None:
    """What a build did."""
    print_bad(report.bad)
    print_ignored(report.ignored)
    done = ("built" if report.built else "up to date") + ("" if report.live else ", not published")
    console.print(
        f"index {report.index_id} {done}: {len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.removed)} removed, {len(report.reused)} reused; {report.passages} passages, "
        f"{report.seconds:.1f} s"
    )
    if report.bad:
        console.print(escape(describe_bad(report.bad)))
    _print_unpublished(report)
    if report.live:
        print_warned(report.warned, report.concerns, console)


def print_warned(sources: int, concerns: Sequence[str], console: Console = out) -> None:
    """How many sources of the live index were read with warnings, on one line, and which command lists them."""
    if sources:
        many = f"{sources} sources were" if sources > 1 else "1 source was"
        about = escape(", ".join(concerns))
        console.print(f"{many} read with warnings ({about}): run 'acobot sources --warnings'")


def print_bad(bad: Sequence[BadFile]) -> None:
    """Each file that cannot be read, and what stands in its place."""
    for one in bad:
        print_warning(f"cannot be read: {one}")


def describe_bad(bad: Sequence[BadFile]) -> str:
    """How many files cannot be read, on one line, and what to do."""
    many = f"{len(bad)} files are not as they should be" if len(bad) > 1 else "1 file is not as it should be"
    kept = sum(len(one.keeps) for one in bad)
    stand = f"; the last good versions of {kept} sources stand" if kept > 1 else ""
    stand = "; the last good version of 1 source stands" if kept == 1 else stand
    return f"{many}{stand}; mend what is named above and run 'acobot index'"


def _print_unpublished(report: BuildReport) -> None:
    """What to do with a version that is not live."""
    if report.pinned:
        print_warning(
            f"version {report.pinned} is pinned, so it stays live; publish the new one with "
            f"'acobot publish {report.index_id}', or with 'acobot index --publish'"
        )
    elif not report.live:
        err.print(
            f"compare it with 'acobot diff live {report.index_id}', publish it with 'acobot publish {report.index_id}'"
        )


def describe_staleness(stale: Staleness) -> str:
    """How the sources differ from the index, on one line."""
    parts = [
        f"{len(ids)} {what} ({', '.join(ids[:5])}{', …' if len(ids) > 5 else ''})"
        for what, ids in (("added", stale.added), ("changed", stale.changed), ("removed", stale.removed))
        if ids
    ]
    parts += [f"{name} changed" for name in stale.beside]
    return "; ".join(parts) or "the model, the settings or acobot's format changed"


def print_answer(answer: Answer, language: Language) -> None:
    """An answer's sentences with their sources, the lead first, or the message that stands for one, in a language."""
    from acobot.api import showing

    say = language.catalogue.say
    for signpost in showing.turn_first(answer):
        out.print(f"[bold]{escape(signpost.text)}[/]\n")
    if not answer.quotes:
        _print_message(answer, language)
    for note in answer.cautions:
        out.print(f"[dim]{escape(note)}[/]\n")
    _print_quotes(answer, language)
    for signpost in showing.turn_after(answer):
        out.print(f"{escape(signpost.text)}\n")
    title = say("text.sources") if answer.citations else say("text.nearest")
    _print_citations(title, answer.citations or answer.nearest, language)
    for note in showing.after_quotes(answer):
        out.print(f"[dim]{escape(note)}[/]")
    if answer.suggestions:
        title = say("text.also_asked") if answer.quotes else say("text.questions")
        out.print(f"\n{escape(title)}")
        for suggestion in answer.suggestions:
            out.print(f"  {escape(suggestion)}")


def _print_message(answer: Answer, language: Language) -> None:
    out.print(escape(answer.answer))
    if answer.limit and answer.limit.see:
        out.print(escape(language.catalogue.say("answer.read_on", place=answer.limit.see)))


def _print_quotes(answer: Answer, language: Language) -> None:
    """The lead, the sides of what differs, and what else is said."""
    from acobot.api import showing

    say = language.catalogue.say
    _print_said(showing.lead(answer), language)
    for difference in answer.differing:
        out.print(f"{escape(say('text.differ', about=difference.about))}\n")
        for side in showing.sides(answer, difference):
            _print_said(side, language)
    if others := showing.also(answer):
        out.print(f"{escape(say('text.also'))}\n")
        _print_said(others, language)


def _print_said(said: Sequence[Said], language: Language) -> None:
    """Quotes with the numbers of their citations; an empty line parts groups, of which one is read together."""
    from acobot.api import showing

    each = [(source, quote) for source, quotes in said for quote in quotes]
    for _, group in groupby(each, key=lambda one: one[1].group):
        for source, quote in group:
            out.print(f"{escape(showing.as_said(source, quote, language))} [bold]\\[{quote.citation}][/]")
        out.print()


def _print_citations(title: str, citations: tuple[Citation, ...], language: Language) -> None:
    from acobot.answer import quoted
    from acobot.api.showing import date_of

    if citations:
        out.print(escape(title))
    for citation in citations:
        source = citation.source
        what = quoted(language, source.title)
        if source.kind == "summary":
            published = quoted(language, source.summary_of or source.title)
            what = language.catalogue.say("text.our_summary", title=published)
        date = date_of(source, language)
        trail = " › ".join(citation.passage.heading)
        line = ", ".join(part for part in (what, source.author, source.publisher, date) if part)
        out.print(f"  [bold]\\[{citation.number}][/] {escape(line)}" + (f" — {escape(trail)}" if trail else ""))
        out.print(f"      [dim]{escape(citation.href)}[/]")


def print_explanation(explained: Explained, console: Console) -> None:
    """What was found, chosen and rejected, with scores."""
    console.print(f"\n[bold]Searched for[/] {escape(explained.query.searched_for)}")
    verdict = explained.findings.verdict
    why = f" ({', '.join(verdict.reasons)})" if verdict.reasons else ""
    console.print(f"[bold]Confidence[/] {verdict.confidence}{why}")
    if found := explained.findings.features:
        told = f"reader {found.read:.4f}, best sentence {found.best:.4f}, nearest passage {found.nearest:.4f}"
        told += f", nearest asks: line {found.asked:.4f}, a limit nearer by {found.limited:.4f}"
        told += f", asks: met more by {found.met_more:.4f}"
        told += f", {found.unnamed} names not found"
        console.print(f"  from {told}{', no date or number of the kind asked for' if found.lacking else ''}")
    for ask in explained.findings.asks[:1]:
        console.print(f"  asks: {ask.likeness:.4f}  {escape(ask.text)}")
    if limit := explained.findings.limit:
        console.print(f"  limit: {limit.likeness:.4f}  {escape(limit.text)}")
    console.print("[bold]Passages found[/] (score: 0.2 dense + 0.3 words + 0.5 late interaction, each scaled)")
    for candidate in explained.candidates.chosen:
        passage = candidate.stored.passage
        where = f"{passage.source_id} {passage.start}–{passage.end} {' › '.join(passage.heading)}"
        scores = f"{candidate.score:.4f}  dense {candidate.dense:.4f}  words {candidate.words:.4f}"
        scores += f"  late {candidate.late:.4f}"
        console.print(f"  {scores}  {escape(where)}")
    console.print(f"[bold]Passages rejected[/] {len(explained.candidates.rejected)} with lower scores")
    findings = explained.findings
    for title, evidence in (("chosen", findings.chosen), ("rejected", findings.rejected[:SHOWN_REJECTED])):
        console.print(f"[bold]Sentences {title}[/]")
        for one in evidence:
            why = f" ({one.rejected})" if one.rejected else ""
            console.print(f"  {one.score:.4f}  {escape(' '.join(one.text.split()) + why)}")
