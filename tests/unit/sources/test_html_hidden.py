"""What a page's own style sheets hide: not read where nothing on the page shows it again."""

from __future__ import annotations

import pytest

from acobot.sources.reader_process import read_bytes

TEXT = "Bins are emptied every week, on the day that the calendar of the council gives for the street."
MORE = "Bulky waste is taken away for a fee, on a day that the caller is told when the fee has been paid."
HIDDEN = ".old {display: none} @media print {.old {display: block}}"
OLD = "<div class='card old'><p>The tip is shut until 14 June.</p></div>"


def quotable(page: str) -> list[str]:
    draft = read_bytes(".html", page.encode())
    return [draft.text[block.start : block.end] for block in draft.blocks if block.quotable]


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (HIDDEN, OLD),
        ("#a,.old{visibility:hidden}", OLD),
        (".card.old{display:none} .card{display:block}", OLD),
        (".old{display:none}", f"<script>fill('.fees')</script>{OLD}"),
    ],
)
def test_what_the_pages_own_style_sheet_hides_for_good_is_not_read(style: str, body: str) -> None:
    assert quotable(f"<style>{style}</style><main><h1>Tip</h1><p>{TEXT}</p>{body}<p>{MORE}</p></main>") == [TEXT, MORE]


@pytest.mark.parametrize(
    "page",
    [
        "<style>.old{display:none} .old.open{display:block}</style>{0}",
        "<style>.old{display:none} @media (min-width: 40em) {.old{display:block}}</style>{0}",
        "<style>.old{display:none} .card{display:flex}</style>{0}",
        "<style>@media (max-width: 40em) {.old{display:none}}</style>{0}",
        "<style media=print>.old{display:none}</style>{0}",
        "<noscript><style>.old{display:none}</style></noscript>{0}",
        "<style>.closed .old{display:none}</style><div class=closed>{0}</div>",
        "<style>.old{display:none}</style><script>$('.old').show()</script>{0}",
        "<style>.old{display:none}</style>{0}<button>Read on</button>",
        "<style>.old{display:none}</style><h3 onclick='f(this)'>When it is shut</h3>{0}",
        "<style>.old{display:none}</style><p>More</p><div>{0}</div><p><a href='#'>Read on</a></p>",
        "<style>.panel{display:none}</style><h3 class=toggle>When</h3><div class=panel>{0}</div>",
        "<style>.all{display:none}</style><div class=all><h1>Tip</h1>{0}</div>",
    ],
)
def test_what_can_be_shown_again_is_read(page: str) -> None:
    said = "The tip is shut until 14 June."
    assert said in quotable(f"<main><p>{TEXT}</p>{page.replace('{0}', OLD)}<p>{MORE}</p></main>")


@pytest.mark.parametrize(
    "rest",
    [
        "<div class=read-more-content style='display:none'>{0}</div><a href='#' class=more-link>Read more</a>",
        "<p>It is near.<span class=more style='display:none'> {0}</span></p><button>Read more</button>",
    ],
)
def test_the_rest_of_a_text_that_a_control_behind_it_shows_is_read(rest: str) -> None:
    said = "The tip is shut until 14 June."
    assert said in " ".join(quotable(f"<main><p>{TEXT}</p>{rest.format(said)}<p>{MORE}</p></main>"))


@pytest.mark.parametrize(
    "page",
    [
        "<div class=read-more-content style='display:none'>{0}</div><p><a href=/tip>The tip</a></p>",
        "<ul class=more style='display:none'><li>{0}</ul><button>More</button>",
        "<div class=old style='display:none'>{0}</div><a href='#'>Read more</a>",
        "<div class=more style='display:none'>{0}</div><div><p>Ask us.</p><button>Send</button></div>",
        "<ul><li>One<li hidden>{0}<li>Two</ul><button class=show-more>More</button>",
        "<table><tr><td>One<td>£5</tr><tr hidden><td colspan=2>{0}</tr></table><button class=load-more>More</button>",
        "<ul><li>One<li class=no-results hidden>{0}</ul><button class=load-more>More</button>",
        "<ul><li>One<li class=item-template hidden>{0}</ul><button class=load-more>More</button>",
    ],
)
def test_what_else_is_hidden_before_a_link_is_not_read(page: str) -> None:
    said = "The tip is shut until 14 June."
    assert said not in " ".join(quotable(f"<main><p>{TEXT}</p>{page.format(said)}<p>{MORE}</p></main>"))


def test_the_rows_and_items_that_a_control_below_them_shows_are_read() -> None:
    table = "<table><tr><td>Scouts<td>£400</tr><tr style='display:none'><td>Band<td>£900</tr></table>"
    button = "<button class='btn show-more'>Show all</button>"
    page = f"<main><p>{TEXT}</p>{{}}<p>{MORE}</p></main>".format
    assert "Band | £900" in quotable(page(table + button))
    assert "Band | £900" not in quotable(page(f"{table}<button class=add>Add</button>"))
    assert "Four" in quotable(page(f"<ul><li>Three<li hidden>Four</ul><div>{button}</div>"))
    assert "Three" not in quotable(page(f"<ul><li hidden>Three<li>Four</ul><div>{button}</div>"))


def test_a_hidden_control_that_would_show_more_is_not_read() -> None:
    control = "<p class=read-more style='display:none'>Read more</p><button>Ask</button>"
    assert "Read more" not in quotable(f"<main><p>{TEXT}</p>{control}<p>{MORE}</p></main>")
