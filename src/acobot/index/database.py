"""A SQLite file that is only read, by a connection a thread, as SQLite wants it. Knows not what it holds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from acobot.index.reading import cannot_be_read


class Connection(sqlite3.Connection):
    """A connection that is closed when nobody holds it any more, in whatever thread that is noticed."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # where it was never opened
            self.close()


class Database:
    """A file, which is opened by each thread that reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of this thread's.

        Anything amiss in the file raises `DamagedIndexError`; where it cannot be read now, `UnreadableIndexError`.
        """
        try:
            if not hasattr(self._local, "db"):
                address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
                self._local.db = sqlite3.connect(address, uri=True, check_same_thread=False, factory=Connection)
            yield self._local.db
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise cannot_be_read(self._path, error) from None
