"""The FastAPI application: an assistant and settings in, an app out. The list of what it is put together from."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import FastAPI
from starlette.routing import Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import acobot
from acobot.api import conditional, gaps_page, middleware, pages, problems, routes, source_pages, source_routes
from acobot.api.accepting import Gzip
from acobot.api.addresses import Addresses
from acobot.api.connections import WATCHER
from acobot.api.mcp_server.errors import PATH
from acobot.api.mcp_server.transports import McpEndpoint, has_library, not_installed
from acobot.api.openai_chat import routes as chat_routes
from acobot.api.openapi import describe_by, operation_id
from acobot.api.rate_limit import GuessLimit, RateHeaders, RateLimit, ReadingLimit
from acobot.api.rendering import Renderer
from acobot.api.request_ids import RequestIds
from acobot.assistant import Assistant
from acobot.errors import IndexFault
from acobot.index import Store
from acobot.languages import load_language
from acobot.learning import Learned, Learner
from acobot.observing import Several
from acobot.policies import load_policy
from acobot.settings import LEARNING_ON, Settings

if TYPE_CHECKING:
    from acobot.api.metrics import Metrics
    from acobot.api.tracing import Traces

log = logging.getLogger(__name__)

BODY_BYTES = 512 * 1024
REFRESH_SECONDS = 1.0
# Requests at work in a process, a thread each. They share the cores and Python's lock, so that more would only take
# turns, and each thread keeps some 6 MB of its own; what comes meanwhile waits without one.
THREADS = 4


def create_app(
    assistant: Assistant, settings: Settings, metrics: Metrics | None = None, traces: Traces | None = None
) -> FastAPI:
    """The app that serves `assistant`; it looks every second whether another version of the index went live.

    `metrics` are told of all that it does; with a token, and no port of their own, they can be read at /metrics.
    `traces` are told of each request and the steps of its answer.
    """
    language, addresses = load_language(settings.language), Addresses(settings)
    learned = Learned(settings.learned, settings.learn_days)
    learner = Learner(learned)
    if settings.learn == LEARNING_ON and not assistant.preview:  # what is asked of a preview is a maintainer's
        assistant = assistant.telling(learner.tell)
    if observers := [one for one in (metrics, traces) if one]:
        assistant.observer = Several(observers)
    limits = (settings.rate_limit, language.catalogue, metrics.rate_limited if metrics else None)
    limit, reading = RateLimit(*limits), ReadingLimit(*limits)
    origins = {*settings.cors_origins, settings.public_url} - {""}
    mcp = McpEndpoint(assistant, language, addresses, limit, reading, origins) if has_library() else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        looking = partial(_look, assistant, Store(settings.index), metrics) if metrics else _nothing
        with learner.running(), traces.running() if traces else nullcontext():
            async with refreshing(assistant, looking), mcp.running() if mcp else nullcontext():
                yield {WATCHER: metrics}

    app = FastAPI(
        title="acobot",
        version=acobot.__version__,
        description="Answers from sources, word for word, with citations; or says that the sources do not answer.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        separate_input_output_schemas=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    policy = load_policy(settings.policy, language)
    renderer = Renderer(settings, language, policy, assistant.site, assistant.preview)
    app.include_router(routes.make_router(assistant, language.catalogue, limit))
    app.include_router(source_routes.make_router(assistant, language.catalogue, reading))
    app.include_router(chat_routes.make_router(assistant, language, addresses, limit, settings.api_keys))
    app.router.routes.append(Route(PATH, mcp or not_installed, methods=["POST"] if mcp else ["GET", "POST", "DELETE"]))
    app.include_router(pages.make_router(assistant, renderer, limit))
    app.include_router(source_pages.make_router(assistant, renderer, reading))
    if settings.maintainer_token:
        guesses = GuessLimit(*limits)
        app.include_router(gaps_page.make_router(assistant, renderer, learned, settings.maintainer_token, guesses))
    app.openapi = describe_by(app, settings, renderer.shown_site)  # type: ignore[method-assign]
    problems.add_handlers(app, renderer)
    # The first one added is the innermost.
    if traces:
        from acobot.api.tracing import RequestTraces, RouteNames

        app.add_middleware(RouteNames)
    app.add_middleware(middleware.Askers)
    app.add_middleware(middleware.HeadAsGet)
    app.add_middleware(middleware.PlainPaths, renderer=renderer)
    app.add_middleware(middleware.BodyLimit, most_bytes=BODY_BYTES, renderer=renderer)
    app.add_middleware(middleware.Faults, renderer=renderer)
    app.add_middleware(middleware.ApiCors, origins=settings.cors_origins)
    app.add_middleware(RateHeaders)
    app.add_middleware(conditional.EntityTags)
    app.add_middleware(Gzip, minimum_size=1000)
    app.add_middleware(conditional.Conditional)
    app.add_middleware(middleware.OldNames)
    app.add_middleware(middleware.SafeHeaders, embed_origins=settings.embed_origins)
    app.add_middleware(middleware.RequestLog)
    if metrics:
        _measure(app, settings, metrics)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    if traces:
        app.add_middleware(RequestTraces, traces=traces, proxies=settings.trusted_proxies)
    app.add_middleware(RequestIds, proxies=settings.trusted_proxies)
    return app


def _measure(app: FastAPI, settings: Settings, metrics: Metrics) -> None:
    """From now on the metrics are told of requests."""
    from acobot.api.metrics import RequestMetrics, endpoint

    app.add_middleware(RequestMetrics, metrics=metrics)
    if settings.metrics_token and not settings.metrics_port:
        app.router.routes.append(endpoint(settings.index, settings.metrics_token, metrics))


async def _nothing() -> None: ...


async def _look(assistant: Assistant, store: Store, metrics: Metrics) -> None:
    """Tells the metrics which index is to be answered from, and which is."""
    try:
        used = (await asyncio.to_thread(assistant.version)).id
    except IndexFault:
        used = ""
    metrics.look(assistant.preview or await asyncio.to_thread(store.live_id), used)


@asynccontextmanager
async def refreshing(assistant: Assistant, then: Callable[[], Awaitable[None]] = _nothing) -> AsyncIterator[None]:
    """Meanwhile, looks regularly whether another version of the index went live, and `then` does what it is given."""
    watching = asyncio.create_task(_refresh_regularly(assistant, then))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _refresh_regularly(assistant: Assistant, then: Callable[[], Awaitable[None]]) -> None:
    told = ""
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        try:
            await asyncio.to_thread(assistant.refresh)
            await asyncio.to_thread(assistant.check_contents)
            await then()
            told = ""
        except Exception as error:  # whatever it is, a later version must still be found
            if repr(error) != told:
                told = repr(error)
                log.exception("cannot look whether another index went live")
