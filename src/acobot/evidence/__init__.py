"""Candidates → evidence: which sentences answer, and how sure it is that any does."""

from acobot.evidence.answerability import ANSWER_FROM, FITTED_SHARE
from acobot.evidence.choosing import MOST_QUOTES, Differing, Evidence, Findings, find_evidence, leans

__all__ = ["ANSWER_FROM", "FITTED_SHARE", "MOST_QUOTES", "Differing", "Evidence", "Findings", "find_evidence", "leans"]
