"""Everything about sources that is text: one SQLite file, written once (see `corpus_writer`) and then read only.

Passages are numbered in order of source id and start, so those of a source are a range.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from acobot.errors import DamagedIndexError, SourceChoiceError, UnknownSourceError
from acobot.index.database import Database
from acobot.index.kept import KeptSources
from acobot.index.stored import (
    Extent,
    SourceCard,
    SourceRows,
    StoredAsk,
    StoredLimit,
    StoredLimitAsk,
    StoredPassage,
    StoredSentence,
)
from acobot.passages import Passage, Sentence
from acobot.sources import Ask, Block, BlockKind, Particulars, Source, Warned

FILE = "corpus.sqlite"
KEPT_LIMIT_ASKS = 4096  # some 300 bytes each
KEPT_PASSAGES = 512  # some 4 kB each
KEPT_RANGES = 1024
KEPT_TEXT = 8_000_000  # characters of the sources that were read last and are kept in memory; some 10 bytes each
SOURCE_COLUMNS = "id, sha256, file_sha256, tokens, first_passage, passages, particulars, asks"
BODY_COLUMNS = "source_id, warnings, pages, pieces, blocks, text"  # apart, so that a list of sources reads no texts
MOST_ASKING = 1000  # sources of which the first question may be suggested
PASSAGE_COLUMNS = (
    "number, source_id, heading, start, end, prefix, sha256, context_token, first_token, last_token, text, terms"
)
SENTENCE_COLUMNS = "passage, start, end, first_token, last_token"
ASK_COLUMNS = "number, passage, start, first_token, last_token, text"
_ASK = ASK_COLUMNS.removeprefix("number, ")
LIMIT_COLUMNS = "number, say, address, source_id, start, end"
LIMIT_ASK_COLUMNS = "number, of_limit, first_token, last_token, text"


class Corpus:
    """The corpus of an opened version. Anything amiss in the file is raised as `Database` says.

    A text that is not what was written, by its digest, is never given: it raises `DamagedIndexError`.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._reading = Database(self._path).reading
        with self._reading() as db:
            self.source_ids = tuple(row[0] for row in db.execute("select id from sources order by id"))
            self._known = frozenset(self.source_ids)
            # They are numbered from 0; to count them all would be to read all of the file.
            self.passages = int(db.execute("select coalesce(max(number), -1) + 1 from passages").fetchone()[0])
            self.limit_asks = int(db.execute("select coalesce(max(number), -1) + 1 from limit_asks").fetchone()[0])
            dates = "select max(json_extract(particulars, '$.published')) from sources where json_valid(particulars)"
            self.last_date = str(db.execute(dates).fetchone()[0] or "")
            self.abbreviations = tuple(
                db.execute("select distinct short, long from abbreviations order by short, long")
            )
        self.limit_ask = lru_cache(maxsize=KEPT_LIMIT_ASKS)(self._read_limit_ask)
        self.passage = lru_cache(maxsize=KEPT_PASSAGES)(self._read_passage)
        self.range_of = lru_cache(maxsize=KEPT_RANGES)(self._find_range)
        self._kept = KeptSources(KEPT_TEXT)
        self.extent = lru_cache(maxsize=1)(self._find_extent)
        self.successors = lru_cache(maxsize=1)(self._find_successors)
        self._first_asks = lru_cache(maxsize=1)(self._find_first_asks)

    def source(self, source_id: str) -> Source:
        """A source; those read last are kept. Raises `UnknownSourceError`."""
        return self._kept.get(source_id, self._read_source)

    def _read_source(self, source_id: str) -> Source:
        columns = "id, particulars, text, blocks, asks, sha256, file_sha256, pages, warnings"
        with self._reading() as db:
            query = f"select {columns} from sources join bodies on source_id = id where id = ?"
            row = db.execute(query, (source_id,)).fetchone()
            if row is None:
                raise UnknownSourceError("problem.unknown-source.detail", source=repr(source_id))
            return Source(
                id=row[0],
                particulars=Particulars(**json.loads(row[1])),
                text=self._whole(row[2], row[5]),
                blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in json.loads(row[3])),
                asks=_asks(row[4]),
                sha256=row[5],
                file_sha256=row[6],
                pages=tuple(json.loads(row[7])),
                warnings=tuple(Warned(*one) for one in json.loads(row[8])),
            )

    def cards(self, after: str = "", most: int = -1) -> Iterator[SourceCard]:
        """The sources without their texts, in order of id, from the one after an id on; at most so many, or all."""
        columns = "id, particulars, sha256, asks, passages"
        with self._reading() as db:
            query = f"select {columns} from sources where id > ? order by id limit ?"
            for source_id, particulars, sha256, asks, passages in db.execute(query, (after, most)):
                yield SourceCard(source_id, Particulars(**json.loads(particulars)), sha256, _asks(asks), passages)

    def warned(self) -> tuple[int, tuple[str, ...]]:
        """Of how many sources the readers found something odd, and what that is about."""
        with self._reading() as db:
            found = [json.loads(row[0]) for row in db.execute("select warnings from bodies where warnings <> '[]'")]
        return len(found), tuple(sorted({concern for warnings in found for concern, _ in warnings}))

    def title(self, source_id: str) -> str:
        """The title of a source, "" where there is none of this id."""
        with self._reading() as db:
            query = "select json_extract(particulars, '$.title') from sources where id = ?"
            found = db.execute(query, (source_id,)).fetchone()
            return str(found[0]) if found else ""

    def token_files(self) -> list[str]:
        """The names of all files of token vectors."""
        with self._reading() as db:
            return [name for (name,) in db.execute("select distinct tokens from sources order by tokens")]

    def _find_extent(self) -> Extent:
        """From when the sources are, and of what kinds."""
        about = "json_extract(particulars, '$.published'), json_extract(particulars, '$.kind')"
        with self._reading() as db:
            found = db.execute(f"select distinct {about} from sources").fetchall()
        return Extent(tuple(sorted({date for date, _ in found if date})), frozenset(kind for _, kind in found))

    def _find_successors(self) -> dict[str, str]:
        """The ids of sources that another one replaces, each with that one's id, if it is there."""
        by = "json_extract(particulars, '$.superseded_by')"
        with self._reading() as db:
            told = db.execute(f"select id, {by} from sources where {by} <> '' order by id").fetchall()
        return {source_id: by for source_id, by in told if by in self._known and by != source_id}

    def first_asks(self, source_ids: Sequence[str] | None = None) -> tuple[str, ...]:
        """The first question of each of these sources, or of all, that says which it answers: a whole one if it can."""
        if source_ids is None:
            return self._first_asks()
        with self._reading() as db:
            of_one = "select asks from sources where id = ? and asks <> '[]'"
            found = [db.execute(of_one, (one,)).fetchone() for one in dict.fromkeys(source_ids)]
        return tuple(_first_of(one[0]) for one in found if one)

    def _find_first_asks(self) -> tuple[str, ...]:
        with self._reading() as db:
            found = db.execute("select asks from sources where asks <> '[]' order by id limit ?", (MOST_ASKING,))
            return tuple(_first_of(written) for (written,) in found)

    def _read_passage(self, number: int) -> StoredPassage:
        """The passage of this number, which must exist."""
        with self._reading() as db:
            row = db.execute(
                "select source_id, heading, start, end, prefix, p.sha256, context_token, first_token, last_token,"
                " tokens, p.text from passages p join sources s on s.id = source_id where number = ?",
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
            text = self._whole(text, sha256)
            return StoredPassage(number, passage, text, token_file, context, first, last, sentences)

    def _whole(self, text: str, sha256: str) -> str:
        if hashlib.sha256(str(text).encode()).hexdigest() != sha256:
            raise DamagedIndexError(f"{self._path} is damaged (a text's SHA-256 differs); run 'acobot index --full'")
        return text

    def ask(self, number: int) -> StoredAsk:
        """The question from `asks:` of this number, which must exist."""
        with self._reading() as db:
            return StoredAsk(*db.execute(f"select {_ASK} from asks where number = ?", (number,)).fetchone())

    def asks_of(self, passages: range) -> list[StoredAsk]:
        """The questions from `asks:` that stand for these passages, in order."""
        with self._reading() as db:
            rows = db.execute(
                f"select {_ASK} from asks where passage >= ? and passage < ? order by number",
                (passages.start, passages.stop),
            )
            return [StoredAsk(*row) for row in rows]

    def asks_by_number(self, passage: int) -> dict[int, StoredAsk]:
        """The questions from `asks:` that stand for a passage, each with its number."""
        with self._reading() as db:
            rows = db.execute(f"select {ASK_COLUMNS} from asks where passage = ?", (passage,))
            return {number: StoredAsk(*row) for number, *row in rows}

    def _read_limit_ask(self, number: int) -> StoredLimitAsk:
        """The question of a limit that has this number; it must exist."""
        with self._reading() as db:
            *limit, text, first, last = db.execute(
                "select l.number, say, address, source_id, start, end, a.text, first_token, last_token"
                " from limit_asks a join limits l on l.number = of_limit where a.number = ?",
                (number,),
            ).fetchone()
            return StoredLimitAsk(StoredLimit(*limit), text, first, last)

    def _find_range(self, source_id: str) -> range:
        """The numbers of a source's passages. Raises `SourceChoiceError`."""
        if source_id not in self._known:
            raise SourceChoiceError("problem.unknown-source-ids.detail", source=repr(source_id))
        with self._reading() as db:
            found = db.execute("select first_passage, passages from sources where id = ?", (source_id,)).fetchone()
            return range(found[0], found[0] + found[1])

    def sentences_of(self, source_id: str) -> list[Sentence]:
        """All sentences of a source that can be quoted, in order. Raises `SourceChoiceError`."""
        own = self.range_of(source_id)
        with self._reading() as db:
            spans = db.execute(
                "select start, end from sentences where passage >= ? and passage < ? order by passage, start",
                (own.start, own.stop),
            )
            return [Sentence(start, end) for start, end in spans]

    def ranges_of(self, source_ids: Sequence[str]) -> tuple[range, ...]:
        """The numbers of the passages of these sources, a range each. Raises `SourceChoiceError`."""
        return tuple(self.range_of(source_id) for source_id in dict.fromkeys(source_ids))

    def terms(self) -> Iterator[list[str]]:
        """The terms that words are searched by, passage after passage."""
        with self._reading() as db:
            for (terms,) in db.execute("select terms from passages order by number"):
                yield terms.split(" ") if terms else []

    def texts(self) -> Iterator[str]:
        """The text of every passage with its title and headings, in order."""
        with self._reading() as db:
            for prefix, text in db.execute("select prefix, text from passages order by number"):
                yield f"{prefix}\n{text}"

    def piece_counts(self) -> Iterator[bytes]:
        """Source after source, the word pieces of its sentences as `piece_weights.count_pieces` counted them."""
        with self._reading() as db:
            for (pieces,) in db.execute("select pieces from bodies order by source_id"):
                yield pieces

    def passage_digests(self) -> Iterator[tuple[str, str, str]]:
        """Source id, heading trail (JSON) and SHA-256 of every passage, in order."""
        with self._reading() as db:
            yield from db.execute("select source_id, heading, sha256 from passages order by number")

    def passage_names(self) -> Iterator[tuple[str, int, str]]:
        """Source id, start and SHA-256 of every passage, in order: what names it in any version that has it."""
        with self._reading() as db:
            yield from db.execute("select source_id, start, sha256 from passages order by number")

    def rows(self, source_id: str, as_id: str, first: int) -> SourceRows:
        """All about a source as rows of another corpus, which calls it `as_id` and its first passage `first`."""
        own = self.range_of(source_id)
        passages, sentences = ", ".join(PASSAGE_COLUMNS.split(", ")[2:]), ", ".join(SENTENCE_COLUMNS.split(", ")[1:])
        asks = ", ".join(ASK_COLUMNS.split(", ")[2:])
        shift, span = first - own.start, (own.start, own.stop)
        with self._reading() as db:
            (source,) = db.execute(f"select {SOURCE_COLUMNS} from sources where id = ?", (source_id,))
            (body,) = db.execute(f"select {BODY_COLUMNS} from bodies where source_id = ?", (source_id,))
            return SourceRows(
                (as_id, *source[1:4], first, *source[5:]),
                (as_id, *body[1:]),
                db.execute(
                    f"select number + ?, ?, {passages} from passages where number >= ? and number < ? order by number",
                    (shift, as_id, *span),
                ).fetchall(),
                db.execute(
                    f"select passage + ?, {sentences} from sentences where passage >= ? and passage < ?"
                    " order by passage, start",
                    (shift, *span),
                ).fetchall(),
                db.execute(
                    "select ?, short, long from abbreviations where source_id = ? order by short, long",
                    (as_id, source_id),
                ).fetchall(),
                db.execute(
                    f"select passage + ?, {asks} from asks where passage >= ? and passage < ? order by number",
                    (shift, *span),
                ).fetchall(),
            )


def _first_of(written: str) -> str:
    """The first whole question of some, or the first where none is."""
    asks = [ask.text for ask in _asks(written)]
    return next((one for one in asks if one.endswith("?")), asks[0])


def _asks(written: str) -> tuple[Ask, ...]:
    return tuple(Ask(*ask) for ask in json.loads(written))
