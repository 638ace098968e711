"""nginx and Caddy, set up as in deploy/, before a running service: TLS, clients, limits, streams, and silence."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from acobot.api import create_app
from acobot.api.metrics import Metrics
from acobot.assistant import Assistant
from acobot.cli import serving
from acobot.index import Store
from tests.fakes import build, fake_means, fake_settings, write_sources
from tests.paths import REPOSITORY
from tests.tools import needs

pytestmark = pytest.mark.deploy

NAME = "acobot.example"
QUESTION = "What is a kitten, a young cat with paws?"
WORD = "xylophone"
TOKEN = "a token of nobody's"  # noqa: S105
RATE = 3
_clients = count(2)
SEEN: list[bytes] = []  # names of the headers that have come through


class Gated(Assistant):
    """An assistant that, asked for a stream, says what it searches for and goes on when the gate is opened."""

    gate = threading.Event()

    def explain(self, question: str, *more: Any) -> Any:
        *rest, tell = more if len(more) == 4 else (*more, None)

        def tell_and_wait(query: Any) -> None:
            tell(query)
            self.gate.wait(30)

        return super().explain(question, *rest, *((tell_and_wait,) if tell else ()))


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs: where, whom its certificate is signed by, and all that it has written."""

    kind: str
    http: int
    https: int
    authority: Path
    written: Path

    def client(self, *, trust: bool = True) -> httpx.Client:
        """A client with an address of its own."""
        context = ssl.create_default_context(cafile=str(self.authority) if trust else None)
        local = f"127.0.1.{next(_clients)}"
        return httpx.Client(transport=_Named(httpx.HTTPTransport(verify=context, local_address=local)), timeout=30)

    def url(self, path: str) -> str:
        return f"https://127.0.0.1:{self.https}{path}"


class _Named(httpx.BaseTransport):
    """Asks for our name, wherever it is."""

    def __init__(self, inner: httpx.HTTPTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Host"] = NAME
        request.extensions = {**request.extensions, "sni_hostname": NAME}
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a service that answers from one source, trusts a proxy beside it, and counts."""
    folder = tmp_path_factory.mktemp("upstream")
    settings = fake_settings(folder)
    write_sources(settings.sources, {"cats.md": "# Cats\n\nA kitten is a young cat with soft paws.\n"})
    build(settings)
    values = {"trusted_proxies": ("127.0.0.1",), "rate_limit": f"{RATE}/minute", "metrics_token": TOKEN}
    app = create_app(Gated(Store(settings.index), fake_means()), settings.model_copy(update=values), Metrics())

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        SEEN.extend(name for name, _ in scope.get("headers", ()))
        await app(scope, receive, send)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(noting, log_config=None, access_log=False, **serving.limits()))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        server.should_exit = True
        thread.join(10)


def replaced(text: str, values: Mapping[str, str]) -> str:
    """The text of a file of ours with what is another machine's; fails where that is not in it."""
    for old, new in values.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[Proxy]:
    http, https = free_port(), free_port()
    certify(folder)
    ours = replaced(
        (REPOSITORY / "deploy" / "nginx" / "acobot.conf").read_text("utf-8"),
        {
            "listen 80;": f"listen 127.0.0.1:{http};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
            "/etc/ssl/acobot": str(folder),
            "timeout 10s;": "timeout 2s;",
        },
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    alone = f"daemon off; master_process off; pid {folder}/pid; error_log stderr crit; events {{}}"
    main = f"{alone} http {{ {temporary}\n{ours}\n}}"
    (folder / "nginx.conf").write_text(main)
    command = [needs("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", "stderr"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with running(command, folder, https):
        yield Proxy("nginx", http, https, folder / "ca.pem", folder / "written")


def certify(folder: Path) -> None:
    """A local authority, and a certificate of it for our name."""
    subject = ["-subj", "/CN=a local authority"]
    openssl = needs("openssl")
    new = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    run = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run([*new, *subject, *usage, "-keyout", "ca-key.pem", "-out", "ca.pem"], **run)  # type: ignore[call-overload]
    signed = ["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-addext", f"subjectAltName=DNS:{NAME}"]
    signed += ["-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run([*new, "-subj", f"/CN={NAME}", *signed, "-keyout", "key.pem", "-out", "fullchain.pem"], **run)  # type: ignore[call-overload]


@contextmanager
def caddy(folder: Path, upstream: int) -> Iterator[Proxy]:
    http, https = free_port(), free_port()
    ports = f"http_port {http}\n\thttps_port {https}\n\tdefault_bind 127.0.0.1\n\tskip_install_trust"
    ours = replaced(
        (REPOSITORY / "deploy" / "caddy" / "Caddyfile").read_text("utf-8"),
        {"\tadmin off\n": f"\tadmin off\n\t{ports}\n", "example} {": "example} {\n\ttls internal", " 10s": " 2s"},
    )
    (folder / "Caddyfile").write_text(ours)
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    environment = {**os.environ, **home, "ACOBOT_UPSTREAM": f"127.0.0.1:{upstream}"}
    command = [needs("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    with running(command, folder, https, environment):
        wait_for(authority.is_file)
        yield Proxy("caddy", http, https, authority, folder / "written")


@contextmanager
def running(
    command: list[str], folder: Path, port: int, environment: Mapping[str, str] | None = None
) -> Iterator[None]:
    with (folder / "written").open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, env=environment, cwd=folder)
        try:
            wait_for(lambda: answers(port), lambda: (folder / "written").read_text())
            yield
        finally:
            process.terminate()
            process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(true: Any, why: Any = lambda: "", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, why()
        time.sleep(0.05)


KINDS = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=list(KINDS))
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, upstream: int) -> Iterator[Proxy]:
    needs(request.param)
    with KINDS[request.param](tmp_path_factory.mktemp(request.param), upstream) as made:
        wait_for(lambda: status(made) == 200)
        yield made


def status(proxy: Proxy) -> int:
    """What a simple request is answered with; 0 as long as there is no certificate yet."""
    try:
        with proxy.client() as client:
            return client.get(proxy.url("/healthz")).status_code
    except httpx.TransportError:
        return 0


def test_answers_come_through_tls_and_what_is_not_encrypted_is_sent_there(proxy: Proxy) -> None:
    with proxy.client() as client:
        reply = client.post(proxy.url("/api/ask"), json={"question": QUESTION})
        assert reply.json()["status"] == "answered"
        assert reply.headers["strict-transport-security"] == "max-age=31536000"
        assert not any(sign.isdigit() for sign in reply.headers.get("server", ""))
        plain = client.get(f"http://127.0.0.1:{proxy.http}/about")
        assert plain.status_code in {301, 308}
        assert plain.headers["location"] == f"https://{NAME}/about"
    with proxy.client(trust=False) as stranger, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        stranger.get(proxy.url("/healthz"))


def test_addresses_in_answers_are_those_that_were_asked(proxy: Proxy) -> None:
    body = {"model": "acobot", "messages": [{"role": "user", "content": QUESTION}]}
    with proxy.client() as client:
        message = client.post(proxy.url("/v1/chat/completions"), json=body).json()["choices"][0]["message"]
    assert message["annotations"]
    for one in message["annotations"]:
        assert one["url_citation"]["url"].startswith(f"https://{NAME}/sources/cats?")


def test_each_client_has_its_own_limit_whatever_it_says_of_itself(proxy: Proxy) -> None:
    with proxy.client() as one, proxy.client() as other:
        asked = [one.post(proxy.url("/api/ask"), json={"question": QUESTION}) for _ in range(RATE + 1)]
        assert [reply.status_code for reply in asked] == [200] * RATE + [429]
        assert asked[-1].headers["content-type"] == "application/problem+json"
        assert int(asked[-1].headers["retry-after"]) >= 1
        claimed = {"X-Forwarded-For": "192.0.2.9", "X-Real-IP": "192.0.2.9", "Forwarded": "for=192.0.2.9"}
        assert one.post(proxy.url("/api/ask"), json={"question": QUESTION}, headers=claimed).status_code == 429
        assert other.post(proxy.url("/api/ask"), json={"question": QUESTION}).status_code == 200


def test_a_request_has_the_proxys_id_and_not_the_clients(proxy: Proxy) -> None:
    given = "5f2b9c0e7a1d4c3b8e6f001122334455"
    with proxy.client() as client:
        ids = [client.get(proxy.url("/healthz"), headers={"X-Request-ID": given}).headers["x-request-id"] for _ in "ab"]
    assert given not in ids
    assert ids[0] != ids[1]


def test_a_request_begins_a_trace_whatever_the_client_says(proxy: Proxy) -> None:
    SEEN.clear()
    with proxy.client() as client:
        client.get(proxy.url("/healthz"), headers={"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-00"})
    assert b"x-request-id" in SEEN
    assert b"traceparent" not in SEEN


def test_an_event_comes_as_soon_as_it_is_sent(proxy: Proxy) -> None:
    Gated.gate.clear()
    try:
        with (
            proxy.client() as client,
            client.stream(
                "POST", proxy.url("/api/ask"), json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
            ) as reply,
        ):
            lines = reply.iter_lines()
            assert next(lines) == "event: searched_for"
            Gated.gate.set()  # only now is there an answer to be sent
            assert "event: answer" in list(lines)
    finally:
        Gated.gate.set()


def test_who_sends_slowly_is_cut_off_and_others_are_answered(proxy: Proxy) -> None:
    context = ssl.create_default_context(cafile=str(proxy.authority))
    body = b"Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
    begun = [
        b"GET / HTTP/1.1\r\nHost: acobot.example\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: acobot.example\r\n" + body,
    ]
    with ExitStack() as opened:
        slow = []
        for part in begun * 4:
            plain = opened.enter_context(socket.create_connection(("127.0.0.1", proxy.https), timeout=30))
            one = opened.enter_context(context.wrap_socket(plain, server_hostname=NAME))
            one.sendall(part)
            slow.append(one)
        with proxy.client() as client:
            assert client.post(proxy.url("/api/ask"), json={"question": QUESTION}).status_code == 200
        for one in slow:
            assert ended(one)


def ended(one: ssl.SSLSocket) -> bool:
    """Whether the other side closes it."""
    try:
        while one.recv(4096):
            pass
    except (ssl.SSLError, ConnectionError):
        return True
    return True  # a time limit raises TimeoutError


def test_a_body_that_is_too_long_is_refused_in_words_up_to_a_point(proxy: Proxy) -> None:
    with proxy.client() as client:
        ours = client.post(proxy.url("/api/ask"), content=b" " * 600_000, headers={"Content-Type": "application/json"})
        assert ours.status_code == 413
        assert ours.json()["type"] == "urn:acobot:problem:body-too-large"
        try:
            theirs = client.post(proxy.url("/api/ask"), content=b" " * 3_000_000).status_code
        except httpx.WriteError:  # refused before it was sent whole
            theirs = 413
        assert theirs in {413, 502}


def test_metrics_are_not_for_the_public(proxy: Proxy, upstream: int) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.get(f"http://127.0.0.1:{upstream}/metrics", headers=bearer).status_code == 200
    with proxy.client() as client:
        assert client.get(proxy.url("/metrics"), headers=bearer).status_code == 404


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_that_was_asked_is_written_down(tmp_path: Path, upstream: int, kind: str) -> None:
    needs(kind)
    with KINDS[kind](tmp_path, upstream) as proxy, proxy.client() as client:
        wait_for(lambda: status(proxy) == 200)
        for _ in range(RATE + 2):
            client.get(proxy.url("/"), params={"q": WORD})
        client.get(proxy.url(f"/{WORD}"), headers={"Referer": f"https://{NAME}/?q={WORD}"})
        client.post(proxy.url("/api/ask"), json={"question": WORD})
        client.post(proxy.url(f"/api/ask?{WORD}"), content=b" " * 1_500_000)
        assert WORD not in proxy.written.read_text()
    (tmp_path / "dead").mkdir()
    with KINDS[kind](tmp_path / "dead", free_port()) as proxy, proxy.client() as client:
        # Nobody is there to answer: the time when proxies write most.
        wait_for(lambda: status(proxy) == 502)
        assert client.get(proxy.url("/"), params={"q": WORD}).status_code == 502
        assert client.post(proxy.url("/api/ask"), json={"question": WORD}).status_code == 502
        assert WORD not in proxy.written.read_text()
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()]
