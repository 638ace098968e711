"""The page of a source that holds no longer says so, and leads to what holds now."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from acobot.api import create_app
from tests.fakes import fake_settings, make_assistant

OLD = "---\ntitle: Old fees\nvalid_until: 2020-03-31\nsuperseded_by: {by}\n---\n\nThe permit costs £20.\n"


def test_the_page_says_until_when_it_holds_and_what_holds_now(tmp_path: Path) -> None:
    texts = {
        "a/old.md": OLD.format(by="a/new"),
        "a/new.md": "---\ntitle: New <fees>\n---\n\nIt is £25.\n",
        "lost.md": OLD.format(by="<gone>"),
    }
    client = TestClient(create_app(make_assistant(tmp_path, texts), fake_settings(tmp_path)))
    page = client.get("/sources/a/old").text
    assert '<dt>Valid until</dt><dd><time datetime="2020-03-31">31 March 2020</time></dd>' in page
    assert '<dt>Replaced by</dt><dd><a href="/sources/a/new">New &lt;fees&gt;</a></dd>' in page
    assert "<dt>Replaced by</dt><dd><bdi>&lt;gone&gt;</bdi></dd>" in client.get("/sources/lost").text
    assert "Replaced by" not in client.get("/sources/a/new").text


def test_a_fetched_source_says_when_it_was_fetched(tmp_path: Path) -> None:
    text = "---\ntitle: Fees\nurl: https://example.org/\nretrieved: 2026-11-27\n---\n\nThe permit costs £25.\n"
    client = TestClient(create_app(make_assistant(tmp_path, {"fees.md": text}), fake_settings(tmp_path)))
    when = '<time datetime="2026-11-27">27 November 2026</time>'
    assert f"<dt>Retrieved</dt><dd>{when}</dd>" in client.get("/sources/fees").text
    assert f"retrieved {when}" in client.get("/?q=What does the permit cost? The permit costs").text
