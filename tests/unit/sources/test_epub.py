"""E-books: chapters in the order of reading, their headings, particulars, and copy protection."""

from __future__ import annotations

import io
import zipfile

import pytest

from acobot.sources.epub import read
from acobot.sources.record import UnreadableError
from tests.documents import make_zip
from tests.office_files import make_epub

TWO = [("one.xhtml", "<h1>Halls</h1><p>Denton is step-free.</p>"), ("two.xhtml", "<p>Ask at the desk.</p>")]


def test_chapters_follow_each_other_under_their_own_headings_or_those_of_the_contents() -> None:
    assert read(make_epub(TWO, ["Halls", "Hire"])).text == (
        "# Halls\n\nDenton is step-free.\n\n# Hire\n\nAsk at the desk."
    )


def test_paragraphs_that_the_contents_name_are_headings() -> None:
    body = (
        '<p class="t"><b>1 Halls</b></p><p>Denton is step-free.</p><p><a id="x"/><b>2 Hire</b></p>'
        "<p>Ask at the desk.</p><p>2 Hire</p>"
    )
    raw = make_epub([("one.xhtml", body)], ['1 Halls</a></li><li><a href="text/one.xhtml#x">2 Hire'])
    assert read(raw).text == "# 1 Halls\n\nDenton is step-free.\n\n# 2 Hire\n\nAsk at the desk.\n\n2 Hire"


def test_the_list_of_printed_pages_names_no_headings() -> None:
    nav = (
        '<html><body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">Halls</a></li></ol></nav>'
        '<nav epub:type="page-list"><ol><li><a href="text/one.xhtml#p4">4</a></li></ol></nav></body></html>'
    )
    raw = make_epub([("one.xhtml", "<p>Halls</p><p>4</p><p>Ask at the desk.</p>")], more={"OPS/nav.xhtml": nav})
    assert read(raw).text == "# Halls\n\n4\n\nAsk at the desk."


def test_a_page_that_lists_the_contents_is_not_read() -> None:
    listed = '<p>Contents</p><p><a href="one.xhtml">Our halls</a></p><p><a href="two.xhtml#a">How to hire</a></p>'
    assert read(make_epub([("toc.xhtml", listed), *TWO])).text.startswith("# Halls")


def test_the_older_table_of_contents_is_read_too() -> None:
    raw = make_epub(TWO, more={"OPS/toc.ncx": "<ncx/>"})
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Hire</text></navLabel>'
        '<content src="text/two.xhtml"/></navPoint></navMap></ncx>'
    )
    package = '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["OPS/toc.ncx"] = ncx.encode()
    parts["OPS/book.opf"] = parts["OPS/book.opf"].replace(b"</manifest>", package.encode() + b"</manifest>")
    assert "# Hire\n\nAsk at the desk." in read(make_zip(parts)).text


def test_particulars_come_from_the_package() -> None:
    told = (
        "<dc:title>Our halls</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator>"
        "<dc:publisher>The club</dc:publisher><dc:date>2018-04-16</dc:date><dc:rights>CC BY 4.0</dc:rights>"
    )
    assert read(make_epub(TWO, said=told)).said == {
        "title": "Our halls",
        "author": "Ann Lee, Bo Ek",
        "publisher": "The club",
        "published": "2018-04-16",
        "licence": "CC BY 4.0",
    }


def test_numbers_of_printed_pages_are_no_words_of_a_sentence() -> None:
    marks = '<span epub:type="pagebreak" id="p3">3</span>', '<span role="doc-pagebreak" title="4"/>'
    raw = make_epub([("one.xhtml", f"<p>Anyone can join. {marks[0]}A share costs £25 {marks[1]}a head.</p>")])
    assert read(raw).text == "Anyone can join. A share costs £25 a head."


def test_copy_protection_is_named_and_obfuscated_fonts_do_not_matter() -> None:
    def encrypted(name: str) -> dict[str, str]:
        reference = f'<CipherReference URI="{name}"/>'
        return {"META-INF/encryption.xml": f"<encryption><EncryptedData>{reference}</EncryptedData></encryption>"}

    assert read(make_epub(TWO, more=encrypted("OPS/font.otf")))
    with pytest.raises(UnreadableError, match=r"it is encrypted \(DRM\); get it without copy protection"):
        read(make_epub(TWO, more=encrypted("OPS/text/two.xhtml")))


def test_what_is_missing_or_grows_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"it is damaged: its part 'book.opf' is missing; get it anew"):
        read(make_zip({"META-INF/container.xml": '<c><rootfile full-path="book.opf"/></c>'}))
    laughs = "<!DOCTYPE c [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><c>&b;</c>"
    with pytest.raises(UnreadableError, match=r"its part 'META-INF/container.xml' has a document type"):
        read(make_zip({"META-INF/container.xml": laughs}))


def test_elements_that_are_closed_at_once_hide_nothing_after_them() -> None:
    body = '<h1><a id="p"/>Halls</h1><div class="c"/><script src="x"/><p>One<span/>.</p><ul><li>Two</li></ul>'
    whole = zipfile.ZipFile(io.BytesIO(make_epub([("one.xhtml", body)])))
    parts = {name: whole.read(name).replace(b"<title>x</title>", b"<title/>") for name in whole.namelist()}
    assert read(make_zip(parts)).text == "# Halls\n\nOne.\n\n- Two"
