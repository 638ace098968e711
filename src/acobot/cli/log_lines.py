"""How a line of the log is written: as text, or as a JSON object. Both name the request, where there is one."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from acobot.observing import REQUEST_ID

FIELDS = ("method", "path", "status", "ms")  # of a request that ended


class TextLines(logging.Formatter):
    """The message, with its level before it where that is not shown otherwise, and the request's id after it."""

    def __init__(self, *, with_level: bool) -> None:
        super().__init__("%(levelname)s %(message)s" if with_level else "%(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """The line without a trace."""
        line = super().formatMessage(record)
        return f"{line} [{request_id}]" if (request_id := REQUEST_ID.get()) else line


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, and what is known of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            said["request_id"] = request_id
        said |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
