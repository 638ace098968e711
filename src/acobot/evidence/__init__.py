"""Candidates → evidence: which sentences answer, and how sure it is that any does."""

from acobot.evidence.answerability import FITTED_SHARE
from acobot.evidence.choosing import MOST_QUOTES, Differing, Evidence, Findings, find_evidence, leans

__all__ = ["FITTED_SHARE", "MOST_QUOTES", "Differing", "Evidence", "Findings", "find_evidence", "leans"]
