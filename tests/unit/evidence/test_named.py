from pathlib import Path

import numpy as np
import pytest

from acobot.evidence import named
from acobot.evidence.clauses import Named, find_clause
from acobot.evidence.scoring import Scored
from acobot.languages import load_language
from tests.fakes import ENGLISH, make_assistant

TEXTS = ["1.1 Rent is due.", "2.1 The roof is kept in repair.", "2.10 Pets need consent.", "2.1.1 So do birds."]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("What does clause 2.1 say?", Named(1, alone=True)),
        ("what is in section 2.10", Named(2, alone=True)),
        ("Who repairs the roof under clause 2.1?", Named(1, alone=False)),
        ("What does clause 9 say?", None),
        ("What does the landlord repair?", None),
        ("What does clause 2 say?", Named(1, alone=True)),
    ],
)
def test_a_clause_is_found_by_its_number(question: str, clause: Named | None) -> None:
    assert find_clause(question, TEXTS, ENGLISH) == clause


def test_an_address_or_a_date_is_no_clause() -> None:
    assert find_clause("What does clause 12 say?", ["12 High Street, Leeds", "12. Notice"], ENGLISH) == Named(
        1, alone=True
    )
    assert find_clause("What does section 5 say?", ["5 March 2020: the shop opens."], ENGLISH) is None


def test_a_clause_comes_before_those_below_it_and_before_a_number_that_begins_so() -> None:
    texts = ["2.5 million pounds were paid.", "2.1 The roof is kept in repair.", "2. Repairs are shared."]
    assert find_clause("What does clause 2 say?", texts, ENGLISH) == Named(2, alone=True)


def test_a_rule_is_found_by_its_number_in_a_list_and_never_by_a_count(tmp_path: Path) -> None:
    text = "# Rules\n\n1. Members pay.\n2. Boats are washed.\n3. Dogs are led.\n\n# Moorings\n\n3 moorings are kept.\n"
    answer = make_assistant(tmp_path, {"a.md": text}).ask("What does rule 3 say?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Dogs are led."]
    assert find_clause("What does rule 3 say?", ["3 moorings are kept."], ENGLISH) is None


TENANCY = (
    "# Tenancy\n\n20. The landlord gives notice in writing.\n21. The tenant keeps no dog.\n22. Birds sing.\n\n"
    "## 30. Repairs\n\nLet us know. We mend the roof.\n"
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Can my landlord give me a section 21 notice?", "The landlord gives notice in writing."),  # of another text
        ("May a tenant have a dog under section 21?", "The tenant keeps no dog."),
        ("Who mends the roof under section 30?", "Let us know."),
    ],
)
def test_a_clause_with_the_number_of_another_text_s_is_not_named(tmp_path: Path, question: str, said: str) -> None:
    found = make_assistant(tmp_path, {"a.md": TENANCY}).explain(question).findings
    assert found.chosen[0].text == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does 3.3(b) say?", "(b) bicycles"),
        ("What does clause 4.1 (b) say?", "(b) a certificate"),
        ("What does section 9(a) say?", "Dogs are led."),  # it has no part: the clause is quoted
        ("What does section 9 say?", "Dogs are led."),  # its number stands in the heading
        ("What does clause 5 say?", "Clause 5: Cats are kept in."),
    ],
)
def test_a_part_of_a_clause_is_found_below_it_and_a_clause_below_its_heading(
    tmp_path: Path, question: str, said: str
) -> None:
    text = (
        "# Terms\n\n3.3 Nothing is kept there except:\n\n- (a) logs\n- (b) bicycles\n\n4.1 You must hold:\n\n"
        "- (a) a policy\n- (b) a certificate\n\nClause 5: Cats are kept in.\n\n## Section 9. Dogs\n\nDogs are led.\n"
    )
    answer = make_assistant(tmp_path, {"a.md": text}).ask(question)
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == [said]


ALLOTMENTS = (
    "<title>Plots - Bexley Plot Society</title><main><h1>Plots</h1><ol><li>Pay by May.<li>Rules:"
    "<ol type=a><li>Keep to the path.<li>Light no fire.</ol><li>Sheds:<ol type=a><li>Paint them green.</ol></ol>"
    "<h2>Section 3: Keys</h2><p>A key costs £5.</p></main>"
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does rule 2(b) say?", "Light no fire."),
        ("What is rule 2(b) of the plot society?", "Light no fire."),
        ("What does rule 1 say?", "Pay by May."),
        ("What does section 3 say?", "A key costs £5."),  # a heading that says so before an item with the number
    ],
)
def test_an_item_is_found_by_the_number_that_a_browser_shows(tmp_path: Path, question: str, said: str) -> None:
    answer = make_assistant(tmp_path, {"a.html": ALLOTMENTS}).ask(question)
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == [said]


SAILING = (
    "<title>Sailing</title><main><h1>Sailing</h1><h2>How to join</h2><ol><li>Read the rules.<li>Fill in the form."
    "<li>Pay.<li>Wait for a letter.<li>Come to the pier.</ol><h2>4. Boats</h2>"
    "<p>Boats are kept on the north shore.</p></main>"
)


def test_a_heading_that_begins_with_the_number_comes_before_items_of_lists(tmp_path: Path) -> None:
    answer = make_assistant(tmp_path, {"a.html": SAILING}).ask("What does section 4 say?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Boats are kept on the north shore."]


def test_a_clause_that_is_typed_in_an_item_is_found(tmp_path: Path) -> None:
    page = "<main><h1>Hire</h1><ol class=terms><li>1.1 The hirer pays first.<li>1.2 The hirer locks up.</ol></main>"
    answer = make_assistant(tmp_path, {"a.html": page}).ask("What does clause 1.2 say?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["1.2 The hirer locks up."]


TABLE = "# Halls\n\n| Hall | Step-free | Seats |\n|---|---|---|\n| Denton Hall | no | 40 |\n| Ashby Hall | yes | 90 |\n"


def test_a_row_is_found_by_the_name_in_a_cell_where_its_table_speaks_of_it(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": TABLE})
    answer = assistant.ask("Is Denton Hall step-free?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Denton Hall | no | 40"]
    assert answer.confidence >= 0.9
    assert assistant.ask("Is Denton Hall haunted?").confidence < 0.9


def test_the_head_of_a_table_is_no_row_that_a_question_names(tmp_path: Path) -> None:
    halls = "# Halls\n\n| Hall | Step-free access |\n|---|---|\n| Denton | none |\n| Ashby | by a ramp |\n"
    found = make_assistant(tmp_path, {"a.md": halls}).explain("Which hall has step-free access?").findings
    assert found.verdict.confidence < 0.9


def test_a_name_may_end_in_a_sign(tmp_path: Path) -> None:
    table = TABLE.replace("Ashby Hall", "Ashby Hall (Annexe)")
    answer = make_assistant(tmp_path, {"a.md": table}).ask("Is Ashby Hall (Annexe) step-free?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Ashby Hall (Annexe) | yes | 90"]
    assert answer.confidence >= 0.9


def test_what_one_question_of_a_message_names_makes_no_other_sure(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": TABLE})
    found = assistant.explain("Is Denton Hall step-free? Who was the mayor of Peru?").findings
    assert found.verdict.confidence >= 0.9
    assert found.unanswered == ("Who was the mayor of Peru?",)
    found = assistant.explain("Is Denton Hall step-free? How many seats does it have?").findings
    assert found.unanswered == ()


CHECKS = "# Checks\n\n| Item | Examiner | Fee |\n|---|---|---|\n| Hoist | Vulcan Inspection | £9 |\n"


@pytest.mark.parametrize(
    ("others", "sure"), [("| Slings | Kestrel Works | £8 |\n", True), ("| Slings | Vulcan Inspection | £8 |\n", False)]
)
def test_what_two_rows_hold_names_neither(tmp_path: Path, others: str, sure: bool) -> None:
    assistant = make_assistant(tmp_path, {"a.md": CHECKS + others})
    assert (assistant.ask("What was the fee of Vulcan Inspection in the harbour?").confidence >= 0.9) == sure


BINS = "# Bins\n\n| Bin | Collected |\n|---|---|\n| Blue bin | every week |\n"
HOURS = "# Hours\n\n| Day | Open |\n|---|---|\n| Saturday | all day |\n"


def test_what_a_cell_says_of_its_row_names_no_row_before_the_names_of_others(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": BINS + "| Brown bin | every fortnight |\n"})
    answer = assistant.ask("Is the brown bin collected every week?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Brown bin | every fortnight"]


@pytest.mark.parametrize(
    ("table", "question"),
    [(BINS, "Is the brown bin collected every week?"), (HOURS, "Is it open all day on Sunday?")],
)
def test_what_a_cell_says_of_its_row_answers_nothing_of_another(tmp_path: Path, table: str, question: str) -> None:
    assert make_assistant(tmp_path, {"a.md": table}).ask(question).confidence < 0.9


ROOMS = "# Room prices\n\n| Room | Seats | Hour |\n|---|---|---|\n| Main hall | 120 | £42 |\n| Library | 30 | £18 |\n"


def test_a_row_with_a_name_of_one_word_is_found_where_the_table_speaks_of_all_the_rest(
    tmp_path: Path,
) -> None:
    assistant = make_assistant(tmp_path, {"a.md": ROOMS})
    answer = assistant.ask("How many seats has the library?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Library | 30 | £18"]
    # The table does not speak of opening, so that "library" may be anything.
    assert assistant.ask("How many seats opened in the library?").confidence < 0.9


PARKS = "# Parking\n\n| Car park | Spaces | Day ticket |\n|---|---|---|\n| Mill Street | 120 | £6 |\n"
LIBRARIES = "# Libraries\n\n| Library | Phone |\n|---|---|\n| Alder Road | 0113 496 0123 |\n"


def test_a_first_row_that_is_no_head_says_nothing_of_another(tmp_path: Path) -> None:
    rows = "# Pier\n\n| Monday club | parents |\n|---|---|\n| Sunday club | runners |\n"
    assert make_assistant(tmp_path, {"a.md": rows}).ask("Do parents come to the Sunday club?").confidence < 0.9


@pytest.mark.parametrize(
    ("table", "question", "sure"),
    [
        (PARKS, "Can I charge an electric car at the Mill Street car park?", False),
        (PARKS, "How many spaces are there at the Mill Street car park after 6?", True),
        (LIBRARIES, "Is the Alder Road library open on bank holidays?", False),
        (LIBRARIES, "What is the phone number of the Alder Road library?", True),
    ],
)
def test_what_a_name_is_one_of_answers_nothing(tmp_path: Path, table: str, question: str, *, sure: bool) -> None:
    assert (make_assistant(tmp_path, {"a.md": table}).ask(question).confidence >= 0.9) is sure


FORMS = (
    "# Gifts\n\n## May\n\n| Name of officer | R. Marsh |\n|---|---|\n| Gift | Two tickets to the opera |\n"
    "| Given by | Kestrel |\n\n"
    "## June\n\n| Name of officer | T. Hale |\n|---|---|\n| Gift | A ham |\n"
)


def test_a_field_of_a_form_is_found_by_its_label_and_the_name_in_the_form(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": FORMS})
    leads = [
        [quote.text for quote in assistant.ask(question).quotes if quote.role == "lead"]
        for question in ("What gift did R. Marsh declare?", "Which gift did T. Hale get?")
    ]
    assert leads == [["Gift | Two tickets to the opera"], ["Gift | A ham"]]
    assert assistant.ask("What salary did R. Marsh declare?").confidence < 0.9


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("Friends of the Library", True),
        ("Bank of England", True),
        ("The Library", True),
        ("of England Bank", False),
        ("Open to all", False),
        ("on Sundays", False),
        ("Monday to Friday", False),
        ("Monday and Friday", False),
        ("Room 5 at 10 Mill Street", False),
    ],
)
def test_a_name_of_several_words_may_have_small_ones_within(value: str, *, is_one: bool) -> None:
    assert named._is_name(value, ENGLISH) is is_one


def test_a_form_is_found_by_a_name_with_small_words(tmp_path: Path) -> None:
    form = "# Gifts\n\n| Name | Friends of the Library |\n|---|---|\n| Gift | Two tickets to the opera |\n"
    answer = make_assistant(tmp_path, {"a.md": form}).ask("What gift did the Friends of the Library declare?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["Gift | Two tickets to the opera"]
    assert answer.confidence >= 0.9


COURT = (
    "# Court fees\n\n| Claim | Fee |\n|---|---|\n| Up to £300 | £35 |\n| £300.01 to £1,500 | £50 |\n"
    "| Over £1,500 | £80 |\n"
)


def test_a_row_is_found_by_the_range_that_the_question_s_number_lies_in(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": COURT})
    answer = assistant.ask("What is the court fee for a claim of £1,400?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["£300.01 to £1,500 | £50"]
    assert assistant.ask("What is the court fee for a claim of £90?").confidence < 0.9


def test_a_row_with_the_number_itself_comes_before_one_with_a_range(tmp_path: Path) -> None:
    zones = "# Zones\n\n| Zone | Month |\n|---|---|\n| 1 to 3 | £86 |\n| 1 | £52 |\n"
    answer = make_assistant(tmp_path, {"a.md": zones}).ask("How much is a month in zone 1?")
    assert [quote.text for quote in answer.quotes if quote.role == "lead"] == ["1 | £52"]


@pytest.mark.parametrize(
    ("number", "cell", "within"),
    [
        (400, "£300 to £500", True),
        (400, "£300–£500", True),
        (1200, "1,000 until 2,000", True),
        (7, "5 kg - 10 kg", True),
        (1200, "1,000.50 € to 2,000 €", True),
        (600, "£300 to £500", False),
        (2018, "12 March 2020", False),
        (12, "10:30", False),
        (5, "Room 2 floor 9", False),
    ],
)
def test_two_numbers_are_a_range_only_where_a_range_is_written(number: float, cell: str, *, within: bool) -> None:
    assert named.lies_within(number, cell, ENGLISH) is within


@pytest.mark.parametrize("cell", ["1.000,50 € bis 2.000 €", "1.000,50 bis 2.000 €", "1.000–2.000 Euro"])
def test_so_of_sums_as_they_are_written_in_german(cell: str) -> None:
    german = load_language("de")
    assert named.lies_within(1200, cell, german)
    assert not named.lies_within(2100, cell, german)


STREETS = "# Bins\n\n| Street | Refuse day |\n|---|---|\n| Mill Lane | Monday |\n| Mill Lane East | Friday |\n"


def test_of_two_names_of_which_one_has_the_other_the_longer_one_is_meant(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": STREETS})
    for asked, row in (("Mill Lane East", "Mill Lane East | Friday"), ("Mill Lane", "Mill Lane | Monday")):
        answer = assistant.ask(f"On which day is the refuse of {asked} collected?")
        assert answer.quotes[0].text == row


BANDS = (
    "# Nursery fees\n\nLunch costs £3 a day.\n\n| Family income | Half days |\n|---|---|\n"
    "| £10,000 to £20,000 | £80 |\n| £20,001 to £30,000 | £120 |\n"
)


def test_a_sum_finds_the_row_of_a_table_whose_first_column_is_of_it(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": BANDS})
    answer = assistant.ask("What does lunch and care cost us each day with an income of £25,000?")
    assert answer.quotes[0].text == "£20,001 to £30,000 | £120"
    assert assistant.explain("What is lunch for £25,000?").findings.chosen[0].text == "Lunch costs £3 a day."


def test_a_german_word_is_the_last_part_of_another() -> None:
    german = load_language("de")
    assert named._is_word_in("einkomm", "jahreseinkomm", german)
    assert not named._is_word_in("einkomm", "jahreseinkomm", ENGLISH)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which chemist is open on Good Friday?", "Good Friday, 3 April"),
        ("Which chemist is open on Easter Monday?", "Easter Monday (6 April)"),
        ("Which chemist is open on Easter Sunday?", ""),  # two are
        ("Which chemist is open on Monday?", ""),
        ("Which chemist is open last year?", ""),
        ("Which chemist is open after Good Friday?", ""),
        ("Which chemist is open on the Feast Day?", "Feast Day, 1 June"),
        ("Which chemist is open on the Feast Day of Spring?", "Feast Day of Spring, 2 June"),
        ("Who works on Good Friday?", ""),
    ],
)
def test_a_row_is_named_by_what_stands_before_its_date(tmp_path: Path, question: str, row: str) -> None:
    text = (
        "# Open on holidays\n\n| Date | Chemist |\n|---|---|\n| Good Friday, 3 April | Hart |\n"
        "| Easter Sunday, 5 April | Linton |\n| Easter Sunday, 5 April | Oakes |\n"
        "| Easter Monday (6 April) | Hart |\n| Monday, 4 May | Oakes |\n"
        "| Open last 1 May | Oakes |\n| Feast Day, 1 June | Hart |\n| Feast Day of Spring, 2 June | Linton |\n"
    )
    version = make_assistant(tmp_path, {"a.md": text}).version()
    (stored,) = map(version.corpus.passage, range(version.corpus.passages))
    unmatched = np.zeros(0, dtype=np.float32)
    scored = [Scored(stored, one, stored.text_of(one), unmatched, 0.0) for one in stored.sentences]
    found = named.find_row(question, scored, version)
    assert (scored[found.place].text.partition(" | ")[0] if found else "") == row
