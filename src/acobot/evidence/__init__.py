"""Candidates → evidence: which sentences answer, which one does so best, and the verdict whether any does."""

from acobot.evidence.asked import SAME_QUESTION, AskedAlike, LimitAlike, likeness
from acobot.evidence.bare_lines import ENDS, LABEL_WORDS, is_label, is_question, leads_in
from acobot.evidence.choosing import MOST_QUOTES, leans
from acobot.evidence.differing import About
from acobot.evidence.finding import find_evidence
from acobot.evidence.openings import find_openings
from acobot.evidence.reading import Readings
from acobot.evidence.records import Disagreement, Evidence, Findings
from acobot.evidence.tables import heads_row
from acobot.evidence.verdict import Features, Reason, Verdict

__all__ = [
    "ENDS",
    "LABEL_WORDS",
    "MOST_QUOTES",
    "SAME_QUESTION",
    "About",
    "AskedAlike",
    "Disagreement",
    "Evidence",
    "Features",
    "Findings",
    "LimitAlike",
    "Readings",
    "Reason",
    "Verdict",
    "find_evidence",
    "find_openings",
    "heads_row",
    "is_label",
    "is_question",
    "leads_in",
    "leans",
    "likeness",
]
