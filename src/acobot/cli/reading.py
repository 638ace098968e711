"""`acobot read`: how one file is read, what was set aside and why, and what was not read. Prints, or writes a page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acobot.cli.commands import app
from acobot.cli.output import err, escape, out, print_warning
from acobot.errors import SettingsError
from acobot.settings import read_settings

if TYPE_CHECKING:
    from acobot.cli.read_file import ReadFile

MOST_LEFT_OUT = 20  # runs of words that were not read


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="The file, in the folder of the sources or elsewhere.")],
    page: Annotated[Path | None, typer.Option("--html", help="Write it as a page to look at.")] = None,
) -> None:
    """Show how a file is read: its particulars, its blocks, what is set aside and why, and what is not read.

    Nothing is built. A file that cannot be read is named with the reason.
    """
    from acobot.cli.read_file import read_file

    settings = read_settings()
    found = read_file(file, settings)
    if page:
        _write(found, page)
        err.print(f"wrote {escape(str(page))}")
    else:
        _print(found)
    if found.refused:
        print_warning(f"cannot be read: {found.name}: {found.refused}")
        raise typer.Exit(3)


def _print(found: ReadFile) -> None:
    out.print(f"[bold]{escape(found.name)}[/], source {escape(found.id)}, read as {escape(found.format)}")
    _section("Particulars", [f"{one.name + ':':<15}{one.value}  ({one.origin})" for one in found.particulars])
    _section("Look at", found.warnings)
    _section("Questions that it is said to answer", found.asks)
    out.print(f"\n[bold]Blocks[/] {escape(found.counted)}")
    for block in found.blocks:
        colour = "dim" if block.set_aside else "default"
        why = f" [italic]set aside: {escape(block.set_aside)}[/]" if block.set_aside else ""
        where = f"{block.number:>4}  {block.page:<10}{block.kind:<10}  "
        out.print(f"{where}[{colour}]{escape(block.text)}[/]{why}")
    out.print(f"\n[bold]Not read[/] {escape(found.unread)}")
    for run in found.runs[:MOST_LEFT_OUT]:
        out.print(f"  {escape(run)}")
    if len(found.runs) > MOST_LEFT_OUT:
        out.print(f"  … and {len(found.runs) - MOST_LEFT_OUT} more")


def _section(title: str, lines: tuple[str, ...] | list[str]) -> None:
    if lines:
        out.print(f"\n[bold]{title}[/]")
    for line in lines:
        out.print(f"  {escape(line)}")


def _write(found: ReadFile, path: Path) -> None:
    """Writes the page. Raises `SettingsError` where that cannot be."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    from acobot.api.rendering import web_folder

    templates = Environment(
        loader=FileSystemLoader([web_folder() / part for part in ("templates", "static")]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    labels = {
        "particulars": "Particulars",
        "warnings": "Look at",
        "asks": "Questions that it is said to answer",
        "blocks": "What is read",
        "runs": "Not read",
        "set_aside": "set aside",
    }
    html = templates.get_template("read.html").render(**asdict(found), labels=labels)
    try:
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file with --html") from None
