"""Candidates → evidence: which sentences answer, and how sure it is that any does."""

from acobot.evidence.choosing import MOST_QUOTES, Differing, Evidence, Findings, find_evidence, leans

__all__ = ["MOST_QUOTES", "Differing", "Evidence", "Findings", "find_evidence", "leans"]
