"""The maintainers' page: what people ask and the sources do not answer. Behind a token; no other page leads there."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import logging
import sqlite3

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acobot.api.rate_limit import GuessLimit
from acobot.api.rendering import Renderer
from acobot.assistant import Assistant
from acobot.learning import LEAST, Gaps, Learned, Outcome, find_gaps

log = logging.getLogger(__name__)

PATH = "/gaps"
SAID = ("heading", "mend", "total")  # the last parts of the keys of each outcome
_HIDDEN = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
# A browser asks for name and password; the token is the password, whatever the name.
_ASKS = {"WWW-Authenticate": 'Basic realm="acobot", charset="UTF-8"'}


def make_router(assistant: Assistant, renderer: Renderer, learned: Learned, token: str, limit: GuessLimit) -> APIRouter:
    """The page for who has the token; others are refused, and not even heard where they try often."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    def gaps(request: Request) -> Response:
        if "authorization" not in request.headers:  # as a browser comes first, which is no guess
            raise _asked()
        limit(request)
        # Of one length, so that the time that comparing takes tells nothing of the token.
        given, known = (hashlib.sha256(one.encode()).digest() for one in (_given(request), token))
        if not hmac.compare_digest(given, known):
            raise _asked()
        limit.take_back(request)
        version = assistant.version()
        try:
            counts = learned.read()
        except (sqlite3.Error, OSError) as error:
            log.error("%s cannot be read (%s)", learned.path, error)  # noqa: TRY400  the message is the point
            return page(None, 503)
        return page(find_gaps(version, counts) if counts else None)

    def page(found: Gaps | None, status: int = 200) -> Response:
        sections = tuple(_section(outcome, found) for outcome in Outcome)
        return renderer.page(
            "gaps.html",
            status,
            _HIDDEN,
            found=found,
            readable=status == 200,
            sections=sections,
            days=learned.days,
            least=LEAST,
        )

    return router


def _asked() -> HTTPException:
    return HTTPException(401, headers={**_HIDDEN, **_ASKS})


def _section(outcome: Outcome, found: Gaps | None) -> tuple[Outcome, str, str, str, int]:
    """How questions ended, the keys of what is said of it, and of how many."""
    number = found.totals.get(outcome, 0) if found else 0
    return (outcome, *(f"gaps.{outcome}.{part}" for part in SAID), number)  # type: ignore[return-value]


def _given(request: Request) -> str:
    """The token that a request carries: the password of Basic, or that of Bearer; "" where there is none."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
