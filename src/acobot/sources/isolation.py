"""Readers of formats that others make, run in a process of their own: bounded in time and memory, and free to crash.

Bytes in, `Draft` out. One process is started when it is first needed, and again after it had to be ended; so this
process never imports the libraries. Knows no format; `acobot.sources.reader_process` is the other end.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import astuple
from typing import Any

from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Ask, Block, BlockKind, Draft, PageName, UnreadableError, Warned
from acobot.sources.wording import NO_WORDS, Wording

TIME_LIMIT = 300.0  # seconds a file; a PDF of a thousand full pages takes some forty on a machine that is free
MEMORY_LIMIT = 1_500_000_000  # bytes of address space of the reader's process
IDLE = 10.0  # seconds after which the process is ended, for a server reads its sources only when it starts
_ENTRY = "acobot.sources.reader_process"


class ReaderProcess:
    """The process in which files are read, one after another. May be used from several threads."""

    def __init__(self, time_limit: float = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT, idle: float = IDLE) -> None:
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        self._idle = idle
        self._process: subprocess.Popen[bytes] | None = None
        self._of_parent: subprocess.Popen[bytes] | None = None  # kept, so that nothing ends it here
        self._ending: threading.Timer | None = None
        self._lock = threading.RLock()

    def read(self, ending: str, raw: bytes, pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
        """The draft of a file with this ending. Raises `UnreadableError`."""
        header = {"ending": ending, "size": len(raw), "pick": astuple(pick), "wording": astuple(wording)}
        return _as_draft(self._reply(header, raw))

    def words(self, ending: str, raw: bytes) -> list[str]:
        """All words that stand anywhere in a file, read or not. Raises `UnreadableError`."""
        reply = self._reply({"ending": ending, "size": len(raw), "words": True}, raw)
        return [str(word) for word in reply["words"]]

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            if self._process:
                self._process.kill()
                self._process.communicate()
                self._process = None

    def leave_to_parent(self) -> None:
        """To be called in a process that was forked off: what it reads must not meet what its parent reads."""
        self._of_parent, self._process = self._process, None
        self._ending, self._lock = None, threading.RLock()

    def _reply(self, header: dict[str, Any], raw: bytes) -> dict[str, Any]:
        with self._lock:
            reply = self._ask(header, raw)
            self._end_when_idle()
        if "refused" in reply:
            raise UnreadableError(reply["refused"])
        return reply

    def _end_when_idle(self) -> None:
        if self._ending:
            self._ending.cancel()
        self._ending = threading.Timer(self._idle, self.close)
        self._ending.daemon = True
        self._ending.start()

    def _ask(self, header: dict[str, Any], raw: bytes) -> dict[str, Any]:
        if self._process and self._process.poll() is not None:  # somebody else ended it
            self.close()
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._time_limit, end)
        timer.start()
        try:
            process.stdin.write(json.dumps(header).encode() + b"\n" + raw)
            process.stdin.flush()
            reply = process.stdout.readline()
        except OSError:  # it ended before it had read everything
            reply = b""
        except BaseException:  # whoever waited is stopped; the reply that comes would be taken for the next file's
            self.close()
            raise
        finally:
            timer.cancel()
        if reply.endswith(b"\n"):
            answer: dict[str, Any] = json.loads(reply)
            return answer
        self.close()
        if late.is_set():
            raise UnreadableError(f"reading it takes longer than {self._time_limit:.0f} seconds; split or simplify it")
        raise UnreadableError("its reader broke down over it; open it in the program that made it and save it again")

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", _ENTRY, str(self._memory_limit)]
        return subprocess.Popen(  # noqa: S603  our own module, our own Python
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )


_READER = ReaderProcess()
atexit.register(_READER.close)
os.register_at_fork(after_in_child=_READER.leave_to_parent)


def read_isolated(ending: str, raw: bytes, pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a file, read in the process that all callers share. Raises `UnreadableError`."""
    return _READER.read(ending, raw, pick, wording)


def words_isolated(ending: str, raw: bytes) -> list[str]:
    """All words that stand anywhere in a file, by the same process. Raises `UnreadableError`."""
    return _READER.words(ending, raw)


def _as_draft(reply: dict[str, Any]) -> Draft:
    """What `dataclasses.asdict` and JSON made of a draft, as one again."""
    blocks = (Block(BlockKind(kind), *rest) for kind, *rest in reply["blocks"])
    asks = (Ask(text, at) for text, at in reply["asks"])
    warnings = tuple(Warned(*one) for one in reply["warnings"])
    return Draft(
        text=reply["text"],
        blocks=tuple(blocks),
        asks=tuple(asks),
        said=reply["said"],
        pages=tuple(reply["pages"]),
        warnings=warnings,
        page_name=PageName(reply["page_name"]),
        kept=frozenset(reply["kept"]),
    )
