import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acobot.sources import Ask, BlockKind
from acobot.sources.markdown import read_markdown

HEADING, PARAGRAPH, ITEM, ROW, CODE = BlockKind


def blocks(body: str) -> list[tuple[BlockKind, str]]:
    draft = read_markdown(body)
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def levels(body: str) -> list[tuple[str, int]]:
    """The text of each block, and its level."""
    draft = read_markdown(body)
    return [(draft.text[block.start : block.end], block.level) for block in draft.blocks]


def test_headings_have_a_level_and_lose_no_words() -> None:
    body = "# Bins\n\n## Green bins ##\n\n###### C# and F#\n\nOver\ntwo lines\n===\n\nUnderlined\n---\n"
    draft = read_markdown(body)
    assert draft.text == body
    assert [(block.level, draft.text[block.start : block.end]) for block in draft.blocks] == [
        (1, "Bins"),
        (2, "Green bins"),
        (6, "C# and F#"),
        (1, "Over\ntwo lines"),
        (2, "Underlined"),
    ]
    assert {block.kind for block in draft.blocks} == {HEADING}


@pytest.mark.parametrize("body", ["#Bins", "####### Bins", r"\# Bins", "Bins #"])
def test_what_only_looks_like_a_heading_is_text(body: str) -> None:
    assert blocks(body) == [(PARAGRAPH, body.removeprefix("\\"))]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("**bold** and __bold__", "bold and bold"),
        ("*italic* and _italic_", "italic and italic"),
        ("***both***, *one **in** the other*", "both, one in the other"),
        ("un*frigging*believable snake_case_name", "unfriggingbelievable snake_case_name"),
        ("~~struck~~ out", "out"),
        ("It costs ~~£4~~ £5, or ~~£8~~ <del>£9</del> £10 <s>each</s>.", "It costs £5, or £10."),
        ("`code` and ``a ` tick``", "code and a ` tick"),
        ("`*no* [mark](x) <!-- in --> code`", "*no* [mark](x) <!-- in --> code"),
        ("[a link](https://example.org 'Title') here", "a link here"),
        ("[a *marked* link](<a b.html>)", "a marked link"),
        ("[a link][plan], [plan][] and [plan]\n\n[plan]: https://example.org", "a link, plan and plan"),
        ("[no target] and [nor this][x]", "[no target] and [nor this][x]"),
        ("see ![a *marked* picture](bin.png) here", "see a marked picture here"),
        ("[![a picture](bin.png)](bins.html)", "a picture"),
        ("<https://example.org/a%20b> or <bins@example.org>", "https://example.org/a%20b or bins@example.org"),
        (r"5 \* 3, \_not\_ and \\", r"5 * 3, _not_ and \ ".rstrip()),
        ("a * star, 2 < 3 and a_b", "a * star, 2 < 3 and a_b"),
        ("before <!-- a comment --> after", "before  after"),
        ("R&amp;D: &pound;5&nbsp;or &#163;6, dis&shy;count &copy;", "R&D: £5 or £6, discount ©"),
        ("~~£4~~ £5 each<br>\nhere", "£5 each\nhere"),
        ("`&pound;` and &nosuch;", "&pound; and &nosuch;"),
        ("H<sub>2</sub>O, <b>bold</b>, 10<sup>3</sup> m<sup>2</sup>", "H2O, bold, 10^3 m2"),
        ("One line<br/>and one more, by <your name>", "One line\nand one more, by <your name>"),
        ("The [[Grants|community fund]] and [[Rules#Who]] pay [[1]]", "The community fund and Rules pay [[1]]"),
        ("The [fund]{.red} is ==new=={#fund} at {{ site.name }}", "The fund is new at"),
        ("`[[a]] {#b}` and {x: 1}, 2 == 2", "[[a]] {#b} and {x: 1}, 2 == 2"),
        ("It rose[^1], they say.[^n] Not [^a-z].\n\n[^n]: Who?", "It rose, they say. Not [^a-z]."),
        ("It rose in the year.<sup>2</sup> So did <sup>3</sup>He.", "It rose in the year. So did 3He."),
        ("“curly” – and…\u00a0so e\u0301", "“curly” – and…\u00a0so e\u0301"),
    ],
)
def test_inline_marks_go_and_their_text_stays(marked: str, text: str) -> None:
    assert blocks(marked)[0] == (PARAGRAPH, text)


@pytest.mark.parametrize(
    "struck",
    [
        '<span style="text-decoration: line-through">£20</span>',
        "<span class='old line-through'>now <span>£20</span> each</span>",
        "<SPAN CLASS=strike>£20</SPAN>",
        '<span className="line-through">£20 or<br>£21</span>',
        "[£20]{.strike}",
        '[£20]{.old style="text-decoration: line-through"}',
        "<del>£20 <del>and</del> more</del>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "| {} |\n|---|\n| a |", "<p>{}</p>", "<div>\n{}\n</div>"])
def test_what_is_struck_by_style_or_class_is_left_out(struck: str, around: str) -> None:
    said = blocks(around.format(f"The fee is {struck} £25.") + "\n\n[fund]{.new} <span class=striker>paid</span>")
    assert [text for _, text in said if text != "a"] == ["The fee is £25.", "fund paid"]


@pytest.mark.parametrize(
    "tag",
    [
        '<{} style="display:none">',
        "<{} class='old' style='color: red; VISIBILITY : hidden'>",
        "<{} hidden>",
        '<{} id="old" hidden="">',
        "<{} hidden={{true}}>",
    ],
)
def test_what_html_hides_is_not_read(tag: str) -> None:
    div, span = tag.format("div"), tag.format("span")
    assert blocks(f"{div}\n\nThe fee is £20.\n\n| a | b |\n|---|---|\n\n</div>\n\nb") == [(PARAGRAPH, "b")]
    assert blocks(f"{div}\n<p>The fee is £20.</p>\n</div>\n\nb") == [(PARAGRAPH, "b")]
    assert blocks(f"Bins {span}of £20</span> are free.") == [(PARAGRAPH, "Bins are free.")]


@pytest.mark.parametrize(
    "tag",
    [
        '<div title="the hidden fee" data-style="display:none">',
        '<div hidden="until-found">',
        '<div class="tab-pane" style="display: none">',
        '<div role="tabpanel" hidden>',
        '<div style="background:none; display:block">',
    ],
)
def test_what_html_only_seems_to_hide_is_read(tag: str) -> None:
    assert blocks(f"{tag}\n\nBins are free.\n\n</div>") == [(PARAGRAPH, "Bins are free.")]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<ul><li class=struck>Old:<ul><li>a</li></ul></li><li>b</li></ul>", ["b"]),
        ("<ul><li class=struck>Old<li>b</ul>", ["b"]),
        ("<ul><li class=struck>Old</ul><p>b</p>", ["b"]),
        ("<div><p class=struck>Old<p>b</p></div>", ["b"]),
        ("<script>'<p>' + a</script><p>b</p>", ["b"]),
        ("<div class=strike>\n\n# Old\n\n- a\n\n| a | b |\n|---|---|\n| c | d |\n\n    e\n\n</div>\n\nb", ["b"]),
        ("<del>\n\nThe fee is £20.\n\n</del>\n\nb", ["b"]),
        ("<div class=strike>\n\nNobody ends it.", ["Nobody ends it."]),
        ("<p class=strike>Old\n\nb", ["b"]),
        ("<del>\n\nOld text.\n</del>\n\nb", ["b"]),
        ("<del>Old text.\n\nOld too.</del> New text.\n\nb", ["New text.", "b"]),
        ("a <s>Old.\n\n- Old too.\n- And this.</s>\n- b", ["a", "b"]),
        ("<s>Old.\n\n<b>b</b> <s>Old too.</s>", ["b"]),
        ("<s>Old.\n\nb <!-- </s> -->", ["b"]),
        ("Open it with <del> here.\n\nEnd it with `</del>` here.", ["Open it with", "End it with </del> here."]),
        ("| a | <s>Old |\n|---|---|\n| b</s> | c |", ["a |", "b | c"]),
        ("<del>\n\nOld text.</del> New text.\n\nb", ["New text.", "b"]),
        ("<div class=line-through>\n\nOld.</div>\n\nb\n\n<div>c</div>", ["b", "c"]),
        ("<del>\n\n| a | b |\n|---|---|\n| c | d</del> |\n\nb", ["b"]),
        ("<del>\n\n| a | b |\n|---|---|\n| c</del> | d | e\n| f | g |", ["f | g"]),
        ("<div class=Strike>\n\nOld.\n\n</Div>\n\nb", ["b"]),
    ],
)
def test_elements_that_are_struck_end_where_a_browser_ends_them(html: str, said: list[str]) -> None:
    assert [text for _, text in blocks(html)] == said


def test_an_address_is_no_class() -> None:
    said = "Call the strike line before you go."
    for linked in ('<a href="https://www.strike.org/">the strike line</a>', "[the strike line]{href=www.struck.org}"):
        assert blocks(said.replace("the strike line", linked)) == [(PARAGRAPH, said)]


def test_a_cell_that_is_struck_keeps_its_column() -> None:
    head = "<tr><th>Item</th><th>2023</th><th>2024</th></tr>"
    for struck in ("<td class=strike>£20</td><td>£25</td>", "<td style='text-decoration:line-through'>£20<td>£25"):
        table = f"<table>{head}<tr class=strike><td>Desk<td>£1<td>£2</tr><tr><td>Sofa</td>{struck}</tr></table>"
        assert [text for _, text in blocks(table)] == ["Item | 2023 | 2024", "Sofa |  | £25"]


def test_only_marks_go_from_the_text() -> None:
    body = "# Bins\n\n* *One* bin,  two\tspaces\n\n> A [quote](x).\n\n---\n\n1. First\n\n[x]: https://example.org\n\nEnd.\n\n"
    assert read_markdown(body).text == (
        "# Bins\n\n* One bin,  two\tspaces\n\n> A quote.\n\n---\n\n1. First\n\n\nEnd.\n\n"
    )


def test_a_text_without_marks_is_left_as_it_is() -> None:
    body = "\n\nBins – they said – are “green”.\n\n\n  Emptied weekly.\n"
    assert read_markdown(body).text == body


def test_a_paragraph_wrapped_by_hand_is_one_block() -> None:
    body = "Bins are collected\nevery *week* from\n   the street.\n\nOr not."
    assert blocks(body) == [
        (PARAGRAPH, "Bins are collected\nevery week from\nthe street."),
        (PARAGRAPH, "Or not."),
    ]


@pytest.mark.parametrize("end", ["  ", "\\"])
def test_a_hard_break_stays_inside_its_paragraph(end: str) -> None:
    assert blocks(f"Bins are green.{end}\nOr blue.") == [(PARAGRAPH, "Bins are green.\nOr blue.")]


def test_lines_of_an_unwrapped_text_are_paragraphs_of_their_own() -> None:
    long = "Bins are collected every week from the edge of each property, unless a bank holiday moves the day by one."
    assert blocks(f"A short title\n{long} {long}\n{long}") == [
        (PARAGRAPH, "A short title"),
        (PARAGRAPH, f"{long} {long}"),
        (PARAGRAPH, long),
    ]


def test_each_item_of_a_list_is_a_block_without_its_mark() -> None:
    assert blocks("* glass\n* *tins*,\n  rinsed\n\n1. 1\n2. 10\n\n- \n- # Odd\n") == [
        (ITEM, "glass"),
        (ITEM, "tins,\nrinsed"),
        (ITEM, "1"),
        (ITEM, "10"),
        (HEADING, "Odd"),
    ]


def test_the_number_of_an_item_is_not_taken_for_its_text() -> None:
    assert [(block.start, block.end) for block in read_markdown("1. 1\n2. 2\n").blocks] == [(3, 4), (8, 9)]


def test_marks_of_lists_and_quotes_stay_in_the_text() -> None:
    body = "- glass\n  1) tins\n\n     > clean\n"
    assert read_markdown(body).text == body


def test_nested_lists_are_items_one_by_one() -> None:
    assert blocks("- glass\n  - green\n    - very green\n- tins\n\n  Without lids.\n") == [
        (ITEM, "glass"),
        (ITEM, "green"),
        (ITEM, "very green"),
        (ITEM, "tins"),
        (ITEM, "Without lids."),
    ]


def test_a_list_ends_where_the_text_goes_on() -> None:
    assert blocks("- glass\n\nAnd so on.") == [(ITEM, "glass"), (PARAGRAPH, "And so on.")]


def test_a_quote_over_lines_is_one_paragraph() -> None:
    assert blocks("> Bins are *green*,\n> said the mayor\nof Ashby.\n>\n> > They are.\n") == [
        (PARAGRAPH, "Bins are green,\nsaid the mayor\nof Ashby."),
        (PARAGRAPH, "They are."),
    ]


def test_each_row_of_a_table_is_a_block() -> None:
    body = "| Bin | *Day* |\n|:--|--:|\n| green | [Monday](x) |\n| blue | 1 \\| 2 |\n| | Friday |\n"
    assert blocks(body) == [
        (ROW, "Bin | Day"),
        (ROW, "green | Monday"),
        (ROW, "blue | 1 | 2"),
        (ROW, "| Friday"),
    ]


def test_code_is_left_as_it_is_without_its_fence() -> None:
    assert blocks("```sh\n$ *bins*\n\n  end\n```\n\n~~~\n# no heading\n~~~\n\n    indented\n\n```\n```\n") == [
        (CODE, "$ *bins*\n\n  end"),
        (CODE, "# no heading"),
        (CODE, "indented"),
    ]


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    assert blocks("Bins.\n\n```\na = 1\n") == [(PARAGRAPH, "Bins."), (CODE, "a = 1")]


def test_of_html_its_text_is_read_and_no_script() -> None:
    assert blocks("<script>\nalert(1)\n</script>\n\n<div class='x'>\n**Bins**\n</div>\n") == [(PARAGRAPH, "**Bins**")]
    assert blocks("<h2>Bins</h2><p>They\n are&nbsp;green.<br>Or <s>red</s>.</p><ul><li>glass<li>tins</ul>\n\nEnd.") == [
        (HEADING, "Bins"),
        (PARAGRAPH, "They are green.\nOr ."),
        (ITEM, "glass"),
        (ITEM, "tins"),
        (PARAGRAPH, "End."),
    ]
    assert blocks("<dl><dt>Bin</dt><dd>A box.</dd><dt>Lid</dt><dd>Its top.</dd></dl>") == [
        (ITEM, "Bin: A box."),
        (ITEM, "Lid: Its top."),
    ]


def test_each_row_of_a_table_of_html_is_a_block() -> None:
    head = "<table>\n<thead>\n<tr><th>Bin</th><th>Day</th></tr>\n</thead>"
    table = f"{head}\n\n    <tr>\n<td>green</td>\n<td>\nMon<br>day</td></tr>\n</table>"
    assert blocks(f"Bins:\n\n{table}\n\nEnd.") == [
        (PARAGRAPH, "Bins:"),
        (ROW, "Bin | Day"),
        (ROW, "green | Mon day"),
        (PARAGRAPH, "End."),
    ]
    assert read_markdown(table).text.startswith("| Bin | Day |\n|---|---|\n| green | Mon day |")


def test_a_link_of_html_that_stands_alone_is_furniture() -> None:
    assert [block.furniture for block in read_markdown('<a href="x">Bins</a>\n\n<b>Bins</b>\n').blocks] == [True, False]


def test_attributes_and_marks_of_dialects_are_no_text() -> None:
    body = (
        "# Bins {#bins}\n\nBoxes {#boxes .wide}\n===\n\n{: .lead}\n> [!NOTE]\n> Green.\n\n#bins #boxes\n\n"
        "::: warning\nBlue.\n:::\n\n![[bin.png]]\n"
    )
    assert blocks(body) == [(HEADING, "Bins"), (HEADING, "Boxes"), (PARAGRAPH, "Green."), (PARAGRAPH, "Blue.")]


def test_notes_are_paragraphs_without_their_marks() -> None:
    assert blocks("Bins[^1] and lids.[^lid]\n\n[^1]: Or boxes.\n[^lid]: Or tops.\n") == [
        (PARAGRAPH, "Bins and lids."),
        (PARAGRAPH, "Or boxes."),
        (PARAGRAPH, "Or tops."),
    ]


def test_a_note_of_several_paragraphs_holds_no_code_but_what_stands_further_in() -> None:
    assert blocks("Bins.[^1]\n\n[^1]: Or boxes.\n\n    They are green.\n\n        x = 1\n\nLids.\n\n    y = 2\n")[
        1:
    ] == [
        (PARAGRAPH, "Or boxes."),
        (PARAGRAPH, "They are green."),
        (CODE, "x = 1"),
        (PARAGRAPH, "Lids."),
        (CODE, "y = 2"),
    ]
    assert blocks("Bins.[^1]\n\n[^1]: Or\n\n    ```\n    x = 1\n    ```\n\nLids.")[1:] == [
        (PARAGRAPH, "Or"),
        (CODE, "x = 1"),
        (PARAGRAPH, "Lids."),
    ]


def test_a_term_stands_with_its_definition() -> None:
    assert blocks(
        "Words:\n\nBin\n: A box with a lid.\n\n*Lid*\n\n:   Its top,\n    or cover.\n: A joke.\n\n: no term\n"
    ) == [
        (PARAGRAPH, "Words:"),
        (ITEM, "Bin: A box with a lid."),
        (ITEM, "Lid: Its top,\nor cover."),
        (ITEM, "Lid: A joke."),
        (ITEM, "Lid: no term"),
    ]


def test_terms_that_share_a_definition_stand_with_each_of_its_paragraphs() -> None:
    listed = "Compost\nLeaf mould\n:   Rotted leaves.\n\n    A sack is £4\n    at the gate.\n\n    - A sack.\n\nAll.\n"
    assert blocks(listed) == [
        (ITEM, "Compost\nLeaf mould: Rotted leaves."),
        (ITEM, "Compost\nLeaf mould: A sack is £4\nat the gate."),
        (ITEM, "A sack."),
        (PARAGRAPH, "All."),
    ]


def test_terms_with_one_definition_are_few() -> None:
    listed = "".join(f"Term {number}\n" for number in range(40))
    assert blocks(f"{listed}: d\n\n    more here\n")[-2:] == [(ITEM, "Term 39: d"), (ITEM, "Term 39: more here")]
    assert blocks(f"{'a' * 200}\n: d\n") == [(PARAGRAPH, "a" * 200), (PARAGRAPH, ": d")]


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("Fees\n====\n", (HEADING, "Fees")),
        ("Fees\n---\n", (HEADING, "Fees")),
        ("```\nfees\n```\n", (CODE, "fees")),
        ("Note the following\n", (PARAGRAPH, "Note the following")),
    ],
)
def test_what_stands_above_a_term_is_none(above: str, kept: tuple[BlockKind, str]) -> None:
    assert blocks(f"{above}Levy\n: Paid in May.\n") == [kept, (ITEM, "Levy: Paid in May.")]


def test_a_paragraph_that_is_hardly_indented_is_no_part_of_a_definition() -> None:
    body = "Levy\n: Paid in May.\n\n  The hall is closed on Sundays.\n\n    So is the bar.\n"
    assert [said for _, said in blocks(body)] == [
        "Levy: Paid in May.",
        "The hall is closed on Sundays.",
        "So is the bar.",
    ]


def test_a_sentence_above_a_term_is_no_term() -> None:
    assert blocks("What we sell.\nLeaf mould\n: Rotted leaves.\n") == [
        (PARAGRAPH, "What we sell."),
        (ITEM, "Leaf mould: Rotted leaves."),
    ]


def test_headings_that_say_something_and_have_no_text_are_quotable() -> None:
    body = (
        "# Fares: 2023\n\n## Adult: £2\n\n## Child: £1\n\nUntil May.\n\n## Who pays?\n\n## Dogs travel free.\n\n"
        "## Part 2: 2024\n\nText.\n\n## The end"
    )
    assert [said for kind, said in blocks(body) if kind is HEADING] == [
        "Fares: 2023",
        "Who pays?",
        "Part 2: 2024",
        "The end",
    ]


def test_rules_and_pictures_without_words_are_no_blocks() -> None:
    assert blocks("***\n\n---\n\n![](bin.png)\n\n[](x)\n\n<!-- nothing -->\n") == []


@pytest.mark.parametrize("comment", ["<!-- note -->", "<!--\nnote\n\nover lines\n-->", "<!-- two --><!-- notes -->"])
def test_comments_are_taken_out(comment: str) -> None:
    draft = read_markdown(f"# Bins\n\n{comment}\n\nThey are green.")
    assert "note" not in draft.text
    assert draft.text.split() == ["#", "Bins", "They", "are", "green."]
    assert draft.asks == ()


def test_asks_are_read_with_the_place_where_they_stood() -> None:
    draft = read_markdown(
        "# Bins\n\n<!-- asks: When are *bins* emptied? | How  often? -->\n\nWeekly. <!-- asks: Every week? -->\n\n"
        "## Colours <!--asks:Which colours?-->\n\n"
        "<!--\nasks:\n  What is green?\n  What is blue?\n-->\nGreen and blue.\n"
    )
    first, last = draft.text.index("\n\nWeekly."), draft.text.index("\nGreen and blue.")
    assert draft.text == "# Bins\n\n\n\nWeekly. \n\n## Colours \n\n\nGreen and blue.\n"
    assert draft.asks == (
        Ask("When are *bins* emptied?", first),
        Ask("How often?", first),
        Ask("Every week?", draft.text.index("\n\n## Colours")),
        Ask("Which colours?", draft.text.index("\n\n\nGreen")),
        Ask("What is green?", last),
        Ask("What is blue?", last),
    )


def test_asks_inside_code_are_code() -> None:
    draft = read_markdown("`<!-- asks: When? -->`\n\n```\n<!-- asks: When? -->\n```\n")
    assert draft.asks == ()
    assert blocks("`<!-- asks: When? -->`") == [(PARAGRAPH, "<!-- asks: When? -->")]


def test_no_block_has_a_mark_at_its_edges() -> None:
    body = (
        "# *Bins* #\n\n**Green** and `blue`\n\n- [glass](x)\n  - *tins*\n\n> _Mayor_\n\n1) **one**\n\n"
        "| *a* | `b` |\n|---|---|\n| [c](d) | __e__ |\n\n```\ncode\n```\n\nUnder *line*\n===\n"
    )
    draft = read_markdown(body)
    said = [draft.text[block.start : block.end] for block in draft.blocks]
    assert said == ["Bins", "Green and blue", "glass", "tins", "Mayor", "one", "a | b", "c | e", "code", "Under line"]


MARKS = ["# ", "## ", "- ", "* ", "+", "1. ", "2) ", "> ", "**", "*", "_", "`", "```\n", "~~~", "~~", "===", "---", "|"]
TARGETS = ["[", "]", "](x)", "![", "<https://a.b>", "[x]: http://y.z\n", "<b>", "<script>", "\\", "\\|", "&amp;"]
COMMENTS = ["<!--", "-->", "<!-- asks: q? -->"]
WORDS = ["word", "1", "é", "Some words here.", "A line that goes on past the width of a page. " * 3]
BLANKS = [" ", "    ", "\t", "\n", "\n\n", "  \n", "\u00a0", "\u2028", "\f", "\u200b"]
TABLE = "| a | b |\n|---|---|\n"
PIECES = st.sampled_from([*MARKS, *TARGETS, *COMMENTS, *WORDS, *BLANKS, TABLE])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(st.characters(exclude_characters="\0\r"))))
def test_whatever_is_read_the_blocks_lie_in_order_inside_a_text_that_only_lost_characters(body: str) -> None:
    draft = read_markdown(body)
    end = 0
    for block in draft.blocks:
        assert end <= block.start < block.end <= len(draft.text)
        said = draft.text[block.start : block.end]
        assert said == said.strip()
        end = block.end
    left = iter(body)
    drawn = " \n|-"  # around the cells of tables
    assert all(char in left for char in draft.text if char not in drawn)
    assert all(ask.at is not None and 0 <= ask.at <= len(draft.text) for ask in draft.asks)


def test_cells_that_are_empty_keep_their_columns() -> None:
    assert blocks("| | Mon | Tue |\n|---|---|---|\n| Pool | 7 | |\n| | | late |\n") == [
        (ROW, "| Mon | Tue"),
        (ROW, "Pool | 7"),
        (ROW, "| | late"),
    ]


def test_tables_of_html_keep_their_columns() -> None:
    head = "<tr><th rowspan=2>Room</th><th colspan=2>Price</th></tr><tr><th>Week</th><th>Weekend</th></tr>"
    body = "<tr><td>Hall</td><td></td><td>£45</td></tr>"
    assert blocks(f"<table><caption>Hire</caption>{head}{body}</table>\n") == [
        (PARAGRAPH, "Hire"),
        (ROW, "Room | Price Week | Price Weekend"),
        (ROW, "Hall |  | £45"),
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('!!! note "Mind"\n    Never on Sundays.\n', ["Mind\nNever on Sundays."]),
        ("!!! note\n\n    Never on *Sundays*.\n\n    ??? tip\n        Or ever.\n\nBins are out.\n",
         ["Never on Sundays.", "Or ever.", "Bins are out."]),
        ("A set {n=5 of people}.\n\nBins are {n=5 .red} out.\n", ["A set {n=5 of people}.", "Bins are out."]),
        ("Bins are out. %%ask Bo%%\n", ["Bins are out."]),
        ("#bins\n\nBins are out.^[Not glass.]\n", ["Bins are out. (Not glass.)"]),
        ("*[ACO]: a group of providers\n", ["ACO: a group of providers"]),
        ("* TOC\n{:toc}\n\nBins are out.\n", ["Bins are out."]),
        ("H~2~O, x^2^, 1^st^, here^1^ <mailto:a@b.example> []{#here}~~old~~ end\n",
         ["H2O, x^2, 1st, here a@b.example end"]),
        ("##Fees and dates\n\nBins are out.\n", ["Fees and dates", "Bins are out."]),
        ("Costs ~5 to ~10 and 2^3.\n", ["Costs ~5 to ~10 and 2^3."]),
    ],
)  # fmt: skip
def test_marks_of_more_dialects_go(body: str, said: list[str]) -> None:
    assert [text for _, text in blocks(body)] == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "Bins are out.\n\n{% comment %}\nOld: in.\n\nAsk Bo.\n{% endcomment %}\n\nOn Mondays.",
            ["Bins are out.", "On Mondays."],
        ),
        ("{%- comment -%}Old: in.{%- endcomment -%} Bins are out.", ["Bins are out."]),
        ("Bins are out. {/* Old: in. */} On Mondays.\n\n{/*\nAsk Bo.\n*/}", ["Bins are out.  On Mondays."]),
        ("{{</* old */>}}Bins are out.\n\n%%\nAsk Bo.\n%%", ["Bins are out."]),
        ("Bins are out. {% comment %} Nothing ends it.", ["Bins are out.  Nothing ends it."]),
        (
            "Write `{/* so */}`.\n\n```\n{% comment %}\n```\n\nBins {% endcomment %}",
            ["Write {/* so */}.", "{% comment %}", "Bins"],
        ),
    ],
)
def test_what_templates_remark_is_not_read(body: str, said: list[str]) -> None:
    assert [text for _, text in blocks(body)] == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '=== "Zone A"\n\n    It costs *£60*.\n\n    - a year\n\n=== "Zone B"\n\n    £35.\n',
            ["Zone A", "It costs £60.", "a year", "Zone B", "£35."],
        ),
        (
            '{{< tabs "pay" >}}\n{{< tab "Zone A" >}}\nIt costs £60.\n{{< /tab >}}\n{{< /tabs >}}',
            ["Zone A\nIt costs £60."],
        ),
        ('{{% accordion title="Is it free?" %}}\nNo.\n{{% /accordion %}}', ["Is it free?\nNo."]),
        ('{% tab title="Zone A" %}\nIt costs £60.\n{% endtab %}\n{% assign title="Old" %}', ["Zone A\nIt costs £60."]),
        (
            '<Tabs groupId="a">\n<TabItem value="a" label="Zone A">\n\nIt costs £60.\n\n</TabItem>\n</Tabs>',
            ["Zone A", "It costs £60."],
        ),
        (
            ":::tip Blue badges\n\nFree.\n\n:::\n\n:::danger[Vans]\n\nNone.\n\n:::",
            ["Blue badges", "Free.", "Vans", "None."],
        ),
        (
            ':::: {.columns}\n::: warning :::\nNone.\n:::\n::: {.note title="Vans"}\nNone.\n:::\n::::',
            ["None.", "Vans\nNone."],
        ),
        ("Bins {{< abbr title='so' >}} are out.\n\n<Br />\n\n<Name>", ["Bins  are out.", "<Name>"]),
    ],
)
def test_boxes_and_tabs_are_read_with_their_titles(body: str, said: list[str]) -> None:
    assert [text for _, text in blocks(body)] == said


def test_tables_that_pandoc_draws_are_tables() -> None:
    framed = (
        "+------+-------+\n| Park | Shuts |\n|      | at    |\n+======+=======+\n| Elm  | 8 \\| 9 |\n+------+-------+\n"
    )
    ruled = "  Park     Shuts\n  -------- -----\n  Oak Wood dusk\n           noon\n\nEnd.\n"
    code = "```\nPark  Shuts\n----- -----\nElm   8\n```\n"
    assert blocks(f"{framed}\n{ruled}\n{code}") == [
        (ROW, "Park | Shuts at"),
        (ROW, "Elm | 8 | 9"),
        (ROW, "Park | Shuts"),
        (ROW, "Oak Wood | dusk"),
        (ROW, "| noon"),
        (PARAGRAPH, "End."),
        (BlockKind.CODE, "Park  Shuts\n----- -----\nElm   8"),
    ]


def test_boxes_to_tick_are_shown_as_such() -> None:
    assert blocks("- [x] sign it\n- [ ] pay\n- [a](b)") == [(ITEM, "☑ sign it"), (ITEM, "☐ pay"), (ITEM, "a")]


def test_names_of_blocks_are_left_out_and_powers_stay() -> None:
    assert blocks("Yes, from six on. ^children\n\nIt is 5 m^2 or x ^ y.") == [
        (PARAGRAPH, "Yes, from six on."),
        (PARAGRAPH, "It is 5 m^2 or x ^ y."),
    ]


def test_letters_that_were_typed_in_an_item_make_a_list_in_it() -> None:
    assert levels("1. Fees\n   a. Adults 5\n   b. Babies of\n      2, and the\n      3 of us\n2. Boats") == [
        ("Fees", 0),
        ("a. Adults 5", 1),
        ("b. Babies of\n2, and the\n3 of us", 1),
        ("Boats", 0),
    ]
    assert levels("1. Boats\n   a wide one pays double") == [("Boats\na wide one pays double", 0)]


def test_bullets_that_were_typed_make_items() -> None:
    assert blocks("Bring:\n• a card\n• a letter,\nwith a stamp\nThanks.") == [
        (PARAGRAPH, "Bring:"),
        (ITEM, "a card"),
        (ITEM, "a letter,\nwith a stamp"),
        (PARAGRAPH, "Thanks."),
    ]


def test_tables_look_alike_whether_or_not_blanks_stand_at_their_bars() -> None:
    assert blocks("|Boat|Seats|\n|-|-|\n|Gull|12|\n|Tern||") == [
        (ROW, "Boat | Seats"),
        (ROW, "Gull | 12"),
        (ROW, "Tern"),
    ]
    assert blocks("```\n|a|b|\n```") == [(CODE, "|a|b|")]
