"""`acobot read`, in a terminal and as a page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from acobot.settings import Settings
from tests.fakes import write_sources
from tests.office_files import make_pptx
from tests.unit.conftest import Run

TEXT = """---
publised: 2018
drop: Share
asks: ["Who naps?"]
---
# Cats & <b>dogs</b>

Cats nap. <!-- so -->

Share [this].
"""


def test_read_shows_how_a_file_is_read(settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    write_sources(settings.sources, {"more/cats.md": TEXT})
    assert run("read", "sources/more/cats.md") == 0
    out = capsys.readouterr().out
    assert out.startswith("more/cats.md, source more/cats, read as Markdown\n")
    for line in (
        "  title:         Cats & dogs  (the first heading)\n",
        "  line 2: the key 'publised' is not known; is 'published' meant?\n",
        "  Who naps?\n",
        "Blocks 1 heading, 2 paragraphs; 1 set aside\n",
        "paragraph   Cats nap.\n",
        "paragraph   Share [this]. set aside: drop: of its particulars\n",
        "Not read ",
    ):
        assert line in out


def test_read_calls_the_slides_of_a_presentation_slides(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = make_pptx(("Cats", ["Cats nap in the sun."]), ("Dogs", ["Dogs dig all day."]))
    write_sources(settings.sources, {"pets.pptx": shown})
    assert run("read", "sources/pets.pptx") == 0
    out = capsys.readouterr().out
    assert "slide 2" in out
    assert "page 2" not in out


def test_read_writes_a_page_in_which_nothing_is_markup(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.txt": "Cats & <script>dogs</script>\n\nCats nap in the sun all day.\n"})
    assert run("read", "sources/cats.txt", "--html", "cats.html") == 0
    assert "wrote cats.html" in capsys.readouterr().err
    html = (settings.index.parent / "cats.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;dogs" in html
    assert "<script" not in html
    parser = HTMLParser()
    parser.feed(html)
    assert "Cats nap in the sun all day." in html


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("nowhere.md", None, "there is no such file"),
        ("photo.jpg", b"...", "it is not a format that is read; these are: .csv, .docx"),
        ("empty.md", b"", "empty.md: it is empty"),
        ("front.md", b"---\nkind: C\n---\nC.", "front.md, line 2: 'kind' is 'C'"),
        (
            "late.md",
            b"---\npublished: false\n---\nC.",
            "it is a draft, as its front matter or sidecar says ('published:",
        ),
        ("heads.md", b"# Heads\n", "nothing in it can be quoted"),
    ],
)
def test_read_says_why_a_file_cannot_be_read(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str], name: str, text: bytes | None, says: str
) -> None:
    if text is not None:
        write_sources(settings.sources, {name: text})
    assert run("read", f"sources/{name}") == 3
    assert says in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_named(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.md": "Cats nap.\n"})
    assert run("read", "sources/cats.md", "--html", "nowhere/cats.html") == 2
    assert "nowhere/cats.html cannot be written (No such file" in capsys.readouterr().err
