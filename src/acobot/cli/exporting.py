"""`acobot export-model`: makes of a sentence-transformers model what serving runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from acobot.cli.commands import IndexOption, app
from acobot.cli.output import err, escape, out
from acobot.settings import read_settings


@app.command(name="export-model")
def export_model(
    model: Annotated[
        str | None,
        typer.Argument(help="'packaged', a folder or a hub name.", show_default="ACOBOT_MODEL, else packaged"),
    ] = None,
    models: Annotated[
        Path | None, typer.Option("--models", help="Folder of exported models.", show_default="INDEX/models")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Export a sentence-transformers model, anew if it was before; needs torch, which nothing else does.

    The first build does it by itself. The folder may be copied to where torch is
    not installed; it is found there in INDEX/models, or named by ACOBOT_MODEL.
    """
    from acobot.encoder.exporting import export_model as export
    from acobot.encoder.models import fetch_model

    found = fetch_model(read_settings(model=model, models=models, index=index))
    with err.status("Exporting the model…"):
        card = export(found)
    out.print(
        f"exported {escape(card.name)} ({card.sha256[:12]}) to {escape(str(found.exported))}; its vectors are those of "
        f"sentence-transformers (cosine at least {card.least_cosine})"
    )
