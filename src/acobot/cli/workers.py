"""Processes that serve together: one that dies is replaced at once, one that says nothing for long is taken for hung.

uvicorn's own supervisor waits for each answer. So it does not notice meanwhile that another worker died, or that it is
told to end; it asks a worker that died while it was asked until its time is up; and its five seconds are less than a
worker takes to load the model on a busy machine, which is then killed and started again for ever.
"""

from __future__ import annotations

import logging
import time
from socket import socket

from uvicorn import Config
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

log = logging.getLogger(__name__)

HUNG_SECONDS = 120
SHORT_SECONDS = 30  # a worker that lived no longer could not serve: the next one mostly cannot either
PAUSE_SECONDS = 10  # before that


class Workers(Multiprocess):
    """uvicorn's supervisor of worker processes, which asks them without waiting for what they say."""

    hung_seconds: float = HUNG_SECONDS

    def __init__(self, config: Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self._asked: dict[int, float] = {}  # when each process was asked whether it lives, by its id, until it says so
        self._born: dict[int, float] = {}  # when each was first seen
        self._due: dict[int, float] = {}  # when the next one is started, by its place

    def keep_subprocess_alive(self) -> None:
        """Replaces each worker that has died or hangs; called twice a second."""
        for place, worker in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            now, pid = time.monotonic(), worker.pid or 0
            born = self._born.setdefault(pid, now)
            if place not in self._due:
                if worker.process.is_alive() and not self._hangs(worker, now):
                    continue
                worker.kill()  # one that is dead already only lets its connection go
                worker.process.join()
                self._due[place] = now + (PAUSE_SECONDS if now - born < SHORT_SECONDS else 0)
                log.warning("worker %s has ended (%s), and is replaced", pid, worker.exitcode)
            if now >= self._due[place]:
                del self._due[place], self._born[pid]
                self._asked.pop(pid, None)
                self.processes[place] = Process(self.config, self.sockets)
                self.processes[place].start()

    def _hangs(self, worker: Process, now: float) -> bool:
        pid = worker.pid or 0
        try:
            if pid not in self._asked:
                worker.parent_conn.send(b"ping")
                self._asked[pid] = now
            elif worker.parent_conn.poll():
                worker.parent_conn.recv()
                del self._asked[pid]
        except (OSError, EOFError):  # it has just died, which is seen the next time
            return False
        return now - self._asked.get(pid, now) > self.hung_seconds
