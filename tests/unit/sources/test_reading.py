"""How a file is read: where particulars come from, which rule sets blocks aside, what is odd, what is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.sources import Concern, Warned, find_unread, one_file, read_closely
from acobot.sources.reading import Reading
from tests.documents import lines, make_docx, make_pdf, paragraph
from tests.fakes import ENGLISH, write_sources

PAGE = """<html><head><title>Bins</title><meta name="author" content="A. Miller"></head><body>
<nav><a href="/">Home</a> <a href="/tax">Council tax</a></nav>
<main><h1>Bins</h1><p>The bins are emptied on Mondays, from seven in the morning.</p><p>Follow us on Facebook</p></main>
</body></html>"""


def read(folder: Path, name: str, text: str | bytes, **others: str) -> Reading:
    write_sources(folder, {name: text} | {key.replace("_", "."): said for key, said in others.items()})
    return read_closely(one_file(folder / name, folder), ENGLISH)


def warned(reading: Reading) -> list[tuple[str, str]]:
    return [(one.concern, one.text) for one in reading.source.warnings]


def test_each_particular_says_where_it_came_from(tmp_path: Path) -> None:
    front = "---\npublisher: The council\ndate: 2020-01-02\n---\n"
    origins = read(tmp_path, "a.md", f"{front}# Bins\n\nThe bins are emptied.\n").origins
    assert origins == {
        "title": "the first heading",
        "publisher": "front matter",
        "published": "front matter (date:)",
    }
    assert read(tmp_path, "b.txt", "The bins are emptied.\n").origins["title"] == "the first line"
    assert read(tmp_path, "c.html", PAGE).origins["author"] == "the page's own metadata"
    pdf = make_pdf(lines(72, 700, "The bins are emptied."), info={"Author": "A. B.", "CreationDate": "D:20180416"})
    reading = read(tmp_path, "d.pdf", pdf, d_yaml="publisher: The council\n")
    assert reading.origins["author"] == reading.origins["published"] == "the file's properties"
    assert reading.origins["publisher"] == "the sidecar d.yaml"


def test_what_is_set_aside_says_by_which_rule(tmp_path: Path) -> None:
    menu = "- Home\n- News\n- About us\n- Contact\n- Log in\n- Privacy policy\n- Cookies\n\n"
    text = f"---\ndrop: Share this\n---\n{menu}# Bins\n\nThe bins are emptied on Mondays.\n\nShare this with all.\n"
    reading = read(tmp_path, "a.md", text)
    rules = [reading.set_aside.get(number, "") for number in range(len(reading.source.blocks))]
    assert rules[-1] == "drop: of its particulars"
    assert "menu" in rules[:7]
    assert [block.furniture for block in reading.source.blocks] == [bool(rule) for rule in rules]


def test_a_file_without_anything_to_quote_is_shown_with_the_reason(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.md", "# Bins\n")
    assert reading.refused.startswith("nothing in it can be quoted")
    assert len(reading.source.blocks) == 1


@pytest.mark.parametrize(
    ("name", "text", "concern", "says"),
    [
        ("a.txt", b"The caf\xe9 opens at nine.\n", Concern.ENCODING, "read as Windows-1252"),
        ("a.txt", "The café opens at nine.\n".encode("utf-16"), Concern.ENCODING, "read as UTF-16"),
        ("a.csv", b"Price list\n\nItem,Fee\nCaf\xe9 table,25\n", Concern.ENCODING, "read as Windows-1252"),
        ("a.md", "Cats.\n\nThe cafÃ© opens – at nine.\n", Concern.ENCODING, "1 character looks garbled, the first"),
        ("a.md", "---\npublised: 2018\n---\nCats.\n", Concern.KEYS, "line 2: the key 'publised' is not known; is"),
        ("a.md", "---\nkind: original\nlayout: b\n---\nCats.\n", Concern.KEYS, "keys that are not known: layout"),
        ("a.md", "---\ntitle: scan_0123\n---\nCats nap.\n", Concern.TITLE, "its title looks wrong: 'scan_0123'"),
        ("a.md", "---\ntitle: report.indd\n---\nCats nap.\n", Concern.TITLE, "its title looks wrong"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told(tmp_path: Path, name: str, text: str | bytes, concern: str, says: str) -> None:
    [(about, told)] = warned(read(tmp_path, name, text))
    assert about == concern
    assert told.startswith(says)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ntitle: Bins in 2024\npublished: 2018\n---\nThe café: 5 °C, “naïve”, Âge, 10 £.\n"),
        ("a.html", '<meta charset="windows-1252"><main><h1>Bins</h1><p>The café is open.</p></main>'.encode("cp1252")),
        ("a.txt", "Bins\n\nThe bins are emptied on Mondays.\n"),
    ],
)  # fmt: skip
def test_what_is_as_it_should_be_is_not(tmp_path: Path, name: str, text: str | bytes) -> None:
    assert warned(read(tmp_path, name, text)) == []


def test_a_pdf_is_warned_of_for_its_date_its_pictures_and_its_direction(tmp_path: Path) -> None:
    picture = b"q 200 0 0 200 72 400 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    pages = [lines(72, 700, "The bins are emptied."), lines(72, 700, "The tax is due."), []]
    pdf = make_pdf(*pages, info={"Title": "Bins", "CreationDate": "D:2018"}, draw=[b"", b"", picture])
    assert warned(read(tmp_path, "a.pdf", pdf)) == [
        (Concern.UNREAD, "page 3 holds no text, only pictures, which are not read"),
        (Concern.DATE, "its date is when the file was made; give 'published:'"),
    ]


def test_warnings_are_kept_in_the_index(tmp_path: Path) -> None:
    from acobot.index import Store
    from tests.fakes import build, fake_settings

    settings = fake_settings(tmp_path)
    write_sources(settings.sources, {"a.txt": b"The caf\xe9 opens at nine.\n"})
    build(settings)
    source = Store(settings.index).open_current().corpus.source("a")
    assert source.warnings == (Warned("encoding", "read as Windows-1252, for it is not UTF-8; save it as UTF-8"),)


def test_the_words_that_are_not_read_stand_together(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.html", PAGE)
    unread = find_unread(one_file(tmp_path / "a.html", tmp_path), reading.source)
    assert unread.runs == ("Home Council tax",)
    assert (unread.missing, unread.words) == (3, 19)


def test_nothing_is_missing_of_a_text_that_is_read_whole(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A\n---\n# Bins\n\nThe *bins* are [emptied](#x).\n\n| Day | Bin |\n|---|---|\n| Monday | green |\n"
    )
    reading = read(tmp_path, "a.md", text.replace("[emptied](#x)", "emptied"))
    assert find_unread(one_file(tmp_path / "a.md", tmp_path), reading.source).runs == ()
    word = make_docx(paragraph("The bins are emptied on Mondays.") + paragraph("Nobody may park here."))
    reading = read(tmp_path, "b.docx", word)
    assert find_unread(one_file(tmp_path / "b.docx", tmp_path), reading.source).share == 0
    pdf = make_pdf(lines(72, 700, "The bins are emp-", "tied on Mondays by four", "people of the council."))
    reading = read(tmp_path, "c.pdf", pdf)
    assert find_unread(one_file(tmp_path / "c.pdf", tmp_path), reading.source).runs == ()


def test_a_title_holds_no_character_that_no_text_can_hold(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", "# Bi\x07ns\u200b of\tBrack\n\nBins are emptied.\n").source.particulars.title == (
        "Bi ns of Brack"
    )
