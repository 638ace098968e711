"""The second language: no English text of ours is left on any page or in any reply."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from acobot.answering import Means
from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import open_store
from acobot.languages import load_language
from tests.fakes import WordEncoder, build, fake_settings, write_sources

GERMAN, ENGLISH = (load_language(name).catalogue for name in ("de", "en"))
TEXT = """---
title: Straßenfeste
publisher: Stadt Ahrenbeck
published: 2024-03
url: https://example.org/feste
---
# Straßenfeste

<!-- asks: Bis wann muss der Antrag gestellt werden? -->
Der Antrag muss bis zum 1. April gestellt werden. Danach ist es zu spät.

## Gebühr

Die Gebühr beträgt 45 Euro.
"""
OTHER = "# Merkblatt\n\n## Gebühr\n\nDie Gebühr beträgt 60 Euro.\n"
SITE = "title: Ahrenbeck fragt\nheading: Fragen zum Straßenfest\nsubject: Straßenfeste\nindependent_of: der Stadt\n"
LIMITS = "- say: Wer die Gebühr erlässt, steht nicht in den Quellen.\n  asks:\n    - Wer erlässt mir die Gebühr?\n"
SHORTEST = 12  # characters of a run of English that cannot be German by chance
PAGES = [
    "/",
    "/embed",
    "/about",
    "/sources",
    "/sources/feste",
    "/sources/feste?start=0&end=9000",
    "/sources/none",
    "/nowhere",
    "/docs",
    "/?q=Bis wann muss der Antrag gestellt werden?",
    "/?q=Wie viel Euro beträgt die Gebühr?",
    "/?q=Wer erlässt mir die Gebühr?",
    "/?q=Wer ist in Bremen Bürgermeister?",
    "/?q=Hallo",
    "/?q=Danke",
    "/?q=Wer bist du?",
    "/?q=" + "x" * 1001,
    "/?q=???",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("german")
    settings = fake_settings(folder).model_copy(update={"language": "de", "policy": "none"})
    files = {"feste.md": TEXT, "merkblatt.md": OTHER, "_site.yaml": SITE, "_limits.yaml": LIMITS}
    write_sources(settings.sources, files)
    build(settings)
    return TestClient(create_app(Assistant(open_store(settings), Means(WordEncoder())), settings))


def english_runs() -> Iterator[str]:
    """What stands in English texts of ours between places for values and markup, where the German text has it not."""
    german = " ".join(form for forms in GERMAN.texts.values() for form in forms)
    for forms in ENGLISH.texts.values():
        for form in forms:
            for run in re.split(r"\{\w+\}|<[^>]*>|\n", form):
                said = run.strip(" .,:;()“”")
                if len(said) >= SHORTEST and said not in german:
                    yield said


def left_over(text: str) -> list[str]:
    return sorted({run for run in english_runs() if run in text})


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:40])
def test_no_english_is_left_on_a_page(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"}).text
    assert '<html lang="de-DE" dir="ltr">' in page
    assert left_over(page) == []


@pytest.mark.parametrize(
    "question",
    [
        "Bis wann muss der Antrag gestellt werden?",
        "Wie viel Euro beträgt die Gebühr?",
        "Hallo",
        "Wer ist in Bremen?",
        "",
        "x" * 1001,
    ],
)
def test_no_english_is_left_in_a_reply(client: TestClient, question: str) -> None:
    assert left_over(client.post("/api/ask", json={"question": question}).text) == []


def test_no_english_is_left_in_refusals_of_requests(client: TestClient) -> None:
    for reply in (
        client.post("/api/ask", content="{"),
        client.post("/api/ask", json={"question": 3, "other": 1, "max_quotes": 9}),
        client.post("/api/ask", json={"question": "Was?", "source_ids": ["none"]}),
        client.get("/api/sources/none"),
        client.get("/api/none"),
        client.put("/api/ask"),
    ):
        assert reply.status_code >= 400
        assert left_over(reply.text) == []


def test_the_widget_is_german(client: TestClient) -> None:
    address = re.search(r"/static/widget\.[0-9a-f]+\.js", client.get("/widget.js", follow_redirects=True).text)
    script = client.get(address[0]).text if address else client.get("/widget.js", follow_redirects=True).text
    assert json.dumps(GERMAN.texts["widget.close"][0]) in script
    assert left_over(script) == []


def test_numbers_sentences_and_dates_are_german(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Bis wann muss der Antrag gestellt werden?"}).json()
    assert answer["quotes"][0]["text"] == "Der Antrag muss bis zum 1. April gestellt werden."
    assert any("März 2024" in note for note in answer["notes"])
    assert "1.001" in client.post("/api/ask", json={"question": "x" * 1001}).json()["detail"]


def test_what_is_left_over_would_be_noticed() -> None:
    assert left_over(ENGLISH.texts["answer.not_in_sources"][0])
