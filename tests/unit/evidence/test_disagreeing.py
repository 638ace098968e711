"""What differs, or replaces another, takes no other question's only quote."""

from pathlib import Path

from acobot.evidence import Evidence
from acobot.evidence.differing import About
from acobot.evidence.disagreeing import with_both
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
