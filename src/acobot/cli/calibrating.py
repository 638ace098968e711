"""`acobot calibrate`: asks questions whose answers are known, and fits the verdict to the model in use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from acobot.cli.commands import IndexOption, app
from acobot.cli.output import err, escape, out
from acobot.errors import ModelError, SettingsError
from acobot.settings import Settings, read_settings

if TYPE_CHECKING:
    from acobot.answering import Means
    from acobot.assistant import Assistant
    from acobot.calibration import Calibration, VerdictWeights
    from acobot.evaluation.calibrating import Known


@app.command()
def calibrate(
    questions: Annotated[
        list[str],
        typer.Argument(help="Files of questions as for evaluate, some unanswerable; or FILE=INDEX for another index."),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write.", show_default="INDEX/calibration-MODEL.json")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Fit confidence, and from when to answer, to the model in use.

    Needed once for a model that nothing was fitted to. What else was fitted is
    taken over from what the model has, or from the packaged model's record.
    """
    from acobot.assistant import Assistant
    from acobot.calibration import path_in, write_calibration
    from acobot.evaluation.calibrating import fit_verdict
    from acobot.index import open_store

    if to and not to.parent.is_dir():
        raise SettingsError(f"there is no folder {str(to.parent)!r} to write {to.name!r} into; make it first")
    settings = read_settings(index=index)
    means = _means(settings)
    known = []
    for one in questions:
        file, _, other = one.partition("=")
        store = open_store(settings.model_copy(update={"index": Path(other)}) if other else settings)
        store.open_current().check_model(means.encoder.digest)
        known.append(_ask(Assistant(store, means), Path(file)))
    try:
        fitted = fit_verdict(known, means.calibration.share)
    except ValueError as error:
        raise SettingsError(f"nothing can be fitted to {', '.join(questions)}: {error}") from None
    base = means.calibration
    made = replace(base, read=fitted) if means.reader else replace(base, unread=fitted)
    path = to or path_in(settings.index, made)
    write_calibration(made, path)
    for name, asked in zip(questions, known, strict=True):
        out.print(f"{escape(name)}: {_told(asked, fitted)}")
    out.print(f"answers from a probability of {fitted.answer_from}; wrote {escape(str(path))}")


def _means(settings: Settings) -> Means:
    """What is asked with: the model with its record, or with the packaged one's in its name."""
    from acobot.answering import Means
    from acobot.assistant import open_reader
    from acobot.encoder import find_model, load_encoder

    model, reader = find_model(settings), open_reader(settings)
    base = _base(settings, model.name, model.digest)
    base = replace(
        base,
        encoder=model.name.rpartition("/")[2],
        encoder_sha256=model.digest,
        reader_sha256=reader.digest if reader else base.reader_sha256,
    )
    with err.status("Loading the model…"):
        return Means(load_encoder(model), reader, calibration=base)


def _base(settings: Settings, name: str, digest: str) -> Calibration:
    from acobot.calibration import find_calibration, packaged_calibration

    try:
        return find_calibration(settings.index, name, digest)
    except ModelError:
        return packaged_calibration()


def _ask(assistant: Assistant, path: Path) -> Known:
    """The questions of a file that are searched for; those within conversations are left aside."""
    from acobot.evaluation import read_cases
    from acobot.evaluation.calibrating import known_questions

    found = []
    cases = [one for one in read_cases(path, assistant.version().corpus.source) if not one.conversation]
    for case in track(cases, path.name, console=err, transient=True, disable=not err.is_terminal):
        features = assistant.explain(case.question, case.history).findings.features
        if features is not None:
            found.append((features, case.answerable))
    return known_questions(found)


def _told(known: Known, fitted: VerdictWeights) -> str:
    """How well the fitted verdict tells the questions of a file."""
    from acobot.evaluation.calibrating import probabilities

    told, yes = probabilities(known, fitted), known.answerable
    answered, declined = (told[yes] >= fitted.answer_from).mean(), (told[~yes] < fitted.answer_from).mean()
    return f"{len(yes)} questions, {answered:.2f} of the answerable answered, {declined:.2f} of the others declined"
