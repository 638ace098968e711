"""The counts on disk: one SQLite file, to which every process that serves adds. Knows no message and no version.

A client is a keyed hash; the key is drawn each day (UTC) and thrown away at its end with all the hashes, so that then
only numbers are left. What is thrown away is overwritten. Raises `sqlite3.Error` or `OSError` where the file fails.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from acobot.learning.noticing import Noticed, Outcome

LEAST = 5  # different days, or clients on one day, before anything is shown
WAIT_SECONDS = 5.0  # for another process that writes
_TABLES = """
create table if not exists salts (day text primary key, salt blob) without rowid;
create table if not exists clients (outcome text, place text, day text, client blob,
  primary key (outcome, place, day, client)) without rowid;
create table if not exists fed (outcome text, place text, day text, asked integer, clients integer,
  primary key (outcome, place, day)) without rowid;
create table if not exists words (outcome text, place text, word text, day text, clients integer,
  primary key (outcome, place, word, day)) without rowid;
create table if not exists totals (outcome text, day text, asked integer, primary key (outcome, day)) without rowid;
create table if not exists quoted (passage text, day text, times integer, primary key (passage, day)) without rowid;
"""
_OF_TODAY, _OF_DAYS = ("salts", "clients"), ("fed", "words", "totals", "quoted")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sources, and how many questions count for it."""

    word: str
    asked: int


@dataclass(frozen=True, slots=True)
class Fed:
    """What lies near one place and ended in one way, of which enough different days or clients asked."""

    outcome: Outcome
    place: str
    asked: int
    days: int
    last: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """All that may be shown: since when, questions by how they ended, what was asked most first, passages by digest."""

    since: str
    totals: dict[Outcome, int]
    fed: tuple[Fed, ...]
    quoted: dict[str, int]


class Learned:
    """The file at `path`, made with the first thing to be added; it holds `days` days, today among them."""

    def __init__(self, path: Path, days: int, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self.path = path
        self.days = days
        self.today = today

    def add(self, noticed: Sequence[tuple[Noticed, str]]) -> None:
        """Counts what was noticed, each with its client."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # SQLite's other files get the same rights
            # Only where there is none: to close a file drops all locks on it that SQLite believes this process has.
            os.close(os.open(self.path.resolve(), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with self._open() as db:
            day = self._keep_up(db)
            db.execute("insert or ignore into salts values (?, ?)", (day, secrets.token_bytes(32)))
            salt = db.execute("select salt from salts where day = ?", (day,)).fetchone()[0]
            for one, client in noticed:
                # Another one at each place, so that the file does not say what else a client asked.
                told = f"{one.outcome} {one.place} {client}".encode()
                _count(db, one, day, hashlib.blake2b(told, key=salt, digest_size=16).digest())

    def keep_up(self) -> None:
        """Throws away what is past, where there is a file."""
        if self.path.exists():
            with self._open() as db:
                self._keep_up(db)

    def read(self) -> Counts | None:
        """What may be shown, or None where there is no file; throws away what is past."""
        if not self.path.exists():
            return None
        with self._open() as db:
            self._keep_up(db)
            totals = {
                Outcome(one): asked for one, asked in db.execute("select outcome, sum(asked) from totals group by 1")
            }
            return Counts(
                since=db.execute("select min(day) from totals").fetchone()[0] or "",
                totals=totals,
                fed=tuple(_fed(db)),
                quoted=dict(db.execute("select passage, sum(times) from quoted group by 1")),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other process writes beside; it is whole on disk, or not there."""
        with closing(sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)) as db:
            db.execute("pragma secure_delete = on")
            db.execute("pragma journal_mode = wal")
            db.execute("begin immediate")
            try:
                for statement in _TABLES.split(";\n"):
                    db.execute(statement)
                yield db
                db.execute("commit")
            except BaseException:
                if db.in_transaction:
                    db.execute("rollback")
                raise
            if db.total_changes:  # what was overwritten must not stand on in the log beside the file
                db.execute("pragma wal_checkpoint(truncate)")

    def _keep_up(self, db: sqlite3.Connection) -> str:
        """Throws away what is past; the day that it is."""
        today = self.today()
        for table in _OF_TODAY:
            db.execute(f"delete from {table} where day <> ?", (today.isoformat(),))
        for table in _OF_DAYS:
            db.execute(f"delete from {table} where day <= ?", ((today - timedelta(days=self.days)).isoformat(),))
        return today.isoformat()


def _count(db: sqlite3.Connection, one: Noticed, day: str, client: bytes) -> None:
    _add(db, "totals (outcome, day, asked)", "asked", (one.outcome, day), 1)
    for digest in one.quoted:
        _add(db, "quoted (passage, day, times)", "times", (digest, day), 1)
    if one.outcome is Outcome.ANSWERED:
        return
    where = (one.outcome, one.place)
    fresh = db.execute("insert or ignore into clients values (?, ?, ?, ?)", (*where, day, client)).rowcount
    db.execute(
        "insert into fed values (?, ?, ?, 1, 1) on conflict do update set asked = asked + 1, clients = clients + ?",
        (*where, day, fresh),
    )
    if fresh and one.words:
        word = _word_of(db, where, one.words)
        _add(db, "words (outcome, place, word, day, clients)", "clients", (*where, word, day), 1)


def _add(db: sqlite3.Connection, into: str, column: str, key: tuple[str, ...], number: int) -> None:
    marks = ", ".join("?" * (len(key) + 1))
    db.execute(
        f"insert into {into} values ({marks}) on conflict do update set {column} = {column} + excluded.{column}",
        (*key, number),
    )


def _word_of(db: sqlite3.Connection, where: tuple[str, ...], words: Sequence[str]) -> str:
    """The one word that a message counts for: that which its group has most of.

    Of those that are counted alike, as at first none is, one after the other has its turn from message to message: what
    all have in common may be neither their rarest word nor their commonest.
    """
    marks = ", ".join("?" * len(words))
    rows = db.execute(
        f"select word, sum(clients) from words where outcome = ? and place = ? and word in ({marks}) group by word",
        (*where, *words),
    )
    counted = dict(rows.fetchall())
    most = max(counted.get(word, 0) for word in words)
    alike = [word for word in words if counted.get(word, 0) == most]
    messages: int = db.execute("select sum(clients) from fed where outcome = ? and place = ?", where).fetchone()[0]
    return alike[(messages - 1) % len(alike)]


def _fed(db: sqlite3.Connection) -> Iterator[Fed]:
    """Of each place what may be shown, what was asked most first."""
    enough = f"having count(*) >= {LEAST} or max(clients) >= {LEAST}"
    words: dict[tuple[str, str], list[Word]] = {}
    for outcome, place, word, asked in db.execute(
        f"select outcome, place, word, sum(clients) from words group by 1, 2, 3 {enough} order by 4 desc, 3"
    ):
        words.setdefault((outcome, place), []).append(Word(word, asked))
    for outcome, place, asked, days, last in db.execute(
        f"select outcome, place, sum(asked), count(*), max(day) from fed group by 1, 2 {enough} order by 3 desc, 1, 2"
    ):
        yield Fed(Outcome(outcome), place, asked, days, last, tuple(words.get((outcome, place), ())))
