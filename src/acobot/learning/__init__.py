"""What people ask and the sources do not answer, counted by lines of the sources, so that no message is kept."""

from acobot.learning.coverage import Coverage, NeverQuoted, find_coverage, passages_quoted
from acobot.learning.gaps import Gap, Gaps, find_gaps
from acobot.learning.learned import LEAST, Counts, Learned
from acobot.learning.learner import Learner, asker
from acobot.learning.noticing import Outcome, notice
from acobot.learning.places import Near

__all__ = [
    "LEAST",
    "Counts",
    "Coverage",
    "Gap",
    "Gaps",
    "Learned",
    "Learner",
    "Near",
    "NeverQuoted",
    "Outcome",
    "asker",
    "find_coverage",
    "find_gaps",
    "notice",
    "passages_quoted",
]
