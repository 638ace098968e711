"""Boxes within a page's text: their headings stand over what is in them, and over nothing that follows."""

from __future__ import annotations

import pytest

from acobot.passages import split_passages
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Particulars, Source
from tests.fakes import ENGLISH, WordEncoder

FEES = "A permit costs fifty pounds a year in all zones of the borough, and twice that for a second car."
EARLY = "Whoever pays within fourteen days pays half."
AFTER = "All that is taken goes to the repair of roads and pavements in the borough, year by year."


def over(body: str) -> dict[str, tuple[str, ...]]:
    """Each passage of a page with the headings over it."""
    draft = read_bytes(".html", f"<main><h1>Parking</h1>{body}</main>".encode())
    page = Source("p", Particulars("Parking"), draft.text, draft.blocks, (), sha256="", file_sha256="")
    found = split_passages(page, WordEncoder().count, ENGLISH)
    return {page.text[passage.start : passage.end]: passage.heading for passage in found}


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h2>Pay early</h2><p>{EARLY}</p></aside>",
        f"<aside class='callout'><h3>Pay early</h3><p>{EARLY}</p></aside>",
        f"<div class='alert alert-info'><h2>Pay early</h2><p>{EARLY}</p></div>",
        f"<details><summary>Pay early</summary><p>{EARLY}</p></details>",
        f"<details><summary><h3>Pay early</h3></summary><p>{EARLY}</p></details>",
        f"<div class=card><h3>Pay early</h3><p>{EARLY}</p></div>",
        f"<div class=c><div class=card-title>Pay early</div><p>{EARLY}</p></div>",
        f"<button aria-controls=e>Pay early</button><div id=e hidden><p>{EARLY}</p></div>",
        f"<button class=accordion>Pay early</button><div class=panel><p>{EARLY}</p></div>",
        f"<button type=button class=collapsible>Pay early</button><div class=content><p>{EARLY}</p></div>",
        f"<details><summary>Pay early</summary>{EARLY}</details>",
        f"<div class=x-toggle-item><h3>Pay early</h3><div class=x-tab-content><p>{EARLY}</p></div></div>",
    ],
)
def test_what_follows_a_box_stands_under_the_heading_that_stood_over_it_before(box: str) -> None:
    found = over(f"<h2>Fees</h2><p>{FEES}</p>{box}<p>{AFTER}</p><h2>Refunds</h2><p>There are none for a lost card.</p>")
    assert found[FEES] == found[AFTER] == ("Fees",)
    assert found[EARLY] == ("Fees", "Pay early")
    assert found["There are none for a lost card."] == ("Refunds",)


def test_headings_in_a_box_keep_their_ranks_among_each_other() -> None:
    box = f"<aside><h2>Pay early</h2><h3>By card</h3><p>{EARLY}</p></aside>"
    assert over(f"<h2>Fees</h2><p>{FEES}</p>{box}<p>{AFTER}</p>")[EARLY] == ("Fees", "Pay early", "By card")


def test_a_box_of_headings_alone_stands_over_what_follows_it() -> None:
    assert over(f"<div class='box'><h2>Fees</h2></div><p>{FEES}</p>")[FEES] == ("Fees",)


def test_what_only_groups_a_page_ends_no_heading() -> None:
    parted = f"<div class='row'><h2>Fees</h2><p>{FEES}</p></div><div class='row'><p>{AFTER}</p></div>"
    assert set(over(parted).values()) == {("Fees",)}


def test_a_box_after_a_menu_is_no_part_of_the_menu() -> None:
    menu = "<nav><h4>Menu</h4><ul><li><a href=/a>Home</a></ul></nav>"
    assert over(f"{menu}<aside><h2>Pay early</h2><p>{EARLY}</p></aside>")[EARLY] == ("Pay early",)


def test_a_header_over_one_part_of_a_page_is_the_heading_of_that_part() -> None:
    pool = f"<div class=frame><header><h2>Pool</h2></header><p>{AFTER}</p></div>"
    page = f"<div><div class=frame><header><h1>Parking</h1></header><p>{FEES}</p></div>{pool}</div>"
    draft = read_bytes(".html", f"<body>{page}</body>".encode())
    assert [draft.text[one.start : one.end] for one in draft.blocks] == ["Parking", FEES, "Pool", AFTER]


@pytest.mark.parametrize(
    "top",
    [
        "<div><header><h2>Ashby Vale</h2></header><nav><a href=/>Home</a></nav></div>",
        "<div><header><h2>Ashby Vale</h2><p>Your council</p></header><p>Welcome.</p></div>",
        "<header><h2>Ashby Vale</h2></header>",
    ],
)
def test_a_header_over_the_page_is_none_of_its_headings(top: str) -> None:
    draft = read_bytes(".html", f"<body>{top}<div><h1>Parking</h1><p>{FEES}</p><p>{AFTER}</p></div></body>".encode())
    assert "Ashby Vale" not in draft.text


def test_a_button_that_is_not_named_as_one_that_opens_is_no_heading() -> None:
    assert over(f"<h2>Fees</h2><button class=btn>Pay now</button><div><p>{FEES}</p></div>") == {FEES: ("Fees",)}


def test_a_price_that_ends_a_heading_and_the_hours_of_a_card_are_texts_below_it() -> None:
    card = (
        "<div class=card><h5>Yoga <span class='badge bg-x'>{}</span></h5><h6 class=card-subtitle>{}</h6><p>A.</p></div>"
    )
    assert below(card.format("£7", "Tuesdays 10.00")) == ["Yoga", "£7", "Tuesdays 10.00", "A."]
    assert below(card.format("3", "Bring a mat")) == ["Yoga 3", "Bring a mat", "A."]
    assert below(card.format("Save £7", "")) == ["Yoga Save £7", "A."]


def test_an_amount_within_the_words_of_a_heading_and_a_cards_only_title_stay_headings() -> None:
    assert below("<h3>Orders over <span class='Price-amount amount'>£50</span></h3><p>A.</p>")[0] == "Orders over £50"
    asked = "Is there room for 50 cars?"
    card = f"<div class=card><h3 class=card-subtitle>{asked}</h3><p>Yes.</p></div>"
    draft = read_bytes(".html", f"<main><h1>Hall</h1>{card}</main>".encode())
    assert [draft.text[one.start : one.end] for one in draft.blocks if one.kind.value == "heading"][1:] == [asked]


def below(body: str) -> list[str]:
    draft = read_bytes(".html", f"<main><h1>Classes</h1>{body}</main>".encode())
    return [draft.text[one.start : one.end] for one in draft.blocks][1:]
