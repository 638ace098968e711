"""Fills a new corpus file, a source at a time, in order of id: newly read ones, or as another version has them.

The same sources give the same bytes, whichever way each came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple
from itertools import accumulate
from pathlib import Path

from acobot.errors import IndexWriteError
from acobot.index.corpus import (
    ASK_COLUMNS,
    BODY_COLUMNS,
    FILE,
    LIMIT_ASK_COLUMNS,
    LIMIT_COLUMNS,
    PASSAGE_COLUMNS,
    SENTENCE_COLUMNS,
    SOURCE_COLUMNS,
)
from acobot.index.database import Connection
from acobot.index.stored import Row, SourceRows, StoredAsk, StoredLimit, StoredPassage
from acobot.sources import Block, BlockKind, Source

# Long columns come last, so that SQLite reads no further than to what is asked for.
_SCHEMA = f"""
create table sources ({SOURCE_COLUMNS}, primary key (id)) without rowid;
create table bodies ({BODY_COLUMNS}, primary key (source_id)) without rowid;
create table passages ({PASSAGE_COLUMNS.replace("number", "number integer primary key")});
create table sentences ({SENTENCE_COLUMNS}, primary key (passage, start)) without rowid;
create table abbreviations (source_id, short, long, primary key (source_id, short, long)) without rowid;
create table asks ({ASK_COLUMNS.replace("number", "number integer primary key")});
create index asks_of_passage on asks (passage);
create table limits ({LIMIT_COLUMNS.replace("number", "number integer primary key")});
create table limit_asks ({LIMIT_ASK_COLUMNS.replace("number", "number integer primary key")});
"""


class CorpusWriter:
    """A corpus in the making, with what it holds so far. Raises `IndexWriteError`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        with self._writing():
            self._db = sqlite3.connect(self._path, factory=Connection)
            self._db.executescript("pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        self.passages = 0
        self.sentences = 0
        self.asks = 0

    def add(self, rows: SourceRows) -> None:
        """One source; its passages must be numbered on from `self.passages`."""
        with self._writing():
            self._insert("sources", [rows.source])
            self._insert("bodies", [rows.body])
            self._insert("passages", rows.passages)
            self._insert("sentences", rows.sentences)
            self._insert("abbreviations", rows.abbreviations)
            self._insert("asks", [(self.asks + place, *row) for place, row in enumerate(rows.asks)])
        self.passages += len(rows.passages)
        self.sentences += len(rows.sentences)
        self.asks += len(rows.asks)

    def add_limits(self, limits: Sequence[StoredLimit], asks: Sequence[tuple[int, str, int]]) -> None:
        """All limits, and their questions: the number of a limit, the text, and how many word pieces it has."""
        ends = accumulate(size for *_, size in asks)
        placed = [
            (number, limit, end - size, end, text)
            for number, ((limit, text, size), end) in enumerate(zip(asks, ends, strict=True))
        ]
        with self._writing():
            self._insert("limits", [astuple(limit) for limit in limits])
            self._insert("limit_asks", placed)

    def outline(self, source_id: str) -> tuple[str, tuple[Block, ...]] | None:
        """The text and the blocks of a source that was added, or None."""
        with self._writing():
            query = "select text, blocks from bodies where source_id = ?"
            row = self._db.execute(query, (source_id,)).fetchone()
        return (row[0], tuple(Block(BlockKind(kind), *rest) for kind, *rest in json.loads(row[1]))) if row else None

    def rename_tokens(self, names: Mapping[str, str]) -> None:
        """Other names for files of token vectors, by those that were given so far."""
        with self._writing():
            self._db.executemany("update sources set tokens = ? where tokens = ?", [(b, a) for a, b in names.items()])

    def finish(self) -> None:
        """Writes all to disk, so that it can be read."""
        with self._writing():
            self._db.commit()

    def close(self) -> None:
        """Lets go of the file, finished or not."""
        self._db.close()

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            self._db.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise IndexWriteError(f"{self._path} cannot be written ({error}); nothing was changed") from None


def source_rows(
    source: Source,
    passages: Sequence[StoredPassage],
    token_file: str,
    terms: Sequence[Sequence[str]],
    pieces: bytes,
    abbreviations: Iterable[tuple[str, str]],
    asks: Iterable[StoredAsk],
    first: int,
) -> SourceRows:
    """A newly read source as rows; its passages, numbered from 0, become those from `first` on.

    `terms` are those of each passage that words are searched by; `pieces` is what `count_pieces` gives.
    """
    return SourceRows(
        (
            source.id,
            source.sha256,
            source.file_sha256,
            token_file,
            first,
            len(passages),
            json.dumps(asdict(source.particulars)),
            json.dumps([[ask.text, ask.at] for ask in source.asks]),
        ),
        (
            source.id,
            json.dumps([astuple(one) for one in source.warnings]),
            json.dumps(source.pages),
            pieces,
            json.dumps([[b.kind, b.start, b.end, b.level, b.furniture, b.leaves] for b in source.blocks]),
            source.text,
        ),
        [_passage_row(stored, words, first) for stored, words in zip(passages, terms, strict=True)],
        [
            (first + stored.number, s.sentence.start, s.sentence.end, s.first_token, s.last_token)
            for stored in passages
            for s in stored.sentences
        ],
        [(source.id, short, long) for short, long in sorted(set(abbreviations))],
        [(first + ask.passage, *astuple(ask)[1:]) for ask in asks],
    )


def _passage_row(stored: StoredPassage, terms: Sequence[str], first: int) -> Row:
    p = stored.passage
    return (
        first + stored.number,
        p.source_id,
        json.dumps(p.heading),
        p.start,
        p.end,
        p.prefix,
        p.sha256,
        stored.context_token,
        stored.first_token,
        stored.last_token,
        stored.text,
        " ".join(terms),
    )
