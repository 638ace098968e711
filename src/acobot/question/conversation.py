"""Follow-up questions: which lean on the conversation, and the words that they lack. Pure text, no language model.

A question leans if it points back ("it", "they", "that one"), is cut short ("why?", "and in Manchester?") or says next to
nothing of its own. It is then given the topic: the content words of the question before it, which itself may have leaned.
The words stand in brackets after the question, so that the whole can be asked alone and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from acobot.index import STOP_WORDS
from acobot.question.signposting import find_sign
from acobot.question.small_talk import without_courtesies
from acobot.question.text import QUESTION_LENGTH, clean_text

MESSAGE_LENGTH = 4000
HISTORY_MESSAGES = 20
TOPIC_WORDS = 12

_FLAGS = re.IGNORECASE | re.VERBOSE
_CUT_SHORT = re.compile(
    r"""
    \W*(?:
      (?:and|but|or|so|also|then|plus)\b(?!\W+what(?:['’]?s|\ is|\ are)\ an?\b)
    | (?:what|how)\ about\b | what\ of\b | what\ if\ not\b
    | (?:any|some|no)(?:thing|one|body)?\ (?:else|others?|more)\b | (?:what|who|where|how|which)\ (?:else|others?)\b
    | (?:why|how|when|where|who|what|which|really|since\ when|until\ when|by\ whom|for\ whom|how\ (?:so|come|many|much|long))\W*$
    | why\ not\b | (?:like|such\ as)\ (?:what|who)\b | for\ (?:example|instance)\b | (?:which|what)\ ones?\b | which\ (?:is|are|was|were|came|comes)\b
    | (?:tell|give|show)\ me\ (?:more|another|an\ example)\b | (?:go|carry)\ on\b | more\b | explain\b | elaborate\b
    | (?:no|yes|yeah|ok)\b | (?:sorry\W+)?i\ (?:meant|mean)\b | (?:in|for|from|at|by|with|to)\ \w+\W*$
    | (?:is|was|are|were|does|do|did|will|would|can|could|has|have)\ (?:it|they|that|this|he|she|these|those|there\ more)\b
      (?!\ (?:true|right|correct|possible|likely|the\ case|a\ fact|not\ true)\b)
    )
    """,
    _FLAGS,
)
_POINTS_BACK = re.compile(
    r"""
    \b(?:they|them|their|theirs|he|him|his|she|her|hers|these|those|such|the\ same|the\ (?:former|latter)|the\ other|others
      |the\ (?:first|second|third|last)(?:\ one)?|that\ one|this\ one|another\ one|both|said)\b
    | (?<!\bis\ )(?<!\bwas\ )(?<!\bmakes\ )\bit(?:s|['’]s)?\b
    | \bones?\b(?=\W*$) | \bany\b(?=\W*$|\ (?:in|at|near|left|yet|around|so\ far)\b) | \b(?:dis)?agree\W*$
    | \bthis\b(?!\ (?:year|month|week|time))
    | \bthat\b(?=\W*$|\ (?:is|was|are|were|mean|means|work|works|happen|happens|make|makes|cost|affect|change|help|apply|for|in)\b)
    | (?:of|about|like|for|with|from|to|by|at|on|in|after|before|than|does|did|do|is|was)\ that\b
    | (?<!\bis\ )(?<!\bare\ )(?<!\bwas\ )(?<!\bwere\ )(?<!\bbe\ )\bthere\b(?!\ (?:is|are|was|were|will|be|any|a)\b)
    """,
    _FLAGS,
)
_CLAUSE = re.compile(
    r",|;|\b(?:and|if|when|because|so|but|while|although|that|which|who|before|after|unless)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z]{2,}")  # an abbreviation, which is a topic of its own
_MARKER = re.compile(r"\s*\[\d{1,2}\]")
_WORD = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
# Verbs and nouns of asking, which say nothing about the topic.
_ASKING = frozenset(
    [
        "tell",
        "explain",
        "describe",
        "mean",
        "means",
        "meant",
        "know",
        "think",
        "say",
        "says",
        "said",
        "want",
        "need",
        "like",
        "called",
        "define",
        "definition",
        "something",
        "anything",
        "everything",
        "nothing",
        "thing",
        "things",
        "ask",
        "asked",
        "answer",
        "question",
        "please",
        "meaning",
        "involve",
        "involved",
        "happen",
        "happens",
        "happened",
        "come",
        "came",
        "many",
        "much",
        "long",
        "name",
        "true",
        "right",
        "correct",
        "possible",
        "likely",
        "example",
        "next",
    ]
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, as the client tells it; nothing in it is trusted but as words to search with.

    `status` is that of an earlier reply, or "" where the client does not tell it.
    """

    role: Literal["user", "assistant"]
    content: str
    status: str = ""


def leans_on_history(question: str) -> bool:
    """Whether a question lacks words that the conversation has."""
    words = content_words(question)
    if _CUT_SHORT.match(question) or not words:
        return True
    if any(_is_outside(question, back) for back in _POINTS_BACK.finditer(question)):
        return True
    names_its_topic = re.match(
        r"\W*(?:(?:and|but|or|so|also|then|plus)\W+)?(?:what|who)(?:['’]?s|['’]?re|\s+(?:is|are|was|were|does|do|did))\b",
        question,
        re.IGNORECASE,
    )
    names_it = _NAME.search(" ".join(words))
    return len(words) == 1 and not names_its_topic and not names_it


def complete_question(
    question: str, history: Sequence[Message], refusals: Sequence[str] = (), signposts: Sequence[str] = ()
) -> str:
    """The question with the words that it lacks, from the user's questions before it; unchanged where it lacks none.

    `refusals` are beginnings of the assistant's messages that answered nothing: what they replied to is no topic. Nor
    is what `signposts` replied to, or what shows signs of need.
    """
    topic = ""
    turns = history[-HISTORY_MESSAGES:]
    for place, message in enumerate(turns):
        if message.role != "user":
            continue
        asked = without_courtesies(clean_text(message.content[:QUESTION_LENGTH]))[1]
        reply = next((later.content for later in turns[place + 1 : place + 2] if later.role == "assistant"), "")
        refused = any(clean_text(reply).startswith(refusal) for refusal in refusals)
        signposted = any(clean_text(reply).startswith(signpost) for signpost in signposts)
        if not asked or signposted or find_sign(asked):
            continue
        if refused:
            continue
        topic = _with_topic(asked, topic) if topic and leans_on_history(asked) else asked
    if not topic or not leans_on_history(question):
        return question
    return _with_topic(question, topic)


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about, in order, each once."""
    words = [match[0] for match in _WORD.finditer(_MARKER.sub("", text))]
    kept = [word for word in words if not _is_grammar(word)]
    return list({word.casefold(): word for word in reversed(kept)}.values())[::-1]


def says_something(question: str) -> bool:
    """Whether a question has any word that can be searched for ("why?" and "is it" have none)."""
    return any(len(word) > 1 for word in content_words(question))


def _with_topic(question: str, topic: str) -> str:
    """The question with the topic's content words that it does not have itself, in brackets."""
    own = {_stem(word) for word in content_words(question)}
    lacking = [word for word in content_words(topic) if _stem(word) not in own][:TOPIC_WORDS]
    completed = f"{question} ({' '.join(lacking)})" if lacking else question
    return completed if len(completed) <= QUESTION_LENGTH else question


def _is_outside(question: str, back: re.Match[str]) -> bool:
    """Whether a word that points back has nothing in the question itself to point to."""
    clauses = (clause.start() for clause in _CLAUSE.finditer(question, 0, back.start()))
    return not any(content_words(question[:start]) for start in clauses)


def _is_grammar(word: str) -> bool:
    folded = word.casefold().replace("’", "'")
    return folded in STOP_WORDS or folded in _ASKING or folded.removesuffix("'s") in STOP_WORDS


def _stem(word: str) -> str:
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    return folded.removesuffix("s") if len(folded) > 3 else folded
