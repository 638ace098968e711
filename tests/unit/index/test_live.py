import logging
import os
import shutil
import weakref
from pathlib import Path
from typing import Any

import pytest

from acobot.answering import Means
from acobot.assistant import WARMING, Assistant
from acobot.errors import DamagedIndexError, WrongModelError
from acobot.index import LiveVersion, Store, Version
from acobot.index.holders import Files
from acobot.index.manifest import FileEntry, check_contents, describe_file
from acobot.index.row_search import RowSearch
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, write_sources
from tests.faults import damage, no_file_can_be_opened


@pytest.fixture
def live(settings: Settings) -> LiveVersion:
    return LiveVersion(Store(settings.index), WordEncoder.digest)


def publish(settings: Settings, words: str) -> Path:
    """Makes an index of this source, and another that stays the same, the live one; its folder."""
    write_sources(settings.sources, {"a.md": f"# Notes\n\nCats {words}.\n", "b.md": "# Dogs\n\nDogs bark.\n"})
    return Store(settings.index).path(build(settings).index_id)


def test_a_version_is_opened_once(settings: Settings, live: LiveVersion) -> None:
    publish(settings, "sleep")
    assert live.get() is live.get()
    live.refresh()
    live.check_contents()
    assert live.get() is live.get()


def test_it_goes_over_to_what_goes_live(settings: Settings, live: LiveVersion) -> None:
    publish(settings, "sleep")
    before = live.get()
    publish(settings, "play")
    assert live.get() is before
    live.refresh()
    assert live.get().id == Store(settings.index).current_id() != before.id


def test_a_version_that_is_no_longer_answered_from_is_let_go(settings: Settings, live: LiveVersion) -> None:
    publish(settings, "sleep")
    live.get().read_passage(0)
    before = weakref.ref(live.get())
    publish(settings, "play")
    live.refresh()
    live.check_contents()
    assert before() is None


def test_a_version_that_an_answer_held_when_another_went_live_is_let_go_soon_after(
    settings: Settings, live: LiveVersion
) -> None:
    publish(settings, "sleep")
    answering: list[Version] = [live.get()]
    answering[0].read_passage(0)
    before = weakref.ref(answering[0])
    publish(settings, "play")
    live.refresh()
    live.check_contents()
    assert before() is not None
    answering.clear()
    live.check_contents()
    assert before() is None


def test_a_damaged_version_is_given_up_for_the_one_before(
    settings: Settings, live: LiveVersion, caplog: pytest.LogCaptureFixture
) -> None:
    publish(settings, "sleep")
    before = live.get()
    live.check_contents()
    damage(publish(settings, "play") / "piece-weights.npy")
    live.refresh()
    live.check_contents()
    assert live.get() is before
    for _ in range(3):
        live.refresh()
        live.check_contents()
    assert live.get() is before
    assert [record.message.split(":")[0] for record in caplog.records if record.levelno == logging.WARNING] == [
        "the live index is damaged, so it is not answered from",
        "the live index cannot be used, so nothing changes",
    ]


@pytest.mark.parametrize("name", ["corpus.sqlite", "dense.faiss", "piece-weights.npy", "words/params.index.json"])
def test_a_process_that_starts_with_a_truncated_version_answers_from_the_last_whole_one(
    settings: Settings, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    third = publish(settings, "hunt")
    for folder in (second, third):
        os.truncate(folder / name, 7)
    live = LiveVersion(Store(settings.index), WordEncoder.digest)
    for _ in range(3):
        assert live.get().folder == first
        live.refresh()
        live.check_contents()
    told = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert told[0].startswith(
        f"the live index is damaged, so {first.name} from before is answered from: {third / name} "
    )
    assert len(told) == 1
    os.truncate(first / name, 7)
    with pytest.raises(DamagedIndexError, match=f"{third.name}.* has 7 bytes instead of "):
        LiveVersion(Store(settings.index), WordEncoder.digest).get()


def test_one_that_was_checked_already_is_given_up_for_a_whole_one_on_disk(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    live = LiveVersion(Store(settings.index), WordEncoder.digest)
    assert live.get().folder == second
    damage(second / "dense.faiss")
    live.check_contents()
    assert live.get().folder == first


def test_a_damaged_preview_is_not_exchanged_for_another(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    os.truncate(second / "dense.faiss", 7)
    with pytest.raises(DamagedIndexError):
        LiveVersion(Store(settings.index), WordEncoder.digest, second.name).get()
    assert LiveVersion(Store(settings.index), WordEncoder.digest, first.name).get().folder == first


@pytest.mark.parametrize("name", ["corpus.sqlite", "dense.faiss", "piece-weights.npy", "words/params.index.json"])
def test_without_one_before_nothing_is_answered_until_it_is_mended(
    settings: Settings, live: LiveVersion, name: str
) -> None:
    folder = publish(settings, "sleep")
    live.get()
    damage(folder / name)
    live.check_contents()
    with pytest.raises(DamagedIndexError):
        live.get()
    live.refresh()
    with pytest.raises(DamagedIndexError):
        live.get()
    assert publish(settings, "sleep") == folder  # built anew in its place
    live.refresh()
    live.check_contents()
    assert live.get().folder == folder


def test_files_that_were_found_sound_are_not_read_again(settings: Settings, live: LiveVersion) -> None:
    first = publish(settings, "sleep")
    live.get()
    live.check_contents()
    second = publish(settings, "play")
    live.refresh()
    shared = {path.name for path in (first / "tokens").iterdir()} & {
        path.name for path in (second / "tokens").iterdir()
    }
    damage(second / "tokens" / shared.pop())  # so it is not seen, which shows that it is not read
    live.check_contents()
    assert live.get().folder == second


def test_a_version_that_goes_away_under_a_question_is_followed_by_the_live_one(settings: Settings) -> None:
    folder = publish(settings, "sleep at noon")
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.version()
    for number in range(4):
        publish(settings, f"play {number} games")
    assert not folder.exists()
    answer = assistant.ask("Do cats play 3 games?")
    assert answer.index.id == Store(settings.index).current_id()
    assert answer.quotes[0].text == "Cats play 3 games."


def test_a_live_version_that_is_gone_leaves_the_one_at_hand(settings: Settings, live: LiveVersion) -> None:
    publish(settings, "sleep")
    before = live.get()
    shutil.rmtree(publish(settings, "play"))
    live.refresh()
    live.check_contents()
    assert live.get() is before


def test_a_preview_stays_with_its_version_whatever_goes_live(settings: Settings) -> None:
    first = publish(settings, "sleep")
    preview = LiveVersion(Store(settings.index), WordEncoder.digest, first.name)
    second = publish(settings, "purr")
    preview.refresh()
    assert preview.get().id == first.name != second.name == Store(settings.index).live_id()
    preview.refresh()
    assert preview.get().id == first.name


def test_too_many_open_files_for_a_while_are_no_damage(
    settings: Settings, live: LiveVersion, caplog: pytest.LogCaptureFixture
) -> None:
    publish(settings, "sleep")
    before = live.get()
    with no_file_can_be_opened():
        for _ in range(3):
            live.check_contents()
            live.refresh()
    assert live.get() is before
    live.check_contents()
    assert live.get() is before
    assert [record.message.split(":")[0] for record in caplog.records if record.levelno == logging.WARNING] == [
        "the live index cannot be checked now, so nothing changes",
        "the live index cannot be used, so nothing changes",
    ]


def test_damage_is_found_once_the_files_can_be_read(settings: Settings, live: LiveVersion) -> None:
    damage(publish(settings, "sleep") / "piece-weights.npy")
    live.get()
    with no_file_can_be_opened():
        live.check_contents()
    live.get()
    live.check_contents()
    with pytest.raises(DamagedIndexError):
        live.get()


class CountingStore(Store):
    """A store that notes which versions are opened whole."""

    def __init__(self, folder: Path) -> None:
        self.opened: list[str] = []
        super().__init__(folder, holder=CountingFiles(self.opened))


class CountingFiles(Files):
    """Files, of which it is noted whose vectors are opened."""

    def __init__(self, opened: list[str]) -> None:
        self._opened = opened

    def open(self, version_id: str, folder: Path) -> RowSearch:
        self._opened.append(version_id)
        return super().open(version_id, folder)


def test_a_damaged_version_is_not_opened_at_each_look(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    store = CountingStore(settings.index)
    live = LiveVersion(store, WordEncoder.digest)
    live.get()
    damage(second / "piece-weights.npy")
    live.check_contents()
    assert live.get().folder == first
    assert store.opened == [second.name, first.name]
    for _ in range(3):
        live.refresh()
    damage(first / "piece-weights.npy")
    live.check_contents()
    for _ in range(3):
        with pytest.raises(DamagedIndexError):
            live.get()
        live.refresh()
    assert store.opened == [second.name, first.name]


def test_a_damaged_version_that_is_put_back_from_a_copy_is_opened(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    copy = shutil.copytree(second, settings.index / "copy")  # times of files are copied, too
    live = LiveVersion(Store(settings.index), WordEncoder.digest)
    live.get()
    damage(second / "piece-weights.npy")
    live.check_contents()
    assert live.get().folder == first
    second.rename(settings.index / "broken")
    copy.rename(second)
    live.refresh()
    live.check_contents()
    assert live.get().folder == second


def test_a_version_of_another_model_is_not_opened_whole_at_each_look(settings: Settings) -> None:
    publish(settings, "sleep")
    store = CountingStore(settings.index)
    other = LiveVersion(store, "f" * 64)
    for _ in range(3):
        with pytest.raises(WrongModelError, match="was made by another model"):
            other.get()
        other.refresh()
    assert store.opened == []


def test_one_that_was_built_anew_in_its_place_is_opened_once(settings: Settings) -> None:
    folder = publish(settings, "sleep")
    store = CountingStore(settings.index)
    live = LiveVersion(store, WordEncoder.digest)
    before = live.get()
    os.truncate(folder / "piece-weights.npy", 7)
    assert publish(settings, "sleep") == folder
    for _ in range(3):
        live.refresh()
        live.check_contents()
    assert live.get() is not before
    assert store.opened == [folder.name] * 2


def test_one_that_was_built_anew_and_is_damaged_is_given_up_for_one_of_another_id(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    live = LiveVersion(Store(settings.index), WordEncoder.digest)
    live.get()
    os.truncate(second / "piece-weights.npy", 7)
    assert publish(settings, "play") == second
    damage(second / "corpus.sqlite")
    live.refresh()
    live.check_contents()
    assert live.get().folder == first


def test_a_file_that_is_lost_after_it_was_found_sound_is_missed_once_somebody_asks_for_it(settings: Settings) -> None:
    first, second = publish(settings, "sleep at noon"), publish(settings, "play at noon")
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.version()
    assistant.check_contents()
    for path in (second / "tokens").iterdir():
        path.unlink()
    with pytest.raises(DamagedIndexError):
        assistant.ask("Do cats play at noon?")
    assistant.check_contents()
    assert assistant.version().folder == first
    assert assistant.ask("Do cats sleep at noon?").quotes[0].text == "Cats sleep at noon."


def test_a_text_that_changes_after_the_check_is_not_quoted_and_its_version_given_up(settings: Settings) -> None:
    first, second = publish(settings, "sleep at noon"), publish(settings, "play at noon")
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.version()
    assistant.check_contents()
    path = second / "corpus.sqlite"
    path.write_bytes(path.read_bytes().replace(b"play at noon", b"stay at noon"))
    with pytest.raises(DamagedIndexError):
        assistant.ask("Do cats play at noon?")
    assistant.check_contents()
    assert assistant.version().folder == first


def test_one_whose_folder_is_lost_is_given_up_for_the_one_before(settings: Settings) -> None:
    first, second = publish(settings, "sleep"), publish(settings, "play")
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.check_readable()
    assistant.check_contents()
    shutil.rmtree(second)
    with pytest.raises(DamagedIndexError):
        assistant.check_readable()
    assistant.check_contents()
    assistant.check_readable()
    assert assistant.version().folder == first


def overwrite_tokens(folder: Path) -> None:
    """Puts what is no array in the place of each file of word pieces, of the same size."""
    for path in (folder / "tokens").iterdir():
        size = path.stat().st_size
        path.unlink()
        path.write_bytes(b"?" * size)


def test_one_that_is_damaged_where_it_is_warmed_is_never_answered_from(settings: Settings) -> None:
    first = publish(settings, "sleep at noon")
    encoder = WordEncoder()
    assistant = Assistant(Store(settings.index), Means(encoder))
    assistant.version()
    overwrite_tokens(publish(settings, "play at noon"))
    for _ in range(3):
        assistant.refresh()
        assert assistant.version().folder == first
        assert assistant.ask("Do cats sleep at noon?").quotes[0].text == "Cats sleep at noon."
    assert encoder.texts.count(WARMING) == 1
    second = publish(settings, "play at noon")  # built anew in its place
    assistant.refresh()
    assert assistant.version().folder == second


def test_one_that_goes_away_while_it_is_warmed_is_never_answered_from(settings: Settings) -> None:
    def lose(version: Version) -> None:
        shutil.rmtree(version.folder)
        version.read_passage(0)

    first = publish(settings, "sleep")
    live = LiveVersion(Store(settings.index), WordEncoder.digest, warm=lose)
    live.get()
    publish(settings, "play")
    live.refresh()
    assert live.get().folder == first


def test_damage_that_is_met_while_other_files_are_read_is_looked_for_anew(
    settings: Settings, live: LiveVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish(settings, "sleep")
    version = live.get()

    def check_and_lose(*which: Any) -> None:
        check_contents(*which)
        (folder / "piece-weights.npy").unlink()
        live.doubt(version, DamagedIndexError("it is not there"))

    monkeypatch.setattr("acobot.index.live.check_contents", check_and_lose)
    live.check_contents()
    monkeypatch.undo()
    live.check_contents()
    with pytest.raises(DamagedIndexError):
        live.get()


def test_a_damaged_file_that_no_check_reads_is_no_reason_to_read_all_others_at_each_question(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sources(settings.sources, {"a.md": "# Notes\n\nCats sleep at noon.\n"})
    folder = Store(settings.index).path(build(settings, large_from=1).index_id)
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.version()
    assistant.check_contents()
    overwrite_tokens(folder)
    read: list[Path] = []

    def describe(within: Path, path: Path) -> FileEntry:
        read.append(path)
        return describe_file(within, path)

    monkeypatch.setattr("acobot.index.manifest.describe_file", describe)
    for number in range(3):
        with pytest.raises(DamagedIndexError):
            assistant.ask(f"Do cats sleep at noon {number}?")
        assistant.check_contents()
    assert len(read) == len({*read}) > 0


def test_a_service_that_meets_damage_where_it_is_warmed_starts_with_the_version_before(settings: Settings) -> None:
    first, second = publish(settings, "sleep at noon"), publish(settings, "play at noon")
    overwrite_tokens(second)
    assistant = Assistant(Store(settings.index), Means(WordEncoder()))
    assistant.warm()
    assert assistant.version().folder == first
    overwrite_tokens(first)
    with pytest.raises(DamagedIndexError):
        Assistant(Store(settings.index), Means(WordEncoder())).warm()
