"""Candidates → evidence: which sentences answer, which one does so best, and the verdict whether any does."""

from acobot.evidence.asked import SAME_QUESTION, AskedAlike, LimitAlike, likeness
from acobot.evidence.choosing import MOST_QUOTES, leans
from acobot.evidence.finding import find_evidence, find_openings
from acobot.evidence.reading import Readings
from acobot.evidence.records import Differing, Evidence, Findings
from acobot.evidence.verdict import ANSWER_FROM, FITTED_SHARE, Reason, Signs, Verdict

__all__ = [
    "ANSWER_FROM",
    "FITTED_SHARE",
    "MOST_QUOTES",
    "SAME_QUESTION",
    "AskedAlike",
    "Differing",
    "Evidence",
    "Findings",
    "LimitAlike",
    "Readings",
    "Reason",
    "Signs",
    "Verdict",
    "find_evidence",
    "find_openings",
    "leans",
    "likeness",
]
