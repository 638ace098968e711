"""The FastAPI application: an assistant and settings in, an app out. The list of what it is put together from."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

import acobot
from acobot.api import middleware, pages, problems, routes, source_pages
from acobot.api.rate_limit import RateLimit
from acobot.api.rendering import Renderer
from acobot.assistant import Assistant
from acobot.languages import load_language
from acobot.policies import load_policy
from acobot.settings import Settings

log = logging.getLogger(__name__)

BODY_BYTES = 512 * 1024
REFRESH_SECONDS = 1.0


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The app that serves `assistant`; it looks every second whether another version of the index went live."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(_refresh_regularly(assistant))
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    app = FastAPI(
        title="acobot",
        version=acobot.__version__,
        description="Answers from sources, word for word, with citations; or says that the sources do not answer.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    language = load_language(settings.language)
    renderer = Renderer(settings, language, load_policy(settings.policy, language), assistant.site)
    limit = RateLimit(settings.rate_limit, language.catalogue)
    app.include_router(routes.make_router(assistant, language.catalogue, limit))
    app.include_router(pages.make_router(assistant, renderer, limit))
    app.include_router(source_pages.make_router(assistant, renderer))
    problems.add_handlers(app, renderer)
    # The first one added is the innermost.
    app.add_middleware(middleware.HeadAsGet)
    app.add_middleware(middleware.BodyLimit, most_bytes=BODY_BYTES, renderer=renderer)
    app.add_middleware(middleware.Faults, renderer=renderer)
    app.add_middleware(middleware.ApiCors, origins=settings.cors_origins)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(middleware.SafeHeaders, embed_origins=settings.embed_origins)
    app.add_middleware(middleware.RequestLog)
    return app


async def _refresh_regularly(assistant: Assistant) -> None:
    told = ""
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        try:
            await asyncio.to_thread(assistant.refresh)
            await asyncio.to_thread(assistant.check_contents)
            told = ""
        except Exception as error:  # whatever it is, a later version must still be found
            if repr(error) != told:
                told = repr(error)
                log.exception("cannot look whether another index went live")
