from pathlib import Path

import numpy as np
import pytest

from acobot.answer import Role, Status
from acobot.assistant import Assistant
from acobot.evidence import likeness
from acobot.evidence.asked import asks_alike, how_met, limits_alike, met_more
from acobot.languages import terms
from tests.fakes import ENGLISH, WordEncoder, make_assistant

BRIDGE = """---
title: The bridge
published: 2018-04
---

## What does it cost?

<!-- asks: what will I fork out | price of a crossing? -->

Crossing on foot is free. Every car pays four pounds at the gate.

<!-- asks: when may lorries cross over? | lorry hours -->

- Lorries cross at night.
- Trams cross at noon.

## Who built it?

The mayor had it built in 1932.

<!-- asks: which stone is it made of -->
"""
LIMITS = """
- asks: [can you book me a boat, book a boat]
  say: No source speaks of boats. Ask at the pier.
  see: bridge#Who built it?
- asks: [how do I complain about the ferry]
  say: No source says.
  see: https://example.org/ferry
"""


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return make_assistant(tmp_path, {"bridge.md": BRIDGE, "_limits.yaml": LIMITS})


@pytest.mark.parametrize(
    ("asked", "lead"),
    [
        ("what will I fork out", "Crossing on foot is free."),
        ("price of a crossing?", "Crossing on foot is free."),
        ("lorry hours", "Lorries cross at night."),
        ("which stone is it made of", "The mayor had it built in 1932."),  # at its section's end: of what stands before
    ],
)
def test_an_asks_line_is_answered_with_the_first_sentence_of_its_paragraph(
    assistant: Assistant, asked: str, lead: str
) -> None:
    answer = assistant.ask(asked)
    assert answer.status is Status.ANSWERED
    assert (answer.quotes[0].role, answer.quotes[0].text) == (Role.LEAD, lead)


def test_likeness_is_the_cosine_and_the_words_that_both_have() -> None:
    stems = frozenset(terms("lorries cross", ENGLISH))
    assert likeness(1.0, stems, "crossing lorry", ENGLISH) == 1.0
    assert likeness(0.8, stems, "boats sail", ENGLISH) == pytest.approx(0.72)
    assert likeness(-0.2, frozenset(), "the", ENGLISH) == 0


def test_a_message_near_a_limit_gets_its_words_the_last_date_and_where_to_read_on(assistant: Assistant) -> None:
    answer = assistant.ask("can you book me a boat")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.limit
    assert answer.answer == answer.limit.say == "No source speaks of boats. Ask at the pier."
    source = assistant.version().corpus.source("bridge")
    start = source.text.index("Who built it?")
    assert answer.limit.see == f"/sources/bridge?start={start}&end={start + 13}&v={source.sha256[:12]}#quote"
    assert answer.notes[0].startswith("The latest of the sources is from April 2018")
    assert answer.nearest
    assert answer.quotes == ()


def test_a_limit_may_lead_elsewhere(assistant: Assistant) -> None:
    limit = assistant.ask("how do I complain about the ferry").limit
    assert limit
    assert limit.see == "https://example.org/ferry"


def test_a_limit_that_holds_a_name_of_two_words_comes_before_one_as_near(tmp_path: Path) -> None:
    limits = "- asks: [who runs ward 70 here]\n  say: Not that.\n- asks: [who runs ward 7 here]\n  say: Not this.\n"
    version = make_assistant(tmp_path, {"bridge.md": BRIDGE, "_limits.yaml": limits}).version()
    asked = "who runs it"
    found, other = limits_alike(version, [(asked, WordEncoder().encode([asked])[0])], ["ward 7"], 1.0)
    assert (found.named, found.limit.say) == (True, "Not this.")
    assert (other.named, other.limit.say) == (False, "Not that.")


def test_whether_a_question_is_a_limit_s_or_an_asks_line_s_is_told_word_piece_by_word_piece(
    assistant: Assistant,
) -> None:
    version = assistant.version()

    def more(asked: str) -> float:
        forms = [(asked, WordEncoder().encode([asked])[0])]
        return met_more(asks_alike(version, forms, 1.0), limits_alike(version, forms, (), 1.0))

    assert more("price of a crossing?") > 0.3
    assert more("can you book me a boat") < -0.3
    assert met_more((), limits_alike(version, [], (), 1.0)) == 0.0


def test_an_asks_line_that_is_as_near_wins_over_a_limit(tmp_path: Path) -> None:
    limits = "- asks: [lorry hours]\n  say: No.\n"
    assistant = make_assistant(tmp_path, {"bridge.md": BRIDGE, "_limits.yaml": limits})
    assert assistant.ask("lorry hours").status is Status.ANSWERED


def test_a_limit_that_asks_two_things_is_one_question(tmp_path: Path) -> None:
    asked = "Was the gate the mayor's, and what does a car pay at the gate?"
    limits = f'- asks: ["{asked}"]\n  say: No source says.\n'
    assistant = make_assistant(tmp_path, {"bridge.md": BRIDGE, "_limits.yaml": limits})
    assert assistant.ask(asked).answer == "No source says."


def test_the_line_that_meets_more_of_the_message_is_the_better_met(assistant: Assistant) -> None:
    found = assistant.explain("what is the price of crossing").findings.asks
    met = {one.text: one.met for one in found}
    assert met["price of a crossing?"] == max(met.values())
    assert 0 <= min(met.values()) < met["price of a crossing?"] <= 1


def test_a_line_s_word_pieces_are_where_the_index_says(assistant: Assistant) -> None:
    version = assistant.version()
    for number, text in enumerate(["what will I fork out", "price of a crossing?", "when may lorries cross over?"]):
        (ask,), run = version.read_asks([number])
        expected = WordEncoder().encode([text])[0]
        assert ask.text == text
        assert run.pieces.tolist() == expected.pieces.tolist()


def test_neighbouring_questions_are_suggested_one_a_paragraph(assistant: Assistant) -> None:
    suggestions = assistant.ask("what will I fork out", max_quotes=1).suggestions
    assert "what will I fork out" not in suggestions
    assert "when may lorries cross over?" in suggestions
    assert "lorry hours" not in suggestions  # too short to be offered


def test_how_lines_are_met_does_not_depend_on_which_are_looked_at_together(assistant: Assistant) -> None:
    version = assistant.version()
    message = WordEncoder().encode(["what will a crossing cost, and which stone is it?"])[0]
    weights = np.full(len(message.pieces), 1 / len(message.pieces), dtype=np.float32)
    numbers = range(len(version.dense) - version.corpus.passages)
    asks, run = version.read_asks(numbers)
    first, *sizes = [ask.last_token - ask.first_token for ask in asks]
    found, nothing, *others = how_met(message, weights, run, [first, 0, *sizes], version.piece_weights, 1.5)
    together, alone = [found, *others], [version.read_asks([number])[1] for number in numbers]
    assert together == [
        how_met(message, weights, one, [len(one.pieces)], version.piece_weights, 1.5)[0] for one in alone
    ]
    assert nothing == 0
    assert len(set(together)) > 1
