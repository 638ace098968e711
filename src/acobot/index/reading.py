"""What is said of a file of the index that cannot be read: it is damaged, or it cannot be read now, which may pass."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from acobot.errors import DamagedIndexError, UnreadableIndexError

MISSING = (FileNotFoundError, NotADirectoryError)
_NOT_NOW = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
_KIND = 0xFF  # the bits of SQLite's codes that name the kind of an error


def cannot_be_read(path: Path, error: Exception, reason: str = "") -> DamagedIndexError | UnreadableIndexError:
    """The error of a file whose reading failed: damaged, unless it is there and the system does not let it be read."""
    if _may_pass(path, error):
        return unreadable(path, error)
    return DamagedIndexError(f"{path} cannot be read ({reason or error}); run 'acobot index --full'")


def unreadable(path: Path, error: Exception) -> UnreadableIndexError:
    """What is said of a file that is there and cannot be read at this moment."""
    reason = getattr(error, "strerror", None) or error
    return UnreadableIndexError(f"{path} cannot be read now ({reason}); check the disk, and the limit on files")


def _may_pass(path: Path, error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & _KIND in _NOT_NOW and os.path.lexists(path)
    return isinstance(error, OSError) and not isinstance(error, (*MISSING, IsADirectoryError))
