"""The sources that were read last, kept in memory up to so many characters, however many or long they are."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from acobot.sources import Source


class KeptSources:
    """At most `most` characters of text, and always the source that was read last. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Source] = OrderedDict()
        self._lock = Lock()

    def get(self, source_id: str, read: Callable[[str], Source]) -> Source:
        """The source of this id, read where it is not kept. Raises what `read` does."""
        with self._lock:
            if found := self._kept.get(source_id):
                self._kept.move_to_end(source_id)
                return found
        found = read(source_id)
        with self._lock:
            if source_id not in self._kept:
                self._kept[source_id] = found
                self._size += len(found.text)
            while self._size > self._most and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1].text)
        return found
