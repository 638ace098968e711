"""What stands between answers and the file: a queue that no answer waits for, and a thread that writes it down."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from acobot.answering import Explained
from acobot.index import Version
from acobot.learning.learned import Learned
from acobot.learning.noticing import Noticed, notice
from acobot.observing import without_words

log = logging.getLogger(__name__)

MOST_WAITING = 10_000  # some 5 MB; what comes when so many wait is not counted
PAUSE_SECONDS = 1.0  # between two writings
AGAIN_SECONDS = 3600.0  # until what is past is thrown away, where that failed

asker: ContextVar[str] = ContextVar("asker", default="")  # the client that is answered; the assistant knows none


class Learner:
    """Counts what it is told of answers, as long as it is `running`; a fault of it never reaches an answer."""

    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        self._waiting: queue.Queue[tuple[Noticed, str]] = queue.Queue(MOST_WAITING)
        self._stop = threading.Event()
        self._day = ""
        self._again = 0.0  # by time.monotonic

    def tell(self, version: Version, explained: Explained) -> Callable[[], None] | None:
        """Notes an answer; takes as good as no time.

        Gives what notes it once more; None where that would hold a word of the message.
        """
        try:
            noticed = notice(version, explained)
        except Exception as error:
            kind, where = type(error).__name__, without_words(error)
            log.error("an answer could not be counted: %s", kind, exc_info=where)  # noqa: TRY400  not its message
            return None
        note = partial(self._note, noticed)
        note()
        return None if noticed and noticed.words else note

    def _note(self, noticed: Noticed | None) -> None:
        if noticed is None:
            return
        try:
            self._waiting.put_nowait((noticed, asker.get()))
        except queue.Full:
            log.warning("too much waits to be counted; an answer was left out")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Meanwhile writes down what comes, and at each day's end throws away what is past."""
        self._stop.clear()
        writer = threading.Thread(target=self._write, name="learner", daemon=True)
        writer.start()
        try:
            yield
        finally:
            self._stop.set()
            writer.join()

    def _write(self) -> None:
        while not self._stop.wait(PAUSE_SECONDS):
            self._write_once()
        self._write_once()

    def _write_once(self) -> None:
        """One transaction of all that waits; what cannot be written is lost, and that is said."""
        waiting = [self._waiting.get_nowait() for _ in range(self._waiting.qsize())]
        today = self._learned.today().isoformat()
        if not waiting and (today == self._day or time.monotonic() < self._again):
            return
        try:
            if waiting:
                self._learned.add(waiting)
            else:
                self._learned.keep_up()
            self._day = today
        except (sqlite3.Error, OSError) as error:
            lost = f"answers that are not counted: {len(waiting)}"
            if not waiting:
                lost = "what is past is not thrown away"
                self._again = time.monotonic() + AGAIN_SECONDS
            log.warning("%s cannot be written (%s); %s", self._learned.path, error, lost)
