import sys
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from acobot.errors import SettingsError
from acobot.evaluation import Outcome, check_plotting, plotting, report
from tests.unit.evaluation.made import ANSWERED, REFUSED, A, B, make_case, make_outcome

OUTCOMES = [
    make_outcome(make_case((A,)), ANSWERED, 0.95, B, A),
    make_outcome(make_case((A,)), ANSWERED, 0.85, A),
    make_outcome(make_case(), REFUSED, 0.85),
]


def test_the_curve_goes_through_each_bins_mean_and_share() -> None:
    axes = Figure().subplots()
    plotting._draw_calibration(axes, report(OUTCOMES))
    ideal, curve = axes.get_lines()
    assert ideal.get_xydata().tolist() == [[0, 0], [1, 1]]  # type: ignore[union-attr]
    assert curve.get_xydata().tolist() == [pytest.approx([0.85, 0.5]), pytest.approx([0.95, 1.0])]  # type: ignore[union-attr]
    assert [(bar.get_x(), bar.get_height()) for bar in axes.patches] == [(0.8, 0.5), (0.9, 1.0)]  # type: ignore[attr-defined]


def test_each_bin_is_labelled_with_its_size() -> None:
    axes = Figure().subplots()
    plotting._draw_sizes(axes, report(OUTCOMES))
    assert [text.get_text() for text in axes.texts] == ["2", "1"]


def test_coverage_is_drawn_against_the_number_of_quotes() -> None:
    axes = Figure().subplots()
    plotting._draw_coverage(axes, report(OUTCOMES))
    answered, curve = axes.get_lines()
    assert answered.get_ydata() == [1.0, 1.0]
    assert curve.get_xydata().tolist() == [[1, 0.5], [2, 1], [3, 1], [4, 1]]  # type: ignore[union-attr]


@pytest.mark.parametrize("outcomes", [OUTCOMES, OUTCOMES[2:], [make_outcome(make_case(documents=("a",)), REFUSED)], []])
def test_whatever_was_measured_can_be_plotted(tmp_path: Path, outcomes: list[Outcome]) -> None:
    plotting.save_plot(report(outcomes), "questions.jsonl", tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


def test_without_matplotlib_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check_plotting()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        SettingsError, match=r"the plot needs matplotlib, which is not installed; run: .+ -m pip install matplotlib$"
    ):
        check_plotting()
