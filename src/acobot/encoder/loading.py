"""A model → an encoder, by its export, which is made first where there is none.

It is made in a process of its own, so that this one never holds torch.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from acobot.encoder.exported import CARD, FORMAT, check_files, mend, read_card, read_format
from acobot.encoder.models import ModelFolder
from acobot.encoder.records import Encoder
from acobot.encoder.running import open_export
from acobot.errors import ModelError


def load_encoder(model: ModelFolder) -> Encoder:
    """The model, ready to encode on the CPU: in half a second, or after it was exported. Raises `ModelError`."""
    ensure_exported(model)
    card = read_card(model.exported)
    if card.sha256 != model.digest:
        raise ModelError(f"{model.exported} holds another model ({card.name}); {mend(model.exported)}")
    check_files(card, model.exported)
    return open_export(replace(card, name=model.name), model.exported)


def ensure_exported(model: ModelFolder) -> None:
    """Exports a model that was not yet, or by another acobot. Raises `ModelError`."""
    if not (model.exported / CARD).is_file() or read_format(model.exported) != FORMAT:
        _export_aside(model)


def _export_aside(model: ModelFolder) -> None:
    said = [model.name, str(model.path or ""), model.digest, str(model.exported)]
    command = [sys.executable, "-P", "-m", "acobot.encoder.exporting", *said]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own module
    if ran.returncode:
        last = ran.stderr.strip().rpartition("\n")[2] or f"it ended with {ran.returncode}"
        raise ModelError(ran.stdout.strip() or f"the model {model.name} cannot be exported ({last})")
