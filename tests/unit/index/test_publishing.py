"""Which version is live: publishing, going back, the pin, and what is kept."""

import subprocess
from pathlib import Path

import pytest

from acobot.build import Publish
from acobot.errors import DamagedIndexError, IndexWriteError, UnknownVersionError, UnreadableIndexError
from acobot.index import Store
from acobot.index.holders import Files
from acobot.settings import Settings
from tests.fakes import build, write_sources
from tests.unit.index.conftest import files_no_larger_than


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store(settings.index)


def make(settings: Settings, word: str, publish: Publish = Publish.UNLESS_PINNED) -> str:
    """Builds the index of one source that holds this word; its id."""
    write_sources(settings.sources, {"a.md": f"# Notes\n\nCats {word}.\n"})
    return build(settings, publish=publish).index_id


def held(store: Store) -> list[str]:
    return [kept.manifest.id for kept in store.versions()]


def test_what_is_not_published_is_kept_and_can_be_published(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    second = make(settings, "play", Publish.NEVER)
    assert store.current_id() == first
    assert held(store) == [first, second]
    assert [kept.since != "" for kept in store.versions()] == [True, False]
    assert store.publish(second)
    assert store.current_id() == second
    assert held(store) == [second, first]


def test_going_back_pins_and_a_later_build_is_not_published(settings: Settings, store: Store) -> None:
    first, second = make(settings, "sleep"), make(settings, "play")
    assert store.previous_id() == first
    store.publish(first, pin=True)
    assert (store.current_id(), store.pinned_id()) == (first, first)
    write_sources(settings.sources, {"a.md": "# Notes\n\nCats purr.\n"})
    report = build(settings)
    assert (report.built, report.live, report.pinned) == (True, False, first)
    assert store.current_id() == first
    assert set(held(store)) == {first, second, report.index_id}


@pytest.mark.parametrize("how", ["publish", "index --publish"])
def test_publishing_lifts_the_pin(settings: Settings, store: Store, how: str) -> None:
    first, second = make(settings, "sleep"), make(settings, "play")
    store.publish(first, pin=True)
    if how == "publish":
        store.publish(second)
    else:
        assert make(settings, "play", Publish.ALWAYS) == second
    assert (store.current_id(), store.pinned_id()) == (second, "")
    assert store.current_id() != make(settings, "purr") or not store.pinned_id()
    assert store.pinned_id() == ""


def test_an_equal_build_with_publish_lifts_the_pin_of_what_is_live(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    make(settings, "play")
    store.publish(first, pin=True)
    assert make(settings, "sleep") == store.pinned_id() == first
    assert make(settings, "sleep", Publish.ALWAYS) == store.current_id()
    assert store.pinned_id() == ""


def test_going_back_twice_goes_back_two_versions(settings: Settings, store: Store) -> None:
    ids = [make(settings, word) for word in ("sleep", "play", "purr")]
    store.publish(store.previous_id(), pin=True)
    assert store.current_id() == ids[1]
    store.publish(store.previous_id(), pin=True)
    assert store.current_id() == ids[0]
    with pytest.raises(UnknownVersionError, match=r"there is no earlier version in .*/index to go back to"):
        store.previous_id()


def test_versions_are_found_by_how_they_begin(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    assert store.find(first) == store.find(first[:4]) == first
    for beginning in ("", "x", "../..", f"{first}0"):
        with pytest.raises(UnknownVersionError, match="'acobot versions' lists them"):
            store.find(beginning)


def test_three_that_were_live_and_three_that_never_were_are_kept(settings: Settings, store: Store) -> None:
    live = [make(settings, f"sleep {number} hours") for number in range(5)]
    never = [make(settings, f"play {number} games", Publish.NEVER) for number in range(5)]
    assert set(held(store)) == {*live[-3:], *never[-3:]}
    assert set(store.history().live) == set(live[-3:])


def test_a_pinned_version_is_kept_however_many_follow(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    make(settings, "play")
    store.publish(first, pin=True)
    for number in range(5):
        make(settings, f"play {number} games")
    assert store.current_id() == first
    assert store.open_current().id == first


def test_what_is_damaged_cannot_be_published(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    second = make(settings, "play", Publish.NEVER)
    (store.path(second) / "manifest.json").write_text("{}")
    with pytest.raises(DamagedIndexError, match="is not a manifest"):
        store.publish(second)
    assert store.current_id() == first


def test_removed_sources_are_remembered_until_they_come_back(settings: Settings, store: Store) -> None:
    write_sources(settings.sources, {"a.md": "# A\n\nCats sleep.\n", "b.md": "# B\n\nDogs bark.\n"})
    first = build(settings).index_id
    (settings.sources / "b.md").unlink()
    build(settings)
    assert list(store.history().removed) == ["b"]
    store.publish(first, pin=True)
    assert store.history().removed == {}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"live": [], "more": 1}', '{"live": {"a": 1}}', '{"live": null}'])
def test_a_damaged_history_is_only_forgotten(settings: Settings, store: Store, content: str) -> None:
    first, second = make(settings, "sleep"), make(settings, "play")
    (settings.index / "history.json").write_text(content)
    assert store.current_id() == second
    assert set(held(store)) == {first, second}
    third = make(settings, "purr")
    assert store.current_id() == third
    assert list(store.history().live)[-1] == third


def test_a_version_that_a_build_died_while_replacing_is_found_and_put_back(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    aside = store.folder / "building" / "replaced"
    aside.mkdir(parents=True)
    store.path(first).rename(aside / first)
    assert store.open_current().id == first
    assert make(settings, "play") != first
    assert (store.folder / "versions" / first).is_dir()
    assert store.holds(first)


def test_an_unchanged_build_writes_nothing_at_all(settings: Settings) -> None:
    make(settings, "sleep")

    def state(folder: Path) -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}

    before = state(settings.index)
    make(settings, "sleep")
    assert state(settings.index) == before


def test_a_read_only_folder_is_no_hindrance_where_nothing_changed(settings: Settings, small_disk: Path) -> None:
    settings = settings.model_copy(update={"index": small_disk / "index"})
    first = make(settings, "sleep")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert make(settings, "sleep") == first
    store = Store(settings.index)
    for work in (lambda: make(settings, "play"), lambda: store.publish(first, pin=True)):
        with pytest.raises(IndexWriteError, match=r"cannot be written \(Read-only file system\); nothing was changed"):
            work()
    assert store.open_current().id == first


def test_a_full_disk_stops_a_publication_and_nothing_else(settings: Settings, store: Store) -> None:
    first = make(settings, "sleep")
    second = make(settings, "play", Publish.NEVER)
    with files_no_larger_than(0), pytest.raises(IndexWriteError, match="nothing was changed"):
        store.publish(second)
    assert store.current_id() == first
    assert store.publish(second)
    assert store.current_id() == second


@pytest.mark.parametrize("name", ["history.json", "current"])
def test_what_cannot_be_read_now_is_not_taken_for_nothing(settings: Settings, store: Store, name: str) -> None:
    first, second = make(settings, "sleep"), make(settings, "play")
    store.publish(first, pin=True)
    path, aside = settings.index / name, settings.index / "aside"
    path.rename(aside)
    path.symlink_to(path)  # a circle: it is there, and opening it fails, for root as well
    with pytest.raises(UnreadableIndexError, match=f"{name} cannot be read now .*; check the disk"):
        make(settings, "purr")
    with pytest.raises(UnreadableIndexError):
        store.publish(second, over_pin=False)
    aside.replace(path)
    make(settings, "purr")
    assert store.pinned_id() == store.current_id() == first


class Unwilling(Files):
    """What holds vectors, but is away, or only cannot switch."""

    def __init__(self) -> None:
        self.away = self.stuck = False
        self.live = ""

    def put(self, version_id: str, folder: Path, *, anew: bool = False) -> None:
        if self.away:
            raise UnreadableIndexError("it does not answer")

    def publish(self, version_id: str) -> None:
        if self.stuck:
            raise UnreadableIndexError("it does not answer")
        self.live = version_id


@pytest.mark.parametrize("pin", [True, False])
def test_where_the_vectors_cannot_be_held_nothing_is_told_of_it(settings: Settings, pin: bool) -> None:
    write_sources(settings.sources, {"a.md": "# A\n\nCats sleep.\n"})
    first = build(settings).index_id
    write_sources(settings.sources, {"b.md": "# B\n\nDogs bark.\n"})
    build(settings)
    holder = Unwilling()
    store = Store(settings.index, holder=holder)
    store.publish(store.current_id(), pin=True)
    before = store.history(), store.current_id()
    holder.away = True
    with pytest.raises(UnreadableIndexError, match="does not answer"):
        store.publish(first, pin=pin)
    assert (store.history(), store.current_id()) == before
    holder.away = False
    assert store.publish(first, pin=pin)
    assert (store.current_id(), holder.live) == (first, first)


def test_what_could_not_be_switched_is_switched_by_publishing_again(settings: Settings) -> None:
    first, second = make(settings, "sleep"), make(settings, "play")
    holder = Unwilling()
    store = Store(settings.index, holder=holder)
    store.publish(second)
    holder.stuck = True
    with pytest.raises(UnreadableIndexError, match="does not answer"):
        store.publish(first)
    holder.stuck = False
    assert (store.current_id(), holder.live) == (first, second)
    assert store.publish(first)
    assert holder.live == first
