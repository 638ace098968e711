"""Hostile text takes time in proportion to its length: four times as much at most some six times as long.

Each unit stands there over and over, as no writer would; a pattern that looks from each one to the end takes sixteen
times as long. Up to a million characters, where tests may take minutes.
"""

from __future__ import annotations

import contextlib
import itertools
import string
import time
from pathlib import Path
from types import ModuleType

import pytest

from acobot.abbreviations import learn_abbreviations
from acobot.passages import split_passages
from acobot.sources import asciidoc, dialects, restructured
from acobot.sources.folder import SourceFile
from acobot.sources.front_matter import FrontMatterError, split_front_matter
from acobot.sources.html import parsed
from acobot.sources.html.blocks import pieces_of
from acobot.sources.markdown import read_markdown
from acobot.sources.plain_text import read_plain_text
from acobot.sources.reading import judge
from acobot.sources.record import UnreadableError
from tests.fakes import ENGLISH

pytestmark = pytest.mark.usefixtures("no_collection")

SHORT, LONG, TIMES = 10_000, 250_000, 4
MOST_GROWTH = 8
MIDDLE = 40_000
NOTHING = 0.1  # seconds that say nothing of growth anywhere
SOON = 1.0  # seconds that prove nothing on a machine that others share
UNITS = [
    *("A (AB", "(AB; ", "[a][b] ", "[^1] ", "<!--", "--><!-- a ", "/", "/a.", " ", " \n", "Related articles\n\n"),
    *("^[a ", "%%a ", "![a](b ", "*a _b ", "{{ a ", "<td>", "<table><tr><td>", "a\n---- ----\n", "+--", "£1 .... 2\n"),
    *(
        "a . . ",
        "a  b\n",
        "a\tb\n",
        "a\n: b\n",
        "Tel: 1\n",
        "- A\n\n",
        "*[a]: b\n",
        "a-\nb ",
        "\f",
        "(",
        "Q. a?\nA. b\n",
        "+--+--+\n| a | b |\n",
        "│a│\n",
        "P. a\n",
        "• a\n",
        "- [ ] a ^b\n",
        "and some words that go on and on for ever\n\n",
    ),
]


@pytest.mark.parametrize("size", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(600)])])
def test_time_for_terms_that_share_paragraphs_does(size: int) -> None:
    def listed(length: int) -> str:
        terms = "".join(f"Term {number}\n" for number in range(length // 20))
        return f"\n\n{terms}: d\n\n" + "    more here\n\n" * (length // 30)

    short, long = (_seconds(listed(length), length, read_markdown) for length in (size, size * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", [read_markdown, read_plain_text])
@pytest.mark.parametrize("size", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(600)])])
def test_time_grows_with_the_length(unit: str, reader: object, size: int) -> None:
    short, long = (_seconds(unit, length, reader) for length in (size, size * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


@pytest.mark.parametrize(
    "unit", ["(AB; ", "[a][b] ", "- A\n\n", "a  b\n", "Tel: 1\n", "*[a]: b\n", "<td>", "Related articles\n\n", "P. a\n"]
)
@pytest.mark.parametrize("reader", [read_markdown, read_plain_text])
def test_time_grows_so_also_where_the_square_would_be_seconds(unit: str, reader: object) -> None:
    short, long = (_seconds(unit, length, reader) for length in (MIDDLE, MIDDLE * TIMES))
    assert long < MOST_GROWTH * max(NOTHING, short)


@pytest.mark.parametrize(
    "unit", ["[", "{", "- ", "a: ", '"\\"', "'", "# ", "a: b\n", "&a *a ", "a,", "keep: a\n", "? "]
)
def test_time_for_front_matter_does(unit: str) -> None:
    short, long = (_seconds_for_front_matter(unit, length) for length in (LONG, LONG * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


@pytest.mark.parametrize(
    "unit",
    [
        *("<dt>a", "<dd>a<dd>b", "<dl><dt>a<dt>b", "<dt>a<dd>b<dt>", "<li>a", "<sup>1</sup>.", "<a role=doc-noteref>1"),
        *("<div class=head><p>a<p>b</div>", "<div class=head><b>a</b><b>b</b>", "<p style='mso-list:l0 level1'>a"),
        *("<i role=table><i role=row>a", "<td><img alt=a>", "<table><tr><td><p>a<p>b", "<li><b>a</b><p>b"),
        *(
            "b<a href=#fn1>1</a>",
            "b.<sup>1</sup>",
            "<math><mfrac><mrow>a",
            "<div class=tag><a href=x>b</a>a.",
            "<dl><div><dt>a<dd>b",
        ),
        *("<form><p>a", "<form><p>a</form>"),
        *("<blockquote><footer>a", "<h2><a class=headerlink>a", "<fieldset><legend>a</legend>b"),
        *("<time>a</time><h3>b</h3>", "<div><time>a</time><h3>b</h3>"),
        *(
            "<div><i data-label=a>b</i><i data-label=c>d</i></div>",
            "<tr><td data-th=a>b<td data-th=c>d",
            "<ul><li data-th=a>",
        ),
        *(
            "a<x-b>c</x-b>",
            "a<x-b>",
            "1<p style=display:inline>2</p>",
            "<pre>a<br>b",
            "<pre>a  b\n",
            "a<a href='#b'>↩</a>",
        ),
        *("<label><input type=radio>a</label>", "<i id=a></i><div role=tabpanel aria-labelledby=a>b</div>"),
        f"<table><tr><td><p>{'a ' * 30}<p>b<td>c<tr><td>d<td>e</table>",
    ],
)
@pytest.mark.parametrize("size", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(600)])])
def test_time_for_the_tree_of_a_page_does(unit: str, size: int) -> None:
    short, long = (_seconds_for_page(unit, length) for length in (size, size * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


def test_time_for_rows_that_a_control_shows_does() -> None:
    opened, told = "<body><table><tr><td>a<td>b", "</table><button class=show-more>All</button>"
    short, long = (_seconds_for_page("<tr hidden><td>a<td>b", n, opened, told) for n in (MIDDLE, MIDDLE * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


def test_time_for_the_boxes_of_a_side_bar_does() -> None:
    opened, told = "<body><main><p>a</main><aside>", "<div><p>Open at 9 till 5 daily.</div>"
    short, long = (_seconds_for_page("<div><p>a</div>", length, opened, told) for length in (SHORT, SHORT * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


def _seconds_for_page(unit: str, length: int, opened: str = "<body><dl>", ended: str = "") -> float:
    page = f"{opened}{unit * (length // len(unit))}{ended}"
    started = time.process_time()
    with contextlib.suppress(UnreadableError, RecursionError):  # the reader's process tells the second
        pieces_of(parsed(page))
    return time.process_time() - started


def _seconds_for_front_matter(unit: str, length: int) -> float:
    started = time.process_time()
    with contextlib.suppress(FrontMatterError):
        split_front_matter(f"---\nkeep: {unit * (length // len(unit))}\n---\nBins.\n")
    return time.process_time() - started


def _seconds(unit: str, length: int, reader: object) -> float:
    """Of reading and splitting so many characters, as a build does."""
    return _seconds_of(f"Bins are here.{unit * (length // len(unit))}They are emptied.", reader)


def _seconds_of(text: str, reader: object) -> float:
    name = "bins.txt" if reader is read_plain_text else "bins.md"
    file, raw = SourceFile(Path(name), name, "bins"), text.encode()
    started = time.process_time()
    front, body = split_front_matter(text)
    source = judge(file, (raw, b""), front, reader(body), ENGLISH).source  # type: ignore[operator]
    split_passages(source, lambda words: len(words.split()), ENGLISH)
    list(learn_abbreviations(source.text, ENGLISH))
    return time.process_time() - started


def _names(count: int) -> list[str]:
    """As many names of people, all different."""
    ends = itertools.product(string.ascii_lowercase, repeat=4)
    return [f"Ann L{''.join(one)}" for one in itertools.islice(ends, count)]


@pytest.mark.parametrize("reader", [read_markdown, read_plain_text])
@pytest.mark.parametrize("alike", [True, False])
def test_time_for_names_above_a_text_that_speaks_of_them_does(reader: object, *, alike: bool) -> None:
    def seconds(count: int) -> float:
        names = ["Ann Lee"] * count if alike else _names(count)
        spoken = " and ".join(names)
        return _seconds_of("- " + "\n- ".join(names) + f"\n\n{spoken} so on.\n\n{spoken} so on.\n", reader)

    short, long = (seconds(count) for count in (1000, 1000 * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


@pytest.mark.parametrize(
    "unit",
    [
        *("= a\n", "== a\n|===\n|a\n", "----\n", "....\n....a\n", "[cols=1*]\n", "a::\n", "|===\n|a|b\n|===\n", ".a\n"),
        *("link:a[b] ", "<<a,", "footnote:[a ", "#a ", "{a} ", ":a: {a}{a}\n", "* a\n+\n", "1.1+^a| ", "2*|a "),
        *(
            "a\n=\n",
            "a\n===\n",
            ".. note::\n\n   ",
            ".. a\n",
            "`a <b ",
            ":a:`b ",
            "|a ",
            "=== ===\na   b\n",
            "::\n\n a\n",
        ),
        *("a\n b\n", ".. |a| replace:: |a|\n", "* - a\n", "[a]_ ", "a_ ", "``a "),
    ],
)
@pytest.mark.parametrize("markup", [asciidoc, restructured])
@pytest.mark.parametrize("size", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(600)])])
def test_time_for_other_markups_does(unit: str, markup: ModuleType, size: int) -> None:
    short, long = (_seconds_for_markup(unit, length, markup) for length in (size, size * TIMES))
    assert long < max(SOON, MOST_GROWTH * short)


def _seconds_for_markup(unit: str, length: int, markup: ModuleType) -> float:
    body = unit * (length // len(unit))
    started = time.process_time()
    dialects.as_markdown(f"= A\n\n:toc:\n\n{body}")
    dialects.as_markdown(f"A\n=\n\n.. note:: b\n\n{body}")
    markup.as_markdown(body)
    return time.process_time() - started
