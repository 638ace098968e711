import pytest

from acobot.sources.text_joins import joined_words, without_note_figures
from acobot.sources.wording import wording_of
from tests.fakes import ENGLISH


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        ("It is emp-\ntied weekly.", "It is emptied\vweekly."),
        ("It is emp-\n  tied.\n\nSo is this.", "It is emptied.\n\nSo is this."),
        ("A long-stay ward for long-\nterm care.", "A long-stay ward for long-term\vcare."),
        ("The term is long: long-\nterm care.", "The term is long: long-term\vcare."),
        ("A re-used bin is re-\nused.", "A re-used bin is re-used."),
        ("Day-to-\nday care", "Day-to-day\vcare"),
        ("Stoke-\nOn sea", "Stoke-On\vsea"),
        ("From 2017-\n18 on, and -\nso.", "From 2017-\n18 on, and -\nso."),
        ("inter-\nnational-\nism", "internationalism"),
    ],
)
def test_the_halves_of_a_word_stand_together_with_its_own_hyphen_only(body: str, joined: str) -> None:
    assert joined_words(body) == joined


def test_the_language_says_which_words_have_a_hyphen_unless_the_text_does() -> None:
    wording = wording_of(ENGLISH)
    assert joined_words("For self-\nemployed people and non-\nresidents.", wording) == (
        "For self-employed\vpeople and non-residents."
    )
    assert joined_words("Nonresidents, and non-\nresidents.", wording) == "Nonresidents, and nonresidents."
    assert joined_words("It is emp-\ntied.", wording) == "It is emptied."


def test_figures_of_the_notes_below_are_taken_off() -> None:
    notes = "\n\n1 From April to March.\n2 Source: NHS England.\n"
    assert without_note_figures(f"It treated many.1 The list grew by 1,204.2 Why?{notes}") == (
        f"It treated many. The list grew by 1,204. Why?{notes}"
    )


@pytest.mark.parametrize(
    "body",
    [
        "It treated many.1 The list grew by 1,204.2 Why?",
        "It treated many.1 The list grew.\n\n1 From April to March.\n2 Source: NHS England.",
        "See section 3.1 and part A1 of it.\n\n1 From April to March.\n",
        "Give your employer the MATB1 certificate.\n\n1 From April to March.\n",
        "It treated many.1 The list grew.\n\n1 Horse Guards Road\nLondon\n",
        "It treated many.1 The list grew.\n\n1 From April to March.\n\nAsk your doctor.\n",
    ],
)
def test_other_figures_stay(body: str) -> None:
    assert without_note_figures(body) == body
