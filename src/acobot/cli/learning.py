"""The commands that show what was learnt: `gaps` and `coverage`. Only `coverage --questions` loads a model."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from acobot.cli.commands import IndexOption, app
from acobot.cli.maintaining import JsonOption, print_table
from acobot.cli.output import err, escape, out
from acobot.errors import RequestError, SettingsError
from acobot.settings import Settings, read_settings

if TYPE_CHECKING:
    from acobot.answer import Answer
    from acobot.index import Version
    from acobot.learning import Counts, Gap
    from acobot.review import Asked


@app.command()
def gaps(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List what people ask and the sources do not answer, as ACOBOT_LEARN=on counted it; no message is kept."""
    from acobot.index import open_store
    from acobot.learning import LEAST, find_gaps

    settings = read_settings(index=index)
    version, counts = open_store(settings).open_current(), _read(settings)
    if counts is None:
        raise SettingsError(f"nothing was counted yet ({settings.learned} is not there); serve with ACOBOT_LEARN=on")
    found = find_gaps(version, counts)
    if as_json:
        out.print_json(json.dumps(asdict(found)))
        return
    if found.gaps:
        print_table(("asked", "days", "last", "ended", "nearest", "in", "words"), map(_row, found.gaps))
    if counts.since:
        out.print(f"since {counts.since}: {', '.join(f'{number} {ended}' for ended, number in found.totals.items())}")
    out.print(
        f"{found.hidden} questions are not shown: fewer than {LEAST} days and than {LEAST} clients a day asked them, "
        "or near what the sources no longer say"
    )


@app.command()
def coverage(
    questions: Annotated[
        Path | None, typer.Option(help="File of questions, one a line or as for evaluate, to ask instead.")
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """List the passages that no answer quoted in the days that ACOBOT_LEARN=on keeps, or that none to a file does."""
    from acobot.index import open_store
    from acobot.learning import find_coverage, passages_quoted

    settings = read_settings(index=index)
    version = open_store(settings).open_current()
    if questions:
        from acobot.review import read_questions

        asked = read_questions(questions)
        quoted, by = passages_quoted(_ask(settings, version, asked)), f"{len(asked)} questions"
    elif counts := _read(settings):
        quoted, by = set(counts.quoted), f"{sum(counts.totals.values())} questions since {counts.since or 'today'}"
    else:
        raise SettingsError(
            f"nothing was counted yet ({settings.learned} is not there); serve with ACOBOT_LEARN=on, or name a file "
            "with --questions"
        )
    found = find_coverage(version, quoted)
    if as_json:
        out.print_json(json.dumps(asdict(found)))
        return
    rows = [(one.source_id, " › ".join(one.heading), one.opening) for one in found.never]
    if rows:
        print_table(("source", "heading", "begins"), [[escape(cell) for cell in row] for row in rows])
    out.print(f"{found.quoted} of {found.passages} passages were quoted in answers to {by}")


def _read(settings: Settings) -> Counts | None:
    """What was counted, or None where there is no file. Raises `SettingsError`."""
    from acobot.learning import Learned

    learned = Learned(settings.learned, settings.learn_days)
    try:
        return learned.read()
    except (sqlite3.Error, OSError) as error:
        raise SettingsError(
            f"what was counted, in {settings.learned}, cannot be read ({error}); take the file away where it is "
            "damaged, or name another in ACOBOT_LEARN_FILE"
        ) from None


def _row(gap: Gap) -> Sequence[str]:
    place = gap.place
    line = f"“{place.line}”" if place.line else " › ".join(place.heading) or place.title
    nearest = line or {"nothing": "nothing", "language": "in another language"}[place.near]
    words = ", ".join(f"{one.word} {one.asked}" for one in gap.words)
    counted = (str(gap.asked), str(gap.days), gap.last, gap.outcome)
    return [escape(cell) for cell in (*counted, nearest, place.source_id or place.near, words)]


def _ask(settings: Settings, version: Version, asked: Sequence[Asked]) -> Iterator[Answer]:
    """The answers of this version. Raises `SettingsError` where a question cannot be asked."""
    from acobot.answering import find_answer
    from acobot.assistant import open_means
    from acobot.encoder import find_model
    from acobot.languages import DEFAULT_LANGUAGE, load_language

    version.check_model(find_model(settings).digest)
    means = open_means(settings)
    for one in track(asked, "asking", console=err, transient=True, disable=not err.is_terminal):
        try:
            yield find_answer(version, means, one.question, one.history).answer
        except RequestError as error:
            reason = error.said(load_language(DEFAULT_LANGUAGE).catalogue)
            raise SettingsError(f"the question {one.question[:60]!r} cannot be asked: {reason}") from None
