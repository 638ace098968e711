"""How good the answers are: questions with their evidence → measures. All but asking and saving is pure functions."""

from acobot.evaluation.asking import Outcome, Subject, make_subject, run_cases
from acobot.evaluation.cases import Case, Span, make_cases, read_cases, read_lines
from acobot.evaluation.circumstances import Circumstances, describe_circumstances
from acobot.evaluation.floors import find_too_low, read_floors
from acobot.evaluation.misses import find_misses
from acobot.evaluation.plotting import check_plotting
from acobot.evaluation.reporting import Report, is_right, report
from acobot.evaluation.saving import Run, choose_folders, save_run

__all__ = [
    "Case",
    "Circumstances",
    "Outcome",
    "Report",
    "Run",
    "Span",
    "Subject",
    "check_plotting",
    "choose_folders",
    "describe_circumstances",
    "find_misses",
    "find_too_low",
    "is_right",
    "make_cases",
    "make_subject",
    "read_cases",
    "read_floors",
    "read_lines",
    "report",
    "run_cases",
    "save_run",
]
