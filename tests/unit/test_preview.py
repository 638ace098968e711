"""A version can be looked at before it is live: on another port, and marked as a preview."""

from __future__ import annotations

import socket

import pytest
from fastapi.testclient import TestClient

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.build import Publish
from acobot.errors import UnknownVersionError
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import build, fake_means, write_sources
from tests.unit.conftest import Run


@pytest.fixture
def two(settings: Settings) -> tuple[str, str]:
    """The ids of the live version and of a later one that never was live."""
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep in the sun.\n"})
    first = build(settings).index_id
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep in the shade.\n"})
    return first, build(settings, publish=Publish.NEVER).index_id


def test_a_preview_answers_from_its_version_and_says_so_on_every_page(settings: Settings, two: tuple[str, str]) -> None:
    store = Store(settings.index)
    client = TestClient(create_app(Assistant(store, fake_means(), store.next_id()), settings))
    answer = client.post("/api/ask", json={"question": "Where do cats sleep in the shade?"}).json()
    assert (answer["index"]["id"], answer["quotes"][0]["text"]) == (two[1], "Cats sleep in the shade.")
    for path in ("/", "/sources", "/sources/cats", "/about"):
        assert f"Preview of version {two[1]}, which may not be live." in client.get(path).text
    live = TestClient(create_app(Assistant(store, fake_means()), settings))
    assert "Preview" not in live.get("/").text
    assert live.get("/api/index").json()["id"] == two[0]


def test_the_next_version_is_the_last_that_never_was_live(settings: Settings, two: tuple[str, str]) -> None:
    store = Store(settings.index)
    assert store.next_id() == two[1]
    store.publish(two[1])
    with pytest.raises(UnknownVersionError, match=r"every version in .* was live already; build one with"):
        store.next_id()


def test_the_next_version_is_the_one_that_a_build_ended_at_last(settings: Settings, two: tuple[str, str]) -> None:
    made = []
    for where in ("hay", "shade", "loft", "barn"):
        write_sources(settings.sources, {"cats.md": f"# Cats\n\nCats sleep in the {where}.\n"})
        made.append(build(settings, publish=Publish.NEVER).index_id)
        assert Store(settings.index).next_id() == made[-1]
    assert two[1] == made[1]  # it was there already, and is kept as one of the last three
    assert [one.manifest.id for one in Store(settings.index).versions()] == [two[0], *made[:0:-1]]


def test_a_preview_is_served_on_the_next_port(
    settings: Settings, two: tuple[str, str], run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ACOBOT_PORT", str(port - 1))
            assert run("serve", "--preview", two[1][:6]) == 7
    assert f"cannot serve on 127.0.0.1 port {port}: Address already in use" in capsys.readouterr().err
    assert run("serve", "--preview", "beef") == 5
    assert "there is no version 'beef' in index; 'acobot versions' lists them" in capsys.readouterr().err


def test_a_preview_has_as_many_workers_as_are_asked_for_and_leaves_metrics_to_the_live_service(
    settings: Settings, two: tuple[str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[Settings, str, object]] = []

    def serve(settings: Settings, _: socket.socket, preview: str, scraped: socket.socket | None) -> None:
        served.append((settings, preview, scraped))

    monkeypatch.setattr("acobot.cli.serving.run_workers", serve)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as taken:  # by the live service
        monkeypatch.setenv("ACOBOT_PORT", str(port - 1))
        monkeypatch.setenv("ACOBOT_METRICS_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("ACOBOT_METRICS_TOKEN", "secret")
        assert run("serve", "--preview", "next", "--workers", "2") == 0
    ((seen, preview, scraped),) = served
    assert (seen.port, seen.workers, preview, scraped) == (port, 2, two[1], None)
    assert not seen.counts
