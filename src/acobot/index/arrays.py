"""Arrays of numbers on disk (.npy): read whole or mapped into memory, or refused by name. Knows not what they mean."""

from __future__ import annotations

import mmap
from pathlib import Path
from threading import Lock
from tokenize import TokenError
from typing import Any

import numpy as np
import numpy.typing as npt

from acobot.errors import DamagedIndexError
from acobot.index.reading import cannot_be_read

# What numpy raises for a file that is missing, cut off or no array: its header is a Python literal.
UNREADABLE = (OSError, ValueError, EOFError, SyntaxError, TokenError)
# Where two threads parse such a literal at once, Python 3.11 may fail with a SystemError (python/cpython#106905).
_READING = Lock()


def read_array(path: Path, *, mapped: bool = False) -> npt.NDArray[Any]:
    """What a file holds, read by one thread at a time. Raises one of `UNREADABLE`."""
    with _READING:
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)
    return array


def load_array(path: Path, dtype: npt.DTypeLike, *, mapped: bool = False) -> npt.NDArray[Any]:
    """The rows of numbers in a file, all of type `dtype`. Raises `DamagedIndexError` or `UnreadableIndexError`."""
    try:
        array = read_array(path, mapped=mapped)
    except UNREADABLE as error:
        raise cannot_be_read(path, error) from None
    if array.dtype != np.dtype(dtype) or array.ndim != 1:
        raise DamagedIndexError(f"{path} does not hold rows of {np.dtype(dtype)}; run 'acobot index --full'")
    return array


def let_go(array: npt.NDArray[Any]) -> None:
    """Takes the pages of a mapped array out of this process's memory; they are read again when they are looked at."""
    mapped = getattr(array, "_mmap", None)
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)
