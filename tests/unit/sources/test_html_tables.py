"""Tables, terms with their definitions, and what is struck out or short for something, block by block."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from acobot.sources.html.picked import matches
from acobot.sources.picking import Pick
from acobot.sources.reader_process import read_bytes
from acobot.sources.record import UnreadableError


def blocks(body: str) -> list[tuple[str, str]]:
    draft = read_bytes(".html", f"<main>{body}</main>".encode(), Pick("main"))
    return [(block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks]


def rows(table: str) -> list[str]:
    return [said for kind, said in blocks(f"<table>{table}</table>") if kind == "row"]


def test_a_cell_over_several_rows_is_said_in_each_of_them() -> None:
    assert rows(
        "<tr><th>Item<th>Size<th>Fee</tr><tr><th rowspan=2>Bed<td>Single<td rowspan=2>£9</tr><tr><td>Double</tr>"
        "<tr><th>Fridge<td colspan=2>£40 for any</tr>"
    ) == ["Item | Size | Fee", "Bed | Single | £9", "Bed | Double | £9", "Fridge | £40 for any"]


def test_a_long_cell_over_several_rows_is_said_once_and_keeps_its_place() -> None:
    long = "word " * 30
    assert rows(f"<tr><th>A<th>B<tr><td rowspan=2>{long}<td>1<tr><td>2") == ["A | B", f"{long}| 1", "| 2"]


@pytest.mark.parametrize(
    "heads",
    [
        "<thead><tr><th rowspan=2>Service<th colspan=2>2022<th colspan=2>2023</tr>"
        "<tr><th>Old<th>Young<th>Old<th>Young</tr></thead>",
        "<tr><td><td colspan=2>2022<td colspan=2>2023</tr><tr><td>Service<td>Old<td>Young<td>Old<td>Young</tr>",
    ],
)
def test_two_rows_of_heads_become_one(heads: str) -> None:
    assert rows(f"{heads}<tr><td>Feet<td>1<td>2<td>3<td>4</tr>") == [
        "Service | 2022 Old | 2022 Young | 2023 Old | 2023 Young",
        "Feet | 1 | 2 | 3 | 4",
    ]


def test_a_row_over_all_columns_is_a_title_or_names_the_rows_below() -> None:
    table = "<tr><th colspan=2>Fees<tr><th>Who<th>Fee<tr><td colspan=2>Pool<tr><td>Adult<td>£5<tr><td>Child<td>£2"
    assert blocks(f"<table>{table}</table>") == [
        ("paragraph", "Fees"),
        ("row", "Who | Fee"),
        ("row", "Pool"),
        ("row", "Pool Adult | £5"),
        ("row", "Pool Child | £2"),
    ]


def test_a_row_over_all_columns_below_each_row_is_a_note_to_that_and_names_no_row_below() -> None:
    table = "<tr><th>Term<th>Ends<tr><td>Autumn<td>May<tr><td colspan=2>Half-term: 28 October"
    assert rows(f"{table}<tr><td>Spring<td>June<tr><td colspan=2>Half-term: 17 February") == [
        *("Term | Ends", "Autumn | May", "Half-term: 28 October", "Spring | June", "Half-term: 17 February"),
    ]


def test_spans_that_are_no_numbers_or_without_end_do_no_harm() -> None:
    assert rows("<tr><td rowspan=x>A<td colspan=99999999>B<tr><td rowspan=-1>C<td>D") == ["A | B", "C | D"]


def test_the_items_of_a_list_in_a_cell_are_parted_by_commas() -> None:
    assert rows("<tr><td>Monday<td><ul><li>9 - 1<li>2 - 5</ul><tr><td>Tuesday<td>Closed") == [
        "Monday | 9 - 1, 2 - 5",
        "Tuesday | Closed",
    ]


def test_a_term_and_its_short_definition_are_one_item() -> None:
    assert blocks(
        "<dl><dt>Curtilage<dd>The land of a house.</dd><dt>A</dt><dt>B</dt><dd>Both.</dd><dd>More.</dd></dl>"
    ) == [
        ("item", "Curtilage\nThe land of a house."),
        ("item", "A\nB\nBoth.\nMore."),
    ]


def test_a_link_to_change_a_value_is_no_part_of_it() -> None:
    change = "<dd><a href='#'>Change<span> fee</span></a></dd>"
    body = f"<dl><div><dt>Fee</dt><dd>£52</dd>{change}</div><div><dt>Time</dt><dd>A week</dd></div></dl>"
    assert blocks(body) == [("item", "Fee\n£52"), ("item", "Time\nA week")]


def test_a_long_definition_follows_its_term_in_its_own_blocks() -> None:
    long = " ".join(["word"] * 80) + "."
    assert blocks(f"<dl><dt>Term<dd><p>Short.</p><p>{long}</p><dt>Next<dd><p>{long}</p></dl>") == [
        ("item", "Term\nShort."),
        ("paragraph", long),
        ("item", "Next"),
        ("paragraph", long),
    ]


def test_blocks_side_by_side_are_one_item_a_row() -> None:
    body = "<div class=r><div>Monday</div><div>9 to 5</div></div><div class=r><div>Friday</div><div>Closed</div></div>"
    assert blocks(body) == [("item", "Monday\n9 to 5"), ("item", "Friday\nClosed")]
    assert blocks("<p><span class=l>Fee</span><span class=v>£5</span></p>") == [("paragraph", "Fee £5")]
    assert blocks("<p><span class=c1>gar</span><span class=c2>dens</span></p>") == [("paragraph", "gardens")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "<span class=title>Wash and cut</span><span class=line></span><span class=price>£32</span>",
            "Wash and cut £32",
        ),
        ("<span class=day>7</span><span class=month>Jun</span>", "7 Jun"),
        ("<span class=month>June</span><span class=day>7</span>", "June 7"),
        ("<span class=drop-cap>B</span><span class=rest>ins are red</span>", "Bins are red"),
        ("<span class=a>A</span><span class=gap></span><span class=b>4</span>", "A4"),
        ("<span class=a>CO</span><span class=b>2</span>", "CO2"),
    ],
)
def test_parts_are_parted_by_what_draws_a_line_and_as_days_from_months(line: str, said: str) -> None:
    assert blocks(f"<p>{line}</p>") == [("paragraph", said)]


@pytest.mark.parametrize(
    "struck",
    ["<s>£4</s>", "<del>£4</del>", "<strike>£4</strike>", "<i style='text-decoration: line-through'>£4</i>",
     "<i class=line-through>£4</i>", "<i class=old>£4</i>", "<b><i>£4</i></b>", "<i data-was>£4</i>"],
)  # fmt: skip
def test_what_is_struck_out_is_not_read(struck: str) -> None:
    crossed = "{color:red;text-decoration:line-through}"
    style = f"<style>p{{margin:0}}/* p{crossed} */.old{crossed} @media screen{{b > i, [data-was]{crossed}}}</style>"
    assert blocks(f"{style}<p>A swim costs {struck} <ins>£5</ins>.</p>") == [("paragraph", "A swim costs £5.")]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("<tr><td>Desk<td class=strike>£1<td>£2<tr><td>Sofa<td>£3<td>£4", ["Desk |  | £2", "Sofa | £3 | £4"]),
        ("<tr><td>Desk<td>£1<td>£2<tr class=strike><!-- a --><td rowspan=2>Sofa<td>£3<td>£4<tr><td>£5<td>£6", [
            "Desk | £1 | £2", "| £5 | £6",
        ]),
    ],
)  # fmt: skip
def test_a_cell_that_is_struck_out_keeps_its_column(table: str, said: list[str]) -> None:
    assert rows(f"<tr><th>Item<th class=old>Week<th>Day{table}") == ["Item | Week | Day", *said]
    struck = f"<style>.old{{text-decoration:line-through}}</style><table><tr><th>Item<th class=old>Week<th>Day{table}"
    assert [text for _, text in blocks(struck)] == ["Item |  | Day", *said]


def test_an_item_or_term_that_is_struck_out_keeps_its_place() -> None:
    terms = "<dt>A book<dd>£1<dt class=struck>A map<dd>£2<dt>A tape<dd class=struck>£3<dt>A key<dd>£4"
    page = f"<main><ol><li>Pay.<li class=struck>Wait.<li>Come.</ol><dl>{terms}</dl></main>"
    said = read_bytes(".html", page.encode()).text
    assert said == "1. Pay.\n3. Come.\n- A book\n£1\n- £2\n- A tape\n- A key\n£4"


def test_what_is_crossed_out_by_no_rule_of_the_page_is_read() -> None:
    crossed = "{text-decoration:line-through}"
    others = ["svg|i", ".\\1", "i:hover", "i::before", "1%", "i:nth-child(1)", "[i|x]"]
    rules = "".join(f"{one}{crossed}" for one in ("body", *others))
    style = f"<style>@media print{{.a{{color:red}} i{crossed}}} {rules} .new s{{color:red}}</style>"
    assert blocks(f"{style}<p>A swim costs <i>£5</i>.</p>") == [("paragraph", "A swim costs £5.")]


@pytest.mark.parametrize("tag", ["body", "main", "article", "section"])
def test_a_part_of_a_page_that_is_named_after_a_strike_is_read(tag: str) -> None:
    page = f"<{tag} class='news strike'><h1>Buses</h1><p>No buses run on Monday.</p></{tag}>"
    assert "No buses run on Monday." in read_bytes(".html", page.encode()).text
    crossed = page.replace("class='news strike'", "class=line-through")
    assert "No buses run" not in read_bytes(".html", crossed.encode()).text


def test_a_short_form_is_explained_where_it_is_first_used() -> None:
    plan = "<abbr title='Local Development Framework'>LDF</abbr>"
    assert blocks(f"<h2>{plan}</h2><p>The {plan} holds. The {plan} is new.</p>") == [
        ("heading", "LDF"),
        ("paragraph", "The LDF (Local Development Framework) holds. The LDF is new."),
    ]
    said = f"<p>The Local Development Framework ({plan}) holds on <abbr title='2012-05-03'>3 May</abbr>.</p>"
    assert blocks(said) == [("paragraph", "The Local Development Framework (LDF) holds on 3 May.")]


def test_an_empty_first_cell_keeps_its_column() -> None:
    table = "<tr><td><th>Days<th>Hours<tr><th>A<td>Monday<td>9am<tr><td><td>Sunday<td>noon"
    assert rows(table) == ["| Days | Hours", "A | Monday | 9am", "| Sunday | noon"]
    assert rows("<tr><td><td>Days<td>Hours<tr><td><td>Monday<td>9am") == ["Days | Hours", "Monday | 9am"]


def test_rows_of_parts_may_differ_in_all_but_one_class() -> None:
    field = "<div id={0} class='field {0}'><div>{1}</div><div>{2}</div></div>"
    page = field.format("a", "Adult", "£4") + field.format("b", "Child", "free")
    assert blocks(page) == [("item", "Adult\n£4"), ("item", "Child\nfree")]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<b><span class=visually-hidden>Warning</span>You can be fined.</b>", "Warning You can be fined."),
        ("<strong>Phone</strong><span>01632 960 700</span>", "Phone 01632 960 700"),
        ("<b>T</b><span>he end</span>, H<sub>2</sub>O, 1<sup>st</sup>, i<b>Phone</b>", "The end, H2O, 1st, iPhone"),
    ],
)
def test_words_are_parted_as_they_are_shown(page: str, said: str) -> None:
    assert blocks(f"<p>{page}</p>") == [("paragraph", said)]


def test_a_row_over_all_columns_is_no_second_head_however_it_is_marked() -> None:
    table = (
        "<thead><tr><th>Who<th>Fee</thead><tr><th colspan=2>Pool<tr><td>Adult<td>£5<tr><th colspan=2>Spa"
        "<tr><td>Adult<td>£9"
    )
    assert rows(table) == ["Who | Fee", "Pool", "Pool Adult | £5", "Spa", "Spa Adult | £9"]


@pytest.mark.parametrize(
    "table",
    [
        "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Boat</span>"
        "<span role=columnheader>Fare</span></div></div><div role=row><span role=cell>Noon</span>"
        "<span role=cell>£5</span></div></div>",
        "<div class=prices><div class='line head'><div>Boat</div><div>Fare</div></div>"
        "<div class=line><div>Noon</div><div>£5</div></div></div>",
        "<ul><li class=table-header><span>Boat</span><span>Fare</span></li><li><span>Noon</span><span>£5</span>"
        "<li><span>Late</span><span>£4</span></ul>",
    ],
)
def test_blocks_that_are_shown_as_a_table_are_read_as_one(table: str) -> None:
    assert blocks(table)[:2] == [("row", "Boat | Fare"), ("row", "Noon | £5")]


def test_blocks_without_a_head_or_of_other_numbers_are_no_table() -> None:
    head = "<div class=header><div>Boat</div><div>Fare</div></div>"
    assert "row" not in {kind for kind, _ in blocks(f"<div>{head}<div><div>Noon</div></div></div>")}
    assert "row" not in {kind for kind, _ in blocks(f"<div>{head}Text</div>")}
    assert "row" not in {kind for kind, _ in blocks(f"<div>{head}<div class=body><p>Yes.</p><p>No.</p></div></div>")}


def test_a_picture_alone_in_a_cell_says_what_stands_for_it() -> None:
    table = (
        "<tr><th>Park<th>Fenced<th>Toilets<tr><td>Mill<td><img src=y alt=Yes><td><i aria-label=No></i>"
        "<tr><td><img alt=map>Green<td><img><td>yes"
    )
    assert rows(table) == ["Park | Fenced | Toilets", "Mill | Yes | No", "Green |  | yes"]


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("<i class='fa fa-check'></i>", "✓"),
        ("<i class='fas fa-check-circle' aria-hidden=true></i>", "✓"),
        ("<span class='glyphicon glyphicon-ok'></span>", "✓"),
        ("<span class=tick></span>", "✓"),
        ("<i class='fa-solid fa-xmark'></i>", "✗"),
        ("<i class='bi bi-x-lg'></i>", "✗"),
        ("<i class='fa fa-times' title=No></i>", "No"),
        ("<svg role=img><title>Yes</title><path d=M0></svg>", "Yes"),
        ("<svg aria-label=Yes></svg>", "Yes"),
        ("<a href=/mill><img src=y alt=Yes></a>", "Yes"),
    ],
)
def test_a_sign_alone_in_a_cell_is_read(sign: str, said: str) -> None:
    assert rows(f"<tr><th>Park<th>Fenced<th>Toilets<tr><td>Mill<td>{sign}<td>2")[1] == f"Mill | {said} | 2"


@pytest.mark.parametrize(
    "sign",
    ["<button><i class='fa fa-times'></i></button>", "<i class='fa fa-info'></i>", "<span class=col-x2></span>"],
)
def test_what_is_no_sign_leaves_its_cell_empty(sign: str) -> None:
    assert rows(f"<tr><th>Park<th>Fenced<th>Toilets<tr><td>Mill<td>{sign}<td>2")[1] == "Mill |  | 2"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (
            "<li><i class='fa fa-check'></i> Card<li><span><i class='fa fa-times'></i></span>Glass",
            ["✓ Card", "✗ Glass"],
        ),
        ("<li><i class='fa fa-check'></i> Card<li><i class='fa fa-check'></i> Glass", ["Card", "Glass"]),
        ("<li><input type=checkbox checked disabled> Rent<li><input type=checkbox disabled> Pay", ["☑ Rent", "☐ Pay"]),
        ("<li><input type=checkbox> Rent<li>Pay <i class='fa fa-times'></i>", ["Rent", "Pay"]),
    ],
)
def test_crosses_and_boxes_before_items_are_read(items: str, said: list[str]) -> None:
    assert blocks(f"<ul>{items}</ul>") == [("item", one) for one in said]


def test_an_old_page_in_a_table_is_read_as_its_text() -> None:
    text = "Tickets are sold at the shop in the street by the mill, and never on the bank of the pond itself."
    page = f"<table width=700><tr><td><a href=/>Home</a><td>Tickets<p>{text}<p>Two rods are allowed.</table>"
    assert blocks(page)[1:] == [("paragraph", "Tickets"), ("paragraph", text), ("paragraph", "Two rods are allowed.")]
    assert rows(f"<tr><td>Rods<td><p>{text}<p>Two.<tr><td>Nets<td>None {'of any kind ' * 30}") != []
    assert rows(f"<tr><th>Rods<td><p>{text}<p>Two.") != []


def test_an_item_is_read_with_the_name_that_it_begins_with() -> None:
    assert blocks("<ul><li><strong>Short</strong><p>For days.</p><li><p><b>Long</b></p><p>For years.</p></ul>") == [
        ("item", "Short\nFor days."),
        ("item", "Long\nFor years."),
    ]


def test_a_list_that_a_word_processor_saved_has_items() -> None:
    marked = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>{}</p>"
    page = f"<p>Bring:</p>{marked.format('·', 'a card')}{marked.format('2.', 'a letter')}<p>Thanks.</p>"
    assert blocks(page) == [
        ("paragraph", "Bring:"),
        ("item", "a card"),
        ("item", "2. a letter"),
        ("paragraph", "Thanks."),
    ]


def test_the_foot_of_a_table_comes_last_wherever_the_page_has_it() -> None:
    table = (
        "<tfoot><tr><td>All<td>12</tfoot><thead><tr><td>Boat<td>Trips</thead><tbody><tr><td>Gull<td>7<tr><td>Tern<td>5"
    )
    assert rows(table) == ["Boat | Trips", "Gull | 7", "Tern | 5", "All | 12"]


def test_headings_in_the_heads_of_columns_make_no_layout() -> None:
    assert rows("<tr><th><h4>Basic</h4><th><h4>Plus</h4><tr><td>£5<td>£9") == ["Basic | Plus", "£5 | £9"]


def test_headings_that_are_all_of_their_short_cells_make_no_layout() -> None:
    heads = "<tr><td><h5>Stall</h5><td><h5>Indoors</h5><td><h5>Outdoors</h5>"
    said = ["Stall | Indoors | Outdoors", "Whole table | £30 | £24"]
    assert rows(f"{heads}<tr><td><p>Whole table</p><td><p>£30</p><td><p>£24</p>") == said


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td><h3>Hours</h3><p>8am to noon.</p><td><p>{0}</p><tr><td><h3>Fees</h3><p>£3.</p><td><p>{0}</p>",
        "<tr><td><h3>Hours</h3><td><p>We open at 8am.</p>",
        "<tr><td><h3>Hours</h3><td><p>{0}</p><tr><td><h3>Fees</h3><td><p>{0}</p>",
    ],
)
def test_headings_beside_text_make_a_layout(table: str) -> None:
    assert not rows(table.format("The hall is open to all. " * 9))


def test_a_head_of_two_rows_is_told_by_an_empty_cell_below_its_first() -> None:
    table = "<tr><td>Boat<td colspan=2>2024<tr><td><td>Cod<td>Crab<tr><td>Gull<td>40<td>7"
    assert rows(table) == ["Boat | 2024 Cod | 2024 Crab", "Gull | 40 | 7"]


LABELLED_ROWS = (
    "<div class=r><div data-label=Pitch>Upper</div><div data-label=Adults>£55</div></div>"
    "<div class=r><div data-label=Pitch>Lower</div><div data-label=Adults>£41</div></div>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{LABELLED_ROWS}</div>",
        f"<p>Prices.</p>{LABELLED_ROWS}<p>Book a week before.</p>",
        LABELLED_ROWS.replace("<div class=r>", "<ul>")
        .replace("</div></div>", "</div></ul>")
        .replace("<div data", "<li data"),
        "<table><tr><td data-th=Pitch>Upper<td data-th=Adults>£55"
        "<tr><td data-th=Pitch>Lower<td data-th=Adults>£41</table>",
    ],
)
def test_cells_that_name_their_columns_make_a_table_with_a_head(body: str) -> None:
    found = blocks(body)
    assert [said for kind, said in found if kind == "row"] == ["Pitch | Adults", "Upper | £55", "Lower | £41"]
    assert [said for kind, said in found if kind != "row"] == (
        ["Prices.", "Book a week before."] if "<p>" in body else []
    )


def test_rows_that_name_other_columns_are_another_table() -> None:
    other = "<div><b data-label=Hall>Old Mill</b><b data-label=Seats>120</b></div>"
    told = [said for kind, said in blocks(LABELLED_ROWS + other) if kind == "row"]
    assert told == ["Pitch | Adults", "Upper | £55", "Lower | £41", "Hall | Seats", "Old Mill | 120"]


def test_a_table_with_a_head_keeps_it_and_lone_labels_make_none() -> None:
    assert rows("<tr><th>Pitch<th>Price<tr><td data-label=A>Upper<td data-label=B>£55") == [
        "Pitch | Price",
        "Upper | £55",
    ]
    assert [kind for kind, _ in blocks("<div><p data-title=More>Bins are emptied.</p></div>")] == ["paragraph"]


HOURS = ("Monday to Friday", "9am to 4.30pm", "Saturday", "9.30am to noon", "Sunday", "closed")


@pytest.mark.parametrize("tag", ["div", "p"])
def test_labels_and_values_in_turns_are_items_of_two(tag: str) -> None:
    page = f"<section>{''.join(f'<{tag}>{said}</{tag}>' for said in HOURS)}</section>"
    assert blocks(page) == [("item", f"{label}\n{value}") for label, value in zip(HOURS[::2], HOURS[1::2], strict=True)]


@pytest.mark.parametrize(
    "parts",
    [
        HOURS[:3],
        ("Ann Lee", "Chair", "Bo Day", "Clerk"),
        ("Open on 3 May.", "Shut on 4 May.", "Open on 5 May.", "Shut on 6 May."),
        (
            "Bins go out at",
            "6am",
            "A longer text, of which there is no doubt that it says more than a label",
            "7",
        ),
    ],
)
def test_other_short_lines_are_not_put_in_pairs(parts: tuple[str, ...]) -> None:
    page = f"<section>{''.join(f'<p>{said}</p>' for said in parts)}</section>"
    assert [said for _, said in blocks(page)] == list(parts)


@pytest.mark.parametrize("selector", ["svg|a", "[x|y]", "a:::b"])
def test_a_selector_that_none_can_look_for_is_named(selector: str) -> None:
    with pytest.raises(UnreadableError, match="is not one"):
        matches(lxml_html.fromstring("<p>The pool is open.</p>"), selector)


def test_a_value_over_several_columns_of_figures_is_said_in_each_of_them() -> None:
    head = "<tr><th>Court<th>By day<th>At night<th>Lights"
    own = "<tr><td>Hard<td>£7<td>£10<td>£4<tr><td>Indoor<td colspan=2>£18<td>Included<tr><td>Rink<td colspan=3>Closed"
    longer = "<tr><td colspan=2>Both<td>£20<td>£4<tr><td>Grass<td colspan=3>Open from the first week of May"
    assert rows(head + own + longer) == [
        "Court | By day | At night | Lights",
        "Hard | £7 | £10 | £4",
        "Indoor | £18 | £18 | Included",
        "Rink | Closed | Closed | Closed",
        "Both |  | £20 | £4",
        "Grass | Open from the first week of May",
    ]


def test_a_row_over_all_columns_is_said_once_whatever_stands_in_them() -> None:
    assert rows("<tr><th>Day<th>Tide<tr><th colspan=2>May 2026<tr><td>4<td>9.12<tr><td>5<td>9.58") == [
        "Day | Tide", "May 2026", "May 2026 4 | 9.12", "May 2026 5 | 9.58",
    ]  # fmt: skip


def test_columns_of_text_that_a_site_builder_makes_a_table_of_are_read_as_their_text() -> None:
    cell = "<td class=x-multicol-col><div>{0}<br>Small: £19<br>Large: £27</div></td>"
    table = f"<table class=x-multicol-table><tr>{cell.format('Dogs')}{cell.format('Cats')}</tr></table>"
    assert [said for _, said in blocks(table)] == ["Dogs\nSmall: £19\nLarge: £27", "Cats\nSmall: £19\nLarge: £27"]


def test_a_note_over_all_columns_at_the_end_belongs_to_no_group() -> None:
    note = "A resident is somebody who lived in the parish for a year."
    table = "<tr><th>Who<th>Fee<tr><th colspan=2>Ashes<tr><td>Adult<td>£240<tr><td colspan=2>{}"
    assert rows(table.format(note))[-1] == note
    assert rows(table.format("Child free"))[-1] == "Ashes Child free"


def test_what_only_screen_readers_say_is_parted_from_the_next_that_they_say() -> None:
    price = "<span class=screen-reader-text>It was: £34.00.</span><ins aria-hidden=true>£27</ins>"
    assert blocks(f"<p>{price}<span class=screen-reader-text>It is: £27.00.</span></p>") == [
        ("paragraph", "It was: £34.00. It is: £27.00."),
    ]


def test_the_names_of_pictures_in_a_font_are_no_words() -> None:
    icon = "<span class='material-icons'>{}</span>"
    assert blocks(f"<p>{icon.format('schedule')} From 9am.</p>") == [("paragraph", "From 9am.")]
    signs = f"<td>{icon.format('check')}<td><i class=material-symbols-outlined>close</i>"
    assert rows(f"<tr><th>Park<th>Fenced<th>Lit<tr><td>Mill{signs}")[1] == "Mill | ✓ | ✗"


def test_items_of_a_field_are_parted_by_commas() -> None:
    items = "".join(f"<div class=field__item>{said}</div>" for said in ("Compost toilet", "Tool store"))
    row = "<div class='field one'><div class=field__label>{}</div><div class=field__items>{}</div></div>"
    rent = row.format("Rent", "<div class=field__item>£58</div>")
    assert blocks(row.format("There is", items) + rent) == [
        ("item", "There is\nCompost toilet, Tool store"),
        ("item", "Rent\n£58"),
    ]
    steps = "<div class=items>{0}{0}</div>".format("<div class=item><h3>Go</h3><p>On.</p></div>")
    assert ("item", "Go") not in blocks(steps)


def test_a_dash_between_two_words_is_read_though_screen_readers_pass_over_it() -> None:
    assert blocks("<p>Monday 9am<span aria-hidden=true>–</span>5pm</p>") == [("paragraph", "Monday 9am–5pm")]
    told = (
        "<p>10am <span aria-hidden=true>–</span><span class=visually-hidden>to</span> 2pm <i aria-hidden=true>+</i></p>"
    )
    assert blocks(told) == [("paragraph", "10am to 2pm")]


def test_a_small_table_in_a_cell_of_one_with_a_head_is_a_list_in_that_cell() -> None:
    hours = "<table><tr><td>Mon–Fri<td>9–5</tr><tr><td>Sat<td>10–1</tr></table>"
    page = f"<tr><th>Branch<th>Hours<th>Phone</tr><tr><td>East<td>{hours}<td>960 811</tr>"
    assert rows(page) == ["Branch | Hours | Phone", "East | Mon–Fri 9–5, Sat 10–1 | 960 811"]
    placed = blocks(f"<table><tr><td>Menu<td>{hours}</tr></table>")
    assert placed == [("paragraph", "Menu"), ("row", "Mon–Fri | 9–5"), ("row", "Sat | 10–1")]


def test_a_name_before_empty_cells_names_the_rows_below_where_these_are_named_alike() -> None:
    table = "<tr><th>Pitch<th>Adult<tr><td>Grass<td><tr><td>Match<td>£61<tr><td>{}<td><tr><td>{}<td>£95"
    assert rows(table.format("Astro", "Match")) == [
        "Pitch | Adult", "Grass", "Grass Match | £61", "Astro", "Astro Match | £95",
    ]  # fmt: skip
    assert rows(table.format("Astro", "Training"))[-1] == "Training | £95"
    days = "<tr><th>Day<th>Shop<th>Yard<tr><td>Week 1<td><td><tr><td>Mon<td>9<td>8<tr><td>Tue<td>9<td>8"
    assert rows(f"{days}<tr><td>Week 2<td><td><tr><td>Mon<td>9<td>8<tr><td>Tue<td><td>")[-2:] == ["Mon | 9 | 8", "Tue"]


def test_lists_that_are_shown_as_the_rows_of_a_table_are_read_as_one() -> None:
    listed = "<ul class='row {}'><li>{}</li><li>{}</li></ul>".format
    table = f"<div>{listed('head', 'Ticket', 'Peak')}{listed('', 'Adult', '£8')}{listed('', 'Child', '£4')}</div>"
    assert rows_of(table) == ["Ticket | Peak", "Adult | £8", "Child | £4"]
    assert rows_of(f"<div>{listed('', 'Adult', '£8')}{listed('', 'Child', '£4')}</div>") == []


def rows_of(body: str) -> list[str]:
    return [said for kind, said in blocks(body) if kind == "row"]


def test_what_only_screen_readers_say_within_a_word_is_not_parted_from_it() -> None:
    said = "<span class=sr-only>{}</span>".format
    assert blocks(f"<p><b>£12</b>{said('.')}<sup>50</sup> or {said('£')}<b>9</b>{said(' (each)')}<svg></svg>.</p>") == [
        ("paragraph", "£12.50 or £9 (each)."),
    ]


def test_a_table_of_figures_is_one_though_it_is_named_as_of_columns() -> None:
    cells = "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>".format
    table = f"<table class=multi-column>{cells('Age', 'Fee')}{cells('Adult', '£5')}</table>"
    assert rows_of(table) == ["Age | Fee", "Adult | £5"]


def test_a_small_table_in_a_cell_with_a_head_of_plain_cells_stays_one() -> None:
    fees = "<table><tr><td>Adult<td>Child</tr><tr><td>£5<td>£3</tr></table>"
    assert rows(f"<tr><th>Branch<th>Fees</tr><tr><td>East<td>{fees}</tr>") == ["Adult | Child", "£5 | £3"]


def test_a_name_before_empty_cells_names_no_single_row_that_gives_no_figure() -> None:
    talks = "<tr><th>Session<th>Room<tr><td>Talk<td><tr><td>Break<td>Foyer<tr><td>Workshop<td><tr><td>Break<td>Garden"
    assert rows(talks) == ["Session | Room", "Talk", "Break | Foyer", "Workshop", "Break | Garden"]
    meals = "<tr><th>Day<th>Meal<tr><td>Week 1<td>{0}Fish{1}Pie<tr><td>Week 2<td>{0}Rice{1}Soup"
    assert rows(meals.format("<tr><td>Mon<td>", "<tr><td>Tue<td>"))[-1] == "Week 2 Tue | Soup"


def test_crosses_that_a_font_draws_are_said_and_so_is_a_picture_alone_in_a_cell() -> None:
    icon = "<span class='material-icons'>{}</span>".format
    row = f"<tr><td>Mill<td>{icon('clear')}<td>{icon('done')}"
    assert rows(f"<tr><th>Park<th>{icon('wifi')}<th>{icon('pets')}{row}") == ["Park | wifi | pets", "Mill | ✗ | ✓"]
    items = f"<ul><li>{icon('check')} Dogs</li><li>{icon('block')} Fires</li></ul>"
    assert [said for _, said in blocks(items)] == ["✓ Dogs", "✗ Fires"]
    assert blocks("<p><i class=material-icons-label>Free parking</i> is here.</p>")[0][1] == "Free parking is here."


def test_two_lists_beside_each_other_and_questions_with_answers_are_no_table_and_no_items() -> None:
    listed = "<ul class='list {}'><li>{}</li><li>{}</li></ul>".format
    assert rows_of(f"<div>{listed('header', 'A towel', 'A lock')}{listed('', 'No glass', 'No dogs')}</div>") == []
    asked = "<div class=faq-item><span class=faq-question>{}?</span> <span>No, none.</span></div>".format
    for said in ("No, none.", "No"):
        page = f"<div class=faq-items>{asked('Any dogs')}{asked('Any fires')}</div>".replace("No, none.", said)
        assert blocks(page) == [
            ("heading", "Any dogs?"), ("paragraph", said), ("heading", "Any fires?"), ("paragraph", said),
        ]  # fmt: skip
