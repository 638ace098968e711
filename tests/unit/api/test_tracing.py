"""Traces: what a span tells, whose trace it is in, that no typed word is in any, and what a collector is sent."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from acobot.answer import Answer
from acobot.api import create_app
from acobot.api.metrics import Metrics
from acobot.api.tracing import Traces
from acobot.assistant import Assistant
from acobot.cli.metering import open_traces
from acobot.observing import Step
from acobot.settings import Settings
from tests.unit.api.conftest import ABOUT_KITTENS, settings_with
from tests.unit.api.test_learning import MARKER, QUESTION, WAYS
from tests.unit.api.test_mcp import ACCEPT

pytest.importorskip("opentelemetry.sdk", reason="acobot[otel] is not installed")
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

PROXY = "10.1.2.3"
TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED = f"00-{TRACE}-{SPAN}-01"


class Failing(Assistant):
    """Fails with what it was asked."""

    def __init__(self, made: Assistant) -> None:
        super().__init__(made._store, made.means)

    def ask(self, question: str, *asked: Any, **more: Any) -> Answer:
        raise RuntimeError(question)


def unasked(made: Assistant) -> Assistant:
    """The same, with no answer kept."""
    return Assistant(made._store, made.means)


class Service:
    """A service behind a trusted proxy, and the spans that it has made."""

    def __init__(
        self, assistant: Assistant, folder: Path, address: str = PROXY, metrics: Metrics | None = None
    ) -> None:
        self._exporter = InMemorySpanExporter()
        settings = settings_with(folder, trusted_proxies=("10.0.0.0/8",))
        app = create_app(assistant, settings, metrics, Traces(SimpleSpanProcessor(self._exporter)))
        self.client = TestClient(
            app, client=(address, 50000), base_url="http://127.0.0.1:8000", raise_server_exceptions=False
        )

    def spans(self) -> list[ReadableSpan]:
        """The spans of requests since the last time, each after its steps."""
        spans = list(self._exporter.get_finished_spans())
        self._exporter.clear()
        return spans

    def span(self) -> ReadableSpan:
        """The one span since then that is of a request."""
        (one,) = [span for span in self.spans() if span.kind is SpanKind.SERVER]
        return one


@pytest.fixture
def service(assistant: Assistant, folder: Path) -> Service:
    return Service(unasked(assistant), folder)


def test_a_request_is_a_span_with_its_route_its_status_and_its_id_and_nothing_else(service: Service) -> None:
    reply = service.client.post("/api/ask", json={"question": ABOUT_KITTENS})
    span = service.span()
    assert span.name == "POST /api/v1/ask"
    assert dict(span.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "/api/v1/ask",
        "http.response.status_code": 200,
        "acobot.request_id": reply.headers["X-Request-ID"],
    }
    assert span.status.status_code is StatusCode.UNSET
    assert span.parent is None


@pytest.mark.parametrize("way", WAYS)
def test_below_it_is_a_span_for_each_step_of_the_answer(service: Service, way: str) -> None:
    with service.client:
        assert WAYS[way](service.client).status_code == 200
    *steps, request = service.spans()
    assert [span.name for span in steps] == list(Step)
    assert request.kind is SpanKind.SERVER
    for span in steps:
        assert span.parent is not None
        assert span.parent.span_id == request.context.span_id
        assert not span.attributes
        assert request.start_time <= span.start_time <= span.end_time <= request.end_time  # type: ignore[operator]


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/", "GET /"),
        ("HEAD", "/readyz", "GET /readyz"),  # it takes the same route
        ("GET", "/api/sources/cats", "GET /api/v1/sources/{source_id:path}"),
        ("GET", "/sources/cats", "GET /sources/{source_id:path}"),
        ("GET", f"/sources/{MARKER}", "GET /sources/{source_id:path}"),
        ("POST", "/mcp", "POST /mcp"),
        ("GET", f"/{MARKER}", "GET"),
        (MARKER.upper(), "/api/ask", "_OTHER /api/v1/ask"),
    ],
)
def test_a_span_has_the_name_of_a_route_and_never_what_was_typed(
    service: Service, method: str, path: str, name: str
) -> None:
    with service.client:
        service.client.request(method, path)
    assert service.span().name == name


def typed() -> Iterator[tuple[str, Callable[[TestClient], Any]]]:
    """Each way of asking, and each other place that a word can be typed into."""
    yield from WAYS.items()
    headers = {"traceparent": SAMPLED, "tracestate": f"{MARKER}={MARKER}", "baggage": f"{MARKER}={MARKER}"}
    headers |= {
        "X-Request-ID": MARKER,
        "User-Agent": MARKER,
        "X-Forwarded-For": "192.0.2.7",
        "Origin": f"http://{MARKER}",
    }
    yield "headers", lambda client: client.get("/", headers=headers)
    for parent in (MARKER, f"00-{TRACE}-{SPAN}-01-{MARKER}", f"01-{TRACE}-{SPAN}-01-{MARKER}", MARKER * 100):
        yield f"parent {parent[:60]}", partial(TestClient.get, url="/", headers={"traceparent": parent})
    yield "host", lambda client: client.get("/about", headers={"Host": f"{MARKER}.example"})
    yield "path", lambda client: client.get(f"/{MARKER}/{MARKER}?{MARKER}={MARKER}")
    yield "source", lambda client: client.get(f"/sources/{MARKER}")
    yield "part", lambda client: client.get(f"/api/sources/{MARKER}/part?start={MARKER}")
    yield "method", lambda client: client.request(MARKER.upper(), "/api/ask")
    yield "no json", lambda client: client.post("/api/ask", content=f"{{{MARKER}")
    yield "field", lambda client: client.post("/api/ask", json={"question": "Why?", MARKER: MARKER})
    yield "too long", lambda client: client.post("/api/ask", json={"question": MARKER * 1000})
    yield "too large", lambda client: client.post("/api/ask", content=MARKER * 100_000)
    yield "tool", lambda client: client.post("/mcp", json=tool(MARKER, {}), headers=ACCEPT)
    yield "argument", lambda client: client.post("/mcp", json=tool("ask", {MARKER: MARKER}), headers=ACCEPT)
    yield "model", lambda client: client.post("/v1/chat/completions", json={"model": MARKER, "messages": []})


def tool(name: str, arguments: dict[str, str]) -> dict[str, Any]:
    params = {"name": name, "arguments": arguments, "_meta": {"traceparent": SAMPLED, "tracestate": f"{MARKER}=1"}}
    return {"jsonrpc": "2.0", "id": MARKER, "method": "tools/call", "params": params}


@pytest.mark.parametrize("fails", [False, True])
def test_no_word_of_anybodys_and_no_address_is_in_any_span(assistant: Assistant, folder: Path, fails: bool) -> None:
    service = Service(Failing(assistant) if fails else assistant, folder)
    with service.client:
        for name, send in typed():
            send(service.client)
            spans = service.spans()
            assert any(span.kind is SpanKind.SERVER for span in spans), name
            for span in spans:
                told = span.to_json()
                assert MARKER not in told.casefold(), (name, told)
                assert not any(address in told for address in (PROXY, "192.0.2.7", "127.0.0.1")), (name, told)
                assert not span.events, name
                assert not span.links, name


def test_a_fault_of_ours_is_an_error_without_its_words(assistant: Assistant, folder: Path) -> None:
    service = Service(Failing(assistant), folder)
    assert service.client.post("/api/ask", json={"question": QUESTION}).status_code == 500
    span = service.span()
    assert (span.attributes or {})["http.response.status_code"] == 500
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description is None


def test_an_error_that_nothing_foresaw_leaves_no_words_either() -> None:
    exporter = InMemorySpanExporter()
    with suppress(RuntimeError), Traces(SimpleSpanProcessor(exporter)).request("GET", ""):
        raise RuntimeError(MARKER)
    (span,) = exporter.get_finished_spans()
    assert MARKER not in span.to_json()


def test_a_request_goes_on_with_the_trace_of_a_trusted_proxy(service: Service) -> None:
    service.client.get("/about", headers={"traceparent": SAMPLED, "tracestate": "who=ever"})
    span = service.span()
    assert span.parent is not None
    assert (f"{span.context.trace_id:032x}", f"{span.parent.span_id:016x}") == (TRACE, SPAN)
    assert not span.context.trace_state
    assert service.client.get("/about", headers={"traceparent": f"00-{TRACE}-{SPAN}-00"}).status_code == 200
    assert service.spans() == []  # the proxy chose not to trace it


def test_nobody_else_says_which_trace_it_is_or_that_there_is_none(assistant: Assistant, folder: Path) -> None:
    service = Service(assistant, folder, "192.0.2.1")
    for flags in ("01", "00"):
        service.client.get("/about", headers={"traceparent": f"00-{TRACE}-{SPAN}-{flags}"})
        span = service.span()
        assert span.parent is None
        assert f"{span.context.trace_id:032x}" != TRACE


def test_what_is_no_parent_begins_a_trace(service: Service) -> None:
    for headers in ([("traceparent", "00-no")], [("traceparent", SAMPLED)] * 2, [("traceparent", SAMPLED + "0" * 600)]):
        service.client.get("/about", headers=headers)
        assert service.span().parent is None


def test_every_route_into_which_something_is_typed_says_its_names(app: FastAPI) -> None:
    for route in app.routes:
        assert "{" not in getattr(route, "path", "") or isinstance(route, APIRoute), route


def test_metrics_and_traces_are_both_told(assistant: Assistant, folder: Path) -> None:
    metrics = Metrics()
    service = Service(unasked(assistant), folder, metrics=metrics)
    service.client.post("/api/ask", json={"question": ABOUT_KITTENS})
    assert len(service.spans()) == len(Step) + 1
    assert metrics.registry.get_sample_value("acobot_answers_total", {"status": "answered"}) == 1
    assert metrics.registry.get_sample_value("acobot_step_seconds_count", {"step": "reading"}) == 1


class Collector(HTTPServer):
    """Takes in what is sent to it, by its path."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, ExportTraceServiceRequest]] = []
        super().__init__(("127.0.0.1", 0), Taking)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, ExportTraceServiceRequest.FromString(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(assistant: Assistant, folder: Path, address: str, seconds: float = 60) -> None:
    """One question to a service that sends its traces to an address, and its end, for which there are some seconds."""
    settings = settings_with(folder, traces=address)
    traces = open_traces(settings)
    assert traces
    traces.stop_seconds = seconds
    with TestClient(create_app(unasked(assistant), settings, traces=traces)) as client:
        assert client.post("/api/ask", json={"question": ABOUT_KITTENS}).status_code == 200


def test_a_collector_gets_all_spans_before_the_service_ends(
    assistant: Assistant, folder: Path, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=here")
    ask(assistant, folder, f"{collector.address}/base")
    ((path, sent),) = collector.taken
    assert path == "/base/v1/traces"
    (resource,) = sent.resource_spans
    about = {one.key: one.value.string_value for one in resource.resource.attributes}
    assert (about["service.name"], about["deployment.environment.name"]) == ("acobot", "here")
    (scope,) = resource.scope_spans
    assert [span.name for span in scope.spans] == [*Step, "POST /api/v1/ask"]


def test_the_environment_names_the_service_and_chooses_what_is_traced(
    assistant: Assistant, folder: Path, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "questions")
    ask(assistant, folder, collector.address)
    about = {one.key: one.value.string_value for one in collector.taken[0][1].resource_spans[0].resource.attributes}
    assert about["service.name"] == "questions"
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0")
    ask(assistant, folder, collector.address)
    assert len(collector.taken) == 1


def test_a_collector_that_says_nothing_keeps_nobody_waiting(
    assistant: Assistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")  # so that it ends with the test
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        ask(assistant, folder, f"http://127.0.0.1:{silent.getsockname()[1]}", 0.1)
        assert time.monotonic() - started < 0.9


def test_nothing_is_traced_and_nothing_loaded_unless_it_is_asked_for(tmp_path: Path, settings: Settings) -> None:
    assert open_traces(settings) is None
    script = (
        "import sys\nfrom acobot.api import create_app\nfrom acobot.cli.metering import open_traces\n"
        "from tests.fakes import fake_settings, make_assistant\nfrom pathlib import Path\n"
        "folder = Path(sys.argv[1])\nsettings = fake_settings(folder)\n"
        "assistant = make_assistant(folder, {'a.md': '# A\\n\\nCats sleep.\\n'})\n"
        "create_app(assistant, settings, traces=open_traces(settings))\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter',"
        " 'acobot.api.tracing', 'requests', 'google.protobuf'))])"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
