from pathlib import Path

import numpy as np
import pytest

from acobot.answering import Explained
from acobot.assistant import Assistant
from acobot.evidence import Evidence, leans
from acobot.evidence.choosing import choose
from acobot.languages import load_language
from tests.fakes import CALIBRATION, ENGLISH, make_assistant


def explain(folder: Path, text: str, question: str) -> Explained:
    return make_assistant(folder, {"a.md": text}).explain(question)


def chosen(explained: Explained) -> list[str]:
    return [one.text for one in explained.findings.chosen]


def test_the_sentence_that_meets_the_question_comes_first(tmp_path: Path) -> None:
    text = "Cats sleep all day.\n\nThe harbour bridge opened in 1932.\n\nTrees grow slowly.\n"
    assert (
        chosen(explain(tmp_path, text, "When did the harbour bridge open?"))[0] == "The harbour bridge opened in 1932."
    )


def test_at_most_four_sentences_are_chosen_and_the_others_have_a_reason(tmp_path: Path) -> None:
    numbers = ("one", "two", "three", "four", "five", "six")
    text = " ".join(f"Bridge {number} was painted {number} times by {number} people." for number in numbers)
    findings = explain(tmp_path, text, "Which bridge was painted?").findings
    assert len(findings.chosen) == 4
    assert len(findings.rejected) == 2
    assert {one.rejected for one in findings.rejected} == {"others are better or add more"}


def test_what_says_the_same_is_chosen_once(tmp_path: Path) -> None:
    text = "The bridge opened in 1932.\n\nIn 1932 the bridge opened.\n\nIt cost ten pounds to build the old bridge.\n"
    findings = explain(tmp_path, text, "bridge opened in 1932").findings
    assert "says the same as a better one" in {one.rejected for one in findings.rejected}
    assert sum("1932" in one.text for one in findings.chosen) == 1


def test_what_is_unlikely_to_be_wanted_is_left_out(tmp_path: Path) -> None:
    text = "The harbour bridge opened in 1932.\n\nMoss covers wet stones.\n"
    findings = explain(tmp_path, text, "When was the harbour bridge opened?").findings
    assert [one.text for one in findings.chosen] == ["The harbour bridge opened in 1932."]
    assert [one.rejected for one in findings.rejected] == ["too unlikely for its length"]


def test_each_of_two_questions_gets_its_sentence(tmp_path: Path) -> None:
    text = (
        "The bridge opened in 1932. The bridge is made of steel. The bridge carries two railway lines. "
        "The bridge was opened by the mayor. Tolls are collected by the county council.\n"
    )
    found = chosen(explain(tmp_path, text, "When was the bridge opened and who collects tolls?"))
    assert "The bridge opened in 1932." in found
    assert "Tolls are collected by the county council." in found


def test_a_sentence_that_answers_both_questions_stands_alone(tmp_path: Path) -> None:
    text = "The council pays fifty pounds a month.\n\nDogs must be kept on a lead.\n\nThe park closes at dusk.\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    stored = version.corpus.passage(0)
    found = [Evidence(stored, sentence, stored.text_of(sentence), 0.0) for sentence in stored.sentences]
    best, other = np.array([9.0, -12.0, -12.0]), np.array([-12.0, 9.0, -12.0])
    matches, weights = np.ones((3, 1), dtype=np.float32), np.ones(1, dtype=np.float32)

    def texts(*parts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[str]:
        scores = [(one, one) for one in parts]
        quoted, _ = choose(
            found, scores, matches, weights, 4, CALIBRATION.choice, ENGLISH, several=False, opinions=False
        )
        return [one.text for one in quoted]

    assert texts(best, best) == [found[0].text]
    assert texts(best, other) == [found[0].text, found[1].text]


def test_a_name_that_the_sources_do_not_hold_lowers_the_confidence(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": "The bridge in Bristol opened in 1932.\n"})
    sure = assistant.explain("When was the bridge in Bristol opened?").findings.verdict.confidence
    unsure = assistant.explain("When was the bridge in Glasgow opened?").findings.verdict.confidence
    assert unsure < sure
    assert all(value == round(value, 2) for value in (sure, unsure))


def test_asks_lead_to_the_section_but_are_never_chosen(tmp_path: Path) -> None:
    text = "# Fees\n\n<!-- asks: how much dosh is it | what will I fork out -->\n\nEntry costs four pounds.\n"
    explained = explain(tmp_path, text, "what will I fork out")
    assert chosen(explained) == ["Entry costs four pounds."]
    assert explained.findings.verdict.confidence > 0.5


@pytest.mark.parametrize("text", ["They should also ask.", "In return, it grew.", "“This is new,” she said."])
def test_these_lean_on_the_sentence_before(text: str) -> None:
    assert leans(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Each costs £5.",
        "Both of them are free.",
        "Both must be signed.",
        "It is free.",
        "Both cost £5.",
        "Both need a permit.",
    ],
)
def test_each_and_both_lean_where_no_noun_follows(text: str) -> None:
    assert leans(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "IT support is open 9 to 5.",
        "HE students pay.",
        "Each child pays.",
        "Both pools open.",
        "Both go-karts are fast.",
    ],
)
def test_a_name_in_capitals_and_a_noun_behind_each_or_both_lean_on_nothing(text: str) -> None:
    assert not leans(text, ENGLISH)


def test_a_german_noun_behind_both_leans_on_nothing() -> None:
    german = load_language("de")
    assert leans("Beide sind kostenlos.", german)
    assert not leans("Beide Eltern unterschreiben.", german)


@pytest.mark.parametrize("text", ["Theatres closed.", "The bridge opened.", "Italy won."])
def test_these_stand_alone(text: str) -> None:
    assert not leans(text, ENGLISH)


def test_the_choice_does_not_depend_on_chance(tmp_path: Path) -> None:
    assistant: Assistant = make_assistant(tmp_path, {"a.md": "Red bridge here.\n\nRed bridge there.\n"})
    assert assistant.explain("red bridge").findings == assistant.explain("red bridge").findings


def test_opinions_are_gathered_one_a_source(tmp_path: Path) -> None:
    sources = {
        "a.md": "Critics of the bridge say that it is ugly and far too narrow for trams. "
        "Critics of the bridge say that it costs the county more than a hospital.\n",
        "b.md": "Critics of the bridge say that it shakes whenever very strong winds blow in from the open sea.\n",
    }
    findings = make_assistant(tmp_path, sources).explain("What do critics of the bridge say?").findings
    assert {one.stored.passage.source_id for one in findings.chosen[:2]} == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Providers will be allowed to charge patients for treatment in hospitals.",
            "Providers will not be allowed to charge patients for treatment in hospitals.",
        ),
        (
            "The contract for the care of the harbour will be awarded in Dudley.",
            "The contract for the care of the harbour will be awarded in Manchester.",
        ),
        (
            "Boats may be moored at the quay before the harbour opens.",
            "Boats may be moored at the quay after the harbour opens.",
        ),
    ],
)
def test_what_denies_another_or_has_a_word_of_its_own_does_not_say_the_same(
    tmp_path: Path, one: str, other: str
) -> None:
    explained = make_assistant(tmp_path, {"a.md": f"{one}\n", "b.md": f"{other}\n"}).explain(one.rstrip("."))
    assert not [evidence for evidence in explained.findings.rejected if "the same" in evidence.rejected]
