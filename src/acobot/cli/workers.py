"""Processes that serve together: one that dies is replaced at once, one that says nothing for long is taken for hung.

uvicorn's own supervisor waits for each answer. So it does not notice meanwhile that another worker died, or that it is
told to end; it asks a worker that died while it was asked until its time is up; and its five seconds are less than a
worker takes to load the model on a busy machine, which is then killed and started again for ever.
"""

from __future__ import annotations

import logging
import time

from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

log = logging.getLogger(__name__)

HUNG_SECONDS = 120


class Workers(Multiprocess):
    """uvicorn's supervisor of worker processes, which asks them without waiting for what they say."""

    hung_seconds: float = HUNG_SECONDS
    _asked: dict[int, float]  # when each process was asked whether it lives, by its id, until it says so

    def keep_subprocess_alive(self) -> None:
        """Replaces each worker that has died or hangs; called twice a second."""
        self._asked = getattr(self, "_asked", {})
        for place, worker in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            if worker.process.is_alive() and not self._hangs(worker):
                continue
            worker.kill()  # one that is dead already only lets its connection go
            worker.join()
            self._asked.pop(worker.pid or 0, None)
            log.warning("worker %s has ended (%s), and is replaced", worker.pid, worker.exitcode)
            self.processes[place] = Process(self.config, self.sockets)
            self.processes[place].start()

    def _hangs(self, worker: Process) -> bool:
        pid, now = worker.pid or 0, time.monotonic()
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
