"""A report → a picture: how far confidence can be believed, what each further quote brings. By matplotlib."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from acobot.errors import MissingLibraryError
from acobot.evaluation.metrics import Bin
from acobot.evaluation.reporting import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, ACCENT, PALE, GRID = "#1d2a33", "#00617a", "#bcd7df", "#e3e7ea"


def check_plotting() -> None:
    """Raises `MissingLibraryError`, with the mend, where there is no matplotlib to plot with."""
    if find_spec("matplotlib") is None:
        raise MissingLibraryError("the plot", "matplotlib")


def save_plot(report: Report, title: str, path: Path) -> None:
    """Writes a PNG: left the calibration curve with its bins' sizes, right coverage by number of quotes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK}):
        figure = Figure(figsize=(11.5, 5.6), dpi=130, layout="constrained")
        panels = figure.subplot_mosaic(
            [["curve", "coverage"], ["sizes", "coverage"]],
            height_ratios=(4, 1),
            gridspec_kw={"wspace": 0.08},
        )
        _draw_calibration(panels["curve"], report)
        _draw_sizes(panels["sizes"], report)
        _draw_coverage(panels["coverage"], report)
        figure.suptitle(title, fontsize=10, x=0.01, ha="left")
        figure.savefig(path, format="png")


def _draw_calibration(axes: Axes, report: Report) -> None:
    """A bar for the share of each bin that the sources answer, and a point where its mean confidence lies."""
    lows, bins = _bins(report)
    means, shares = [one.mean for one in bins], [one.share for one in bins]
    axes.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle="--", label="as it should be")
    axes.bar(lows, shares, 1 / len(report.calibration), align="edge", color=PALE, edgecolor="white")
    axes.plot(means, shares, color=ACCENT, marker="o", clip_on=False, zorder=3, label="measured")
    error = "" if report.calibration_error is None else f" (mean error {report.calibration_error:.3f})"
    _frame(axes, f"Can its confidence be believed?{error}", "share that the sources answer")
    axes.set_xlim(0, 1)
    axes.tick_params(labelbottom=False)
    axes.legend(loc="upper left", bbox_to_anchor=(0.01, 0.96), edgecolor="none", framealpha=0.85)


def _draw_sizes(axes: Axes, report: Report) -> None:
    """How many questions each bin holds."""
    lows, bins = _bins(report)
    bars = axes.bar(
        lows, [one.count for one in bins], 1 / len(report.calibration), align="edge", color=PALE, edgecolor="w"
    )
    axes.bar_label(bars, fontsize=8.5, padding=2)
    axes.margins(y=0.35)
    axes.set_xlim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("questions")
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)


def _draw_coverage(axes: Axes, report: Report) -> None:
    """Coverage within the first quote, the first two, and so on; and the share that was answered at all."""
    points = [(quotes, share) for quotes, share in enumerate(report.coverage_within, 1) if share is not None]
    _frame(axes, "Is the evidence within the quotes?", "share of the answerable questions")
    axes.set_xlabel("within the first so many quotes")
    axes.set_xlim(0.6, len(report.coverage_within) + 0.4)
    axes.set_xticks(range(1, len(report.coverage_within) + 1))
    if report.answered is not None:
        axes.axhline(
            report.answered, color=INK, linewidth=1, linestyle="--", label=f"answered at all, {report.answered:.2f}"
        )
    if points:
        axes.plot(*zip(*points, strict=True), color=ACCENT, marker="o", label="all that is needed is quoted")
    else:
        axes.text(0.5, 0.5, "no evidence is known by place", transform=axes.transAxes, ha="center", va="center")
    for quotes, share in points:
        axes.annotate(f"{share:.2f}", (quotes, share), (8, -14), textcoords="offset points")
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower right", frameon=False)


def _bins(report: Report) -> tuple[list[float], list[Bin]]:
    """The lower edges of the bins that hold anything, and these bins."""
    full = [(place / len(report.calibration), one) for place, one in enumerate(report.calibration) if one]
    return [low for low, _ in full], [one for _, one in full]


def _frame(axes: Axes, title: str, told: str) -> None:
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold", pad=10)
    axes.set_ylabel(told)
    axes.set_ylim(0, 1.04)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=GRID)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)
