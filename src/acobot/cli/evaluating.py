"""`acobot evaluate`: what is to be run, the running, and the table. What can be checked early is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import track
from rich.table import Table

from acobot.assistant import Assistant, open_assistant
from acobot.cli.output import err, escape, out
from acobot.evaluation import (
    Report,
    Run,
    check_plotting,
    choose_folders,
    describe_circumstances,
    find_misses,
    find_too_low,
    make_subject,
    read_cases,
    read_floors,
    report,
    run_cases,
    save_run,
)
from acobot.settings import Settings

# The table: each group with its measures, and how they are told, short enough for four files in 80 columns.
GROUPS = {
    "Questions": {
        "questions": "in the file",
        "answerable": "answerable",
        "by_document_only": "… by document only",
        "missing_spans": "spans not found",
    },
    "Retrieval": {
        "recall_at_1": "recall@1",
        "recall_at_5": "recall@5",
        "recall_at_10": "recall@10",
        "recall_at_20": "recall@20",
        "ndcg_at_10": "nDCG@10",
    },
    "Quotes": {
        "first_quote": "first quote is evidence",
        "any_quote": "any quote is",
        "coverage": "all evidence quoted",
        "coverage_of_answered": "… of those answered",
        "coverage_of_follow_ups": "… of follow-ups",
        "precision": "precision",
        "recall": "recall",
        "f1": "F1",
        "f1_with_all": "F1 with all evidence",
        "f1_with_all_of_answered": "… of those answered",
        "words_an_answer": "words an answer",
    },
    "Refusals": {
        "answered": "answerable, answered",
        "declined": "unanswerable, declined",
        "auroc": "AUROC of confidence",
        "calibration_error": "calibration error",
        "small_talk": "small talk recognised",
    },
    "Speed": {"milliseconds_median": "milliseconds, median", "milliseconds_p95": "… 95th percentile"},
}
Row = tuple[str, list[float | None]]


@dataclass(frozen=True, slots=True)
class Task:
    """One questions file, where its run goes, and its floors."""

    questions: Path
    folder: Path
    floors: dict[str, float]


@dataclass(frozen=True, slots=True)
class Done:
    """A run, where it was saved, and what of it lies below its floor."""

    run: Run
    folder: Path
    too_low: tuple[str, ...]


def make_plan(questions: Sequence[Path], floors: Path | None, save: Path | None) -> tuple[Task, ...]:
    """What is to be done, or a `SettingsError` for what cannot be."""
    check_plotting()
    folders = choose_folders(questions, save, datetime.now(UTC))
    least = read_floors(floors, questions) if floors else [{}] * len(questions)
    return tuple(Task(*task) for task in zip(questions, folders, map(dict, least), strict=True))


def evaluate(plan: Sequence[Task], settings: Settings) -> list[Done]:
    """Loads the model once, reads all files, then asks and saves one after the other."""
    with err.status("Loading the model…"):
        assistant = open_assistant(settings)
    return list(run_plan(plan, assistant))


def run_plan(plan: Sequence[Task], assistant: Assistant) -> Iterator[Done]:
    """Asks and saves each task's file, after all of them were read."""
    subject, circumstances = make_subject(assistant), describe_circumstances(assistant)
    for task, cases in [(task, read_cases(task.questions, subject.read_source)) for task in plan]:
        started = datetime.now(UTC)
        asking = run_cases(cases, subject)
        bar = track(asking, task.questions.name, len(cases), console=err, transient=True, disable=not err.is_terminal)
        outcomes = tuple(bar)
        run = Run(task.questions, started, outcomes, report(outcomes), circumstances)
        save_run(run, task.folder, subject.read_source)
        yield Done(run, task.folder, find_too_low(run.report, task.floors))


def print_as_json(done: Sequence[Done]) -> None:
    """Each run with all that was measured, where it was saved and what was too low."""
    runs = [{**one.run.as_json(), "saved": str(one.folder), "too_low": one.too_low} for one in done]
    print(json.dumps({"runs": runs}, ensure_ascii=False, indent=2))


def print_table(runs: Sequence[Run]) -> None:
    """A column for each run, a row for each measure that any of them has."""
    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="bold")
    table.add_column(no_wrap=True)
    for run in runs:
        table.add_column(escape(run.questions.stem.replace("-", "-\n")), justify="right", no_wrap=True)
    for group, rows in _groups([run.report for run in runs]):
        measured = [row for row in rows if any(value or isinstance(value, float) for value in row[1])]
        if measured:
            table.add_row(f"[bold]{group}[/]")
        for told, values in measured:
            table.add_row(f"  {escape(told)}", *map(_shown, values))
    out.print(table)


def print_misses(runs: Sequence[Run]) -> None:
    """Each question that went wrong, under what is wrong with it."""
    for run in runs:
        for kind, missed in find_misses(run.outcomes).items():
            for one in missed:
                told = f"{one.case.id} ({one.case.kind}), confidence {one.answer.confidence:.2f}: {one.case.question}"
                out.print(escape(f"{kind}: {told}"))


def print_where_saved(done: Sequence[Done]) -> None:
    """On standard error, so that it does not get into JSON."""
    for one in done:
        err.print(f"saved in {escape(str(one.folder))}")


def print_too_low(done: Sequence[Done]) -> bool:
    """What lies below its floor; whether anything does."""
    for one in done:
        for line in one.too_low:
            err.print(f"[bold red]below its floor:[/] {escape(one.run.questions.name)}: {escape(line)}")
    return any(one.too_low for one in done)


def _groups(reports: Sequence[Report]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each group: what is measured, and its value for each report."""
    for group, measures in GROUPS.items():
        rows = [(told, [getattr(one, name) for one in reports]) for name, told in measures.items()]
        yield group, rows
        if group == "Quotes":
            yield "By number of quotes", list(_by_number(reports))
            yield "By kind: all evidence", list(_by_kind(reports, lambda one: one.coverage_by_kind))
            yield "By kind: first quote", list(_by_kind(reports, lambda one: one.first_quote_by_kind))
            yield "By kind: declined", list(_by_kind(reports, lambda one: one.declined_by_kind))


def _by_number(reports: Sequence[Report]) -> Iterator[Row]:
    for place, quotes in enumerate(("first quote", "first two", "first three", "first four")):
        yield quotes, [one.coverage_within[place] for one in reports]


def _by_kind(reports: Sequence[Report], measured: Callable[[Report], dict[str, float]]) -> Iterator[Row]:
    for kind in sorted({kind for one in reports for kind in measured(one)}):
        yield kind, [measured(one).get(kind) for one in reports]


def _shown(value: float | None) -> str:
    """Counts as they are, shares with three decimals, words and milliseconds with one."""
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:.1f}"
