"""Large files of other programs take time in proportion to their size, as `test_growth` has it of texts.

Each is so large that what grows with the square of the size would take some seconds; all words of it are found, too.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from acobot.sources.reader_process import all_words, read_bytes
from acobot.sources.record import UnreadableError
from tests.documents import lines, make_docx, make_pdf, paragraph, table
from tests.office_files import make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx, odt_table, rtf_table

pytestmark = pytest.mark.usefixtures("no_collection")

TIMES = 4
MOST_GROWTH = 8
SOON = 0.1  # seconds: what takes less says nothing of how it grows

Make = Callable[[int], bytes]
SPACED = r"a\~"
STYLED = r"{\rtf1{\stylesheet{\s1 %s;}}%s}"
LINE = "The bins of Brack are emptied on Mondays, and so are those of Denton and of Piers-"


def page_of(script: str) -> bytes:
    return f"<head><script type='application/ld+json'>{script}</script></head><p>Bins are emptied.</p>".encode()


# What stands there, how often at first, and the file.
CASES: list[tuple[str, int, str, Make]] = [
    ("a property", 50_000, ".rtf", lambda count: make_rtf(r"\pard Bins\par", r"{\title " + SPACED * count + "}")),
    ("a style's name", 5_000, ".rtf", lambda count: (STYLED % (SPACED * count, r"\s1 a\par " * count)).encode()),
    ("paragraphs", 5_000, ".rtf", lambda count: make_rtf(r"\pard Bins are emptied.\par " * count)),
    ("boxes", 5_000, ".rtf", lambda count: make_rtf(r"{\shptxt Bins\par}" * count)),
    ("rows", 5_000, ".rtf", lambda count: make_rtf(rtf_table(*[["Monday", "Bins"]] * count))),
    ("rows", 10_000, ".csv", lambda count: b"Monday,Bins\n" * count),
    ("titles", 10_000, ".csv", lambda count: b"Bins\n" * count + b"Monday,Bins\n"),
    ("cells", 20_000, ".csv", lambda count: b"Bins," * count + b"\n" + b"Bins," * count),
    ("lines", 5_000, ".eml", lambda count: make_eml("Bins are emptied.\n" * count)),
    ("quotes", 5_000, ".eml", lambda count: make_eml("> Bins are emptied.\n\n" * count)),
    ("paragraphs", 5_000, ".eml", lambda count: make_eml("", page="<p>Bins are emptied.</p>\n" * count)),
    ("paragraphs", 5_000, ".epub", lambda count: make_epub([("one.xhtml", "<p>Bins are emptied.</p>" * count)])),
    (
        "chapters",
        100,
        ".epub",
        lambda count: make_epub([(f"{one}.xhtml", "<p>Bins.</p>") for one in range(count)], ["Bins"] * count),
    ),
    ("paragraphs", 2_000, ".docx", lambda count: make_docx(paragraph("Bins are emptied.") * count)),
    ("headings", 2_000, ".docx", lambda count: make_docx(paragraph("Bins", "Heading1") * count)),
    ("runs", 5_000, ".docx", lambda count: make_docx(f"<w:p>{'<w:r><w:t>a-</w:t></w:r>' * count}</w:p>")),
    ("rows", 1_000, ".docx", lambda count: make_docx(table(*[["Monday", "Bins"]] * count))),
    ("paragraphs", 5_000, ".odt", lambda count: make_odt("<text:p>Bins are emptied.</text:p>" * count)),
    ("spans", 10_000, ".odt", lambda count: make_odt(f"<text:p>{'<text:span>a</text:span>' * count}</text:p>")),
    ("rows", 2_000, ".odt", lambda count: make_odt(odt_table(*[["Monday", "Bins"]] * count))),
    ("rows", 2_000, ".xlsx", lambda count: make_xlsx(("Bins", [["Monday", "Bins", 3]] * count))),
    ("titles", 2_000, ".xlsx", lambda count: make_xlsx(("Bins", [["Bins"]] * count))),
    ("lines", 1_000, ".pptx", lambda count: make_pptx(("Bins", ["\n".join(["Bins are emptied."] * count)]))),
    ("rows", 200, ".pptx", lambda count: make_pptx(("Bins", [[["Monday", "Bins"]] * count]))),
    ("pages", 8, ".pdf", lambda count: make_pdf(*[lines(50, 800, *[LINE] * 50)] * count)),
    ("lines", 500, ".pdf", lambda count: make_pdf(lines(50, 800, *[LINE] * count, size=0.1, step=0.12))),
    ("numbers", 100_000, ".html", lambda count: page_of(f"[{'0,' * count}0]")),
    ("graphs", 20_000, ".html", lambda count: page_of(f"""[{'{"@graph":[0]},' * count}0]""")),
]


@pytest.mark.parametrize(
    ("count", "ending", "make"), [one[1:] for one in CASES], ids=[f"{ending}-{what}" for what, _, ending, _ in CASES]
)
def test_time_grows_with_the_size(count: int, ending: str, make: Make) -> None:
    _seconds(ending, make(2))  # what is loaded with the first file is loaded before
    short, long = (_seconds(ending, make(times * count)) for times in (1, TIMES))
    assert long < MOST_GROWTH * max(SOON, short)


def _seconds(ending: str, raw: bytes) -> float:
    started = time.process_time()
    for read in (read_bytes, all_words):
        with contextlib.suppress(UnreadableError):
            read(ending, raw)
    return time.process_time() - started
