"""A web server of the tests' own, on this machine only: it serves what it is told, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What a path gives; with an `etag` it is asked for again only if that has changed."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str = ""
    modified: str = ""
    to: str = ""


@dataclass
class Site:
    """The replies by path, the address before them, and the paths asked for with their headers, in order."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        """The paths asked for so far, without robots.txt; forgets them."""
        paths = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return paths


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is up for so long."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, headers))
            reply = site.replies.get(self.path, Reply(b"not here", status=404))
            unchanged = (reply.etag and headers.get("if-none-match") == reply.etag) or (
                reply.modified and headers.get("if-modified-since") == reply.modified
            )
            body = b"" if unchanged else reply.body
            self.send_response(304 if unchanged else reply.status)
            told = {"Content-Type": reply.kind, "ETag": reply.etag, "Last-Modified": reply.modified}
            for name, value in {**told, "Location": reply.to, "Content-Length": str(len(body))}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
