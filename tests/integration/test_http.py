"""The service behind a real socket, with the real model and the shipped sources; the examples of docs/api.md."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import httpx
import pytest

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from tests.service import Service  # a plugin, which pytest must import first

pytest_plugins = ["tests.service"]
pytestmark = pytest.mark.model

DOCUMENTED = "http://127.0.0.1:8000"
QUESTION = json.dumps({"question": "What is the difference between an ACS and an ACO?"}).encode()
JSON = {"Content-Type": "application/json"}


def example(language: str, place: int = 0) -> str:
    """An example in this language, the first one if nothing else is said."""
    documentation = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
    return str(re.findall(rf"^```{language}\n(.*?)^```", documentation, re.MULTILINE | re.DOTALL)[place])


def run(service: Service, folder: Path, language: str, suffix: str, *command: str, place: int = 0) -> str:
    """What an example prints, run as a file of its own against the service."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    code = example(language, place)
    assert DOCUMENTED in code
    path = folder / f"example{suffix}"
    path.write_text(code.replace(DOCUMENTED, service.address), encoding="utf-8")
    done = subprocess.run([*command, path], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_curl_example(service: Service, tmp_path: Path) -> None:
    for tool in ("curl", "jq", "sha256sum"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    assert run(service, tmp_path, "bash", ".sh", "bash").endswith("verified\n")


def test_the_example_of_events(service: Service, tmp_path: Path) -> None:
    events = run(service, tmp_path, "bash", ".sh", "bash", place=1)
    assert re.findall(r"^event: (\w+)$", events, re.MULTILINE)[:2] == ["searched_for", "quote"]
    assert json.loads(events.rsplit("data: ", 1)[1])["status"] == "answered"


def test_the_python_example(service: Service, tmp_path: Path) -> None:
    assert run(service, tmp_path, "python", ".py", sys.executable).endswith("verified\n")


def test_the_javascript_example(service: Service, tmp_path: Path) -> None:
    assert run(service, tmp_path, "javascript", ".mjs", "node").endswith("verified\n")


def test_the_examples_find_the_same_quote(service: Service, tmp_path: Path) -> None:
    reply = ask(service)
    quote = json.loads(reply[1])["quotes"][0]["text"]
    assert run(service, tmp_path, "python", ".py", sys.executable) == f"{quote}\nverified\n"


def ask(service: Service, body: bytes = QUESTION) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(service.host, service.port, timeout=30)
    try:
        connection.request("POST", "/api/ask", body, JSON)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def test_the_answer_is_the_same_every_time(service: Service) -> None:
    assert len({ask(service) for _ in range(3)}) == 1


def test_answers_that_are_kept_follow_each_other_at_once_over_one_connection(service: Service) -> None:
    ask(service)
    took = []
    with closing(http.client.HTTPConnection(service.host, service.port, timeout=30)) as connection:
        for _ in range(40):
            began = time.perf_counter()
            connection.request("POST", "/api/ask", QUESTION, JSON)
            assert connection.getresponse().read()
            took.append(time.perf_counter() - began)
    assert statistics.median(took) < 0.03  # some 2 ms of work


def test_an_oversize_body_is_refused_before_it_is_read_whole(service: Service) -> None:
    status, body = ask(service, b" " * (512 * 1024 + 1))
    assert (status, json.loads(body)["type"]) == (413, "urn:acobot:problem:body-too-large")


def test_an_endless_body_is_refused(service: Service) -> None:
    with socket.create_connection((service.host, service.port), timeout=30) as connection:
        connection.sendall(
            b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(9):
            connection.sendall(chunk)
        assert connection.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_head_has_no_body_on_the_wire(service: Service) -> None:
    with socket.create_connection((service.host, service.port), timeout=30) as connection:
        connection.sendall(b"HEAD /api/sources HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert body == b""
    assert b"\r\nserver:" not in head.lower()


def test_questions_at_the_same_time_have_the_answers_of_questions_alone(service: Service) -> None:
    questions = [
        json.dumps({"question": question}).encode()
        for question in ("What is an ACO?", "Will NHS care still be free?", "Who wrote the brief guide?")
    ]
    alone = {question: ask(service, question) for question in questions}
    together: list[tuple[bytes, tuple[int, bytes]]] = []
    threads = [
        threading.Thread(target=lambda asked=question: together.append((asked, ask(service, asked))))
        for question in questions * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(together) == 12
    assert all(reply == alone[question] for question, reply in together)


def test_the_log_of_the_process_never_holds_a_question(service: Service) -> None:
    word = "xylophone"
    httpx.get(f"{service.address}/", params={"q": f"Has an ACO a {word}?"}, timeout=30)
    ask(service, json.dumps({"question": f"Has an ACO a {word}?"}).encode())
    ask(service, json.dumps({"question": "ACO?", word: word}).encode())
    ask(service, word.encode())
    httpx.get(f"{service.address}/the-last-of-these", timeout=30)
    service.wait_for("GET (unknown) 404", 30)
    assert not [line for line in service.log if word in line]


def test_the_example_of_following_the_sources(service: Service, tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "feeds.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    program = tmp_path / "follow.py"
    program.write_text(code.replace(DOCUMENTED, service.address), encoding="utf-8")

    def follow() -> list[str]:
        done = subprocess.run(
            [sys.executable, program], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    listed = httpx.get(f"{service.address}/api/v1/sources").json()["sources"]
    assert follow() == [f"new {source['id']}" for source in listed]
    assert follow() == ["nothing has changed"]
    for source in listed:
        copy = tmp_path / "copies" / f"{source['sha256']}.txt"
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == source["sha256"]
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(tmp_path / "copies" / "feed.xml").getroot()  # noqa: S314  ours
    assert feed.findtext(f"{atom}author/{atom}name")  # which Atom asks of a feed whose entries have none
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [source["title"] for source in listed]

    path = tmp_path / "copies" / "kept.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["tag"] = ""
    first, second = (source["id"] for source in listed[:2])
    kept["sources"][first]["sha256"] = "another"
    kept["sources"]["old"] = kept["sources"].pop(second)
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert follow() == [f"changed {first}", f"new {second}", "gone old"]
