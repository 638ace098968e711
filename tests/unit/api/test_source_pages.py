from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.errors import SourcesError
from tests.fakes import make_assistant
from tests.unit.api.conftest import KITTEN, settings_with

STALE = "This source has changed since the link was made, so the words that it pointed to are not marked."
MOVED = (
    "This source has changed since the link was made. The words that it pointed to still stand here, and are marked."
)
ASTRAY = "The link does not point to words in this source, so nothing is marked."


def marks(page: str) -> list[tuple[bool, str]]:
    """For each mark, whether it is the one that a link leads to, and its words."""
    return [
        (bool(found[0]), html.unescape(found[1])) for found in re.findall(r"<mark( id=\"quote\")?>(.*?)</mark>", page)
    ]


def place(client: TestClient, words: str) -> tuple[int, int, str]:
    source = client.get("/api/sources/cats").json()
    start = source["text"].index(words)
    return start, start + len(words), source["sha256"][:12]


def test_the_list_of_sources_names_each_with_its_date(client: TestClient) -> None:
    page = client.get("/sources").text
    assert "these 3 documents" in page
    assert '<a href="/sources/100%25%3F%23">Owls</a>' in page
    assert '<a href="/sources/sub%20folder/%C3%BCber">Hedgehogs</a>' in page
    assert '<time datetime="2017-08-10">10 August 2017</time>' in page
    assert "no date given" in page
    assert '<bdi>The Cat Office</bdi>, published <time datetime="2018-04">April 2018</time>; page last changed' in page
    assert '<time datetime="2019-01-31">31 January 2019</time> (our summary)' in page
    assert '<time datetime="2017-08-10">10 August 2017</time> (original)' in page
    assert 'Answers, for example: <a href="/?q=What%20do%20kittens%20%26%20cats%20eat%3F">What do' in page


def test_the_list_leads_to_each_source(client: TestClient) -> None:
    addresses = re.findall(r'<h2><a href="([^"]+)">', client.get("/sources").text)
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_source_shows_its_text_and_particulars(client: TestClient) -> None:
    page = client.get("/sources/cats").text
    assert "Our summary of <cite>All about cats</cite>" in page
    assert "it is not the publisher’s text" in page
    assert KITTEN in page
    assert '<li dir="auto">Cats sleep &lt;b&gt;all&lt;/b&gt; day long.</li>' in page
    assert '<a href="#section-0">What is a kitten?</a>' in page
    assert '<h2 id="section-0" dir="auto">What is a kitten?</h2>' in page
    assert '<a href="https://example.org/cats?a=1&amp;b=2" rel="external noreferrer">' in page
    assert client.get("/api/sources/cats").json()["sha256"] in page
    assert marks(page) == []
    assert 'role="status"' not in page


def test_an_original_is_not_called_a_summary(client: TestClient) -> None:
    page = client.get(f"/sources/{quote('sub folder/über')}").text
    assert "summary" not in page.lower()
    assert "<dd>Original</dd>" in page


def test_words_are_marked_by_code_points(client: TestClient) -> None:
    words = "young cat with 𝓈𝑜𝒻𝓉 paws"  # after an emoji: UTF-16 would be one off
    start, end, digest = place(client, words)
    page = client.get(f"/sources/cats?start={start}&end={end}&v={digest}").text
    assert marks(page) == [(True, words)]
    assert 'role="status"' not in page


def test_a_span_over_several_blocks_is_marked_in_each(client: TestClient) -> None:
    start, _, digest = place(client, "& cats hunt mice.")
    _, end, _ = place(client, "Cats live for")
    page = client.get(f"/sources/cats?start={start}&end={end}&v={digest}").text
    assert marks(page) == [
        (True, "& cats hunt mice."),
        (False, "Kittens drink milk 🥛 every morning."),
        (False, "Cats sleep <b>all</b> day long."),
        (False, "How long do cats live?"),
        (False, "Cats live for"),
    ]


def test_markup_in_marked_words_is_text(client: TestClient) -> None:
    words = '<script>alert("mice")</script>'
    start, end, digest = place(client, words)
    page = client.get(f"/sources/cats?start={start}&end={end}&v={digest}").text
    assert marks(page) == [(True, words)]
    assert "<script>" not in page


def test_a_link_without_a_digest_is_followed(client: TestClient) -> None:
    start, end, _ = place(client, KITTEN)
    assert marks(client.get(f"/sources/cats?start={start}&end={end}").text) == [(True, KITTEN)]


@pytest.mark.parametrize(
    "span",
    [
        "start=5", "end=5", "start=5&end=5", "start=9&end=3", "start=-1&end=5", "start=0&end=99999", "start=a&end=b",
        "start=1.5&end=3", "start=%C2%B2&end=%C2%B3", "start=0&end=1", "start=1&end=99999999999999999999",
        "start=&end=3",
    ],
)  # fmt: skip
def test_a_link_to_no_words_marks_nothing_and_says_so(client: TestClient, span: str) -> None:
    reply = client.get(f"/sources/cats?{span}")
    assert reply.status_code == 200
    assert marks(reply.text) == []
    assert f'role="status">{ASTRAY}</p>' in reply.text


@pytest.mark.parametrize("digest", ["0" * 12, "x", "<script>"])
def test_a_link_to_an_older_text_marks_nothing_and_says_so(client: TestClient, digest: str) -> None:
    start, end, _ = place(client, KITTEN)
    reply = client.get("/sources/cats", params={"start": start, "end": end, "v": digest})
    assert reply.status_code == 200
    assert marks(reply.text) == []
    assert f'role="status">{STALE}</p>' in reply.text


@pytest.mark.parametrize("digest", ["", "0" * 12])
def test_a_link_to_a_whole_source_marks_nothing_and_has_nothing_to_say(client: TestClient, digest: str) -> None:
    whole = client.get("/sources/cats")
    assert client.get(f"/sources/cats?start=0&end=0&v={digest}").text == whole.text


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("lease.md", "# Lease\n\n1. The landlord pays for water.\n2. The tenant pays for gas.\n", "2. "),
        ("lease.txt", "Lease\n\n(a) The landlord pays for water.\n(b) The tenant pays for gas.\n", "(b) "),
        ("lease.md", "# Lease\n\n- The landlord pays for water.\n- The tenant pays for gas.\n", ""),
    ],
)
def test_an_item_keeps_its_number_and_only_its_words_are_marked(
    tmp_path: Path, name: str, text: str, number: str
) -> None:
    client = TestClient(create_app(make_assistant(tmp_path, {name: text}), settings_with(tmp_path)))
    words = "The tenant pays for gas."
    start = client.get("/api/sources/lease").json()["text"].index(words)
    page = client.get(f"/sources/lease?start={start}&end={start + len(words)}").text
    assert marks(page) == [(True, words)]
    items = [re.sub("<[^>]*>", "", item) for item in re.findall(r"<li\b[^>]*>(.*?)</li>", page)]
    assert items[-1] == number + words


def test_a_list_in_a_list_stands_below_its_item(tmp_path: Path) -> None:
    text = "# Fees\n\n- Free for:\n  - under 16\n  - students\n- £5 for:\n  1. all others\n"
    client = TestClient(create_app(make_assistant(tmp_path, {"fees.md": text}), settings_with(tmp_path)))
    page = re.sub(r'\n\s*| dir="auto"|</?(?:span|bdi)[^>]*>', "", client.get("/sources/fees").text)
    assert (
        "<ul><li>Free for:<ul><li>under 16</li><li>students</li></ul></li>"
        "<li>£5 for:<ul><li>1. all others</li></ul></li></ul>"
    ) in page


def test_lines_that_were_meant_are_shown_as_such(tmp_path: Path) -> None:
    page = (
        "<main><h1>The hall</h1><p>It is let to all who live in the town, by the hour and by the day.</p>"
        "<dl><dt>Fee for a year</dt><dd>£5 for each member</dd><dt>Opening</dt><dd>Every day</dd></dl></main>"
    )
    client = TestClient(create_app(make_assistant(tmp_path, {"hall.html": page}), settings_with(tmp_path)))
    shown = client.get("/sources/hall").text
    assert 'dir="auto" class="lines">Fee for a year\n£5 for each member</li>' in shown


OLD = "# Mill\n\nThe mill opens at nine. It is old. It is red.\n"


@pytest.mark.parametrize(
    ("words", "now", "marked"),
    [
        ("The mill opens at nine.", "# Mill\n\nIt is new. Yes: The mill opens at nine.\n", True),
        ("The mill opens at nine.", "# Mill\n\nThe mill opens at ten.\n", False),
        ("It is old.", "# Mill\n\nIt is old. Is it? It is old.\n", False),
        ("# ", "# Mill\n\nIt is old.\n", False),
    ],
)
def test_words_of_an_older_text_are_marked_where_they_still_stand_once(
    tmp_path: Path, words: str, now: str, marked: bool
) -> None:
    assistant = make_assistant(tmp_path, {"mill.md": OLD})
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    source = client.get("/api/sources/mill").json()
    start, digest = source["text"].index(words), source["sha256"][:12]
    make_assistant(tmp_path, {"mill.md": now})
    assistant.refresh()
    page = client.get("/sources/mill", params={"start": start, "end": start + len(words), "v": digest})
    assert page.status_code == 200
    assert marks(page.text) == ([(True, words)] if marked else [])
    assert (MOVED if marked else STALE) in page.text


def test_a_removed_source_is_said_to_be_gone(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a b/mill.md": OLD, "park.md": "# Park\n\nThe park is green.\n"})
    client = TestClient(create_app(assistant, settings_with(tmp_path)))
    link = assistant.ask("When does the mill open? The mill opens at nine.").quotes[0].href
    assert client.get(link).status_code == 200
    (tmp_path / "sources" / "a b" / "mill.md").unlink()
    make_assistant(tmp_path, {})
    assistant.refresh()
    page = client.get(link)
    assert page.status_code == 410
    assert "<h1>Source removed</h1>" in page.text
    assert "The source at this address was taken out or renamed, so its words can no longer be shown here" in page.text
    assert "nine" not in page.text
    gone = client.get("/api/sources/a b/mill")
    assert (gone.status_code, gone.json()["type"]) == (410, "urn:acobot:problem:removed-source")
    assert gone.json()["detail"].startswith("the source 'a b/mill' was taken out or renamed on 20")
    assert client.get("/sources/a b/other").status_code == 404


@pytest.mark.parametrize("path", ["/sources/no-such", "/sources/", "/sources/<script>"])
def test_an_unknown_source_is_told_on_a_page(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "<h1>Source not found</h1>" in reply.text
    assert "<script>" not in reply.text
    assert '<a href="/sources">the sources</a>' in reply.text


@pytest.mark.parametrize("path", ["/static/no-such.js", "/static/style.css", "/static/../pyproject.toml"])
def test_an_unknown_static_file_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org/x"])
def test_links_that_are_not_http_never_reach_a_page(tmp_path: Path, url: str) -> None:
    with pytest.raises(SourcesError, match="begins with http:// or https://"):
        make_assistant(tmp_path, {"bad.md": f'---\nurl: "{url}"\n---\n\nOwls see well.\n'})


def test_links_in_a_text_are_only_text(tmp_path: Path) -> None:
    texts = {"owls.md": "Owls [see](javascript:alert(1)) well. Read https://example.org or javascript:alert(2) too.\n"}
    client = TestClient(create_app(make_assistant(tmp_path, texts), settings_with(tmp_path)))
    page = client.get("/sources/owls").text
    assert "Read https://example.org or javascript:alert(2) too." in page
    assert not re.findall(r'href="(?!/|#)', page)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("https://example.org/report?a=1&b=2", '<a href="https://example.org/report?a=1&amp;b=2">'),
        ("help@example.org", '<a href="mailto:help@example.org" target="_self">help@example.org</a>'),
        ("javascript:alert(1)", "<bdi>javascript:alert(1)</bdi>."),
        ("<b>the desk</b>", "<bdi>&lt;b&gt;the desk&lt;/b&gt;</bdi>."),
    ],
)
def test_every_page_says_who_runs_it_and_where_to_report(
    client_with: Callable[..., TestClient], contact: str, shown: str
) -> None:
    client = client_with(operator="The <Owl> Trust", contact=contact)
    for path in ("/", "/sources", "/sources/cats", "/sources/no-such"):
        page = " ".join(client.get(path).text.split())
        assert "it is not the NHS or the government. It is run by <bdi>The &lt;Owl&gt; Trust</bdi>." in page
        assert f"Report it to {shown}" in page
        assert 'href="javascript:' not in page


def test_an_original_with_an_address_is_linked_to_and_its_marked_words_found_there(tmp_path: Path) -> None:
    texts = {"owls.md": "---\nurl: https://example.org/owls?a=1\n---\n\nOwls - all of them - see well.\n"}
    client = TestClient(create_app(make_assistant(tmp_path, texts), settings_with(tmp_path)))
    words = (
        'href="https://example.org/owls?a=1#:~:text=Owls%20%2D%20all" rel="external noreferrer">Find the marked words'
    )
    assert words in client.get("/sources/owls?start=1&end=11").text
    whole = client.get("/sources/owls").text
    assert 'href="https://example.org/owls?a=1" rel="external noreferrer">Read the original</a>' in whole


def test_words_of_several_blocks_are_found_in_an_original_by_the_first_and_the_last(tmp_path: Path) -> None:
    texts = {"owls.md": "---\nurl: https://example.org/owls\n---\n\n# Owls\n\nThey see:\n\n- mice,\n- voles.\n"}
    client = TestClient(create_app(make_assistant(tmp_path, texts), settings_with(tmp_path)))
    text = client.get("/api/sources/owls").json()["text"]
    page = client.get(f"/sources/owls?start={text.index('They')}&end={text.index('voles.') + 6}").text
    assert 'href="https://example.org/owls#:~:text=They%20see%3A,voles." rel=' in page


def test_a_summary_links_to_the_original_but_to_no_words_in_it(client: TestClient) -> None:
    start, end, digest = place(client, KITTEN)
    page = client.get(f"/sources/cats?start={start}&end={end}&v={digest}").text
    assert ":~:" not in page
    assert 'href="https://example.org/cats?a=1&amp;b=2" rel="external noreferrer">Read the original</a>' in page


@pytest.fixture(scope="module")
def long_client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A service over a source of four parts."""
    folder = tmp_path_factory.mktemp("long")
    text = "\n\n".join(f"## Owl {number}\n\nOwl number {number} sees {'well ' * 3000}." for number in range(36))
    return TestClient(create_app(make_assistant(folder, {"owls.md": text}), settings_with(folder)))


def test_a_long_source_is_shown_in_parts(long_client: TestClient) -> None:
    pages = [long_client.get(f"/sources/owls?part={number}").text for number in (1, 2, 3, 4)]
    assert all(len(page) < 200_000 for page in pages)
    shown = [int(number) for page in pages for number in re.findall(r"Owl number (\d+) sees", page)]
    assert shown == list(range(36))
    assert [re.findall(r'href="(\?part=\d)" rel="(\w+)"', page)[:2] for page in pages] == [
        [("?part=2", "next"), ("?part=2", "next")],
        [("?part=1", "prev"), ("?part=3", "next")],
        [("?part=2", "prev"), ("?part=4", "next")],
        [("?part=3", "prev"), ("?part=3", "prev")],
    ]
    assert "Part 2 of 4" in pages[1]
    assert [long_client.get(f"/sources/owls?part={odd}").text == pages[0] for odd in ("", "0", "9", "x")] == [True] * 4


def test_a_link_to_words_leads_to_their_part(long_client: TestClient) -> None:
    source = long_client.get("/api/sources/owls").json()
    start = source["text"].index("Owl number 20 sees")
    page = long_client.get(f"/sources/owls?start={start}&end={start + 13}&v={source['sha256'][:12]}").text
    assert marks(page) == [(True, "Owl number 20")]
    assert len(page) < 200_000


def test_a_short_source_has_no_parts(client: TestClient) -> None:
    assert "?part=" not in client.get("/sources/cats").text


def test_headings_of_a_part_have_the_ranks_and_names_of_the_whole(tmp_path: Path) -> None:
    text = "".join(f"{'##' if number else '#'} Owl {number}\n\n{'It sees well. ' * 9000}\n\n" for number in range(3))
    client = TestClient(create_app(make_assistant(tmp_path, {"owls.md": text}), settings_with(tmp_path)))
    heading = re.compile(r'<h(\d) id="(section-\d+)"[^>]*>(Owl \d)')
    found = [heading.findall(client.get(f"/sources/owls?part={part}").text) for part in (1, 2)]
    assert found == [
        [("2", "section-0", "Owl 0"), ("3", "section-2", "Owl 1")],
        [("3", "section-4", "Owl 2")],
    ]


def test_the_contents_of_a_part_say_that_they_are(long_client: TestClient, client: TestClient) -> None:
    page = long_client.get("/sources/owls?part=2").text
    (listed,) = re.findall(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert ">Contents of this part</h2>" in listed
    assert all(f'id="{anchor}"' in page for anchor in re.findall(r'href="#([^"]+)"', listed))
    assert ">Contents</h2>" in client.get("/sources/cats").text
