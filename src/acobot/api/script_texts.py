"""The texts that the pages' scripts say: the chat's as data on its form, the widget's written into its file."""

from __future__ import annotations

import json

from babel import Locale

from acobot.languages import Language

SAID = "script."  # how the keys of the chat's texts begin
COUNTED = ("left", "too_many")  # those that depend on a number
_WIDGET = b'"TEXTS OF THE WIDGET"'  # stands in widget.js in their place
_NUMBERS = range(1001)  # of characters; a form that only greater ones have is not needed


def words_of_chat(language: Language) -> str:
    """The texts of chat.js as JSON; of those that depend on a number each form, by its name in Unicode's rules."""
    texts: dict[str, object] = {**language.catalogue.starting(SAID)}
    texts.update({name: _forms(language, SAID + name) for name in COUNTED})
    return json.dumps(texts, ensure_ascii=False)


def with_texts(content: bytes, language: Language) -> bytes:
    """A static file with the widget's texts where it has a place for them, and the language that they are in."""
    texts = {**language.catalogue.starting("widget."), "lang": language.tag, "dir": language.direction}
    return content.replace(_WIDGET, json.dumps(texts).encode())


def _forms(language: Language, key: str) -> dict[str, str]:
    """The forms of a text by what a browser's `Intl.PluralRules` calls them."""
    name_of = Locale.parse(language.tag, sep="-").plural_form
    forms, form_of = language.catalogue.texts[key], language.catalogue.form
    names: dict[str, str] = {}
    for number in _NUMBERS:
        names.setdefault(name_of(number), forms[min(form_of(number), len(forms) - 1)])
    return {"other": forms[-1], **names}
