"""Programs that some tests need: those are skipped, with the reason, where one is missing, unless it is required."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "ACOBOT_REQUIRE_PROXIES"


def needs(program: str) -> str:
    """Where the program is."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{program} is not installed, and {REQUIRED}=1 asks for the tests of deploy/")
        pytest.skip(f"{program} is not installed")
    return found
