import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from acobot.errors import SettingsError
from acobot.evaluation import Run, choose_folders, describe_circumstances, report, save_run
from acobot.evaluation.circumstances import LIBRARIES, installed
from acobot.evaluation.retrieving import Ranks
from acobot.reader import ReaderInput, Reading
from acobot.sources import Particulars, Source
from tests.fakes import make_assistant
from tests.unit.evaluation.made import ANSWERED, REFUSED, A, B, make_case, make_outcome

NIGHT = datetime(2026, 3, 9, 23, 5, 7, tzinfo=UTC)


class Unread:
    """A reader that reads nothing."""

    name, digest, emphasis_from = "unread", "0123", 1.0

    def read(self, question: str, passages: Sequence[ReaderInput]) -> list[Reading]:
        return []


def read_source(source_id: str) -> Source:
    return Source(source_id, Particulars(title=""), "The harbour bridge", (), (), "", "")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run of three questions, the second of them missed."""
    outcomes = (
        make_outcome(make_case((A,)), ANSWERED, 0.9, A, B, ranks=Ranks(((2,),), (2,), 1), milliseconds=12.345),
        make_outcome(make_case((A,)), REFUSED, 0.2, ranks=Ranks(((),), (), 1)),
        make_outcome(make_case(), REFUSED, 0.1),
    )
    questions = tmp_path / "questions.jsonl"
    questions.write_text("...")
    circumstances = describe_circumstances(make_assistant(tmp_path, {"a.md": "The harbour bridge.\n"}))
    return Run(questions, NIGHT, outcomes, report(outcomes), circumstances)


def test_a_run_is_saved_with_all_that_made_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "folder"
    save_run(run, folder, read_source)
    assert {path.name for path in folder.iterdir()} == {"report.json", "outcomes.jsonl", "misses.md", "plot.png"}
    saved = json.loads((folder / "report.json").read_text())
    assert saved["questions_file"] == "questions.jsonl"
    assert len(saved["questions_sha256"]) == 64
    assert saved["started"] == "2026-03-09T23:05:07Z"
    assert saved["metrics"]["coverage"] == 0.5
    assert saved["metrics"]["calibration"][9] == {"count": 1, "mean": 0.9, "share": 1.0}
    circumstances = saved["circumstances"]
    assert {"acobot", "python", "libraries", "index", "model", "model_sha256", "sources"} <= set(circumstances)
    assert "torch" in circumstances["libraries"]
    assert circumstances["sources"] == 1
    assert (folder / "misses.md").read_text().startswith("# Misses: questions.jsonl · index ")
    assert (folder / "plot.png").read_bytes().startswith(b"\x89PNG")


def test_each_case_has_a_line_with_what_it_got(run: Run, tmp_path: Path) -> None:
    save_run(run, tmp_path, read_source)
    first, second, third = map(json.loads, (tmp_path / "outcomes.jsonl").read_text().splitlines())
    assert first == {
        "id": "1",
        "kind": "fact",
        "question": "Why?",
        "searched_for": "Why?",
        "answerable": True,
        "status": "answered",
        "confidence": 0.9,
        "right": True,
        "covered_parts": [True],
        "evidence": [[["a", 0, 10]]],
        "evidence_ranks": [[2]],
        "documents": [],
        "relevant_ranks": [2],
        "relevant_expected": 1,
        "quotes": [
            {"span": ["a", 0, 10], "text": "four words are here", "role": "lead", "group": 1},
            {"span": ["b", 0, 10], "text": "four words are here", "role": "lead", "group": 1},
        ],
        "milliseconds": 12.35,
    }
    assert (second["status"], second["right"], second["covered_parts"]) == ("not_in_sources", False, [False])
    assert (third["status"], third["right"], third["covered_parts"]) == ("not_in_sources", True, [])


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"the run cannot be saved in .*file.*; name another folder with --save"):
        save_run(run, tmp_path / "file", read_source)


def test_runs_lie_by_time_and_file_unless_a_folder_is_named() -> None:
    one, two = Path("tests", "one.jsonl"), Path("two.jsonl")
    assert choose_folders([one, two], None, NIGHT) == (
        Path("artefacts/evaluations/20260309T230507Z-one"),
        Path("artefacts/evaluations/20260309T230507Z-two"),
    )
    assert choose_folders([one], Path("here"), NIGHT) == (Path("here"),)
    assert choose_folders([one, two], Path("here"), NIGHT) == (Path("here/one"), Path("here/two"))
    with pytest.raises(
        SettingsError, match=r"two of the questions files have one name \(one, one\); evaluate them apart"
    ):
        choose_folders([one, Path("one.jsonl")], None, NIGHT)


def test_what_reads_and_what_the_settings_say_is_told(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "The harbour bridge.\n"})
    without = describe_circumstances(assistant)
    assert (without.reader, without.policy, without.share) == ("", "uk", assistant.means.calibration.share)
    assistant.means = replace(assistant.means, reader=Unread(), policy=None, share=0.3)
    told = describe_circumstances(assistant)
    assert (told.reader, told.policy, told.share) == (Unread.digest, "", 0.3)


def test_the_libraries_that_answer_are_told_and_those_that_are_not_installed_left_out() -> None:
    assert dict(installed(("numpy", "no-such-library"))) == {"numpy": version("numpy")}
    assert {"onnxruntime", "tokenizers"} <= dict(installed(LIBRARIES)).keys()


def test_the_constants_that_steer_answers_are_told() -> None:
    from acobot.evaluation.circumstances import _is_number, steering_constants
    from acobot.evidence.verdict import LIMIT_FROM
    from acobot.reader.pieces import ROW_PIECES
    from acobot.retrieval import CANDIDATES

    constants = steering_constants()
    assert constants["evidence.verdict.LIMIT_FROM"] == LIMIT_FROM
    assert constants["retrieval.CANDIDATES"] == CANDIDATES
    assert constants["reader.pieces.ROW_PIECES"] == ROW_PIECES
    assert not any(name.startswith("evaluation") for name in constants)
    assert json.loads(json.dumps(constants)).keys() == constants.keys()
    assert [_is_number(value) for value in (1, 0.5, (1, 0.5), {"a": 1, "b": (2, 3)})] == [True] * 4
    assert not any(_is_number(value) for value in (True, "1", (), {}, {"a": "1"}, re.IGNORECASE))
