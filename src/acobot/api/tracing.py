"""Traces by OpenTelemetry (`acobot[otel]`): a span for each request, and below it one for each step of an answer.

They have a route, a status and a request's id, and no word that was typed. Nothing is set up for the whole process, or
what libraries tell of themselves would go out too, and that is whole addresses. Imported only where traces are asked
for; what makes and sends them is imported on use.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry.trace import Span, SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import acobot
from acobot.api.middleware import METHODS
from acobot.api.request_ids import Proxies
from acobot.errors import MissingLibraryError
from acobot.observing import REQUEST_ID, Step, Unobserved

if TYPE_CHECKING:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import SpanProcessor

LIBRARY = "opentelemetry-exporter-otlp-proto-http"  # needs all the others
PARENT = "traceparent"
STOP_SECONDS = 5  # for sending what is left
_FAULT = 500
_NANOSECONDS = 1_000_000_000


def find_exporter() -> type[OTLPSpanExporter]:
    """What sends spans to a collector. Raises `MissingLibraryError`."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise MissingLibraryError("ACOBOT_TRACES", LIBRARY) from None
    return OTLPSpanExporter


def send_to(collector: str) -> SpanProcessor:
    """What sends spans to the collector at an address, many at a time. Raises `MissingLibraryError`."""
    exporter = find_exporter()
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(exporter(f"{collector}/v1/traces"))


class Traces(Unobserved):
    """An observer of requests and steps that makes spans of them; safe to use from several threads."""

    stop_seconds: float = STOP_SECONDS

    def __init__(self, processor: SpanProcessor) -> None:
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider

        ours = Resource.create({"service.name": "acobot", "service.version": acobot.__version__})
        resource = ours.merge(OTELResourceDetector().detect())  # what the environment says of it comes last
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("acobot", acobot.__version__)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Sends what is left when the service ends, for as long as that takes, or some seconds at most."""
        try:
            yield
        finally:
            ending = threading.Thread(target=self._provider.shutdown, daemon=True)
            ending.start()
            ending.join(self.stop_seconds)

    @contextmanager
    def request(self, method: str, parent: str) -> Iterator[Span]:
        """The span of a request that is at work meanwhile, in the trace of a `parent`, if one is named."""
        with self._tracer.start_as_current_span(
            method,
            # Of what came before, only two numbers: what else may stand beside them was typed by somebody.
            context=TraceContextTextMapPropagator().extract({PARENT: parent} if parent else {}),
            kind=SpanKind.SERVER,
            attributes={"http.request.method": method, "acobot.request_id": REQUEST_ID.get()},
            record_exception=False,  # its message may repeat a question
            set_status_on_exception=False,
        ) as span:
            yield span

    def step(self, step: Step, seconds: float) -> None:
        """A step of an answer ended: a span below that of the request at work, if there is one."""
        if get_current_span().get_span_context().is_valid:
            now = time.time_ns()
            self._tracer.start_span(step.value, start_time=now - round(seconds * _NANOSECONDS)).end(now)


class RequestTraces:
    """Makes a span of each request, in the trace of the proxy's, where that is trusted.

    Must stand outside of what takes the client's address from such a proxy.
    """

    def __init__(self, app: ASGIApp, traces: Traces, proxies: Sequence[str]) -> None:
        self.app = app
        self._traces = traces
        self._proxies = Proxies(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = _FAULT

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._traces.request(_method(scope), self._proxies.said(scope, PARENT)) as span:
            try:
                await self.app(scope, receive, note_status)
            finally:
                span.set_attribute("http.response.status_code", status)
                if status >= _FAULT:
                    span.set_status(StatusCode.ERROR)


class RouteNames:
    """Names the request's span by the route that was taken. Must stand innermost, where that is noted."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            if route := _route(scope):
                span = get_current_span()
                span.update_name(f"{_method(scope)} {route}")
                span.set_attribute("http.route", route)


def _route(scope: Scope) -> str:
    """The path with names in the place of what was typed; "" where nothing is there."""
    if "route" in scope:
        return str(scope["route"].path)
    return scope["path"] if "endpoint" in scope else ""  # not one of FastAPI's own, of which none has names


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "_OTHER"
