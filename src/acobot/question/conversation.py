"""Follow-up questions: which lean on the conversation, and the words that they lack. Pure text, no language model.

A question leans if it points back ("it", "they", "that one"), is cut short ("why?", "and in Manchester?") or says next to
nothing of its own. Where it stands for another word of the question before it ("no, I meant the Cedar", "and in
Manchester?", "why?"), that question is asked with it. Else it is given the topic: at most three names and terms of the
question before it, which itself may have leaned. They stand in brackets after the question, so that the whole can be
asked alone and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from acobot.languages import Language
from acobot.question.small_talk import without_courtesies
from acobot.question.swapping import asks_itself, correction_of, put_in_place, reopen
from acobot.question.text import QUESTION_LENGTH, clean_text, fold_for_search
from acobot.question.topic import Kind, Term, bare, content_words, find_terms
from acobot.question.turns import Turn, find_turn

MESSAGE_LENGTH = 4000
HISTORY_MESSAGES = 20
TOPIC_TERMS = 3
TOPIC_WORDS = 12  # of all terms together
SUBJECT_WITHIN = 15  # characters: a name that begins later is not what the sentence speaks of

_NAME = re.compile(r"\b[A-Z]{2,}")  # an abbreviation, which is a topic of its own
_SENTENCE_END = re.compile(r"[.!?]\s")
_MARKER = re.compile(r"\s*\[\d{1,2}\]")
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
class Before:
    """What was asked before: the last question, complete, and the terms of the last one that was no dead end."""

    question: str = ""
    terms: tuple[Term, ...] = ()


def leans_on_history(question: str, language: Language) -> bool:
    """Whether a question lacks words that the conversation has."""
    rules, words = language.follow_ups, content_words(question, language)
    if rules.cut_short.match(question) or not words:
        return True
    if any(_is_outside(question, back, language) for back in rules.points_back.finditer(question)):
        return True
    names_its_topic = rules.names_its_topic.match(question)
    names_it = _NAME.search(" ".join(words))
    return len(words) == 1 and not names_its_topic and not names_it


def asked_before(history: Sequence[Message], language: Language, shows_need: Callable[[str], bool]) -> Before:
    """What a conversation asked, each question with the words that it lacks.

    What a refused question was about is no topic, nor is what was pointed to people. The status of a reply tells; where
    the client leaves it out, only whether the question itself `shows_need`.
    """
    before = Before()
    turns = history[-HISTORY_MESSAGES:]
    for place, message in enumerate(turns):
        if message.role != "user":
            continue
        said = fold_for_search(clean_text(message.content[:QUESTION_LENGTH]))
        asked = without_courtesies(said, language, answered=bool(before.terms))[1]
        reply = next((later for later in turns[place + 1 : place + 2] if later.role == "assistant"), None)
        status = (reply and reply.status) or ("signposted" if shows_need(asked) else "")
        if not asked or status in _NO_QUESTION:
            continue
        completed = complete_question(asked, before, language)
        if completed.turn:
            continue
        known = completed.terms or before.terms
        terms = before.terms if status in _NO_TOPIC else _with_answer(asked, known, reply, language)
        before = Before(completed.text, terms)
    return before


def complete_question(question: str, before: Before, language: Language) -> Completed:
    """The question with the words that it lacks, from what was asked before it; unchanged where it lacks none."""
    if not before.question:
        return _alone(question, language)
    if turn := find_turn(question, language):
        return Completed(before.question, turn)
    corrected = correction_of(question, language)
    if not corrected and not leans_on_history(question, language):
        return _alone(question, language)
    if corrected and asks_itself(corrected, language) and any(one.named for one in find_terms(corrected, language)):
        return complete_question(corrected, before, language)
    if corrected:
        restored = put_in_place(corrected, before.question, language, corrects=True)
    else:
        restored = put_in_place(question, before.question, language) or reopen(question, before.question, language)
    if restored and len(restored) <= QUESTION_LENGTH:
        return _alone(restored, language)
    lacking = _with_terms(corrected or question, _pointed_at(question, before.terms, language), language)
    terms = _choose([*find_terms(corrected or question, language), *before.terms], language)
    return Completed(lacking if len(lacking) <= QUESTION_LENGTH else question, terms=terms)


def says_something(question: str, language: Language) -> bool:
    """Whether a question has any word that can be searched for ("why?" and "is it" have none)."""
    return any(len(word) > 1 for word in content_words(question, language))


def _pointed_at(question: str, terms: Sequence[Term], language: Language) -> Sequence[Term]:
    """The terms that a question may mean: where it asks for a measure or a person, what has a name, if anything has."""
    named = [term for term in terms if term.kind is Kind.NAME]
    return named if named and language.follow_ups.one_thing.search(question) else terms


def _alone(question: str, language: Language) -> Completed:
    return Completed(question, terms=_choose(find_terms(question, language), language))


def _with_answer(asked: str, terms: tuple[Term, ...], reply: Message | None, language: Language) -> tuple[Term, ...]:
    """The terms of a question, and before them the name that the answer opens with where a name was asked for.

    Where the question names nothing but a date, what the answer opens with is the topic.
    """
    if not reply:
        return terms
    rules, told = language.follow_ups, find_terms(_first_sentence(reply.content), language)
    if terms and all(_IS_A_DATE.search(term.text) for term in terms):
        return _choose([term for term in told if not _IS_A_DATE.search(term.text)][:1] or terms, language)
    if not rules.asks_for_a_name.match(asked) or any(_is_proper(term) for term in find_terms(asked, language)):
        return terms
    opening = told[:1]
    if (
        len(told) > 1
        and _is_proper(told[1])
        and rules.two_names.fullmatch(_first_sentence(reply.content)[: told[1].start])
    ):
        opening = told[:2]  # "Ely and Bath …": a capital that opens a sentence says nothing, but the second one does
    if not opening or opening[0].start > SUBJECT_WITHIN or not any(map(_is_proper, opening)):
        return terms
    return _choose([*opening, *terms], language)


def _is_proper(term: Term) -> bool:
    return term.named and any(word[0].isupper() and not word.isupper() for word in term.text.split())


def _first_sentence(reply: str) -> str:
    told = _MARKER.split(clean_text(reply), maxsplit=1)[0]
    return re.split(r"(?<=[.!?])\s", told, maxsplit=1)[0]


def _choose(terms: Sequence[Term], language: Language) -> tuple[Term, ...]:
    """The first few terms, names before others, without those whose words others before them have."""
    kept: list[Term] = []
    said: set[str] = set()
    for term in sorted(terms, key=lambda term: not term.named):
        words = {bare(word, language) for word in term.text.split()}
        if not words <= said:
            kept.append(term)
            said |= words
    return tuple(kept[:TOPIC_TERMS])


def _with_terms(question: str, terms: Sequence[Term], language: Language) -> str:
    """The question with the terms in brackets, but for their words that it has itself."""
    own = {bare(word, language) for word in content_words(question, language)}
    lacking = [word for term in terms for word in term.text.split() if bare(word, language) not in own][:TOPIC_WORDS]
    return f"{question} ({' '.join(lacking)})" if lacking else question


def _is_outside(question: str, back: re.Match[str], language: Language) -> bool:
    """Whether a word that points back has nothing in the question itself to point to."""
    rules = language.follow_ups
    if rules.owns.fullmatch(back[0]) and find_terms(question[: back.start()], language):
        return False
    ends = list(rules.clause.finditer(question, 0, back.start()))
    if rules.people.fullmatch(back[0]):
        ends += _SENTENCE_END.finditer(question, 0, back.start())
    return not any(_names_something(question[: end.start()], language) for end in ends)


def _names_something(text: str, language: Language) -> bool:
    """Whether a text names anything but a number ("I am 67, is it free?")."""
    return any(char.isalpha() for term in find_terms(text, language) for char in term.text)
