import pytest
from hypothesis import given
from hypothesis import strategies as st

from acobot.abbreviations import choose_long_forms, learn_abbreviations, shorten, spell_out, unspell
from tests.fakes import ENGLISH

KNOWN = {
    "CCG": "Clinical Commissioning Group",
    "ACO": "accountable care organisation",
    "GP": "general practitioner",
    "A&E": "accident and emergency",
    "WHO": "World Health Organization",
    "AIDS": "acquired immunodeficiency syndrome",
}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("an accountable care organisation (ACO) is", "ACO", "accountable care organisation"),
        ("The National Health Service (NHS) pays.", "NHS", "National Health Service"),
        ("the Department of Health and Social Care (DHSC)", "DHSC", "Department of Health and Social Care"),
        ("the Office for National Statistics (ONS)", "ONS", "Office for National Statistics"),
        ("Barts Health NHS Trust (BHT)", "BHT", "Barts Health NHS Trust"),
        ("deoxyribonucleic acid (DNA)", "DNA", "deoxyribonucleic acid"),
        ("Transport for London (TfL)", "TfL", "Transport for London"),
        ("research and development (R&D)", "R&D", "research and development"),
        ("accident and emergency (A&E)", "A&E", "accident and emergency"),
        ("non-governmental organisation (NGO)", "NGO", "non-governmental organisation"),
        ("Public Health England (PHE, the agency)", "PHE", "Public Health England"),
        ("a general practitioner (GP; see below)", "GP", "general practitioner"),
        ("“general practice” (GP)", "GP", "general practice"),
        ("the Royal College of Nursing's (RCN) view", "RCN", "Royal College of Nursing"),
        ("Health. Clinical commissioning group (CCG)", "CCG", "Clinical commissioning group"),
    ],
)
def test_learns_what_stands_before_a_bracket_as_the_text_writes_it(text: str, short: str, long: str) -> None:
    assert list(learn_abbreviations(text, ENGLISH)) == [(short, long)]


def test_learns_plural_abbreviations_in_the_singular() -> None:
    text = "This will allow Clinical Commissioning Groups (CCGs) to choose."
    assert list(learn_abbreviations(text, ENGLISH)) == [("CCG", "Clinical Commissioning Group")]
    assert list(learn_abbreviations("Strategic Health Authorities (SHAs)", ENGLISH)) == [
        ("SHA", "Strategic Health Authority")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the plan (in England) is",
        "the plan (see page 3)",
        "(NHS) and more",
        "Trusts (NHS) pay.",
        "the plan. (ACO)",
        "a capital (A) alone",
        "The US (United States)",
        "an NHS organisation (NHS) is",
        "It was agreed (ACO).",
        "technology and data (Tad)",
    ],
)
def test_learns_nothing_where_the_words_do_not_spell_it(text: str) -> None:
    assert list(learn_abbreviations(text, ENGLISH)) == []


def test_learns_all_of_them_in_order() -> None:
    text = "Integrated care systems (ICSs) came before accountable care organisations (ACOs)."
    assert [short for short, _ in learn_abbreviations(text, ENGLISH)] == ["ICS", "ACO"]


@given(st.text(max_size=80), st.from_regex(r"\A[A-Z]{2,6}s?\Z"), st.text(max_size=10))
def test_what_is_learnt_stood_in_the_text(before: str, short: str, after: str) -> None:
    text = f"{before} ({short}){after}"
    for _, long in learn_abbreviations(text, ENGLISH):
        assert long.removesuffix("y") in text


def test_spells_out_once_and_only_what_is_not_there() -> None:
    assert spell_out("What do CCGs do? Is a CCG big?", KNOWN, ENGLISH) == (
        "What do CCGs (Clinical Commissioning Group) do? Is a CCG big?"
    )
    assert spell_out("What is a CCG (clinical commissioning group)?", KNOWN, ENGLISH) == (
        "What is a CCG (clinical commissioning group)?"
    )


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("what is an aco?", "what is an aco (accountable care organisation)?"),
        ("what are acos?", "what are acos (accountable care organisation)?"),
        ("An ACO's budget", "An ACO's (accountable care organisation) budget"),
        ("The ACOs’ budget", "The ACOs’ (accountable care organisation) budget"),
        ("Is A&E free?", "Is A&E (accident and emergency) free?"),
        ("CCG-led care", "CCG (Clinical Commissioning Group)-led care"),
        ("ACO/GP", "ACO (accountable care organisation)/GP (general practitioner)"),
        ("GPs", "GPs (general practitioner)"),
    ],
)
def test_spells_out_in_capitals_or_small_letters_with_its_endings(question: str, searched: str) -> None:
    assert spell_out(question, KNOWN, ENGLISH) == searched


@pytest.mark.parametrize("question", ["Who pays?", "and who pays?", "see a gp", "Tacos?", "the CCGX", "", "NHS"])
def test_leaves_other_words_alone(question: str) -> None:
    assert spell_out(question, KNOWN, ENGLISH) == question


def test_spelling_out_again_adds_nothing() -> None:
    once = spell_out("What do acos and CCGs do in A&E?", KNOWN, ENGLISH)
    assert spell_out(once, KNOWN, ENGLISH) == once


def test_one_meaning_is_chosen_whatever_its_capitals_and_number() -> None:
    pairs = [
        ("ACO", "Accountable Care Organisations"),
        ("ACO", "accountable care organisation"),
        ("ACO", "Accountable Care Organisation"),
    ]
    assert (
        choose_long_forms(pairs, ENGLISH)
        == choose_long_forms(reversed(pairs), ENGLISH)
        == {"ACO": "Accountable Care Organisation"}
    )


def test_an_abbreviation_with_two_meanings_is_left_out() -> None:
    pairs = [("CSU", "commissioning support unit"), ("CSU", "children's services unit"), ("GP", "general practitioner")]
    assert choose_long_forms(pairs, ENGLISH) == {"GP": "general practitioner"}


def test_long_forms_are_shortened_and_explanations_go() -> None:
    known = {"ACO": "accountable care organisation", "NHSE": "NHS England"}
    assert unspell("What is an ACO (accountable care organisation)?", known) == "What is an ACO?"
    assert shorten("Do Accountable care organisations pay NHS England?", known, ENGLISH) == "Do ACOs pay NHSE?"
    assert shorten("Who cares?", known, ENGLISH) == "Who cares?"
