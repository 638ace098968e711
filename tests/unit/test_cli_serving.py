from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from contextlib import ExitStack

IDLE = 170
LIMIT = 160  # open files
SERVER = f"""
import resource, socket, uvicorn
from acobot.cli import serving
from acobot.settings import Settings

async def app(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200, "headers": []}})
    await send({{"type": "http.response.body", "body": scope["client"][0].encode()}})

resource.setrlimit(resource.RLIMIT_NOFILE, ({LIMIT}, {LIMIT}))
listener = socket.create_server(("127.0.0.1", 0), backlog=512)
serving.log_to_stderr()
config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, **serving.limits(Settings()))
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
    assert "those that ask nothing are closed" in log


def ask(port: int) -> str:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        client.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.1"})
        return client.getresponse().read().decode()
    finally:
        client.close()
