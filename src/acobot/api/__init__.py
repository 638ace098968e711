"""The HTTP faces over an assistant: the JSON API, the pages, and what keeps both safe."""

from acobot.api.app import create_app, refreshing

__all__ = ["create_app", "refreshing"]
