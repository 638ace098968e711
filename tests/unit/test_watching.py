"""`acobot index --watch`, as a program of its own with a model that is only pretended to be there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from acobot.cli.watching import settled
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import write_sources

REPOSITORY = Path(__file__).parents[2]
SCRIPT = (
    "import sys; import acobot.build.build as build; from tests.fakes import WordEncoder, fake_settings\n"
    "from pathlib import Path; from acobot.cli import watching; from acobot.cli.output import print_report\n"
    "watching.QUIET_SECONDS, watching.LOOK_SECONDS = 0.3, 0.5\n"
    "settings = fake_settings(Path(sys.argv[1]))\n"
    "run = lambda: print_report(build.build_index(settings, load=lambda _: WordEncoder()))\n"
    "watching.watch(settings, run, heeds_pin=True)"
)
SECONDS = 30


@pytest.fixture
def watched(settings: Settings) -> Iterator[Store]:
    """The store of a folder that another process watches, once it has built the first index."""
    write_sources(settings.sources, {"cats.md": "Cats sleep."})
    command = [sys.executable, "-c", SCRIPT, str(settings.index.parent)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL) as process:
        store = Store(settings.index)
        wait(lambda: bool(store.live_id()))
        yield store
        assert process.poll() is None
        process.kill()


def wait(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def ids(store: Store) -> tuple[str, ...]:
    return store.open_current().corpus.source_ids


def test_a_change_is_built_and_a_bad_file_keeps_its_last_good_version(watched: Store, settings: Settings) -> None:
    write_sources(settings.sources, {"dogs.md": "Dogs bark."})
    wait(lambda: ids(watched) == ("cats", "dogs"))
    write_sources(settings.sources, {"cats.md": "", "fish.md": "Fish swim."})
    (settings.sources / "dogs.md").unlink()
    wait(lambda: ids(watched) == ("cats", "fish"))
    write_sources(settings.sources, {"cats.md": "Now it is good."})
    wait(lambda: watched.open_current().corpus.source("cats").text == "Now it is good.")


def test_a_file_that_is_still_written_is_not_read(watched: Store, settings: Settings) -> None:
    path = settings.sources / "slow.md"
    with path.open("w") as file:
        for number in range(15):
            file.write(f"Sentence {number} of the slow file.\n\n")
            file.flush()
            time.sleep(0.1)
            assert "slow" not in ids(watched)
    wait(lambda: "slow" in ids(watched))
    assert "Sentence 14" in watched.open_current().corpus.source("slow").text


def test_while_a_version_is_pinned_building_waits(watched: Store, settings: Settings) -> None:
    first = watched.current_id()
    write_sources(settings.sources, {"dogs.md": "Dogs bark."})
    wait(lambda: watched.current_id() != first)
    second = watched.current_id()
    watched.publish(first, pin=True)
    write_sources(settings.sources, {"birds.md": "Birds sing."})
    time.sleep(2)
    assert {kept.manifest.id for kept in watched.versions()} == {first, second}
    watched.publish(second)
    wait(lambda: ids(watched) == ("birds", "cats", "dogs"))


def test_a_folder_settles_once_nothing_in_it_changes(tmp_path: Path) -> None:
    steps = ["a", "ab"]

    def sleep(_: float) -> None:
        if steps:
            (tmp_path / "file.md").write_text(steps.pop(0))

    state = settled(tmp_path, sleep)
    assert [(name, size) for name, size, _ in state] == [("file.md", 2)]


def test_a_change_behind_a_followed_link_is_seen_and_no_link_leads_further(tmp_path: Path) -> None:
    folder, minutes, private = (tmp_path / name for name in ("sources", "minutes", "private"))
    for one in (folder, minutes, private):
        one.mkdir()
        (one / "file.md").write_text("a")
    (folder / "in").symlink_to(minutes)
    (folder / "out").symlink_to(private)
    (minutes / "back").symlink_to(folder)
    names = {"file.md", "in", "out", "in/file.md", "in/back"}
    before = settled(folder, lambda _: None, [minutes])
    assert {name for name, _, _ in before} == names
    (minutes / "file.md").write_text("ab")
    after = settled(folder, lambda _: None, [minutes])
    assert {name for name, _, _ in after - before} == {"in/file.md"}


def test_a_change_while_another_build_is_at_work_is_built_after_it(watched: Store, settings: Settings) -> None:
    with watched.building():
        write_sources(settings.sources, {"dogs.md": "Dogs bark."})
        time.sleep(2)
        assert ids(watched) == ("cats",)
    wait(lambda: ids(watched) == ("cats", "dogs"))
