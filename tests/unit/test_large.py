"""An index that is stored for size: built, grown into, taken over from, checked, and asked."""

import json
from pathlib import Path

import numpy as np
import pytest

from acobot.assistant import Assistant
from acobot.calibration.files import directions_path
from acobot.encoder import find_model
from acobot.errors import DamagedIndexError
from acobot.index import LiveVersion, Store, Version
from acobot.index.checking import check_whole
from acobot.settings import Settings
from tests.fakes import WordEncoder, build, fake_means, fake_settings, write_sources
from tests.unit.test_build import digests
from tests.unit.test_reuse import QUESTIONS, TEXTS, added, changed, longer, removed, renamed

KEPT = 128  # directions
MANY = 2  # passages, from which on an index is large here


def place(folder: Path) -> Settings:
    """A folder with sources and directions for the word encoder, which is one that none come with."""
    folder.mkdir(exist_ok=True)
    settings = fake_settings(folder)
    write_sources(settings.sources, TEXTS)
    settings.index.mkdir()
    # Those that the texts' and the questions' words have, as fitted ones would be, turned.
    words = WordEncoder().encode([" ".join([*TEXTS.values(), *QUESTIONS])])[0].pieces
    own = [*dict.fromkeys(words.tolist())][:KEPT]
    turned = np.zeros((KEPT, WordEncoder.dimension))
    turned[:, own] = np.linalg.qr(np.random.default_rng(3).standard_normal((KEPT, KEPT)))[0][:, : len(own)]
    np.save(settings.index / directions_path(find_model(settings).digest).name, turned.astype(np.float16))
    return settings


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def live(settings: Settings) -> Version:
    return Store(settings.index).open_current()


@pytest.mark.parametrize("change", [changed, longer, added, removed, renamed])
@pytest.mark.parametrize("before", [MANY, 10**6], ids=["large before", "small before"])
def test_what_is_taken_over_is_what_a_full_build_makes(tmp_path: Path, change: object, before: int) -> None:
    assert callable(change)
    one, other = place(tmp_path / "one"), place(tmp_path / "other")
    build(one, large_from=before)
    for settings in (one, other):
        change(settings)
    encoder = WordEncoder()
    build(one, encoder, large_from=MANY)
    build(other, large_from=MANY)
    assert live(one).manifest.large
    assert live(one).token_vectors.compact
    assert digests(live(one).folder) == digests(live(other).folder)
    assert not any("Puppies" in text for text in encoder.texts) or change is not longer  # dogs.md is not encoded again


def test_one_that_grows_large_while_it_is_built_is_as_if_it_always_was(tmp_path: Path) -> None:
    one, other = place(tmp_path / "one"), place(tmp_path / "other")
    build(one, large_from=3)  # after some sources
    build(other, large_from=0)
    assert digests(live(one).folder) == digests(live(other).folder)


def test_a_server_goes_over_to_one_that_was_made_anew_along_other_directions(tmp_path: Path) -> None:
    settings = place(tmp_path)
    build(settings, large_from=MANY)
    assistant = Assistant(Store(settings.index), fake_means())
    before = assistant.version()
    path = settings.index / directions_path(find_model(settings).digest).name
    np.save(path, np.load(path)[::-1])
    assert build(settings, full=True, large_from=MANY).index_id == before.id
    assert assistant.ask("What do cats eat?").quotes
    assert assistant.version() is not before


def test_one_that_has_become_small_is_exact_again(tmp_path: Path) -> None:
    one, other = place(tmp_path / "one"), place(tmp_path / "other")
    build(one, large_from=MANY)
    for settings in (one, other):
        changed(settings)
        build(settings)
    assert digests(live(one).folder) == digests(live(other).folder)


def test_without_directions_too_what_was_rounded_is_made_anew(tmp_path: Path) -> None:
    one, other = fake_settings(make(tmp_path / "one")), fake_settings(make(tmp_path / "other"))
    write_sources(one.sources, TEXTS)
    build(one, large_from=MANY)
    write_sources(other.sources, TEXTS)
    for settings in (one, other):
        changed(settings)
        build(settings)
    assert digests(live(one).folder) == digests(live(other).folder)


def test_what_was_rounded_on_other_directions_is_made_anew(tmp_path: Path) -> None:
    one, other = place(tmp_path / "one"), place(tmp_path / "other")
    path = one.index / directions_path(find_model(one).digest).name
    fitted = np.load(path)
    np.save(path, fitted[::-1])
    build(one, large_from=MANY)
    np.save(path, fitted)
    for settings in (one, other):
        changed(settings)
        build(settings, large_from=MANY)
    assert digests(live(one).folder) == digests(live(other).folder)


def test_without_directions_word_pieces_stay_as_they_are(tmp_path: Path) -> None:
    settings = fake_settings(tmp_path)
    write_sources(settings.sources, TEXTS)
    build(settings, large_from=MANY)
    assert live(settings).manifest.large
    assert not live(settings).token_vectors.compact
    check_whole(live(settings).folder)


def test_it_answers_as_a_small_one_does(tmp_path: Path) -> None:
    small, large = place(tmp_path / "small"), place(tmp_path / "large")
    build(small)
    build(large, large_from=MANY)
    for question in QUESTIONS:
        answers = [Assistant(Store(one.index), fake_means()).ask(question) for one in (small, large)]
        assert [quote.text for quote in answers[0].quotes[:1]] == [quote.text for quote in answers[1].quotes[:1]]
        assert answers[0].status == answers[1].status


def test_its_manifest_is_short(tmp_path: Path) -> None:
    settings = place(tmp_path)
    build(settings, large_from=MANY)
    folder = live(settings).folder
    said = json.loads((folder / "manifest.json").read_text())
    assert said["sources"] == len(TEXTS)
    assert not any(entry["path"].startswith("tokens/") for entry in said["files"])
    assert sorted(entry.file for entry in live(settings).manifest.sources) == sorted(TEXTS)
    assert live(settings).manifest.as_json()["sources"] == ()
    (folder / "sources.jsonl").write_text("{}\n")
    with pytest.raises(DamagedIndexError, match=r"sources\.jsonl"):
        Version(folder)


def test_damaged_token_vectors_are_found_by_a_check_and_by_who_reads_them(tmp_path: Path) -> None:
    settings = place(tmp_path)
    build(settings, large_from=MANY)
    version = live(settings)
    name = version.corpus.passage(version.corpus.range_of("cats")[0]).token_file
    path = version.folder / "tokens" / name
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"\x55")
    with pytest.raises(DamagedIndexError, match=rf"{name} is damaged"):
        check_whole(version.folder)
    assert not Store(settings.index).holds(version.id)
    following = LiveVersion(Store(settings.index), WordEncoder.digest)
    following.get()
    following.check_contents()  # does not read so many files
    assistant = Assistant(Store(settings.index), fake_means())
    with pytest.raises(DamagedIndexError, match=rf"{name} is damaged"):
        assistant.ask("What do cats eat?")
    build(settings, large_from=MANY)
    assert Assistant(Store(settings.index), fake_means()).ask("What do cats eat?").quotes


@pytest.mark.parametrize("which", ["live", "earlier"])
def test_a_version_whose_list_of_sources_is_damaged_hinders_no_build_and_no_link(tmp_path: Path, which: str) -> None:
    settings = place(tmp_path)
    build(settings, large_from=MANY)
    first = live(settings)
    changed(settings)
    second = build(settings, large_from=MANY).index_id
    dogs = first.corpus.source("dogs")
    chosen = Store(settings.index).path(second if which == "live" else first.id) / "sources.jsonl"
    chosen.unlink()
    if which == "earlier":
        assistant = Assistant(Store(settings.index), fake_means())
        assert assistant.words_before("dogs", live(settings).corpus.source("dogs").sha256, 0, 3)
        assert assistant.words_before("dogs", dogs.sha256, 0, 3) == ""
    encoder = WordEncoder()
    longer(settings)
    third = build(settings, encoder, large_from=MANY).index_id
    assert third != second
    assert not any("Milk" in text for text in encoder.texts)  # the other version lends what did not change
    build(settings, full=True, large_from=MANY)
    assert Store(settings.index).current_id() == third
