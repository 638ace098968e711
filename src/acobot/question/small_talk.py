"""Greetings, thanks and questions about the assistant itself. Pure text: what was typed in, what kind it is out."""

from __future__ import annotations

import re
from enum import StrEnum


class SmallTalk(StrEnum):
    """What kind of small talk it is; each has its reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT = "about"


_FLAGS = re.IGNORECASE | re.VERBOSE
_FILLER = r"(?:(?:ok(?:ay)?|oh|ah|great|lovely|brilliant|perfect|cool|nice(?:\ one)?|right|alright|fine|well|fab|brill|super|excellent|amazing|awesome|wonderful|sound|sorted|(?:great|good)\ stuff|interesting)\b[\s,.!]*)"
# A courtesy at the beginning or the end of a message, whatever else stands in it.
_COURTESIES = (
    (
        SmallTalk.GREETING,
        r"(?:hell?o|hi(?:ya)?|hey|yo|wotcha|howdy|greetings|all?\ ?right\ mate|good\ (?:morning|afternoon|evening|day)|morning|evening)\b"
        r"(?:\ (?:there|all|everyone|again|bot|acobot|to\ you)\b)*",
    ),
    (
        SmallTalk.THANKS,
        r"(?:(?:many\ )?thanks?(?:\ you|\ u)?|thank(?:you|\ you)|thn?x|thanx|thnaks|ty(?:vm)?|ta|cheers|much\ appreciated)\b"
        r"(?:\ (?:so|very|ever\ so)\ much\b|\ a\ (?:lot|million|bunch)\b|\ (?:mate|again|anyway|pal|love|bot|acobot)\b"
        r"|\ for\ (?:that|this|your\ help|the\ (?:help|info(?:rmation)?|answer))\b)*"
        r"(?:[\s,.!-]*(?:that|this|it)(?:['’]?s|\ was|\ is)?\ (?:very\ |really\ |so\ |most\ )?"
        r"(?:helpful|useful|great|good|all|it|clear|perfect)\b)?",
    ),
    (
        SmallTalk.THANKS,
        r"(?:no\ (?:thanks?(?:\ you)?|worries|problem)|(?:no(?:pe)?\W+)?that(?:['’]?s|\ is|\ was|\ will\ be)\ (?:all|it|everything)(?:\ (?:for\ now|i\ need(?:ed)?))?"
        r"|never\ ?mind|(?:that\ )?answers\ my\ question|sorry(?!\W+i\ mean)|lol|ha(?:ha)+|good\ to\ know|got\ it|i\ see|understood|(?:that\ )?makes\ sense"
        r"|(?:that|this|it)(?:['’]?s|\ was|\ is)\ (?:very\ |really\ |so\ |most\ )?(?:helpful|useful|interesting|clear|great|good|fine|brilliant|perfect|lovely)"
        r"|(?:very|really|so)\ (?:helpful|useful|interesting|clear))\b",
    ),
    (
        SmallTalk.GOODBYE,
        r"(?:(?:good)?bye(?:[\s-]bye)?(?:\ (?:for\ now|then|now))?|see\ (?:you|ya)(?:\ (?:later|soon|around))?|farewell|good\ ?night|cya"
        r"|have\ a\ (?:nice|good|great|lovely)\ (?:day|evening|weekend|one))\b",
    ),
)
_LEADING = tuple(
    (
        kind,
        re.compile(
            rf"^[\s\W]*(?:{_FILLER}|and\s)*{courtesy}(?=[^\w-]|-?$|-\s)[\s\W]*(?:and\s+(?=(?:what|who|why|when|where|how|which|is|are|do|does|did|was|were|will|can|could)\b))?",
            _FLAGS,
        ),
    )
    for kind, courtesy in _COURTESIES
)
_TRAILING = re.compile(
    r"(?<![\s,.!?-])[\s,.!?-]+(?:please|pls|(?:many\ )?thanks?(?:\ you)?(?:\ (?:in\ advance|very\ much|a\ lot|so\ much))?|cheers|ta)[\s\W]*$",
    _FLAGS,
)
_ABOUT = re.compile(
    r"""
    (?:so\ |and\ |but\ )?(?:
      (?:what|how\ much)\ (?:can|do|could)\ (?:you|u)\ (?:do|help(?:\ me)?(?:\ with)?|know|answer|offer)(?:\ (?:for\ me|here))?
    | what\ (?:can|could|should|may)\ i\ ask(?:\ (?:you|u|here|about))*
    | (?:who|what)\ (?:are|r)\ (?:you|u)(?:\ (?:exactly|for))? | (?:are\ )?(?:you|u)\ ok(?:ay)?
    | what(?:['’]?s|\ is)\ (?:your\ name|your\ (?:job|purpose)|acobot|this\ (?:site|page|service|chat|bot|thing|website))(?:\ for)?
    | what\ does\ this\ (?:site|page|service|chat|bot|website)\ do
    | (?:are|r)\ (?:you|u)\ (?:an?\ )?(?:\w+\ )?(?:robot|bot|human|ai|person|real|machine|computer|chatbot|chatgpt|there)(?:\ person)?
    | (?:are|r)\ (?:you|u)\ (?:run\ by\ |part\ of\ |from\ )?the\ (?:nhs|government)
    | (?:am\ i|is\ this)\ (?:talking|speaking|chatting|writing)?\ ?(?:to|with)?\ ?an?\ (?:real\ )?
      (?:person|human|robot|bot|machine|ai|computer|chatbot)
    | (?:can|could|will|would)\ (?:you|u)\ help(?:\ me)?(?:\ out)?(?:\ please)?
    | (?:please\ )?help(?:\ me)?(?:\ please)?
    | how\ (?:do|does)\ (?:you|u|this|it\ all)\ work
    | how\ (?:do|can|should)\ i\ use\ (?:you|this(?:\ (?:site|page|service|chat))?)
    | who\ (?:made|built|created|wrote|runs|owns|programmed|designed)\ (?:you|u|(?:this|the)\ (?:web)?(?:site|page|service|chat|bot))
    | is\ this\ (?:(?:web)?(?:site|page)|service|chat|bot)\ (?:run|owned|made)\ by\ [\w\ ]{1,40}
    | what(?:['’]?s|\ is)\ (?:the\ (?:date|time)(?:\ today)?|today['’]?s\ date)
    | how\ (?:are|r)\ (?:you|u|things)(?:\ (?:today|doing|going|feeling))*
    | (?:is\ )?any(?:one|body)\ (?:there|here)
    | what(?:['’]?s|\ is)\ this(?:\ (?:site|page|service|chat|bot|thing|website|app))?(?:\ (?:for|about|all\ about))?
    | where\ (?:do|does|did)\ (?:you|u|your\ \w+|this)\ (?:get|find|come|take)\b(?:\ (?:your|the|this)\ \w+)?(?:\ from)?
    | (?:can|should)\ i\ (?:trust|believe)\ (?:you|u|this|your\ answers) | how\ (?:can|could|do|would)\ (?:you|u)\ help(?:\ me)?
    | what\ (?:sort|kind|type)s?\ of\ (?:questions?|things?)\ can\ (?:i\ ask|(?:you|u)\ answer)(?:\ (?:you|u|here))?
    | what\ (?:topics|subjects|questions)\ (?:do|can)\ (?:you|u)\ (?:cover|answer|know(?:\ about)?) | what\ do\ (?:you|u)\ know\ about
    | (?:can|could|may)\ i\ ask\ (?:(?:you|u)\ )?(?:a\ question|something) | i(?:['’]?ve|\ have)?\ (?:got\ )?a\ question
    | who\ (?:made|built|created|wrote|runs)\ this | (?:do|are)\ (?:you|u)\ (?:work(?:ing)?\ for|with)\ the\ (?:nhs|government)
    | how(?:['’]?s|\ is)\ it\ going | what(?:['’]?s|\ is)\ up
    | (?:it['’]?s\ |it\ is\ )?(?:nice|good|pleased)\ to\ meet\ (?:you|u)
    )[\s\W]*
    """,
    _FLAGS,
)
_FILLERS_ONLY = re.compile(rf"[\s\W]*{_FILLER}+[\s\W]*", _FLAGS)


def without_courtesies(text: str) -> tuple[SmallTalk | None, str]:
    """What kind of small talk a message is, or None, and the message without it: "" where nothing else was said.

    "hi, what is an ACO?" is the question "what is an ACO?"; "thanks!" is thanks; "what can you do?" is about us.
    """
    kind: SmallTalk | None = None
    rest = text.strip()
    if only := _only_courtesies(rest):
        return only, ""
    while rest:
        found = next(((what, match) for what, lead in _LEADING if (match := lead.match(rest)) and match.end()), None)
        if found is None or not _can_go(rest, found[1].end()):
            break
        kind, rest = kind or found[0], rest[found[1].end() :]
    if rest and (_ABOUT.fullmatch(rest) or _ABOUT.fullmatch(_TRAILING.sub("", rest))):
        return SmallTalk.ABOUT, ""
    if kind is None and _FILLERS_ONLY.fullmatch(rest):
        return SmallTalk.THANKS, ""
    if rest and kind is None:
        return None, _TRAILING.sub("", rest) or rest
    return (None, rest) if rest else (kind, "")


def _only_courtesies(text: str) -> SmallTalk | None:
    """The first courtesy of a message that is nothing else ("ok thanks bye"), however it is punctuated; else None."""
    kind: SmallTalk | None = None
    while text and not (kind and _FILLERS_ONLY.fullmatch(text)):
        found = next(((what, match) for what, lead in _LEADING if (match := lead.match(text)) and match.end()), None)
        if found is None:
            return None
        kind, text = kind or found[0], text[found[1].end() :]
    return kind


def _can_go(text: str, end: int) -> bool:
    """Whether what follows a courtesy stands on its own: "evening clinics" is no greeting."""
    before, after = text[:end].rstrip(), text[end:]
    if not after:
        return True
    parted = before.endswith((",", ".", "!", "?", ";", ":", "-", "–", "…")) or before.casefold().endswith(" and")
    opener = re.match(r"(?:but|so|can|could|do|does|did|is|are|was|were|will|would|what|who|why|when|where|how|which|"
                      r"please|i|tell|and|has|have|should)\b", after, re.IGNORECASE)  # fmt: skip
    return parted or bool(opener)
