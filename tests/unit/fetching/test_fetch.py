"""`acobot fetch` against a server of our own: what is written, what is left alone, and what is refused and why."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from acobot.errors import SourcesError
from acobot.fetching import FetchReport, fetch_addresses, network, snapshots, web
from acobot.settings import Settings
from acobot.sources import list_folder, read_source
from tests.documents import lines, make_pdf
from tests.fakes import ENGLISH
from tests.web_server import Reply, Site, serving

TEXT = "Bins are emptied every week."
PAGE = f"<!doctype html><title>Bins</title><h1>Bins</h1><p>{TEXT}</p>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def fetch(folder: Path, *listed: str, private: bool = True, most: int = 20_000_000) -> FetchReport:
    if listed:
        (folder / "_urls.txt").write_text("\n".join(listed), encoding="utf-8")
    settings = Settings(sources=folder, fetch_private=private, max_source_bytes=most)
    return fetch_addresses(settings, sleep=lambda _: None)


def reason(report: FetchReport) -> str:
    [problem] = report.problems
    return str(problem)


def test_a_page_becomes_a_source_with_its_address_and_the_day_beside_it(folder: Path, site: Site) -> None:
    site.replies["/bins.html"] = Reply(PAGE)
    report = fetch(folder, "# our pages", f"{site.address}/bins.html  council/bins  # weekly")
    assert (report.added, report.problems) == (("council/bins",), ())
    assert (folder / "council" / "bins.html").read_bytes() == PAGE
    sidecar = (folder / "council" / "bins.yaml").read_text("utf-8").splitlines()
    assert sidecar[0] == f'url: "{site.address}/bins.html"'
    assert sidecar[1].startswith("retrieved: 20")
    listing = list_folder(folder)
    assert listing.problems == ()
    source = read_source(listing.files[0], ENGLISH)
    assert source.particulars.url == f"{site.address}/bins.html"
    assert TEXT in source.text


def test_a_snapshot_without_a_name_gets_one_from_its_address(folder: Path, site: Site) -> None:
    site.replies["/Waste/bins.html?id=3"] = Reply(PAGE)
    [name] = fetch(folder, f"{site.address}/Waste/bins.html?id=3").added
    assert name == "fetched/127-0-0-1-waste-bins-id-3"


def test_an_unchanged_address_is_left_as_it_is(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE, etag='"1"')
    site.replies["/b"] = Reply(PAGE, modified="Mon, 16 Apr 2018 09:30:00 GMT")
    site.replies["/c"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a a", f"{site.address}/b b", f"{site.address}/c c")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    site.asked.clear()
    report = fetch(folder)
    assert report.unchanged == ("a", "b", "c")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    asked = dict(site.asked)
    assert asked["/a"]["if-none-match"] == '"1"'
    assert asked["/b"]["if-modified-since"] == "Mon, 16 Apr 2018 09:30:00 GMT"


def test_a_changed_page_is_written_anew_and_what_a_maintainer_said_of_it_stays(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE, etag='"1"')
    fetch(folder, f"{site.address}/a a")
    told = f'title: Our bins\nurl: "{site.address}/a"\nretrieved: 2018-04-16\n'
    (folder / "a.yaml").write_text(told, encoding="utf-8")
    site.replies["/a"] = Reply(PAGE.replace(b"week", b"month"), etag='"2"')
    assert fetch(folder).changed == ("a",)
    assert b"month" in (folder / "a.html").read_bytes()
    now = (folder / "a.yaml").read_text("utf-8")
    assert now.startswith(f'title: Our bins\nurl: "{site.address}/a"\nretrieved: 20')
    assert "2018-04-16" not in now


def test_a_page_that_becomes_a_pdf_takes_the_place_of_the_page(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a a")
    site.replies["/a"] = Reply(make_pdf(lines(50, 700, TEXT)), "application/pdf")
    assert fetch(folder).changed == ("a",)
    assert [file.name for file in list_folder(folder).files] == ["a.pdf"]


def test_a_document_of_no_kind_is_told_by_its_address(folder: Path, site: Site) -> None:
    site.replies["/fees.csv"] = Reply(b"Item,Fee\nSofa,25\n", "application/octet-stream")
    fetch(folder, f"{site.address}/fees.csv fees")
    assert (folder / "fees.csv").exists()


def test_an_encoding_that_only_the_server_names_is_not_lost(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply("<p>Вывоз мусора.</p>".encode("cp1251"), "text/html; charset=windows-1251")
    fetch(folder, f"{site.address}/a a")
    assert "Вывоз мусора." in (folder / "a.html").read_text("utf-8")


def test_one_bad_address_never_stops_the_rest_and_each_is_named_with_its_line(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    site.replies["/picture"] = Reply(b"\x89PNG", "image/png")
    site.replies["/down"] = Reply(b"x", status=503)
    site.replies["/login"] = Reply(PAGE, "application/pdf")
    site.replies["/empty"] = Reply(b"")
    site.replies["/away"] = Reply(to="ftp://127.0.0.1/a", status=302)
    paths = ("gone", "picture", "down", "login", "empty", "away", "a")
    report = fetch(folder, "bins", "https://me:secret@example.org/", *(f"{site.address}/{path}" for path in paths))
    assert len(report.added) == 1
    said = [str(problem) for problem in report.problems]
    expected = [
        "_urls.txt, line 1: 'bins' is no address; write one that begins with https:// or http://",
        "_urls.txt, line 2: the address holds a password, which would be shown with the source; take it out",
        "_urls.txt, line 3: the server answers 404; take the line out, or give its new address",
        "_urls.txt, line 4: it is image/png, which is not read; give the address of a page or document, or take",
        "_urls.txt, line 5: the server answers 503; open it in a browser, or try again later",
        "_urls.txt, line 6: it comes as .pdf, but it is an HTML page; open it in a browser, and give the",
        "_urls.txt, line 7: there is nothing in it; open it in a browser, or give another address",
        "_urls.txt, line 8: it leads to 'ftp://127.0.0.1/a', which is no web page; give another address",
    ]
    assert len(said) == len(expected)
    assert all(one.startswith(begin) for one, begin in zip(said, expected, strict=True)), said


@pytest.mark.parametrize(
    "odd", ["https://ä..org/x", "https://-ä.org/", "https://xn--a.org/", "https://example.org/a\x01b"]
)
def test_an_address_that_no_request_can_name_is_named_and_the_rest_is_fetched(
    folder: Path, site: Site, odd: str
) -> None:
    site.replies["/a"] = Reply(PAGE)
    site.replies["/away"] = Reply(to="https://xn--a.org/", status=302)
    report = fetch(folder, odd, f"{site.address}/away", f"{site.address}/a\tfees/a")
    assert report.added == ("fees/a",)
    said, led = map(str, report.problems)
    assert said == f"_urls.txt, line 1: {odd!r} is no address; write one that begins with https:// or http://"
    assert led.startswith("_urls.txt, line 2: 127.0.0.1 cannot be reached (")


def test_a_page_that_is_gone_keeps_its_snapshot(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a a")
    del site.replies["/a"]
    assert "the server answers 404" in reason(fetch(folder))
    assert (folder / "a.html").read_bytes() == PAGE


def test_redirects_are_followed_and_those_for_good_are_told(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    site.replies["/old"] = Reply(to="/a", status=301)
    site.replies["/today"] = Reply(to="/a", status=302)
    site.replies["/loop"] = Reply(to="/loop", status=302)
    report = fetch(folder, f"{site.address}/old", f"{site.address}/today", f"{site.address}/loop")
    assert len(report.added) == 2
    assert [str(one) for one in report.moved] == [
        f"_urls.txt, line 1: it has moved to {site.address}/a; write that address"
    ]
    assert "it leads on more than 5 times; give the address that it ends at" in reason(report)


def test_robots_txt_is_asked_once_and_heeded(folder: Path, site: Site) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: acobot\nDisallow: /private\nCrawl-delay: 3\n", "text/plain")
    site.replies |= {path: Reply(PAGE) for path in ("/private/a", "/b", "/c")}
    (folder / "_urls.txt").write_text("\n".join(f"{site.address}{path}" for path in ("/private/a", "/b", "/c")))
    slept: list[float] = []
    report = fetch_addresses(Settings(sources=folder, fetch_private=True), sleep=slept.append)
    assert "line 1: the site's robots.txt asks not to fetch it; ask its owner, or save the page" in reason(report)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/b", "/c"]
    assert len(slept) == 1
    assert 2 < slept[0] <= 3


def test_a_site_that_cannot_say_its_rules_is_left_alone(folder: Path, site: Site) -> None:
    site.replies["/robots.txt"] = Reply(b"", status=500)
    site.replies["/a"] = Reply(PAGE)
    assert "robots.txt cannot be read (it answers 500); try again later" in reason(fetch(folder, f"{site.address}/a"))
    assert site.paths() == []


def test_sizes_and_times_are_bounded(folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.replies["/a"] = Reply(PAGE * 100)
    said = reason(fetch(folder, f"{site.address}/a", most=1_000))
    assert "it is too big (more than 1,000 bytes); give a smaller page, or raise ACOBOT_MAX_SOURCE_BYTES" in said
    monkeypatch.setattr(web, "LONGEST", -1.0)
    assert "it takes longer than" in reason(fetch(folder))
    monkeypatch.setattr(web, "STALLED", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        report = fetch(folder, f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert "127.0.0.1 does not answer within 0 seconds; try again later" in reason(report)


def test_a_private_network_is_refused_unless_it_is_allowed(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    report = fetch(
        folder, f"{site.address}/a", "http://localhost:1/", "http://10.0.0.1/", "http://[::1]/", private=False
    )
    assert len(report.problems) == 4
    for problem in report.problems:
        assert "in a private network, which is not fetched from; take it out, or set ACOBOT_FETCH_PRIVATE" in str(
            problem
        )
    assert site.asked == []


def test_a_public_page_that_leads_into_a_private_network_is_refused_there(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = network.public_number
    monkeypatch.setattr(
        web, "public_number", lambda host, port: "127.0.0.1" if host == "public.example" else real(host, port)
    )
    site.replies["/a"] = Reply(to=f"{site.address}/secret", status=302)
    site.replies["/secret"] = Reply(PAGE)
    port = site.address.rpartition(":")[2]
    assert "in a private network" in reason(fetch(folder, f"http://public.example:{port}/a", private=False))
    assert site.asked[0][1]["host"] == f"public.example:{port}"
    assert site.paths() == ["/a"]


def test_hosts_that_are_not_there_are_named(folder: Path) -> None:
    said = reason(fetch(folder, "http://nowhere.invalid/", private=False))
    assert "there is no host 'nowhere.invalid'; check the spelling, and that you are online" in said
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "127.0.0.1 cannot be reached (" in reason(fetch(folder, f"http://127.0.0.1:{port}/"))


def test_what_is_not_ours_is_never_written_over(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    (folder / "a.md").write_text("# Mine\n", encoding="utf-8")
    assert "a.md is there already and was not fetched from this address; rename it" in reason(
        fetch(folder, f"{site.address}/a a")
    )
    fetch(folder, f"{site.address}/a b")
    (folder / "b.html").write_bytes(PAGE + b"<p>Mine.</p>")
    assert "b.html was changed since it was fetched; move it away to fetch it anew" in reason(fetch(folder))
    assert (folder / "b.html").read_bytes().endswith(b"Mine.</p>")


@pytest.mark.parametrize("ending", [".yaml", ".yml"])
def test_what_a_maintainer_said_goes_with_a_snapshot_to_its_new_name(folder: Path, site: Site, ending: str) -> None:
    site.replies["/a"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a waste/bins")
    (folder / "waste" / "bins.yaml").rename(folder / "waste" / f"bins{ending}")
    with (folder / "waste" / f"bins{ending}").open("a") as sidecar:
        sidecar.write("publisher: Piers Council\n")
    assert fetch(folder, f"{site.address}/a rubbish/bins").problems == ()
    assert [file.name for file in list_folder(folder).files] == ["rubbish/bins.html"]
    assert "publisher: Piers Council\n" in (folder / "rubbish" / f"bins{ending}").read_text("utf-8")
    assert list((folder / "waste").iterdir()) == []


def test_a_sidecar_that_cannot_be_read_is_named_and_nothing_is_touched(folder: Path, site: Site) -> None:
    site.replies["/a"] = site.replies["/b"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a a", f"{site.address}/b b")
    sidecar = folder / "a.yaml"
    good = sidecar.read_bytes()
    sidecar.write_bytes(good + "publisher: Café\n".encode("cp1252"))
    site.replies["/a"] = site.replies["/b"] = Reply(PAGE + b"<p>New.</p>")
    report = fetch(folder)
    assert report.changed == ("b",)
    assert reason(report) == "_urls.txt, line 1: its sidecar a.yaml is not UTF-8; save it as UTF-8"
    assert (folder / "a.html").read_bytes() == PAGE
    sidecar.write_bytes(good)
    assert fetch(folder).changed == ("a",)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("step", range(4))
def test_a_fetch_that_is_cut_off_anywhere_is_taken_up_by_the_next(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch, step: int, first: bool
) -> None:
    site.replies["/a"] = Reply(PAGE, etag='"1"')
    listed = f"{site.address}/a a"
    if not first:
        fetch(folder, listed)
        site.replies["/a"] = Reply(PAGE + b"<p>New.</p>", etag='"2"')
    with monkeypatch.context() as cut, suppress(KeyboardInterrupt):
        left = iter(range(step))
        whole = snapshots._replace

        def replace(path: Path, raw: bytes) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            whole(path, raw)

        cut.setattr(snapshots, "_replace", replace)
        fetch(folder, listed)
    assert fetch(folder, listed).problems == ()
    assert (folder / "a.html").read_bytes() == site.replies["/a"].body
    assert "retrieved: 20" in (folder / "a.yaml").read_text("utf-8")
    assert fetch(folder, listed).unchanged == ("a",)


def test_an_address_with_any_signs_is_written_as_it_is(folder: Path, site: Site) -> None:
    odd = '/a?q="bins"\\1'
    site.replies["/a?q=%22bins%22\\1"] = site.replies["/a?q=%22bins%22%5C1"] = site.replies["/b"] = Reply(PAGE)
    assert fetch(folder, f"{site.address}/b a").problems == ()
    assert fetch(folder, f"{site.address}{odd} a").problems == ()
    [file] = list_folder(folder).files
    assert read_source(file, ENGLISH).particulars.url == f"{site.address}{odd}"
    (folder / "_fetched.json").unlink()
    assert fetch(folder, f"{site.address}{odd} a").problems == ()


def test_a_line_whose_address_changes_keeps_its_source(folder: Path, site: Site) -> None:
    site.replies["/a"], site.replies["/new"] = Reply(PAGE), Reply(PAGE + b"<p>New.</p>")
    fetch(folder, f"{site.address}/a a")
    assert fetch(folder, f"{site.address}/new a").problems == ()
    assert f'url: "{site.address}/new"' in (folder / "a.yaml").read_text("utf-8")
    assert list(json.loads((folder / "_fetched.json").read_text("utf-8"))) == [f"{site.address}/new"]


def test_what_is_no_longer_listed_stays_and_is_told(folder: Path, site: Site) -> None:
    site.replies["/a"] = Reply(PAGE)
    fetch(folder, f"{site.address}/a a")
    assert fetch(folder, "# nothing").unlisted == ("a.html",)
    assert (folder / "a.html").exists()


def test_an_address_and_a_name_stand_once(folder: Path, site: Site) -> None:
    site.replies["/a"] = site.replies["/b"] = Reply(PAGE)
    report = fetch(
        folder, f"{site.address}/a a", f"{site.address}/a b", f"{site.address}/b a", f"{site.address}/b ../c"
    )
    assert [problem.line for problem in report.problems] == [2, 3, 4]
    assert "'../c' cannot be a source's name" in str(report.problems[2])


def test_without_a_list_there_is_nothing_to_fetch(folder: Path) -> None:
    with pytest.raises(SourcesError, match=r"_urls\.txt: it is not there; write it, with an address a line"):
        fetch(folder)
    (folder / "_urls.txt").write_bytes(b"# caf\xe9")
    with pytest.raises(SourcesError, match="it is not UTF-8; save it as UTF-8"):
        fetch(folder)


def test_a_damaged_state_is_named(folder: Path) -> None:
    (folder / "_fetched.json").write_text("{", encoding="utf-8")
    with pytest.raises(SourcesError, match=r"_fetched\.json is damaged; take it away, and all addresses are fetched"):
        fetch(folder, "# nothing")
