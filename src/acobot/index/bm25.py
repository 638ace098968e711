"""bm25s without scipy, which it takes along where it is installed: 25 MB that nothing here needs."""

from __future__ import annotations

import importlib
import sys
from typing import Any

_LEFT_OUT = "scipy.sparse"


def _load() -> Any:
    """The module, imported as if scipy were not there; who wants scipy later gets it."""
    if _LEFT_OUT in sys.modules:
        return importlib.import_module("bm25s")
    sys.modules[_LEFT_OUT] = None  # type: ignore[assignment]  # that is how Python marks what is not to be had
    try:
        return importlib.import_module("bm25s")
    finally:
        del sys.modules[_LEFT_OUT]


bm25s = _load()
