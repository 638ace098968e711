from dataclasses import replace
from pathlib import Path

import pytest

from acobot import answering
from acobot.answer import Role, Status, compose_answer, prove_quote
from acobot.assistant import Assistant
from acobot.errors import QuoteError
from acobot.evidence import Verdict, verdict
from acobot.policies import Sign
from acobot.question import Need
from tests.fakes import ENGLISH, UK, make_assistant

BRIDGE = """---
title: The old bridge
publisher: The county
published: 2018-04
kind: summary
summary_of: A bridge
asks:
  - When was the bridge opened?
---
The harbour bridge opened in 1932. They painted it red in spring.

Moss covers wet stones 𝔞𝔟𝔠 in the harbour.
"""


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return make_assistant(tmp_path, {"bridge.md": BRIDGE, "far/moon.txt": "The moon has no weather at all.\n"})


def test_an_answer_is_made_of_slices_of_its_sources(assistant: Assistant) -> None:
    answer = assistant.ask("When did the harbour bridge open?")
    assert answer.status is Status.ANSWERED
    for quote in answer.quotes:
        source = assistant.version().corpus.source(quote.source_id)
        assert source.text[quote.start : quote.end] == quote.text
        assert f"{quote.text} [{quote.citation}]" in answer.answer
    assert {quote.citation for quote in answer.quotes} == {citation.number for citation in answer.citations}


def test_a_sentence_that_leans_brings_the_one_before_it(assistant: Assistant) -> None:
    answer = assistant.ask("Was it painted red?")
    lead, context = answer.quotes[:2]
    assert (lead.text, context.text) == ("They painted it red in spring.", "The harbour bridge opened in 1932.")
    assert (lead.role, context.role, lead.group) == (Role.LEAD, Role.CONTEXT, context.group)
    assert answer.answer.startswith("The harbour bridge opened in 1932. [1] They painted it red in spring. [1]")


def test_a_citation_names_source_passage_and_place(assistant: Assistant) -> None:
    citation = assistant.ask("When did the harbour bridge open?").citations[0]
    assert (citation.number, citation.source.id, citation.source.publisher) == (1, "bridge", "The county")
    assert citation.source.author is None
    sha256 = citation.source.sha256
    assert citation.href == (
        f"/sources/bridge?start={citation.passage.start}&end={citation.passage.end}&v={sha256[:12]}#quote"
    )


def test_the_notes_say_how_old_the_source_is(assistant: Assistant) -> None:
    answer = assistant.ask("When did the harbour bridge open?", source_ids=["bridge"])
    assert answer.notes == ("The source quoted was published in April 2018; things may have changed since.",)


def test_a_refusal_offers_the_nearest_passages_and_questions_that_can_be_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Quantum chromodynamics?")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.quotes == ()
    assert answer.citations == ()
    assert answer.nearest
    assert answer.answer.startswith("The sources do not answer this question.")
    assert "they are not an answer" in answer.answer
    assert answer.suggestions == ("When was the bridge opened?",)


def test_a_quote_that_is_not_in_its_source_never_leaves(assistant: Assistant) -> None:
    quote = assistant.ask("When did the harbour bridge open?").quotes[0]
    source = assistant.version().corpus.source(quote.source_id)
    assert prove_quote(source, quote) is quote
    for wrong in (
        replace(quote, text=quote.text.replace("1932", "1933")),
        replace(quote, start=quote.start + 1),
        replace(quote, text="", start=0, end=0),
        replace(quote, source_id="far/moon"),
    ):
        with pytest.raises(QuoteError, match="is not word for word in its source"):
            prove_quote(source, wrong)


def test_offsets_count_code_points(assistant: Assistant) -> None:
    quote = next(q for q in assistant.ask("Moss covers wet stones 𝔞𝔟𝔠?").quotes if "Moss" in q.text)
    assert quote.end - quote.start == len(quote.text)


@pytest.mark.parametrize(
    ("message", "status", "said"),
    [
        ("hello", Status.SMALL_TALK, "Hello."),
        ("My baby stopped breathing", Status.SIGNPOSTED, "999"),
        ("I want to die", Status.SIGNPOSTED, "116 123"),
        ("Panic attack", Status.SIGNPOSTED, "NHS 111"),
    ],
)
def test_what_asks_nothing_of_the_sources_gets_no_quotes(
    assistant: Assistant, message: str, status: Status, said: str
) -> None:
    answer = assistant.ask(message)
    assert answer.status is status
    assert said in answer.answer
    assert answer.confidence == 0
    assert answer.quotes == ()
    assert (answer.searched_for == "") is (status is Status.SMALL_TALK)
    assert [one.text for one in answer.signposts] == ([answer.answer] if status is Status.SIGNPOSTED else [])


@pytest.mark.parametrize(("doubtful", "status"), [(False, Status.SIGNPOSTED), (True, Status.ANSWERED)])
def test_who_is_in_need_and_asks_nothing_gets_no_quotes_however_sure_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: Status, *, doubtful: bool
) -> None:
    monkeypatch.setattr(verdict, "probability", lambda *_, **__: 1.0)
    monkeypatch.setattr(answering, "find_need", lambda *_: Need(Sign.CRISIS, doubtful))
    assistant = make_assistant(tmp_path, {"a.md": "I want to stop, said the driver. The road was wet.\n"})
    answer = assistant.ask("I want to stop on the wet road")
    assert answer.status is status
    assert bool(answer.quotes) is doubtful


def test_a_sign_of_need_takes_no_answer_away(assistant: Assistant) -> None:
    answer = assistant.ask("My baby stopped breathing. When was the bridge opened?")
    assert [one.sign for one in answer.signposts] == [Sign.EMERGENCY]
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].text == "The harbour bridge opened in 1932."


@pytest.mark.parametrize(("doubtful", "confidence", "shown"), [(False, 0.9, 1), (True, 0.9, 0), (True, 0.7, 1)])
def test_a_doubtful_sign_is_not_shown_where_the_sources_surely_answer(
    assistant: Assistant, confidence: float, shown: int, *, doubtful: bool
) -> None:
    explained = assistant.explain("My baby stopped breathing. When was the bridge opened?")
    query = replace(explained.query, doubtful=doubtful)
    findings = replace(explained.findings, verdict=Verdict(answered=True, confidence=confidence))
    answer = compose_answer(assistant.version(), query, findings, (), UK)
    assert len(answer.signposts) == shown
    assert answer.quotes


def test_a_question_about_now_is_told_first_up_to_when_the_sources_go(assistant: Assistant) -> None:
    notes = assistant.ask("Is the harbour bridge open now?").notes
    assert notes[0] == "The latest of the sources is from April 2018, so they cannot tell what came after."


def test_a_year_after_the_last_source_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Was the harbour bridge opened in 2024?")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.notes == ("The latest of the sources is from April 2018, so they cannot tell what came after.",)
    assert assistant.ask("Was the harbour bridge opened in 1932?").status is Status.ANSWERED


def test_a_refusal_suggests_the_questions_that_are_most_like_the_one_asked(tmp_path: Path) -> None:
    text = "<!-- asks: Who painted the tower? | When do ferries leave? -->\n\nFerries leave at nine.\n"
    answer = make_assistant(tmp_path, {"a.md": text}).ask("Why are ferries blue, Quentin of Ghent?")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.suggestions[0] == "When do ferries leave?"


def test_only_whole_questions_of_the_sources_that_were_asked_are_suggested(tmp_path: Path) -> None:
    texts = {
        "a.md": "<!-- asks: ferries | When do the ferries leave? -->\n\nFerries leave at nine.\n",
        "b.md": "<!-- asks: When do the owls hoot? -->\n\nOwls hoot at night.\n",
    }
    assistant = make_assistant(tmp_path, texts)
    asked = "Why are ferries blue, Quentin of Ghent?"
    assert assistant.ask(asked).suggestions == ("When do the ferries leave?", "When do the owls hoot?")
    assert assistant.ask(asked, source_ids=["a"]).suggestions == ("When do the ferries leave?",)
    assert assistant.ask("hello", source_ids=["b"]).suggestions == ("When do the owls hoot?",)


def test_the_part_of_a_message_that_is_not_answered_is_named(tmp_path: Path) -> None:
    text = "The harbour bridge was opened in May 1932 by the mayor.\n\nOld ferries leave from pier seven.\n"
    answer = make_assistant(tmp_path, {"a.md": text}).ask(
        "When was the harbour bridge opened by the mayor, and how many tigers live in Ruritania?"
    )
    assert [quote.text for quote in answer.quotes] == ["The harbour bridge was opened in May 1932 by the mayor."]
    assert answer.notes[-1] == ("The sources do not seem to answer this part: “how many tigers live in Ruritania?”.")


def test_an_item_of_a_list_brings_what_leads_the_list_in(tmp_path: Path) -> None:
    text = "The county plans three bridges:\n\n- one of old oak\n- one of white marble for trams\n- one of steel\n"
    answer = make_assistant(tmp_path, {"a.md": text}).ask("white marble trams")
    assert [(quote.role, quote.text) for quote in answer.quotes] == [
        (Role.LEAD, "one of white marble for trams"),
        (Role.CONTEXT, "The county plans three bridges:"),
    ]


def test_a_message_in_another_language_is_told_so_in_that_language(assistant: Assistant) -> None:
    answer = assistant.ask("¿Cuándo se abrió el puente del puerto viejo?")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.answer == ENGLISH.only_this["es"]
    assert not answer.nearest
    assert not answer.quotes


def test_sources_in_another_language_are_asked_in_theirs(tmp_path: Path) -> None:
    text = "Der Antrag auf die Karte muss bis zum Freitag im Rathaus eingereicht werden.\n"
    answer = make_assistant(tmp_path, {"a.md": text}).ask("Wann muss der Antrag auf die Karte eingereicht werden?")
    assert answer.answer not in ENGLISH.only_this.values()
