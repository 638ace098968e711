"""`python -m tests.load.soak [OUT]`, for as many minutes as MINUTES says (30); saved as JSON.

What must hold: no answer wrong, none lost, memory flat within 5 % once warm, p99 at most ten times p50.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.load.soak.running import Plan, soak
from tests.paths import REPOSITORY

QUESTIONS = tuple(
    REPOSITORY / "tests/evaluation" / f"{name}.jsonl"
    for name in ("questions", "public", "more-public", "third-public", "fourth-public", "fifth-public")
)
MOST_QUESTIONS = 240
MOST_GROWTH = 0.05
MOST_RATIO = 10.0


def main() -> int:
    """Runs, saves and judges; the exit code."""
    minutes = float(os.environ.get("MINUTES") or 30)
    out = Path(sys.argv[1] if len(sys.argv) > 1 else f"artefacts/soak/{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
    plan = Plan(minutes * 60, REPOSITORY / "sources", QUESTIONS, MOST_QUESTIONS)
    with tempfile.TemporaryDirectory(prefix="soak-") as work:
        seen = soak(plan, Path(work), lambda line: print(line, flush=True))
    short = fell_short(seen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"fell_short": short, **seen}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    memory = {name: value for name, value in seen["memory"].items() if name != "samples"}
    print(
        f"{seen['asked']:,} asked, {seen['wrong']} wrong, {seen['lost']} lost; p50 {seen['seconds']['p50']} s, "
        f"p99 {seen['seconds']['p99']} s; memory {memory}; saved in {out}"
    )
    for line in short:
        print(f"fell short: {line}")
    return bool(short)


def fell_short(seen: dict[str, Any]) -> list[str]:
    """What does not hold that must."""
    growth, ratio = seen["memory"].get("growth", 0.0), seen["seconds"]["p99_to_p50"]
    short = {
        f"{seen['wrong']} wrong answers": seen["wrong"],
        f"{seen['lost']} lost": seen["lost"],
        f"memory grew by {growth:.1%}": abs(growth) > MOST_GROWTH,
        f"p99 is {ratio} times p50": ratio > MOST_RATIO,
    }
    return [line for line, is_so in short.items() if is_so]


if __name__ == "__main__":
    sys.exit(main())
