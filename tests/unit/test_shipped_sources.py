"""What the shipped sources must be: summaries in the project's own words, whose sentences can be quoted alone."""

import re

import numpy as np
import pytest

from acobot.passages import split_sentences
from acobot.sources import BlockKind, Source, list_folder, read_source
from acobot.sources.front_matter import split_front_matter
from tests.conftest import REPOSITORY
from tests.unit.hash_runs import HASHES, hashes_of, read_hashes, run_hash, runs

LISTING = list_folder(REPOSITORY / "sources")
FILES = {file.id: file for file in LISTING.files}
ORIGINALS = 5
LEAST_RUNS = 3500  # of nine words, in five texts of 3,784 words
# Titles of publications, which no other words can name.
TITLES = (
    "Perfecting Accountable Care Organisations must not delay progress on integration",
    "What's the difference between an ACS and an ACO?",
)
# Words that lean on the sentence before, at the beginning of a sentence.
LEANING = re.compile(
    r"(?:they|them|their|theirs|it|its|this|that|these|those|such|he|his|him|she|hers?|there(?:fore|by|after)?|here"
    r"|however|also|moreover|furthermore|additionally|besides,|instead|otherwise|nevertheless|nonetheless|still|yet|so"
    r"|thus|hence|then|but|and|or|nor|similarly|likewise|consequently|accordingly|meanwhile|finally|both|neither|either"
    r"|others|another|some of (?:them|these|those)|the (?:latter|former|same)|we|our|you|your|i)(?!\w)",
    re.IGNORECASE,
)


def copied(text: str, known: set[int]) -> list[str]:
    """The runs of nine words of a text that are known, titles aside."""
    for title in TITLES:
        text = re.sub(re.escape(title).replace("'", "['’]"), " ", text, flags=re.IGNORECASE)
    return [run for run in runs(text) if run_hash(run) in known]


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> Source:
    return read_source(FILES[request.param])


@pytest.fixture
def body(source: Source) -> str:
    """The file's text with its comments, after the front matter."""
    return split_front_matter(FILES[source.id].path.read_text(encoding="utf-8"))[1]


def sentences(source: Source) -> list[str]:
    found = [sentence for block in source.blocks if block.quotable for sentence in split_sentences(source.text, block)]
    return [source.text[sentence.start : sentence.end] for sentence in found]


def test_there_is_one_for_each_original_and_nothing_else() -> None:
    assert len(FILES) == ORIGINALS
    assert not LISTING.problems
    assert not LISTING.ignored


def test_each_says_whose_publication_it_sums_up(source: Source) -> None:
    said = source.particulars
    assert said.kind == "summary"
    assert said.title
    assert said.publisher
    assert re.fullmatch(r"201[78](-\d\d){0,2}", said.published)
    assert said.summary_of
    assert [ask for ask in source.asks if ask.at is None]


def test_no_nine_words_in_a_row_stand_in_an_original(body: str) -> None:
    assert copied(body, read_hashes()) == []


def test_the_hashes_are_there_sorted_and_those_of_five_texts() -> None:
    stored = np.frombuffer(HASHES.read_bytes(), dtype="<u8")
    assert len(stored) > LEAST_RUNS
    assert np.all(stored[:-1] < stored[1:])


def test_a_copied_sentence_would_be_found() -> None:
    original = "The harbour wall at Kettle Haven leans forty centimetres seaward, and nine boats shelter behind it."
    known = hashes_of(original)
    assert len(known) == 16 - 9 + 1
    copy = "## The wall\n\nIt says that the *harbour wall* at Kettle Haven\nleans forty centimetres SEAWARD (in 2015)."
    assert copied(copy, known) == [
        "the harbour wall at kettle haven leans forty centimetres",
        "harbour wall at kettle haven leans forty centimetres seaward",
    ]
    assert copied("The wall at Kettle Haven, nine boats behind it, leans forty centimetres.", known) == []
    assert copied(f"His article, “{TITLES[0].upper()}”, says so.", hashes_of(TITLES[0])) == []


def test_each_sentence_stands_alone(source: Source) -> None:
    said = sentences(source)
    assert len(said) > 10
    assert [sentence for sentence in said if LEANING.match(sentence.lstrip("\"'“‘("))] == []
    assert [sentence for sentence in said if not re.search(r"[.?!][\"'”’)]*$", sentence)] == []


@pytest.mark.parametrize("sentence", ["They also pay.", "“It is so.”", "However, few do.", "(Such bodies differ.)"])
def test_a_sentence_that_leans_on_another_would_be_found(sentence: str) -> None:
    assert LEANING.match(sentence.lstrip("\"'“‘("))


def test_every_section_has_questions_of_its_own(source: Source) -> None:
    starts = [block.start for block in source.blocks if block.kind is BlockKind.HEADING]
    ends = [*starts[1:], len(source.text) + 1]
    assert starts
    for start, end in zip(starts, ends, strict=True):
        asked = [ask.text for ask in source.asks if ask.at is not None and start <= ask.at < end]
        assert asked, source.text[start:].split("\n")[0]


def test_no_text_stands_outside_a_section(source: Source) -> None:
    assert source.blocks[0].kind is BlockKind.HEADING


def test_nothing_in_them_is_taken_for_furniture(source: Source) -> None:
    assert [source.text[block.start : block.end] for block in source.blocks if block.furniture] == []
