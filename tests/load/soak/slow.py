"""Clients that keep a server waiting: connections that ask nothing, headers and bodies in crumbs, pages left unread."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass

HEADER = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400\r\n"
PAGE = b"GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\nGET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
EACH = 25  # of each kind


@dataclass(slots=True)
class SlowClient:
    """One connection: sends `at_once`, then a byte of `crumbs` now and then, and reads nothing."""

    at_once: bytes
    crumbs: bytes
    connection: socket.socket
    is_open: bool = True

    def go_on(self) -> None:
        """Sends a crumb, and looks whether the server has closed."""
        try:
            if self.crumbs:
                self.connection.send(self.crumbs[:1])
                self.crumbs = self.crumbs[1:]
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.at_once.startswith(b"GET") and not self.connection.recv(4096):
                self.is_open = False
        except OSError:
            self.is_open = False


class SlowClients(threading.Thread):
    """As many of each kind as `EACH`, from its start until it is told to stop."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.refused = 0
        self.clients: list[SlowClient] = []
        self._place = host, port

    def run(self) -> None:
        kinds = [
            (b"", b""),
            (HEADER[:20], HEADER[20:]),
            (HEADER + b"\r\n", b'{"question": "W' + b"h" * 300),
            (PAGE, b""),
        ]
        for at_once, crumbs in kinds * EACH:
            try:
                connection = socket.create_connection(self._place, timeout=10)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.sendall(at_once)
                connection.setblocking(False)
                self.clients.append(SlowClient(at_once, crumbs, connection))
            except OSError:
                self.refused += 1
        while not self.ended.wait(1.0):
            for client in self.clients:
                if client.is_open:
                    client.go_on()
        for client in self.clients:
            with suppress(OSError):
                client.connection.close()

    def closed(self) -> int:
        """How many the server has closed so far."""
        return sum(not client.is_open for client in self.clients)
