"""What is found as a whole: for the message's parts, where there is little room, and of sources that are named."""

from pathlib import Path

import pytest

from acobot.errors import SourceChoiceError
from acobot.evidence import MOST_QUOTES, find_openings
from acobot.evidence.differing import About
from acobot.evidence.disagreeing import with_both
from acobot.evidence.records import Disagreement, Evidence
from acobot.evidence.verdict import Reason
from tests.fakes import make_assistant

TOWER = {
    "ann.md": "The lighthouse tower was painted in May 1990.\n\nGulls nest on the rock.\n",
    "bob.md": "The lighthouse tower was painted in June 1990.\n\nThe lamp burns oil.\n",
}


def test_what_is_quoted_is_not_rejected_too(tmp_path: Path) -> None:
    masons = {
        "ann.md": (
            "The lighthouse tower was painted in May 1990.\n\nThe lighthouse tower was painted white, they say.\n"
        ),
        "bob.md": "The lighthouse tower was painted in June 1990 by six masons of the town.\n",
    }
    assistant = make_assistant(tmp_path, masons)
    found = assistant.explain("When was the lighthouse tower painted?", max_quotes=2).findings
    assert found.difference
    assert found.difference.other in found.chosen
    assert {one.place for one in found.chosen}.isdisjoint(one.place for one in found.rejected)


@pytest.mark.parametrize(("most", "kept"), [(2, (0, 1)), (3, (0, 1, 2)), (4, (0, 1, 3, 2))])
def test_both_sides_of_a_difference_leave_room_for_what_answers_best(
    tmp_path: Path, most: int, kept: tuple[int, ...]
) -> None:
    text = {"a.md": "# A\n\nOne bridge.\n\nTwo bridges.\n\nThree bridges.\n\nFour bridges.\n"}
    version = make_assistant(tmp_path, text).version()
    stored = version.corpus.passage(0)
    some = [Evidence(stored, sentence, stored.text_of(sentence), 0.0) for sentence in stored.sentences]
    chosen = tuple(some[number] for number in kept[: most - 1]) if most > 2 else (some[0], some[1])
    both = with_both(chosen, Disagreement(About.NUMBER, some[1], some[2]), most)
    assert set(both) == {some[number] for number in kept}
    assert both[0] is some[0]


def test_the_score_and_the_words_that_answer_are_of_the_question_that_is_answered(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, TOWER)
    both = assistant.explain("Who was the mayor of Peru? When was the lighthouse tower painted?").findings
    alone = assistant.explain("When was the lighthouse tower painted?").findings
    assert both.unanswered == ("Who was the mayor of Peru?",)
    assert [one.text for one in both.chosen] == [one.text for one in alone.chosen]
    assert [one.score for one in both.chosen] == pytest.approx([one.score for one in alone.chosen], rel=0.005)


GULLS = "Was the lighthouse tower painted? Do gulls nest on the rock?"


def test_a_question_that_there_is_no_room_for_is_named(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, TOWER)
    answer = assistant.ask(GULLS, max_quotes=1)
    assert len(answer.quotes) == 1
    note = "There is no room for this part in one answer; please ask it by itself: “Do gulls nest on the rock?”."
    assert note in answer.notes
    assert note not in assistant.ask(GULLS).notes


def test_of_many_questions_those_beyond_the_quotes_are_named_and_not_looked_at(tmp_path: Path) -> None:
    many = " ".join(f"Who painted tower {number}?" for number in range(40))
    findings = make_assistant(tmp_path, TOWER).explain(many).findings
    assert len(findings.left_over) == 40 - MOST_QUOTES
    assert findings.left_over[-1] == "Who painted tower 39?"


def test_a_limit_that_is_one_of_two_questions_leaves_the_other_to_be_answered(tmp_path: Path) -> None:
    limits = "- asks: ['Is my dog insured?']\n  say: They do not say whether dogs are insured.\n"
    assistant = make_assistant(tmp_path, TOWER | {"_limits.yaml": limits})
    answer = assistant.ask("When was the lighthouse tower painted? Is my dog insured?")
    assert answer.quotes
    assert answer.quotes[0].text.startswith("The lighthouse tower was painted")


def test_each_source_that_is_named_must_exist_also_beyond_those_quoted(tmp_path: Path) -> None:
    version = make_assistant(tmp_path, TOWER).version()
    assert len(find_openings(version, ["ann", "bob"], 1).chosen) == 1
    with pytest.raises(SourceChoiceError, match="nope"):
        find_openings(version, ["ann", "nope"], 1)


@pytest.mark.parametrize(
    "text",
    [
        "---\npublished: 2018-04\n---\n# Fees of 2049/50\n\nThe yearly fee of the harbour is £30.\n",
        "---\npublished: 2018-04\n---\n# Fees\n\n| Fee in 2050 | £ |\n|---|---|\n| Yearly fee of the harbour | 30 |\n",
    ],
)
def test_a_year_over_a_sentence_is_one_that_it_speaks_of(tmp_path: Path, text: str) -> None:
    assistant = make_assistant(tmp_path, {"a.md": text})
    asked = "What is the yearly fee of the harbour in {}?"
    assert Reason.BEYOND in assistant.explain(asked.format(2051)).findings.verdict.reasons
    assert Reason.BEYOND not in assistant.explain(asked.format(2050)).findings.verdict.reasons


HALLS = "---\npublished: 2018-04\n---\n# Halls\n\n| Hall | Hire charge |\n|---|---|\n| Denton Hall | £40 |\n"
WEDDING = "- asks: ['Can I hire Denton Hall for a wedding?']\n  say: They do not say what a hall is hired for.\n"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the hire charge of Denton Hall in 2030?", Reason.BEYOND),
        ("What is the phone number to hire Denton Hall?", Reason.LACKING),
        ("Can I hire Denton Hall for a wedding?", Reason.LIMIT),
    ],
)
def test_the_row_of_what_a_question_names_is_no_answer_to_what_the_sources_cannot_say(
    tmp_path: Path, question: str, reason: Reason
) -> None:
    assistant = make_assistant(tmp_path, {"a.md": HALLS, "_limits.yaml": WEDDING})
    verdict = assistant.explain(question).findings.verdict
    assert not verdict.answered
    assert verdict.reasons[0] is reason
    assert assistant.ask("What is the hire charge of Denton Hall?").confidence >= 0.9


@pytest.mark.parametrize(("above", "counts"), [("", True), ("<!-- asks: who may swim -->\n", False)])
def test_how_alike_a_limit_is_counts_where_no_asks_line_can_be_compared_with_it(
    tmp_path: Path, above: str, *, counts: bool
) -> None:
    limits = "- asks: [what may a visitor bring to the pool]\n  say: No source says.\n"
    assistant = make_assistant(tmp_path, {"a.md": f"# Pool\n\n{above}Anybody may swim.\n", "_limits.yaml": limits})
    features = assistant.explain("what may a visitor bring to a pool").findings.features
    assert features is not None
    assert (features.limited > 0, features.met_more < 0) == (counts, not counts)


VACANCY = (
    "# Vacancy\n\n| Hours | 20 a week |\n|---|---|\n| Pay | £12 an hour |\n| Further questions to | |\n"
    "| Training | |\n| Starts | in May |\n"
)
GROUPED = (
    "<main><h1>Pool</h1><table><tr><th>Who<th>Fee</tr><tr><td>Dogs<td>£1</tr><tr><td colspan=2>Swimming lessons"
    "<tr><td>Adult<td>£5</tr></table></main>"
)

CENTRE = (
    "# Centre\n\n| Activity | Adult | Child |\n|---|---|---|\n| Swimming | | |\n| Lanes | £5 | £3 |\n"
    "| Families | £4 | £2 |\n| Gym | | |\n| Induction | £12 | £8 |\n"
)
PLAIN = "# Rooms\n\n| Room | Day | Night |\n|---|---|---|\n| Hall | £5 | £9 |\n| Kitchen | | |\n| Loft | £3 | £4 |\n"

BINS = (
    "# Bins\n\n| Street | Grey bin | Brown bin | Notes |\n|---|---|---|---|\n| Hill Road | Friday | | |\n"
    "| Mill Close | Monday | Tuesday | Back lane |\n| Chapel Lane | No bins | | |\n"
)

CLUBS = (
    "# Clubs\n\n| Club | Telephone | Juniors |\n|---|---|---|\n| Wick Juniors | 07700 900123 | |\n"
    "| Hythe | none | yes |\n"
)


@pytest.mark.parametrize(
    ("source", "question", "row", "answered"),
    [
        (VACANCY, "Who gets further questions?", "Further questions to", False),
        (VACANCY, "How long is the training?", "Training", False),
        (VACANCY, "Is there any training?", "Training", True),  # that it is named may be all that is asked
        (VACANCY, "What is the pay an hour?", "Pay | £12 an hour", True),
        (GROUPED, "What are swimming lessons?", "Swimming lessons", True),  # it names the rows below it
        (CENTRE, "What swimming is there?", "Swimming", True),
        (CENTRE, "Tell me about the gym", "Gym", True),
        (PLAIN, "What is the kitchen?", "Kitchen", False),  # one of the rooms, and no group of them
        (BINS, "When is the brown bin of Hill Road collected?", "Hill Road | Friday", False),
        (BINS, "When is the grey bin of Hill Road collected?", "Hill Road | Friday", True),
        (BINS, "When are the grey and brown bins of Hill Road collected?", "Hill Road | Friday", True),
        (BINS, "When is the brown bin of Mill Close collected?", "Mill Close | Monday | Tuesday | Back lane", True),
        (BINS, "Has Hill Road a brown bin day?", "Hill Road | Friday", True),
        (BINS, "When is the brown bin of Chapel Lane collected?", "Chapel Lane | No bins", True),  # of any colour
        (CLUBS, "How do I reach Wick Juniors?", "Wick Juniors | 07700 900123", True),  # a name, and no column
    ],
)
def test_what_nobody_filled_in_answers_nothing(
    tmp_path: Path, source: str, question: str, row: str, answered: bool
) -> None:
    name = "a.html" if source.startswith("<") else "a.md"
    findings = make_assistant(tmp_path, {name: source}).explain(question).findings
    assert findings.chosen[0].text == row
    assert (Reason.LACKING in findings.verdict.reasons) is not answered


CLINICS = (
    "# Clinics\n\n| Clinic | Day | Time | Phone |\n|---|---|---|---|\n| Asthma | Monday | 9am | 960114 |\n"
    "| Baby | Tuesday | 1pm | |\n| Foot care | Wednesday | | 960118 |\n| Travel | | closed | 960120 |\n"
    "| Blood | Friday | 8am | 960125 |\n| Blood | Sunday | 9am | |\n"
)


@pytest.mark.parametrize(
    ("question", "row", "answered"),
    [
        ("What time is foot care?", "Foot care | Wednesday | | 960118", False),
        ("What is the phone of the baby clinic?", "Baby | Tuesday | 1pm", False),
        ("Which day and time has foot care?", "Foot care | Wednesday | | 960118", True),  # one of them is there
        ("Which phone has foot care?", "Foot care | Wednesday | | 960118", True),
        ("Which day is travel?", "Travel | | closed | 960120", True),  # that may be said of its days, too
        ("What is the phone for blood on Sunday?", "Blood | Sunday | 9am", True),  # another row has it
        ("Has foot care a time?", "Foot care | Wednesday | | 960118", True),
    ],
)
def test_a_row_that_is_empty_below_the_head_that_is_asked_for_answers_nothing(
    tmp_path: Path, question: str, row: str, answered: bool
) -> None:
    findings = make_assistant(tmp_path, {"a.md": CLINICS}).explain(question).findings
    assert findings.chosen[0].text.rstrip(" |") == row
    assert (Reason.LACKING in findings.verdict.reasons) is not answered


def test_what_a_row_lacks_may_stand_in_a_text_beside_its_table(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": f"{CLINICS}\nThe time of foot care is noon.\n"})
    assert Reason.LACKING not in assistant.explain("What time is foot care?").findings.verdict.reasons
