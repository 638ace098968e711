import json
from pathlib import Path

import pytest

from acobot.errors import SettingsError
from acobot.evaluation import find_too_low, read_floors, report
from tests.unit.evaluation.made import ANSWERED, A, make_case, make_outcome

ONE, TWO = Path("somewhere", "one.jsonl"), Path("two.jsonl")


def test_each_file_has_floors_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"one.jsonl": {"coverage": 1}, "two.jsonl": {"auroc": 0.5}, "three.jsonl": {}}))
    assert read_floors(path, [TWO, ONE]) == ({"auroc": 0.5}, {"coverage": 1.0})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"floors\.json cannot be used .*; write \{\"questions file\": \{\"measure\": number\}\}"),
        ("[]", "cannot be used"),
        ('{"one.jsonl": 0.5}', "cannot be used"),
        ('{"one.jsonl": {"coverage": "high"}}', "cannot be used"),
        ('{"two.jsonl": {}}', r"have nothing for 'one\.jsonl'; add an object of measures for it"),
        (
            '{"one.jsonl": {"covrage": 0.5}}',
            "name 'covrage'; the measures are answered, any_quote, .*coverage, ",
        ),
        ('{"one.jsonl": {"coverage_by_kind": 0.5}}', "name 'coverage_by_kind'"),
    ],
)
def test_floors_that_cannot_be_used_are_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message):
        read_floors(path, [ONE])


def test_floors_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"floors\.json cannot be used .*No such file"):
        read_floors(tmp_path / "floors.json", [ONE])


def test_what_is_below_its_floor_is_told_and_above_where_lower_is_better() -> None:
    measured = report([make_outcome(make_case((A,)), ANSWERED, 0.5, A), make_outcome(make_case((A,)), ANSWERED, 0.5)])
    assert find_too_low(measured, {"coverage": 0.5, "words_an_answer": 2, "calibration_error": 0.5}) == ()
    assert find_too_low(
        measured, {"coverage": 0.6, "auroc": 0.5, "words_an_answer": 1.5, "calibration_error": 0.4}
    ) == (
        "coverage is 0.500, not at least 0.6",
        "auroc could not be measured",
        "words_an_answer is 2.000, not at most 1.5",
        "calibration_error is 0.500, not at most 0.4",
    )
