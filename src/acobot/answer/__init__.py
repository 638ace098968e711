"""Evidence → the answer: status, wording, quotes, citations, each quote proved against its source."""

from acobot.answer.composing import compose_answer, compose_reply, suggest_questions
from acobot.answer.messages import REFUSALS, SIGNPOSTS, beyond_note, date_in_words
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
    "REFUSALS",
    "SIGNPOSTS",
    "Answer",
    "Citation",
    "CitedPassage",
    "CitedSource",
    "Difference",
    "IndexName",
    "LimitSaid",
    "Quote",
    "Role",
    "Signpost",
    "Status",
    "as_read",
    "beyond_note",
    "cite_passage",
    "cite_source",
    "compose_answer",
    "compose_reply",
    "date_in_words",
    "prove_quote",
    "source_href",
    "suggest_questions",
]
