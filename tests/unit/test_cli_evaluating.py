"""`acobot evaluate` in this process, with the word encoder."""

import json
import re
from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.cli import evaluating
from acobot.errors import SettingsError
from tests.fakes import make_assistant

BRIDGE = "The harbour bridge opened in 1932."
ANSWERED = {
    "id": "1",
    "kind": "fact",
    "question": "The harbour bridge opened when?",
    "answerable": True,
    "evidence": [[{"source": "a", "text": BRIDGE}]],
}
MISSED = {**ANSWERED, "id": "2", "kind": "plain", "question": "Is [old] timber cheap?"}
CONVERSATION = {"id": "c", "turns": [{"question": "hello", "answerable": False, "small_talk": True}]}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return make_assistant(tmp_path, {"a.md": f"# Bridges\n\n{BRIDGE}\n"})


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A file of questions and one of conversations."""
    questions, conversations = tmp_path / "some-questions.jsonl", tmp_path / "conversations.jsonl"
    questions.write_text(json.dumps(ANSWERED) + "\n" + json.dumps(MISSED) + "\n", encoding="utf-8")
    conversations.write_text(json.dumps(CONVERSATION) + "\n", encoding="utf-8")
    return [questions, conversations]


def run(assistant: Assistant, files: list[Path], save: Path, floors: object = None) -> list[evaluating.Done]:
    path = save.with_name("floors.json")
    path.write_text(json.dumps(floors))
    plan = evaluating.make_plan(files, floors=path if floors else None, save=save)
    return list(evaluating.run_plan(plan, assistant))


def test_several_files_are_run_saved_and_told_in_one_table(
    assistant: Assistant, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(assistant, files, tmp_path / "saved")
    evaluating.print_table([one.run for one in done])
    evaluating.print_where_saved(done)
    out, err = capsys.readouterr()
    rows = {
        name.strip(): values.split() for name, values in re.findall(r"^(.+?)((?:\s+[\d.–]+)*)\s*$", out, re.MULTILINE)
    }
    assert rows["in the file"] == ["2", "1"]
    assert rows["all evidence quoted"] == ["0.500", "–"]
    assert rows["small talk recognised"] == ["–", "1.000"]
    assert rows["plain"] == ["0.000", "–"]
    assert "spans not found" not in rows
    assert "AUROC of confidence" not in rows  # measured in neither
    assert {"Questions", "Retrieval", "Quotes", "Refusals", "Speed"} <= set(rows)
    assert err == "".join(f"saved in {tmp_path}/saved/{name}\n" for name in ("some-questions", "conversations"))
    assert (tmp_path / "saved" / "some-questions" / "report.json").exists()


def test_json_has_each_run_with_everything(
    assistant: Assistant, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluating.print_as_json(run(assistant, files[:1], tmp_path / "saved"))
    (told,) = json.loads(capsys.readouterr().out)["runs"]
    saved = json.loads((tmp_path / "saved" / "report.json").read_text())
    assert told == {**saved, "saved": str(tmp_path / "saved"), "too_low": []}
    assert set(saved) == {"questions_file", "questions_sha256", "started", "metrics", "circumstances"}


def test_misses_are_listed_word_for_word(
    assistant: Assistant, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluating.print_misses([one.run for one in run(assistant, files, tmp_path / "saved")])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Not answered, though the sources do: 2 (plain), confidence 0.")
    assert line.endswith(": Is [old] timber cheap?")


def test_what_is_below_a_floor_is_told_after_all_were_run(
    assistant: Assistant, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = {"some-questions.jsonl": {"coverage": 0.9}, "conversations.jsonl": {"small_talk": 1}}
    done = run(assistant, files, tmp_path / "saved", floors)
    assert len(done) == 2
    assert evaluating.print_too_low(done)
    told = "below its floor: some-questions.jsonl: coverage is 0.500, not at least 0.9\n"
    assert capsys.readouterr() == ("", told)
    assert not evaluating.print_too_low(done[1:])


def test_all_files_are_read_before_any_is_asked(assistant: Assistant, files: list[Path], tmp_path: Path) -> None:
    files[1].write_text("{}\n")
    with pytest.raises(SettingsError, match=r"conversations\.jsonl, line 1"):
        run(assistant, files, tmp_path / "saved")
    assert not (tmp_path / "saved").exists()
