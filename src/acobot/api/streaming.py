"""An answer as events: what is searched for at once, the quotes as soon as they are proved, then the whole reply.

Knows the assistant and HTTP, no wording. What goes wrong before the first event is an ordinary problem.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict

from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from acobot.answer import Answer
from acobot.api.accepting import weights
from acobot.api.problems import details_of, problem_of
from acobot.languages import Catalogue
from acobot.question import Query

EVENTS, JSON = "text/event-stream", "application/json"
UNBUFFERED = {"X-Accel-Buffering": "no"}  # asks nginx to pass each event on at once, as others do anyway
_ANSWER = TypeAdapter(Answer)
Ask = Callable[[Callable[[Query], None]], Answer]  # asks, and tells the query as soon as it is known


def prefers_events(request: Request) -> bool:
    """Whether the client names events among what it accepts, and JSON not before them."""
    accepted = weights(request.headers.getlist("accept"))
    return accepted.get(EVENTS, 0) > accepted.get(JSON, 0)


async def stream_answer(ask: Ask, texts: Catalogue) -> Response:
    """The reply as a stream of events. Raises what `ask` raises before the query is known."""
    loop, told = asyncio.get_running_loop(), asyncio.Queue[Query | Answer | Exception]()

    def tell(news: Query | Answer | Exception) -> None:
        loop.call_soon_threadsafe(told.put_nowait, news)

    def work() -> None:
        try:
            tell(ask(tell))
        except Exception as error:
            tell(error)

    working = asyncio.create_task(run_in_threadpool(work))
    first = await told.get()
    if isinstance(first, Exception):
        raise first

    async def events() -> AsyncIterator[bytes]:
        news: Query | Answer | Exception = first
        while isinstance(news, Query):
            yield _event("searched_for", json.dumps({"searched_for": news.searched_for}, ensure_ascii=False))
            news = await told.get()
        await working
        if isinstance(news, Exception):
            yield _event("problem", json.dumps(details_of(problem_of(news, texts)), ensure_ascii=False))
            return
        if news.signposts or news.cautions:  # nobody must read the quotes without them
            first_read = {"signposts": [asdict(one) for one in news.signposts], "cautions": news.cautions}
            yield _event("before", json.dumps(first_read, ensure_ascii=False))
        for quote in news.quotes:
            yield _event("quote", json.dumps(asdict(quote), ensure_ascii=False))
        yield _event("answer", _ANSWER.dump_json(news).decode())

    return StreamingResponse(events(), media_type=EVENTS, headers={"Vary": "Accept", **UNBUFFERED})


def _event(name: str, data: str) -> bytes:
    return f"event: {name}\ndata: {data}\n\n".encode()
