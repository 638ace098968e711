"""What of a page is its text: the part that its markup names, in full; never what belongs to the page around it."""

from __future__ import annotations

import pytest
from lxml import html

from acobot.sources.drafting import Piece
from acobot.sources.html import main_text
from acobot.sources.html.blocks import Found
from acobot.sources.picking import EVERYTHING, Pick, is_selector
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import BlockKind, Concern

TEXT = "Bins are emptied every week, on the day that the calendar of the council gives for the street."
MORE = "Bulky waste is taken away for a fee, on a day that the caller is told when the fee has been paid."


def quotable(page: str, pick: Pick = EVERYTHING) -> list[str]:
    draft = read_bytes(".html", page.encode(), pick)
    return [draft.text[block.start : block.end] for block in draft.blocks if block.quotable]


@pytest.mark.parametrize(
    "short",
    [
        "<figure><img src=x><figcaption>The tip is shut until 14 June.</figcaption></figure>",
        "<aside class='callout'><h2>Pay early</h2><p>The tip is shut until 14 June.</p></aside>",
        "<div class=sidebar-content><p>The tip is shut until 14 June.</p></div>",
        "<div class=related-info><p>The tip is shut until 14 June.</p></div>",
        "<div id=comments class=comments><h2>What people said</h2><p>The tip is shut until 14 June.</p></div>",
        "<address>The tip is shut until 14 June.</address>",
        "<h2>Comments</h2><div class=comment-list><p>The tip is shut until 14 June.</p></div>",
        "<div class=comment-list><ul><li>The tip is shut until 14 June.</ul></div>",
    ],
)
def test_short_blocks_of_the_main_part_are_read_whatever_they_are_named(short: str) -> None:
    assert quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{short}<p>{MORE}</p></main>") == [
        TEXT, "The tip is shut until 14 June.", MORE,
    ]  # fmt: skip


SENTENCE = "Send the form to the parking team within 14 days."


@pytest.mark.parametrize(
    "part",
    [
        "<div class='elementor-widget elementor-widget-text-editor'><p>Send the form to <a href=/x>the parking team</a>"
        " within 14 days.</p></div>",
        f"<div class='elementor-widget elementor-widget-accordion'><input type=checkbox><p>{SENTENCE}</p></div>",
        "<div class=tag><p>Send the form to <a href=/x>the parking team</a> within 14 days.</p></div>",
    ],
)
def test_a_name_that_content_systems_give_any_part_takes_no_sentence_away(part: str) -> None:
    assert quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{part}<p>{MORE}</p></main>") == [TEXT, SENTENCE, MORE]


@pytest.mark.parametrize("name", ["related-info", "sidebar-content"])
def test_a_box_in_the_text_that_says_a_sentence_and_has_one_link_is_read(name: str) -> None:
    said = "Visitor permits cost £20 a year. Apply for a visitor permit online"
    box = f"<div class={name}><p>{said.replace('Apply', '<a href=/a>Apply')}</a></p></div>"
    assert quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{box}<p>{MORE}</p></main>") == [TEXT, said, MORE]
    within = "Send <a href=/a>the form for visitors</a> in May."
    for other in (box.replace(". <a", ".</p><p><a"), f"<div class={name}><p>{within}</p></div>"):
        assert len(quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{other}<p>{MORE}</p></main>")) > len([TEXT, MORE])
    two = box.replace("</p>", "</p><p><a href=/b>All permits that there are</a></p>")
    teaser = f"<div class={name}><p><a href=/a>Permits for visitors cost more</a></p><p>They rise to £20.</p></div>"
    for other in (two, box.replace("class=", "class=promo-"), box.replace("year.", "year"), teaser):
        assert quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{other}<p>{MORE}</p></main>") == [TEXT, MORE]


@pytest.mark.parametrize(
    "page",
    [
        "<body class='page right-sidebar'><form><input></form><div><h2>Bins</h2>{}</div></body>",
        "<body class='page comments-open widget'><form><input></form><div><h2>Bins</h2>{}</div></body>",
        "<body><h1>Bins</h1><article class='post tag-bins'>{}<input></article></body>",
        "<body><h1>Bins</h1><article class='post related-none'>{}<input></article></body>",
    ],
)
def test_a_class_of_the_whole_page_takes_nothing_away(page: str) -> None:
    assert quotable(page.format(f"<p>{TEXT}</p><p>{MORE}</p>")) == [TEXT, MORE]


@pytest.mark.parametrize(
    "around",
    [
        "<div class=widget><h2>Read next</h2><ul><li><a href=/a>The council sells its own town hall</a></ul></div>",
        "<p class=tags>Tags: <a href=/a>bins</a>, <a href=/b>waste</a></p>",
        "<ul class=share-links><li><a href=/a>Facebook</a><li><a href=/b>Post</a></ul>",
        "<div class='related'><h2>Read next</h2><ul><li><a href=/a>The council sells its own town hall</a></ul></div>",
        "<aside><h2>Most read</h2><ol><li><a href=/a>The council sells its own town hall</a></ol></aside>",
        "<aside class=newsletter><p>News by email, once a week.</p><form><input><button>Go</button></form></aside>",
        "<div class=newsletter-box><p>News by email, once a week.</p><input></div>",
        "<section class=comments><ol><li class=comment><p>They must go, now!</p><li class=comment>No.</ol></section>",
        "<section class=comments><ol class=comment-list><li>Ann<p>They go on Mondays, I think.</p></ol></section>",
        "<div class=wp-block-comments><h2>One response</h2><ol><li><p>It costs £5, I am told.</p></ol></div>",
        "<div role=dialog><p>Tell us what you think of this page before you go.</p></div>",
        "<nav><p>All that we do for the people of the vale</p></nav>",
    ],
)
def test_what_leads_elsewhere_or_asks_for_something_is_no_text(around: str) -> None:
    assert quotable(f"<main><h1>Bins</h1><p>{TEXT}</p>{around}<p>{MORE}</p></main>") == [TEXT, MORE]


ARTICLE = f"<article><h1>Bins</h1><p>{TEXT}</p><p>{MORE}</p></article>"


@pytest.mark.parametrize("part", [ARTICLE, ARTICLE.replace("article", "main")])
def test_an_aside_beside_the_text_is_read_if_it_gives_figures_itself(part: str) -> None:
    aside = "<aside class=sidebar-content><h2>Fees</h2><p>A second bin costs £45 a year.</p></aside>"
    assert quotable(f"<body><div class=w><div>{part}</div>{aside}</div></body>")[2:] == [
        "A second bin costs £45 a year."
    ]


def test_an_aside_beside_the_text_is_read_if_it_lists_what_leads_nowhere() -> None:
    aside = "<aside><h2>Who can apply</h2><ul><li>Pensioners<li>Students</ul></aside>"
    for beside, read in (
        (aside, ["Pensioners", "Students"]),
        (aside.replace("Students", "<a href=/s>Students</a>"), []),
        (aside.replace("<h2>Who can apply</h2>", ""), []),
        (aside.replace("<aside>", "<aside class=popular>"), []),
    ):
        assert quotable(f"<body>{ARTICLE.replace('article', 'main')}{beside}</body>") == [TEXT, MORE, *read]


ADVICE = "Ask at the hut for a key to the gate, and bring it back before you go home."


@pytest.mark.parametrize("box", ["<aside>", "<div class='container-sidebar-right'>", "<section id=sidebar>"])
@pytest.mark.parametrize("around", ["<body>{}</body>", "<body><div><div>{}</div></div></body>"])
def test_a_side_bar_that_says_much_is_read_wherever_it_stands_beside_the_text(box: str, around: str) -> None:
    main = ARTICLE.replace("article", "main")
    page = around.format(f"<div>{main}</div>{box}<h3>Keys</h3><p>{ADVICE}</p></{box[1:].split()[0].strip('>')}>")
    assert quotable(page)[2:] == [ADVICE]


@pytest.mark.parametrize(
    "aside",
    [
        "<aside><p><a href=/a>Ten things that you did not know of the tip</a></p></aside>",
        "<aside><h2>About us</h2><p>We have looked after the vale since it was made.</p></aside>",
        "<aside class=promo><p>Save 20 per cent on a new bin this week.</p></aside>",
        "<aside><p>Get 3 letters a year from the mayor.</p><form><input></form></aside>",
        "<aside class=cookie-banner><h2>Cookies</h2><ul><li>Necessary ones<li>Marketing ones</ul></aside>",
        "<aside id=consent-box><p>We and our 823 partners store data on your device.</p><button>OK</button></aside>",
    ],
)
def test_other_asides_beside_the_text_are_not(aside: str) -> None:
    assert quotable(f"<body><div class=w><div>{ARTICLE}</div>{aside}</div></body>") == [TEXT, MORE]


def test_of_an_aside_beside_the_text_the_boxes_are_read_that_give_figures_themselves() -> None:
    links = "<section><h2>News</h2><ul><li><a href=/a>Seed potatoes</a><li><a href=/b>Sold out</a></ul></section>"
    hut = "<section><h2>Hut</h2><p>Sundays 10 till noon. Cash only.</p></section>"
    about = "<section><h2>About</h2><p>We have looked after the vale since it was made.</p></section>"
    search = "<section><form><input></form></section>"
    aside = f"<aside>{search}{links}{hut}{about}</aside>"
    assert quotable(f"<body><div class=w>{ARTICLE}{aside}</div></body>")[2:] == ["Sundays 10 till noon. Cash only."]


@pytest.mark.parametrize(
    ("alert", "said"),
    [
        ("<div class='c-alert' role=alert><h2>Change</h2><p>The tip is shut on 6 May.</p></div>", True),
        ("<section class=site-notice><p>The tip is shut on 6 May.</p><button>Hide</button></section>", True),
        ("<div role=alert><p>Your browser is so old that this page may not look as it should.</p></div>", False),
        ("<div class='cookie-notice' role=alert><p>We set 3 cookies on your device.</p></div>", False),
        ("<div class=alert><p>6 May: <a href=/a>All that is new on our pages</a></p></div>", False),
        ("<div class=alert><p>The tip is shut on 6 May.</p><form><input></form></div>", False),
        ("<div class=banner><p>The tip is shut on 6 May.</p></div>", False),
        ("<div class='alert alert-success'><p>Your 1 item was added to the basket.</p></div>", False),
    ],
)
def test_an_alert_beside_the_text_that_has_a_date_is_read(alert: str, said: bool) -> None:
    page = f"<body>{alert}<header><a href=/>Home</a></header><main><h1>Bins</h1><p>{TEXT}</p></main></body>"
    assert quotable(page) == ["The tip is shut on 6 May."] * said + [TEXT]
    assert read_bytes(".html", page.encode(), EVERYTHING).said.get("title", "Bins") == "Bins"


CLOSED = "<div class=alert><{0}>Pool closed 3 to 5 May</{0}><p>The pool is shut from 3 to 5 May.</p></div>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"{CLOSED.format('h2')}<main><h2>Bins</h2><p>{TEXT}</p><p>{MORE}</p></main>", "Bins"),
        (f"<main>{CLOSED.format('h2')}<h2>Bins</h2><p>{TEXT}</p><p>{MORE}</p></main>", "Bins"),
        (f"{CLOSED.format('h2')}<main><p>{TEXT}</p><p>{MORE}</p></main>", TEXT),
        (f"<title>Bins | Wick</title>{CLOSED.format('h1')}<main><h1>Bins</h1><p>{TEXT}</p></main>", "Bins"),
        (f"<title>Bins | Wick</title>{CLOSED.format('h1')}<main><p>{TEXT}</p></main>", "Bins | Wick"),
        (f"{CLOSED.format('h1')}<main><h1>Bins</h1><p>{TEXT}</p><h1>Fees</h1><p>{MORE}</p></main>", "Bins"),
    ],
)
def test_a_heading_of_an_alert_is_never_the_title(page: str, title: str) -> None:
    draft = read_bytes(".html", f"<body>{page}</body>".encode(), EVERYTHING)
    assert "Pool closed 3 to 5 May" in draft.text
    assert draft.said["title"] == title


def test_a_page_that_is_an_alert_is_named_after_it() -> None:
    page = CLOSED.format("h1").replace("</div>", f"<p>{TEXT}</p></div><h2>Bins</h2><p>On Fridays.</p>")
    assert read_bytes(".html", page.encode(), EVERYTHING).said.get("title") is None


def test_addresses_to_write_to_are_no_links_elsewhere() -> None:
    page = f"<main><h1>Bins</h1><p>{TEXT}</p><p><a href='mailto:bins@ashby.example'>bins@ashby.example</a></p></main>"
    assert quotable(page) == [TEXT, "bins@ashby.example"]


def test_the_question_about_cookies_never_takes_the_place_of_the_text() -> None:
    banner = f"<div id=site-cookie-message role=region><p>{'We set cookies to see how it is used. ' * 9}</p></div>"
    page = f"<body>{banner}<div id=content><h1>Bins</h1><p>Bins are emptied on Fridays.</p></div></body>"
    assert quotable(page) == ["Bins are emptied on Fridays."]
    assert quotable(
        f"<div class=cookie-bar><p>{MORE}</p></div><main><div class=cookie-notice><p>{TEXT}</p></div></main>"
    ) == [TEXT]


def test_a_page_that_is_one_form_is_read_and_a_form_in_a_page_is_not() -> None:
    content = f"<div id=content><h1>Bins</h1><p>{TEXT}</p></div>"
    assert quotable(f"<form action=x><div class=head><a href=/>Home</a></div>{content}</form>") == [TEXT]
    assert quotable(f"<main><p>{TEXT}</p><form><p>Your name</p><input></form></main>") == [TEXT]


def test_a_page_that_is_one_form_without_a_heading_is_read_unless_it_asks_for_something() -> None:
    table = "<table><tr><td>Small hall<td>£12<tr><td>Large hall<td>£30</table>"
    for rows in (table, f"<input type=hidden>{table}"):
        assert quotable(f"<body><form>{rows}</form></body>") == ["Small hall | £12", "Large hall | £30"]
    assert quotable("<body><form><ul><li>Small hall: £12<li>Large hall: £30</ul></form></body>") == [
        "Small hall: £12", "Large hall: £30",
    ]  # fmt: skip
    assert quotable("<body><form><table><tr><td>User<td><input><tr><td>Word<td><input></table></form></body>") == []


@pytest.mark.parametrize(
    "choice", ["<label><input type=radio name=n> {}</label> ", "<input type=checkbox id=n><label for=n>{}</label> "]
)
def test_choices_of_a_form_are_read_each_by_itself(choice: str) -> None:
    choices = "".join(map(choice.format, ("Up to 3 items: £26", "4 to 6 items: £41")))
    form = f"<form><h1>Bulky waste</h1><p>{TEXT}</p><fieldset><legend>Items</legend>{choices}</fieldset></form>"
    assert quotable(f"<body>{form}</body>") == [TEXT, "Up to 3 items: £26", "4 to 6 items: £41"]


def test_a_page_that_names_no_main_part_keeps_what_stands_between_its_blocks_of_text() -> None:
    page = f"""<div id=top><a href=/>Home</a></div><div><h1>Bins</h1><p>{TEXT}</p><p>Fee: £3.</p><p>{MORE}</p></div>
    <div id=low><a href=/p>Privacy</a></div>"""
    assert quotable(page) == [TEXT, "Fee: £3.", MORE]


def test_rows_of_a_label_and_a_value_are_read_together_where_nothing_names_the_text() -> None:
    row = "<div class=row><div class=label>{}</div><div class=value>{}</div></div>"
    said = [("Received", "12 January 2026"), ("Officer", "Miriam Oduya"), ("Comments close", "6 March 2026")]
    rows = "".join(row.format(*one) for one in [*said, ("Decision", "Not yet made")])
    page = f"<body><div class=app><h1>Plan 418</h1>{rows}</div><h2>How to comment</h2><p>{TEXT}</p><p>{MORE}</p></body>"
    assert quotable(page) == [*("\n".join(one) for one in said), "Decision\nNot yet made", TEXT, MORE]


@pytest.mark.parametrize(
    "back", ["<a href='#r'>↩</a>", "<a href='#r'>[^]</a>", "<a role=doc-backlink href='#r'>Back</a>"]
)
def test_notes_that_lead_back_to_their_numbers_are_read_without_the_way_back(back: str) -> None:
    notes = [f"There is no fee for a child. {back}", f"This includes the key. {back}", "The form is in the hall."]
    listed = "<ol class=footnotes>" + "".join(f"<li>{note}" for note in notes) + "</ol>"
    page = f"<h1>Fees</h1><p>{TEXT}</p><p>{MORE}</p>{listed}"
    assert quotable(f"<body>{page}</body>") == [
        TEXT, MORE, "There is no fee for a child.", "This includes the key.", "The form is in the hall.",
    ]  # fmt: skip


def test_an_arrow_that_opens_a_panel_opens_it() -> None:
    more = "<a href='#more' data-toggle=collapse>▲</a><div id=more hidden><p>The fee is £3.</p></div>"
    assert quotable(f"<main><p>{TEXT}</p>{more}<p>{MORE}</p></main>") == [TEXT, "The fee is £3.", MORE]


def test_a_short_line_with_a_figure_below_the_title_is_read_where_nothing_names_the_text() -> None:
    fee = "<div class=price><span class=amount>£12</span><span class=per>an hour</span></div>"
    page = f"<body><h1>Hall</h1>{fee}<p>{TEXT}</p><p>{MORE}</p></body>"
    assert quotable(page) == ["£12 an hour", TEXT, MORE]


def test_a_row_with_a_value_for_two_columns_is_the_one_that_is_judged_with_it_once() -> None:
    row, once = (Piece(BlockKind.ROW, text) for text in ("Indoor | £18 | £18", "Indoor | £18"))
    assert main_text._chosen([Found(row, 0.0, html.Element("td"))], [once]) == [True]


def test_an_address_after_the_text_is_read_where_it_stands_in_what_holds_the_text() -> None:
    address = "<address>Tip Lane<br>Anyborough<br>01632 960 771</address>"
    lines = "Tip Lane\nAnyborough\n01632 960 771"
    for opened, closed in (("<form>", "</form>"), ("<div>", "</div>"), ("", "")):
        page = f"<body>{opened}<h1>Bins</h1><p>{TEXT}</p><p>{MORE}</p>{address}{closed}</body>"
        assert quotable(page) == [TEXT, MORE, lines]


def test_the_sites_header_is_no_text_and_a_title_before_the_main_part_is_its_heading() -> None:
    page = f"<header><p>The council of the vale</p></header><div><h1>Bins</h1></div><main><p>{TEXT}</p></main>"
    draft = read_bytes(".html", page.encode())
    assert draft.text == f"# Bins\n\n{TEXT}"


@pytest.mark.parametrize(
    "closed",
    [
        "<h2><button>Fees<span> , </span><span>Show</span></button></h2><div hidden=until-found><p>£3.</p></div>",
        "<button aria-controls=p>Fees</button><div id=p hidden><p>£3.</p></div>",
        "<button aria-controls=p>Fees<svg><title>Plus</title></svg></button><div id=p hidden><p>£3.</p></div>",
        "<button aria-controls=p>Fees<i aria-hidden=true>expand_more</i></button><div id=p hidden><p>£3.</p></div>",
        "<button data-target='#p'>Fees</button><p>Or:</p><div id=p style='display:none'><p>£3.</p></div>",
        "<button class=accordion>Fees</button><div class=panel style='display: none'><p>£3.</p></div>",
        "<ul><li><a role=tab href='#p'>Fees</a></ul><div id=p role=tabpanel aria-hidden=true><p>£3.</p></div>",
        "<h3 class=toggle>Fees</h3><div style='display:none'><p>£3.</p></div>",
        "<button onclick=\"show('p')\">Fees</button><p>Or:</p><div id=p class=tabcontent hidden><p>£3.</p></div>",
    ],
)
def test_what_a_button_opens_is_read_under_the_words_of_the_button(closed: str) -> None:
    draft = read_bytes(".html", f"<main><h1>Bins</h1><p>{TEXT}</p>{closed}</main>".encode())
    said = [(block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks]
    assert said[-2:] == [("heading", "Fees"), ("paragraph", "£3.")]


@pytest.mark.parametrize(
    "tabs",
    [
        "<ul class=tabs><li><a href='#a'>Residents</a><li><a href='#b'>Visitors</a></ul>",
        "<ul><li><a class=x-tabs__tab href='#a'>Residents</a><li><a class=x-tabs__tab href='#b'>Visitors</a></ul>",
        "<div class='nav nav-tabs'><a href='#a'>Residents</a> <a href='#b'>Visitors</a></div>",
        "<ul><li class=tabs__item><a href='#a'>Residents</a><li class=tabs__item><a href='#b'>Visitors</a></ul>",
    ],
)
def test_links_that_are_tabs_head_their_panels(tabs: str) -> None:
    panels = "<div><div id=a><p>The fee is £20.</p></div><div id=b><p>The fee is £95.</p></div></div>"
    draft = read_bytes(".html", f"<main><h1>Permits</h1><p>{TEXT}</p>{tabs}{panels}</main>".encode())
    said = [(block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks]
    assert said[2:] == [
        ("heading", "Residents"),
        ("paragraph", "The fee is £20."),
        ("heading", "Visitors"),
        ("paragraph", "The fee is £95."),
    ]


def test_a_panel_that_names_its_tab_is_headed_by_it() -> None:
    tabs = "<ul role=tablist><li role=tab id=t>Residents<li role=tab id=u>Visitors</ul>"
    panel = "<div role=tabpanel aria-labelledby={} hidden><h3>Fee</h3><p>It is {}.</p></div>"
    page = f"<h1>Permits</h1><p>{TEXT}</p>{tabs}{panel.format('t', '£20')}{panel.format('u', '£95')}<p>{MORE}</p>"
    draft = read_bytes(".html", f"<main>{page}</main>".encode())
    said = [(block.level, draft.text[block.start : block.end]) for block in draft.blocks]
    assert said[2:] == [
        *[(2, "Residents"), (3, "Fee"), (0, "It is £20.")],
        *[(2, "Visitors"), (3, "Fee"), (0, "It is £95."), (0, MORE)],
    ]


@pytest.mark.parametrize(
    "held",
    [
        "<div class=tab-content><p>{0}</p></div>",
        "<div class='tab-pane active'><p>{0}</p></div>",
        "<div class=tabs><p>{0}</p></div>",
        "<ul class=tabs><li>{0}</ul>",
    ],
)
@pytest.mark.parametrize("link", ["<a href='#help'>{0}</a>", "<b><a href='#help'>{0}</a></b>"])
def test_links_in_sentences_of_panels_are_no_tabs(held: str, link: str) -> None:
    said = f"You pay a fee unless you get {link.format('housing benefit')} or are under 18."
    page = f"<main><p>{TEXT}</p>{held.format(said)}<div id=help><p>{MORE}</p></div></main>"
    draft = read_bytes(".html", page.encode())
    assert [draft.text[block.start : block.end] for block in draft.blocks] == [
        TEXT, "You pay a fee unless you get housing benefit or are under 18.", MORE,
    ]  # fmt: skip


def test_menus_and_windows_that_a_button_opens_stay_closed() -> None:
    menu = (
        "<button aria-controls=m>Menu</button><div id=m class=modal hidden><p>Tell us what you think of it.</p></div>"
    )
    assert quotable(f"<main><p>{TEXT}</p>{menu}</main>") == [TEXT]


def test_a_folded_text_is_read_under_its_summary() -> None:
    page = f"<main><p>{TEXT}</p><details><summary>Who pays?</summary><p>Everybody does.</p></details></main>"
    assert quotable(page) == [TEXT, "Everybody does."]


def test_short_sentences_between_others_are_read() -> None:
    page = (
        "<h2>2. Leave</h2><ol><li>Everyone has 28 days of leave.</li></ol>"
        "<p><b>Sick pay:</b> full pay for six weeks.</p>"
        "<p>See note<sup><a href='#n'>[1]</a></sup>.</p><hr><div><p>[1] Agency staff are paid by the agency.</p></div>"
    )
    assert "See note." in quotable(f"<body>{page}</body>")


@pytest.mark.parametrize(
    "page",
    [
        "<div><div class=tab-title role=button><a href=''>{0}</a></div><div class=tab-content style='display:none'>"
        "<p>{1}</p></div></div>",
        "<div class=card><div class=card-header>{0}</div><div class=card-body><p>{1}</p></div></div>",
        "<div><span class='faq-question'>{0}</span><p>{1}</p></div>",
        "<div><div role=heading aria-level=3>{0}</div><p>{1}</p></div>",
    ],
)
def test_titles_of_panels_and_cards_are_headings(page: str) -> None:
    draft = read_bytes(".html", f"<main><h1>Tip</h1><p>{TEXT}</p>{page.format('Can I drive?', 'No.')}</main>".encode())
    *_, title, said = ((block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks)
    assert (title, said) == (("heading", "Can I drive?"), ("paragraph", "No."))


def test_a_title_that_gives_a_value_or_stands_alone_is_none() -> None:
    page = (
        "<div class=card><div class=card-title>Van: £9</div><p>Weekdays only.</p></div>"
        "<div><p class=item-title>A b c d e f</p></div>"
    )
    assert quotable(f"<main><h1>Tip</h1><p>{TEXT}</p>{page}</main>") == [
        TEXT,
        "Van: £9",
        "Weekdays only.",
        "A b c d e f",
    ]


def test_a_lead_in_stays_with_its_list_where_the_page_names_no_main_part() -> None:
    page = f"<body><h1>Stalls</h1><p>Bring:</p><ul><li>a card of the council<li>{TEXT}</ul><p>{MORE}</p></body>"
    assert quotable(page)[0] == "Bring:"


def test_a_legend_heads_what_stands_in_its_box() -> None:
    draft = read_bytes(
        ".html", f"<form><h1>Bins</h1><fieldset><legend>Before</legend><p>{TEXT}</fieldset></form>".encode()
    )
    assert [draft.text[block.start : block.end] for block in draft.blocks] == ["Bins", "Before", TEXT]


BESIDE = "<aside><h2>Dogs</h2><p>Dogs are not allowed in the hall.</p></aside>"
AROUND = f"""<body><nav id=low><p>All that we do.</p></nav><main><h1>Bins</h1><p>{TEXT}</p>
<div class='note loud'><p>{MORE}</p></div></main>{BESIDE}</body>"""


@pytest.mark.parametrize(
    ("pick", "told"),
    [
        (Pick(), [TEXT, MORE]),
        (Pick(keep=("aside",)), [TEXT, MORE, "Dogs are not allowed in the hall."]),
        (Pick(keep=("DOGS are not",)), [TEXT, MORE, "Dogs are not allowed in the hall."]),
        (Pick(keep=("#low > p",)), ["All that we do.", TEXT, MORE]),
        (Pick(drop=(".note",)), [TEXT]),
        (Pick(drop=("main div", "[class~=loud]")), [TEXT]),
        (Pick(keep=("div.note p",), drop=(".note",)), [TEXT, MORE]),
        (Pick(selector="main", drop=(".note",)), [TEXT]),
    ],
)
def test_what_a_maintainer_names_is_kept_or_dropped_whatever_the_page_is_like(pick: Pick, told: list[str]) -> None:
    assert quotable(AROUND, pick) == told


def test_what_is_to_be_kept_and_is_not_there_is_told() -> None:
    draft = read_bytes(".html", AROUND.encode(), Pick(keep=("#fees", "Cats are welcome", "aside"), drop=("#gone",)))
    assert [one.text for one in draft.warnings] == [
        "keep: '#fees' is nowhere in it",
        "keep: 'Cats are welcome' is nowhere in it",
    ]


def test_much_that_is_left_out_and_no_furniture_is_told() -> None:
    main = f"<main><h1>Bins</h1><p>{TEXT}</p></main>"
    low = f"<div class=low><p>We shut in May.</p><p>{MORE}</p></div>"
    [warned] = read_bytes(".html", f"<body>{main}{low}</body>".encode(), EVERYTHING).warnings
    assert warned.concern == Concern.UNREAD
    assert "stands beside its text, and is left out, from 'We shut in May.' on" in warned.text
    for page in (
        main,
        f"{main}<div class=low><p>We shut in May.</p></div>",
        f"{main}<footer><p>{MORE}</p></footer>",
        f"{main}<div class=low><p><a href=/a>{MORE}</a></p></div>",
    ):
        assert read_bytes(".html", f"<body>{page}</body>".encode(), EVERYTHING).warnings == ()
    for pick in (Pick(keep=("div.low",)), Pick(drop=("div.low",)), Pick(selector="main")):
        assert read_bytes(".html", f"<body>{main}{low}</body>".encode(), pick).warnings == ()


@pytest.mark.parametrize(
    ("named", "selects"),
    [
        ("aside", True), (".box > p", True), ("div.promo, #low", True), ("[data-x=y]", True), ("p:first-child", True),
        ("Sign up", False), ("www.ashby.example", False), ("Tel. 01632 960 771", False), ("bins", False), ("", False),
    ],
)  # fmt: skip
def test_a_selector_is_told_from_a_text(named: str, *, selects: bool) -> None:
    assert is_selector(named) is selects


NEEDED = "<h2>What we need</h2><ul><li>UHT milk<li>tinned fruit</ul>"


@pytest.mark.parametrize("listed", [NEEDED, NEEDED.replace("<ul>", "<div><ul>").replace("</ul>", "</ul></div>")])
def test_a_list_of_few_words_below_a_heading_is_read_where_nothing_names_the_text(listed: str) -> None:
    page = (
        f"<div><h1>Food</h1><p>A parcel lasts three days.</p>{listed}<h2>Where</h2><p>At the hall, from 9am.</p></div>"
    )
    assert quotable(page)[1:3] == ["UHT milk", "tinned fruit"]


@pytest.mark.parametrize(
    "menu",
    [
        "<h2>Menu</h2><ul><li><a>Home</a><li><a>Contact</a></ul>",
        "<h2>Next</h2><ul><li>Show more</ul>",
    ],
)
def test_a_list_of_few_words_that_may_be_a_menu_is_not_read_where_nothing_names_the_text(menu: str) -> None:
    page = f"<div><h1>Food</h1><p>A parcel lasts three days.</p>{menu}<h2>Where</h2><p>At the hall, from 9am.</p></div>"
    assert quotable(page) == ["A parcel lasts three days.", "At the hall, from 9am."]


def test_elements_of_a_pages_own_are_read_in_their_line_or_as_blocks() -> None:
    told = (
        "A night costs <price-tag>£2.80</price-tag> a metre, which is paid on the <glossary-term>quay</glossary-term>."
    )
    card = f"<info-card><card-title>Showers</card-title><card-body>{TEXT}</card-body></info-card>"
    page = f"<app-root><app-page><h1>Moorings</h1><text-block>{told}</text-block>{card}</app-page></app-root>"
    assert quotable(page) == ["A night costs £2.80 a metre, which is paid on the quay.", TEXT]


def test_a_text_in_blocks_without_paragraphs_is_found_whatever_ends_a_link() -> None:
    told = "The form is sent to <a href=/team>the parking team</a>."
    page = f"<body><div><h1>Parking</h1><div>{told}</div><div><div>{TEXT}</div></div></div></body>"
    assert quotable(page) == ["The form is sent to the parking team.", TEXT]


@pytest.mark.parametrize(
    "card",
    [
        "<div class=person><span class=name>{0}</span><span class=role>{1}</span></div>",
        "<div class=person><div><span>{0}</span> <span>{1}</span></div></div>",
        "<div class=person><p>{0}</p><p>{1}</p></div>",
        "<div><div>{0}</div><div>{1}</div></div>",
    ],
)
def test_cards_of_few_words_below_a_text_are_read(card: str) -> None:
    cards = "".join(
        card.format(*one) for one in (("Ann Lee", "Chair"), ("Bo Finch", "Treasurer"), ("Cy Dale", "Clerk"))
    )
    said = quotable(f"<body><h1>Who we are</h1><p>{TEXT}</p><div class=grid>{cards}</div></body>")
    assert [" ".join(one.split()) for one in said] == [TEXT, "Ann Lee Chair", "Bo Finch Treasurer", "Cy Dale Clerk"]


def test_cards_that_lead_elsewhere_are_no_text() -> None:
    cards = "".join(
        f"<div class=card><span>{name}</span> <a href=/>More</a></div>" for name in ("Fees", "Forms", "News")
    )
    assert quotable(f"<body><h1>Who we are</h1><p>{TEXT}</p><div class=grid>{cards}</div></body>") == [TEXT]


def test_a_short_list_under_a_heading_at_the_end_of_a_page_is_read() -> None:
    board = "<h2>The board</h2><ul><li>Ann Lee</li><li>Bo Finch</li></ul>"
    assert quotable(f"<body><h1>Who we are</h1><p>{TEXT}</p>{board}</body>") == [TEXT, "Ann Lee", "Bo Finch"]


@pytest.mark.parametrize(
    ("foot", "told"),
    [
        ("<p>The lines will be down from noon on 29 May.</p>", True),
        (f"<p>{MORE}</p>", True),
        ("<p>Posted in <a href=/n>News</a> on <a href=/d>3 May 2026</a> by <a href=/a>admin</a></p>", False),
        ("<p>© Ashby Vale</p>", False),
        (f"<p>{MORE}</p><form><input><button>Send</button></form>", False),
    ],
)
def test_the_foot_of_a_part_of_the_text_is_read_where_it_tells_something(foot: str, *, told: bool) -> None:
    page = f"<main><h1>Bins</h1><section><h2>Days</h2><p>{TEXT}</p><footer>{foot}</footer></section></main>"
    assert (len(quotable(page)) > 1) is told
    assert quotable(f"<section><main><h1>Bins</h1><p>{TEXT}</p></main><footer>{foot}</footer></section>") == [TEXT]


def test_words_of_cells_without_white_space_between_them_are_told_apart_from_those_of_links() -> None:
    rows = "".join(f"<tr><td><a href=/{name}>{name}</a></td><td>Ward 4</td></tr>" for name in ("Ann", "Bo", "Cy"))
    page = f"<main><h1>Councillors</h1><table><tr><th>Name</th><th>Ward</th></tr>{rows}</table></main>"
    assert quotable(page) == ["Name | Ward", "Ann | Ward 4", "Bo | Ward 4", "Cy | Ward 4"]


def test_a_table_for_readers_without_scripts_is_read_and_no_plea_to_turn_them_on() -> None:
    table = "<table><tr><th>Hut</th><th>Day</th></tr><tr><td>Front row</td><td>£35</td></tr></table>"
    page = "<main><h1>Huts</h1><p>{0}</p><noscript>{1}</noscript><p>{2}</p></main>".format
    assert quotable(page(TEXT, table, MORE)) == [TEXT, "Hut | Day", "Front row | £35", MORE]
    assert quotable(page(TEXT, table, f"{table}{MORE}")).count("Hut | Day") == 1
    rows = "<table><tr><td>Please turn JavaScript on.</td></tr><tr><td>Then you can book a hut.</td></tr></table>"
    assert quotable(page(TEXT, rows, MORE)) == [TEXT, MORE]
    plea = "<table><tr><td>Please turn JavaScript on to book a hut.</td></tr></table>"
    assert quotable(page(TEXT, plea, MORE)) == quotable(page(TEXT, "<p>Turn JavaScript on.</p>", MORE)) == [TEXT, MORE]


def test_a_header_that_has_the_only_title_of_a_page_and_tells_something_is_read() -> None:
    page = "<div><header><h2>Museum</h2><p>{0}</p></header><section><h3>Tickets</h3><p>{1}</p></section></div>".format
    assert quotable(page("We open on Sundays from 11am to 4pm.", TEXT)) == [
        "We open on Sundays from 11am to 4pm.",
        TEXT,
    ]
    assert quotable(page("Since 1953", TEXT)) == [TEXT]
    slogan = "<header><h2>Hill Bakery</h2><p>Baking bread in town since 1923</p></header>"
    assert quotable(f"{slogan}<div><h2>Opening hours</h2><p>{TEXT}</p></div>") == [TEXT]
    assert quotable(
        f"<header><h2>Ashby</h2><p>We are open to all from 9am.</p></header><h1>Bins</h1><p>{TEXT}</p>"
    ) == [TEXT]
