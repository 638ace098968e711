"""The server as a group of processes that can be killed and started anew, and the memory that they hold."""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acobot.settings import Settings
from tests.bench.measuring import processor_seconds
from tests.service import environment, free_address, serve_command

READY_SECONDS = 240.0
SAMPLE_SECONDS = 1.0


class Server:
    """`acobot serve` with some workers over the folders of `settings`; its log goes to a file."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.host, self.port = free_address()
        self._settings, self._log = settings, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Starts it; the seconds until it answered."""
        began, own = time.monotonic(), self._settings
        folders = ["--sources", str(own.sources), "--index", str(own.index)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*serve_command(self.host, self.port), *folders],
                env=environment({"workers": str(own.workers), "trusted_proxies": "127.0.0.1"}),
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        while not self.is_ready():
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")[-2000:]
            assert time.monotonic() < began + READY_SECONDS, "the server is not ready"
            time.sleep(0.1)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Whether /readyz says so."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=READY_SECONDS)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Kills all its processes, as a machine that lacks memory does."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ends it as an operator does; what does not end is killed."""
        assert self._process
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def workers(self) -> list[int]:
        """The processes that answer, the eldest first."""
        assert self._process
        group = [pid for pid in _children(self._process.pid) if b"resource_tracker" not in _read(pid, "cmdline")]
        return sorted(group or [self._process.pid], key=lambda pid: (_started(pid), pid))

    def processor(self) -> dict[int, float]:
        """Seconds of the processor that each process that answers has taken so far."""
        taken = {}
        for pid in self.workers():
            with suppress(OSError):  # it has just ended
                taken[pid] = processor_seconds(pid)
        return taken

    def logged(self) -> dict[str, Any]:
        """How much it logged, and the last of what went wrong."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        bad = [line for line in lines if line.startswith(("ERROR", "CRITICAL", "Traceback"))]
        return {"lines": len(lines), "errors": len(bad), "last_errors": bad[-5:]}

    def memory(self) -> dict[int, int]:
        """What each process that answers takes, in kB."""
        return {pid: kb for pid in self.workers() if (kb := _resident(pid))}


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory of one process at one moment, in kB."""

    at: float
    pid: int
    kb: int


class MemoryWatch(threading.Thread):
    """Looks at the memory of a server over and over until it is told to stop."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.samples: list[Sample] = []
        self.ended = threading.Event()
        self._server = server

    def run(self) -> None:
        while not self.ended.wait(SAMPLE_SECONDS):
            now = time.monotonic()
            self.samples += [Sample(now, pid, kb) for pid, kb in self._server.memory().items()]

    def growth(self, warm: float, ends: float, span: float) -> tuple[float, float] | None:
        """Medians, in MB, of the process that lived longest in [warm, ends): in its first and its last `span` seconds.

        None where none lived for two spans.
        """
        lived: dict[int, list[Sample]] = {}
        for one in self.samples:
            if warm <= one.at < ends:
                lived.setdefault(one.pid, []).append(one)
        longest = max(lived.values(), key=lambda own: own[-1].at - own[0].at, default=[])
        if not longest or longest[-1].at - longest[0].at < 2 * span:
            return None
        first = [one.kb for one in longest if one.at < longest[0].at + span]
        last = [one.kb for one in longest if one.at >= longest[-1].at - span]
        return statistics.median(first) / 1000, statistics.median(last) / 1000


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(one) for one in found.split()]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _started(pid: int) -> int:
    """When a process was started, in ticks."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return int(fields[19]) if len(fields) > 19 else 0


def _resident(pid: int) -> int:
    """Kilobytes in memory, those that it shares included; 0 where that cannot be told."""
    for line in _read(pid, "smaps_rollup").splitlines():
        if line.startswith(b"Rss:"):
            return int(line.split()[1])
    return 0
