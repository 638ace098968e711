"""Programs that some tests need: those are skipped, with the reason, where one is missing, unless it is required."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

PROXIES = "ACOBOT_REQUIRE_PROXIES"  # those of deploy/
CLIENTS = "ACOBOT_REQUIRE_CLIENTS"  # those of the clients of others, for which their tools are installed


def needs(program: str, required_by: str = PROXIES) -> str:
    """Where the program is."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        lacks(f"{program} is not installed", required_by)
    return found


def lacks(reason: str, required_by: str) -> NoReturn:
    """Skips the test that asks, or fails it where the variable that names its kind is 1."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{reason}, and {required_by}=1 asks for the tests that need it")
    pytest.skip(reason)
