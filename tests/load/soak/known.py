"""What is asked, and what every version of the index answers in process: what each reply of the server must be.

The sources have five states, which go live again and again: all their files, and a notice that says something else in
each state. Equal sources make equal versions, so what a rebuild makes is known before.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from acobot.answering import Means
from acobot.api import create_app
from acobot.assistant import Assistant, open_means
from acobot.build import Publish, build_index
from acobot.index import Store
from acobot.settings import Settings

STATES = 5  # more than are kept, so that most rebuilds write a version anew
_COLOURS = ("red", "blue", "green", "white", "black")
_NOTICE: list[dict[str, Any]] = [
    {"question": "Which colour does the ferry have?"},
    {"question": "When does the ferry to Ambridge leave?"},
    {"question": "and at weekends?", "history": [{"role": "user", "content": "When does the ferry leave?"}]},
    {"question": "Who may fish in the lake?", "source_ids": ["notice"]},
    {"question": "Hello!"},
    {"question": "I feel that I cannot go on living"},
    {"question": "What is the tallest mountain of the moon?", "max_quotes": 1},
]


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted to a path of the API."""

    path: str
    body: dict[str, Any]

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        return json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True)
class Known:
    """Every request, the ids of the versions by state, and what each version replies to each request, in order."""

    requests: tuple[Request, ...]
    ids: tuple[str, ...]
    replies: dict[str, tuple[Any, ...]]


def make_requests(questions: Sequence[Path], most: int) -> tuple[Request, ...]:
    """At most so many questions of some files, evenly taken, those about the notice, and some searches."""
    lines = [line for path in questions for line in path.read_text(encoding="utf-8").splitlines()]
    asked: list[dict[str, Any]] = [
        {"question": json.loads(line)["question"]} for line in lines[:: max(1, -(-len(lines) // most))]
    ]
    searched = [{"question": one["question"], "limit": 3} for one in asked[::8]]
    return (
        *(Request("/api/ask", one) for one in (*_NOTICE, *asked)),
        *(Request("/api/search", one) for one in (_NOTICE[0], *searched)),
    )


def write_state(sources: Path, folder: Path, state: int) -> None:
    """Makes the folder hold the sources in one of their states."""
    if not folder.exists():
        shutil.copytree(sources, folder)
    colour, hour = _COLOURS[state], 5 + state
    said = (
        f"The ferry is {colour}. The ferry to Ambridge leaves at {hour} o'clock, and at {hour + 4} at weekends.\n\n"
        f"Only members of club {state} may fish in the lake."
    )
    more = "\n\n".join(f"Trip number {trip} of the {colour} ferry carried {trip * 7} people." for trip in range(20))
    (folder / "notice.md").write_text(f"# The ferry\n\n{said}\n\n{more}\n", encoding="utf-8")
    extra = folder / "mill.md"  # there in every other state only
    if state % 2:
        extra.write_text(f"# The mill\n\nThe mill was sold for {state} thousand pounds.\n", encoding="utf-8")
    else:
        extra.unlink(missing_ok=True)


def learn(settings: Settings, sources: Path, requests: tuple[Request, ...]) -> Known:
    """Builds a version of each state, asks it everything in process, and leaves the first one live."""
    means, store = open_means(settings), Store(settings.index)
    ids: list[str] = []
    replies: dict[str, tuple[Any, ...]] = {}
    for state in range(STATES):
        write_state(sources, settings.sources, state)
        index_id = build_index(settings, publish=Publish.ALWAYS, load=lambda _: means.encoder).index_id
        replies[index_id] = _ask_all(store, means, settings, index_id, requests)
        ids.append(index_id)
    write_state(sources, settings.sources, 0)
    build_index(settings, publish=Publish.ALWAYS, load=lambda _: means.encoder)
    return Known(requests, tuple(ids), replies)


def _ask_all(
    store: Store, means: Means, settings: Settings, index_id: str, requests: tuple[Request, ...]
) -> tuple[Any, ...]:
    app = create_app(Assistant(store, means, preview=index_id), settings.model_copy(update={"rate_limit": "off"}))
    client = TestClient(app)

    def ask(one: Request) -> Any:
        reply = client.post(one.path, content=one.content, headers={"Content-Type": "application/json"})
        assert reply.status_code == 200, reply.text
        assert reply.json()["index"]["id"] == index_id
        return reply.json()

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as together:
        return tuple(together.map(ask, requests))
