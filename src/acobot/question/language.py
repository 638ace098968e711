"""Which language a message is in, where it is not in the service's own. Pure text: by its script, or its little words.

It holds back: a message is taken for one in the service's language unless it is in another script, or has words of
another language that the own one does not have, and none of its own. Names, fragments and slips of the keyboard are no
other language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from acobot.index import Vocabulary
from acobot.languages import COMMON_TO_MANY, little_words

FEWEST_WORDS = 3  # of a message in Latin letters: in less, a name or a slip looks like another language
FEWEST_LETTERS = 3  # of another script
FEWEST_SIGNS = 2  # of a script in which one says as much as a word
OTHER_SCRIPT = 0.6  # of the letters, from which a message is in it
MANY = 4  # little words of one language that tell it, though each of them stands in others too
LITTLE_SHARE = 0.25  # of the words: a sentence has at least so many little ones

KNOWN_SHARE = 0.4  # of the words: sources that have so many are in the message's language

_IN_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# How the names of a script's letters begin → the language that is written in it, or most often is here.
_SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "TIBETAN": "bo",
    "KHMER": "km",
    "LAO": "lo",
}
_WITHOUT_BLANKS = frozenset(["CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"])
_URDU = re.compile("[ٹڈڑںےھہۂۓ]")
_PERSIAN = re.compile("[پچژگ]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
# Letters that only one of the languages in Latin letters here has.
_OWN_LETTERS = {
    "pl": re.compile("[ąęłńśźż]"),
    "ro": re.compile("[ășțşţ]"),
    "pt": re.compile("[ãõ]"),
    "es": re.compile("[ñ¿¡]"),
    "cy": re.compile("[ŵŷ]"),
    "tr": re.compile("[ğı]"),
    "lt": re.compile("[ėįųū]"),
    "de": re.compile("ß"),
    "hu": re.compile("[őű]"),
}


def find_language(text: str, own: str) -> str | None:
    """The ISO 639-1 code of a message's language; None where it is the `own` one (a code too), or where unsure."""
    words = [word.replace("’", "'") for word in _IN_LETTERS.findall(text.casefold())]
    found = _by_script(text, words, own) or _by_little_words(words, own)
    return found if found != own else None


def is_foreign_to(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the sources do not have the words of a message, `vocabulary` being theirs in small letters.

    Sources may be in any language, and are asked in theirs. Names in capitals tell nothing. Where a script has no blanks
    between words, it is enough that the sources have it at all.
    """
    words = [word.casefold() for word in _IN_LETTERS.findall(text) if not word.isupper() or len(word) == 1]
    scripts = {_script(char) for char in text} & _WITHOUT_BLANKS
    if scripts:
        return not any(_script(letter) in scripts for letter in vocabulary.initials)
    return sum(word in vocabulary for word in words) < KNOWN_SHARE * len(words) if words else False


def _by_script(text: str, words: Sequence[str], own: str) -> str | None:
    if any(word in little_words().get(own, ()) for word in words):
        return None
    letters = [char for char in text if char.isalpha()]
    others = Counter(script for char in letters if (script := _script(char)) in _SCRIPTS)
    told = sum(others.values())
    fewest = FEWEST_SIGNS if others.keys() & _WITHOUT_BLANKS else FEWEST_LETTERS
    if told < fewest or told < OTHER_SCRIPT * len(letters):
        return None
    if others.keys() & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    most = max(others, key=lambda script: (others[script], script))
    if most == "ARABIC":
        return "ur" if _URDU.search(text) else "fa" if _PERSIAN.search(text) else "ar"
    if most == "CYRILLIC" and _UKRAINIAN.search(text):
        return "uk"
    return _SCRIPTS[most]


def _script(char: str) -> str:
    return re.split(r"[ -]", unicodedata.name(char, ""), maxsplit=1)[0]


def _by_little_words(words: Sequence[str], own: str) -> str | None:
    if len(words) < FEWEST_WORDS:
        return None
    ours = little_words().get(own, frozenset())
    ours_told = sum(word in ours for word in set(words))
    scores: dict[str, tuple[int, int, int]] = {}
    for language, little in little_words().items():
        if language in {own, COMMON_TO_MANY}:
            continue
        found = {word for word in words if word in little}
        sure = {word for word in found if word not in little_words()[COMMON_TO_MANY]}
        letters = _OWN_LETTERS.get(language)
        lettered = {word for word in words if letters and letters.search(word)} - found
        if any(word in ours and word not in little for word in words):
            continue
        told = len(found) + len(lettered)
        known = sure or told >= MANY or (lettered and told > 2)
        if known and told >= 2 and told > ours_told and told >= LITTLE_SHARE * len(words):
            scores[language] = told, len(sure) + len(lettered), -len(little)
    return max(scores, key=lambda language: (scores[language], language)) if scores else None
