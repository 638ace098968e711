"""One document of a large index is changed and the index built again (`python -m tests.load.changing FOLDER`)."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from acobot.build import build_index
from tests.load.scale import settings_of


def main(folder: Path) -> dict[str, float]:
    settings = settings_of(folder)
    path = min((folder / "sources").glob("*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\nThe mill of Ambridge was sold in 1893.\n", encoding="utf-8")
    clock, processor = time.perf_counter(), time.process_time()
    report = build_index(settings)
    return {
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "passages": report.passages,
        "reused": len(report.reused),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
