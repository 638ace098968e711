"""Where records lie: beside this file those that come with acobot, in the index folder those of `acobot calibrate`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from acobot.calibration.record import Calibration
from acobot.errors import ModelError

_HERE = Path(__file__).parent
PACKAGED = "all-MiniLM-L6-v2.json"
MADE = "calibration-*.json"
DIRECTIONS = "directions-*.npy"


@cache
def packaged_calibration() -> Calibration:
    """The record of the packaged model."""
    return read_calibration(_HERE / PACKAGED)


def find_calibration(index: Path, encoder: str, encoder_sha256: str) -> Calibration:
    """The record of an encoder, by its digest. Raises `ModelError` where there is none."""
    for path in _records(index):
        found = read_calibration(path)
        if found.encoder_sha256 == encoder_sha256:
            return found
    raise ModelError(
        f"nothing was fitted to the model {encoder} ({encoder_sha256[:12]}): scores and confidence would mean nothing. "
        "Run 'acobot calibrate QUESTIONS…' with questions on your sources, or set ACOBOT_MODEL=packaged"
    )


def read_calibration(path: Path) -> Calibration:
    """The record in a file. Raises `ModelError`, which names the file and the value."""
    try:
        return TypeAdapter(Calibration).validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise ModelError(f"{path} is no calibration: {where}: {first['msg']}; run 'acobot calibrate'") from None


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Writes the record, a line a value."""
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")


def path_in(index: Path, calibration: Calibration) -> Path:
    """Where a record that was made for an index lies."""
    return index / MADE.replace("*", calibration.encoder_sha256[:12])


def _records(index: Path) -> Iterator[Path]:
    """The files of records; those made for the index come first."""
    yield from sorted(index.glob(MADE))
    yield from sorted(_HERE.glob("*.json"))


def directions_path(encoder_sha256: str) -> Path:
    """Where the directions lie that an encoder's token vectors are stored along in a large index (see `training`)."""
    return _HERE / DIRECTIONS.replace("*", encoder_sha256[:12])


def find_directions(index: Path, encoder_sha256: str) -> Path | None:
    """The file of an encoder's directions (k, d), packaged or in the index folder; None where there is none."""
    packaged = directions_path(encoder_sha256)
    return next((path for path in (packaged, index / packaged.name) if path.is_file()), None)
