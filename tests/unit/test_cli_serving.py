from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing

import pytest
import uvicorn

from acobot.cli import serving
from acobot.errors import NoIndexError
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import write_sources

IDLE = 170
LIMIT = 160  # open files
SERVER = f"""
import resource, socket, uvicorn
from acobot.cli import serving

async def app(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200, "headers": []}})
    await send({{"type": "http.response.body", "body": scope["client"][0].encode()}})

resource.setrlimit(resource.RLIMIT_NOFILE, ({LIMIT}, {LIMIT}))
listener = socket.create_server(("127.0.0.1", 0), backlog=512)
serving.log_to_stderr()
config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, **serving.limits())
print(listener.getsockname()[1], flush=True)
uvicorn.Server(config).run(sockets=[listener])
"""


def test_more_idle_connections_than_files_can_be_open_keep_nobody_out() -> None:
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            with ExitStack() as idle:
                for _ in range(IDLE):
                    idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
                said = [ask(port) for _ in range(10)]
        finally:
            server.terminate()
        assert server.stderr is not None
        log = server.stderr.read()
    # Whom a client says that it asks for is believed of no one unless that is set.
    assert said == ["127.0.0.1"] * 10
    assert len(log) < 20_000
    assert "those that keep us waiting are closed" in log


SERVING = """
import sys, uvicorn
from acobot.cli import serving
from acobot.settings import Settings

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2000")]})
    await send({"type": "http.response.body", "body": bytes(2000)})

config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, **serving.limits())
listener = serving.listen(Settings(port=int(sys.argv[1])))
print("listens", flush=True)
uvicorn.Server(config).run(sockets=[listener])
"""


def test_no_reply_of_a_kept_connection_waits_for_its_header_to_be_confirmed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVING, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == "listens\n"
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            with closing(client):
                took = [seconds_of_a_reply(client) for _ in range(60)]
        finally:
            server.terminate()
    # Where it waits, each one does, from the tenth or so on, and for 40 ms.
    assert statistics.median(took) < 0.03


def test_websockets_are_taken_by_nothing_even_where_a_library_for_them_is_installed() -> None:
    assert serving.limits()["ws"] == "none"  # for what takes them bounds nothing, and logs addresses and questions

    async def app(scope: object, receive: object, send: object) -> None: ...

    config = uvicorn.Config(app, log_config=None, **serving.limits())
    config.load()
    assert config.ws_protocol_class is None


def seconds_of_a_reply(client: http.client.HTTPConnection) -> float:
    began = time.perf_counter()
    client.request("POST", "/", b"{}")
    assert len(client.getresponse().read()) == 2000
    return time.perf_counter() - began


def ask(port: int) -> str:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        client.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.1"})
        return client.getresponse().read().decode()
    finally:
        client.close()


def test_a_second_server_waits_for_the_index_that_the_first_builds(settings: Settings) -> None:
    write_sources(settings.sources, {"a.md": "# Cats\n\nCats sleep.\n"})
    store = Store(settings.index)
    with store.building():
        waiting = threading.Thread(target=serving.wait_for_index, args=(settings, 0.01))
        waiting.start()
        time.sleep(0.1)
        assert waiting.is_alive()
        store.folder.joinpath("current").write_text("0123456789abcdef\n")
        waiting.join(5)
        assert not waiting.is_alive()


def test_it_says_so_where_the_other_build_ends_without(settings: Settings) -> None:
    settings.index.mkdir(parents=True, exist_ok=True)
    with pytest.raises(NoIndexError):
        serving.wait_for_index(settings)


def test_a_worker_without_its_model_says_so_without_a_stack_trace(settings: Settings) -> None:
    code = (
        "from acobot.cli.serving import make_worker; from acobot.settings import read_settings\n"
        f"make_worker(read_settings(index={str(settings.index)!r}, model={str(settings.index / 'none')!r}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("ERROR cannot serve: ACOBOT_MODEL=")
    assert "Traceback" not in ran.stderr
