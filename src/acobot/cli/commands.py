"""The commands and their flags: each reads the settings, calls once, and prints. Slow imports wait until needed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import acobot
from acobot.cli import output, serving
from acobot.cli.output import err, escape, out
from acobot.errors import (
    BuildingError,
    DamagedIndexError,
    IndexFault,
    NoIndexError,
    SourcesError,
    UnreadableIndexError,
)
from acobot.settings import Settings, read_settings

STALE, BROKEN = 1, 2  # exit codes of `acobot check`

app = typer.Typer(
    help="Answers from sources, word for word, with citations; or says that the sources do not answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

SourcesOption = Annotated[
    Path | None, typer.Option("--sources", help="Folder of the source documents.", show_default="sources")
]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")]
AsksOption = Annotated[
    bool | None, typer.Option("--asks/--no-asks", help="Use the sources' `asks:` lines.", show_default="asks")
]


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        out.print(acobot.__version__)
        raise typer.Exit


@app.command()
def index(
    sources: SourcesOption = None,
    index: IndexOption = None,
    full: Annotated[bool, typer.Option("--full", help="Build everything anew, even if nothing changed.")] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict/--skip-bad",
            help="Change nothing where a file cannot be read; or build the rest, as is the default.",
            show_default=False,
        ),
    ] = False,
    publish: Annotated[
        bool | None,
        typer.Option("--publish/--no-publish", help="Make it live also over a pin; or not at all.", show_default=False),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and build whenever the sources change.")] = False,
    asks: AsksOption = None,
) -> None:
    """Build the index of the sources and make it the live one; only what changed is read and encoded.

    In the place of a file that cannot be read stands its last good version.
    """
    settings = read_settings(sources=sources, index=index, asks=asks)
    run = partial(_index, settings, full=full, strict=strict, publish=publish)
    if watch:
        from acobot.cli import watching

        watching.watch(settings, run, heeds_pin=publish is None)
    else:
        run()


@app.command()
def serve(
    sources: SourcesOption = None,
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.", show_default="8000")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve.", show_default="1")] = None,
    preview: Annotated[
        str | None,
        typer.Option(
            help="Serve this version instead, on the next port: its id, or how that begins; "
            "'next' for the last that never was live."
        ),
    ] = None,
) -> None:
    """Serve the chat page and the HTTP API; builds the index first if there is none."""
    settings = read_settings(sources=sources, index=index, host=host, port=port, workers=workers)
    serving.require_exporter(settings)
    chosen = serving.find_preview(settings, preview) if preview else ""
    if chosen:
        beside = port or settings.port + 1
        settings = read_settings(sources=sources, index=index, host=host, port=beside, workers=workers)
        # The live service alone tells of itself; its port is taken.
        settings = settings.model_copy(update={"metrics_port": None, "metrics_token": ""})
    with serving.listen(settings) as listener, serving.listen_for_metrics(settings) as scraped:
        if not chosen:
            _ensure_index(settings)
        run = serving.run_workers if settings.workers > 1 else serving.run_alone
        run(settings, listener, chosen, scraped)


@app.command()
def mcp(sources: SourcesOption = None, index: IndexOption = None) -> None:
    """Serve an assistant of yours by the Model Context Protocol, on standard input and output."""
    settings = read_settings(sources=sources, index=index)
    serving.require_mcp()
    _ensure_index(settings, told_on=err)  # standard output is the protocol's
    from acobot.assistant import open_assistant

    serving.log_to_stderr()
    serving.serve_mcp(open_assistant(settings), settings)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as the HTTP API gives it.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was found, chosen and rejected.")] = False,
    index: IndexOption = None,
) -> None:
    """Answer a question with quotes and their sources."""
    from acobot.assistant import open_assistant
    from acobot.question import clean_question

    settings = read_settings(index=index)
    clean_question(question)
    assistant = open_assistant(settings)
    explained = assistant.explain(question)
    if as_json:
        print(json.dumps(asdict(explained.answer), ensure_ascii=False, indent=2))
    else:
        output.print_answer(explained.answer, assistant.version().language)
    if explain:
        output.print_explanation(explained, err if as_json else out)


@app.command()
def check(sources: SourcesOption = None, index: IndexOption = None, asks: AsksOption = None) -> None:
    """Tell whether the index matches the sources: exit 0 if it does, 1 if it is stale, 2 if it is broken."""
    from acobot.build import find_staleness
    from acobot.index import open_store
    from acobot.index.checking import check_whole
    from acobot.review import find_twins

    settings = read_settings(sources=sources, index=index, asks=asks)
    store = open_store(settings)
    try:
        folder = store.path(store.current_id())
        check_whole(folder)
        version = store.open_current()
        stale = find_staleness(settings)
    except IndexFault as error:
        err.print(f"broken: {escape(str(error))}")
        raise typer.Exit(BROKEN) from None
    output.print_bad(stale.bad)
    for twins in find_twins(version):
        output.print_warning(
            f"two places claim one question: “{twins.one}” in {twins.one_in}, “{twins.other}” in {twins.other_in}; "
            "take one of them out, or put it so that they differ"
        )
    pinned = " (pinned: 'acobot index --publish' publishes over it)" if store.pinned_id() else ""
    if stale:
        out.print(f"stale: {escape(output.describe_staleness(stale))}; run 'acobot index'{pinned}")
    elif stale.bad:
        out.print(f"not all read: {escape(output.describe_bad(stale.bad))}{pinned}")
    else:
        matches = f"index {store.current_id()} matches {escape(str(settings.sources))}"
        out.print(f"fresh: {matches}{' (pinned)' if pinned else ''}")
    output.print_warned(*version.corpus.warned())
    if stale or stale.bad:
        raise typer.Exit(STALE)


@app.command()
def evaluate(
    questions: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="Files of questions, a JSON object a line."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything measured as JSON.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="List each question that went wrong.")] = False,
    floors: Annotated[Path | None, typer.Option(help="JSON of least values a file; exit 1 below one.")] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the run, or of one for each file.", show_default="artefacts/evaluations/TIME-FILE"
        ),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Measure how good the answers to files of questions are; save what was measured.

    A line has `id`, `question`, `answerable`, optionally `kind` and `history`,
    and `evidence`: the parts that an answer needs, each a list of alternatives
    such as {"source": "healthcare-leader-2017", "text": "exact words"}. In its place there
    may be `documents`, a list of source ids, and `spans`, words in any of them.

    Or a line is a conversation: `id` and `turns`, questions without an id, with
    `needs_history` where they lack words, or `small_talk`.

    A run is saved with its settings, each outcome, the misses, and a plot.
    """
    from acobot.cli import evaluating

    settings = read_settings(index=index)
    plan = evaluating.make_plan(questions, floors=floors, save=save)
    done = evaluating.evaluate(plan, settings)
    if as_json:
        evaluating.print_as_json(done)
    else:
        evaluating.print_table([one.run for one in done])
    if misses:
        evaluating.print_misses([one.run for one in done])
    evaluating.print_where_saved(done)
    if evaluating.print_too_low(done):
        raise typer.Exit(1)


def _index(
    settings: Settings,
    *,
    full: bool = False,
    strict: bool = False,
    publish: bool | None = None,
    told_on: Console = out,
) -> None:
    """Builds the index and tells of it; `publish` is None for "unless the live version is pinned"."""
    from acobot.build import Publish, build_index

    when = {None: Publish.UNLESS_PINNED, True: Publish.ALWAYS, False: Publish.NEVER}[publish]
    with output.show_progress() as progress:
        report = build_index(settings, full=full, strict=strict, publish=when, progress=progress)
    output.print_report(report, told_on)


def _ensure_index(settings: Settings, told_on: Console = out) -> None:
    """Builds where there is no index; says so where the one there is is stale, or damaged and one before answers.

    Raises `IndexFault` where no version can be answered from, `PackError` where the packs do not go together.
    """
    from acobot.build import find_staleness
    from acobot.encoder import find_model
    from acobot.index import LiveVersion, open_store
    from acobot.languages import load_language
    from acobot.policies import load_policy

    load_policy(settings.policy, load_language(settings.language))  # before a build, which takes minutes
    if not settings.sources.exists() and open_store(settings).live_id():
        err.print(f"There is no folder {escape(str(settings.sources))}: the index is served as it is.")
        return
    try:
        stale = find_staleness(settings)
    except NoIndexError:
        err.print("There is no index yet; building it.")
        try:
            _index(settings, told_on=told_on)
        except BuildingError:
            serving.wait_for_index(settings)
    except (DamagedIndexError, UnreadableIndexError) as error:
        LiveVersion(open_store(settings), find_model(settings).digest).get()
        output.print_warning(f"it is not known whether the index is stale: {error}")
    except SourcesError as error:
        output.print_warning(str(error))
    else:
        output.print_bad(stale.bad)
        if stale:
            reason = output.describe_staleness(stale)
            output.print_warning(f"the index is stale: {reason}; run 'acobot index'")
