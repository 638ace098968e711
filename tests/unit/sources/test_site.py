"""What the service is about: what the folder's file may say, and what it is told where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.errors import SourceProblem, SourcesError
from acobot.sources.site import Site, read_site

KEYS = "title, heading, subject, independent_of, operator, contact"


def write(folder: Path, raw: bytes) -> Path:
    (folder / "_site.yaml").write_bytes(raw)
    return folder


def test_what_it_says_and_its_bytes(tmp_path: Path) -> None:
    raw = b"title: Owls\nsubject: the owls' rules\ncontact: 0123 456\n"
    site, kept = read_site(write(tmp_path, raw))
    assert site == Site(title="Owls", subject="the owls' rules", contact="0123 456")
    assert kept == raw


def test_nothing_said_without_a_file(tmp_path: Path) -> None:
    assert read_site(tmp_path) == (Site(), b"")


@pytest.mark.parametrize("raw", [b"", b"# nothing yet\n"])
def test_nothing_said_in_an_empty_file(tmp_path: Path, raw: bytes) -> None:
    assert read_site(write(tmp_path, raw))[0] == Site()


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"title: a\nsubjekt: b\n", 2, f"unknown key 'subjekt'; there are {KEYS}"),
        (b"title: a\nsubject: b\ntitle: c\n", 3, "'title' stands twice; keep one"),
        (b"title: [a, b]\n", 1, "the value of 'title' must be one line of text"),
        (b"title: a\nsubject: |\n  b\n  c\n", 2, "the value of 'subject' must be one line of text"),
        (b"- title\n", 1, "it must be lines of 'key: value'"),
        (b'title: a\nsubject: "\\ud83d"\n', 2, "the file holds half a character (U+D83D); write the whole character"),
        (b"title: \xe9\n", None, "it is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path, raw: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(SourcesError) as refused:
        read_site(write(tmp_path, raw))
    assert refused.value.problems == (SourceProblem("_site.yaml", reason, line),)


def test_what_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"_site\.yaml, line 2: the file is not valid YAML"):
        read_site(write(tmp_path, b"title: a\nsubject: b: c\n"))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "_site.yaml").mkdir()
    with pytest.raises(SourcesError, match="it cannot be read"):
        read_site(tmp_path)
