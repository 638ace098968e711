"""The same text as other programs write it (tests/fixtures/formats): the same sentences, and the same answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from acobot.answer import Answer
from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.errors import SourcesError
from acobot.index import Store
from acobot.passages import split_sentences
from acobot.settings import Settings
from acobot.sources import BlockKind, Source, list_folder, read_source
from tests.conftest import REPOSITORY
from tests.fakes import ENGLISH

FIXTURES = REPOSITORY / "tests" / "fixtures" / "formats"
MADE = sorted(path.name for path in FIXTURES.iterdir() if path.name.startswith(("chromium", "libreoffice")))
SIDECAR = (
    'title: "Accountable Care Organisations: a brief guide"\n'
    "publisher: Department of Health and Social Care\npublished: 2018-04\nkind: summary\n"
)
OF_THE_LIST_AND_THE_TABLE = (
    "What does DHSC stand for?",
    "What does ACO stand for?",
    "When did the briefing paper of the Commons Library come out?",
    "When was the first report in Pulse published?",
)


def read(name: str, folder: Path) -> Source:
    shutil.copy(FIXTURES / name, folder / name)
    [file] = list_folder(folder).files
    return read_source(file, ENGLISH)


def sentences(source: Source) -> list[str]:
    """All sentences that can be quoted, in order, on one line each."""
    blocks = (block for block in source.blocks if block.quotable)
    spans = (sentence for block in blocks for sentence in split_sentences(source.text, block, ENGLISH))
    return [" ".join(source.text[span.start : span.end].split()) for span in spans]


def headings(source: Source) -> list[tuple[int, str]]:
    found = (block for block in source.blocks if block.kind is BlockKind.HEADING and not block.furniture)
    return [(block.level, source.text[block.start : block.end]) for block in found]


@pytest.mark.parametrize("name", MADE)
def test_every_format_has_the_sentences_and_headings_of_the_markdown_in_order(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    expected, found = read("guide.md", tmp_path / "a"), read(name, tmp_path / "b")
    assert sentences(found) == sentences(expected)
    assert headings(found) == headings(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chromium.html", {"published": "2018-04-16", "publisher": "Department of Health and Social Care"}),
        ("libreoffice.docx", {"published": "2018-04-16", "author": "Summary Team"}),
        ("libreoffice.pdf", {"author": "Summary Team"}),
        ("libreoffice.html", {"author": "Summary Team"}),
    ],
)
def test_particulars_come_from_the_formats_own_metadata(tmp_path: Path, name: str, expected: Mapping[str, str]) -> None:
    particulars = read(name, tmp_path).particulars
    assert particulars.title == "Accountable Care Organisations: a brief guide"
    assert {key: getattr(particulars, key) for key in expected} == expected


def questions() -> list[str]:
    """Those of our own that this source answers, and some about the list and the table that are added to it."""
    cases = [
        json.loads(line)
        for name in ("questions.jsonl", "more-questions.jsonl")
        for line in (REPOSITORY / "tests" / "evaluation" / name).read_text("utf-8").splitlines()
    ]
    ours = {one["source"] for case in cases for part in case.get("evidence", []) for one in part}
    assert "dhsc-brief-guide-2018" in ours
    return [
        *(
            case["question"]
            for case in cases
            if not case.get("history")
            and any(one["source"] == "dhsc-brief-guide-2018" for part in case.get("evidence", []) for one in part)
        ),
        *OF_THE_LIST_AND_THE_TABLE,
    ]


def answers(folder: Path, name: str, encoder: Encoder) -> dict[str, Answer]:
    sources = folder / "sources"
    sources.mkdir(parents=True)
    shutil.copy(FIXTURES / name, sources / f"guide{Path(name).suffix}")
    (sources / "guide.yaml").write_text(SIDECAR, encoding="utf-8")
    settings = Settings(sources=sources, index=folder / "index")
    build_index(settings, load=lambda _: encoder)
    assistant = Assistant(Store(settings.index), Means(encoder))
    return {question: assistant.ask(question) for question in questions()}


def said(answer: Answer) -> tuple[str, list[str]]:
    return answer.status.value, [" ".join(quote.text.split()) for quote in answer.quotes]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> dict[str, Answer]:
    return answers(tmp_path_factory.mktemp("guide"), "guide.md", encoder)


@pytest.mark.model
@pytest.mark.parametrize("name", MADE)
def test_every_format_gives_the_answers_of_the_markdown(
    tmp_path: Path, encoder: Encoder, expected: dict[str, Answer], name: str
) -> None:
    found = answers(tmp_path, name, encoder)
    assert {question: said(answer) for question, answer in found.items()} == {
        question: said(answer) for question, answer in expected.items()
    }
    pages = {heading for answer in found.values() for one in answer.citations for heading in one.passage.heading[-1:]}
    assert all(page.startswith("Page") for page in pages) == name.endswith(".pdf")


@pytest.mark.model
def test_a_bad_file_among_them_changes_nothing_and_the_rest_is_built_without_it(
    tmp_path: Path, encoder: Encoder
) -> None:
    settings = Settings(sources=tmp_path / "sources", index=tmp_path / "index")
    settings.sources.mkdir()
    for name in ("libreoffice.docx", "chromium-columns.pdf"):
        shutil.copy(FIXTURES / name, settings.sources / name)
    first = build_index(settings, load=lambda _: encoder).index_id
    (settings.sources / "cut.pdf").write_bytes((FIXTURES / "libreoffice.pdf").read_bytes()[:20_000])
    with pytest.raises(SourcesError, match=r"cut\.pdf: it is cut off: the mark of a PDF's end"):
        build_index(settings, strict=True, load=lambda _: encoder)
    assert Store(settings.index).current_id() == first
    report = build_index(settings, load=lambda _: encoder)
    assert report.index_id == first
    assert [bad.problem.path for bad in report.bad] == ["cut.pdf"]
