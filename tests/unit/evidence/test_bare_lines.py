import time

import pytest

from acobot.evidence.bare_lines import is_label, leads_in
from acobot.languages import load_language
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("Opening hours", True),
        ("Child single: £1", False),
        ("Dogs are allowed.", False),
        ("Who pays?", False),
        ("The seven words of a long heading here", False),
    ],
)
def test_what_only_names_something(said: str, *, is_one: bool) -> None:
    assert is_label(said) is is_one


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("Wir nehmen Folgendes nicht an.", True),
        ("Geöffnet ist an folgenden Tagen.", True),
        ("Das Bad öffnete am folgenden Tag.", False),
        ("Bringen Sie diese Unterlagen mit.", True),
        ("Diese sind kostenlos.", False),
        ("Die Preise stehen unten.", True),
        ("Hunde sind erlaubt.", False),
        ("Bringen Sie mit:", True),
    ],
)
def test_how_a_german_sentence_leads_in_a_list(said: str, *, leads: bool) -> None:
    assert leads_in(said, load_language("de")) is leads


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("The charges are as follows.", True),
        ("You will need the following documents.", True),
        ("The rules below apply to all boats.", False),
        ("Bring what is listed below.", True),
        ("Children aged five and below.", False),
        ("Read this first.", False),
    ],
)
def test_how_an_english_sentence_leads_in_a_list(said: str, *, leads: bool) -> None:
    assert leads_in(said, ENGLISH) is leads


@pytest.mark.parametrize(("language", "begins"), [("en", "Bring these "), ("de", "Bringen Sie bitte diese ")])
def test_a_line_of_dashes_is_looked_at_once(language: str, begins: str) -> None:
    rules = load_language(language)
    began = time.process_time()
    assert not leads_in(begins + "-" * 100_000 + " x y z", rules)
    assert leads_in(begins + "x " + "-" * 100_000, rules)
    assert time.process_time() - began < 1
