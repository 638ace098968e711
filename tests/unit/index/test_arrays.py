"""Arrays on disk, as a process holds them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acobot.index.arrays import let_go, load_array


def resident(path: Path) -> int:
    """How many kB of a mapped file this process holds."""
    lines = Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.endswith(str(path)))
    return int(next(line for line in lines[at:] if line.startswith("Rss:")).split()[1])


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="needs Linux's list of what a process holds")
def test_what_was_let_go_is_not_held_and_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.arange(1_000_000, dtype=np.int32))
    mapped = load_array(path, np.int32, mapped=True)
    assert int(mapped.sum()) == 499_999_500_000
    assert resident(path) > 3000
    let_go(mapped)
    assert resident(path) == 0
    assert mapped[999_999] == 999_999


def test_an_array_in_memory_is_kept_as_it_is() -> None:
    array = np.arange(3, dtype=np.int32)
    let_go(array)
    assert array.tolist() == [0, 1, 2]


def test_no_two_threads_read_a_header_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.arange(3, dtype=np.int32))
    real, at_once, most = np.load, [], [0]

    def load(*args: Any, **how: Any) -> Any:
        at_once.append(1)
        most[0] = max(most[0], len(at_once))
        time.sleep(0.01)
        at_once.pop()
        return real(*args, **how)

    monkeypatch.setattr(np, "load", load)
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda _: load_array(path, np.int32).tolist(), range(8)))
    assert read == [[0, 1, 2]] * 8
    assert most == [1]
