"""Answers that were given before, for who asks the same again. Holds nothing that was typed.

An answer depends on the version, the query, what else was asked for and the day, and on nothing else: so it may be
given again. What was asked is known by a digest alone, made with a secret of this process; and only answers are kept
all of whose words stand in the sources or the language pack.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from acobot.answer.records import Answer, Status

KEPT_ANSWERS = 512  # some 10 kB each; those that were asked for longest ago go


class KeptAnswers:
    """The last answers, by what was asked. Safe to use from several threads."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._answers: OrderedDict[bytes, tuple[Answer, Callable[[], None]]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def digest(self, *asked: object) -> bytes:
        """What stands for all that an answer depends on, which must be written in full by `repr`."""
        written = repr(asked).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(written, key=self._secret, digest_size=32).digest()

    def find(self, digest: bytes, question: str, searched_for: str) -> Answer | None:
        """The answer to what this digest stands for, if it is kept: to a question that is put in again; counts it."""
        with self._lock:
            kept = self._answers.get(digest)
            if kept is None:
                return None
            self._answers.move_to_end(digest)
        answer, count = kept
        count()
        return replace(answer, question=question, searched_for=searched_for)

    def keep(self, digest: bytes, answer: Answer, count: Callable[[], None] = lambda: None) -> None:
        """Keeps an answer without its question, and what is to be called whenever it is given again.

        Refusals and signposts are not kept: they are about who asks.
        """
        if answer.status is not Status.ANSWERED or answer.signposts:
            return
        with self._lock:
            self._answers[digest] = (replace(answer, question="", searched_for=""), count)
            self._answers.move_to_end(digest)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
