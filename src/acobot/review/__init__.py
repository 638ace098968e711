"""What a maintainer looks at: what changed from one version to another, also in answers, and what the sources lack."""

from acobot.review.answers import AnswerChange, Asked, compare_answers, read_questions
from acobot.review.diff import VersionDiff, diff_versions
from acobot.review.survey import SourceSurvey, survey_sources
from acobot.review.twins import Twins, find_twins
from acobot.review.words import GONE, NEW, SAME, PassageChange

__all__ = [
    "GONE",
    "NEW",
    "SAME",
    "AnswerChange",
    "Asked",
    "PassageChange",
    "SourceSurvey",
    "Twins",
    "VersionDiff",
    "compare_answers",
    "diff_versions",
    "find_twins",
    "read_questions",
    "survey_sources",
]
