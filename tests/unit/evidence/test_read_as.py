from pathlib import Path

import numpy as np

from acobot.evidence.read_as import as_input
from acobot.evidence.reading import Readings
from acobot.reader import ReaderInput
from acobot.reader.records import Reading, SentencePieces
from tests.fakes import make_assistant

LIKELY_FIRST = np.array([9.0, 0.0], dtype=np.float32)
PAGE = """# Grants

The fund pays £300. You can apply if you:

- rent your home
- have no savings

| Day | Office |
|---|---|
| Tue | 9 to 5 |
"""


def read(folder: Path, text: str = PAGE) -> tuple[ReaderInput, list[str]]:
    version = make_assistant(folder, {"a.md": text}).version()
    given = as_input(version, version.corpus.passage(0))
    return given, [given.text[start:end] for start, end in given.sentences]


def test_an_item_is_read_with_its_lead_in_and_a_row_with_its_days(tmp_path: Path) -> None:
    assert read(tmp_path)[1] == [
        "The fund pays £300.",
        "You can apply if you:",
        "You can apply if you: rent your home",
        "You can apply if you: have no savings",
        "Day | Office",
        "Tuesday | 9 to 5",
    ]


def test_no_item_is_read_with_a_long_text_or_one_that_opens_no_list(tmp_path: Path) -> None:
    long = f"You can {'really ' * 40}apply if you:"
    for lead_in in (long, "Read this first.", "## Who can apply:"):
        assert read(tmp_path, f"# Grants\n\n{lead_in}\n\n- rent your home\n")[1][-1] == "rent your home"


def test_the_words_that_answer_are_told_in_the_places_of_the_source(tmp_path: Path) -> None:
    version = make_assistant(tmp_path, {"a.md": PAGE}).version()
    stored = version.corpus.passage(0)
    given = as_input(version, stored)
    own = given.text.index("rent your home")

    def emphasis(start: int) -> tuple[int, int] | None:
        spans = np.array([[start, start + 4], [start + 5, start + 9]], dtype=np.int64)
        pieces = SentencePieces(spans, LIKELY_FIRST, LIKELY_FIRST)
        reading = Reading(np.zeros(6, dtype=np.float32), 0.0, (pieces,) * 6)
        ends = {stored.number: [end for _, end in given.sentences]}
        return Readings({stored.number: reading}, ends).emphasis(stored, 2, 0.5)

    found = emphasis(own)
    assert found is not None
    assert version.corpus.source("a").text[slice(*found)] == "rent"
    assert emphasis(own - 10) is None


def test_an_item_is_read_with_a_sentence_that_announces_its_list(tmp_path: Path) -> None:
    told = read(tmp_path, "# Tip\n\nWe cannot take any of the following.\n\n- Paint tins\n")[1]
    assert told[-1] == "We cannot take any of the following. Paint tins"
