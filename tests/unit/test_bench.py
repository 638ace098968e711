"""What the bench measures with, where it can be worked out."""

import subprocess
import sys
import time

import onnxruntime

from tests.bench.__main__ import describe_machine
from tests.paths import REPOSITORY


def test_the_age_of_a_process_counts_what_it_did_before_it_measures() -> None:
    script = "import time; time.sleep(0.5); from tests.bench.measuring import age; print(age())"
    before = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert 0.5 <= float(ran.stdout) <= time.monotonic() - before + 0.05


def test_a_run_says_what_it_was_measured_on() -> None:
    machine = describe_machine()
    assert machine["memory"] > 0.1
    assert machine["libraries"].keys() >= {"onnxruntime", "torch", "uvicorn"}
    assert machine["libraries"]["onnxruntime"] == onnxruntime.__version__
    assert len(machine["commit"].removesuffix("-dirty")) in {0, 40, 64}  # none where the tree was copied
