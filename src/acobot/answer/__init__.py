"""Evidence → the answer: status, wording, quotes, citations, each quote proved against its source."""

from acobot.answer.composing import cautions_about, compose_answer, compose_reply
from acobot.answer.keeping import KEPT_ANSWERS, KeptAnswers
from acobot.answer.messages import beyond_note, date_in_words, either, listed, quoted
from acobot.answer.quoting import as_read, prove_quote
from acobot.answer.records import (
    Answer,
    Citation,
    CitedPassage,
    CitedSource,
    Difference,
    IndexName,
    LimitSaid,
    Quote,
    Role,
    Signpost,
    Status,
    cite_passage,
    cite_source,
    source_href,
)

__all__ = [
    "KEPT_ANSWERS",
    "Answer",
    "Citation",
    "CitedPassage",
    "CitedSource",
    "Difference",
    "IndexName",
    "KeptAnswers",
    "LimitSaid",
    "Quote",
    "Role",
    "Signpost",
    "Status",
    "as_read",
    "beyond_note",
    "cautions_about",
    "cite_passage",
    "cite_source",
    "compose_answer",
    "compose_reply",
    "date_in_words",
    "either",
    "listed",
    "prove_quote",
    "quoted",
    "source_href",
]
