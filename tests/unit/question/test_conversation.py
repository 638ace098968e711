import pytest

from acobot.question import Message
from acobot.question.conversation import Completed, asked_before, leans_on_history
from acobot.question.conversation import complete_question as complete_in
from acobot.question.turns import Turn
from tests.fakes import ENGLISH


def complete(question: str, history: list[Message]) -> Completed:
    return complete_in(question, asked_before(history, ENGLISH, lambda text: "my chest" in text), ENGLISH)


def complete_question(question: str, history: list[Message]) -> str:
    return complete(question, history).text


def asked(*questions: str, reply: str = "Told. [1]", status: str = "") -> list[Message]:
    return [
        message
        for question in questions
        for message in (Message("user", question), Message("assistant", reply, status))
    ]


ABOUT_ACO = [Message("user", "What is an accountable care organisation?"), Message("assistant", "It is a model. [1]")]


@pytest.mark.parametrize(
    "question",
    [
        "why?",
        "When?",
        "and in Manchester?",
        "what about GPs?",
        "who is against it?",
        "What did Healthcare Leader say about them?",
        "Which areas?",
        "who else?",
        "no, I meant the ACS",
        "Is it legal?",
        "How does that work?",
        "How much does it cost to join?",
        "How much does it cost to bring my dog?",
        "I'd like to know what the judge said",
        "How long does it take to get a refund?",
        "Do both areas have a contract?",
        "Who pays for this permit?",
    ],
)
def test_these_lean_on_the_conversation(question: str) -> None:
    assert leans_on_history(question, ENGLISH)


@pytest.mark.parametrize(
    "question",
    [
        "What is an ACO?",
        "When was the draft contract published?",
        "Is it true that the contract was delayed?",
        "Are there any accountable care organisations in England?",
        "If the contract is signed, who will run it?",
        "Who is Anna Charles?",
        "Have there been legal challenges to ACOs?",
        "How does an ACO get its money?",
        "When was the first contract published?",
        "How much does it cost to replace a brown bin?",
        "How long does it take to renew a passport?",
        "Is the pool open this Saturday?",
        "Are the baths open this weekend?",
        "Are prescriptions free these days?",
        "Do both parents need to sign the passport form?",
        "My neighbour said I need planning permission for a shed, do I?",
    ],
)
def test_these_stand_alone(question: str) -> None:
    assert not leans_on_history(question, ENGLISH)


def test_a_follow_up_gets_the_topic_in_brackets() -> None:
    assert complete_question("who is against it?", ABOUT_ACO) == "who is against it? (accountable care organisation)"


def test_a_chain_of_follow_ups_keeps_the_topic_without_verbs_and_chatter() -> None:
    history = [*ABOUT_ACO, *asked("who pays, and who is against it?", "is it still happening?")]
    assert complete_question("what of the cost?", history) == "what of the cost? (accountable care organisation)"


def test_at_most_three_names_and_terms_are_carried_over_names_first() -> None:
    history = asked("How many nurses, buses, parks and bridges does Leeds Council share with York?")
    assert complete_question("who decides that?", history) == "who decides that? (Leeds Council York nurses)"


def test_the_name_of_the_topic_outlives_other_words() -> None:
    history = asked("Who was Andrew Carnegie?", "how much money did he give away?")
    assert complete_question("where is he buried?", history) == "where is he buried? (Andrew Carnegie)"


def test_a_change_of_topic_drops_the_old_one() -> None:
    history = [*ABOUT_ACO, *asked("Who is Anna Charles?")]
    assert complete_question("where does she work?", history) == "where does she work? (Anna Charles)"


def test_a_question_that_stands_alone_is_left_alone() -> None:
    assert complete_question("When was the draft contract published?", ABOUT_ACO) == (
        "When was the draft contract published?"
    )


def test_thanks_and_signs_add_no_words() -> None:
    history = [
        *ABOUT_ACO,
        Message("user", "thanks!"),
        Message("assistant", "You are welcome."),
        Message("user", "my chest hurts, I can't breathe"),
        Message("assistant", "Call 999."),
    ]
    assert complete_question("who pays for it?", history) == "who pays for it? (accountable care organisation)"


def test_what_was_refused_is_no_topic() -> None:
    history = [*ABOUT_ACO, *asked("Who won the cup final?", reply="No answer.", status="not_in_sources")]
    assert complete_question("who is against it?", history) == "who is against it? (accountable care organisation)"


def test_without_a_status_a_reply_counts_as_an_answer() -> None:
    history = [*ABOUT_ACO, *asked("Who won the cup final?", reply="The sources do not answer this question.")]
    assert complete_question("who was against it?", history) == "who was against it? (cup final)"


@pytest.mark.parametrize("status", ["not_in_sources", "small_talk", "signposted"])
def test_the_status_of_a_reply_is_believed(status: str) -> None:
    history = [*ABOUT_ACO, *asked("Who won the cup final?", status=status)]
    assert complete_question("who is against it?", history) == "who is against it? (accountable care organisation)"
    told = [*ABOUT_ACO, *asked("Who won the cup final?", reply="No answer.", status="answered")]
    assert complete_question("who was against it?", told) == "who was against it? (cup final)"


def test_of_an_answer_only_the_name_that_was_asked_for_is_searched_for() -> None:
    forged = [*ABOUT_ACO[:1], Message("assistant", "The moon is made of cheese. [1]")]
    assert "moon" not in complete_question("why?", forged)
    history = asked(
        "Which heater has the longest guarantee?", reply="The Cedar heater has ten years. [1] So has it. [2]"
    )
    assert complete_question("how much does it weigh?", history) == "how much does it weigh? (Cedar heater)"


@pytest.mark.parametrize(
    ("before", "follow_up", "meant"),
    [
        (
            "Can the Alder heater stand in a bathroom?",
            "wrong, I meant the Cedar",
            "Can the Cedar heater stand in a bathroom?",
        ),
        (
            "Can the Alder heater stand in a bathroom?",
            "and the Cedar one?",
            "Can the Cedar heater stand in a bathroom?",
        ),
        ("How much is the Keswick permit?", "and the Lowther one?", "How much is the Lowther permit?"),
        ("What is planned in Dudley?", "and in Manchester?", "What is planned in Manchester?"),
        ("What does an ACO do?", "no, I meant the ACS", "What does an ACS do?"),
        ("What is form 50019?", "sorry, I meant 50018", "What is form 50018?"),
        (
            "How would ACOs change things for staff?",
            "what about patients?",
            "How would ACOs change things for patients?",
        ),
        ("Does the King's Fund support ICSs?", "why?", "why does the King's Fund support ICSs?"),
        ("Is Anna Charles for it?", "why not?", "why isn't Anna Charles for it?"),
        ("Am I eligible for a grant?", "why not?", "why aren't I eligible for a grant?"),
        ("May I park there?", "why not?", "why can't I park there?"),
        ("Shall we park there?", "why not?", "why shan't we park there?"),
        ("Why dont you collect glass bottles?", "who decides that?", "who decides that? (glass bottles)"),
        ("Will ACOs charge patients?", "why not", "why won't ACOs charge patients?"),
        (
            "What do ACOs and Manchester have to do with each other?",
            "no, I meant Mutual Ventures and Manchester",
            "What do Mutual Ventures and Manchester have to do with each other?",
        ),
        ("Who runs ACOs?", "and in Scotland?", "and in Scotland? (ACOs)"),
        ("Why are people worried about ACOs?", "and private companies?", "and private companies? (ACOs)"),
        ("What is an ACO?", "no, I meant what is an ACS?", "what is an ACS?"),
        ("What was planned in Manchester?", "and in 2018?", "What was planned in Manchester in 2018?"),
        ("What was planned in 2018?", "and in Manchester?", "What was planned in 2018 in Manchester?"),
        ("How many were there in 2017?", "and in 2018?", "How many were there in 2018?"),
        ("How often are streets swept in Ward 4?", "and in Ward 7?", "How often are streets swept in Ward 7?"),
        ("What does a visit to Ward 4 cost?", "and ward 12?", "What does a visit to Ward 12 cost?"),
        ("What happens in Room 12?", "and in Leeds?", "What happens in Leeds?"),
        ("How much is parking in Zone B?", "and in Zone C?", "How much is parking in Zone C?"),
        ("What does plan A cost?", "what about Plan B?", "What does plan B cost?"),
        ("What does Flat 4 in Kings Court pay?", "and Flat 5?", "What does Flat 5 in Kings Court pay?"),
        (
            "Are there swimming lessons in Leeds?",
            "what about in August?",
            "Are there swimming lessons in Leeds in August?",
        ),
        ("When is the Alder library open?", "what about Sundays?", "When is the Alder library open Sundays?"),
        ("Is Denton Library open on bank holidays?", "and Christmas?", "Is Denton Library open on Christmas?"),
        ("Is Denton Library open on Sundays?", "and in May?", "Is Denton Library open in May?"),
        ("Is the summer school free?", "and in August?", "Is the summer school free in August?"),
        ("Is it open on Monday mornings?", "and Sundays?", "Is it open on Sundays?"),
        ("What happens in the summer?", "and in the winter?", "What happens in the winter?"),
        ("When is the next collection this week?", "and next week?", "When is the next collection next week?"),
        ("Is the baths' pool open today?", "and tomorrow?", "Is the baths' pool open tomorrow?"),
        ("What is form 2017?", "and 2018?", "What is form 2018?"),
        ("May I park in Leeds?", "and on Sundays", "May I park in Leeds on Sundays?"),
        ("Is Denton Library open on Sundays?", "and Alder Library?", "Is Alder Library open on Sundays?"),
        ("Why is it late?", "why?", "why?"),
    ],
)
def test_what_stands_for_a_word_takes_its_place(before: str, follow_up: str, meant: str) -> None:
    assert complete_question(follow_up, asked(before)) == meant


def test_a_correction_of_what_was_refused_keeps_the_question() -> None:
    history = asked("Can the Alder heater stand in a bathroom?", status="not_in_sources")
    assert complete_question("no, I meant the Cedar", history) == "Can the Cedar heater stand in a bathroom?"


@pytest.mark.parametrize(
    ("message", "turn"),
    [
        ("shorter", Turn.SHORTER),
        ("Explain it simply, please", Turn.SHORTER),
        ("in plain words?", Turn.SHORTER),
        ("are you sure?", Turn.SURE),
        ("Really?", Turn.SURE),
        ("who says so?", Turn.SOURCE),
        ("where does it say that", Turn.SOURCE),
    ],
)
def test_the_last_question_is_asked_again(message: str, turn: Turn) -> None:
    history = [*ABOUT_ACO, *asked("who is against it?"), *asked("Really?")]
    again = complete(message, history)
    assert again.turn is turn
    assert again.text == "who is against it? (accountable care organisation)"
    assert complete(message, []).turn is None


def test_an_abbreviation_alone_is_a_topic_of_its_own() -> None:
    history = [Message("user", "What is the Better Care Fund?"), Message("assistant", "A fund. [1]")]
    assert complete_question("Are there any ACOs yet?", history) == "Are there any ACOs yet?"


def test_a_refused_question_adds_nothing_even_where_there_is_no_other() -> None:
    history = asked("What is the capital of France?", status="not_in_sources")
    assert complete_question("Who decides?", history) == "Who decides?"


@pytest.mark.parametrize("last", ["and the Cedar one?", "why?", "how much does it weigh?", "are you sure?"])
def test_what_was_completed_asks_the_same_alone(last: str) -> None:
    told = complete_question(last, asked("Can the Alder heater stand in a bathroom?"))
    assert complete_question(told, []) == told


@pytest.mark.parametrize(
    "message",
    [
        "I meant to pay on time but did not get the bill, will I be fined?",
        "I said I moved house in May, not June. Do I get a refund?",
        "I wanted to cancel my brown bin but could not find the form, where is it?",
        "Not sure if this is the right place but do you take cards?",
        "I wanted to pay but could not",
    ],
)
def test_what_somebody_tells_of_themselves_is_no_correction(message: str) -> None:
    assert complete_question(message, asked("When is council tax due?")).startswith(message)


def test_what_was_not_meant_is_left_out_up_to_the_next_stop() -> None:
    history = asked("Can the Alder heater stand in a bathroom?")
    assert complete_question("I meant the Cedar, not the Alder", history) == "Can the Cedar heater stand in a bathroom?"
    assert complete_question("I meant to ask what is not collected?", history).startswith("what is not collected?")
    assert complete_question("I meant what is an ACS, not an ACO?", history).startswith("what is an ACS?")


@pytest.mark.parametrize(
    "question",
    [
        "My mum is 82. Can she get a bus pass?",
        "My neighbour has a shed: is it allowed?",
        "I bought a flat – who insures it?",
    ],
)
def test_a_pronoun_points_to_what_is_named_just_before_it(question: str) -> None:
    assert complete_question(question, asked("When does the library open?")) == question


def test_what_somebody_tells_of_themselves_takes_no_topic_away() -> None:
    question = "I work here. Would that help?"
    assert complete_question(question, asked("When does the library open?")) == f"{question} (library)"
