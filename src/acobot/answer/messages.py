"""Every sentence that the assistant says of its own, in the words of a language. Knows no index and no question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date  # noqa: N812  beside the texts that are dates
from functools import cache, reduce

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from acobot.evidence import About, Reason
from acobot.languages import Language
from acobot.question import SmallTalk
from acobot.sources import Particulars, Source

MONTH, DAY = len("2018-04"), len("2018-04-16")  # how long dates of this precision are


def small_talk(language: Language, kind: SmallTalk, independent_of: str) -> str:
    """The reply to small talk; about ourselves it names whom the service is `independent_of`, if that is said."""
    if kind is SmallTalk.ABOUT and independent_of:
        return language.catalogue.say("small_talk.about_independent", independent_of=independent_of)
    return language.catalogue.say(f"small_talk.{kind}")


def only_this(language: Language, asked_in: str) -> str:
    """What is said to a message in another language, in that language where it can be."""
    return language.only_this.get(asked_in, language.only_this[language.code])


def refusal(
    language: Language, searched_for: str, reasons: Sequence[Reason], names: Sequence[str], *, nearest_follow: bool
) -> str:
    """What is said where the sources do not answer: why, and what was searched for.

    `names` are those of the question that the sources do not hold.
    """
    say = language.catalogue.say
    told = [say("answer.not_in_sources")]
    if Reason.UNNAMED in reasons and names:
        told.append(say("refusal.says_nothing_of", names=either(language, [quoted(language, one) for one in names])))
    elif Reason.LACKING in reasons:
        told.append(say("refusal.lacks_value"))
    told.append(say("refusal.searched_for", words=quoted(language, searched_for)))
    return " ".join([*told, say("refusal.nearest_follow")] if nearest_follow else told)


def about_in_words(language: Language, about: About) -> str:
    """What sources differ about."""
    return language.catalogue.say(f"differing.{about}")


def asks_about_now(question: str, language: Language) -> bool:
    """Whether a question is about the present, which sources of some age cannot tell."""
    return bool(language.questions.asks_now.search(question))


def beyond_note(language: Language, last_date: str) -> str:
    """Up to when the sources go."""
    return language.catalogue.say("note.beyond", date=date_in_words(last_date, language))


def out_of_force_notes(
    language: Language, sources: Sequence[Particulars], titles: Mapping[str, str], today: Date
) -> tuple[str, ...]:
    """Which of the sources hold no longer: those that have expired by `today`, and those that another one replaces.

    `titles` are those of the sources that replace them, by their ids.
    """
    say = language.catalogue.say
    notes = []
    for title, about in ((quoted(language, one.title), one) for one in sources):
        if about.valid_until and today.isoformat()[: len(about.valid_until)] > about.valid_until:
            notes.append(say("note.expired", title=title, date=date_in_words(about.valid_until, language)))
        if about.superseded_by:
            by = quoted(language, titles.get(about.superseded_by, about.superseded_by))
            notes.append(say("note.superseded", title=title, by=by))
    return tuple(notes)


def date_notes(language: Language, sources: Sequence[Source]) -> tuple[str, ...]:
    """How old the sources are, in one sentence; dates only, for ages would change with the clock."""
    dates = _distinct_dates(source.particulars.published for source in sources)
    undated = sum(not source.particulars.published for source in sources)
    if not dates:
        return ()
    dated, when = len(sources) - undated, _when(language, dates)
    if undated:
        return (language.catalogue.count("note.some_published", dated, when=when),)
    return (language.catalogue.count("note.published", dated, when=when),)


def list_notes(language: Language, items: int) -> tuple[str, ...]:
    """That a list which is quoted goes on in its source, by so many items."""
    return (language.catalogue.count("note.more_items", items),) if items else ()


def unanswered_notes(language: Language, unanswered: Iterable[str], left_over: Iterable[str]) -> tuple[str, ...]:
    """Which of several questions in one message the sources do not answer, and which there was no room for."""
    say = language.catalogue.say
    return (
        *(say("note.unanswered", question=quoted(language, one)) for one in unanswered),
        *(say("note.left_over", question=quoted(language, one)) for one in left_over),
    )


def quoted(language: Language, words: str) -> str:
    """Words in the language's quotation marks."""
    return language.catalogue.say("quoted", words=words)


def either(language: Language, things: Sequence[str]) -> str:
    """Things of which one is meant: "a or b"."""
    return reduce(lambda one, other: language.catalogue.say("or", one=one, other=other), things)


def listed(language: Language, things: Sequence[str]) -> str:
    """Things in a row, as the language lists them: "a, b and c"."""
    return format_list(things, locale=_locale(language.tag))


def date_in_words(date: str, language: Language) -> str:
    """An ISO date of any precision as it is read out: "2018-04" is "April 2018"."""
    locale = _locale(language.tag)
    day = Date.fromisoformat((date + "-01-01")[:DAY])
    if len(date) == DAY:
        return format_date(day, "long", locale)
    return format_date(day, str(locale.datetime_skeletons["yMMMM" if len(date) == MONTH else "y"]), locale)


def _when(language: Language, dates: Sequence[str]) -> str:
    """When sources of these dates were published."""
    say = language.catalogue.say
    first, last = date_in_words(dates[0], language), date_in_words(dates[-1], language)
    if len(dates) > 1:
        return say("note.between", first=first, last=last)
    if len(dates[0]) == DAY:
        return say("note.on_day", date=first)
    return say("note.in_month" if len(dates[0]) == MONTH else "note.in_year", date=first)


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _distinct_dates(dates: Iterable[str]) -> list[str]:
    """The dates in order, but for those within a less precise one: both "2018" and "2018-04" are in 2018."""
    known = sorted({date for date in dates if date})
    return [date for date in known if not any(date.startswith(f"{other}-") for other in known)]
