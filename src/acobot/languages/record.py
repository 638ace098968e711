"""What a language pack says: words, rules and patterns by who needs them. Frozen records; knows no file."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from acobot.languages.catalogue import Catalogue
from acobot.languages.figures import FigureWords
from acobot.packing import Rule, WordSet

Told = Literal["title", "author", "publisher", "published", "updated"]
_CONFIG = ConfigDict(arbitrary_types_allowed=True, extra="forbid")


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class SentenceRules:
    """Where sentences end.

    `open_abbreviations` end none; `abbreviations` none that goes on with a number or a small letter. `ordinals` says
    that a number of one or two figures and a full stop end none ("1. April"). All other ends are syntok's.
    """

    open_abbreviations: WordSet
    abbreviations: WordSet
    ordinals: bool = False


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class WordForms:
    """Words and their endings.

    `stop` are words of grammar, which say how a thing is put; `small` those that stand in names; `possessive` is an
    ending, `plurals`, `verb_endings` and the other `endings` are told with what stands in their place in the base form,
    `doubling` are those before which a consonant is doubled; `contractions` are two words without their apostrophe
    ("cant"), with it; `irregular` are forms of verbs that no ending tells, with the verb; `never_abbreviations` are
    no abbreviation in small letters; `hyphened` finds compounds that keep their hyphen where a line ends behind it.
    """

    stop: WordSet
    small: WordSet
    possessive: Rule
    hyphened: Rule
    plurals: tuple[tuple[str, str], ...]
    verb_endings: tuple[tuple[str, str], ...]
    doubling: WordSet
    never_abbreviations: WordSet
    endings: tuple[tuple[str, str], ...] = ()
    contractions: dict[str, str] = Field(default_factory=dict)
    irregular: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class WrittenForm:
    """What is told by how it is written, as a telephone number: what `asks` for it, and a text that `holds` one."""

    asks: Rule
    holds: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class QuestionRules:
    """How questions open, and what they ask for; `asks_clause` names one by its number (group `number`).

    `asks_view` finds whose view is asked, `asks_the_day` a date that is a day or to come, `own_age` how old they are.
    """

    opens: Rule
    asks_itself: Rule
    part_ends: Rule
    asks_now: Rule
    asks_several: Rule
    asks_opinions: Rule
    asks_view: Rule
    asks_value: Rule
    asks_when: Rule
    asks_the_date: Rule
    asks_the_day: Rule
    asks_how_long: Rule
    asks_how_many: Rule
    asks_how_much: Rule
    asks_price: Rule
    asks_whether: Rule
    asks_clause: Rule
    own_age: Rule
    written: tuple[WrittenForm, ...]


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class TopicRules:
    """Which words of a question are its topic: lists of verbs, chatter and people, and the places of words.

    `article` is put before a bare name, so that its capital tells something; `nouns_in_capitals` says that capitals
    tell no names. `number_goes_on` is what follows a number that is one of several, or a bound ("5 or above").
    """

    verbs: WordSet
    verbs_and_nouns: WordSet
    nouns_in_ing: WordSet
    chatter: WordSet
    people: WordSet
    asking: WordSet
    adverb_ending: str
    not_adverbs: WordSet
    participle_ending: str
    not_participles: Rule
    gerund_ending: str
    leads_to_a_verb: Rule
    asks_first: Rule
    inside_a_name: Rule
    conjunction: str
    article: str
    plural_ending: str
    number_goes_on: Rule
    nouns_in_capitals: bool = False


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class FollowUpRules:
    """How a message leans on the conversation before it, corrects it, or asks the same again.

    `owns` points to anything before it, `people` also to whom a sentence names, others to what a `clause` before names.
    """

    cut_short: Rule
    points_back: Rule
    one_thing: Rule
    owns: Rule
    people: Rule
    clause: Rule
    names_its_topic: Rule
    asks_for_a_name: Rule
    two_names: Rule
    corrects: Rule
    contrasts: Rule
    not_that: Rule
    begins: Rule
    preposition: Rule
    determiner: Rule
    time: Rule
    one: Rule
    reopens: Rule
    yes_or_no: Rule
    negation: str
    negated: dict[str, str]
    possessive: str
    turns: dict[Literal["shorter", "sure", "source"], Rule]
    sure_alone: Rule
    about_document: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class Courtesy:
    """One way to be polite, which may begin a message: what kind it is, and how it begins."""

    kind: Literal["greeting", "thanks", "goodbye"]
    leads: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class SmallTalkRules:
    """Greetings, thanks and questions about the assistant itself.

    `about_this` are those that ask about an answer, where there is one. `parts` is what may stand between a courtesy
    and a question, `opens_after` how what follows one may open without.
    """

    courtesies: tuple[Courtesy, ...]
    trailing: Rule
    about: Rule
    about_this: Rule
    fillers: Rule
    parts: Rule
    opens_after: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class SentenceCues:
    """That sentences lean on another, lead in another or `conditions`, or say no (`clause`; groups `yes`, `no`).

    `excludes` finds headings that deny what stands below them without saying no.
    """

    leans: Rule
    leads_in: Rule
    conditions: Rule
    excludes: Rule
    negative: Rule
    yes_or_no: Rule
    clause: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class NoticeSubject:
    """What a page says of itself on a subject, a `banner` on pages of any; how a heading says a page is about that."""

    notice: Rule
    announced: Rule
    banner: bool = False


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class FurnitureRules:
    """What pages say of themselves, beside their text; `small` are the words that labels write small.

    `step` tells what a page asks for, which a list of steps may hold, too. `subjects`, `enquiry`, `dateline`, `contact`
    and `disclaiming` words may also be what a text is about. `revised` tells that a date is the page's own, `of_itself`
    that a disclaimer speaks of its own text, `terms` that a heading is of such a text, and `announces` that a sentence
    announces the list after it. `told` are the labels of what a page says of itself, by the names of particulars; a
    byline's names (groups `names`, `date`) end in a `role`, the author's in `introduces`. `body` names a letterhead.
    """

    small: WordSet
    notice: Rule
    step: Rule
    subjects: tuple[NoticeSubject, ...]
    enquiry: Rule
    credit: Rule
    label: Rule
    dateline: Rule
    revised: Rule
    byline: Rule
    role: Rule
    introduces: Rule
    body: Rule
    told: dict[Told, Rule]
    elsewhere: Rule
    contents: Rule
    property: Rule
    contact: Rule
    announces: Rule
    legal: Rule
    disclaiming: Rule
    of_itself: Rule
    terms: Rule


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class Language:
    """One language: its code (ISO 639-1), tag (BCP 47), direction and stemmer (Snowball), its rules and its texts.

    `only_this` says that nothing else is read, by the language of who asks. `digest` is of the rules and of how
    sources are read by them. `everyday` are words and phrases that people say, each with the terms that texts write
    instead. Compared by identity: there is one record a pack.
    """

    name: str
    digest: str
    code: str
    tag: str
    direction: Literal["ltr", "rtl"]
    stemmer: str
    only_this: dict[str, str]
    sentences: SentenceRules
    words: WordForms
    figures: FigureWords
    questions: QuestionRules
    topic: TopicRules
    follow_ups: FollowUpRules
    small_talk: SmallTalkRules
    cues: SentenceCues
    furniture: FurnitureRules
    catalogue: Catalogue
    everyday: dict[str, tuple[str, ...]]
