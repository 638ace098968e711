import json
from pathlib import Path

import pytest

from acobot.errors import DamagedIndexError, WrongModelError
from acobot.index import Manifest, SourceEntry, index_id
from acobot.index.manifest import FORMAT, check_contents, check_sizes, describe_file, read_manifest, write_manifest
from acobot.sources import Site

MODEL, LANGUAGE, ASKS = "a" * 64, "c" * 64, {"asks": True}
FILES = [("cats", "1" * 64), ("dogs", "2" * 64)]


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """A version of two files, with its manifest."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "one").write_bytes(b"first")
    (tmp_path / "two").write_bytes(b"second")
    manifest = Manifest(
        id=index_id(MODEL, LANGUAGE, ASKS, FILES),
        format=FORMAT,
        model="a model",
        model_sha256=MODEL,
        dimension=384,
        language="en",
        language_sha256=LANGUAGE,
        settings=ASKS,
        site=Site(subject="cats and dogs"),
        sources=(SourceEntry("cats", "cats.md", "1" * 64, "3" * 64, "Cats", 2),),
        passages=2,
        sentences=5,
        files=(describe_file(tmp_path, tmp_path / "part" / "one"), describe_file(tmp_path, tmp_path / "two")),
        built="2018-04-01T12:00:00+00:00",
    )
    write_manifest(tmp_path, manifest)
    return tmp_path


def test_equal_input_has_an_equal_id_in_whatever_order() -> None:
    assert index_id(MODEL, LANGUAGE, ASKS, FILES) == index_id(MODEL, LANGUAGE, dict(ASKS), FILES[::-1])
    assert len(index_id(MODEL, LANGUAGE, ASKS, FILES)) == 16


def test_whatever_changes_the_index_changes_its_id() -> None:
    ids = [
        index_id(MODEL, LANGUAGE, ASKS, FILES),
        index_id("b" * 64, LANGUAGE, ASKS, FILES),
        index_id(MODEL, "d" * 64, ASKS, FILES),
        index_id(MODEL, LANGUAGE, {"asks": False}, FILES),
        index_id(MODEL, LANGUAGE, ASKS, [("cats", "1" * 64), ("dogs", "9" * 64)]),
        index_id(MODEL, LANGUAGE, ASKS, [("cats", "1" * 64), ("hounds", "2" * 64)]),
        index_id(MODEL, LANGUAGE, ASKS, FILES[:1]),
        index_id(MODEL, LANGUAGE, ASKS, []),
    ]
    assert len(set(ids)) == len(ids)


def test_a_manifest_is_read_as_it_was_written(version: Path) -> None:
    manifest = read_manifest(version)
    written = json.loads((version / "manifest.json").read_text())
    assert len(written.pop("sha256")) == 64
    assert written == json.loads(json.dumps(manifest.as_json()))
    assert manifest.sources[0].title == "Cats"
    assert [entry.path for entry in manifest.files] == ["part/one", "two"]


def test_files_as_they_were_written_pass(version: Path) -> None:
    check_contents(version, read_manifest(version))


def test_a_missing_file_is_named(version: Path) -> None:
    (version / "part" / "one").unlink()
    with pytest.raises(DamagedIndexError, match=r"part/one is missing; run 'acobot index --full'"):
        check_sizes(version, read_manifest(version))


def test_a_file_of_another_size_is_named_with_both_sizes(version: Path) -> None:
    (version / "two").write_bytes(b"second and more")
    with pytest.raises(DamagedIndexError, match=r"two has 15 bytes instead of 6; run 'acobot index --full'"):
        check_sizes(version, read_manifest(version))


def test_one_changed_byte_is_found(version: Path) -> None:
    (version / "two").write_bytes(b"sEcond")
    check_sizes(version, read_manifest(version))
    with pytest.raises(DamagedIndexError, match=r"two is damaged \(its SHA-256 differs\); run 'acobot index --full'"):
        check_contents(version, read_manifest(version))


@pytest.mark.parametrize(("was", "becomes"), [('"Cats"', '"Bats"'), ('"bytes": 5', '"bytes": 6'), ("18-04", "19-04")])
def test_a_manifest_that_is_not_what_was_written_is_refused(version: Path, was: str, becomes: str) -> None:
    path = version / "manifest.json"
    path.write_text(path.read_text().replace(was, becomes))
    with pytest.raises(DamagedIndexError, match=r"manifest\.json is damaged \(its SHA-256 differs\)"):
        read_manifest(version)


def test_files_that_are_known_are_looked_at_by_size_alone(version: Path) -> None:
    manifest = read_manifest(version)
    (version / "two").write_bytes(b"sEcond")
    check_contents(version, manifest, known={manifest.files[1]})
    (version / "two").write_bytes(b"second and more")
    with pytest.raises(DamagedIndexError, match="two has 15 bytes instead of 6"):
        check_contents(version, manifest, known={manifest.files[1]})


def test_another_format_is_refused_and_not_guessed_at(version: Path) -> None:
    (version / "manifest.json").write_text(json.dumps({"format": 99, "anything": "else"}))
    with pytest.raises(
        WrongModelError, match=rf"is of format 99, this acobot reads format {FORMAT}; run 'acobot index'"
    ):
        read_manifest(version)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b"\xff\xfe",
        json.dumps({"format": FORMAT}).encode(),
        json.dumps({"format": FORMAT, "sources": [], "files": [], "surprise": 1}).encode(),
        json.dumps({"format": FORMAT, "sources": [{"id": "cats"}], "files": []}).encode(),
    ],
)
def test_what_is_no_manifest_is_refused(version: Path, content: bytes) -> None:
    (version / "manifest.json").write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"manifest\.json is not a manifest; run 'acobot index --full'"):
        read_manifest(version)


def test_no_manifest_is_no_version(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError, match=r"manifest\.json cannot be read \(No such file or directory\)"):
        read_manifest(tmp_path)
