import pytest

from acobot.question.topic import Kind, content_words, find_terms
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("What does the King's Fund think about the contract [1]?", ["King's Fund", "contract"]),
        ("Does the draft contract change prices?", ["draft contract", "prices"]),
        ("How much does the permit cost?", ["permit"]),
        ("Is the cost of a permit still rising?", ["cost", "permit"]),
        ("who pays against still happening", []),
        ("When was the draft contract published?", ["draft contract"]),
        ("Who wrote for the Department of Health and Social Care?", ["Department of Health and Social Care"]),
        ("Do Dudley and Manchester differ?", ["Dudley", "Manchester"]),
        ("What is form 50019?", ["form 50019"]),
        ("Why did 999 Call for the NHS go to court?", ["999 Call for the NHS", "court"]),
        ("integrated care systems", ["integrated care systems"]),
        ("Where is Zone B, and may I park in zone C?", ["Zone B", "zone C"]),
    ],
)
def test_terms_are_names_and_nouns(text: str, terms: list[str]) -> None:
    assert [term.text for term in find_terms(text, ENGLISH)] == terms


def test_terms_know_their_place_and_kind() -> None:
    text = "Can the Alder heater or an ACO help patients in a bathroom?"
    terms = find_terms(text, ENGLISH)
    assert [text[term.start : term.end] for term in terms] == [term.text for term in terms]
    assert [term.kind for term in terms] == [Kind.NAME, Kind.ABBREVIATION, Kind.PEOPLE, Kind.PLAIN]
    assert text[terms[0].name_start : terms[0].name_end] == "Alder"


def test_a_number_or_a_letter_behind_a_name_is_part_of_it() -> None:
    text = "Are the Ward 4 toilets or the Zone B stairs cleaned?"
    assert [text[term.name_start : term.name_end] for term in find_terms(text, ENGLISH)] == ["Ward 4", "Zone B"]


def test_content_words_are_those_that_say_what_it_is_about() -> None:
    assert content_words("What does the King's Fund think about the contract [1]?", ENGLISH) == [
        "King's",
        "Fund",
        "contract",
    ]
