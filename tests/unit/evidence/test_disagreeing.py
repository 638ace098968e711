"""What differs, or replaces another, takes no other question's only quote."""

from pathlib import Path

import pytest

from acobot.evidence import Evidence
from acobot.evidence.differing import About
from acobot.evidence.disagreeing import told_by, with_both
from acobot.evidence.records import Disagreement
from acobot.evidence.succession import successors_first
from acobot.index import Version
from tests.fakes import make_assistant

TEXTS = {
    "old.md": "The fee is five pounds.\n",
    "new.md": "The fee is six pounds.\n",
    "pier.md": "The pier opens at dawn.\n",
}


def the_three(version: Version) -> dict[str, Evidence]:
    """The one sentence of each source."""
    found = {}
    for number in range(version.corpus.passages):
        stored = version.corpus.passage(number)
        found[stored.passage.source_id] = Evidence(stored, stored.sentences[0], stored.text, 0.0)
    return found


DENIED = "# Parking\n\nHarbour parking is not free on Sundays.\n\nThe lamp burns oil.\n"


def differing(folder: Path, question: str, *texts: str) -> list[str]:
    """What the answer says that its sources, one a text, differ about."""
    assistant = make_assistant(folder, {f"{number}.md": text for number, text in enumerate(texts)})
    return [difference.about for difference in assistant.ask(question).differing]


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ("Harbour parking is free on Sundays.", True),
        ("- Harbour parking is free on Sundays", True),
        ("Is harbour parking free on Sundays?\n\nNo. You pay two pounds.", False),
        ("**Is harbour parking free on Sundays?**\n\nNo. You pay two pounds.", False),
        ("Harbour parking is free on Sundays:\n\n- never", False),
    ],
)
def test_the_line_of_a_question_and_a_lead_in_are_no_side_of_a_difference(
    tmp_path: Path, other: str, *, differs: bool
) -> None:
    told = differing(tmp_path, "Is harbour parking free on Sundays?", DENIED, f"# Pier\n\n{other}\n")
    assert told == ["whether it is so"] * differs


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("We refuse these.\n\n- Paint tins", True),
        ("- We refuse:\n  - Paint tins", True),
        ("## Refused\n\n- Paint tins", False),
        ("Paint tins and brushes\n\nBring these.", True),
        ("Paint tins are welcome.\n\nBring these.", False),
        ("Paint tins: £2\n\nBring these.", False),
        ("| Thing | Welcome |\n|---|---|\n| Paint tins | yes |", False),
    ],
)
def test_a_label_and_an_item_below_a_lead_in_only_name_something(tmp_path: Path, text: str, *, bare: bool) -> None:
    version = make_assistant(tmp_path, {"a.md": f"# Depot\n\nThe gate is green.\n\n{text}\n"}).version()
    passages = [version.corpus.passage(number) for number in range(version.corpus.passages)]
    lines = [Evidence(one, said, one.text_of(said), 0.0) for one in passages for said in one.sentences]
    (told,) = [one for one in told_by(version, lines) if one.text.startswith("Paint")]
    assert told.bare == bare


def test_of_two_questions_each_keeps_its_quote_beside_what_differs(tmp_path: Path) -> None:
    told = the_three(make_assistant(tmp_path, TEXTS).version())
    old, new, pier = (told[name] for name in ("old", "new", "pier"))
    difference = Disagreement(About.NUMBER, old, new)
    assert with_both((old, pier), difference, 2, questions=2) == (old, pier)
    assert with_both((old, pier), difference, 3, questions=2) == (old, pier, new)
    assert with_both((old, pier), difference, 2) == (old, new)


def test_what_was_replaced_makes_room_for_the_other_question(tmp_path: Path) -> None:
    told = the_three(make_assistant(tmp_path, TEXTS).version())
    old, new, pier = (told[name] for name in ("old", "new", "pier"))
    scores = {one.place: 0.0 for one in told.values()}
    assert successors_first((old, pier), (new,), scores, {"old": "new"}, 2) == (new, pier)
    assert successors_first((old, pier), (new,), scores, {"old": "new"}, 3) == (new, old, pier)
