"""What was freed → given back to the system: glibc keeps it, in pieces that fit nothing larger."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Gives the system back what has been freed; nothing with another C library."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def let_go() -> None:
    """As `give_back`, and before that looks for what only its own parts still refer to, such as an opened version."""
    gc.collect()
    give_back()
