"""Vectors of passages in Qdrant (`acobot[qdrant]`), for an index that outgrows one machine's memory or processor.

A version is a collection, and an alias names the live one: it is switched in one step, as `current` is. A point is a
row (see `row_search`); its id is made of its source, its place and its passage's digest, so it is the same in every
version that has the passage. Only vectors are there: text, words and word pieces stay files. The library is imported
on use.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError, MissingLibraryError, UnreadableIndexError
from acobot.index.arrays import load_array
from acobot.index.corpus import Corpus
from acobot.index.dense import OWNERS_FILE, Dense
from acobot.index.form import LARGE_FROM
from acobot.index.row_search import Among, Rows, RowSearch

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

PREFIX = "acobot-"
LIVE = "acobot-live"  # the alias
TOGETHER = 1000  # points a request
IN_PROCESS = ":memory:"
SECONDS = 30  # to wait for a reply
_NAMES = uuid.UUID("6f2b7c58-3f0e-5d0c-9b61-2d9b8f7d51aa")


@lru_cache(maxsize=4)
def connect(location: str) -> Qdrant:
    """Qdrant at an address, in a folder, or in this process (":memory:").

    Raises `MissingLibraryError`, or `UnreadableIndexError` where it cannot be used.
    """
    try:
        from qdrant_client import QdrantClient
    except ImportError:
        raise MissingLibraryError("ACOBOT_STORE=qdrant", "qdrant-client") from None
    try:
        if location == IN_PROCESS:
            return Qdrant(QdrantClient(location), location)
        if "://" in location:
            return Qdrant(QdrantClient(url=location, timeout=SECONDS, check_compatibility=False), location)
        return Qdrant(QdrantClient(path=location), location)
    except (RuntimeError, ValueError, OSError) as error:  # a folder that another process has open; no address
        raise UnreadableIndexError(
            f"Qdrant at {location} cannot be used ({_reason(error)}); check ACOBOT_QDRANT: an address, or a "
            "folder, which serves one process at a time"
        ) from None


class Qdrant:
    """The versions' vectors in one Qdrant. A `Holder`."""

    def __init__(self, client: QdrantClient, location: str) -> None:
        self._client = client
        self._location = location

    def put(self, version_id: str, folder: Path, *, anew: bool = False) -> None:
        """Each point is put in the place of its like, so that a version that is answered from is never away."""
        held = self.holds(version_id, folder)
        if held and not anew:
            return
        dense = Dense.load(folder)
        if not held:
            self._make(version_id, dense.dimension)
        self._send(version_id, folder, dense)

    def _make(self, version_id: str, dimension: int) -> None:
        """An empty collection for a version, in the place of what is there."""
        from qdrant_client import models

        with self._reaching():
            self._client.delete_collection(PREFIX + version_id)
            size = models.VectorParams(size=dimension, distance=models.Distance.DOT, on_disk=True)
            self._client.create_collection(PREFIX + version_id, vectors_config=size)
            if "://" in self._location:  # else it would only warn that it needs none
                for key in ("passage", "row"):
                    self._client.create_payload_index(PREFIX + version_id, key, models.PayloadSchemaType.INTEGER)

    def _send(self, version_id: str, folder: Path, dense: Dense) -> None:
        from qdrant_client import models

        names, owners = list(_point_ids(folder)), load_array(folder / OWNERS_FILE, np.int32)
        with self._reaching():
            for first in range(0, len(dense), TOGETHER):
                rows = range(first, min(first + TOGETHER, len(dense)))
                vectors = dense.vectors(first, len(rows))
                points = [
                    models.PointStruct(
                        id=names[row],
                        vector=vectors[row - first].tolist(),
                        payload={"row": row, "passage": int(owners[row])},
                    )
                    for row in rows
                ]
                self._client.upsert(PREFIX + version_id, points, wait=True)

    def holds(self, version_id: str, folder: Path) -> bool:
        name, rows = PREFIX + version_id, len(load_array(folder / OWNERS_FILE, np.int32))
        with self._reaching():
            return self._client.collection_exists(name) and self._client.count(name, exact=True).count == rows

    def open(self, version_id: str, folder: Path) -> RowSearch:
        if not self.holds(version_id, folder):
            raise self.missing(version_id)
        with self._reaching():
            config = self._client.get_collection(PREFIX + version_id).config.params.vectors
        return _Search(self, version_id, load_array(folder / OWNERS_FILE, np.int32), int(getattr(config, "size", 0)))

    def check_reachable(self, version_id: str) -> None:
        """Raises `UnreadableIndexError`, or `DamagedIndexError` where nothing is there of the version."""
        with self._reaching():
            if not self._client.collection_exists(PREFIX + version_id):
                raise self.missing(version_id)

    def missing(self, version_id: str) -> DamagedIndexError:
        """What is said where a version's vectors are not, or not all, there."""
        return DamagedIndexError(
            f"the vectors of version {version_id} are not, or not all, in Qdrant at {self._location}; "
            "run 'acobot index' with ACOBOT_STORE=qdrant"
        )

    def publish(self, version_id: str) -> None:
        from qdrant_client import models

        named = models.CreateAlias(collection_name=PREFIX + version_id, alias_name=LIVE)
        steps: list[Any] = [models.CreateAliasOperation(create_alias=named)]
        if self.live_id():
            steps.insert(0, models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=LIVE)))
        with self._reaching():
            self._client.update_collection_aliases(steps)

    def live_id(self) -> str:
        """The version that the alias names; "" where there is none."""
        with self._reaching():
            named = self._client.get_aliases().aliases
        return next((one.collection_name.removeprefix(PREFIX) for one in named if one.alias_name == LIVE), "")

    def drop(self, version_ids: Set[str]) -> None:
        with self._reaching():
            for version_id in sorted(version_ids):
                self._client.delete_collection(PREFIX + version_id)

    def nearest(self, version_id: str, vector: Floats, size: int, only: Any, *, exact: bool) -> tuple[Floats, Rows]:
        """The best rows by their products, best first; `only` is a filter of Qdrant's."""
        from qdrant_client import models

        with self._reaching():
            points = self._client.query_points(
                PREFIX + version_id,
                query=vector.tolist(),
                query_filter=only,
                limit=size,
                # In process all is compared anyway, and it would only warn.
                search_params=models.SearchParams(exact=exact) if "://" in self._location else None,
                with_payload=["row"],
            ).points
        rows = [int((point.payload or {})["row"]) for point in points]
        return np.array([point.score for point in points], dtype=np.float32), np.array(rows, dtype=np.int64)

    def vectors(self, version_id: str, rows: range) -> list[list[float]]:
        """The vectors of these rows, in order. Raises `DamagedIndexError` where one is not there."""
        from qdrant_client import models

        found: dict[int, Any] = {}
        with self._reaching():
            for first in range(rows.start, rows.stop, TOGETHER):
                span = models.Range(gte=first, lt=min(first + TOGETHER, rows.stop))
                points, _ = self._client.scroll(
                    PREFIX + version_id,
                    scroll_filter=models.Filter(must=[models.FieldCondition(key="row", range=span)]),
                    limit=TOGETHER,
                    with_payload=["row"],
                    with_vectors=True,
                )
                found.update({int((point.payload or {})["row"]): point.vector for point in points})
        if len(found) < len(rows):
            raise self.missing(version_id)
        return [found[row] for row in rows]

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        from httpx import HTTPError
        from qdrant_client.http.exceptions import ApiException

        try:
            yield
        except (ApiException, HTTPError, OSError) as error:
            raise UnreadableIndexError(
                f"Qdrant at {self._location} does not answer ({_reason(error)}); check ACOBOT_QDRANT and that it runs"
            ) from None


class _Search(RowSearch):
    """The rows of one version."""

    def __init__(self, qdrant: Qdrant, version_id: str, owners: Ints, dimension: int) -> None:
        super().__init__(owners, dimension)
        self._qdrant = qdrant
        self._version_id = version_id

    def check_readable(self) -> None:
        self._qdrant.check_reachable(self._version_id)

    def vectors(self, first: int, count: int) -> Floats:
        found = self._qdrant.vectors(self._version_id, range(first, first + count))
        return np.array(found, dtype=np.float32).reshape(count, self.dimension)

    def cosines(self, vector: Floats, passages: Sequence[int]) -> list[float]:
        if not passages:
            return []
        ranges = [range(number, number + 1) for number in passages]
        cosines, rows = self._ask(vector, self._count(ranges), (self._choice(ranges)[0], True))
        best = dict.fromkeys(passages, -1.0)
        for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
            owner = int(self._owners[row])
            best[owner] = max(best[owner], cosine)
        return [round(best[number], 6) for number in passages]

    def _choice(self, among: Among) -> tuple[Any, bool]:
        """The filter, and whether all vectors are compared: where few are left, a graph finds too few of them."""
        from qdrant_client import models

        exact = self._count(among) < LARGE_FROM
        if among is None:
            return None, exact
        spans = [
            models.FieldCondition(key="passage", range=models.Range(gte=own.start, lt=own.stop)) for own in among if own
        ]
        return models.Filter(should=list(spans)), exact

    def _ask(self, vector: Floats, size: int, choice: tuple[Any, bool]) -> tuple[Floats, Rows]:
        only, exact = choice
        products, rows = self._qdrant.nearest(self._version_id, vector, size, only, exact=exact)
        if len(rows) < (size if exact else 1):  # else what is not there would be taken for what no source says
            raise self._qdrant.missing(self._version_id)
        return products, rows


def _reason(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


def _point_ids(folder: Path) -> Iterator[str]:
    """The id of each row: of passages first, then of the questions from `asks:`, in order."""
    corpus = Corpus(folder)
    names = [f"{source_id}\n{start}\n{sha256}" for source_id, start, sha256 in corpus.passage_names()]
    yield from (str(uuid.uuid5(_NAMES, name)) for name in names)
    asked: dict[int, int] = {}
    for ask in corpus.asks_of(range(len(names))):
        place = asked[ask.passage] = asked.get(ask.passage, -1) + 1
        yield str(uuid.uuid5(_NAMES, f"{names[ask.passage]}\n{place}\n{ask.text}"))
