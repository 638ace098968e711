"""What tests of time share."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def no_collection() -> Iterator[None]:
    """What other tests left in memory is not collected while the time is taken, which may be a second."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
