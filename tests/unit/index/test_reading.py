"""A file that is there and cannot be read now is not called damaged: that may pass, and is mended otherwise."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from acobot.errors import DamagedIndexError, UnreadableIndexError
from acobot.index import Corpus, Dense, SourceEntry, Store, TokenVectors, Words, compact, save_sources
from acobot.index.reading import cannot_be_read
from acobot.index.source_entries import StoredSources
from acobot.index.vocabulary import load_vocabulary
from acobot.settings import Settings
from tests.fakes import ENGLISH, WordEncoder, build, write_sources
from tests.faults import no_file_can_be_opened

NOT_NOW = r"cannot be read now \(.+\); check the disk, and the limit on files$"


@pytest.fixture
def folder(settings: Settings) -> Path:
    """A version, with what only large ones have besides."""
    write_sources(settings.sources, {"a.md": "# Cats\n\nCats sleep.\n"})
    made = Store(settings.index).path(build(settings).index_id)
    np.save(made / compact.FILE, np.eye(8, WordEncoder.dimension, dtype=np.float16))
    save_sources([SourceEntry("a", "a.md", "1" * 64, "2" * 64, "Cats", 1)], made)
    return made


@pytest.mark.parametrize(
    "read",
    [
        Corpus,
        Dense.load,
        load_vocabulary,
        compact.load_directions,
        lambda folder: Words.load(folder, 1, ENGLISH),
        lambda folder: list(StoredSources(folder, 1)),
    ],
    ids=["corpus", "dense", "vocabulary", "directions", "words", "sources"],
)
def test_too_many_open_files_are_no_damage(folder: Path, read: Callable[[Path], object]) -> None:
    assert read(folder) is not None
    with no_file_can_be_opened(), pytest.raises(UnreadableIndexError, match=NOT_NOW):
        read(folder)


def test_token_vectors_that_cannot_be_read_now_are_read_later(folder: Path) -> None:
    (folder / compact.FILE).unlink()
    (path,) = (folder / "tokens").iterdir()
    vectors = TokenVectors(folder, WordEncoder.dimension)
    with no_file_can_be_opened(), pytest.raises(UnreadableIndexError, match=NOT_NOW):
        vectors.run(path.name, 0, 1)
    assert len(vectors.run(path.name, 0, 1).pieces) == 1


def test_a_thread_that_can_open_no_file_says_so_and_reads_later(folder: Path) -> None:
    corpus = Corpus(folder)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(int).result()
        with no_file_can_be_opened():
            asked = thread.submit(corpus.passage, 0).exception()
        assert isinstance(asked, UnreadableIndexError)
        assert thread.submit(corpus.passage, 0).result().text == "Cats sleep."


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "Permission denied"), UnreadableIndexError),
        (OSError(5, "Input/output error"), UnreadableIndexError),
        (FileNotFoundError(2, "No such file or directory"), DamagedIndexError),
        (NotADirectoryError(20, "Not a directory"), DamagedIndexError),
        (IsADirectoryError(21, "Is a directory"), DamagedIndexError),
        (ValueError("no array"), DamagedIndexError),
        (sqlite3.DatabaseError("file is not a database"), DamagedIndexError),
    ],
)
def test_what_the_system_refuses_may_pass_and_what_is_missing_or_otherwise_does_not(
    tmp_path: Path, error: Exception, kind: type[Exception]
) -> None:
    assert type(cannot_be_read(tmp_path, error)) is kind


def test_a_database_that_is_missing_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    with (
        pytest.raises(sqlite3.OperationalError) as caught,
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db,
    ):
        db.execute("select 1")
    assert type(cannot_be_read(path, caught.value)) is DamagedIndexError
