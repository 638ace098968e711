"""A disk that can be full: a small one in memory where it may be mounted, else a limit on what a build may write."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 1500  # MB at most; what is not written takes no memory
_FULL_FILE = 4  # blocks that a file may have where the disk is not ours


class SmallDisk:
    """A folder, mounted as a disk of its own if that is allowed; `kind` says which it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.is_mounted = _run("mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder))
        self.kind = "a disk of its own, full" if self.is_mounted else "a limit on the size of a build's files"

    def close(self) -> None:
        """Takes it down, with everything on it."""
        if self.is_mounted:
            _run("umount", "--lazy", str(self.folder))

    @contextmanager
    def full(self) -> Iterator[list[str]]:
        """Meanwhile nothing can be written; gives what must stand before a build's command for that."""
        if not self.is_mounted:
            yield ["sh", "-c", f'ulimit -f {_FULL_FILE} && exec "$@"', "sh"]
            return
        assert any(self._resize(self._used()) for _ in range(20)), "the disk cannot be made smaller"  # the log grows
        try:
            yield []
        finally:
            assert self._resize(f"{ROOM}m"), "the disk cannot be made larger again"

    def _used(self) -> str:
        found = os.statvfs(self.folder)
        return str((found.f_blocks - found.f_bfree) * found.f_frsize)

    def _resize(self, size: str) -> bool:
        return _run("mount", "-o", f"remount,size={size}", str(self.folder))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
