"""The command that fetches the pages of a list of addresses; it loads no model, and nothing else uses the network."""

from __future__ import annotations

import typer

from acobot.cli import output
from acobot.cli.commands import SourcesOption, app
from acobot.cli.output import err, escape, out
from acobot.errors import SourcesError
from acobot.settings import read_settings


@app.command()
def fetch(sources: SourcesOption = None) -> None:
    """Fetch the addresses in _urls.txt into the sources where they have changed; then run 'acobot index'."""
    from acobot.fetching import fetch_addresses

    settings = read_settings(sources=sources)
    report = fetch_addresses(settings, told=lambda url: err.print(f"looking at {escape(url)}"))
    for what, names in (("added", report.added), ("changed", report.changed)):
        for name in names:
            out.print(f"{what}: {escape(name)}")
    for problem in report.moved:
        output.print_warning(str(problem))
    for file in report.unlisted:
        output.print_warning(f"{file} is no longer in the list; take it away if it is no source any more")
    for problem in report.problems:
        output.print_warning(str(problem))
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} unchanged"
    done = f"{counts}, {len(report.problems)} not fetched"
    out.print(f"{done}; run 'acobot index'" if report.added or report.changed else done)
    if report.problems:
        raise typer.Exit(SourcesError.exit_code)
