"""Web pages by their blocks. Read here and not in a process of their own, so that faults show where they are."""

from __future__ import annotations

import json
import re

import pytest

from acobot.sources.picking import Pick
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import Draft, UnreadableError

TEXT = "Bins are emptied every week, on the day that the calendar of the council gives for the street."
MORE = "Bulky waste is taken away for a fee, on a day that the caller is told when the fee has been paid."


def read(page: str, selector: str = "") -> Draft:
    return read_bytes(".html", page.encode(), Pick(selector))


def texts(draft: Draft) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks]


def blocks(body: str, selector: str = "main") -> list[tuple[str, int, str]]:
    draft = read(f"<main>{body}</main>", selector)
    return [(block.kind.value, block.level, draft.text[block.start : block.end]) for block in draft.blocks]


def test_the_text_of_a_page_is_told_from_its_furniture() -> None:
    page = f"""<!doctype html><title>Bins - Ashby Vale</title><header><nav><ul><li><a href=/>Home</a>
    <li><a href=/b>Bins</a></ul></nav></header><main><article><h1>Bins</h1><p>{TEXT}</p><h2>Bulky waste</h2>
    <p>{MORE}</p></article></main><aside><h2>Related</h2><a href=/x>Parking</a></aside>
    <footer>© Ashby Vale</footer>"""
    assert texts(read(page)) == ["Bins", TEXT, "Bulky waste", MORE]


def test_headings_that_trafilatura_loses_are_kept_and_menus_between_them_are_not() -> None:
    page = f"""<html><head><title>Bins</title></head><body><div><h1>Bins</h1><p>{TEXT}</p><ul><li>Share this</ul>
    <h2>Bulky waste</h2><p>{MORE}</p></div><div title="footer"><h2>More from us</h2></div></body></html>"""
    assert texts(read(page)) == ["Bins", TEXT, "Bulky waste", MORE]


def test_where_next_to_nothing_is_found_the_whole_page_is_read_with_menus_as_furniture() -> None:
    draft = read("<nav><p>Home</p></nav><ul>" + "".join(f"<li>Street {n}: Monday.</li>" for n in range(3)) + "</ul>")
    assert [text for text in texts(draft) if "Street" in text] == [f"Street {n}: Monday." for n in range(3)]


def test_terms_and_meanings_that_a_page_never_closes_stand_beside_each_other() -> None:
    listed = "<dl><dt>A book<dt>A DVD<dt>A map<dd>80 pence<dd>free for children<dt>A lost ticket<dd>£2</dl>"
    said = [text for _, _, text in blocks(listed)]
    assert said == ["A book\nA DVD\nA map\n80 pence\nfree for children", "A lost ticket\n£2"]


def test_a_selector_says_what_is_read_in_the_order_of_the_page() -> None:
    page = f"<div id=a><p>First.</p></div><main><p>{TEXT}</p></main><div class=b><p>Last.</p></div>"
    assert texts(read(page, "main")) == [TEXT]
    assert texts(read(page, ".b, #a")) == ["First.", "Last."]
    assert texts(read("<div><div><p>Once.</p></div></div>", "div")) == ["Once."]


@pytest.mark.parametrize(
    ("selector", "reason"),
    [
        ("main[", "the selector 'main[' is not one"),
        ("#nowhere", "the selector '#nowhere' matches nothing in it; name an element that holds the text"),
        ("hr", "what the selector 'hr' matches has no text; name an element that holds the text"),
    ],
)
def test_a_selector_that_does_not_do_is_named(selector: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(f"<p>{TEXT}</p><hr>", selector)
    assert str(refused.value).startswith(reason)


def test_inline_marks_white_space_and_entities_make_no_difference() -> None:
    body = (
        "<p>Bins are <b>em&shy;p</b><i>tied</i>,\n  every&nbsp;week &amp; <a href='/x'>on the day</a>.<sup>1</sup></p>"
    )
    assert blocks(body) == [("paragraph", 0, "Bins are emptied, every week & on the day.1")]


@pytest.mark.parametrize(
    "part",
    [
        "<div style='display:inline;'><span>5.20</span></div>",
        "<div style='display: inline-block'>5.20</div>",
        "<x-price>5.20</x-price>",
        "<output>5.20</output>",
        "<st1:place w:st=on><st1:City>5.20</st1:City></st1:place>",
    ],
)
def test_a_part_of_a_sentence_stays_in_it_whatever_its_tag(part: str) -> None:
    assert texts(read(f"<div>A bag costs £{part} in all shops.</div><p>{TEXT}</p><p>{MORE}</p>")) == [
        *("A bag costs £5.20 in all shops.", TEXT, MORE)
    ]


@pytest.mark.parametrize(
    "part", ["<x-box><p>Small.</p></x-box>", "<div style='display:inline'><ul><li>Small.</ul></div>"]
)
def test_blocks_are_no_part_of_a_sentence(part: str) -> None:
    assert [text for _, _, text in blocks(f"<div>Bags: {part} And large.</div>")] == ["Bags:", "Small.", "And large."]


def test_a_heading_stays_one_in_whatever_line_it_stands() -> None:
    assert blocks("<div><h3 style='display:inline'>Bags</h3> Free.</div>")[0] == ("heading", 3, "Bags")


def test_the_numbers_of_footnotes_are_no_part_of_a_sentence() -> None:
    page = f"<main><p>{TEXT}<sup><a href='#n1'>[1]</a></sup> It is 5 km<sup>2</sup>.</p><p>{MORE}</p></main>"
    assert texts(read(page)) == texts(read(page, "main")) == [f"{TEXT} It is 5 km2.", MORE]


def test_a_line_break_stays_and_two_part_a_paragraph() -> None:
    assert blocks("<p>One,<br>\n two.<br><br> Three.</p>") == [
        ("paragraph", 0, "One,\ntwo."),
        ("paragraph", 0, "Three."),
    ]


def test_lists_give_an_item_each_also_inside_each_other() -> None:
    body = "<p>All:</p><ul><li>Glass:<ol><li>green</li><li><p>brown</p></li></ol></li><li>Paper</li></ul>"
    assert blocks(body) == [
        ("paragraph", 0, "All:"),
        ("item", 0, "Glass:"),
        ("item", 1, "green"),
        ("item", 1, "brown"),
        ("item", 0, "Paper"),
    ]


@pytest.mark.parametrize(
    ("listed", "marks"),
    [
        ("<ol><li>One.<li>Two.</ol>", ["1.", "2."]),
        ("<ol start=4 type=a><li>One.<li value=9>Two.<li>Three.</ol>", ["d.", "i.", "j."]),
        ("<ol type=I start=9><li>One.<li><p>Two.</p><p>More.</p></ol>", ["IX.", "X.", "-"]),
        ("<ol style='list-style-type: lower-latin' start=26><li>One.<li>Two.</ol>", ["z.", "aa."]),
        ("<ol reversed><li>One.<li>Two.</ol>", ["2.", "1."]),
        ("<ol type=a start=0><li>One.<li>Two.</ol>", ["0.", "a."]),  # as browsers have it
        ("<ol><li>One:<ol type=i><li>Two.</ol><li>Three.</ol>", ["1.", "i.", "2."]),
        ("<ol><li>One:<ul><li>Two.</ul><li hidden>No.<li>Three.</ol>", ["1.", "-", "2."]),
        ("<ol class=list-unstyled><li>One.</ol><ol style='list-style:none'><li>Two.</ol>", ["-", "-"]),
        ("<ul><li>One.</ul><ol start=many><li><li>Two.</ol>", ["-", "2."]),
        ("<ol style='list-style-type:disc'><li>One.</ol><ol type=Square><li>Two.</ol>", ["-", "-"]),
        ("<ol style='list-style: inside lower-greek'><li>One.</ol><ol><li type=circle>Two.</ol>", ["-", "-"]),
        ("<ol style='list-style: outside'><li>One.<li style='list-style: upper-latin'>Two.</ol>", ["1.", "B."]),
        ("<ol reversed><li>One.<li hidden>No.<li>Two.</ol>", ["2.", "1."]),
    ],
)
def test_the_number_that_a_browser_shows_stands_before_an_item_and_is_none_of_its_words(
    listed: str, marks: list[str]
) -> None:
    draft = read(f"<main><p>{TEXT}</p>{listed}</main>", "main")
    items = [block for block in draft.blocks if block.kind.value == "item"]
    assert [draft.text[: block.start].rpartition("\n")[2] for block in items] == [f"{mark} " for mark in marks]
    assert all(draft.text[block.start].isupper() for block in items)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("1.2 The hirer locks the doors.", "- "),
        ("<b>4.</b> The hirer locks the doors.", "- "),
        ("(b) The hirer locks the doors.", "- "),
        ("2 eggs are boiled.", "1. "),
        ("1.5 kg of flour is sieved.", "1. "),
        ("A. Smith: A history of the town.", "1. "),
    ],
)
def test_an_item_that_begins_with_a_number_of_its_own_is_given_no_other(typed: str, mark: str) -> None:
    draft = read(f"<ol><li>{typed}</ol>", "ol")
    assert draft.text[: draft.blocks[0].start] == mark


def test_items_that_a_selector_names_have_the_numbers_that_they_have_in_their_list() -> None:
    draft = read("<ol><li>One.<li class=k>Two.<li class=k>Three.</ol>", "li.k")
    assert draft.text == "2. Two.\n3. Three."


def test_a_table_is_read_row_by_row_with_its_caption_before_it() -> None:
    body = "<table><caption>Fees</caption><tr><th>Item<th>Fee</tr><tr><td><p>So<b>fa</b></p><td>£25</tr></table>"
    assert blocks(body) == [("paragraph", 0, "Fees"), ("row", 0, "Item | Fee"), ("row", 0, "Sofa | £25")]


def test_a_table_that_only_places_text_gives_its_blocks() -> None:
    assert blocks(f"<table><tr><td><h2>Bins</h2><p>{TEXT}</p></td><td>Menu</td></tr></table>") == [
        ("heading", 2, "Bins"),
        ("paragraph", 0, TEXT),
        ("paragraph", 0, "Menu"),
    ]
    assert blocks("<table><tr><td>One.<tr><td>Two.</table>") == [("paragraph", 0, "One."), ("paragraph", 0, "Two.")]


def test_code_keeps_its_lines() -> None:
    assert blocks("<pre>\nput --out bin\n\ntake --in bin\n</pre>") == [("code", 0, "put --out bin\n\ntake --in bin")]


@pytest.mark.parametrize(
    "lines", ["Fares<br>Single £2.00<br/>Dog 50p", "<div>Fares</div><div>Single £2.00</div>Dog 50p"]
)
def test_what_breaks_a_line_of_code_parts_its_words(lines: str) -> None:
    assert blocks(f"<pre>{lines}</pre>") == [("code", 0, "Fares\nSingle £2.00\nDog 50p")]


def test_a_table_that_is_set_with_blanks_gives_rows_and_wrapped_lines_a_text() -> None:
    table = "Stop               Out     Back\nMill Green        9.20     1.45\nMarket Square    10.05     1.00\n"
    text = "The bus runs on all days but Sundays, and takes up to twelve\npeople. It waits for the train from the city."
    assert blocks(f"<pre>Bus 14\n\n{table}\n{text}</pre>") == [
        ("code", 0, "Bus 14"),
        ("row", 0, "Stop | Out | Back"),
        ("row", 0, "Mill Green | 9.20 | 1.45"),
        ("row", 0, "Market Square | 10.05 | 1.00"),
        ("paragraph", 0, text.replace("\n", " ")),
    ]
    told = [("code", 0, f"{table.split()[0]} Out Back\nMill Green 9.20 1.45\nMarket Square 10.05 1.00")]
    assert blocks(f"<pre><code>{table}</code></pre>") == told


def test_what_is_hidden_or_no_text_is_left_out() -> None:
    body = (
        "<script>x()</script><style>p{}</style><p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c</p>"
        "<select><option>d</select><button>e</button><svg><text>f</text></svg><!-- g --><p>Bins.</p>"
    )
    assert blocks(body) == [("paragraph", 0, "Bins.")]


def test_menus_inside_what_a_selector_names_are_furniture() -> None:
    draft = read(f"<main><nav><p>Home</p></nav><p>{TEXT}</p><div role=complementary>Parking</div></main>", "main")
    assert [block.furniture for block in draft.blocks] == [True, False, True]


def test_entities_of_a_pages_own_are_refused_and_never_loaded() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>{TEXT} &x;</p>'
    with pytest.raises(UnreadableError, match="declares entities of its own, which are not read; take the"):
        read(page)
    assert "&x;" in read(f"<p>{TEXT} &amp;x;</p>").text


def test_numbers_that_lead_to_notes_go_and_powers_stay_raised() -> None:
    body = (
        "<p>It is shut.<sup>1</sup> Ring<a href=#n><sup>2</sup></a> us<a role=doc-noteref href=#m>3</a>, at"
        " 10<sup>3</sup> m or 5 m<sup>2</sup>.</p>"
    )
    assert blocks(body) == [("paragraph", 0, "It is shut. Ring us, at 10³ m or 5 m2.")]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("n × 5", "n × 5"),
        ("<mi>n</mi> <mo>×</mo> <mn>5</mn>", "n×5"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>x</mi>", "2 1/2 x"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msup><mn>20</mn><mo>°</mo></msup><mi>C</mi><msup><mi>f</mi><mo>′</mo></msup>", "20°Cf′"),
        ("<msup><mn>10</mn><mn>3</mn></msup><msub><mi>x</mi><mi>n</mi></msub>", "10³x_n"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<semantics><mi>𝑛</mi><annotation>\\(n\\)</annotation></semantics>", "n"),
    ],
)
def test_a_formula_leaves_no_hole_in_its_sentence(formula: str, told: str) -> None:
    assert blocks(f"<p>The fee is <math>{formula}</math> pounds.</p>") == [
        ("paragraph", 0, f"The fee is {told} pounds.")
    ]


def test_terms_deep_in_blocks_and_what_stands_beside_them_are_read() -> None:
    pair = "<dt>Fee</dt><dd>£5 a year</dd>"
    assert blocks(f"<dl><div><div>{pair}</div></div></dl>") == [("item", 0, "Fee\n£5 a year")]
    assert blocks(f"<dl><div>{pair}<p>Shut in May.</p></div></dl>") == [("item", 0, "Fee\n£5 a year\nShut in May.")]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("£5<a class=footnote href=#fn1>1</a> a year", "£5 a year"),
        (
            "£20<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference><span>2</span></span></a> a year",
            "£20 a year",
        ),
        ("£6<span class=footnote-ref>7</span> a year", "£6 a year"),
        ("<b>£6</b><a href='#fn:7'>[7]</a> a year", "£6 a year"),
        ("The fee is £6.<sup>2</sup>", "The fee is £6."),
        ("About 15%<sup>3</sup> of them, or 15%.<sup>3</sup>", "About 15% of them, or 15%."),
        ("In 2019,<sup>4</sup> or 2020<sup>5</sup>", "In 2019, or 2020"),
        (
            "It is shut.<sup>1</sup><sup>2</sup> <i>Ring us.</i><a href=#fn3>3</a><a href=#fn4>4</a>",
            "It is shut. Ring us.",
        ),
        (
            "The rent<sup>1</sup> that a council<sup>2</sup> asks of a tenant<sup>3</sup> or an owner<sup>4</sup>",
            "The rent that a council asks of a tenant or an owner",
        ),
        ("Councils<sup>1</sup> (and see them).<sup>5</sup>", "Councils (and see them)."),
    ],
)
def test_the_number_of_a_note_never_joins_a_figure_or_a_word(marked: str, told: str) -> None:
    assert blocks(f"<p>{marked}</p>") == [("paragraph", 0, told)]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("5 m<sup>2</sup>, 20 metres<sup>2</sup>", "5 m2, 20 metres2"),
        ("£9 per metre<sup>2</sup>, 10<sup>6</sup>", "£9 per metre2, 10⁶"),
        (
            "Fees<sup>1</sup> are £9 per metre<sup>3</sup>, or 20 metres<sup>2</sup>",
            "Fees are £9 per metre3, or 20 metres2",
        ),
        ("the 1<sup>st</sup>, for £6.<sup>99</sup>", "the 1st, for £6.99"),
        ("See note <a href=#fn1>1</a>, or <a href=#form>2</a>", "See note 1, or 2"),
        ("<a href='#_ftnref1'>[1]</a> From May.", "[1] From May."),
        ("Bin<a href=#step2>2</a><span class=figure>3</span>", "Bin23"),
    ],
)
def test_figures_that_say_something_stay(marked: str, told: str) -> None:
    assert blocks(f"<p>{marked}</p>") == [("paragraph", 0, told)]


def test_links_at_a_heading_are_no_part_of_it() -> None:
    body = (
        "<h2>History<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2><p>Old.</p>"
        "<h2>Use<a class=headerlink href=#use>¶</a></h2><p>New.</p>"
    )
    assert [said for kind, _, said in blocks(body) if kind == "heading"] == ["History", "Use"]


def test_who_said_what_is_quoted_is_no_foot_of_the_page() -> None:
    body = "<blockquote><p>It is fine.</p><footer>Ann Lee</footer></blockquote>"
    draft = read(f"<main>{body}</main>", "main")
    assert [block.furniture for block in draft.blocks] == [False, False]


# ---------------------------------------------------------------- particulars


def said(head: str, body: str = f"<h1>Bins</h1><p>{TEXT}</p>") -> dict[str, str]:
    return dict(read(f"<!doctype html><head>{head}</head><body><main>{body}</main></body>").said)


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "A guide to bins",
    "author": [{"@type": "Person", "name": "Jo Bloggs"}, "Al Smith"],
    "publisher": {"name": "Ashby Vale"},
    "datePublished": "2018-04-16T09:00:00+01:00",
    "dateModified": "2019-01-02",
    "url": "https://ashbyvale.example/bins",
    "license": "OGL-UK-3.0",
}
PARTICULARS = {
    "title": "A guide to bins",
    "author": "Jo Bloggs, Al Smith",
    "publisher": "Ashby Vale",
    "published": "2018-04-16",
    "updated": "2019-01-02",
    "url": "https://ashbyvale.example/bins",
    "licence": "OGL-UK-3.0",
}


@pytest.mark.parametrize("value", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]}])
def test_json_ld_gives_the_particulars(value: object) -> None:
    assert said(linked(value)) == PARTICULARS


def test_meta_elements_give_the_particulars() -> None:
    head = (
        "<meta property='og:title' content='A guide to bins'><meta name=citation_author content='Jo Bloggs'>"
        "<meta name=citation_author content='Al Smith'><meta property='og:site_name' content='Ashby Vale'>"
        "<meta name=DCTERMS.issued content='2018-04-16'><meta property='article:modified_time' content='2019-01-02T08'>"
        "<link rel=canonical href='https://ashbyvale.example/bins'><meta name=dcterms.license content='OGL-UK-3.0'>"
    )
    assert said(head) == PARTICULARS
    assert said("<meta name=citation_publication_date content='2018/04/16'>") == {"published": "2018-04-16"}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            "<meta property='og:url' content='https://ashby.example/bins'><link rel=canonical href='/bins'>",
            {"url": "https://ashby.example/bins"},
        ),
        ("<meta name=citation_publication_date content='2018/4/5'>", {"published": "2018-04-05"}),
        (
            "<meta name=citation_publication_date content='April 2018'><meta name=date content='2018-04-05'>",
            {"published": "2018-04-05"},
        ),
        (
            "<meta name=dc.creator content='https://ashby.example/jo'><meta name=author content='Jo Bloggs'>",
            {"author": "Jo Bloggs"},
        ),
        (
            linked({"@type": "Article", "headline": "Bins", "datePublished": "in May"})
            + "<meta name=date content='2018-04-05'>",
            {"title": "Bins", "published": "2018-04-05"},
        ),
    ],
)
def test_where_one_particular_cannot_be_used_the_next_is(head: str, told: dict[str, str]) -> None:
    assert said(head) == told


def test_an_article_goes_before_the_page_that_holds_it_and_a_heading_before_the_pages_name() -> None:
    page = {"@type": "WebPage", "name": "Bins - Ashby Vale", "datePublished": "2020-01-01"}
    article = {"@type": "Article", "headline": "On bins", "author": "Ann Lee", "datePublished": "2023-01-01"}
    assert said(linked([page, article])) == {"title": "On bins", "author": "Ann Lee", "published": "2023-01-01"}
    assert said(linked(page)) == {"published": "2020-01-01"}
    assert said(linked(page), f"<p>{TEXT}</p>") == {"title": "Bins - Ashby Vale", "published": "2020-01-01"}


@pytest.mark.parametrize(
    "head",
    [
        "<title>Bins - what goes where</title>",
        "<meta property='article:author' content='https://ashbyvale.example/jo'>",
        "<meta name=date content='16 April 2018'>",
        "<meta name=date content='2018-13-01'>",
        "<link rel=canonical href='/bins'>",
        "<script type='application/ld+json'>{not json</script>",
        linked({"@type": "BreadcrumbList", "name": "x"}),
        linked({"@type": "Article", "headline": 5, "author": {"url": "x"}, "datePublished": None}),
        linked("text"),
        linked([[None]]),
    ],
)
def test_what_is_no_particular_is_not_taken_for_one(head: str) -> None:
    assert said(head) == {}


def test_a_particular_without_end_is_cut() -> None:
    many = "".join(f"<meta name=citation_author content='Jo Bloggs the {number}th'>" for number in range(100))
    assert len(said(many)["author"]) <= 300
    assert said(many)["author"].endswith("the 14th, Jo…")


def test_dates_and_authors_are_not_guessed_from_the_text() -> None:
    assert said("", f"<h1>Bins</h1><p>By Jo Bloggs, 3 May 2017</p><time datetime=2017-05-03></time><p>{TEXT}</p>") == {}


def test_the_pages_title_is_taken_where_there_is_no_heading() -> None:
    assert said("<title>Bins | Ashby Vale</title>", f"<p>{TEXT}</p>") == {"title": "Bins | Ashby Vale"}


def test_a_power_stays_beside_the_number_of_a_note() -> None:
    for after in ("", ", as councils<sup>2</sup> and tenants<sup>3</sup> know"):
        said = blocks(f"<p>The fee<sup>1</sup> is £9 per metre<sup>2</sup>{after}</p>")[0][2]
        assert said.startswith("The fee is £9 per metre2")


def test_comments_in_a_text_that_word_saved_as_a_page_are_no_text() -> None:
    mark = "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[JB1]</a></span>"
    note = "<div id=_com_1 class=msocomtxt><p class=MsoCommentText>[JB1] Is that so?</p></div>"
    notes = f"<div style='mso-element:comment-list'><div style='mso-element: comment'>{note}</div></div>"
    page = f"<p class=MsoNormal>Hens may be kept.{mark} Rabbits may not.</p>{notes}"
    assert [text for _, _, text in blocks(page)] == ["Hens may be kept. Rabbits may not."]


WALK = "<time datetime=2031-05-04>Sun 4 May</time><h3>Bluebell walk</h3><p>From the gate.</p><a href=/e/1>See more</a>"
QUIZ = "<time datetime=2031-05-09>Fri 9 May</time><h3>Pub quiz</h3><p>In the Plough.</p><a href=/e/2>See more</a>"
DATED = ["Bluebell walk", "Sun 4 May", "From the gate.", "Pub quiz", "Fri 9 May", "In the Plough."]


@pytest.mark.parametrize(
    "listed",
    [
        f"<div class=card>{WALK}</div><div class=card>{QUIZ}</div>",
        f"<ul><li>{WALK}</li><li>{QUIZ}</li></ul>".replace("<time", "<p class=event-date").replace("</time", "</p"),
        f"<article>{WALK}</article><article>{QUIZ}</article>",
        f"<ul><li><article>{WALK}</article></li><li><article>{QUIZ}</article></li></ul>",
        f"<div class=card>{WALK}</div></div></div><div class=card>{QUIZ}</div>".replace("</time>", "</time><div><div>"),
    ],
)
def test_a_date_above_the_heading_that_it_belongs_to_stands_below_it(listed: str) -> None:
    assert [text for _, _, text in blocks(listed) if text != "See more"] == DATED


def _listed(event: str, leaf: str = "") -> str:
    time, rest = event.split("<h3>")
    heading, text = rest.split("</h3>")
    row = f"<div class=when>{time}</div><h3>{heading}</h3>"
    return f"<div>{leaf}<div><article class=event><header>{row}</header>{text}</article></div></div>"


def test_a_calendars_dates_in_the_heads_of_its_articles_stand_below_their_headings() -> None:
    leaf = "<div><time>Sun 4</time></div>"
    page = f"<h2><time>May 2031</time></h2>{_listed(WALK, leaf)}{_listed(QUIZ)}"
    said = [text for _, _, text in blocks(page) if text != "See more"]
    assert said == ["May 2031", DATED[0], "Sun 4", *DATED[1:]]


@pytest.mark.parametrize(
    "page",
    [
        "<h3>Walk</h3><time>Sun 4 May</time><h3>Quiz</h3><p>In the Plough.</p><time>Fri 9 May</time>",
        "<h1>A walk</h1><time>Sun 4 May</time><h3>Where it begins</h3><p>At the gate.</p>",
        "<div><p>By the gate. It ends on</p><time>Sun 4 May</time><h3>Quiz</h3><p>In the Plough.</p></div>",
    ],
)
def test_a_date_of_what_stands_above_it_stays_there(page: str) -> None:
    said = [text for _, _, text in blocks(page)]
    assert said.index("Sun 4 May") < [kind for kind, _, _ in blocks(page)].index("heading", said.index("Sun 4 May"))


FAIRS = """<p class=date>4 June 2025</p><h3>Summer fair</h3><p>On the green.</p><p class=date>5 July 2025</p>
<h3>Harvest supper</h3><p>In the hall.</p>"""


@pytest.mark.parametrize(
    "page",
    [
        f"<div><p class=date>Updated 3 May 2025</p><h3>Sale</h3><p>x</p>{FAIRS}<p class=date>6 June 2025</p></div>",
        f"<div><p class=date>Issue of 3 May 2025</p><h3>Sale</h3><p>At ten.</p>{FAIRS}</div>",
        f"<div>{FAIRS}</div>",
        "<article><p class=date>3 May 2025</p><h2>Contact us</h2><p>By post.</p></article>",
        "<div class=card><p class=date>3 May 2025</p><h2>Contact us</h2><p>By post.</p></div>",
        "<div><div><p class=date>3 May 2025</p><h3>A</h3><p>x</p></div><div><time>1 May</time><h3>B</h3></div></div>",
        "<ul><li><p class=up-to-date>To 3 May 2025</p><h3>A</h3><li><p class=up-to-date>To 4 May</p><h3>B</h3></ul>",
        "<ul><li><time>1 May</time><h3>A</h3>x<h3>B</h3>y <time>3 May</time><li><time>1 May</time><h3>C</h3></ul>",
    ],
)
def test_a_date_above_a_heading_stays_there_where_it_may_be_the_pages_or_end_another_event(page: str) -> None:
    said = " ".join(text for _, _, text in blocks(page))
    assert said == " ".join(re.sub("<[^>]*>", " ", page).split())


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<meta http-equiv=refresh content='0; URL=/bins/'><title>Bins</title><body>", "leads on to '/bins/'"),
        (
            "<META HTTP-EQUIV=REFRESH CONTENT=5;url='b.htm'><p>Bins are at <a href=b.htm>b</a>.",
            "leads on to 'b.htm'",
        ),
        ("<frameset><frame src=menu.htm><frame src=b.htm><noframes><p>None.</noframes>", "shows the page 'b.htm'"),
    ],
)
def test_a_page_that_only_leads_on_to_another_is_refused_with_its_name(page: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=f"it only {reason}.*; save that page"):
        read(page)


@pytest.mark.parametrize("content", ["300", "300; url=/bins", "0;url="])
def test_a_page_that_shows_itself_anew_is_read(content: str) -> None:
    assert texts(read(f"<meta http-equiv=refresh content='{content}'><h1>Bins</h1><p>{TEXT}</p>")) == ["Bins", TEXT]


def test_a_short_notice_that_leads_home_is_read() -> None:
    notice = "The hall is closed on Monday 6 May and opens again at 9am."
    page = f"<meta http-equiv=refresh content='8;url=/'><h1>Hall</h1><p>{notice}</p>"
    assert texts(read(page)) == ["Hall", notice]


def test_a_page_that_says_much_before_it_leads_on_is_read() -> None:
    page = f"<meta http-equiv=refresh content='5;url=/b'><h1>Bins</h1><p>{TEXT}</p><p>{MORE}</p>"
    assert texts(read(page)) == ["Bins", TEXT, MORE]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2a484344596a4b59424853044d455c", "bins@ashby.gov"),
        ("2a484344596a4b5942", "bins@ash"),
        ("2a4843", "[email protected]"),
        ("2a4843445e4b59424853", "[email protected]"),
        ("zz", "[email protected]"),
    ],
)
def test_an_address_that_is_kept_from_robots_is_read_as_it_is_shown(code: str, said: str) -> None:
    hidden = f"<a href=/cdn-cgi/l/email-protection class=__cf_email__ data-cfemail={code}>[email&#160;protected]</a>"
    assert [text for _, _, text in blocks(f"<p>Write to {hidden} for a bin.</p>")] == [f"Write to {said} for a bin."]


def test_a_figure_that_a_script_counts_up_to_is_said_and_not_the_0_that_it_begins_with() -> None:
    count = "<p>£<span class=counter {}>0</span> raised last year for the new boat and its trailer.</p>"
    page = f"<main><h1>Boats</h1><p>{TEXT}</p>{count}</main>".format
    assert texts(read(page("data-count=48,500")))[-1].startswith("£48,500 raised")
    assert texts(read(page("data-end=20261224")))[-1].startswith("£0 raised")
    letters = f"<main><h1>Boats</h1><p>{TEXT}</p><p>You wrote <b data-count=500>0</b> of 500 letters.</p></main>"
    assert texts(read(letters))[-1] == "You wrote 0 of 500 letters."
