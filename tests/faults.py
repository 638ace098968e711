"""What goes wrong on a machine, made to happen."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def damage(path: Path) -> None:
    """Changes a byte, so that the size stays."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.unlink()  # the file may be shared with other versions
    path.write_bytes(content)


@contextmanager
def no_file_can_be_opened() -> Iterator[None]:
    """As a process is that has too many open files."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, most)
