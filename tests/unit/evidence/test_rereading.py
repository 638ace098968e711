"""What is read once more, and what that adds, with numbers worked out by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from acobot.evidence.reading import READ_LEAST
from acobot.evidence.rereading import MOST_READ_AGAIN, WITHIN, read_again
from acobot.reader import ReaderInput, Reading
from acobot.reader.records import SentencePieces
from tests.fakes import make_assistant

HEAD_AND_ROW = 2
PAGE = """# Mill

The mill grinds. The mill opens at nine. The mill has a cat. The mill is old. It closes. It is red. It is tall.

| Day | Price |
|---|---|
| Friday | free |
"""


NO_PIECES = SentencePieces(np.zeros((0, 2), dtype=np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))


class Telling:
    """Scores a sentence that is read by itself by its text, 0 where none is told; all of a passage 0."""

    name, digest, emphasis_from = "telling", "", 1.0

    def __init__(self, scores: Mapping[str, float] | None = None) -> None:
        self.scores = scores or {}
        self.read_texts: list[str] = []

    def read(self, question: str, passages: Sequence[ReaderInput]) -> list[Reading]:
        self.read_texts += [one.text for one in passages]
        return [self._reading([one.text[begin:end] for begin, end in one.sentences]) for one in passages]

    def _reading(self, said: Sequence[str]) -> Reading:
        scores = [self.scores.get(text, 0.0) if len(said) <= HEAD_AND_ROW else 0.0 for text in said]
        return Reading(np.array(scores, dtype=np.float32), 0.0, (NO_PIECES,) * len(said))


def again(folder: Path, reader: Telling, before: Sequence[float], weight: float = 0.5, page: str = PAGE) -> list[float]:
    """What is added to the scores of the page's first sentences, which had these before; all others had -100."""
    version = make_assistant(folder, {"a.md": page}).version()
    scored: list[Any] = [
        SimpleNamespace(stored=stored, sentence=sentence, text=stored.text_of(sentence))
        for stored in map(version.corpus.passage, range(version.manifest.passages))
        for sentence in stored.sentences
    ]
    scores = np.array([*before, *[-100.0] * (len(scored) - len(before))])
    return list(read_again(version, reader, "When?", scored, scores, weight))[: len(before)]


def test_the_best_gain_what_they_are_by_themselves_and_others_no_more_than_the_least(tmp_path: Path) -> None:
    reader = Telling({"The mill opens at nine.": 4.0, "The mill grinds.": -2.0})
    assert again(tmp_path, reader, [3.0, 2.0, -50.0]) == [-1.0, 2.0, -1.0]
    assert reader.read_texts == ["The mill grinds.", "The mill opens at nine."]


def test_what_is_hopeless_by_itself_loses_no_more_than_what_was_not_read(tmp_path: Path) -> None:
    reader = Telling({"The mill grinds.": -500.0})
    assert again(tmp_path, reader, [3.0, 2.0])[0] == READ_LEAST / 2


@pytest.mark.parametrize(("second", "read"), [(1.0 - WITHIN, 0), (3.0 - WITHIN, 2)])
def test_nothing_is_read_where_one_is_far_better_than_all(tmp_path: Path, second: float, read: int) -> None:
    reader = Telling()
    assert again(tmp_path, reader, [2.0, second]) == [0.0, 0.0]
    assert len(reader.read_texts) == read


def test_no_more_than_a_few_are_read(tmp_path: Path) -> None:
    reader = Telling()
    again(tmp_path, reader, [1.0] * 7)
    assert len(reader.read_texts) == MOST_READ_AGAIN


def test_a_row_is_read_below_its_table_s_head(tmp_path: Path) -> None:
    reader = Telling({"Day | Price": 9.0, "Friday | free": 6.0})
    added = again(tmp_path, reader, [-9.0] * 7 + [1.0, 1.0])
    assert reader.read_texts == ["Day | Price", "Day | Price\nFriday | free"]
    assert added[-2:] == [4.5, 3.0]


def test_a_lead_in_is_read_with_its_list(tmp_path: Path) -> None:
    reader = Telling({"The mill sells:\nflour\nbran": 4.0})
    text = "# Mill\n\nThe mill sells:\n\n- flour\n- bran\n\nIt grinds rye."
    assert again(tmp_path, reader, [1.0, -9.0, -9.0, 1.0], page=text) == [2.0, 0.0, 0.0, 0.0]
    assert reader.read_texts == ["The mill sells:\nflour\nbran", "It grinds rye."]


def test_the_sentence_that_answers_by_itself_leads(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": PAGE})
    before = assistant.explain("What has the mill?").findings.chosen[0].text
    best = Telling({"The mill is old.": 30.0})
    assistant.means = replace(assistant.means, reader=best)
    led = assistant.explain("What has the mill?").findings.chosen[0].text
    assert (before, led) == ("The mill has a cat.", "The mill is old.")
