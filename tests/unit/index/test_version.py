import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acobot.errors import DamagedIndexError, WrongModelError
from acobot.index import FileEntry, Manifest, SourceEntry, Store, Version
from acobot.index.manifest import write_manifest
from acobot.settings import Settings
from acobot.sources import Site
from tests.fakes import WordEncoder, build, write_sources


@pytest.fixture
def folder(settings: Settings) -> Path:
    """A version of two passages; one has a second vector, from `asks:`."""
    asks = "---\nasks:\n  - Who naps?\n---\n"
    write_sources(settings.sources, {"cats.md": f"{asks}# Cats\n\nCats sleep.\n", "dogs.md": "# Dogs\n\nDogs bark.\n"})
    build(settings)
    store = Store(settings.index)
    return store.path(store.current_id())


def rewrite_manifest(folder: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> None:
    """Changes the manifest and makes the sizes in it those of the files."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for entry in manifest["files"]:
        entry["bytes"] = (folder / entry["path"]).stat().st_size
    change(manifest)
    sources = tuple(SourceEntry(**entry) for entry in manifest.pop("sources"))
    files = tuple(FileEntry(**entry) for entry in manifest.pop("files"))
    manifest.pop("sha256")
    site = Site(**manifest.pop("site"))
    write_manifest(folder, Manifest(**manifest, site=site, sources=sources, files=files))


def test_an_opened_version_has_all_its_parts(folder: Path) -> None:
    version = Version(folder)
    assert version.id == folder.name
    assert (version.corpus.passages, len(version.dense), version.manifest.passages) == (2, 3, 2)
    assert len(version.words.scores("cats")) == 2
    stored = version.corpus.passage(0)
    assert len(version.token_vectors.run(stored.token_file, stored.first_token, stored.last_token).pieces) == 3


def test_only_its_own_model_may_ask_it(folder: Path) -> None:
    version = Version(folder)
    version.check_model(WordEncoder.digest)
    words = (
        rf"another model \(.*, {WordEncoder.digest[:12]}, not abcdef012345\); run 'acobot index', or set ACOBOT_MODEL"
    )
    with pytest.raises(WrongModelError, match=words):
        version.check_model("abcdef0123456789")


@pytest.mark.parametrize(
    "name", ["corpus.sqlite", "dense.faiss", "dense-owners.npy", "piece-weights.npy", "words/data.csc.index.npy"]
)
def test_a_missing_file_is_named_on_opening(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DamagedIndexError, match=f"{name} is missing; run 'acobot index --full'"):
        Version(folder)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("passages", "words has 2 passages instead of 3"),
        ("dimension", "4096 dimensions of the vectors, but the manifest says 4097"),
    ],
)
def test_parts_that_do_not_match_the_manifest_are_refused_with_both_counts(folder: Path, key: str, says: str) -> None:
    rewrite_manifest(folder, lambda manifest: manifest.update({key: manifest[key] + 1}))
    with pytest.raises(DamagedIndexError, match=f"{says}; run 'acobot index --full'"):
        Version(folder)


def test_a_source_too_many_is_noticed(folder: Path) -> None:
    rewrite_manifest(folder, lambda manifest: manifest["sources"].append(manifest["sources"][0]))
    with pytest.raises(DamagedIndexError, match="2 sources in the corpus, but the manifest says 3"):
        Version(folder)


@pytest.mark.parametrize("owners", [[1, 0, 0], [0, 1, 2], [0, 0, 1]])
def test_vectors_that_are_not_those_of_the_passages_are_refused(folder: Path, owners: list[int]) -> None:
    np.save(folder / "dense-owners.npy", np.array(owners, dtype=np.int32))
    rewrite_manifest(folder)
    with pytest.raises(DamagedIndexError, match="the 3 vectors are not those of 2 passages"):
        Version(folder)
