from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from acobot.cli import serving
from acobot.cli.log_lines import JsonLines, TextLines
from acobot.observing import REQUEST_ID


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("acobot.x").makeRecord(
        "acobot.x", logging.WARNING, "a.py", 1, message, args, None, extra=extra
    )


def as_json(one: logging.LogRecord) -> Any:
    line = JsonLines().format(one)
    assert "\n" not in line
    return json.loads(line)


def test_a_line_is_an_object() -> None:
    said = as_json(record("%s ü\n%d", "a", 2))
    assert said.pop("time").endswith("+00:00")
    assert said == {"level": "warning", "logger": "acobot.x", "message": "a ü\n2"}


def test_what_is_known_of_a_request_stands_in_fields_of_its_own() -> None:
    before = REQUEST_ID.set("abc")
    try:
        said = as_json(record("done", method="GET", path="/", status=200, ms=0, question="no"))
        line = TextLines(with_level=True).format(record("done"))
    finally:
        REQUEST_ID.reset(before)
    assert {name: said.get(name) for name in ("request_id", "method", "path", "status", "ms")} == {
        "request_id": "abc",
        "method": "GET",
        "path": "/",
        "status": 200,
        "ms": 0,
    }
    assert "question" not in said
    assert line == "WARNING done [abc]"
    assert TextLines(with_level=False).format(record("done")) == "done"


def test_a_trace_stands_in_one_line() -> None:
    one = record("failed")
    try:
        raise ValueError
    except ValueError:
        one.exc_info = sys.exc_info()
    assert as_json(one)["trace"].splitlines()[-1] == "ValueError"


def test_a_log_of_objects_is_chosen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    serving.log_to_stderr(as_json=True)
    logging.getLogger("acobot.x").warning("one")
    monkeypatch.setattr(root, "handlers", [])
    serving.log_to_stderr()
    logging.getLogger("acobot.x").warning("two")
    first, second = capsys.readouterr().err.splitlines()
    assert json.loads(first)["message"] == "one"
    assert second == "WARNING two"
