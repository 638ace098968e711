"""One run → a folder that explains itself: `report.json`, `outcomes.jsonl`, `misses.md` and `plot.png`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from acobot.errors import SettingsError
from acobot.evaluation.asking import Outcome
from acobot.evaluation.cases import ReadSource
from acobot.evaluation.circumstances import Circumstances
from acobot.evaluation.metrics import is_covered
from acobot.evaluation.misses import describe_misses
from acobot.evaluation.plotting import save_plot
from acobot.evaluation.reporting import Report, is_right

FOLDER = Path("artefacts", "evaluations")


@dataclass(frozen=True, slots=True)
class Run:
    """One questions file, asked: its outcomes and their report, when and in which circumstances."""

    questions: Path
    started: datetime
    outcomes: tuple[Outcome, ...]
    report: Report
    circumstances: Circumstances

    def as_json(self) -> dict[str, Any]:
        """All but the outcomes."""
        return {
            "questions_file": self.questions.name,
            "questions_sha256": hashlib.sha256(self.questions.read_bytes()).hexdigest(),
            "started": f"{self.started.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "metrics": asdict(self.report),
            "circumstances": asdict(self.circumstances),
        }


def choose_folders(questions: Sequence[Path], save: Path | None, started: datetime) -> tuple[Path, ...]:
    """Where each file's run is saved: in `save`, or a folder in it for each of several; else under `FOLDER`, by time.

    Raises `SettingsError` where two files have the same name.
    """
    stems = [file.stem for file in questions]
    if len(set(stems)) < len(stems):
        raise SettingsError(f"two of the questions files have one name ({', '.join(stems)}); evaluate them apart")
    if save is not None:
        return (save,) if len(stems) == 1 else tuple(save / stem for stem in stems)
    return tuple(FOLDER / f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{stem}" for stem in stems)


def save_run(run: Run, folder: Path, read_source: ReadSource) -> None:
    """Writes the run's files into a folder, made where it is not there. Raises `SettingsError`."""
    title = f"{run.questions.name} · index {run.circumstances.index} · {run.started.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    records = (json.dumps(describe_outcome(one), ensure_ascii=False) + "\n" for one in run.outcomes)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps(run.as_json(), indent=2) + "\n", encoding="utf-8")
        (folder / "outcomes.jsonl").write_text("".join(records), encoding="utf-8")
        (folder / "misses.md").write_text(describe_misses(title, run.outcomes, read_source), encoding="utf-8")
        save_plot(run.report, title, folder / "plot.png")
    except OSError as error:
        raise SettingsError(f"the run cannot be saved in {folder} ({error}); name another folder with --save") from None


def describe_outcome(one: Outcome) -> Mapping[str, Any]:
    """A line of `outcomes.jsonl`; spans are [source, start, end], places are counted from 1."""
    case, answer = one.case, one.answer
    return {
        "id": case.id,
        "kind": case.kind,
        "question": case.question,
        "searched_for": answer.searched_for,
        "answerable": case.answerable,
        "status": answer.status.value,
        "confidence": answer.confidence,
        "right": is_right(one),
        "covered_parts": [is_covered(part, one.quoted) for part in case.parts],
        "evidence": case.parts,
        "evidence_ranks": one.ranks.parts,
        "documents": case.documents,
        "relevant_ranks": one.ranks.relevant,
        "relevant_expected": one.ranks.expected,
        "quotes": [
            {"span": span, "text": quote.text, "role": quote.role.value, "group": quote.group}
            for span, quote in zip(one.quoted, answer.quotes, strict=True)
        ],
        "milliseconds": round(one.milliseconds, 2),
    }
