"""What was typed, in its conversation → a query made ready for search. Pure text: is given the abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from acobot.abbreviations import shorten, spell_out, unspell
from acobot.languages import Language
from acobot.policies import Policy, Sign
from acobot.question.conversation import Message, asked_before, complete_question
from acobot.question.language import find_language
from acobot.question.need import find_sign
from acobot.question.small_talk import SmallTalk, without_courtesies
from acobot.question.text import QUESTION_LENGTH, clean_question, fold_for_search, without_shouting
from acobot.question.turns import Turn, find_turn, is_about_document

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Query:
    """The question as cleaned up, and the words that are really searched for: "" for small talk.

    `sign` is of an emergency, a crisis or a medical question, which may be answered all the same; `small_talk` of a
    message that asks nothing. `turn` is set where an earlier question is asked again: `searched_for` is that question.
    `about_document` asks what the sources themselves are about. `foreign` is the ISO 639-1 code of a message that is in
    another language than the service. `unspelled` is what is searched for without the long forms that explain
    abbreviations, `shortened` the same with abbreviations in place of all long forms, `formal` what is searched for with
    the sources' terms in brackets behind everyday words, "" where there are none. `opens` says that it opens as a
    question, with or without its mark, `doubtful` that its sign is not sure; `as_question` is what it is encoded as, with
    the mark that many leave out, and `alone` the one question among other sentences, "" where there is none.
    """

    question: str
    searched_for: str
    sign: Sign | None = None
    small_talk: SmallTalk | None = None
    turn: Turn | None = None
    about_document: bool = False
    foreign: str | None = None
    opens: bool = False
    doubtful: bool = False
    unspelled: str = ""
    shortened: str = ""
    formal: str = ""
    as_question: str = ""
    alone: str = ""

    @property
    def worded(self) -> str:
        """What is searched for, as it is looked up, encoded and read."""
        return self.formal or self.searched_for

    @property
    def other_forms(self) -> tuple[str, ...]:
        """Other ways to put the same: as it was typed, as others write their questions too, and its one question alone."""
        typed = self.unspelled or self.searched_for
        return tuple(
            form
            for form in dict.fromkeys([typed, self.shortened or typed, self.alone or typed])
            if form != self.as_question
        )

    @property
    def asks(self) -> bool:
        """Whether it reads as a question, with or without its mark."""
        return "?" in self.question or self.opens


def make_query(
    question: str,
    language: Language,
    policy: Policy | None = None,
    history: Sequence[Message] = (),
    abbreviations: Mapping[str, str] | None = None,
    mend: Callable[[str], str] = str,
    put_formally: Callable[[str], str] = str,
) -> Query:
    """The query for a question in its conversation. Raises `QuestionError`.

    Asking `searched_for` alone searches for the same. `policy` says which signs of need are looked for; `mend` mends
    what is misspelt, `put_formally` puts the sources' terms behind everyday words.
    """
    cleaned = clean_question(question)
    folded = without_shouting(fold_for_search(cleaned), abbreviations or {})
    sign = find_sign(folded, policy)
    before = asked_before(history, language, lambda text: bool(find_sign(text, policy)))
    small_talk, asked = without_courtesies(folded, language, answered=bool(before.terms))
    asks_again = before.question and find_turn(folded, language)
    if small_talk and not sign and not asks_again:
        return Query(cleaned, "", small_talk=small_talk)
    completed = complete_question(asked or folded, before, language)
    mended = mend(completed.text)
    mended = mended if len(mended) <= QUESTION_LENGTH else completed.text
    spelled = spell_out(mended, abbreviations or {}, language)
    searched_for = spelled if len(spelled) <= QUESTION_LENGTH else mended
    unspelled = unspell(searched_for, abbreviations or {})
    formal = put_formally(searched_for)
    formal = formal if searched_for != formal and len(formal) <= QUESTION_LENGTH else ""
    return Query(
        cleaned,
        searched_for,
        sign=sign,
        turn=completed.turn,
        about_document=is_about_document(asked, language),
        foreign=find_language(folded, language.code),
        opens=bool(language.questions.opens.match(cleaned)),
        unspelled=unspelled,
        shortened=shorten(unspelled, abbreviations or {}, language),
        formal=formal,
        as_question=as_question(formal or searched_for, language),
        alone=_only_question(unspelled, language),
    )


def as_question(text: str, language: Language) -> str:
    """A text that opens as a question with the mark that many leave out."""
    unmarked = language.questions.opens.match(text) and text[-1] not in "?!."
    return f"{text}?" if unmarked else text


def _only_question(text: str, language: Language) -> str:
    """The one sentence of several that has the mark of a question, or ""."""
    sentences = [""]
    for piece in _SENTENCE_END.split(text):
        sentences[-1] = f"{sentences[-1]} {piece}".lstrip()
        if piece.split(" ")[-1].rstrip(".").casefold() not in language.sentences.open_abbreviations:
            sentences.append("")
    asking = [one for one in sentences if one.endswith("?")]
    return asking[0] if len(asking) == 1 and any(one and one not in asking for one in sentences) else ""
