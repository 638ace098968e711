import json
from pathlib import Path

import pytest

from acobot.answer import Status
from acobot.errors import SettingsError
from acobot.evaluation import (
    Case,
    Outcome,
    Span,
    area_under_roc,
    character_overlap,
    expected_calibration_error,
    is_covered,
    read_cases,
    report,
    run_case,
)
from tests.fakes import make_assistant

A: Span = ("a", 0, 10)
B: Span = ("b", 0, 10)


def outcome(answerable: bool, status: Status, confidence: float, *quoted: Span) -> Outcome:
    parts = ((A,),) if answerable else ()
    return Outcome(Case("1", "fact", "Why?", (), answerable, parts), status, confidence, quoted, 20, 5.0)


def test_a_part_is_covered_by_any_alternative_that_lies_within_the_quotes() -> None:
    assert is_covered([A, B], [("b", 0, 12)])
    assert is_covered([A], [("a", 0, 5), ("a", 5, 10)])
    assert not is_covered([A, B], [("a", 0, 9), ("c", 0, 10)])


def test_overlap_counts_characters() -> None:
    assert character_overlap([[A]], [("a", 5, 15)]) == (0.5, 0.5)
    assert character_overlap([[A], [B]], [A]) == (1.0, 0.5)
    assert character_overlap([[A]], []) == (0.0, 0.0)


def test_the_area_is_the_chance_that_a_positive_scores_higher() -> None:
    assert area_under_roc([0.9, 0.4], [0.4, 0.1]) == (1 + 1 + 0.5 + 1) / 4
    assert area_under_roc([], [0.4]) is None


def test_calibration_error_is_the_distance_from_frequencies() -> None:
    assert expected_calibration_error([(0.8, True), (0.8, True), (0.8, True), (0.8, False)]) == pytest.approx(0.05)
    assert expected_calibration_error([(1.0, True), (0.0, False)]) == 0
    assert expected_calibration_error([]) is None


def test_the_report_counts_each_kind_of_right_and_wrong() -> None:
    measured = report(
        [
            outcome(True, Status.ANSWERED, 0.9, A),
            outcome(True, Status.ANSWERED, 0.8, B),
            outcome(True, Status.NOT_IN_SOURCES, 0.2),
            outcome(False, Status.NOT_IN_SOURCES, 0.1),
            outcome(False, Status.ANSWERED, 0.3, B),
        ]
    )
    assert (measured.questions, measured.answerable) == (5, 3)
    assert measured.coverage == pytest.approx(1 / 3)
    assert measured.coverage_of_answered == 0.5
    assert measured.answered == pytest.approx(2 / 3)
    assert measured.declined == 0.5
    assert measured.f1 == 0.5
    assert measured.auroc == pytest.approx(5 / 6)
    assert measured.words_an_answer == 20
    assert measured.coverage_by_kind == {"fact": pytest.approx(1 / 3)}


def test_a_file_of_questions_is_asked(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "The harbour bridge opened in 1932.\n"})
    evidence = [[{"source": "a", "text": "The harbour bridge opened in 1932."}, {"source": "a", "start": 0, "end": 5}]]
    line = {"id": "1", "question": "The harbour bridge opened when?", "answerable": True, "evidence": evidence}
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    (case,) = read_cases(path, assistant.version().corpus.source)
    assert case.parts == ((("a", 0, 34), ("a", 0, 5)),)
    asked = run_case(case, assistant.ask)
    assert asked.covered
    assert asked.words == 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "line 1: not a question"),
        ('{"id": "1"}', "line 1: not a question"),
        ('{"id": "1", "question": "Q", "answerable": true, "evidence": [[{"source": "a", "text": "No."}]]}', "not say"),
        ("\n", "holds no questions"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, text: str, message: str) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "The harbour bridge opened in 1932.\n"})
    path = tmp_path / "questions.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        read_cases(path, assistant.version().corpus.source)
