"""What people ask and the sources do not answer, counted by a real server with the real model."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import numpy as np
import pytest

from acobot.encoder import Encoder
from acobot.learning import Counts, Learned, Outcome

if TYPE_CHECKING:
    from tests.service import Service

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.model

TOKEN = "a token of the tests"  # noqa: S105
MARKER = "quagmirish"
REFUSED = f"Is the {MARKER} mill painted red or green?"
TEXTS = {
    "mill.md": "# The mill\n\n<!-- asks: When does the mill open? -->\nThe mill opens at nine o'clock.\n\n"
    "## The wheel\n\nThe wheel of the mill was painted in 1904. It turns in the evening.\n"
}


@pytest.fixture(scope="module")
def learning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    from tests.fakes import write_sources
    from tests.service import serving

    folder = tmp_path_factory.mktemp("learning")
    sources = write_sources(folder / "sources", TEXTS)
    with serving(folder, sources, learn="on", maintainer_token=TOKEN) as made:
        yield made


def ask(service: Service, question: str, client: str) -> dict[str, object]:
    """The answer that a client gets."""
    reply = httpx.post(
        f"{service.address}/api/ask", json={"question": question}, headers={"X-Forwarded-For": client}, timeout=60
    )
    assert reply.status_code == 200
    return dict(reply.json())


def wait_for(learned: Learned, questions: int) -> Counts:
    """What is counted, once it is so many questions."""
    deadline = time.monotonic() + 30
    while not (counts := learned.read()) or sum(counts.totals.values()) < questions:
        assert time.monotonic() < deadline, counts
        time.sleep(0.2)
    return counts


def test_what_is_refused_is_counted_and_nothing_of_it_is_kept(
    learning: Service, encoder: Encoder, tmp_path: Path
) -> None:
    answers = [ask(learning, REFUSED, f"192.0.2.{number}") for number in range(5)]
    answers.append(ask(learning, "When does the mill open?", "192.0.2.9"))
    assert [one["status"] for one in answers] == ["not_in_sources"] * 5 + ["answered"]
    counts = wait_for(Learned(learning.index / "learned.sqlite", 30), 6)
    assert counts.totals == {Outcome.ANSWERED: 1, Outcome.REFUSED: 5}
    (fed,) = counts.fed
    assert (fed.asked, [word.word for word in fed.words]) == (5, ["painted"])

    vector = encoder.encode([REFUSED], as_question=True)[0].vector
    files = [path for path in learning.index.parent.rglob("*") if path.is_file()]
    assert learning.index / "learned.sqlite" in files
    for path in files:
        written = path.read_bytes()
        assert MARKER.encode() not in written, path
        assert vector[:4].astype(np.float32).tobytes() not in written, path
        assert b"192.0.2." not in written, path
    assert not [line for line in learning.log if MARKER in line or "192.0.2." in line]

    page = httpx.get(f"{learning.address}/gaps", auth=("maintainer", TOKEN), timeout=60)
    assert "5 questions on 1 day" in page.text
    assert "painted" in page.text
    assert MARKER not in page.text
    assert httpx.get(f"{learning.address}/gaps", auth=("maintainer", MARKER), timeout=60).status_code == 401

    for command, key, expected in (("gaps", "gaps", 1), ("coverage", "never", 1)):
        done = subprocess.run(
            [sys.executable, "-m", "acobot", command, "--json", "--index", str(learning.index)],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert len(json.loads(done.stdout)[key]) == expected
        assert MARKER not in done.stdout


def test_a_file_that_goes_away_breaks_no_answer(learning: Service) -> None:
    path = learning.index / "learned.sqlite"
    learned = Learned(path, 30)
    counted = learned.read()
    before = ask(learning, REFUSED, "192.0.2.1")
    wait_for(learned, sum(counted.totals.values()) + 1 if counted else 1)
    path.unlink()
    path.mkdir()
    try:
        assert ask(learning, REFUSED, "192.0.2.1") == before
        learning.wait_for("answers that are not counted: 1", 30)
    finally:
        path.rmdir()
    assert ask(learning, REFUSED, "192.0.2.1") == before
    assert wait_for(learned, 1).totals == {Outcome.REFUSED: 1}
