"""The command line: parse, call once, print, and map to an exit code. `acobot --help` is its documentation."""

from __future__ import annotations

import json
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import acobot
from acobot.errors import AcobotError, IndexFault, NoIndexError, PortError
from acobot.settings import Settings, read_settings

if TYPE_CHECKING:
    from acobot.answer import Answer, Citation
    from acobot.assistant import Explained
    from acobot.build import BuildReport, Staleness

STALE, BROKEN = 1, 2  # exit codes of `acobot check`

app = typer.Typer(
    help="Answers from sources, word for word, with citations; or says that the sources do not answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

SourcesOption = Annotated[
    Path | None, typer.Option("--sources", help="Folder of the source documents.", show_default="sources")
]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")]
AsksOption = Annotated[
    bool | None, typer.Option("--asks/--no-asks", help="Use the sources' `asks:` lines.", show_default="asks")
]


def main() -> None:
    """Runs a command; an error that the user can mend is printed in words, with its exit code."""
    try:
        app()
    except AcobotError as error:
        err.print(f"[bold red]acobot:[/] {escape(str(error))}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        out.print(acobot.__version__)
        raise typer.Exit


@app.command()
def index(
    sources: SourcesOption = None,
    index: IndexOption = None,
    full: Annotated[bool, typer.Option("--full", help="Build even if nothing changed.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out files that cannot be read.")] = False,
    asks: AsksOption = None,
) -> None:
    """Build the index of the sources and make it the live one."""
    settings = read_settings(sources=sources, index=index, asks=asks)
    _print_report(_build(settings, full=full, skip_bad=skip_bad))


@app.command()
def serve(
    sources: SourcesOption = None,
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.", show_default="8000")] = None,
) -> None:
    """Serve the chat page and the HTTP API; builds the index first if there is none."""
    settings = read_settings(sources=sources, index=index, host=host, port=port)
    listener = _listen(settings)
    _ensure_index(settings)
    import uvicorn

    from acobot.api import create_app
    from acobot.assistant import open_assistant

    _log_to_stderr()
    with err.status("Loading the model…"):
        service = create_app(open_assistant(settings), settings)
    err.print(f"acobot answers on http://{_bracketed(settings.host)}:{settings.port} (stop it with Ctrl-C)")
    # The access log of uvicorn holds query strings, and so questions; ours does not.
    config = uvicorn.Config(service, log_config=None, access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


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
    explained = open_assistant(settings).explain(question)
    if as_json:
        print(json.dumps(asdict(explained.answer), ensure_ascii=False, indent=2))
    else:
        _print_answer(explained.answer)
    if explain:
        _print_explanation(explained)


@app.command()
def check(sources: SourcesOption = None, index: IndexOption = None, asks: AsksOption = None) -> None:
    """Tell whether the index matches the sources: exit 0 if it does, 1 if it is stale, 2 if it is broken."""
    from acobot.build import find_staleness
    from acobot.index import Store
    from acobot.index.manifest import check_contents, read_manifest

    settings = read_settings(sources=sources, index=index, asks=asks)
    store = Store(settings.index)
    try:
        folder = store.path(store.current_id())
        check_contents(folder, read_manifest(folder))
        store.open_current()
    except IndexFault as error:
        err.print(f"broken: {escape(str(error))}")
        raise typer.Exit(BROKEN) from None
    stale = find_staleness(settings)
    if stale:
        out.print(f"stale: {escape(_describe(stale))}; run 'acobot index'")
        raise typer.Exit(STALE)
    out.print(f"fresh: index {store.current_id()} matches {escape(str(settings.sources))}")


def _build(settings: Settings, *, full: bool = False, skip_bad: bool = False) -> BuildReport:
    from acobot.build import build_index

    with _progress() as progress:
        return build_index(settings, full=full, skip_bad=skip_bad, progress=progress)


@contextmanager
def _progress() -> Iterator[_Bar]:
    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield _Bar(bar)


class _Bar:
    """A progress bar on a terminal; elsewhere a line a file."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def __call__(self, done: int, total: int, name: str) -> None:
        self._bar.update(self._task, completed=done, total=total, description=escape(name))
        if self._bar.disable and name:
            err.print(f"indexing {escape(name)} ({done + 1} of {total})")


def _ensure_index(settings: Settings) -> None:
    """Builds where there is no index; says so where the one there is is stale."""
    from acobot.build import find_staleness

    try:
        stale = find_staleness(settings)
    except NoIndexError:
        err.print("There is no index yet; building it.")
        _print_report(_build(settings))
        return
    except AcobotError as error:
        err.print(f"[yellow]warning:[/] {escape(str(error))}")
        return
    if stale:
        err.print(f"[yellow]warning:[/] the index is stale: {escape(_describe(stale))}; run 'acobot index'")


def _describe(stale: Staleness) -> str:
    parts = [
        f"{len(ids)} {what} ({', '.join(ids[:5])}{', …' if len(ids) > 5 else ''})"
        for what, ids in (("added", stale.added), ("changed", stale.changed), ("removed", stale.removed))
        if ids
    ]
    return "; ".join(parts) or "the model, the settings or acobot's format changed"


def _print_report(report: BuildReport) -> None:
    for problem in report.skipped:
        err.print(f"[yellow]left out:[/] {escape(str(problem))}")
    for name in report.ignored:
        err.print(f"ignored: {escape(name)} (not a format that is read)")
    done = "built" if report.built else "up to date"
    out.print(
        f"index {report.index_id} {done}: {len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; {report.passages} passages, "
        f"{report.seconds:.1f} s"
    )


def _print_answer(answer: Answer) -> None:
    if not answer.quotes:
        out.print(escape(answer.answer))
    for quote in answer.quotes:
        out.print(f"“{escape(quote.text)}” [bold]\\[{quote.citation}][/]\n")
    _print_citations("Sources" if answer.citations else "Nearest passages", answer.citations or answer.nearest)
    for note in answer.notes:
        out.print(f"[dim]{escape(note)}[/]")
    if answer.suggestions:
        out.print("\nQuestions that the sources answer:")
        for suggestion in answer.suggestions:
            out.print(f"  {escape(suggestion)}")


def _print_citations(title: str, citations: tuple[Citation, ...]) -> None:
    from acobot.answer import date_in_words

    if citations:
        out.print(f"{title}:")
    for citation in citations:
        source = citation.source
        what = (
            f"our summary of “{source.summary_of or source.title}”" if source.kind == "summary" else f"“{source.title}”"
        )
        date = date_in_words(source.published) if source.published else "no date given"
        trail = " › ".join(citation.passage.heading)
        line = ", ".join(part for part in (what, source.author, source.publisher, date) if part)
        out.print(f"  [bold]\\[{citation.number}][/] {escape(line)}" + (f" — {escape(trail)}" if trail else ""))
        out.print(f"      [dim]{escape(citation.href)}[/]")


def _print_explanation(explained: Explained) -> None:
    out.print(f"\n[bold]Searched for[/] {escape(explained.query.searched_for)}")
    out.print(f"[bold]Confidence[/] {explained.findings.confidence}")
    out.print("[bold]Passages found[/] (score = 0.7 dense + 0.3 words, each scaled from 0 to 1)")
    for candidate in explained.candidates.chosen:
        passage = candidate.stored.passage
        where = f"{passage.source_id} {passage.start}–{passage.end} {' › '.join(passage.heading)}"
        out.print(f"  {candidate.score:.4f}  dense {candidate.dense:.4f}  words {candidate.words:.4f}  {escape(where)}")
    out.print(f"[bold]Passages rejected[/] {len(explained.candidates.rejected)} with lower scores")
    for title, evidence in (("chosen", explained.findings.chosen), ("rejected", explained.findings.rejected[:20])):
        out.print(f"[bold]Sentences {title}[/]")
        for one in evidence:
            why = f" ({one.rejected})" if one.rejected else ""
            out.print(f"  {one.score:.4f}  {escape(' '.join(one.text.split()))}{why}")


def _listen(settings: Settings) -> socket.socket:
    """A socket on the address to serve on, taken before anything slow is done. Raises `PortError`."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen()
    except OSError as error:
        raise PortError(
            f"cannot serve on {settings.host} port {settings.port}: {error.strerror or error}; "
            "stop what uses it, or choose another with --port (or make serve PORT=…)"
        ) from None
    return listener


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _log_to_stderr() -> None:
    handler = RichHandler(console=err, show_path=False, markup=False) if err.is_terminal else logging.StreamHandler()
    logging.basicConfig(
        level=logging.INFO, format="%(message)s" if err.is_terminal else "%(levelname)s %(message)s", handlers=[handler]
    )
    for noisy in ("sentence_transformers", "transformers", "httpx", "faiss"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
