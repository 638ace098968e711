import hashlib
import json
import re
from pathlib import Path

import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import Publish, Step, build_index, find_staleness
from acobot.encoder import ModelFolder
from acobot.errors import DamagedIndexError, NoIndexError, SourcesError, WrongModelError
from acobot.index import Corpus, Store, Version
from acobot.passages import split_sentences
from acobot.settings import Settings
from acobot.sources.kinds import ENDINGS
from tests.fakes import ENGLISH, WordEncoder, build, fake_settings, write_sources

CATS = "# Cats\n\nCats sleep in the sun. Cats drink milk.\n\n## Play\n\nKittens chase string.\n"
DOGS = "# Dogs\n\nDogs chase balls in the park.\n"
BIRDS = "# Birds\n\nBirds sing at dawn.\n"


def live(settings: Settings) -> Version:
    return Store(settings.index).open_current()


def load_words(_: ModelFolder) -> WordEncoder:
    return WordEncoder()


def load_nothing(_: ModelFolder) -> WordEncoder:
    raise AssertionError("an encoder was loaded")


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a version, its manifest but for the time at which it was built."""
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    # When it was built, and where the model lay.
    assert all(manifest.pop(key) for key in ("built", "model", "sha256"))
    return found | {"manifest.json": json.dumps(manifest)}


def test_the_first_build_adds_everything(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "more/dogs.md": DOGS, "picture.jpg": b"...", "README.md": "no"})
    report = build(settings)
    assert report.built
    assert report.added == ("cats", "more/dogs")
    assert (report.changed, report.removed, report.reused, report.bad) == ((), (), (), ())
    assert report.ignored == ("picture.jpg",)
    assert report.passages == 3
    assert report.index_id == Store(settings.index).current_id()


def test_a_draft_is_passed_over_and_taken_away(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})
    build(settings)
    write_sources(settings.sources, {"dogs.md": f"---\ndraft: true\n---\n{DOGS}"})
    report = build(settings)
    assert (report.removed, report.ignored, report.bad) == (("dogs",), ("dogs.md",), ())


def test_a_later_build_says_what_became_of_each_source(settings: Settings) -> None:
    write_sources(settings.sources, {"birds.md": BIRDS, "cats.md": CATS, "dogs.md": DOGS})
    build(settings)
    (settings.sources / "birds.md").unlink()
    write_sources(settings.sources, {"cats.md": CATS + "\nCats purr.\n", "fish.md": "# Fish\n\nFish swim.\n"})
    report = build(settings)
    assert (report.added, report.changed, report.removed, report.reused) == (
        ("fish",),
        ("cats",),
        ("birds",),
        ("dogs",),
    )


def test_an_unchanged_build_loads_no_encoder_and_writes_nothing(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    first = build(settings)
    before = digests(Store(settings.index).path(first.index_id))
    second = build_index(settings, load=load_nothing)
    assert not second.built
    assert second.index_id == first.index_id
    assert second.reused == ("cats",)
    assert digests(Store(settings.index).path(first.index_id)) == before


def test_going_back_to_earlier_sources_goes_back_to_their_version(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    first = build(settings)
    write_sources(settings.sources, {"cats.md": DOGS})
    build(settings)
    write_sources(settings.sources, {"cats.md": CATS})
    assert build_index(settings, load=load_nothing).index_id == first.index_id == live(settings).id


def test_equal_sources_have_equal_files_wherever_they_are_built(tmp_path: Path) -> None:
    folders = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        settings = fake_settings(tmp_path / name)
        # Written in another order, and there with another version before it.
        texts = {"cats.md": CATS, "dogs.md": DOGS, "birds.md": BIRDS}
        write_sources(settings.sources, texts if name == "here" else dict(reversed(texts.items())))
        if name == "there":
            write_sources(settings.sources, {"dogs.md": BIRDS})
            build(settings)
            write_sources(settings.sources, {"dogs.md": DOGS})
        folders.append(Store(settings.index).path(build(settings).index_id))
    assert folders[0].name == folders[1].name
    assert digests(folders[0]) == digests(folders[1])


def test_a_token_file_keeps_its_name_while_its_source_stays_the_same(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    build(settings)
    alone = live(settings).corpus.passage(0).token_file
    write_sources(settings.sources, {"birds.md": BIRDS})
    build(settings)
    version = live(settings)
    names = {n: version.corpus.passage(n).token_file for n in range(version.corpus.passages)}
    assert [names[n] for n in version.corpus.range_of("cats")] == [alone, alone]
    assert len(set(names.values())) == 2


def test_every_sentence_has_a_vector_for_every_word(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})
    build(settings)
    version = live(settings)
    said = []
    for number in range(version.corpus.passages):
        stored = version.corpus.passage(number)
        source = version.corpus.source(stored.passage.source_id)
        for one in stored.sentences:
            text = source.text[one.sentence.start : one.sentence.end]
            run = version.token_vectors.run(stored.token_file, one.first_token, one.last_token)
            expected = WordEncoder().encode([text])[0]
            assert run.pieces.tolist() == expected.pieces.tolist()
            assert run.vectors == pytest.approx(expected.tokens)
            said.append((source.id, one.sentence))
    sources = map(version.corpus.source, version.corpus.source_ids)
    quotable = [
        (s.id, sentence)
        for s in sources
        for b in s.blocks
        if b.quotable
        for sentence in split_sentences(s.text, b, ENGLISH)
    ]
    assert said == quotable


def test_many_copies_of_one_text_are_a_good_index(settings: Settings) -> None:
    write_sources(settings.sources, {f"copy-{number}.md": CATS for number in range(30)})
    assert build(settings).passages == 60
    answer = Assistant(Store(settings.index), Means(WordEncoder())).ask("Do kittens chase string?")
    assert answer.quotes[0].text == "Kittens chase string."


def test_if_strict_all_bad_files_are_named_at_once_and_nothing_changes(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    before = build(settings).index_id
    write_sources(settings.sources, {"cats.md": DOGS, "a.md": "", "b.txt": b"caf\x81", "c.md": "---\nkind: C\n---\nC."})
    with pytest.raises(SourcesError, match=r"3 of the sources in .* cannot be read; nothing was changed\.") as raised:
        build_index(settings, strict=True, load=load_words)
    assert [problem.path for problem in raised.value.problems] == ["a.md", "b.txt", "c.md"]
    assert "Mend them; without --strict their last good versions stay" in str(raised.value)
    assert "c.md, line 2: 'kind' is 'C'" in str(raised.value)
    assert live(settings).id == before


@pytest.mark.parametrize("text", ["…", "# Heading\n\n!!!\n\n–\n", "* * *\n\n.\n"])
def test_a_file_without_words_to_quote_is_bad(settings: Settings, text: str) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "silent.md": text})
    [bad] = build(settings).bad
    assert re.fullmatch(r"silent\.md: .*; write its text, or take the file away; it is left out", str(bad))


def test_a_file_over_the_size_that_is_set_is_bad(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    small = settings.model_copy(update={"max_source_bytes": 10})
    with pytest.raises(SourcesError, match=r"cats\.md: it is too big .* raise ACOBOT_MAX_SOURCE_BYTES"):
        build(small)  # there is nothing else


def test_bad_files_that_never_were_good_are_left_out(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "a.md": "", "b.txt": b"caf\x81", "silent.md": "…"})
    report = build(settings)
    assert [(bad.problem.path, bad.keeps) for bad in report.bad] == [("a.md", ()), ("b.txt", ()), ("silent.md", ())]
    assert report.added == ("cats",)
    assert live(settings).corpus.source_ids == ("cats",)


@pytest.mark.parametrize("names", [[], ["README.md"], ["picture.jpg", ".hidden.md", "_draft.md"]])
def test_a_folder_without_sources_is_refused(settings: Settings, names: list[str]) -> None:
    write_sources(settings.sources, dict.fromkeys(names, CATS))
    with pytest.raises(SourcesError, match=r"there are no sources in .*/sources; add \.md, .* or \.docx files"):
        build(settings)
    assert not settings.index.exists()


def test_a_folder_without_sources_is_told_every_format(settings: Settings) -> None:
    with pytest.raises(SourcesError) as refused:
        build(settings)
    for ending in ENDINGS:
        assert ending in str(refused.value)


def test_only_bad_files_are_no_sources_either(settings: Settings) -> None:
    write_sources(settings.sources, {"a.md": ""})
    with pytest.raises(SourcesError, match=r"there are no sources in .*\n  a\.md: it is empty"):
        build(settings)


def test_a_missing_folder_is_named_with_the_flag(settings: Settings) -> None:
    settings.sources.rmdir()
    with pytest.raises(SourcesError, match=r"there is no folder '.*/sources'; name one .* with --sources"):
        build(settings)


def test_a_file_is_read_once_and_built_as_it_was_read(settings: Settings) -> None:
    write_sources(settings.sources, {"birds.md": BIRDS})

    def meddle(step: Step, done: int, total: int, name: str) -> None:
        if (step, name) == (Step.INDEXING, "birds.md"):
            write_sources(settings.sources, {"birds.md": BIRDS + "\nBirds fly.\n"})

    first = build_index(settings, progress=meddle, load=load_words)
    assert "Birds fly." not in Corpus(Store(settings.index).path(first.index_id)).source("birds").text
    assert build(settings).changed == ("birds",)


def test_what_does_not_stay_in_memory_and_changes_while_the_index_is_built_stops_the_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acobot.build.inputs.MOST_KEPT", 0)
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})
    before = build(settings).index_id
    write_sources(settings.sources, {"birds.md": BIRDS})

    def meddle(step: Step, done: int, total: int, name: str) -> None:
        if (step, name) == (Step.INDEXING, "birds.md"):
            write_sources(settings.sources, {"birds.md": BIRDS + "\nBirds fly.\n"})

    with pytest.raises(
        SourcesError, match=r"birds\.md: it changed while the index was built; run 'acobot index' again"
    ):
        build_index(settings, progress=meddle, load=load_words)
    assert live(settings).id == before
    assert build(settings).added == ("birds",)


def test_a_file_that_goes_away_while_the_sources_are_read_is_left_out(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})

    def meddle(step: Step, done: int, total: int, name: str) -> None:
        (settings.sources / "dogs.md").unlink(missing_ok=True)

    [bad] = build_index(settings, progress=meddle, load=load_words).bad
    assert str(bad.problem).startswith("dogs.md: it cannot be read (No such file or directory)")
    assert live(settings).corpus.source_ids == ("cats",)


def test_what_does_not_stay_in_memory_and_goes_away_while_the_index_is_built_stops_the_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acobot.build.inputs.MOST_KEPT", 0)
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})

    def meddle(step: Step, done: int, total: int, name: str) -> None:
        if step is Step.INDEXING:
            (settings.sources / "dogs.md").unlink(missing_ok=True)

    with pytest.raises(SourcesError, match=r"dogs\.md: it cannot be read \(No such file or directory\)"):
        build_index(settings, progress=meddle, load=load_words)
    with pytest.raises(NoIndexError):
        live(settings)


def test_progress_names_each_file_and_ends_with_all_done(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "more/dogs.md": DOGS})
    seen: list[tuple[str, int, int, str]] = []

    def progress(step: Step, done: int, total: int, name: str) -> None:
        seen.append((step.value, done, total, name))

    build_index(settings, progress=progress, load=load_words)
    files = [(0, 2, "cats.md"), (1, 2, "more/dogs.md")]
    assert seen == [
        *(("reading", *file) for file in files),
        *(("indexing", *file) for file in files),
        ("indexing", 2, 2, ""),
    ]


def test_an_index_of_another_format_is_built_anew(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    store = Store(settings.index)
    other = store.path("0123456789abcdef")
    other.mkdir(parents=True)
    (other / "manifest.json").write_text('{"format": 99}')
    (settings.index / "current").write_text(f"{other.name}\n")
    with pytest.raises(WrongModelError, match="is of format 99"):
        find_staleness(settings)
    assert build(settings).built
    assert live(settings).corpus.source_ids == ("cats",)


def asked(settings: Settings, text: str, question: str) -> tuple[str, ...]:
    """Under which heading the passage stands that is found first for a question, when the source is this text."""
    write_sources(settings.sources, {"a.md": text})
    build(settings)
    found = Assistant(Store(settings.index), Means(WordEncoder())).search(question, [], 1)
    return found.candidates.chosen[0].stored.passage.heading


SECTIONS = "# Pets\n\nPets live in houses.\n\n## Cats\n{cats}\nCats nap.\n{below}\n## Dogs\n\nDogs bark.\n"
HINT = "\n<!-- asks: Zebra or okapi? -->\n"


def test_a_question_from_asks_finds_the_section_under_whose_heading_it_stands(settings: Settings) -> None:
    assert asked(settings, SECTIONS.format(cats=HINT, below=""), "Zebra or okapi?") == ("Cats",)


def test_also_when_it_stands_below_the_text_of_the_section(settings: Settings) -> None:
    assert asked(settings, SECTIONS.format(cats="", below=HINT), "Zebra or okapi?") == ("Cats",)


def test_under_a_heading_without_text_it_stands_for_the_next_section_with_text(settings: Settings) -> None:
    text = f"# Pets\n\nPets live in houses.\n\n## Others\n{HINT}\n### Rare\n\nNewts swim.\n\n## Dogs\n\nDogs bark.\n"
    assert asked(settings, text, "Zebra or okapi?") == ("Others", "Rare")


def test_below_everything_it_stands_for_the_last_section(settings: Settings) -> None:
    assert asked(settings, SECTIONS.format(cats="", below="") + HINT, "Zebra or okapi?") == ("Dogs",)


def test_in_the_front_matter_it_stands_for_the_passage_that_it_is_nearest_to(settings: Settings) -> None:
    front = "---\nasks:\n  - Which zebra okapi can bark?\n---\n"
    assert asked(settings, front + SECTIONS.format(cats="", below=""), "zebra okapi") == ("Dogs",)


def test_without_asks_their_words_find_nothing_and_the_index_is_another(settings: Settings) -> None:
    write_sources(settings.sources, {"a.md": SECTIONS.format(cats=HINT, below="")})
    with_asks = build(settings).index_id
    version = live(settings)
    assert len(version.dense) == version.corpus.passages + 1
    assert version.words.scores("zebra").max() > 0
    settings = settings.model_copy(update={"asks": False})
    assert build(settings).index_id != with_asks
    version = live(settings)
    assert len(version.dense) == version.corpus.passages
    assert version.words.scores("zebra").max() == 0


def test_asks_are_never_quoted(settings: Settings) -> None:
    write_sources(settings.sources, {"a.md": SECTIONS.format(cats=HINT, below="")})
    build(settings)
    corpus = live(settings).corpus
    assert not any("Zebra" in corpus.passage(number).text for number in range(corpus.passages))


def test_a_fresh_index_is_not_stale(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    build(settings)
    stale = find_staleness(settings)
    assert not stale
    assert (stale.added, stale.changed, stale.removed, stale.otherwise, stale.bad) == ((), (), (), False, ())


def test_staleness_names_the_sources(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": DOGS})
    build(settings)
    write_sources(settings.sources, {"birds.md": BIRDS, "cats.md": CATS + "\nCats purr.\n"})
    (settings.sources / "dogs.md").unlink()
    stale = find_staleness(settings)
    assert stale
    assert (stale.added, stale.changed, stale.removed, stale.otherwise) == (("birds",), ("cats",), ("dogs",), False)


def test_an_index_built_without_a_bad_file_is_not_stale_but_it_stays_named(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "dogs.md": ""})
    build(settings)
    stale = find_staleness(settings)
    assert not stale
    assert [bad.problem.path for bad in stale.bad] == ["dogs.md"]


def test_another_model_or_setting_makes_an_index_stale(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    build(settings)
    assert find_staleness(settings.model_copy(update={"asks": False})).otherwise
    (Path(settings.model) / "model.safetensors").write_bytes(b"other words")
    stale = find_staleness(settings)
    assert stale
    assert (stale.added, stale.changed, stale.removed, stale.otherwise) == ((), (), (), True)


def test_without_an_index_or_with_a_damaged_one_there_is_nothing_to_be_stale(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    with pytest.raises(NoIndexError, match="build one with 'acobot index'"):
        find_staleness(settings)
    (Store(settings.index).path(build(settings).index_id) / "manifest.json").write_text("{")
    with pytest.raises(DamagedIndexError, match="is not a manifest"):
        find_staleness(settings)


def test_what_changed_beside_the_sources_is_named(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "_limits.yaml": LIMIT, "_site.yaml": "title: Cats\n"})
    build(settings)
    assert find_staleness(settings).beside == ()
    write_sources(settings.sources, {"_limits.yaml": LIMIT.replace("No source", "None")})
    (settings.sources / "_site.yaml").unlink()
    stale = find_staleness(settings)
    assert stale
    assert (stale.beside, stale.otherwise) == (("_limits.yaml", "_site.yaml"), False)


LIMIT = "- asks: ['Who pays?']\n  say: No source says.\n  see: cats\n"


def test_limits_are_part_of_the_index_and_its_id(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep.\n"})
    without = build(settings).index_id
    write_sources(settings.sources, {"_limits.yaml": LIMIT})
    assert find_staleness(settings)
    with_limits = build(settings).index_id
    assert with_limits != without
    version = Store(settings.index).open_current()
    found = version.corpus.limit_ask(0)
    limit, asked = found.limit, found.text
    assert (limit.say, limit.source_id, asked) == ("No source says.", "cats", "Who pays?")
    assert len(version.limits) == 1


def test_the_questions_of_limits_are_encoded_once(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep.\n", "_limits.yaml": LIMIT})
    build(settings)
    encoder = WordEncoder()
    write_sources(settings.sources, {"_limits.yaml": LIMIT + "- asks: ['Who eats?']\n  say: No source says.\n"})
    build(settings, encoder)
    assert encoder.texts == ["Who eats?"]


@pytest.mark.parametrize(
    ("see", "reason"),
    [
        ("dogs", "'see' names 'dogs', but there is no such source; name one by its id"),
        ("cats#Food", "'see' names the heading 'Food', which 'cats' does not have; write one as it stands there"),
    ],
)
def test_a_limit_that_points_nowhere_is_named_and_told_without_a_link(
    settings: Settings, see: str, reason: str
) -> None:
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep.\n"})
    before = build(settings).index_id
    write_sources(settings.sources, {"_limits.yaml": f"- asks: ['Who pays?']\n  say: No.\n  see: {see}\n"})
    with pytest.raises(SourcesError) as caught:
        build_index(settings, strict=True, load=load_words)
    assert [str(one) for one in caught.value.problems] == [f"_limits.yaml, line 1: {reason}"]
    assert Store(settings.index).live_id() == before
    told = f"_limits.yaml, line 1: {reason}; until then it is told without a link"
    for report in (build(settings), build(settings), find_staleness(settings)):
        assert [str(one) for one in report.bad] == [told]
    limit = live(settings).corpus.limit_ask(0).limit
    assert (limit.say, limit.source_id, limit.address) == ("No.", "", "")


@pytest.mark.parametrize("live_before", [True, False])
def test_a_limit_that_points_nowhere_is_refused_if_strict_also_where_it_was_built_before(
    settings: Settings, live_before: bool
) -> None:
    write_sources(settings.sources, {"cats.md": "# Cats\n\nCats sleep.\n"})
    first = build(settings).index_id
    write_sources(settings.sources, {"_limits.yaml": LIMIT.replace("cats", "dogs")})
    second = build(settings, publish=Publish.UNLESS_PINNED if live_before else Publish.NEVER).index_id
    before = second if live_before else first
    for full in (False, True):
        with pytest.raises(SourcesError, match="the limits cannot be used; nothing was changed") as caught:
            build_index(settings, full=full, strict=True, publish=Publish.ALWAYS, load=load_words)
        assert [str(one) for one in caught.value.problems] == [
            "_limits.yaml, line 1: 'see' names 'dogs', but there is no such source; name one by its id"
        ]
        assert Store(settings.index).live_id() == before
