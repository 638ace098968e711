"""What is told of the index: read from its folder when somebody asks, so that every process tells the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from acobot.errors import IndexFault
from acobot.index import Corpus, SourceCard, Store
from acobot.index.manifest import read_manifest

_START = "0001-01-01"  # what is not said of a date: its first month, its first day


class IndexCollector(Collector):
    """The live version's id, times and sources. Of an index that cannot be read it tells nothing but that."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._cards = lru_cache(maxsize=1)(lambda version_id: tuple(Corpus(self._store.path(version_id)).cards()))

    def collect(self) -> Iterator[Metric]:
        """The metrics, made anew."""
        try:
            live = self._store.current_id()
            manifest, cards = read_manifest(self._store.path(live)), self._cards(live)
            history = self._store.history()
        except IndexFault:
            yield _gauge("acobot_index_readable", "1 where the live index can be read", 0)
            return
        yield _gauge("acobot_index_readable", "1 where the live index can be read", 1)
        named = GaugeMetricFamily("acobot_index_info", "The id of the live index", labels=["index"])
        named.add_metric([live], 1)
        yield named
        yield _gauge("acobot_index_built_timestamp_seconds", "When the live index was built", _moment(manifest.built))
        if live in history.live:
            published = _moment(history.live[live])
            yield _gauge("acobot_index_published_timestamp_seconds", "When the live index went live", published)
        yield _gauge("acobot_index_pinned", "1 where builds do not go live", int(history.pinned == live))
        yield _gauge("acobot_index_passages", "Passages of the live index", manifest.passages)
        yield _gauge("acobot_sources", "Sources of the live index", len(cards))
        bad = len(self._store.leftovers().bad)
        yield _gauge("acobot_sources_unreadable", "Files that the last build could not read", bad)
        expired = sum(_expired(card, datetime.now(UTC).date()) for card in cards)
        yield _gauge("acobot_sources_expired", "Sources whose valid_until is past", expired)
        if dated := sorted(filter(None, map(_dated, cards))):
            yield _gauge("acobot_source_oldest_timestamp_seconds", "Date of the oldest source", _moment(dated[0]))
            yield _gauge("acobot_source_newest_timestamp_seconds", "Date of the newest source", _moment(dated[-1]))


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value)


def _expired(card: SourceCard, today: date) -> bool:
    until = card.particulars.valid_until
    return bool(until) and today.isoformat()[: len(until)] > until


def _dated(card: SourceCard) -> str:
    return card.particulars.updated or card.particulars.published


def _moment(said: str) -> float:
    """Seconds since 1970 of an ISO date of any precision, or of a time."""
    moment = datetime.fromisoformat(said + _START[len(said) :])
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
