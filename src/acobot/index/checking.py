"""Whether a version is, byte for byte, what was written: every file, those of token vectors too."""

from __future__ import annotations

from pathlib import Path

from acobot.index.corpus import Corpus
from acobot.index.manifest import Manifest, check_contents, read_manifest
from acobot.index.token_vectors import TokenVectors


def check_whole(folder: Path) -> Manifest:
    """Reads all of a version. Raises `IndexFault`, which names the first file that is not what was written."""
    manifest = read_manifest(folder)
    check_contents(folder, manifest)
    if manifest.large:  # then the manifest does not list them
        vectors = TokenVectors(folder, manifest.dimension)
        for name in Corpus(folder).token_files():
            vectors.check(name)
    return manifest
