"""Titles that elements of a page's own making say in their tags, attributes and slots."""

from __future__ import annotations

import pytest

from acobot.sources.reader_process import read_bytes

TEXT = "Members may sail on any day from April to October, if the wind and the tide of that day allow it."


def told(body: str) -> list[tuple[str, str]]:
    draft = read_bytes(".html", f"<main><h1>Club</h1><p>{TEXT}</p>{body}</main>".encode())
    return [(block.kind.value, draft.text[block.start : block.end]) for block in draft.blocks][2:]


@pytest.mark.parametrize(
    "element",
    [
        "<x-fee heading=Cadets><p>It is £64.</p></x-fee>",
        "<x-details summary=Cadets>It is £64.</x-details>",
        "<x-callout><span slot=title>Cadets</span>It is £64.</x-callout>",
        "<x-fee><strong slot=item-heading>Cadets</strong><p>It is £64.</p></x-fee>",
        "<x-card><x-card-title>Cadets</x-card-title><p>It is £64.</p></x-card>",
        "<x-panel><x-panel-header><x-panel-title>Cadets</x-panel-title></x-panel-header><p>It is £64.</p></x-panel>",
    ],
)
def test_such_a_title_is_a_heading(element: str) -> None:
    assert told(element) == [("heading", "Cadets"), ("paragraph", "It is £64.")]


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("<p>Pay <x-link title='New window'>the fee</x-link> now.</p>", "Pay the fee now."),
        ("<x-button label=Book>Ring us</x-button><p>It is £64.</p>", "It is £64."),
        ("<x-fee><span slot=label>Adults</span><span slot=value>£5</span></x-fee>", "Adults £5"),
        ("<x-grid label=grid-2-col><p>It is £64.</p></x-grid>", "It is £64."),
        ("<x-part heading=h3><p>It is £64.</p></x-part>", "It is £64."),
        ("<x-tip><i slot=icon>i</i>It is £64.</x-tip>", "iIt is £64."),
        ("<x-page title=Sailing><nav><a href=/>Home</a></nav><p>It is £64.</p></x-page>", "It is £64."),
    ],
)
def test_a_label_of_a_link_a_button_or_the_page_heads_nothing(element: str, said: str) -> None:
    assert "heading" not in dict(told(element))
    assert told(element)[-1][1] == said


@pytest.mark.parametrize("title", ["<span slot=title>Closed</span>", "<x-card-title>Closed</x-card-title>"])
def test_such_a_title_stands_over_nothing_behind_its_element(title: str) -> None:
    card = f"<x-card>{title}<p>No visits.</p></x-card>"
    page = f"<main><h1>Club</h1><h2>Visit</h2><p>{TEXT}</p>{card}<p>Tea at 9.</p></main>"
    last = read_bytes(".html", page.encode()).blocks[-1]
    assert last.leaves == 3
