"""A thousand documents with the real model: what changing one costs, with everything counted, and memory."""

import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.encoder import Encoder
from acobot.index import Store
from tests.fakes import write_sources
from tests.unit.test_build import digests

pytestmark = [pytest.mark.long, pytest.mark.model, pytest.mark.timeout(900)]

DOCUMENTS, WORDS = 1000, 280
MOST_SHARE = 0.08  # of a full build's time
MOST_GROWTH = 300 * 1024  # kB over the process with the model loaded
SUBJECTS = ["council", "hospital", "doctor", "patient", "service", "minister", "report", "budget", "nurse", "contract"]
VERBS = ["opens", "pays for", "writes about", "closes", "plans", "reviews", "names", "explains", "moves", "supports"]
SCRIPT = """
import resource, sys
from pathlib import Path
from acobot.build import build_index
from acobot.encoder import load_encoder
from acobot.settings import Settings
grown = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
loaded = 0
def load(model):
    global loaded
    encoder = load_encoder(model); loaded = grown()
    return encoder
report = build_index(Settings(sources=Path("sources"), index=Path(sys.argv[1])), load=load)
print(len(report.reused), report.passages, grown() - loaded)
"""


def document(number: int, random: np.random.Generator) -> str:
    """Sentences of which no two documents share one."""
    said, words = [], 0
    while words < WORDS:
        subject, other = random.choice(SUBJECTS, 2)
        place, count = int(random.integers(1000)), int(random.integers(10_000))
        said.append(f"The {subject} of ward {place} {random.choice(VERBS)} {count} rooms of the {other} in {number}.")
        words += len(said[-1].split())
    return f"---\ntitle: Document {number}\npublished: 2018\n---\n\n" + " ".join(said) + "\n"


def index(folder: Path, name: str) -> tuple[float, list[int]]:
    """Builds as a process of its own: seconds from its start to its end, and the numbers that it prints."""
    started = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", SCRIPT, name], cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    assert ran.returncode == 0, ran.stderr
    return seconds, [int(number) for number in ran.stdout.split()]


def test_changing_one_document_of_a_thousand(tmp_path: Path, encoder: Encoder) -> None:
    random = np.random.default_rng(3)
    texts = {f"d{number:04}.md": document(number, random) for number in range(DOCUMENTS)}
    write_sources(tmp_path / "sources", texts)
    full, (_, passages, growth) = index(tmp_path, "index")
    assert passages >= 2 * DOCUMENTS
    assert growth < MOST_GROWTH
    write_sources(tmp_path / "sources", {"d0500.md": texts["d0500.md"] + "\nThe mill of Ambridge was sold in 1893.\n"})
    one, (reused, _, _) = index(tmp_path, "index")
    print(
        f"full {full:.1f} s, one changed {one:.1f} s ({one / full:.1%}); {passages} passages, {growth // 1024} MB more"
    )
    assert reused == DOCUMENTS - 1
    assert one < MOST_SHARE * full
    index(tmp_path, "other")
    stores = Store(tmp_path / "index"), Store(tmp_path / "other")
    assert stores[0].current_id() == stores[1].current_id()
    folders = [store.path(store.current_id()) for store in stores]
    assert digests(folders[0]) == digests(folders[1])
    questions = ["When was the mill of Ambridge sold?", "Who plans rooms of the hospital in 77?", "What is a contract?"]
    for question in questions:
        answers = [json.dumps(asdict(Assistant(store, Means(encoder)).ask(question))) for store in stores]
        assert answers[0] == answers[1]
    assert "1893" in answers[0] or "1893" in Assistant(stores[0], Means(encoder)).ask(questions[0]).answer
