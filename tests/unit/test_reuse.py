"""Incremental builds: only what changed is encoded, and what is built is what a full build builds, byte for byte."""

import dataclasses
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import ModelFolder
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, fake_settings, write_sources
from tests.unit.test_build import digests

TEXTS = {
    "birds.md": "# Birds\n\nBirds sing at dawn. The Bird Welfare Association (BWA) counts them.\n",
    "cats.md": "---\nasks:\n  - Who naps at noon?\n---\n# Cats\n\nCats sleep in the sun.\n\n## Food\n\n"
    "<!-- asks: What do cats eat? -->\n\n- Fish\n- Milk, at times\n",
    "dogs.md": "# Dogs\n\nDogs chase balls in the park.\n\n## Play\n\nPuppies chase string.\n",
    "more/fish.txt": "Fish\n\nFish swim in the pond, and hide below the leaves when it rains.\n",
    "untitled.txt": "They hide below leaves; the rain is cold.\n",
}
QUESTIONS = [
    "Who naps at noon?",
    "What do cats eat?",
    "Do dogs chase balls?",
    "Where do fish hide?",
    "What is the BWA?",
]


def changed(settings: Settings) -> None:
    write_sources(settings.sources, {"dogs.md": "# Dogs\n\nDogs bark at night, at the moon.\n"})


def longer(settings: Settings) -> None:
    path = settings.sources / "birds.md"
    path.write_text(path.read_text() + "".join(f"\n## Part {n}\n\nBirds fly over hill {n}.\n" for n in range(40)))


def added(settings: Settings) -> None:
    write_sources(settings.sources, {"apes.md": "---\nasks:\n  - Who climbs?\n---\n# Apes\n\nApes climb trees.\n"})


def removed(settings: Settings) -> None:
    (settings.sources / "cats.md").unlink()


def renamed(settings: Settings) -> None:
    (settings.sources / "cats.md").rename(settings.sources / "zz-cats.md")


def renamed_without_a_title_of_its_own(settings: Settings) -> None:
    (settings.sources / "untitled.txt").rename(settings.sources / "a-name.txt")


def copied(settings: Settings) -> None:
    shutil.copy(settings.sources / "dogs.md", settings.sources / "again.md")


def read_in_another_way(settings: Settings) -> None:
    (settings.sources / "more" / "fish.txt").rename(settings.sources / "more" / "fish.md")


def only_its_publisher(settings: Settings) -> None:
    path = settings.sources / "cats.md"
    path.write_text(path.read_text().replace("asks:", "publisher: A shelter\nasks:", 1))


@pytest.mark.parametrize(
    ("change", "encoded"),
    [
        (changed, {"dogs"}),
        (longer, {"birds"}),
        (added, {"apes"}),
        (removed, set()),
        (renamed, set()),
        (renamed_without_a_title_of_its_own, set()),
        (copied, set()),
        (read_in_another_way, {"more/fish"}),
        (only_its_publisher, {"cats"}),
    ],
)
def test_an_incremental_build_is_a_full_one_byte_for_byte(
    tmp_path: Path, change: Callable[[Settings], None], encoded: set[str]
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    step_by_step, at_once = fake_settings(tmp_path / "one"), fake_settings(tmp_path / "other")
    for settings in (step_by_step, at_once):
        write_sources(settings.sources, TEXTS)
    build(step_by_step)
    for settings in (step_by_step, at_once):
        change(settings)
    report, full = build(step_by_step), build(at_once)
    now = {entry.id for entry in Store(at_once.index).open_current().manifest.sources}
    assert set(report.reused) == now - encoded
    assert report.index_id == full.index_id
    assert full.reused == ()
    stores = Store(step_by_step.index), Store(at_once.index)
    assert digests(stores[0].path(report.index_id)) == digests(stores[1].path(full.index_id))
    answers = [
        [json.dumps(dataclasses.asdict(Assistant(store, Means(WordEncoder())).ask(question))) for question in QUESTIONS]
        for store in stores
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("change", [removed, renamed, copied])
def test_where_nothing_is_new_the_model_is_not_loaded(settings: Settings, change: Callable[[Settings], None]) -> None:
    def load(_: ModelFolder) -> WordEncoder:
        raise AssertionError("the model was loaded")

    write_sources(settings.sources, TEXTS)
    build(settings)
    change(settings)
    assert build_index(settings, load=load).built


def test_only_what_changed_is_encoded(settings: Settings) -> None:
    write_sources(settings.sources, TEXTS)
    build(settings)
    changed(settings)
    encoder = WordEncoder()
    build(settings, encoder)
    assert encoder.texts == ["Dogs\nDogs bark at night, at the moon."]


def test_a_full_build_takes_nothing_over(settings: Settings) -> None:
    write_sources(settings.sources, TEXTS)
    build(settings)
    encoder = WordEncoder()
    assert build(settings, encoder, full=True).reused == ()
    assert len(encoder.texts) > len(TEXTS)


def test_token_files_are_shared_between_versions(settings: Settings) -> None:
    write_sources(settings.sources, TEXTS)
    first = build(settings).index_id
    changed(settings)
    second = build(settings).index_id
    files = [
        {path.name: path.stat().st_ino for path in (Store(settings.index).path(one) / "tokens").iterdir()}
        for one in (first, second)
    ]
    shared = files[0].keys() & files[1].keys()
    assert len(shared) == len(TEXTS) - 1
    assert all(files[0][name] == files[1][name] for name in shared)


@pytest.mark.parametrize("name", ["corpus.sqlite", "dense.faiss", "tokens", "manifest.json"])
@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_what_is_damaged_is_not_taken_over(settings: Settings, name: str, how: str) -> None:
    write_sources(settings.sources, TEXTS)
    folder = Store(settings.index).path(build(settings).index_id)
    path = min((folder / "tokens").iterdir()) if name == "tokens" else folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    if how == "damaged":
        path.write_bytes(content)
    added(settings)
    report = build(settings)
    lost = 1 if name == "tokens" else len(TEXTS)
    assert len(report.reused) == len(TEXTS) - lost
    assert Store(settings.index).holds(report.index_id)
    assert Assistant(Store(settings.index), Means(WordEncoder())).ask("Do dogs chase balls?").quotes


def test_another_setting_or_model_takes_nothing_over(settings: Settings) -> None:
    write_sources(settings.sources, TEXTS)
    build(settings)
    assert build(settings.model_copy(update={"asks": False})).reused == ()
    assert len(build(settings).reused) == len(TEXTS)  # the version with asks is there still, and live again
    (Path(settings.model) / "model.safetensors").write_bytes(b"other words")
    assert build(settings).reused == ()


def test_a_removed_source_leaves_no_trace_in_the_new_version(settings: Settings) -> None:
    write_sources(settings.sources, TEXTS | {"secret.md": "# Secret\n\nThe xylograph is in the crypt (XYL, Crypt).\n"})
    build(settings)
    (settings.sources / "secret.md").unlink()
    folder = Store(settings.index).path(build(settings).index_id)
    for path in folder.rglob("*"):
        assert path.is_dir() or b"xylograph" not in path.read_bytes().lower(), path


def test_without_links_files_are_copied(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    write_sources(settings.sources, TEXTS)
    build(settings)
    changed(settings)
    monkeypatch.setattr(os, "link", refuse)
    assert len(build(settings).reused) == len(TEXTS) - 1
    assert Store(settings.index).holds(Store(settings.index).current_id())
