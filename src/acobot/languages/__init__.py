"""Language packs: everything that holds for one language, as data. Settings name one; code keeps mechanisms only."""

from acobot.languages.catalogue import Catalogue
from acobot.languages.little_words import COMMON_TO_MANY, little_words
from acobot.languages.loading import DEFAULT_LANGUAGE, load_language, packaged_languages
from acobot.languages.record import FurnitureRules, Language
from acobot.languages.words import (
    LETTERS,
    SPOKEN,
    WORD,
    base_forms,
    bracketed,
    figure,
    has_words,
    plain_number,
    singular,
    stemmed,
    stems,
    terms,
    without_possessive,
)

__all__ = [
    "COMMON_TO_MANY",
    "DEFAULT_LANGUAGE",
    "LETTERS",
    "SPOKEN",
    "WORD",
    "Catalogue",
    "FurnitureRules",
    "Language",
    "base_forms",
    "bracketed",
    "figure",
    "has_words",
    "little_words",
    "load_language",
    "packaged_languages",
    "plain_number",
    "singular",
    "stemmed",
    "stems",
    "terms",
    "without_possessive",
]
