"""Messages about the answer before them or about the sources themselves: which kind they are. Pure text."""

from __future__ import annotations

import re
from enum import StrEnum


class Turn(StrEnum):
    """What a message asks of the answer before it; its question is asked again."""

    SHORTER = "shorter"  # "in plain words", "explain it simply": the lead alone
    SURE = "sure"  # "are you sure?": the quotes once more
    SOURCE = "source"  # "who says so?": the quotes once more, for their sources


_FLAGS = re.IGNORECASE | re.VERBOSE
_SIMPLE = r"(?:plain(?:er)?|simpler?|easy|easier|everyday|normal|basic|layman['’]?s|lay)"
_THAT = r"(?:\ (?:it|that|this|them|all|that\ all|the\ answer))?"
_BEFORE = r"\W*(?:(?:ok(?:ay)?|so|but|and|hmm+|oh|um+|sorry|please|no|what|wait|well|really)\b\W*)*"
_AFTER = r"(?:\W+(?:please|pls|to\ me|for\ me|then|though|again|thanks|mate))*\W*"
_ASKING = r"(?:(?:can|could|would|will)\ (?:you|u)\ (?:please\ )?|please\ |i\ (?:want|need|['’]d\ like)\ )?"
_TURNS = {
    Turn.SHORTER: rf"""
      (?:a\ bit\ |much\ |even\ )?(?:shorter|simpler|briefer|easier)(?:\ (?:words|answer|version))?
    | {_ASKING}(?:explain|say|put|tell\ me|give\ me|repeat|answer|rephrase|have){_THAT}\ (?:(?:a\ bit\ |a\ little\ )?(?:more\ )?
        (?:simply|simpler|shorter|shortly|briefly|easily|clearly|plainly|clearer)|again\ (?:simply|more\ simply)
        |(?:in\ )?(?:(?:more\ |very\ )?{_SIMPLE}\ )(?:words?|terms?|english|language|way)
        |like\ i(?:['’]?m|\ am)\ (?:five|5|a\ (?:child|kid)|stupid|ten|10)|(?:to|for)\ (?:a\ child|a\ kid|dummies|an?\ idiot))
    | {_ASKING}(?:make|keep){_THAT}\ (?:(?:a\ bit\ |much\ )?(?:shorter|simpler|short|simple|brief|clearer|easier)(?:\ to\ (?:understand|read))?)
    | (?:in|using)\ (?:more\ |very\ )?{_SIMPLE}\ (?:words?|terms?|english|language) | plain\ english | simple\ words
    | {_ASKING}(?:simplify|shorten){_THAT} | {_ASKING}(?:summari[sz]e|sum){_THAT}(?:\ up)? | in\ short | in\ brief | briefly | be\ brief
    | (?:in\ )?(?:a\ )?(?:nutshell|few\ words|one\ sentence|short) | too\ (?:long|much|complicated)(?:\ (?:text|words))? | tl;?\ ?dr | eli5
    | (?:the\ |a\ |just\ the\ |just\ a\ |give\ me\ the\ |give\ me\ a\ )?(?:short|simple|quick|brief)\ (?:answer|version|one)
    | (?:just\ )?(?:a\ )?(?:simple\ )?yes\ or\ no | simply(?:\ put)?
    | i\ (?:do\ ?n['’]?t|do\ not|did\ ?n['’]?t|dont|didnt)\ (?:really\ )?(?:understand|get){_THAT} | explain{_THAT}\ again
    """,
    Turn.SURE: r"""
      (?:are\ |r\ )?(?:you|u)\ (?:really\ |quite\ |absolutely\ |100%\ |completely\ |very\ )?(?:sure|certain|positive|serious)(?:\ (?:about\ )?(?:that|this|it))?
    | really | seriously | for\ real | honestly | sure | is\ (?:that|this|it)\ (?:really\ |actually\ )?(?:true|right|correct|so|certain|a\ fact)
    | (?:that|this|it)\ (?:can['’]?t|cannot|can\ not)\ be\ (?:right|true|correct)
    | i\ (?:do\ ?n['’]?t|do\ not|dont)\ believe\ (?:you|u|that|this|it)(?:\ one\ bit)? | (?:that|this|it)['’]?s?\ (?:is\ )?(?:not\ (?:true|right)|wrong|nonsense|rubbish)
    | no\ way | (?:you|u)\ sure | (?:can\ you\ )?(?:double\ )?check\ (?:that|this|it)(?:\ again)? | (?:do|did)\ (?:you|u)\ (?:really\ )?mean\ that
    """,
    Turn.SOURCE: r"""
      who\ (?:says|said|told\ you|claims)(?:\ (?:so|that|this|it))? | says\ who | according\ to\ who(?:m)?
    | (?:what|which|where)(?:['’]?s|\ is|\ are|\ was)?\ (?:your|the|that|this|its)\ (?:sources?|evidence|proof|references?)(?:\ (?:for\ (?:that|this|it)|say(?:s)?\ (?:that|so)))?
    | (?:sources?|citations?|references?|proof|evidence) | (?:show|give|tell)\ me\ (?:the|your|a)\ (?:sources?|proof|evidence)
    | where\ (?:does|did)\ (?:it|that|this|they)\ (?:say|come\ from|says)(?:\ (?:that|so|this|it))?
    | where\ (?:do|did)\ (?:you|u)\ (?:get|find|read|hear|see)\ (?:that|this|it)(?:\ from)?
    | how\ (?:do|would|can)\ (?:you|u|we|they)\ know(?:\ (?:that|this|it))? | (?:is|have\ you\ got|do\ you\ have)\ (?:there\ )?(?:a|any)\ (?:source|proof|evidence)(?:\ (?:for|of)\ (?:that|this|it))?
    | (?:can\ (?:you|u)\ )?prove\ (?:it|that) | who\ (?:wrote|published)\ (?:that|this)
    """,
}
_PATTERNS = {turn: re.compile(rf"{_BEFORE}(?:{pattern}){_AFTER}", _FLAGS) for turn, pattern in _TURNS.items()}
_SURE_ALONE = re.compile(r"\W*really(?:\W+(?:really|sure))*\W*", re.IGNORECASE)
_WORKS = r"(?:documents?|pages?|files?|sources?|articles?|texts?|leaflets?|guides?|reports?|papers?|pdfs?|publications?|pieces?|booklets?)"
_THE_WORK = rf"(?:(?:this|these|that|those|the|your|all\ (?:of\ )?(?:the|these|your))\ {_WORKS})"
_ABOUT_DOCUMENT = re.compile(
    rf"""
    {_BEFORE}(?:
      what(?:['’]?s|\ is|\ are|\ was)\ {_THE_WORK}\ (?:all\ |mainly\ |actually\ |really\ )?about
    | what\ (?:do|does|did)\ {_THE_WORK}\ (?:say|cover|contain|discuss|deal\ with|talk\ about|tell\ (?:me|us|you))
    | what(?:['’]?s|\ is)\ in\ {_THE_WORK} | what\ (?:sort|kind|type)\ of\ {_WORKS}\ (?:is\ (?:this|it)|are\ (?:these|they))
    | {_ASKING}(?:summari[sz]e|describe|outline|explain)\ {_THE_WORK} | (?:tell\ me\ )?(?:what\ )?{_THE_WORK}\ (?:is|are)\ about
    | {_ASKING}(?:give\ me\ )?an?\ (?:\w+\ )?(?:summary|overview|outline)(?:\ of\ {_THE_WORK})?
    | what(?:['’]?s|\ is)\ the\ (?:(?:main|general|overall)\ )?(?:topic|subject|theme|title|point|purpose|gist|summary)\ of\ {_THE_WORK}
    | tell\ me\ about\ {_THE_WORK} | what\ (?:document|file|source)s?\ (?:is\ this|are\ these|do\ you\ have)
    ){_AFTER}
    """,
    _FLAGS,
)


def find_turn(text: str) -> Turn | None:
    """What a message asks of the answer before it, or None where it asks something of its own."""
    if _SURE_ALONE.fullmatch(text):
        return Turn.SURE
    return next((turn for turn, pattern in _PATTERNS.items() if pattern.fullmatch(text)), None)


def is_about_document(text: str) -> bool:
    """Whether a message asks what the sources themselves are about ("What is this document about?")."""
    return bool(_ABOUT_DOCUMENT.fullmatch(text))
