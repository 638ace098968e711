"""What a page says of itself beside its text becomes its particulars; what may be of something else does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.sources import Particulars, list_folder, read_closely
from acobot.sources.reading import Reading
from tests.fakes import ENGLISH, write_sources

PROSE = "The ferry calls at both piers on weekdays.\n\nIt is run by the parish since the bridge fell.\n"
BOX = "Title: Ferries, a short guide\n\nAuthor: Piers Team, Transport Directorate\n\nPublication date: April 2018\n\n"


def closely(folder: Path, text: str, name: str = "ferry.md") -> Reading:
    [file] = list_folder(write_sources(folder, {name: text})).files
    return read_closely(file, ENGLISH)


def read(folder: Path, text: str, name: str = "ferry.md") -> Particulars:
    return closely(folder, text, name).source.particulars


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("By Ann Lee\n\n", {"author": "Ann Lee"}),
        ("By Ann Lee and Bo Day Senior Reporters\n\n", {"author": "Ann Lee and Bo Day"}),
        ("By Ann Lee 3 May 2020\n\n", {"author": "Ann Lee", "published": "2020-05-03"}),
        ("By Ann Lee\n\n10 August 2017\n\n", {"author": "Ann Lee", "published": "2017-08-10"}),
        ("10 August 2017\n\nBy Ann Lee\n\n", {"author": "Ann Lee", "published": "2017-08-10"}),
        ("By June Lee\n\n", {"author": "June Lee"}),  # no month
        ("By Ann Lee, Health Correspondent\n\n", {"author": "Ann Lee"}),
        ("Written by Ann Lee on 3rd May 2020\n\n", {"author": "Ann Lee", "published": "2020-05-03"}),
        ("First published: 3 May 2020\n\n", {"published": "2020-05-03"}),
        ("Next review due: 3 May 2030\n\n", {}),
        ("By Ann Lee Updated 3 May 2020\n\n", {"author": "Ann Lee", "updated": "2020-05-03"}),
        ("By Ann Lee, Health and Social Care Correspondent\n\n", {"author": "Ann Lee"}),
        ("By Ann Lee Photo Bo Day\n\n", {"author": "Ann Lee"}),
        ("4 June 2021 Updated\n\n", {"updated": "2021-06-04"}),
        ("Published 3 May 2020 Next reviewed 4 June 2027\n\n", {"published": "2020-05-03"}),
        ("Updated: Mar 30, 2021\n\n", {"updated": "2021-03-30"}),
        ("Published 12 April 2018\n\n", {"published": "2018-04-12"}),
        ("16 April 2018updated 09 Sep 2021 4:29pm\n\n", {"published": "2018-04-16", "updated": "2021-09-09"}),
        ("Published 12 April 2018, last updated 3 May 2019\n\n", {"published": "2018-04-12", "updated": "2019-05-03"}),
        ("10 August 2017\n\n", {}),  # of the page, or of what it tells
        ("Published 12 April 2018\n\nPublished 13 April 2018\n\n", {}),  # one of them, and which?
    ],
)
def test_bylines_and_labelled_dates_over_a_text_are_its_own(tmp_path: Path, lines: str, told: dict[str, str]) -> None:
    about = read(tmp_path, f"# The ferry\n\n{lines}{PROSE}")
    said = {key: getattr(about, key) for key in ("author", "published", "updated") if getattr(about, key)}
    assert said == told
    assert about.title == "The ferry"


def test_a_box_gives_title_author_publisher_and_date(tmp_path: Path) -> None:
    about = read(tmp_path, f"# Department of Piers\n\n# Ferries\n\n{BOX}{PROSE}")
    assert about.title == "Ferries, a short guide"
    assert about.author == "Piers Team, Transport Directorate"
    assert about.published == "2018-04"
    box = "Published : 9th January 2018*\n\nPublisher : Piers Library  [ More From This Publisher ]\n\nRights : Piers\n"
    about = read(tmp_path, f"# The ferry\n\n{PROSE}\n{box}")
    assert (about.title, about.publisher, about.published) == ("The ferry", "Piers Library", "2018-01-09")


def test_a_box_about_another_work_is_not_the_pages_own(tmp_path: Path) -> None:
    book = "Title: The Salt Pier\n\nAuthor: Bo Day\n\nPublisher: Quay Books\n\nPublished: 22 March 2018\n\n"
    about = read(tmp_path, f"# Reading of the month\n\n{book}{PROSE}")
    assert (about.title, about.author, about.publisher, about.published) == ("Reading of the month", "", "", "")


def test_names_end_before_dates_and_addresses(tmp_path: Path) -> None:
    box = "Author: Ann Lee Email: ann@piers.example\n\nPublisher: Piers Library, 3 May 2020\n\nRights: Piers\n\n"
    about = read(tmp_path, f"# The ferry\n\n{box}{PROSE}")
    assert (about.author, about.publisher) == ("Ann Lee", "Piers Library")
    nobody = "Author: unknown\n\nPublisher: Piers Library\n\nRights: Piers\n\n"
    assert read(tmp_path, f"# The ferry\n\n{nobody}{PROSE}").author == ""


@pytest.mark.parametrize("line", ["By Appointment Only", "By Train and Bus", "By Post and Email"])
def test_what_else_begins_with_by_is_text(tmp_path: Path, line: str) -> None:
    reading = closely(tmp_path, f"# The ferry\n\n{line}\n\n{PROSE}")
    assert not reading.source.particulars.author
    assert not reading.set_aside


def test_a_picture_has_an_owner_of_its_own(tmp_path: Path) -> None:
    assert read(tmp_path, f"# The ferry\n\n© Ann Lee\n\n{PROSE}").publisher == ""
    lines = "".join(f"<p>{one}</p>" for one in PROSE.split("\n") if one)
    page = f"<html><body><h1>The ferry</h1><div class=caption><span>© Ann Lee</span></div>{lines}</body></html>"
    assert read(tmp_path, page, "ferry.html").publisher == ""


def test_a_name_alone_is_the_authors_where_the_opening_says_that_she_argues(tmp_path: Path) -> None:
    argued = "Pier warden Ann Lee argues that ferries matter.\n\n"
    assert read(tmp_path, f"* Ann Lee\n\n# The ferry\n\n{argued}{PROSE}").author == "Ann Lee"
    told = "The parish thanks Ann Lee for her work.\n\n"
    assert read(tmp_path, f"* Ann Lee\n\n# The ferry\n\n{told}{PROSE}").author == ""


def test_the_body_of_a_letterhead_published_what_stands_below_it(tmp_path: Path) -> None:
    about = read(tmp_path, f"Piers Parish Council\n\nFerries\n\nTimes of the island ferry\n\n{PROSE}", "ferry.txt")
    assert (about.publisher, about.title) == ("Piers Parish Council", "Times of the island ferry")
    about = read(
        tmp_path, f"Piers Sailing Club\n\nThe ferry\n\nSaturday 5 May 2018, 2pm to 4pm\n\n{PROSE}", "ferry.txt"
    )
    assert (about.publisher, about.title) == ("Piers Sailing Club", "The ferry")


@pytest.mark.parametrize(
    "line",
    ["Home > Travel > Ferries", "You are here: Home | Travel", "Reference: Fifteen A of the Harbour Office", "Travel"],
)
def test_what_stands_beside_a_title_is_none(tmp_path: Path, line: str) -> None:
    text = (
        f"Ferry Friends Society\n\n{line}\n\nTimes of the ferry: a guide\n\nFerry Friends Society tell them.\n\n{PROSE}"
    )
    about = read(tmp_path, text, "ferry.txt")
    assert (about.publisher, about.title) == ("Ferry Friends Society", "Times of the ferry: a guide")


@pytest.mark.parametrize(
    "text",
    [
        f"# Piers Parish Council\n\n## Ferries\n\n{PROSE}",  # the first rank is the title's
        f"# Piers Parish Council\n\n# Ferries\n\n{PROSE}",
        f"Piers Parish Council\n\n{PROSE}",
        f"Blue Badge\n\nWho can get one and how to apply\n\nA Blue Badge helps you. {PROSE}",
        f"Piers and ferries\n\nTimes of the island ferry\n\n{PROSE}",
    ],
)
def test_a_title_of_a_higher_rank_or_alone_is_no_letterhead(tmp_path: Path, text: str) -> None:
    about = read(tmp_path, text, "ferry.md" if text.startswith("#") else "ferry.txt")
    assert about.publisher == ""
    assert about.title == text.split("\n")[0].removeprefix("# ")


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("The ferry | Piers Council", "Piers Council"),
        ("The Ferry - Piers Council", "Piers Council"),
        ("The ferry - GOV.UK", "GOV.UK"),
        ("The ferry - Frequently asked questions", ""),
        ("The ferry - Page 2", ""),
        ("The ferry | Travel and Transport", ""),  # a section
        ("The ferry :: Travel :: Piers Council", "Piers Council"),
        ("Piers Council | The ferry", ""),
        ("The ferry", ""),
    ],
)
def test_a_pages_title_names_the_site_behind_its_heading(tmp_path: Path, title: str, site: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in PROSE.split("\n") if line)
    page = f"<html><head><title>{title}</title></head><body><article><h1>The ferry</h1>{lines}</article></body></html>"
    about = read(tmp_path, page, "ferry.html")
    assert (about.title, about.publisher) == ("The ferry", site)


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("© 2020 Piers Council", "Piers Council"),
        ("Copyright © 2018-2020 The Friends of the Piers Ltd. All rights reserved.", "The Friends of the Piers Ltd"),
        ("© Piers &amp; Boats 2020", "Piers & Boats"),
        ("© Crown copyright 2018", ""),
        ("Copyright 2023. All rights reserved.", ""),
        ("(c) Piers Council", ""),  # a list's third item
        ("Copyright Policy", ""),
        ("© 2020 Piers Council <a href='/a'>Privacy</a> <a href='/b'>Contact Us</a>", "Piers Council"),
        ("© 2020 Piers Council</p><p>© 2021 Quays Council", ""),  # which of them?
    ],
)
def test_the_line_at_a_pages_foot_tells_whose_it_is(tmp_path: Path, line: str, owner: str) -> None:
    lines = "".join(f"<p>{one}</p>" for one in PROSE.split("\n") if one)
    page = f"<html><body><main><h1>The ferry</h1>{lines}</main><footer><p>{line}</p></footer></body></html>"
    assert read(tmp_path, page, "ferry.html").publisher == owner


@pytest.mark.parametrize(
    ("around", "publisher"),
    [
        ("<header><img alt='Isle of Piers home'></header>{}", "Isle of Piers"),
        ("{}<img alt='The Isle of Piers by night'>", "Isle of Piers"),
        ("<main><img alt='The Isle of Piers'>{}</main>", ""),
        ("<header><a href='https://piers.example/'>Isle of Piers</a></header>{}", "Isle of Piers"),
        ("<p><a href='/start' rel=home>Isle of Piers</a></p>{}", "Isle of Piers"),
        ("<header><a href='/islands'>Isle of Piers</a></header>{}", ""),  # a section
        ("<main><a href='/'>Isle of Piers</a>{}</main>", ""),
        ("{}", ""),
    ],
)
def test_a_site_whose_name_tells_no_body_is_told_by_its_logo_or_home_page(
    tmp_path: Path, around: str, publisher: str
) -> None:
    lines = "".join(f"<p>{one}</p>" for one in PROSE.split("\n") if one)
    page = around.format(f"<article><h1>The ferry</h1>{lines}</article>")
    assert read(tmp_path, f"<title>The ferry | Isle of Piers</title>{page}", "ferry.html").publisher == publisher


@pytest.mark.parametrize(
    ("foot", "publisher"),
    [
        ("<div class='site-footer wide'>{}</div>", "Piers Council"),
        ("<div id=footer>{}</div>", "Piers Council"),
        ("<p class=copyright-line>{}</p>", "Piers Council"),
        ("<p class=photo-copyright>{}</p>", ""),
        ("<div class=card-footer>{}</div>", ""),
        ("<figure><p class=copyright>{}</p></figure>", ""),
        ("<article><p class=copyright>{}</p></article>", ""),
    ],
)
def test_the_line_of_a_picture_or_a_card_tells_not_whose_the_page_is(tmp_path: Path, foot: str, publisher: str) -> None:
    lines = "".join(f"<p>{one}</p>" for one in PROSE.split("\n") if one)
    page = f"<h1>The ferry</h1>{foot.format('<span>© Piers Council</span>')}{lines * 3}"
    assert read(tmp_path, page, "ferry.html").publisher == publisher


def test_what_stands_further_down_is_of_other_pages(tmp_path: Path) -> None:
    assert read(tmp_path, f"# The ferry\n\n{PROSE}\n# Bridges\n\nBy Bo Day\n\nBridges fall.\n").author == ""


def test_what_was_written_for_us_and_a_pages_own_metadata_go_before(tmp_path: Path) -> None:
    front = "---\nauthor: Cy Fox\n---\n"
    assert read(tmp_path, f"{front}# The ferry\n\nBy Ann Lee\n\n{PROSE}").author == "Cy Fox"
    page = (
        '<html><head><title>The ferry</title><meta name="author" content="Cy Fox"></head>'
        "<body><article><h1>The ferry</h1>"
        "<p>By Ann Lee</p><p>Published 12 April 2018</p>"
        f"{''.join(f'<p>{line}</p>' for line in PROSE.split(chr(10)) if line)}</article></body></html>"
    )
    about = read(tmp_path, page, "ferry.html")
    assert (about.author, about.published) == ("Cy Fox", "2018-04-12")


def test_where_it_was_found_is_told(tmp_path: Path) -> None:
    reading = closely(tmp_path, f"# The ferry\n\nBy Ann Lee\n\n{PROSE}")
    assert reading.origins["author"] == "a line of the text about itself"
    assert reading.origins["title"] == "the first heading"
