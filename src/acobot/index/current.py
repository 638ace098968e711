"""The file that names the live version: a line, its id, replaced by rename. Knows no versions."""

from __future__ import annotations

import re
from pathlib import Path

from acobot.errors import DamagedIndexError, NoIndexError
from acobot.index.history import replace_file
from acobot.index.reading import unreadable

FILE = "current"
_ID = re.compile(r"[0-9a-f]{16}")


def read_current(folder: Path) -> str:
    """The id that an index folder names. Raises `NoIndexError`, `DamagedIndexError` or `UnreadableIndexError`."""
    path = folder / FILE
    try:
        line = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoIndexError(f"there is no index in {folder}; build one with 'acobot index'") from None
    except (NotADirectoryError, IsADirectoryError, UnicodeDecodeError) as error:
        raise DamagedIndexError(f"{path} cannot be read ({error}); run 'acobot index'") from None
    except OSError as error:
        raise unreadable(path, error) from None
    if not _ID.fullmatch(line):
        raise DamagedIndexError(f"{path} does not name a version; run 'acobot index'")
    return line


def write_current(folder: Path, version_id: str) -> None:
    """Names another version, in one step. Raises `OSError`."""
    replace_file(folder / FILE, f"{version_id}\n")
