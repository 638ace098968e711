"""A question to a source of each format: the words that answer, where they stand, and the heading over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from acobot.answering import Means
from acobot.assistant import Assistant
from acobot.build import build_index
from acobot.encoder import Encoder
from acobot.index import Store
from acobot.reader import OnnxReader, load_reader
from acobot.settings import Settings
from tests.fakes import UK, write_sources
from tests.office_files import make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return load_reader()


@dataclass(frozen=True)
class Case:
    """A file, a question to it, the first group of quotes of its answer, and the heading of its passage."""

    name: str
    raw: Callable[[], bytes]
    question: str
    quotes: tuple[str, ...]
    heading: tuple[str, ...]
    title: str


HALLS: list[list[object]] = [
    ["Hall", "Step-free", "Seats"],
    ["Denton Hall", "Yes, by the side door", 120],
    ["Marlow Rooms", "No, there are twelve steps", 60],
]
HALLS_ASKED = "Is Denton Hall step-free?"
HALLS_QUOTED = ("Denton Hall | Yes, by the side door | 120", "Hall | Step-free | Seats")

ASKED = "How long can I borrow a book for?"
BOOK, LATE = "You may keep a book for three weeks.", "Late books cost ten pence a day."
ODT_HEADINGS = "".join(
    f'<text:h text:outline-level="{level}">{text}</text:h>'
    for level, text in enumerate(("Using the library", "Borrowing books"), start=1)
)

CASES = [
    Case(
        "rooms.xlsx",
        lambda: make_xlsx(("Opening", [["Day", "Opens"], ["Monday", "at nine"]]), ("Halls", [["Our halls"], *HALLS])),
        HALLS_ASKED,
        HALLS_QUOTED,
        ("Halls", "Our halls"),
        "rooms",
    ),
    Case(
        "halls.csv",
        lambda: "\n".join(["Our halls", "", *(";".join(str(cell) for cell in line) for line in HALLS)]).encode(
            "utf-16"
        ),
        HALLS_ASKED,
        HALLS_QUOTED,
        (),
        "Our halls",
    ),
    Case(
        "talk.pptx",
        lambda: make_pptx(
            ("Halls for hire", ["A talk."]), ("Access", [[[str(cell) for cell in line] for line in HALLS]])
        ),
        HALLS_ASKED,
        HALLS_QUOTED,
        ("Access", "Slide 2"),
        "Halls for hire",
    ),
    Case(
        "guide.odt",
        lambda: make_odt(f"{ODT_HEADINGS}<text:p>{BOOK}</text:p><text:p>{LATE}</text:p>"),
        ASKED,
        (BOOK,),
        ("Borrowing books",),
        "Using the library",
    ),
    Case(
        "guide.rtf",
        lambda: make_rtf(
            rf"\pard\s1 Using the library\par\pard\s2 Borrowing books\par\pard {BOOK}\par\pard {LATE}\par"
        ),
        ASKED,
        (BOOK,),
        ("Borrowing books",),
        "Using the library",
    ),
    Case(
        "guide.epub",
        lambda: make_epub(
            [("one.xhtml", f"<p>{BOOK}</p><p>{LATE}</p>")],
            ["Borrowing books"],
            said="<dc:title>Using the library</dc:title>",
        ),
        ASKED,
        (BOOK,),
        ("Borrowing books",),
        "Using the library",
    ),
    Case(
        "guide.eml",
        lambda: make_eml(
            f"{BOOK}\n\n{LATE}\n\nBo wrote:\n> You may keep a book for a year.\n", headers={"Subject": "Borrowing"}
        ),
        ASKED,
        (BOOK,),
        (),
        "Borrowing",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_format_answers_word_for_word_with_its_place(
    tmp_path: Path, encoder: Encoder, reader: OnnxReader, case: Case
) -> None:
    settings = Settings(sources=tmp_path / "sources", index=tmp_path / "index")
    write_sources(settings.sources, {case.name: case.raw()})
    build_index(settings, load=lambda _: encoder)
    assistant = Assistant(Store(settings.index), Means(encoder, reader, UK))
    answer = assistant.ask(case.question)
    first = [quote for quote in answer.quotes if quote.group == 1]
    assert tuple(quote.text for quote in first) == case.quotes
    cited = answer.citations[first[0].citation - 1]
    assert cited.passage.heading == case.heading
    assert cited.source.title == case.title
    text = assistant.version().corpus.source(cited.source.id).text
    assert all(text[quote.start : quote.end] == quote.text for quote in answer.quotes)
