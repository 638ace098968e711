"""What the bench measures with, where it can be worked out."""

import subprocess
import sys
import time

from tests.paths import REPOSITORY


def test_the_age_of_a_process_counts_what_it_did_before_it_measures() -> None:
    script = "import time; time.sleep(0.5); from tests.bench.measuring import age; print(age())"
    before = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert 0.5 <= float(ran.stdout) <= time.monotonic() - before + 0.05
