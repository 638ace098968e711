"""What the shipped sources must be: summaries in the project's own words, whose sentences can be quoted alone."""

import json
import re
from collections import Counter

import numpy as np
import pytest

from acobot.passages import split_sentences
from acobot.sources import BlockKind, Source, list_folder, read_source
from acobot.sources.front_matter import split_front_matter
from acobot.sources.limits import read_limits
from tests.conftest import REPOSITORY
from tests.fakes import ENGLISH
from tests.unit.hash_runs import HASHES, hashes_of, read_hashes, run_hash, runs

LISTING = list_folder(REPOSITORY / "sources")
FILES = {file.id: file for file in LISTING.files}
ORIGINALS = 5
LONGEST_SENTENCE = 30  # words
SHORT_SENTENCE = 20  # words; a sentence with fewer is easily read aloud
LEAST_SHORT = 0.6  # of all sentences
LEAST_ASKS = 4  # of a paragraph
LEAST_LIMITS = 35
WITHOUT_URL = "dhsc-brief-guide-2018"  # its address is not known
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


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> Source:
    return read_source(FILES[request.param], ENGLISH)


@pytest.fixture
def body(source: Source) -> str:
    """The file's text with its comments, after the front matter."""
    return split_front_matter(FILES[source.id].path.read_text(encoding="utf-8"))[1]


def sentences(source: Source) -> list[str]:
    found = [
        sentence
        for block in source.blocks
        if block.quotable
        for sentence in split_sentences(source.text, block, ENGLISH)
    ]
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
    assert bool(said.url) == (source.id != WITHOUT_URL)


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


def test_sentences_can_be_read_aloud() -> None:
    lengths = [len(sentence.split()) for file in FILES.values() for sentence in sentences(read_source(file, ENGLISH))]
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(length < SHORT_SENTENCE for length in lengths) >= LEAST_SHORT * len(lengths)


def test_every_heading_asks_what_people_ask(source: Source) -> None:
    headings = [source.text[block.start : block.end] for block in source.blocks if block.kind is BlockKind.HEADING]
    assert [heading for heading in headings if not heading.endswith("?")] == []


def test_every_paragraph_has_questions_of_its_own(source: Source) -> None:
    paragraphs = [block for block in source.blocks if block.quotable]
    asked = Counter(
        next(block for block in paragraphs if block.end > ask.at) for ask in source.asks if ask.at is not None
    )
    few = [block for block in paragraphs if asked[block] < LEAST_ASKS]
    assert [source.text[block.start : block.end] for block in few] == []


def test_no_question_is_claimed_twice() -> None:
    asked = Counter(" ".join(words(ask.text)) for file in FILES.values() for ask in read_source(file, ENGLISH).asks)
    assert [question for question, times in asked.items() if times > 1] == []


def test_limits_are_short_many_and_ask_what_no_paragraph_answers() -> None:
    limits = read_limits(REPOSITORY / "sources").entries
    answered = {" ".join(words(ask.text)) for file in FILES.values() for ask in read_source(file, ENGLISH).asks}
    asked = Counter(" ".join(words(ask)) for limit in limits for ask in limit.asks)
    assert len(limits) >= LEAST_LIMITS
    assert [limit.line for limit in limits if len(limit.asks) <= LEAST_ASKS] == []
    assert [limit.line for limit in limits if not limit.say.endswith(".")] == []
    assert [question for question, times in asked.items() if times > 1 or question in answered] == []


def test_each_statement_of_a_publication_is_said_and_nothing_else() -> None:
    lines = (REPOSITORY / "tests/evaluation/statements.jsonl").read_text(encoding="utf-8").splitlines()
    carried: dict[str, list[str]] = {source_id: [] for source_id in FILES}
    for line in map(json.loads, lines):
        assert line["statement"]
        assert not copied(line["statement"], read_hashes())
        carried[line["source"]].append(line["text"])
    for source_id, texts in carried.items():
        assert set(texts) == set(sentences(read_source(FILES[source_id], ENGLISH))), source_id


def test_no_text_stands_outside_a_section(source: Source) -> None:
    assert source.blocks[0].kind is BlockKind.HEADING


def test_nothing_in_them_is_taken_for_furniture(source: Source) -> None:
    assert [source.text[block.start : block.end] for block in source.blocks if block.furniture] == []
