"""What every step from candidates to findings works on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from acobot.calibration import Calibration
from acobot.encoder import Floats
from acobot.evidence.asked import AskedAlike, LimitAlike
from acobot.evidence.days import DayTable
from acobot.evidence.scoring import Scored
from acobot.evidence.verdict import ANSWER_IN_NEED_FROM, CERTAIN
from acobot.index import Version
from acobot.policies import URGENT
from acobot.question import Query
from acobot.reader import Reader
from acobot.retrieval import Candidate


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """The message, the candidates, and their m scored sentences, with what is known of all of them.

    `matches` (m, n) are of the message's n word pieces, `weights` (n,) theirs, `bonuses` (m,) what counts beside them.
    `lacking` are the names of the message that no candidate holds; `known` says that an `asks:` line asks it word for
    word; `share` of all questions are expected to be answerable.
    """

    version: Version
    query: Query
    candidates: Sequence[Candidate]
    calibration: Calibration
    reader: Reader | None
    share: float
    scored: Sequence[Scored]
    matches: Floats
    bonuses: Floats
    weights: Floats
    asks: tuple[AskedAlike, ...]
    limits: tuple[LimitAlike, ...]
    lacking: tuple[str, ...]
    known: bool
    days: tuple[DayTable, ...]

    @property
    def limit(self) -> LimitAlike | None:
        """The nearest one."""
        return next(iter(self.limits), None)

    @property
    def least(self) -> float:
        """The probability from which it is answered; beside a sign of need only what is surely answered is quoted.

        A message that surely shows need and asks nothing is not answered, however sure the reader is; where the sign is
        doubtful, the reader must be certain.
        """
        fitted = (self.calibration.unread if self.reader is None else self.calibration.read).answer_from
        if self.query.sign is None or self.known:
            return fitted
        if not self.query.asks:
            return CERTAIN if self.query.doubtful else math.inf
        return ANSWER_IN_NEED_FROM if self.query.sign in URGENT and not self.query.doubtful else fitted
