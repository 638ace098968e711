"""Everything about sources that is text: one SQLite file, written once and then read only.

Passages are numbered in order of source id and start. A connection a thread, as SQLite wants it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from acobot.errors import DamagedIndexError, IndexWriteError, SourceChoiceError, UnknownSourceError
from acobot.passages import Passage, Sentence
from acobot.sources import Ask, Block, BlockKind, Particulars, Source

FILE = "corpus.sqlite"
_SCHEMA = """
create table sources (id text primary key, particulars text, text text, blocks text, asks text, sha256 text,
                      file_sha256 text, tokens text) without rowid;
create table passages (number integer primary key, source_id text, heading text, start integer, end integer,
                       prefix text, sha256 text, context_token integer, first_token integer, last_token integer);
create table sentences (passage integer, start integer, end integer, first_token integer, last_token integer,
                        primary key (passage, start)) without rowid;
create table abbreviations (short text, long text, primary key (short, long)) without rowid;
"""


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence and its word pieces: [first_token, last_token) of its source's token file."""

    sentence: Sentence
    first_token: int
    last_token: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number, its text, and its word pieces in its source's token file.

    [first_token, last_token) are the text's; [context_token, first_token) are those of its context: title, headings,
    and the questions from `asks:` that it is said to answer.
    """

    number: int
    passage: Passage
    text: str
    token_file: str
    context_token: int
    first_token: int
    last_token: int
    sentences: tuple[StoredSentence, ...]

    def text_of(self, sentence: StoredSentence) -> str:
        """The words of one of its sentences."""
        shift = self.passage.start
        return self.text[sentence.sentence.start - shift : sentence.sentence.end - shift]


class CorpusWriter:
    """Fills a new corpus file, a source at a time, in order of id. Raises `IndexWriteError`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        with self._writing():
            self._db = sqlite3.connect(self._path, factory=_Connection)
            self._db.executescript("pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        self.passages = 0
        self.sentences = 0

    def add(self, source: Source, passages: Sequence[StoredPassage], token_file: str) -> None:
        """One source and its passages; these must be numbered on from `self.passages`."""
        with self._writing():
            self._add_source(source, token_file)
            for stored in passages:
                self._add_passage(stored)

    def finish(self, abbreviations: Iterable[tuple[str, str]]) -> None:
        """Writes the abbreviations, and all to disk."""
        with self._writing():
            self._db.executemany("insert into abbreviations values (?, ?)", sorted(set(abbreviations)))
            self._db.commit()

    def close(self) -> None:
        """Lets go of the file, finished or not."""
        self._db.close()

    def _add_source(self, source: Source, token_file: str) -> None:
        self._db.execute(
            "insert into sources values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source.id,
                json.dumps(asdict(source.particulars)),
                source.text,
                json.dumps([[b.kind, b.start, b.end, b.level, b.furniture] for b in source.blocks]),
                json.dumps([[ask.text, ask.at] for ask in source.asks]),
                source.sha256,
                source.file_sha256,
                token_file,
            ),
        )

    def _add_passage(self, stored: StoredPassage) -> None:
        p = stored.passage
        self._db.execute(
            "insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                stored.number, p.source_id, json.dumps(p.heading), p.start, p.end, p.prefix, p.sha256,
                stored.context_token, stored.first_token, stored.last_token,
            ),
        )  # fmt: skip
        self._db.executemany(
            "insert into sentences values (?, ?, ?, ?, ?)",
            [(stored.number, s.sentence.start, s.sentence.end, s.first_token, s.last_token) for s in stored.sentences],
        )
        self.passages += 1
        self.sentences += len(stored.sentences)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise IndexWriteError(f"{self._path} cannot be written ({error}); nothing was changed") from None


class _Connection(sqlite3.Connection):
    """A connection that is closed when nobody holds it any more, in whatever thread that is noticed."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # where it was never opened
            self.close()


class Corpus:
    """The corpus of an opened version. Anything amiss in the file raises `DamagedIndexError`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._local = threading.local()
        with self._reading() as db:
            if db.execute("pragma quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("quick_check failed")
            self.source_ids = tuple(row[0] for row in db.execute("select id from sources order by id"))
            self.passages = int(db.execute("select count(*) from passages").fetchone()[0])
            dates = "select max(json_extract(particulars, '$.published')) from sources where json_valid(particulars)"
            self.last_date = str(db.execute(dates).fetchone()[0] or "")
            self.abbreviations = tuple(db.execute("select short, long from abbreviations order by short, long"))

    def source(self, source_id: str) -> Source:
        """Raises `UnknownSourceError`."""
        columns = "id, particulars, text, blocks, asks, sha256, file_sha256"
        with self._reading() as db:
            row = db.execute(f"select {columns} from sources where id = ?", (source_id,)).fetchone()
            if row is None:
                raise UnknownSourceError(f"there is no source {source_id!r}; GET /api/sources lists them")
            return Source(
                id=row[0],
                particulars=Particulars(**json.loads(row[1])),
                text=row[2],
                blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in json.loads(row[3])),
                asks=tuple(Ask(*ask) for ask in json.loads(row[4])),
                sha256=row[5],
                file_sha256=row[6],
            )

    def passage(self, number: int) -> StoredPassage:
        """The passage of this number, which must exist."""
        with self._reading() as db:
            row = db.execute(
                "select source_id, heading, start, end, prefix, p.sha256, context_token, first_token, last_token,"
                " tokens, substr(text, start + 1, end - start)"
                " from passages p join sources s on s.id = source_id where number = ?",
                (number,),
            ).fetchone()
            spans = db.execute(
                "select start, end, first_token, last_token from sentences where passage = ? order by start", (number,)
            ).fetchall()
            source_id, heading, start, end, prefix, sha256, context, first, last, token_file, text = row
            sentences = tuple(StoredSentence(Sentence(s, e), f, t) for s, e, f, t in spans)
            passage = Passage(
                source_id, tuple(json.loads(heading)), start, end, prefix, sha256, tuple(s.sentence for s in sentences)
            )
            return StoredPassage(number, passage, text, token_file, context, first, last, sentences)

    def passage_numbers(self, source_ids: Sequence[str]) -> frozenset[int]:
        """The numbers of the passages of these sources. Raises `SourceChoiceError`."""
        with self._reading() as db:
            numbers: set[int] = set()
            for source_id in source_ids:
                if source_id not in self.source_ids:
                    raise SourceChoiceError(f"there is no source {source_id!r}; GET /api/sources lists them")
                numbers.update(
                    row[0] for row in db.execute("select number from passages where source_id = ?", (source_id,))
                )
        return frozenset(numbers)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            if not hasattr(self._local, "db"):
                address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
                self._local.db = sqlite3.connect(address, uri=True, check_same_thread=False, factory=_Connection)
            yield self._local.db
        except (sqlite3.Error, ValueError, TypeError) as error:
            reason = f"{self._path} cannot be read ({error}); run 'acobot index --full'"
            raise DamagedIndexError(reason) from None
