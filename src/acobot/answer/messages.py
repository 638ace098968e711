"""Every sentence that the assistant says of its own. Knows no index and no question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from acobot.evidence import Reason
from acobot.evidence.figures import MONTHS
from acobot.question import Sign, SmallTalk
from acobot.sources import Source

NOT_IN_SOURCES = "The sources do not answer this question."
SMALL_TALK = {
    SmallTalk.GREETING: "Hello. Ask me a question, and I will look for sentences in the sources that answer it.",
    SmallTalk.THANKS: "You are welcome. Ask another question whenever you like.",
    SmallTalk.GOODBYE: "Goodbye. Come back whenever you have a question.",
    SmallTalk.ABOUT: (
        "I am a program that answers questions with sentences quoted word for word from named, dated sources, and says "
        "so when they do not answer. I am not a person, the NHS or the government, and I write nothing of my own."
    ),
}
SIGNPOST = {
    Sign.EMERGENCY: (
        "If this is an emergency, call 999 now, or go to your nearest A&E. If you are not sure how urgent it is, call "
        "NHS 111 or use 111.nhs.uk. This service only quotes documents: it cannot help with an emergency."
    ),
    Sign.CRISIS: (
        "If you or somebody else is in danger, call 999 now. You can talk to Samaritans at any time, free, on 116 123, "
        "or call NHS 111 and choose the mental health option. This service only quotes documents: it cannot give the "
        "help that people can."
    ),
    Sign.MEDICAL: (
        "This service only quotes documents about policy: it cannot give medical advice. For advice about your health "
        "call NHS 111 or use 111.nhs.uk, or ask a pharmacist or your GP. In an emergency call 999."
    ),
}
# "I can only read English. Please ask your question in English." in the ten languages most spoken in England after
# English (2021 census), and in Welsh; whoever asks in another is told in English.
ONLY_ENGLISH = {
    "en": "I can only read English. Please ask your question in English.",
    "ar": "لا أستطيع قراءة سوى اللغة الإنجليزية. يُرجى طرح سؤالك باللغة الإنجليزية.",
    "bn": "আমি শুধু ইংরেজি পড়তে পারি। অনুগ্রহ করে আপনার প্রশ্নটি ইংরেজিতে করুন।",
    "cy": "Dim ond Saesneg rwy'n gallu ei darllen. Gofynnwch eich cwestiwn yn Saesneg, os gwelwch yn dda.",
    "es": "Solo puedo leer en inglés. Por favor, haga su pregunta en inglés.",
    "gu": "હું ફક્ત અંગ્રેજી વાંચી શકું છું. કૃપા કરીને તમારો પ્રશ્ન અંગ્રેજીમાં પૂછો.",
    "it": "Posso leggere solo l'inglese. Per favore, faccia la Sua domanda in inglese.",
    "pa": "ਮੈਂ ਸਿਰਫ਼ ਅੰਗਰੇਜ਼ੀ ਪੜ੍ਹ ਸਕਦਾ ਹਾਂ। ਕਿਰਪਾ ਕਰਕੇ ਆਪਣਾ ਸਵਾਲ ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ ਪੁੱਛੋ।",
    "pl": "Potrafię czytać tylko po angielsku. Proszę zadać pytanie po angielsku.",
    "pt": "Só consigo ler em inglês. Por favor, faça a sua pergunta em inglês.",
    "ro": "Pot citi doar în limba engleză. Vă rog să puneți întrebarea în engleză.",
    "ur": "میں صرف انگریزی پڑھ سکتا ہوں۔ براہِ کرم اپنا سوال انگریزی میں پوچھیں۔",
}
RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur"])


def only_english(language: str) -> str:
    """What is said to a message in another language, in that language where it can be."""
    return ONLY_ENGLISH.get(language, ONLY_ENGLISH["en"])


# How replies begin that answered nothing, and those to messages that asked for people.
REFUSALS = (NOT_IN_SOURCES,)
SIGNPOSTS = tuple(SIGNPOST.values())
NEAREST_FOLLOW = "The passages that come nearest are listed below; they are not an answer."


def refusal(searched_for: str, reasons: Sequence[Reason], names: Sequence[str], *, nearest_follow: bool) -> str:
    """What is said where the sources do not answer: why, and what was searched for.

    `names` are those of the question that the sources do not hold.
    """
    told = [NOT_IN_SOURCES]
    if Reason.UNNAMED in reasons and names:
        told.append(f"They say nothing of {' or '.join(f'“{name}”' for name in names)}.")
    elif Reason.LACKING in reasons:
        told.append("They speak of it, but do not give the date or number that you ask for.")
    told.append(f"They were searched for “{searched_for}”.")
    return " ".join([*told, NEAREST_FOLLOW] if nearest_follow else told)


def date_in_words(date: str) -> str:
    """An ISO date of any precision as it is read out: "2018-04" is "April 2018"."""
    year, *rest = date.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])


_ASKS_NOW = re.compile(
    r"\b(?:now|nowadays|today|current(?:ly)?|at (?:the moment|present)|these days|this year|so far|latest|still|yet)\b",
    re.IGNORECASE,
)


def asks_about_now(question: str) -> bool:
    """Whether a question is about the present, which sources of some age cannot tell."""
    return bool(_ASKS_NOW.search(question))


def beyond_note(last_date: str) -> str:
    """Up to when the sources go."""
    return f"The latest of the sources is from {date_in_words(last_date)}, so they cannot tell what came after."


def date_notes(sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources are, in one sentence; dates only, for ages would change with the clock."""
    dates = _distinct_dates(source.particulars.published for source in sources)
    undated = sum(not source.particulars.published for source in sources)
    if not dates:
        return ()
    dated = len(sources) - undated
    who = "The source quoted was" if dated == 1 else "The sources quoted were"
    if undated:
        who = "Of the sources quoted, one was" if dated == 1 else f"Of the sources quoted, {dated} were"
    when = f"between {date_in_words(dates[0])} and {date_in_words(dates[-1])}"
    if len(dates) == 1:
        when = f"{'on' if len(dates[0]) == len('2018-04-16') else 'in'} {date_in_words(dates[0])}"
    others = "; the date of the others is not known" if undated else ""
    return (f"{who} published {when}{others}; things may have changed since.",)


def unanswered_notes(questions: Iterable[str]) -> tuple[str, ...]:
    """Which of several questions in one message the sources do not answer."""
    return tuple(f"The sources do not seem to answer this part: “{question}”." for question in questions)


def _distinct_dates(dates: Iterable[str]) -> list[str]:
    """The dates in order, but for those within a less precise one: both "2018" and "2018-04" are in 2018."""
    known = sorted({date for date in dates if date})
    return [date for date in known if not any(date.startswith(f"{other}-") for other in known)]
