"""The folders of versions, in the order in which builds ended at them. Knows no contents."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def version_folders(versions: Path) -> list[Path]:
    """The folders in that of all versions, first the one at which a build ended last."""
    found = []
    for path in versions.iterdir() if versions.is_dir() else ():
        with suppress(FileNotFoundError):  # it may go meanwhile
            if path.is_dir():
                found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]
