import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.errors import DamagedIndexError, IndexWriteError, NoIndexError
from acobot.index import Store
from acobot.index.manifest import FORMAT
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, write_sources
from tests.unit.index.conftest import files_no_larger_than

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def store(settings: Settings) -> Store:
    """The store of an index that has not been built."""
    return Store(settings.index)


def publish(settings: Settings, words: str) -> str:
    """Makes an index of one source of these words the live one; its id."""
    write_sources(settings.sources, {"a.md": f"# Notes\n\n{words}\n"})
    return build(settings).index_id


def said(settings: Settings, question: str = "cats") -> str:
    """What is answered from the live index."""
    return Assistant(Store(settings.index), Means(WordEncoder())).ask(question).answer


def versions(store: Store) -> set[str]:
    return {path.name for path in (store.folder / "versions").iterdir()}


def files(folder: Path) -> dict[str, int]:
    """Each file's path and inode: what changes if a file is written anew."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*")}


def nothing_is_left_behind(store: Store, published: set[str]) -> bool:
    building = store.folder / "building"
    return versions(store) == published and not any(building.iterdir())


def test_before_the_first_build_there_is_no_index(store: Store) -> None:
    with pytest.raises(NoIndexError, match=r"there is no index in .*/index; build one with 'acobot index'"):
        store.current_id()


def test_what_was_published_is_live(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    assert store.current_id() == index_id
    assert store.open_current().id == index_id
    assert store.holds(index_id)
    assert (store.folder / "current").read_text() == f"{index_id}\n"
    assert nothing_is_left_behind(store, {index_id})


def test_others_may_read_what_was_built(settings: Settings, store: Store) -> None:
    before = os.umask(0o022)
    try:
        folder = store.path(publish(settings, "Cats sleep."))
    finally:
        os.umask(before)
    assert all(path.stat().st_mode & stat.S_IROTH for path in (folder, *folder.rglob("*")))
    assert all(path.stat().st_mode & stat.S_IXOTH for path in (folder, folder / "tokens", folder / "words"))


@pytest.mark.parametrize("content", [b"", b"\n", b"latest\n", b"../../elsewhere", b"\xff\xfe"])
def test_a_current_that_names_no_version_is_refused(settings: Settings, store: Store, content: bytes) -> None:
    publish(settings, "Cats sleep.")
    (store.folder / "current").write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"current .*; run 'acobot index'"):
        store.current_id()


def test_a_damaged_current_is_mended_by_a_build_without_building_anew(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    (store.folder / "current").write_text("?")
    assert not build(settings).built
    assert store.current_id() == index_id


def test_the_last_three_versions_are_kept(settings: Settings, store: Store) -> None:
    ids = [publish(settings, f"Cats have {number} lives.") for number in ("five", "six", "seven", "eight", "nine")]
    assert versions(store) == set(ids[-3:])


def test_a_version_that_goes_live_again_counts_as_new(settings: Settings, store: Store) -> None:
    first, second, third = (publish(settings, f"Cats have {number} lives.") for number in ("five", "six", "seven"))
    assert publish(settings, "Cats have five lives.") == first
    fourth = publish(settings, "Cats have eight lives.")
    assert versions(store) == {first, third, fourth}
    assert second not in versions(store)


def test_leftovers_of_a_build_that_died_are_removed(settings: Settings, store: Store) -> None:
    first = publish(settings, "Cats sleep.")
    leftover = store.folder / "building" / "version" / "tokens"
    leftover.mkdir(parents=True)
    (leftover / "half.npy").write_bytes(b"half")
    second = publish(settings, "Cats play.")
    assert nothing_is_left_behind(store, {first, second})


def test_one_build_at_a_time(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    with (
        FileLock(store.folder / "lock"),
        pytest.raises(IndexWriteError, match=r"another build is at work in .*/index; wait until it has ended"),
    ):
        publish(settings, "Cats play.")
    assert store.current_id() == index_id
    assert publish(settings, "Cats play.") == store.current_id()


def test_a_version_that_is_damaged_is_built_again(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    weights = store.path(index_id) / "piece-weights.npy"
    good = weights.read_bytes()
    weights.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert not store.holds(index_id)
    assert build(settings).built
    assert store.holds(index_id)
    assert weights.read_bytes() == good
    assert nothing_is_left_behind(store, {index_id})


def test_a_full_build_leaves_an_equal_version_in_its_place(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    before = files(store.path(index_id))
    assert build(settings, full=True).built
    assert files(store.path(index_id)) == before
    assert nothing_is_left_behind(store, {index_id})


def test_a_version_of_another_format_is_built_again(settings: Settings, store: Store) -> None:
    index_id = publish(settings, "Cats sleep.")
    manifest = store.path(index_id) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 0'))
    assert build(settings).built
    assert "Cats sleep." in said(settings)


class MovingStore(Store):
    """A store in which another version goes live, and the first one is removed, between two looks at `current`."""

    def __init__(self, folder: Path, gone: str) -> None:
        super().__init__(folder)
        self._gone = [gone]

    def current_id(self) -> str:
        return self._gone.pop() if self._gone else super().current_id()


def test_a_version_that_vanishes_while_it_is_opened_is_followed_by_the_one_that_is_live(settings: Settings) -> None:
    index_id = publish(settings, "Cats sleep.")
    assert MovingStore(settings.index, gone="0123456789abcdef").open_current().id == index_id


def test_a_live_version_that_is_gone_is_said_to_be(settings: Settings, store: Store) -> None:
    shutil.rmtree(store.path(publish(settings, "Cats sleep.")))
    with pytest.raises(DamagedIndexError, match=r"manifest\.json cannot be read \(No such file or directory\)"):
        store.open_current()


@pytest.mark.parametrize("died_at", [0, 1, 2])
def test_a_build_that_is_killed_leaves_the_old_version_live(settings: Settings, store: Store, died_at: int) -> None:
    index_id = publish(settings, "Cats sleep.")
    write_sources(settings.sources, {"a.md": "# Notes\n\nCats play.\n", "b.md": "# More\n\nDogs bark.\n"})
    script = (
        "import os, signal, sys; from pathlib import Path; from acobot.build import build_index;"
        "from tests.fakes import WordEncoder, fake_settings;"
        "at = ('indexing', int(sys.argv[2]));"
        "die = lambda step, done, *_: os.kill(os.getpid(), signal.SIGKILL) if (step, done) == at else None;"
        "build_index(fake_settings(Path(sys.argv[1])), progress=die, load=lambda _: WordEncoder())"
    )
    died = subprocess.run([sys.executable, "-c", script, settings.index.parent, str(died_at)], cwd=REPOSITORY)
    assert died.returncode < 0
    assert any((store.folder / "building").iterdir())
    assert "Cats sleep." in said(settings)
    second = build(settings).index_id
    assert "Cats play." in said(settings)
    assert nothing_is_left_behind(store, {index_id, second})


@pytest.mark.parametrize("occupied", ["index", "index/building", "index/versions"])
def test_a_file_in_the_place_of_a_folder_is_named(settings: Settings, occupied: str) -> None:
    path = settings.index.parent / occupied
    path.parent.mkdir(exist_ok=True)
    path.write_text("a file")
    words = rf"the index in {settings.index} cannot be written \(.*\); nothing was changed\. See that it is a folder"
    with pytest.raises(IndexWriteError, match=words):
        publish(settings, "Cats sleep.")
    assert path.read_text() == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(settings: Settings) -> None:
    settings.index.mkdir(mode=0o500)
    with pytest.raises(IndexWriteError, match=r"cannot be written \(Permission denied\).*that it may be written"):
        publish(settings, "Cats sleep.")


@pytest.mark.parametrize(
    ("size", "text", "full"),
    [
        (0, "Cats play.", r"corpus\.sqlite cannot be written \(disk I/O error\)"),
        (8192, "Cats play.", r"corpus\.sqlite cannot be written \(disk I/O error\)"),
        (45_000, "Cats play " + "and play " * 20, r"cannot be written \((File too large|no room for a file: .*)\)"),
        (45_000, "Cats play.", r"dense\.faiss cannot be written \(write error in .*\)"),
    ],
)
def test_wherever_room_runs_out_the_old_version_stays_live(
    settings: Settings, store: Store, size: int, text: str, full: str
) -> None:
    index_id = publish(settings, "Cats sleep.")
    write_sources(
        settings.sources, {"a.md": f"# Notes\n\n{text}\n", "b.md": "# More\n\nDogs bark.\n", "c.md": "Owls hoot."}
    )
    with files_no_larger_than(size), pytest.raises(IndexWriteError, match=rf"{full}; nothing was changed"):
        build(settings)
    assert nothing_is_left_behind(store, {index_id})
    assert store.holds(index_id)
    assert "Cats sleep." in said(settings)
    assert build(settings).index_id == store.current_id() != index_id


def test_a_full_disk_is_said_to_be_full(settings: Settings, small_disk: Path) -> None:
    settings = settings.model_copy(update={"index": small_disk / "index"})
    store = Store(settings.index)
    index_id = publish(settings, "Cats sleep.")
    write_sources(settings.sources, {f"{n}.md": f"# Note {n}\n\nCats play game {n}.\n" for n in range(40)})
    no_room = r"cannot be written \((No space left on device|no room for a file: .*)\); nothing was changed"
    with pytest.raises(IndexWriteError, match=no_room):
        build(settings)
    assert nothing_is_left_behind(store, {index_id})
    assert "Cats sleep." in said(settings)
