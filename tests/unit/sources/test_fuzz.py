"""Whatever is in a file, its reader gives a text with blocks in order, or one reason with the mend; soon, and no crash.

Each reader meets random bytes and valid files in which something was changed. The readers of other people's formats
run in their process, as they always do, under a short limit of time. 3,000 more are tried where tests may take minutes;
ACOBOT_FUZZ_EXAMPLES=5000 looks for longer still.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acobot.errors import SourcesError
from acobot.passages import split_passages
from acobot.sources import Source, isolation, list_folder, read_source
from acobot.sources.isolation import ReaderProcess
from tests.conftest import REPOSITORY
from tests.documents import Words, lines, make_docx, make_pdf, make_zip, paragraph, table, word_parts
from tests.fakes import ENGLISH, WordEncoder
from tests.office_files import Rows, make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx, odt_table, rtf_table

EXAMPLES = int(os.environ.get("ACOBOT_FUZZ_EXAMPLES", "30"))
TIME_LIMIT = 60.0  # seconds a file; none of these takes three on a machine that is free
MORE_EXAMPLES = 260  # of each format, in the tests that take minutes
FUZZED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

TEXT = "Bins are emptied every week, on the day that the calendar gives."
PAGE = f"""<!doctype html><html><head><title>Bins</title><meta name="date" content="2018-04-16">
<script type="application/ld+json">{{"@type": "Article", "headline": "Bins"}}</script></head><body><nav>Menu</nav>
<main><h1>Bins</h1><p>{TEXT} <b>Really</b>.</p><ul><li>Glass</li><li>Paper</li></ul>
<table><tr><th>Item</th><th>Fee</th></tr><tr><td>Sofa</td><td>£25</td></tr></table></main></body></html>""".encode()
BODY = paragraph("Bins", "H1") + paragraph(TEXT) + paragraph("Glass", "Bullet") + table(["Item", "Fee"], ["Sofa", "25"])
WORD = make_docx(BODY)
PDF = make_pdf(
    [Words(50, 760, "Bins", 20), *lines(50, 700, TEXT, "Boxes are emp-", "tied as well.")],
    lines(50, 700, "Item", "Sofa") + lines(200, 700, "Fee", "25 pounds"),
    info={"Title": "Bins", "CreationDate": "D:20180416"},
)
MARKDOWN = (
    f"---\ntitle: Bins\nasks:\n  - When?\n---\n# Bins\n\n{TEXT}\n\n- Glass\n\n| a | b |\n|---|---|\n| c | d |\n"
).encode()
FEES: Rows = [["Item", "Fee"], ["Sofa", "25"]]
BOOK = make_xlsx(("Bins", [["Fees of 2018"], *FEES, ["Desk", 10], [], [TEXT]]), ("More", [[1, 2], [3, 4]]))
FIXTURES = REPOSITORY / "tests" / "fixtures" / "formats"
VALID = {
    ".md": [MARKDOWN],
    ".txt": [MARKDOWN, f"BINS\n\n{TEXT}\n\n1. Glass\n2. Paper\n".encode()],
    ".html": [PAGE, b"---\nselector: main\n---\n" + PAGE, (FIXTURES / "libreoffice.html").read_bytes()],
    ".docx": [WORD, (FIXTURES / "libreoffice.docx").read_bytes()],
    ".xlsx": [BOOK],
    ".csv": [f"Bins\n\nItem;Fee\nSofa;£25\n\n{TEXT}\n".encode(), "Item,Fee\r\nSofa,25\r\n".encode("utf-16")],
    ".pptx": [make_pptx(("Bins", [TEXT, FEES]))],
    ".odt": [make_odt(f'<text:h text:outline-level="2">Bins</text:h><text:p>{TEXT}</text:p>{odt_table(*FEES)}')],
    ".rtf": [make_rtf(rf"\pard\s1 Bins\par\pard {TEXT} caf\'e9\u8364 ?\par{rtf_table(*FEES)}", r"{\title Bins}")],
    ".epub": [make_epub([("one.xhtml", f"<p>{TEXT}</p>"), ("two.xhtml", "<h1>B</h1><p>b</p>")], ["Bins"])],
    ".eml": [make_eml(f"{TEXT}\n\nBo wrote:\n> When?\n", page=f"<p>{TEXT}</p>", attached="a.pdf")],
    ".pdf": [PDF, (FIXTURES / "libreoffice-columns.pdf").read_bytes(), (FIXTURES / "chromium.pdf").read_bytes()],
}
ARCHIVES = (".docx", ".xlsx", ".pptx", ".odt", ".epub")
BEGINNINGS = {
    **dict.fromkeys(ARCHIVES, b"PK\x03\x04"),
    ".pdf": b"%PDF-1.7\n",
    ".html": b"<!doctype html>",
    ".rtf": b"{\\rtf1",
    ".eml": b"Subject: x\n",
}


@pytest.fixture(autouse=True, scope="module")
def reader() -> Iterator[None]:
    """The readers' process under a shorter limit than it has."""
    shared = isolation._READER
    isolation._READER = ReaderProcess(TIME_LIMIT)
    yield
    isolation._READER.close()
    isolation._READER = shared


def read(folder: Path, ending: str, raw: bytes, sidecar: bytes = b"") -> Source | None:
    """Reads a file as a build does; None where it is refused, as it must be refused."""
    (folder / f"a{ending}").write_bytes(raw)
    (folder / "a.yaml").unlink(missing_ok=True)
    if sidecar:
        (folder / "a.yaml").write_bytes(sidecar)
    [file] = list_folder(folder).files
    try:
        source = read_source(file, ENGLISH)
    except SourcesError as error:
        [problem] = error.problems
        assert problem.path in {f"a{ending}", "a.yaml"}
        assert re.search(r"\S[;,] \S", problem.reason), problem.reason
        assert "takes longer" not in problem.reason
        assert "broke down" not in problem.reason
        assert "\n" not in str(problem)
        return None
    hold(source)
    return source


def hold(source: Source) -> None:
    """What holds for every source that was read."""
    source.text.encode()
    places = [place for block in source.blocks for place in (block.start, block.end)]
    assert places == sorted(places)
    assert all(0 <= block.start < block.end <= len(source.text) for block in source.blocks)
    assert list(source.pages) == sorted(source.pages)
    assert source.particulars.title.strip()
    for passage in split_passages(source, WordEncoder().count, ENGLISH) if len(source.text) < 100_000 else ():
        assert source.text[passage.start : passage.end].strip()


@st.composite
def spoilt(draw: st.DrawFn, ending: str) -> bytes:
    """A valid file with some bytes changed, taken out, doubled, or put in, or with its end cut off."""
    raw = bytearray(draw(st.sampled_from(VALID[ending])))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, max(len(raw) - 1, 0)))
        stop = min(len(raw), start + draw(st.integers(0, 64)))
        how = draw(st.sampled_from(["change", "take out", "double", "put in", "number", "cut"]))
        if how == "change":
            raw[start:stop] = draw(st.binary(min_size=stop - start, max_size=stop - start))
        elif how == "take out":
            del raw[start:stop]
        elif how == "double":
            raw[start:start] = raw[start:stop] * draw(st.integers(1, 50))
        elif how == "put in":
            raw[start:start] = draw(st.binary(max_size=64))
        elif how == "number":
            raw = bytearray(
                re.sub(rb"\d+", draw(st.sampled_from([b"0", b"-1", b"99999999999"])), bytes(raw), count=start % 9)
            )
        elif draw(st.booleans()):
            del raw[start:]
    return bytes(raw)


@pytest.mark.parametrize("ending", VALID)
def test_a_valid_file_is_read(tmp_path: Path, ending: str) -> None:
    assert all(read(tmp_path, ending, raw) for raw in VALID[ending])


@pytest.mark.parametrize("ending", VALID)
@FUZZED
@given(data=st.data())
def test_random_bytes(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    begins = data.draw(st.sampled_from([b"", BEGINNINGS.get(ending, b"")]))
    read(tmp_path, ending, begins + data.draw(st.binary(max_size=2_000)) + data.draw(st.sampled_from([b"", b"%%EOF"])))


@pytest.mark.parametrize("ending", VALID)
@FUZZED
@given(data=st.data())
def test_spoilt_files(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    read(tmp_path, ending, data.draw(spoilt(ending)))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("ending", VALID)
@settings(FUZZED, max_examples=MORE_EXAMPLES)
@given(data=st.data())
def test_many_more_spoilt_files(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    read(tmp_path, ending, data.draw(spoilt(ending)))


@FUZZED
@given(data=st.data())
def test_spoilt_parts_of_word_files(tmp_path: Path, data: st.DataObject) -> None:
    """The archive is whole, so that what is in it is parsed."""
    parts: dict[str, str | bytes] = dict(word_parts(BODY))
    name = data.draw(st.sampled_from(sorted(parts)))
    text = parts[name]
    assert isinstance(text, str)
    tags = re.findall(r"<[^>]*>|[^<]+", text)
    for _ in range(data.draw(st.integers(1, 5))):
        place, other = (data.draw(st.integers(0, len(tags) - 1)) for _ in range(2))
        tags[place] = data.draw(st.sampled_from([tags[other], "", tags[place] * 2, "x", 'w:val="-1"']))
    parts[name] = "".join(tags)
    read(tmp_path, ".docx", make_zip(parts))


@pytest.mark.parametrize("ending", ARCHIVES[1:])
@FUZZED
@given(data=st.data())
def test_spoilt_parts_of_other_archives(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(VALID[ending][0])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([one for one in parts if one.endswith((".xml", ".rels", ".opf", "html"))]))
    whole = parts[name]
    assert isinstance(whole, bytes)
    tags = re.findall(rb"<[^>]*>|[^<]+", whole)
    for _ in range(data.draw(st.integers(1, 5))):
        place, other = (data.draw(st.integers(0, len(tags) - 1)) for _ in range(2))
        tags[place] = data.draw(st.sampled_from([tags[other], b"", tags[place] * 2, b"x", b"-1", b"99999999999"]))
    parts[name] = b"".join(tags)
    read(tmp_path, ending, make_zip(parts))


_WORDS = re.findall(
    r"\S+",
    r"\par \pard \cell \row \trowd \intbl \s1 \v \v0 \uc2 \u8364 \u-1 \bin9 \bin \'e9 \'zz \* \~ { } {\info {\title"
    r" {\stylesheet {\fonttbl \f1 \fcharset204 \fcharset999 \ansicpg932 {\shptxt {\listtext \sect \plain \yr2018"
    r" {\creatim",
)


@FUZZED
@given(words=st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=9)), max_size=80))
def test_soup_of_control_words(tmp_path: Path, words: list[str]) -> None:
    read(tmp_path, ".rtf", b"{\\rtf1 " + " ".join(words).encode(errors="surrogatepass"))


_TAGS = re.findall(r"\S+", "div p table tr td li ul h1 h7 br pre b nav head body title script svg form dl dt main x:y")


@FUZZED
@given(
    pieces=st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
            st.sampled_from(["<p hidden>", "&#0;", "&#xD800;", "&nbsp;", "<!--", "-->", "<![CDATA[", "<a href=", TEXT]),
            st.text(max_size=20),
        ),
        max_size=60,
    ),
    selector=st.sampled_from(
        ["", "p", "table td", "*", ":not(p)", "nav", "p:nth-child(2n)", "li, h1", "[", ":foo(", "a|b"]
    ),
)
def test_soup_of_tags(tmp_path: Path, pieces: list[str], selector: str) -> None:
    raw = "".join(pieces).encode(errors="surrogatepass")
    read(tmp_path, ".html", raw, f"selector: '{selector}'".encode() if selector else b"")


@FUZZED
@given(sidecar=st.one_of(st.binary(min_size=1, max_size=200), st.text(min_size=1, max_size=200).map(str.encode)))
def test_sidecars(tmp_path: Path, sidecar: bytes) -> None:
    read(tmp_path, ".txt", TEXT.encode(), sidecar)


@FUZZED
@given(
    pages=st.lists(
        st.lists(
            st.builds(
                Words,
                st.floats(-100, 700),
                st.floats(-100, 900),
                st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=30),
                st.floats(0.01, 300),
                st.booleans(),
            ),
            max_size=12,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_words_anywhere_on_a_page(tmp_path: Path, pages: list[list[Words]]) -> None:
    read(tmp_path, ".pdf", make_pdf(*pages))


@pytest.mark.parametrize(
    ("ending", "raw"),
    [
        (".html", b"<div>" * 50_000 + TEXT.encode()),
        (".html", b"<table><tr><td>" * 20_000 + TEXT.encode()),
        (".html", b"<p " + b"a=1 " * 200_000 + b">" + TEXT.encode()),
        (".md", b"<!---->" * 500 + TEXT.encode()),
        (".html", b"<!--" * 100_000 + TEXT.encode()),
        (".html", b"<!doctype html" * 50_000 + TEXT.encode()),
        (".html", b"<p>" + b"a " * 300_000),
        (".html", b"<p>a<br>" * 10_000),
        (".pdf", make_pdf(*([[]] * 2_000), lines(50, 700, TEXT))),
        (".pdf", make_pdf([Words(n % 500, 800 - n % 700, "a b", 8) for n in range(6_000)])),
        (".pdf", make_pdf(lines(50, 700, *["Bins are emptied."] * 3_000, step=0.2))),
        (".docx", make_docx("<w:sdt>" * 3_000 + paragraph(TEXT) + "</w:sdt>" * 3_000)),
        (".docx", make_docx("<w:tbl><w:tr><w:tc>" * 400 + paragraph(TEXT) + "</w:tc></w:tr></w:tbl>" * 400)),
        (".docx", make_docx(paragraph("Bins " * 200_000))),
        (".docx", make_docx(paragraph("a") * 20_000)),
        (".docx", make_docx(table(*[["a"] * 100] * 200))),
        (".xlsx", make_xlsx(("Bins", [["a", 1] * 20] * 2_000))),
        (".xlsx", make_xlsx(("Bins", [["a", None, 1], []] * 3_000))),
        (".csv", b"a,b\n" * 90_000),
        (".csv", b'"' * 300_000),
        (".csv", b"a" + b"," * 390_000),
        (".odt", make_odt("<text:section>" * 3_000 + f"<text:p>{TEXT}</text:p>" + "</text:section>" * 3_000)),
        (".odt", make_odt(odt_table(*[["a"] * 100] * 200))),
        (".odt", make_odt('<text:p>a<text:s text:c="999999999"/>b</text:p>' * 500)),
        (".rtf", make_rtf("{" * 100_000 + TEXT)),
        (".rtf", make_rtf(rtf_table(*[["a"] * 50] * 400))),
        (".rtf", make_rtf("".join(rf"\'{n % 256:02x}" for n in range(100_000)))),
        (".epub", make_epub([(f"{n}.xhtml", f"<p>{TEXT}</p>") for n in range(1_000)], ["a"] * 1_000)),
        (".eml", make_eml("> a\nb:\n" * 20_000)),
        (".eml", b"Subject: a\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3_000 + TEXT.encode()),
    ],
)  # fmt: skip
def test_files_made_to_take_long(tmp_path: Path, ending: str, raw: bytes) -> None:
    read(tmp_path, ending, raw)


def test_an_archive_that_contains_itself_many_times(tmp_path: Path) -> None:
    """Entries that all point at the same bytes: small on disk, large when each is unpacked."""
    raw = bytearray(make_zip({**word_parts(BODY), **{f"x/{n}": b"" for n in range(300)}, "y": b" " * 900_000}))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("y", b"")
    entry = raw.rindex(b"PK\x01\x02")
    header = bytes(raw[entry + 20 : entry + 28] + raw[entry + 42 : entry + 46])
    for found in list(re.finditer(rb"PK\x01\x02", bytes(raw)))[-301:-1]:
        start = found.start()
        raw[start + 16 : start + 20] = raw[entry + 16 : entry + 20]
        raw[start + 20 : start + 28], raw[start + 42 : start + 46] = header[:8], header[8:]
    assert read(tmp_path, ".docx", bytes(raw)) is None
