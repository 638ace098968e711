"""A file that cannot be read keeps its last good version, all other changes go through, and it is named till mended."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from acobot.build import build_index, find_staleness
from acobot.build.reuse import Earlier
from acobot.errors import SourcesError, WrongModelError
from acobot.index import Store, open_store
from acobot.languages import load_language, loading
from acobot.settings import Settings
from acobot.sources.kinds import ENDINGS
from tests.documents import lines, make_docx, make_pdf, paragraph
from tests.fakes import build, fake_settings, write_sources
from tests.office_files import make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx
from tests.unit.conftest import Run
from tests.unit.test_build import BIRDS, CATS, DOGS, digests, live, load_nothing

BROKEN = '---\ntitle: "Dogs\npublished: 2018\n---\n\nDogs bark.\n'
LIMIT = "- asks: ['Who pays?']\n  say: No source says.\n  see: cats\n"


def pdf(*pages: str) -> bytes:
    return make_pdf(*(lines(72, 700, page) for page in pages))


PDF = pdf("Dogs bark at night.", "Cats sleep in the sun.")


def good(settings: Settings, **others: str) -> str:
    write_sources(settings.sources, {"birds.md": BIRDS, "cats.md": CATS, "dogs.md": DOGS} | others)
    return build(settings).index_id


def text_of(settings: Settings, source_id: str) -> str:
    return live(settings).corpus.source(source_id).text


def test_a_typing_error_keeps_what_was_good_and_everything_else_goes_through(settings: Settings) -> None:
    good(settings)
    before = text_of(settings, "dogs")
    (settings.sources / "birds.md").unlink()
    write_sources(settings.sources, {"dogs.md": BROKEN, "cats.md": CATS + "\nCats purr.\n", "fish.md": "Fish swim.\n"})
    report = build(settings)
    assert (report.added, report.changed, report.removed, report.reused) == (
        ("fish",),
        ("cats",),
        ("birds",),
        ("dogs",),
    )
    [bad] = report.bad
    assert (bad.problem.path, bad.problem.line, bad.keeps) == ("dogs.md", 3, ("dogs",))
    assert str(bad).endswith("; its last good version stands in its place")
    assert text_of(settings, "dogs") == before
    assert Store(settings.index).history().removed.keys() == {"birds"}


def test_where_nothing_else_changed_nothing_is_built(settings: Settings) -> None:
    before = good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN})
    report = build_index(settings, load=load_nothing)
    assert (report.index_id, report.built, report.removed) == (before, False, ())
    assert [bad.keeps for bad in report.bad] == [("dogs",)]


def test_it_is_named_until_it_is_mended(settings: Settings) -> None:
    good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN})
    for _ in range(2):
        assert [bad.problem.path for bad in build(settings).bad] == ["dogs.md"]
        assert [bad.problem.path for bad in find_staleness(settings).bad] == ["dogs.md"]
        assert [bad.problem.path for bad in Store(settings.index).leftovers().bad] == ["dogs.md"]
    write_sources(settings.sources, {"dogs.md": DOGS + "\nPuppies nap.\n"})
    assert build(settings).bad == find_staleness(settings).bad == Store(settings.index).leftovers().bad == ()
    assert text_of(settings, "dogs").endswith("Puppies nap.\n")


@pytest.mark.parametrize("full", [False, True])
def test_what_is_kept_has_the_id_and_the_bytes_that_it_had(settings: Settings, tmp_path: Path, full: bool) -> None:
    """A full build takes no vectors over: it encodes anew the text that it had kept."""
    write_sources(settings.sources, {"report.pdf": PDF})
    good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN, "report.pdf": b"%PDF-1.4 cut", "cats.md": CATS + "\nOh.\n"})
    report = build(settings, full=full)
    (tmp_path / "there").mkdir()
    there = fake_settings(tmp_path / "there")
    write_sources(there.sources, {"report.pdf": PDF})
    good(there, **{"cats.md": CATS + "\nOh.\n"})
    same = Store(settings.index).path(report.index_id), Store(there.index).path(Store(there.index).live_id())
    assert same[0].name == same[1].name
    assert digests(same[0]) == digests(same[1])


def test_without_a_last_good_version_the_id_is_another(settings: Settings, tmp_path: Path) -> None:
    good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN})
    (tmp_path / "fresh").mkdir()
    fresh = fake_settings(tmp_path / "fresh")
    write_sources(fresh.sources, {"birds.md": BIRDS, "cats.md": CATS, "dogs.md": BROKEN})
    report = build(fresh)
    assert [(bad.problem.path, bad.keeps, bad.instead) for bad in report.bad] == [("dogs.md", (), "it is left out")]
    assert report.index_id != build(settings).index_id


def test_an_acobot_that_reads_otherwise_keeps_the_last_good_version(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = good(settings)
    before = text_of(settings, "dogs")
    write_sources(settings.sources, {"dogs.md": BROKEN})
    monkeypatch.setattr(loading, "READING", loading.READING + 1)
    pack = shutil.copytree(Path(loading.__file__).parent / settings.language, tmp_path / "pack")
    later = settings.model_copy(update={"language": str(pack)})  # the same rules, read anew: packs are kept once read
    with pytest.raises(WrongModelError, match=r"made by other rules of language or reading .*; run 'acobot index'"):
        open_store(later).open_current()
    report = build(later)
    assert (report.index_id != first, report.reused, report.bad[0].keeps) == (True, (), ("dogs",))
    assert open_store(later).open_current().corpus.source("dogs").text == before


def test_other_rules_of_language_leave_what_is_kept_as_it_was_read(settings: Settings) -> None:
    good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN})
    german = settings.model_copy(update={"language": "de"})
    first = build(german)
    assert live(german).corpus.source_ids == ("birds", "cats", "dogs")
    [entry] = [one for one in live(german).manifest.sources if one.read_by]
    assert (entry.id, entry.read_by) == ("dogs", load_language(settings.language).digest)
    assert build_index(german, load=load_nothing).index_id == first.index_id
    write_sources(settings.sources, {"dogs.md": DOGS})  # as it was, and read by the new rules
    mended = build(german)
    assert mended.index_id != first.index_id
    assert not any(one.read_by for one in live(german).manifest.sources)


def too_big(folder: Path) -> None:
    (folder / "dogs.md").write_bytes(b"Dogs bark. " * 2_000_000)


def unreadable(folder: Path) -> None:
    (folder / "dogs.md").unlink()
    (folder / "dogs.md").symlink_to("nowhere.md")


def a_device(folder: Path) -> None:
    (folder / "dogs.md").unlink()
    os.mkfifo(folder / "dogs.md")


def a_broken_sidecar(folder: Path) -> None:
    write_sources(folder, {"dogs.yaml": 'title: "Dogs\n'})


def a_sidecar_that_is_a_device(folder: Path) -> None:
    os.mkfifo(folder / "dogs.yaml")


def another_ending_and_broken(folder: Path) -> None:
    (folder / "dogs.md").unlink()
    write_sources(folder, {"dogs.pdf": b"%PDF-1.4 cut"})


def not_text(folder: Path) -> None:
    write_sources(folder, {"dogs.md": b"Dogs\0bark."})


def nothing_to_quote(folder: Path) -> None:
    write_sources(folder, {"dogs.md": "# Dogs\n"})


@pytest.mark.parametrize(
    "spoil",
    [
        too_big,
        unreadable,
        a_device,
        a_broken_sidecar,
        a_sidecar_that_is_a_device,
        another_ending_and_broken,
        not_text,
        nothing_to_quote,
    ],
)
def test_whatever_is_wrong_the_source_stays(settings: Settings, spoil: Callable[[Path], None]) -> None:
    good(settings)
    spoil(settings.sources)
    (settings.sources / "birds.md").unlink()
    report = build(settings)
    assert [bad.keeps for bad in report.bad] == [("dogs",)]
    assert live(settings).corpus.source_ids == ("cats", "dogs")
    assert text_of(settings, "dogs") == DOGS


def test_another_file_of_the_same_id_does_not_push_out_the_one_that_is_there(settings: Settings) -> None:
    good(settings)
    write_sources(settings.sources, {"dogs.htm": "<p>Wolves howl at the moon all night.</p>"})
    report = build(settings)
    assert [(bad.problem.path, bad.keeps) for bad in report.bad] == [("dogs.htm", ())]
    assert text_of(settings, "dogs") == DOGS


def test_a_source_that_was_taken_away_does_not_come_back_for_its_sidecar(settings: Settings) -> None:
    good(settings, **{"dogs.yaml": "title: Dogs\n"})
    (settings.sources / "dogs.md").unlink()
    report = build(settings)
    assert (report.removed, [bad.problem.path for bad in report.bad]) == (("dogs",), ["dogs.yaml"])


def test_a_source_that_was_removed_does_not_come_back_as_it_was(settings: Settings) -> None:
    good(settings)
    (settings.sources / "dogs.md").unlink()
    build(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN})
    assert [bad.keeps for bad in build(settings).bad] == [()]
    assert live(settings).corpus.source_ids == ("birds", "cats")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_keeps_all_its_sources(settings: Settings) -> None:
    good(settings, **{"more/apes.md": "Apes climb.\n", "more/bees.md": "Bees hum.\n"})
    (settings.sources / "more").chmod(0)
    try:
        [bad] = build(settings).bad
    finally:
        (settings.sources / "more").chmod(0o755)
    assert (bad.problem.path, bad.keeps) == ("more", ("more/apes", "more/bees"))
    assert "more/bees" in live(settings).corpus.source_ids


def test_what_was_read_of_a_folder_is_known_by_its_path(settings: Settings) -> None:
    good(settings, **{"more/apes.md": "Apes climb.\n", "more-bees.md": "Bees hum.\n"})
    earlier = Earlier(Store(settings.index))
    for path, ids in (("more", ["more/apes"]), ("dogs.pdf", ["dogs"]), ("dogs.yaml", ["dogs"]), (".", []), ("d", [])):
        assert [loan.entry.id for loan in earlier.last_good(path)] == ids


def test_broken_limits_and_a_broken_site_keep_what_they_said(settings: Settings) -> None:
    good(settings, **{"_limits.yaml": LIMIT, "_site.yaml": "title: Pets\n"})
    write_sources(settings.sources, {"_limits.yaml": "- say: No.\n", "_site.yaml": "titel: Pets\n"})
    (settings.sources / "birds.md").unlink()
    report = build(settings)
    assert [bad.problem.path for bad in report.bad] == ["_limits.yaml", "_site.yaml"]
    assert all(bad.instead == "its last good version stands in its place" for bad in report.bad)
    version = live(settings)
    assert (version.manifest.site.title, version.corpus.limit_ask(0).text) == ("Pets", "Who pays?")
    (settings.sources / "_limits.yaml").unlink()
    build(settings)
    assert live(settings).corpus.limit_asks == 0


def test_limits_that_never_were_good_are_left_out(settings: Settings) -> None:
    write_sources(settings.sources, {"cats.md": CATS, "_limits.yaml": "- say: No.\n"})
    [bad] = build(settings).bad
    assert str(bad).startswith("_limits.yaml, line 1: an entry needs 'asks'")
    assert bad.instead == "it is left out"


SAYS = "Rule 7 holds for all who come."
# By ending: a file that can be read, and what became of it.
KINDS: dict[str, tuple[str | bytes, str | bytes]] = {
    ".md": (SAYS, f"---\nkind: novel\n---\n{SAYS}"),
    ".txt": (SAYS, b"caf\x81\n"),
    ".html": (f"<main><h1>Rules</h1><p>{SAYS}</p></main>", "<!DOCTYPE html [ <!ENTITY a 'b'> ]><p>&a;</p>"),
    ".htm": (f"<main><h1>Rules</h1><p>{SAYS}</p></main>", b"<meta charset=shift_jis><p>\xfd\xff\xfd"),
    ".pdf": (PDF, PDF[:-200]),
    ".docx": (word := make_docx(paragraph(SAYS)), word[:-200]),
    ".xlsx": (book := make_xlsx(("Rules", [["Rule", "Text"], ["7", SAYS]])), book[:-200]),
    ".csv": (f"Rule;Text\n7;{SAYS}\n", b"Rule;Text\n7;a\0b\n"),
    ".pptx": (slides := make_pptx(("Rules", [SAYS])), slides[:-200]),
    ".odt": (odt := make_odt(f"<text:p>{SAYS}</text:p>"), odt[:-200]),
    ".rtf": (rtf := make_rtf(rf"\pard {SAYS}\par"), rtf[:-1]),
    ".epub": (epub := make_epub([("one.xhtml", f"<p>{SAYS}</p>")]), epub[:-200]),
    ".eml": (make_eml(SAYS), SAYS),
}


def test_two_hundred_files_one_of_each_kind_broken(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert KINDS.keys() == ENDINGS
    texts = {f"page-{number:03}.md": f"# Page {number}\n\nRule {number} holds for all.\n" for number in range(185)}
    whole = {f"{ending[1:]}{ending}": good for ending, (good, _) in KINDS.items()}
    beside = {
        "sidecar.txt": "Apes climb trees and eat fruit.\n",
        "sidecar.yaml": "title: Apes\n",
        "_limits.yaml": "- asks: ['Who pays?']\n  say: No source says.\n",
        "_site.yaml": "title: Pets\n",
    }
    write_sources(settings.sources, texts | whole | beside)
    before = build(settings)
    assert (len(before.added), before.bad) == (199, ())
    kept = {ending[1:]: text_of(settings, ending[1:]) for ending in KINDS}
    broken: dict[str, str | bytes] = {
        **{f"{ending[1:]}{ending}": bad for ending, (_, bad) in KINDS.items()},
        "sidecar.yaml": 'title: "Apes\n',
        "_limits.yaml": "- say: No.\n",
        "_site.yaml": "titel: Pets\n",
        "new.docx": b"no Word file",
    }
    others = {"page-000.md": "# Page 0\n\nRule 0 is gone.\n", "owls.md": "Owls hoot.\n"}
    write_sources(settings.sources, broken | others)
    (settings.sources / "page-001.md").unlink()
    report = build(settings)
    assert sorted(bad.problem.path for bad in report.bad) == sorted(broken)
    assert sorted(one for bad in report.bad for one in bad.keeps) == sorted([*kept, "sidecar"])
    assert [bad.problem.path for bad in report.bad if bad.instead == "it is left out"] == ["new.docx"]
    assert (report.added, report.changed, report.removed) == (("owls",), ("page-000",), ("page-001",))
    assert len(live(settings).corpus.source_ids) == len(before.added)
    assert {one: text_of(settings, one) for one in kept} == kept
    assert run("check") == 1
    told = capsys.readouterr().err
    assert [name for name in broken if f"cannot be read: {name}" not in told] == []


def test_check_and_index_and_sources_say_it_each_time(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN, "new.md": ""})
    named = "warning: cannot be read: dogs.md, line 3: "
    for _ in range(2):
        assert run("index") == 0
        out, err = capsys.readouterr()
        assert named in err
        assert "2 files are not as they should be; the last good version of 1 source stands" in out
        assert run("check") == 1
        out, err = capsys.readouterr()
        assert named in err
        assert out.startswith("not all read: 2 files are not as they should be")
    assert run("index", "--strict") == 3
    assert "nothing was changed" in capsys.readouterr().err
    assert run("index", "--skip-bad") == 0


def test_a_file_that_is_bad_is_refused_where_strict(settings: Settings) -> None:
    before = good(settings)
    write_sources(settings.sources, {"dogs.md": BROKEN, "_site.yaml": "titel: Pets\n"})
    with pytest.raises(SourcesError) as caught:
        build_index(settings, strict=True, load=load_nothing)
    assert [problem.path for problem in caught.value.problems] == ["dogs.md", "_site.yaml"]
    assert Store(settings.index).live_id() == before


@pytest.mark.parametrize("written", ["", "[]", '{"bad": [1], "ignored": []}', json.dumps({"bad": []})])
def test_a_damaged_note_is_forgotten(settings: Settings, written: str) -> None:
    good(settings)
    (settings.index / "leftovers.json").write_text(written)
    assert Store(settings.index).leftovers().bad == ()


@pytest.mark.parametrize("name", ["_limits.yaml", "_site.yaml"])
@pytest.mark.parametrize(("kind", "reason"), [("link", "a link out of the sources"), ("pipe", "a device or a pipe")])
def test_what_stands_beside_the_sources_is_no_link_out_of_them_and_no_pipe(
    settings: Settings, name: str, kind: str, reason: str
) -> None:
    write_sources(settings.sources, {"cats.md": CATS})
    elsewhere = settings.sources.parent / "elsewhere.yaml"
    elsewhere.write_text(LIMIT if name == "_limits.yaml" else "title: Secret\n")
    if kind == "link":
        (settings.sources / name).symlink_to(elsewhere)
    else:
        os.mkfifo(settings.sources / name)  # which would be waited for
    [bad] = build(settings).bad
    assert bad.problem.path == name
    assert reason in bad.problem.reason
    version = live(settings)
    assert (version.manifest.site.title, version.corpus.limit_asks) == ("acobot", 0)
    if kind == "link":
        assert not build(settings.model_copy(update={"follow_links": (elsewhere.parent,)})).bad
