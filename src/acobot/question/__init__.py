"""What was typed → a query: clean-up, abbreviations, follow-ups, small talk, signposting. Knows no index's contents."""

from acobot.question.conversation import HISTORY_MESSAGES, MESSAGE_LENGTH, Message, leans_on_history, says_something
from acobot.question.everyday import put_formally
from acobot.question.language import is_foreign_to
from acobot.question.need import Need, find_need, find_sign
from acobot.question.query import Query, as_question, make_query
from acobot.question.small_talk import SmallTalk
from acobot.question.spelling import mend_spelling, with_and_without_apostrophes
from acobot.question.text import QUESTION_LENGTH, clean_question, clean_text
from acobot.question.turns import Turn

__all__ = [
    "HISTORY_MESSAGES",
    "MESSAGE_LENGTH",
    "QUESTION_LENGTH",
    "Message",
    "Need",
    "Query",
    "SmallTalk",
    "Turn",
    "as_question",
    "clean_question",
    "clean_text",
    "find_need",
    "find_sign",
    "is_foreign_to",
    "leans_on_history",
    "make_query",
    "mend_spelling",
    "put_formally",
    "says_something",
    "with_and_without_apostrophes",
]
