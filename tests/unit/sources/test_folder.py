import hashlib
import os
from pathlib import Path

import pytest

from acobot.errors import SourceProblem, SourcesError
from acobot.sources import Source, list_folder, one_file, read_source
from tests.fakes import ENGLISH, write_sources

TEXT = "Bins are collected every week."


def ids(folder: Path) -> list[str]:
    return [file.id for file in list_folder(folder).files]


def read(folder: Path, text: str | bytes, name: str = "bins.md") -> Source:
    [file] = list_folder(write_sources(folder, {name: text})).files
    return read_source(file, ENGLISH)


def test_a_source_is_named_by_its_path_without_its_ending(tmp_path: Path) -> None:
    write_sources(
        tmp_path,
        {"bins.md": TEXT, "waste/Bulky Waste.txt": TEXT, "waste/2018/v1.2.md": TEXT, "Über uns.MD": TEXT, "a.md": TEXT},
    )
    assert ids(tmp_path) == ["a", "bins", "waste/2018/v1.2", "waste/Bulky Waste", "Über uns"]


def test_other_endings_are_listed_as_ignored(tmp_path: Path) -> None:
    write_sources(tmp_path, {"bins.md": TEXT, "map.png": b"\x89PNG", "old/bins.doc": b"", "notes": TEXT})
    listing = list_folder(tmp_path)
    assert [file.name for file in listing.files] == ["bins.md"]
    assert listing.ignored == ("map.png", "notes", "old/bins.doc")


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "readme.txt",
        "Readme-first.md",
        "waste/README",
        ".hidden.md",
        "_draft.md",
        "~$bins.md",
        ".git/x.md",
        "_old/x.md",
    ],
)
def test_what_is_not_meant_as_a_source_is_neither_read_nor_listed(tmp_path: Path, name: str) -> None:
    listing = list_folder(write_sources(tmp_path, {name: TEXT, "bins.md": TEXT}))
    assert [file.name for file in listing.files] == ["bins.md"]
    assert not listing.ignored
    assert not listing.problems


def test_a_second_file_with_the_same_id_is_a_problem(tmp_path: Path) -> None:
    listing = list_folder(write_sources(tmp_path, {"a.md": TEXT, "bins.md": TEXT, "bins.txt": TEXT}))
    assert [file.name for file in listing.files] == ["a.md", "bins.md"]
    [problem] = listing.problems
    assert str(problem) == "bins.txt: has the same id 'bins' as bins.md; rename one of them"


def test_a_folder_that_is_not_there_is_named_with_the_flag_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"there is no folder '.*missing'; name one .* with --sources"):
        list_folder(tmp_path / "missing")


def test_a_file_that_is_too_big_is_a_problem_and_is_not_read(tmp_path: Path) -> None:
    write_sources(tmp_path, {"a.md": TEXT, "bins.pdf": b"x" * 2001, "map.png": b"x" * 2001})
    listing = list_folder(tmp_path, max_bytes=2000)
    assert [file.name for file in listing.files] == ["a.md"]
    assert [str(problem) for problem in listing.problems] == [
        "bins.pdf: it is too big (2,001 bytes; at most 2,000 are read); split it, or raise ACOBOT_MAX_SOURCE_BYTES"
    ]


def test_a_pipe_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bins.md")
    [problem] = list_folder(tmp_path).problems
    assert str(problem) == "bins.md: it is a device or a pipe, not a file; take it away"


@pytest.mark.parametrize("name", ["waste/bins.yaml", "waste/bins.yml", "waste/bins.YAML"])
def test_a_sidecar_is_no_source_and_says_what_its_source_is(tmp_path: Path, name: str) -> None:
    write_sources(tmp_path, {"waste/bins.txt": TEXT, name: "title: A guide\nkind: summary\nasks: When?\n"})
    listing = list_folder(tmp_path)
    [file] = listing.files
    assert not listing.ignored
    source = read_source(file, ENGLISH)
    assert (source.id, source.particulars.title, source.particulars.kind) == ("waste/bins", "A guide", "summary")
    assert [ask.text for ask in source.asks] == ["When?"]
    assert source.text == TEXT


def test_a_sidecar_may_have_the_lines_of_front_matter_around_it(tmp_path: Path) -> None:
    write_sources(tmp_path, {"bins.txt": TEXT, "bins.yaml": "---\ntitle: A guide\n---\n"})
    [file] = list_folder(tmp_path).files
    assert read_source(file, ENGLISH).particulars.title == "A guide"


def test_a_change_of_the_sidecar_is_a_change_of_the_source(tmp_path: Path) -> None:
    def digest() -> str:
        [file] = list_folder(tmp_path).files
        assert read_source(file, ENGLISH).file_sha256 == file.digest()
        return file.digest()

    alone = write_sources(tmp_path, {"bins.txt": TEXT}) and digest()
    first = write_sources(tmp_path, {"bins.yaml": "title: A"}) and digest()
    second = write_sources(tmp_path, {"bins.yaml": "title: B"}) and digest()
    assert len({alone, first, second}) == 3


def test_front_matter_wins_over_what_the_format_says(tmp_path: Path) -> None:
    page = f"<title>Bins</title><meta name=author content=Jo><meta name=date content=2018><p>{TEXT}</p>"
    source = read(tmp_path, f"---\nauthor: Al\nselector: p\n---\n{page}", "bins.html")
    assert (source.particulars.title, source.particulars.author, source.particulars.published) == ("Bins", "Al", "2018")
    assert source.text == TEXT


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("koi8-r", "koi8-r")],
)
def test_a_page_may_be_in_the_encoding_that_it_names(tmp_path: Path, label: str, encoding: str) -> None:
    words = "Мусор вывозят каждую неделю." if encoding == "koi8-r" else "“Cafés” are emptied every week."
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>{words}</p>'
    assert read(tmp_path, page.encode(encoding), "bins.htm").text == words


def link_out(folder: Path) -> Path:
    """Sources with links out of them, to a folder and to files."""
    write_sources(folder, {"elsewhere/bins.md": TEXT, "secret.txt": TEXT, "sources/a.md": TEXT, "sources/b.pdf": ""})
    sources = folder / "sources"
    (sources / "waste").symlink_to(folder / "elsewhere", target_is_directory=True)
    (sources / "c.txt").symlink_to(folder / "secret.txt")
    (sources / "b.yaml").symlink_to(folder / "secret.txt")
    (sources / "passed over").symlink_to(folder / "secret.txt")
    return sources


def test_links_out_of_the_folder_are_problems(tmp_path: Path) -> None:
    listing = list_folder(link_out(tmp_path))
    assert [file.id for file in listing.files] == ["a", "b"]
    assert listing.files[1].sidecar is None
    assert [str(problem) for problem in listing.problems] == [
        f"{name}: it is a link out of the sources, to {tmp_path / target}; put a copy here, "
        f"or name {tmp_path / folder} in ACOBOT_FOLLOW_LINKS"
        for name, target, folder in [
            ("waste", "elsewhere", "elsewhere"),
            ("b.yaml", "secret.txt", ""),
            ("c.txt", "secret.txt", ""),
        ]
    ]


def test_links_into_allowed_folders_are_followed(tmp_path: Path) -> None:
    listing = list_folder(link_out(tmp_path), follow=[tmp_path / "elsewhere"])
    assert [file.id for file in listing.files] == ["a", "b", "waste/bins"]
    assert not list_folder(tmp_path / "sources", follow=[tmp_path]).problems


def test_links_inside_the_folder_and_a_folder_that_is_one_are_followed(tmp_path: Path) -> None:
    write_sources(tmp_path, {"real/..data/a.md": TEXT})
    (tmp_path / "real" / "a.md").symlink_to("..data/a.md")
    (tmp_path / "sources").symlink_to(tmp_path / "real", target_is_directory=True)
    assert ids(tmp_path / "sources") == ["a"]


def test_a_link_to_itself_cannot_be_read_and_keeps_nothing_else_from_being(tmp_path: Path) -> None:
    write_sources(tmp_path, {"a.md": TEXT})
    for name in ("self.md", "a.yaml"):
        (tmp_path / name).symlink_to(name)
    (tmp_path / "folder").symlink_to("folder", target_is_directory=True)
    a, itself = list_folder(tmp_path).files
    for file, name in ((itself, "self.md"), (a, "a.yaml")):
        with pytest.raises(SourcesError, match=rf"{name}: it cannot be read \(Too many levels of symbolic links\)"):
            read_source(file, ENGLISH)
    with pytest.raises(SourcesError, match="there is no such file"):
        one_file(tmp_path / "self.md", tmp_path)


def test_a_link_that_leads_back_is_followed_once(tmp_path: Path) -> None:
    write_sources(tmp_path, {"waste/bins.md": TEXT})
    (tmp_path / "waste" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert ids(tmp_path) == ["waste/bins"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path) -> None:
    write_sources(tmp_path, {"bins.md": TEXT, "closed/x.md": TEXT})
    (tmp_path / "closed").chmod(0)
    try:
        listing = list_folder(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [str(problem) for problem in listing.problems] == [
        "closed: the folder cannot be read (Permission denied); check its permissions"
    ]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes only there")
def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bin\xe9.md")).write_text(TEXT, encoding="utf-8")
    listing = list_folder(write_sources(tmp_path, {"bins.md": TEXT}))
    assert [file.name for file in listing.files] == ["bins.md"]
    assert listing.problems == (SourceProblem(r"bin\udce9.md", "its name is not UTF-8; rename the file"),)


def test_front_matter_becomes_the_particulars(tmp_path: Path) -> None:
    source = read(
        tmp_path, f"---\ntitle: A guide\npublished: 2018-04\nkind: summary\nasks: When?\n---\n# Bins\n\n{TEXT}"
    )
    assert source.id == "bins"
    assert source.particulars.title == "A guide"
    assert source.particulars.published == "2018-04"
    assert source.particulars.kind == "summary"
    assert source.particulars.publisher == ""
    assert [(ask.text, ask.at) for ask in source.asks] == [("When?", None)]
    assert source.text == f"# Bins\n\n{TEXT}"


def test_a_source_is_an_original_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT).particulars.kind == "original"


@pytest.mark.parametrize("name", ["bins.md", "bins.txt"])
def test_byte_order_marks_and_newlines_of_other_systems_make_no_difference(tmp_path: Path, name: str) -> None:
    unix = f"---\ntitle: Bins\n---\n# Bins\n\n{TEXT}\n"
    plain = read(tmp_path / "unix", unix, name)
    windows = read(tmp_path / "windows", b"\xef\xbb\xbf" + unix.replace("\n", "\r\n").encode(), name)
    old_mac = read(tmp_path / "mac", unix.replace("\n", "\r"), name)
    assert windows.text == old_mac.text == plain.text
    assert windows.sha256 == old_mac.sha256 == plain.sha256
    assert windows.particulars == plain.particulars
    assert windows.file_sha256 != plain.file_sha256


def test_digests_are_of_the_citable_text_and_of_the_file(tmp_path: Path) -> None:
    raw = "\ufeffBins are *emptied*.\r\n"
    source = read(tmp_path, raw)
    [file] = list_folder(tmp_path).files
    assert source.text == "Bins are emptied.\n"
    assert source.sha256 == hashlib.sha256(b"Bins are emptied.\n").hexdigest()
    assert source.file_sha256 == file.digest() == hashlib.sha256(raw.encode()).hexdigest()


def test_nothing_is_normalised(tmp_path: Path) -> None:
    text = "Cafe\u0301 and café, ﬁve\u00a0km, “quoted”, \U0001f5d1 and so on."
    assert read(tmp_path, text).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Bins *and* more\n\n## Later\n\n{TEXT}", "Bins and more"),
        (f"{TEXT}\n\n# Bins\n\nMore of it.", "Bins"),
        (f"Search\n\n{TEXT}\nThe lid is shut.", TEXT),
        (f"# Menu\n\n# Skip to content\n\n{TEXT}", TEXT),
        ("- Glass goes here.\n- Paper goes there.", "Glass goes here."),
        ("# ***\n\n- 5 km\n", "5 km"),
    ],
)
def test_without_a_title_the_first_heading_or_line_of_text_is_one(tmp_path: Path, text: str, title: str) -> None:
    assert read(tmp_path, text).particulars.title == title


def test_where_neither_says_a_word_the_title_is_the_files_name(tmp_path: Path) -> None:
    assert read(tmp_path, f"# * * *\n\n…\n{TEXT}", "waste/bins.md").particulars.title == "bins"


def test_a_long_title_is_cut_at_a_word(tmp_path: Path) -> None:
    title = read(tmp_path, "# " + "word " * 60 + f"\n\n{TEXT}").particulars.title
    assert title.endswith("word…")
    assert 190 < len(title) <= 200


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "bins.md: it is empty; write its text, or take the file away"),
        (b" \n\t\n", "bins.md: it is empty; write its text, or take the file away"),
        (b"\xef\xbb\xbf", "bins.md: it is empty; write its text, or take the file away"),
        (b"---\ntitle: Bins\n---\n\n", "bins.md: it is empty; write its text, or take the file away"),
        (
            b"<!-- to do -->\n",
            "bins.md: nothing in it can be quoted: it has only headings or page furniture; write its",
        ),
        ("# Bins\n\n…\n".encode(), "bins.md: nothing in it can be quoted: it has only headings or page furniture"),
        (b"# Bins\n", "bins.md: nothing in it can be quoted: it has only headings or page furniture; write its"),
        (b"Menu\n\nSearch\n\nBack to top\n", "bins.md: nothing in it can be quoted: it has only headings or page"),
        (b"Bins.\nCaf\x81.\n", "bins.md, line 2: it is not UTF-8 (byte 0x81); save it as UTF-8"),
        (b"\xfe\xff\x00B\x00", "bins.md: it is UTF-16, but damaged or cut off; save it anew, as UTF-8"),
        (b"Bins.\n\nB\0ns.", "bins.md, line 3: it holds a NUL character, so it is not a text file; export it as text"),
        (b"---\ntitle: A\nkind: B\n---\nBins.", "bins.md, line 3: 'kind' is 'B'; it is one of original, summary"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason_and_the_mend(tmp_path: Path, raw: bytes, problem: str) -> None:
    with pytest.raises(SourcesError) as caught:
        read(tmp_path, raw)
    [found] = caught.value.problems
    assert str(found).startswith(problem)
    assert str(found) in str(caught.value)


def test_a_file_that_is_gone_is_named_with_the_systems_reason(tmp_path: Path) -> None:
    (tmp_path / "bins.md").symlink_to(tmp_path / "nowhere.md")
    [file] = list_folder(tmp_path).files
    reason = r"bins\.md: it cannot be read \(No such file or directory\); check the file and its permissions"
    with pytest.raises(SourcesError, match=reason):
        read_source(file, ENGLISH)
    with pytest.raises(SourcesError, match=reason):
        file.digest()


def test_the_same_file_always_reads_the_same(tmp_path: Path) -> None:
    [file] = list_folder(write_sources(tmp_path, {"bins.md": f"# Bins\n\n{TEXT}"})).files
    assert read_source(file, ENGLISH) == read_source(file, ENGLISH)


def test_a_name_with_a_line_break_is_a_problem(tmp_path: Path) -> None:
    listing = list_folder(write_sources(tmp_path, {"bi\nns.md": TEXT}))
    assert not listing.files
    assert [str(problem) for problem in listing.problems] == [
        "bi\\nns.md: its name holds a control character, as a line break is; rename it"
    ]
