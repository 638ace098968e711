"""The contract of what holds vectors: files and Qdrant give the same answers, and go live and back alike.

Qdrant runs in this process: no server was tried.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from acobot.assistant import Assistant
from acobot.build import Publish, build_index
from acobot.errors import DamagedIndexError, SettingsError, UnreadableIndexError
from acobot.index import Store, open_store
from acobot.index.holders import Files, find_holder
from acobot.index.qdrant import LIVE, PREFIX, Qdrant, _point_ids, connect
from acobot.settings import Settings
from tests.fakes import WordEncoder, fake_means, fake_settings, write_sources
from tests.unit.conftest import Run
from tests.unit.test_reuse import QUESTIONS, TEXTS, added, changed

qdrant_client = pytest.importorskip("qdrant_client", reason="acobot[qdrant] is not installed")

ASKED = [*QUESTIONS, "cats", "Who chases string in the park?", "What is the price of gold?"]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = fake_settings(tmp_path)
    write_sources(made.sources, TEXTS)
    chosen = made.model_copy(update={"store": "qdrant", "qdrant": str(tmp_path / "qdrant")})
    yield chosen
    connect(chosen.qdrant)._client.close()
    connect.cache_clear()


@pytest.fixture
def qdrant(settings: Settings) -> Qdrant:
    found = find_holder(settings)
    assert isinstance(found, Qdrant)
    return found


def build(settings: Settings, publish: Publish = Publish.ALWAYS) -> str:
    return build_index(settings, publish=publish, load=lambda _: WordEncoder()).index_id


def test_both_give_the_same_answers(settings: Settings) -> None:
    build(settings)
    stores = open_store(settings), Store(settings.index, holder=Files())
    both = [Assistant(store, fake_means()) for store in stores]
    assert type(both[0].version().dense) is not type(both[1].version().dense)
    for question in ASKED:
        for chosen in (None, ["dogs"], ["cats", "more/fish"]):
            one, other = (asdict(assistant.ask(question, source_ids=chosen)) for assistant in both)
            assert one == other, question


def test_both_find_the_same_rows_in_the_same_order(settings: Settings) -> None:
    build(settings)
    one, other = open_store(settings).open_current(), Store(settings.index).open_current()
    passages = list(range(one.corpus.passages))
    for encoding in WordEncoder().encode(ASKED):
        for limit in (1, 2, 5, 1000):
            for among in (None, [range(1, 3)], [range(1, 2), range(3, 5)], [range(2, 2)]):
                assert one.dense.search(encoding.vector, limit, among) == other.dense.search(
                    encoding.vector, limit, among
                )
                assert one.dense.rows(encoding.vector, limit, among) == other.dense.rows(encoding.vector, limit, among)
        assert one.dense.cosines(encoding.vector, passages) == other.dense.cosines(encoding.vector, passages)
    assert one.dense.vectors(1, len(one.dense) - 1).tolist() == other.dense.vectors(1, len(other.dense) - 1).tolist()
    assert one.dense.vectors(2, 0).shape == other.dense.vectors(2, 0).shape
    assert one.dense.cosines(WordEncoder().encode(["cats"])[0].vector, []) == []


def test_a_version_goes_live_and_back_by_an_alias(settings: Settings, qdrant: Qdrant) -> None:
    first = build(settings)
    assert qdrant.live_id() == first
    changed(settings)
    second = build(settings, Publish.NEVER)
    assert qdrant.live_id() == first
    store = open_store(settings)
    store.publish(second)
    assert qdrant.live_id() == second == store.current_id()
    store.publish(store.previous_id(), pin=True)
    assert qdrant.live_id() == first
    assert Assistant(store, fake_means()).ask("Do dogs chase balls?").quotes[0].text == "Dogs chase balls in the park."


def test_the_commands_switch_the_alias_too(
    run: Run, settings: Settings, qdrant: Qdrant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACOBOT_STORE", "qdrant")
    monkeypatch.setenv("ACOBOT_QDRANT", settings.qdrant)
    first = build(settings)
    changed(settings)
    second = build(settings)
    assert run("rollback") == 0
    assert qdrant.live_id() == first
    assert run("publish", second) == 0
    assert qdrant.live_id() == second


def test_only_kept_versions_are_kept_there(settings: Settings, qdrant: Qdrant) -> None:
    made = [build(settings)]
    for word in ("one", "two", "three", "four"):
        write_sources(settings.sources, {"dogs.md": f"# Dogs\n\nDogs bark {word} times.\n"})
        made.append(build(settings))
    there = {one.name.removeprefix(PREFIX) for one in qdrant._client.get_collections().collections}
    assert there == set(made[-3:])
    assert LIVE not in there


def test_what_is_not_of_this_index_is_left_alone(settings: Settings, qdrant: Qdrant, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = fake_settings(tmp_path / "other").model_copy(update={"store": "qdrant", "qdrant": settings.qdrant})
    write_sources(other.sources, {"mills.md": "# Mills\n\nMills grind corn.\n"})
    theirs = build(other)
    size = qdrant_client.models.VectorParams(size=4, distance=qdrant_client.models.Distance.DOT)
    qdrant._client.create_collection(f"{PREFIX}notes", vectors_config=size)
    for word in ("one", "two", "three", "four"):
        write_sources(settings.sources, {"dogs.md": f"# Dogs\n\nDogs bark {word} times.\n"})
        build(settings)
    there = {one.name.removeprefix(PREFIX) for one in qdrant._client.get_collections().collections}
    assert {theirs, "notes"} < there
    assert Assistant(open_store(other), fake_means()).ask("Do mills grind corn?").quotes


def test_points_have_the_same_id_in_every_version(settings: Settings) -> None:
    first = build(settings)
    added(settings)  # which comes before all others, so that their numbers change
    store, second = open_store(settings), build(settings)
    before, after = (list(_point_ids(store.path(one))) for one in (first, second))
    assert len({*before}) == len(before)
    assert {*before} < {*after}
    assert before[0] not in after[:1]


def test_vectors_that_are_not_there_are_missed_and_put_again(settings: Settings, qdrant: Qdrant) -> None:
    made = build(settings)
    qdrant._client.delete_collection(PREFIX + made)
    with pytest.raises(DamagedIndexError, match="ACOBOT_STORE=qdrant"):
        open_store(settings).open_current()
    assert build(settings) == made
    assert len(open_store(settings).open_current().dense)


def test_vectors_that_go_away_while_it_answers_are_no_reason_to_say_that_nothing_answers(
    settings: Settings, qdrant: Qdrant
) -> None:
    made, question = build(settings), "Do dogs chase balls?"
    assistant = Assistant(open_store(settings), fake_means())
    search = assistant.version().dense
    (encoding,) = WordEncoder().encode([question])
    qdrant._client.delete(PREFIX + made, [next(_point_ids(open_store(settings).path(made)))])
    for ask in (
        lambda: assistant.ask(question),
        lambda: search.search(encoding.vector, 100),
        lambda: search.cosines(encoding.vector, [0, 1]),
        lambda: search.vectors(0, 2),
    ):
        with pytest.raises(DamagedIndexError, match="are not, or not all, in Qdrant"):
            ask()
    build(settings)
    assert assistant.ask(question).quotes[0].text == "Dogs chase balls in the park."


def test_it_is_only_ready_where_vectors_can_be_had(settings: Settings, qdrant: Qdrant) -> None:
    made = build(settings)
    assistant = Assistant(open_store(settings), fake_means())
    assistant.check_readable()
    qdrant._client.delete_collection(PREFIX + made)
    with pytest.raises(DamagedIndexError):
        assistant.check_readable()
    build(settings)
    assistant.check_readable()
    assistant.version().dense._qdrant = connect("http://127.0.0.1:9")  # type: ignore[attr-defined]
    with pytest.raises(UnreadableIndexError, match="does not answer"):
        assistant.check_readable()


def test_a_full_build_puts_vectors_again_that_are_there(settings: Settings, qdrant: Qdrant) -> None:
    made = build(settings)
    sound = open_store(settings).open_current().dense.vectors(0, 1).tolist()
    point = next(_point_ids(open_store(settings).path(made)))
    other = qdrant_client.models.PointVectors(id=point, vector=sound[0][::-1])
    qdrant._client.update_vectors(PREFIX + made, [other])
    build(settings)
    assert open_store(settings).open_current().dense.vectors(0, 1).tolist() != sound
    assert build_index(settings, full=True, load=lambda _: WordEncoder()).index_id == made
    assert open_store(settings).open_current().dense.vectors(0, 1).tolist() == sound


def test_one_that_does_not_answer_is_named(settings: Settings) -> None:
    build(settings)
    away = settings.model_copy(update={"qdrant": "http://127.0.0.1:9"})
    with pytest.raises(UnreadableIndexError, match=r"Qdrant at http://127\.0\.0\.1:9 does not answer.*ACOBOT_QDRANT"):
        open_store(away).open_current()


def test_the_library_is_imported_only_where_it_is_chosen() -> None:
    script = "import sys, acobot.index, acobot.assistant, acobot.build; print('qdrant_client' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    with pytest.raises(SettingsError, match=r"needs qdrant-client, .+ -m pip install qdrant-client$"):
        find_holder(Settings(store="qdrant", qdrant="http://127.0.0.1:6"))


# What refuses to open leaves its lock to Python, which closes it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_folder_that_another_process_uses_is_named(settings: Settings, tmp_path: Path) -> None:
    folder = str(tmp_path / "used")
    used = qdrant_client.QdrantClient(path=folder)
    taken = settings.model_copy(update={"qdrant": folder})
    with pytest.raises(UnreadableIndexError, match=r"/used cannot be used \(.*\); check ACOBOT_QDRANT: .* one process"):
        find_holder(taken)
    used.close()
    assert find_holder(taken) is find_holder(taken)
    connect(folder)._client.close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:port", "gopher://127.0.0.1"])
def test_an_address_that_is_none_is_named(settings: Settings, address: str) -> None:
    with pytest.raises(UnreadableIndexError, match=f"Qdrant at {address} cannot be used"):
        find_holder(settings.model_copy(update={"qdrant": address}))
