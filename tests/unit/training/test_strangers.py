"""Questions on other matters: of no set that could answer them, with passages none of which is right."""

import random
from itertools import chain

from training.examples import from_pool
from training.records import Asked, Pool, Text
from training.sets import EVALUATION, EVERYDAY, INVENTED, LINES
from training.strangers import STRANGERS, UNANSWERED, WORLDS


def test_a_set_belongs_to_one_world_at_most() -> None:
    sets = list(chain(*WORLDS))
    assert len(sets) == len(set(sets))
    assert {*sets} <= {"written", LINES, *INVENTED, *EVALUATION}
    assert {*UNANSWERED} <= {*sets}


def test_everyday_questions_are_each_one_line_and_differ() -> None:
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 900
    assert all(line == " ".join(line.split()) and line for line in lines)
    assert len({line.casefold() for line in lines}) == len(lines)


def test_nothing_answers_what_is_asked_of_other_matters() -> None:
    texts = tuple(Text("T", f"Number {n}. It rains.", ((0, 9), (10, 19))) for n in range(6))
    asked = Asked("lines-001", "strange", "who fixes taps", "who fixes taps", {}, -1, (3, 1, 5, 0))
    example = from_pool(Pool(STRANGERS, texts, (asked,)), asked, random.Random(1), {})
    assert 2 <= len(example.rows) <= 4
    assert {row.passage.text for row in example.rows} <= {texts[number].text for number in asked.found}
    assert not any(row.right for row in example.rows)
