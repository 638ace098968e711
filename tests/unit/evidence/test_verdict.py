from dataclasses import replace
from typing import Any

import pytest

from acobot.evidence.differing import Told, lacks_value
from acobot.evidence.verdict import (
    KNOWN_AT_LEAST,
    MOST_UNNAMED,
    NO_ANSWER_AT_MOST,
    Features,
    Reason,
    Verdict,
    decide,
    is_unwritten,
    nearer_limit,
    probability,
    unnamed,
)
from acobot.evidence.years import year_beyond
from acobot.languages import load_language
from tests.fakes import CALIBRATION, ENGLISH

GOOD = Features(read=1.0, best=0.6, nearest=0.5, asked=0.0, limited=0.0, unnamed=0, lacking=False)


def judge(features: Features, **told: Any) -> Verdict:
    """The verdict where a reader has read."""
    return decide(features, CALIBRATION, CALIBRATION.share, least=CALIBRATION.read.answer_from, **told)


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize(
    "worse",
    [replace(GOOD, read=-3.0, best=0.4), replace(GOOD, unnamed=1), replace(GOOD, lacking=True)],
)
def test_each_sign_against_an_answer_lowers_the_probability(worse: Features, *, read: bool) -> None:
    assert probability(worse, CALIBRATION, CALIBRATION.share, read=read) < probability(
        GOOD, CALIBRATION, CALIBRATION.share, read=read
    )


def test_what_the_reader_and_the_asks_say_counts_where_there_is_a_reader() -> None:
    for worse in (replace(GOOD, read=-3.0), replace(GOOD, limited=0.3)):
        assert probability(worse, CALIBRATION, CALIBRATION.share, read=True) < probability(
            GOOD, CALIBRATION, CALIBRATION.share, read=True
        )


def test_the_odds_follow_the_share_of_answerable_questions() -> None:
    middling = Features(read=0.0, best=0.4, nearest=0.4, asked=0.0, limited=0.0, unnamed=0, lacking=False)
    told = probability(middling, CALIBRATION, 0.8, read=False)
    shifted = probability(middling, CALIBRATION, 0.5, read=False)  # a quarter of the odds
    assert shifted / (1 - shifted) == pytest.approx(told / (1 - told) / 4, rel=0.05)


def test_a_limit_that_is_clearly_nearer_than_any_asks_line_decides() -> None:
    assert judge(GOOD, read=True, limit=0.95, nearer=0.1).reasons == (Reason.LIMIT,)
    assert not judge(GOOD, read=True, limit=0.95, nearer=0.1).answered
    assert judge(GOOD, read=True, limit=0.95).answered  # an asks: line is as near
    # And here about as near: "Will it save money?", "How much …?"
    assert judge(GOOD, read=True, limit=0.95, nearer=0.02).answered
    assert not judge(GOOD, read=True, limit=0.98, nearer=0.02).answered  # it is the limit's own question
    assert judge(GOOD, read=True, limit=0.9, nearer=0.1).answered  # alike, but perhaps another question


@pytest.mark.parametrize(
    ("limit", "asked", "nearer"),
    [(0.65, 0.2, 0.0), (0.8, 0.2, 0.1), (0.8, 0.75, 0.05), (0.8, 0.85, 0.0)],
)
def test_a_limit_that_is_only_about_the_same_thing_says_nothing(limit: float, asked: float, nearer: float) -> None:
    assert nearer_limit(limit, asked) == pytest.approx(nearer)


def test_what_a_source_says_word_for_word_that_it_answers_is_answered() -> None:
    hopeless = replace(GOOD, read=-5.0)
    assert not judge(hopeless, read=True).answered
    assert judge(hopeless, read=True, known=True).answered


def test_what_a_question_names_outright_is_answered_where_nothing_speaks_against_it() -> None:
    hopeless = replace(GOOD, read=-5.0)
    assert judge(hopeless, read=True, outright=True).confidence == KNOWN_AT_LEAST
    for verdict in (
        judge(GOOD, read=True, outright=True, beyond=True),
        judge(GOOD, read=True, outright=True, unwritten=True),
        judge(GOOD, read=True, outright=True, limit=0.95, nearer=0.1),
    ):
        assert (verdict.answered, verdict.confidence) == (False, NO_ANSWER_AT_MOST)


def test_a_year_after_all_sources_is_not_answered() -> None:
    verdict = judge(GOOD, read=True, beyond=True)
    assert (verdict.answered, verdict.confidence, verdict.reasons) == (False, NO_ANSWER_AT_MOST, (Reason.BEYOND,))


def test_an_address_that_is_not_there_is_no_answer_however_much_is_said() -> None:
    verdict = judge(GOOD, read=True, unwritten=True)
    assert (verdict.answered, verdict.confidence, verdict.reasons) == (False, NO_ANSWER_AT_MOST, (Reason.LACKING,))


@pytest.mark.parametrize(
    ("question", "held", "unwritten"),
    [
        ("What phone number can I ring?", "Write to bins@example.org by 3 May 2018.", True),
        ("What number do I call?", "Ring us on 01632 960 114.", False),
        ("What number do I call?", "The plans of 2017–2018 and 2017-18 cost £25,000.", True),
        ("What number do I call?", "Call 60 60 60.", False),
        ("What number do I call?", "999 Call for the NHS, a campaign group, went to court.", True),
        ("What number do I call?", "Police: 999 or 101.", False),
        ("What is the telephone number for emergencies?", "Call 999.", False),
        ("What is your phone number?", "Registered charity number 1098765. Company No. 07654321.", True),
        ("What is your phone number?", "VAT number GB 246 8135 79.", True),
        ("What is your phone number?", "Tel: 5551234", False),
        ("What is your phone number?", "Reception: 0120 555 019.", False),
        ("What is your phone number?", "Reception: 01205550190.", False),
        ("What number do I ring in a power cut?", "Ring 105.", False),
        ("Is there an e-mail address?", "Ring us on 01632 960 114.", True),
        ("Is there an email address?", "Write to bins@example.org.", False),
        ("What is the web address?", "See bins.example.org.uk for more.", False),
        ("What's your postcode?", "We are at 1 High Street, Leeds.", True),
        ("What's your postcode?", "We are at 1 High Street, Leeds LS1 4AP.", False),
        ("I moved. Do you have a phone number?", "Write to us.", True),
        ("How do I phone you?", "Write to us.", False),
        ("How do I change my email address?", "Log in.", False),
        ("Can I give you a new phone number?", "Log in.", False),
        ("Will you share my email address with anyone?", "Never.", False),
        ("Is my postcode in the parking zone?", "The zone is around the station.", False),
        ("Do you have to enter your postcode?", "The form asks where you live.", False),
        ("What happens to my email address?", "It is kept for a year.", False),
        ("What number of people came?", "Many came.", False),
    ],
)
def test_what_has_a_form_of_its_own_is_told_by_it(question: str, held: str, *, unwritten: bool) -> None:
    assert is_unwritten(question, [held], ENGLISH) is unwritten


def test_so_it_is_in_german() -> None:
    german = load_language("de")
    assert is_unwritten("Welche Telefonnummer hat das Amt?", ["Schreiben Sie an amt@example.org."], german)
    assert not is_unwritten("Welche Telefonnummer hat das Amt?", ["Tel. 030/901 20."], german)
    assert is_unwritten("Welche Telefonnummer hat der Verein?", ["Vereinsregister 1234567."], german)
    assert not is_unwritten("Welche Telefonnummer hat der Verein?", ["Telefon 1234567."], german)


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("What happens in 2050?", "2050"),
        ("by 2030, who pays?", "2030"),
        ("fees of 2024/2025", "2024"),
        ("Can I borrow £2050?", ""),
        ("Is 2040 kg too heavy?", ""),
        ("Is 2,050 enough?", ""),
        ("May I call 0113 2050?", ""),
        ("What happened in 2018?", ""),
        ("I earn 2050 a month, can I get help?", ""),
        ("Is 2050 pounds enough?", ""),
        ("What is the 2050 budget?", "2050"),
    ],
)
def test_a_year_after_all_sources_is_told_from_amounts(question: str, year: str) -> None:
    assert year_beyond(question, "2022-05-01", [], ENGLISH) == year


@pytest.mark.parametrize(
    ("quote", "year"),
    [
        ("The budget for 2020/21 is £4m.", ""),
        ("The budget for 2020–21 is £4m.", ""),
        ("The budget for 2021 is £4m.", ""),
        ("The budget for 2019/20 is £4m.", "2021"),
    ],
)
def test_a_year_that_a_span_of_two_ends_in_is_told(quote: str, year: str) -> None:
    assert year_beyond("How big is the budget for 2021?", "2018-04", [quote], ENGLISH) == year


def test_an_amount_is_no_year_in_german() -> None:
    german = load_language("de")
    assert year_beyond("Ich verdiene 2050 im Monat, bekomme ich Hilfe?", "2018-04", [], german) == ""
    assert year_beyond("Was passiert 2050?", "2018-04", [], german) == "2050"


def test_a_number_is_named_however_its_thousands_are_parted() -> None:
    assert unnamed("Is it 2,400 pounds?", ["It costs 2400 pounds."], ENGLISH) == ()
    assert unnamed("Kostet es 1.000 Euro?", ["Es kostet 1000 Euro."], load_language("de")) == ()


@pytest.mark.parametrize(
    ("tag", "question", "text"),
    [
        ("en", "Is it £5?", "It is £5.00 a day."),
        ("en", "Is it £1,200.00?", "It is £1200."),
        ("de", "Kostet es 5 Euro?", "Es kostet 5,00 €."),
        ("de", "Kostet es 1200 Euro?", "Es kostet 1.200,00 €."),
        ("de", "Ist um 8 Uhr offen?", "Offen ab 8.00 Uhr."),
    ],
)
def test_a_whole_number_is_named_with_its_noughts_or_without(tag: str, question: str, text: str) -> None:
    assert unnamed(question, [text], load_language(tag)) == ()


def test_a_number_of_two_words_is_the_one_in_figures_and_no_part_of_it() -> None:
    assert unnamed("Is it 25 seats?", ["It has twenty-five seats."], ENGLISH) == ()
    assert unnamed("Is it 5 seats?", ["It has twenty-five seats."], ENGLISH) == ("5",)
    assert unnamed("Sind es 25 Plätze?", ["Es sind fünfundzwanzig Plätze."], load_language("de")) == ()


def test_a_refusal_has_a_reason_and_an_answer_needs_none() -> None:
    hopeless = Features(read=-9.0, best=0.1, nearest=0.1, asked=0.0, limited=0.0, unnamed=0, lacking=False)
    assert judge(hopeless, read=True).reasons == (Reason.UNLIKELY,)
    assert judge(replace(hopeless, unnamed=1, lacking=True), read=True).reasons == (Reason.UNNAMED, Reason.LACKING)
    answered = judge(GOOD, read=True)
    assert answered.answered
    assert answered.confidence >= CALIBRATION.read.answer_from
    assert answered.reasons == ()


def test_names_and_numbers_that_no_text_holds_are_told_up_to_two() -> None:
    held = ["The bridge in Bristol opened in 1932."]
    assert unnamed("Was the Bristol bridge opened in 1932?", held, ENGLISH) == ()
    assert unnamed("Was the bridge in Glasgow opened in 1932?", held, ENGLISH) == ("Glasgow",)
    assert len(unnamed("Did Ann, Bob and Carol open it?", held, ENGLISH)) == MOST_UNNAMED


def test_a_name_is_looked_for_as_a_whole_word() -> None:
    assert unnamed("Did Ann open it?", ["The annual fair."], ENGLISH) == ("Ann",)
    assert unnamed("Do ACOs exist?", ["An ACO exists."], ENGLISH) == ()
    assert unnamed("Is it King's?", ["The king’s fund"], ENGLISH) == ()


def test_a_capital_that_only_opens_a_sentence_is_no_name() -> None:
    assert unnamed("Explain the bridge. Describe it.", ["A bridge."], ENGLISH) == ()


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("When was it opened?", "It was opened in May 1932.", False),
        ("When was it opened?", "It was opened by the mayor.", True),
        ("When was it written?", "It was written in the second century.", False),
        ("When do the ducks march?", "They march each morning.", False),  # an occasion, not a date
        ("How many people work there?", "Some 400 people work there.", False),
        ("How many people work there?", "It was built in 12 months.", True),
        ("How many people work there?", "People work there.", True),
        ("How much did it cost?", "It cost ten pounds.", False),
        ("How much did it cost?", "In May 2018 it was dear.", True),
        ("How long is the contract?", "It runs for 15 years.", False),
        ("How long is the contract?", "It runs.", True),
        ("Who opened it?", "It was opened by the mayor.", False),
        ("What day is my bin collected?", "Brown bins are collected every Monday.", False),
        ("What day is my bin collected?", "Brown bins: Mon and Thu.", False),
        ("What day is my bin collected?", "Brown bins are collected.", True),
        ("Which year was it opened?", "It is open on Mondays.", True),
        ("When was it opened?", "It is open on Mondays until 7pm.", True),
        ("When will I get my money?", "You will be paid within five working days.", False),
        ("When will the shop shut?", "The shop shuts at 5.30pm.", False),
        ("When will the shop shut?", "The shop shuts for good.", True),
        ("How much does it cost to join?", "Joining is free.", False),
        ("How much does it cost to join?", "There is no charge for members.", False),
        ("How much does it cost to join?", "Feel free to ask about our sugar-free cakes.", True),
        ("How long is the contract?", "Joining is free.", True),
    ],
)
def test_a_date_length_or_number_that_is_asked_for_has_to_be_there(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_value(question, lambda: [Told(text, "a", "")], ENGLISH) is lacks


def test_the_month_of_writing_is_no_date_that_was_asked_for() -> None:
    told = Told("It was opened, the guide of April 2018 says.", "a", "2018-04")
    assert lacks_value("When was it opened?", lambda: [told], ENGLISH)


def test_a_number_names_what_it_numbers() -> None:
    wards = ["Ward 4 decides within 7 days.", "Ward 6 decides within 9 days."]
    assert unnamed("Within how many days does ward 7 decide?", wards, ENGLISH) == ("ward 7",)
    assert unnamed("Within how many days does ward 6 decide?", wards, ENGLISH) == ()
    assert unnamed("Who decides in ward 7?", ["Ward 4 decides within 7 days."], ENGLISH) == ("ward 7",)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Visitors to Ward 4 come after 7.", True),
        ("Ward 4: visitors come after 7.", True),
        ("Ward 4 is open from 7.", True),
        ("Wards 4 to 8, Ward 4 or above, open from 7.", False),  # which are many
        ("Ward 4, 7 and 9 are open.", False),
        ("The ward 4 times a day has 7 visits.", False),  # no name
        ("Ward 4 patients a day, not 7.", False),  # it may be a verb
        ("Ward 7 and Ward 4 are open.", False),
        ("Ward 5 is upstairs. Wards 6 and 7 are open.", False),
        ("Ward 3 to Ward 9 are open at 7.", False),
        ("Ward 4 is open at 7, and so is Ward 7a.", False),
    ],
)
def test_one_other_number_is_another_thing_where_it_is_written_as_a_name(text: str, *, lacking: bool) -> None:
    assert unnamed("Who may come to ward 7?", [text], ENGLISH) == (("ward 7",) if lacking else ())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Can I take 2 at 7?", "Take 1 tablet. At 7 take 2."),
        ("Can somebody aged 12 come?", "Aged 16: £5, and 12 for others."),
        ("Is it open on May 6?", "Open from May 4, and 6 days a week."),
        ("Can I get a refund within 7 days?", "Refunds within 14 days, within 28 days at most, 7 days a week."),
        ("Can someone aged 70 get a pass?", "If aged 66 or over; aged 5 too. It takes 70 minutes."),
        ("What if I have paid for at least 12 years?", "At least 10 years. At least 35 years, of 12 months."),
        ("Do I have to pay if I live 4 miles away?", "If you live 2 miles away. If you live 3 miles away, 4 weeks."),
    ],
)
def test_counts_ages_and_days_are_no_names(question: str, text: str) -> None:
    assert unnamed(question, [text], ENGLISH) == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is it open until 7.30pm?", "It is open until 7.30pm."),
        ("Is it open until 7.30?", "It is open until 7.30pm."),
        ("Is it open until 7 pm?", "It is open until 7pm."),
        ("Is it open at 8?", "It is open 7-8pm."),
        ("Did it get £3.5m?", "It got £3.5m, and a lamp."),
        ("Is it open at 9:30?", "Open 9.30am to 5pm."),
        ("Is it open at 9.30?", "Open 9:30am to 5pm."),
        ("Is it open at 9:30?", "Open 09:30 to 17:00."),
        ("Is it open at 9:30am?", "Open 9.30am to 5pm."),
        ("Is it open at 9?", "Open 9:30am to 5pm."),  # nearly, and what it says tells so
        ("Is there a map at 1:50,000?", "Maps at 1:50,000 are sold."),
        ("I am 72, do I get a free pass?", "Everyone over 66 gets a pass."),
        ("My mum is 81. Does she get a pass?", "Everyone over 66 gets a pass."),
    ],
)
def test_a_number_is_looked_for_whole_and_not_where_it_is_an_asker_s_age(question: str, text: str) -> None:
    assert unnamed(question, [text], ENGLISH) == ()


def test_a_number_that_no_text_holds_is_told_whole() -> None:
    assert unnamed("Is it open until 7.45?", ["It is open until 7.30pm."], ENGLISH) == ("7.45",)
    assert unnamed("Is it open until 7:45?", ["It is open 7 days until 7:30pm, with 45 stalls."], ENGLISH) == ("7:45",)
    assert unnamed("Are we 72 members?", ["There are 66 members."], ENGLISH) == ("72",)
    german = load_language("de")
    assert unnamed("Ich bin 72, bekomme ich eine Karte?", ["Ab 66 gibt es sie."], german) == ()
    assert unnamed("Sind wir 72 Leute?", ["Wir sind 66."], german) == ("72",)
    assert unnamed("Ist um 9:30 Uhr offen?", ["Offen ab 9.30 Uhr."], german) == ()


def test_a_word_of_talk_in_capitals_is_no_abbreviation() -> None:
    assert unnamed("Are dogs OK there?", ["Dogs are welcome."], ENGLISH) == ()
    assert unnamed("Sind Hunde OK?", ["Hunde sind willkommen."], load_language("de")) == ()


def test_a_word_that_ends_as_a_plural_does_numbers_things_too() -> None:
    held = ["Bus 4 stops there.", "Bus 6 stops there at 9."]
    assert unnamed("Does bus 9 stop there?", held, ENGLISH) == ("bus 9",)
    assert unnamed("Does bus 6 stop there?", held, ENGLISH) == ()


def test_of_ranges_and_lists_that_a_question_names_nothing_is_said() -> None:
    held = ["Ward 4 is upstairs.", "Ward 6 is open at 7 and 8."]
    assert unnamed("Are wards 7 and 8 open?", held, ENGLISH) == ()
    assert unnamed("Are wards 7 to 8 open?", held, ENGLISH) == ()


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("An welchem Tag wird die Tonne geleert?", "Die Tonne wird montags geleert.", False),
        ("An welchem Tag wird die Tonne geleert?", "Die Tonne wird geleert.", True),
        ("Wann wurde sie geleert?", "Die Tonne wird montags geleert.", True),
        ("Wie viel kostet es?", "Der Eintritt ist kostenlos.", False),
        ("Wie viel kostet es?", "Der Eintritt kostet etwas.", True),
    ],
)
def test_a_day_or_a_price_is_told_in_german(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_value(question, lambda: [Told(text, "a", "")], load_language("de")) is lacks
