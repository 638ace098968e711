"""The service's own address, for links that are followed from elsewhere. Knows requests and settings."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from acobot.settings import Settings


class Addresses:
    """Where the service is reached from outside: as the settings say, else as it was asked."""

    def __init__(self, settings: Settings) -> None:
        self._public = settings.public_url

    def base(self, request: HTTPConnection) -> str:
        """Scheme and host without a slash at the end, to put before a path."""
        return self._public or f"{request.url.scheme}://{request.url.netloc}"
