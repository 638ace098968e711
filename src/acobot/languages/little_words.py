"""The little words of many languages (little_words.yaml), by which a message is told to be in another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

FILE = "little_words.yaml"
COMMON_TO_MANY = "common_to_many"  # the key of those that alone tell no language


@cache
def little_words() -> Mapping[str, frozenset[str]]:
    """The words of each language by its ISO 639-1 code, and those common to many, with their marks and without."""
    text = resources.files("acobot.languages").joinpath(FILE).read_text(encoding="utf-8")
    said: dict[str, str] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  makes texts, and nothing else
    return {
        code: frozenset(form for word in words.split() for form in (word, _unmarked(word)))
        for code, words in said.items()
    }


def _unmarked(word: str) -> str:
    """What is left of a word where its marks are not typed."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare.replace("ł", "l").replace("ı", "i")
