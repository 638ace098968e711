import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from acobot.errors import DamagedIndexError, SourceChoiceError, UnknownSourceError
from acobot.index import Corpus, Store
from acobot.passages import split_passages
from acobot.settings import Settings
from acobot.sources import Source, list_folder, read_source
from tests.fakes import ENGLISH, WordEncoder, build, fake_settings, write_sources

TEXTS = {
    "cats.md": "---\ntitle: About cats\npublisher: A shelter\npublished: 2018-04\nasks:\n  - Who sleeps?\n---\n\n"
    "# About cats\n\nCats sleep in the sun. “Naïve” ones – 猫 🐈 – drink milk.\n\n"
    "## Food\n\n<!-- asks: What do cats eat? -->\n\n- Fish\n- Milk, at times\n",
    "dogs.md": "# Dogs\n\nDogs chase balls. Ask the Dog Welfare Association (DWA).\n",
    "more/birds.txt": "Birds\n\nBirds sing at dawn, and small ones sing again when the sun has gone down.\n",
}


@pytest.fixture
def built(tmp_path: Path) -> Settings:
    """Settings of an index of the texts above, in a folder whose name means something to SQLite and in addresses."""
    folder = tmp_path / "50 % of what?#mode=rw"
    folder.mkdir()
    settings = fake_settings(folder)
    write_sources(settings.sources, TEXTS)
    build(settings)
    return settings


@pytest.fixture
def folder(built: Settings) -> Path:
    """Where the corpus lies."""
    store = Store(built.index)
    return store.path(store.current_id())


@pytest.fixture
def sources(built: Settings) -> dict[str, Source]:
    """The sources as they are read from their files."""
    return {file.id: read_source(file, ENGLISH) for file in list_folder(built.sources).files}


@pytest.fixture
def damaged(folder: Path) -> Iterator[sqlite3.Connection]:
    """The corpus, open to be damaged."""
    with closing(sqlite3.connect(folder / "corpus.sqlite")) as db:
        yield db


def test_sources_are_kept_as_they_were_read(folder: Path, sources: dict[str, Source]) -> None:
    corpus = Corpus(folder)
    assert corpus.source_ids == ("cats", "dogs", "more/birds")
    assert {source_id: corpus.source(source_id) for source_id in corpus.source_ids} == sources


def test_passages_and_sentences_are_kept_as_they_were_split(folder: Path, sources: dict[str, Source]) -> None:
    corpus = Corpus(folder)
    kept = [corpus.passage(number).passage for number in range(corpus.passages)]
    assert kept == [
        passage
        for source_id in sorted(sources)
        for passage in split_passages(sources[source_id], WordEncoder().count, ENGLISH)
    ]


def test_a_passage_comes_with_its_words(folder: Path, sources: dict[str, Source]) -> None:
    corpus = Corpus(folder)
    for number in range(corpus.passages):
        stored = corpus.passage(number)
        source = sources[stored.passage.source_id]
        assert stored.number == number
        assert stored.text == source.text[stored.passage.start : stored.passage.end]
        assert [one.sentence for one in stored.sentences] == list(stored.passage.sentences)


def test_abbreviations_are_kept(folder: Path) -> None:
    assert Corpus(folder).abbreviations == (("DWA", "Dog Welfare Association"),)


def test_passages_of_chosen_sources(folder: Path) -> None:
    corpus = Corpus(folder)
    for source_id in corpus.source_ids:
        (chosen,) = corpus.ranges_of([source_id])
        assert {corpus.passage(number).passage.source_id for number in chosen} == {source_id}
    assert [n for own in corpus.ranges_of(corpus.source_ids) for n in own] == list(range(corpus.passages))
    assert corpus.ranges_of([*corpus.source_ids, *corpus.source_ids]) == corpus.ranges_of(corpus.source_ids)
    assert corpus.ranges_of([]) == ()


def test_an_unknown_source_is_named(folder: Path) -> None:
    corpus = Corpus(folder)
    with pytest.raises(UnknownSourceError, match=r"unknown-source.detail: source 'cows'"):
        corpus.source("cows")
    with pytest.raises(SourceChoiceError, match=r"unknown-source-ids.detail: source 'cows'"):
        corpus.ranges_of(["cats", "cows"])


def test_threads_read_the_same(folder: Path) -> None:
    corpus = Corpus(folder)
    numbers = list(range(corpus.passages)) * 50
    alone = [corpus.passage(number) for number in numbers]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(corpus.passage, numbers)) == alone


def test_the_file_cannot_be_written_to(folder: Path) -> None:
    corpus = Corpus(folder)
    with (
        pytest.raises(DamagedIndexError, match="attempt to write a readonly database"),
        corpus._reading() as db,
    ):
        db.execute("delete from sources")


@pytest.mark.parametrize("content", [b"", b"not what was written", None], ids=["empty", "other", "missing"])
def test_a_file_that_cannot_be_read_is_named_with_the_mend(folder: Path, content: bytes | None) -> None:
    path = folder / "corpus.sqlite"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"corpus\.sqlite cannot be read \(.*\); run 'acobot index --full'"):
        Corpus(folder)


def test_a_file_that_was_cut_off_is_refused(folder: Path) -> None:
    path = folder / "corpus.sqlite"
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with pytest.raises(DamagedIndexError, match=r"corpus\.sqlite cannot be read"):
        Corpus(folder)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("particulars", "{"),
        ("particulars", json.dumps({"headline": "Cats"})),
        ("blocks", json.dumps([["poem", 0, 1, 0, False]])),
        ("asks", "7"),
    ],
)
def test_a_source_that_is_not_what_was_written_is_refused(
    folder: Path, damaged: sqlite3.Connection, column: str, value: str
) -> None:
    with damaged:
        table, key = ("bodies", "source_id") if column == "blocks" else ("sources", "id")
        damaged.execute(f"update {table} set {column} = ? where {key} = 'cats'", (value,))
    corpus = Corpus(folder)
    with pytest.raises(DamagedIndexError, match=r"corpus\.sqlite cannot be read"):
        corpus.source("cats")
    assert corpus.source("dogs").id == "dogs"


def test_a_text_that_is_not_what_was_written_is_never_given(folder: Path, damaged: sqlite3.Connection) -> None:
    with damaged:
        damaged.execute("update passages set text = replace(text, 'Cats sleep', 'Cats bleed') where number = 0")
        damaged.execute("update bodies set text = replace(text, 'chase', 'cease') where source_id = 'dogs'")
    corpus = Corpus(folder)
    for read in (lambda: corpus.passage(0), lambda: corpus.source("dogs")):
        with pytest.raises(DamagedIndexError, match=r"corpus\.sqlite is damaged \(a text's SHA-256 differs\)"):
            read()
    assert corpus.passage(1).text in corpus.source("cats").text


def test_a_passage_that_is_gone_is_missed(folder: Path, damaged: sqlite3.Connection) -> None:
    with damaged:
        damaged.execute("delete from passages where number = 1")
    with pytest.raises(DamagedIndexError, match=r"corpus\.sqlite cannot be read"):
        Corpus(folder).passage(1)


def test_sources_are_listed_a_page_at_a_time(folder: Path, sources: dict[str, Source]) -> None:
    corpus = Corpus(folder)
    assert [card.id for card in corpus.cards()] == ["cats", "dogs", "more/birds"]
    assert [card.id for card in corpus.cards("cats", 1)] == ["dogs"]
    assert list(corpus.cards("zebras", 5)) == []
    assert [card.particulars for card in corpus.cards()] == [source.particulars for source in sources.values()]


def test_what_all_sources_are_like_is_told_without_reading_them(folder: Path) -> None:
    corpus = Corpus(folder)
    assert corpus.title("cats") == "About cats"
    assert corpus.title("zebras") == ""
    assert corpus.extent().dates == ("2018-04",)
    assert corpus.extent().kinds == {"original"}
    assert corpus.first_asks() == corpus.first_asks(["dogs", "cats"]) == ("Who sleeps?",)
    assert corpus.first_asks(["dogs"]) == ()
