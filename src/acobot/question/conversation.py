"""Follow-up questions: which lean on the conversation, and the words that they lack. Pure text, no language model.

A question leans if it points back ("it", "they", "that one"), is cut short ("why?", "and in Manchester?") or says next to
nothing of its own. Where it stands for another word of the question before it ("no, I meant the Cedar", "and in
Manchester?", "why?"), that question is asked with it. Else it is given the topic: at most three names and terms of the
question before it, which itself may have leaned. They stand in brackets after the question, so that the whole can be
asked alone and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from acobot.question.signposting import find_sign
from acobot.question.small_talk import without_courtesies
from acobot.question.swapping import asks_itself, correction_of, put_in_place, reopen
from acobot.question.text import QUESTION_LENGTH, clean_text, fold_for_search
from acobot.question.topic import Kind, Term, content_words, find_terms, stem
from acobot.question.turns import Turn, find_turn

MESSAGE_LENGTH = 4000
HISTORY_MESSAGES = 20
TOPIC_TERMS = 3
TOPIC_WORDS = 12  # of all terms together
SUBJECT_WITHIN = 15  # characters: a name that begins later is not what the sentence speaks of

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
    \b(?:they|them|their|theirs|he|him|his|she|her|hers|these|those|such|the\ same(?!\ as\b)|the\ (?:former|latter)|the\ other|others
      |the\ (?:first|second|third|last)(?:\ ones?\b|(?=\W*$|\ (?:is|was|are|were|do|does|did|will|would|has|had)\b))|that\ one|this\ one|another\ one|both|said)\b
    | (?<!\bis\ )(?<!\bwas\ )(?<!\bmakes\ )\bit(?:s|['’]s)?\b
    | \bones?\b(?=\W*$) | \b(?:included|excluded|exempt|covered|join(?:ing)?\ in)\b(?=\W*$) | \bany\b(?=\W*$|\ (?:in|at|near|left|yet|around|so\ far)\b) | \b(?:dis)?agree\W*$
    | \bthis\b(?!\ (?:year|month|week|time))
    | \bthat\b(?=\W*$|\ (?:is|was|are|were|mean|means|work|works|happen|happens|make|makes|cost|affect|change|help|apply|for|in)\b)
    | (?:of|about|like|for|with|from|to|by|at|on|in|after|before|than|does|did|do|is|was)\ that\b
    | (?<!\bis\ )(?<!\bare\ )(?<!\bwas\ )(?<!\bwere\ )(?<!\bbe\ )(?<!\bhave\ )(?<!\bhas\ )\bthere\b(?!\ (?:is|are|was|were|will|be|any|a|has|have)\b)
    """,
    _FLAGS,
)
_ONE_THING = re.compile(r"^\W*how\b.*\bit\b|\b(?:he|he['’]s|him|his|she|she['’]s|her)\b", re.IGNORECASE)
_OWNS = re.compile(r"its|their|his|her", re.IGNORECASE)
_CLAUSE = re.compile(
    r",|;|\b(?:and|if|when|because|so|but|while|although|that|which|who|before|after|unless)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z]{2,}")  # an abbreviation, which is a topic of its own
_MARKER = re.compile(r"\s*\[\d{1,2}\]")
_ASKS_FOR_A_NAME = re.compile(r"\W*(?:(?:and|but|so)\W+)?(?:who|which|whose|where)\b", re.IGNORECASE)
_AND = re.compile(r"[A-Z][\w'’-]+ and ")
_IS_A_DATE = re.compile(r"\d")  # or a number: no thing that a question could go on about
_NO_TOPIC = frozenset(["not_in_sources", "small_talk", "signposted"])
_NO_QUESTION = frozenset(["small_talk", "signposted"])


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, as the client tells it; nothing in it is trusted but as words to search with.

    `status` is that of an earlier reply, or "" where the client does not tell it.
    """

    role: Literal["user", "assistant"]
    content: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with the words that it lacks; `turn` where it is the one before, asked again.

    `terms` are what it is about, the topic's that it leans on among them.
    """

    text: str
    turn: Turn | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """What was asked before: the last question, complete, and the terms of the last one that was no dead end."""

    question: str = ""
    terms: tuple[Term, ...] = ()


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
) -> Completed:
    """The question with the words that it lacks, from the conversation before it; unchanged where it lacks none.

    What a refused question was about is no topic, nor is what was pointed to people; the status of a reply tells, and
    where the client leaves it out, whether the reply begins as one of `refusals` or `signposts` do.
    """
    before = _Before()
    turns = history[-HISTORY_MESSAGES:]
    for place, message in enumerate(turns):
        if message.role != "user":
            continue
        asked = without_courtesies(fold_for_search(clean_text(message.content[:QUESTION_LENGTH])))[1]
        reply = next((later for later in turns[place + 1 : place + 2] if later.role == "assistant"), None)
        status = _status(asked, reply, refusals, signposts)
        if not asked or status in _NO_QUESTION:
            continue
        completed = _complete(asked, before)
        if completed.turn:
            continue
        terms = before.terms if status in _NO_TOPIC else _with_answer(asked, completed.terms or before.terms, reply)
        before = _Before(completed.text, terms)
    return _complete(question, before)


def says_something(question: str) -> bool:
    """Whether a question has any word that can be searched for ("why?" and "is it" have none)."""
    return any(len(word) > 1 for word in content_words(question))


def _complete(question: str, before: _Before) -> Completed:
    if not before.question:
        return _alone(question)
    if turn := find_turn(question):
        return Completed(before.question, turn)
    corrected = correction_of(question)
    if not corrected and not leans_on_history(question):
        return _alone(question)
    if corrected and asks_itself(corrected) and any(term.named for term in find_terms(corrected)):
        return _complete(corrected, before)
    if corrected:
        restored = put_in_place(corrected, before.question, corrects=True)
    else:
        restored = put_in_place(question, before.question) or reopen(question, before.question)
    if restored and len(restored) <= QUESTION_LENGTH:
        return _alone(restored)
    lacking = _with_terms(corrected or question, _pointed_at(question, before.terms))
    terms = _choose([*find_terms(corrected or question), *before.terms])
    return Completed(lacking if len(lacking) <= QUESTION_LENGTH else question, terms=terms)


def _pointed_at(question: str, terms: Sequence[Term]) -> Sequence[Term]:
    """The terms that a question may mean: where it asks for a measure or a person, what has a name, if anything has."""
    named = [term for term in terms if term.kind is Kind.NAME]
    return named if named and _ONE_THING.search(question) else terms


def _alone(question: str) -> Completed:
    return Completed(question, terms=_choose(find_terms(question)))


def _status(asked: str, reply: Message | None, refusals: Sequence[str], signposts: Sequence[str]) -> str:
    """The status of a reply: as the client tells it, else by how the reply begins."""
    if reply and reply.status:
        return reply.status
    said = clean_text(reply.content) if reply else ""
    if any(said.startswith(signpost) for signpost in signposts) or find_sign(asked):
        return "signposted"
    return "not_in_sources" if any(said.startswith(refusal) for refusal in refusals) else ""


def _with_answer(asked: str, terms: tuple[Term, ...], reply: Message | None) -> tuple[Term, ...]:
    """The terms of a question, and before them the name that the answer opens with where a name was asked for.

    Where the question names nothing but a date, what the answer opens with is the topic.
    """
    if not reply:
        return terms
    told = find_terms(_first_sentence(reply.content))
    if terms and all(_IS_A_DATE.search(term.text) for term in terms):
        return _choose([term for term in told if not _IS_A_DATE.search(term.text)][:1] or terms)
    if not _ASKS_FOR_A_NAME.match(asked) or any(_is_proper(term) for term in find_terms(asked)):
        return terms
    opening = told[:1]
    if len(told) > 1 and _is_proper(told[1]) and _AND.fullmatch(_first_sentence(reply.content)[: told[1].start]):
        opening = told[:2]  # "Ely and Bath …": a capital that opens a sentence says nothing, but the second one does
    if not opening or opening[0].start > SUBJECT_WITHIN or not any(map(_is_proper, opening)):
        return terms
    return _choose([*opening, *terms])


def _is_proper(term: Term) -> bool:
    return term.named and any(word[0].isupper() and not word.isupper() for word in term.text.split())


def _first_sentence(reply: str) -> str:
    told = _MARKER.split(clean_text(reply), maxsplit=1)[0]
    return re.split(r"(?<=[.!?])\s", told, maxsplit=1)[0]


def _choose(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The first few terms, names before others, without those whose words others before them have."""
    kept: list[Term] = []
    said: set[str] = set()
    for term in sorted(terms, key=lambda term: not term.named):
        words = {stem(word) for word in term.text.split()}
        if not words <= said:
            kept.append(term)
            said |= words
    return tuple(kept[:TOPIC_TERMS])


def _with_terms(question: str, terms: Sequence[Term]) -> str:
    """The question with the terms in brackets, but for their words that it has itself."""
    own = {stem(word) for word in content_words(question)}
    lacking = [word for term in terms for word in term.text.split() if stem(word) not in own][:TOPIC_WORDS]
    return f"{question} ({' '.join(lacking)})" if lacking else question


def _is_outside(question: str, back: re.Match[str]) -> bool:
    """Whether a word that points back has nothing in the question itself to point to."""
    if _OWNS.fullmatch(back[0]) and find_terms(question[: back.start()]):
        return False
    clauses = (clause.start() for clause in _CLAUSE.finditer(question, 0, back.start()))
    return not any(find_terms(question[:start]) for start in clauses)
