"""Elements of a page that bring what they show in a template of their own."""

from __future__ import annotations

import pytest

from tests.unit.sources.test_html import MORE, TEXT, read, texts

NONE = "<template><p>The bins are red.</p></template>"


@pytest.mark.parametrize("mode", ["shadowrootmode=open", "shadowrootmode=closed", "shadowroot=open"])
def test_what_an_element_shows_of_its_own_is_read_with_its_words_in_their_slots(mode: str) -> None:
    own = f"<h1><slot name=head>A page</slot></h1><slot></slot><p>{MORE}</p><slot name=foot><p>It is free.</p></slot>"
    page = f"<main><x-page><template {mode}><style>p {{}}</style>{own}</template>"
    page += f"<span slot=head>Bins</span><p>{TEXT}</p>{NONE}</x-page></main>"
    assert texts(read(page)) == ["Bins", TEXT, MORE, "It is free."]


def test_words_of_an_element_that_have_no_slot_are_not_shown() -> None:
    own = f"<template shadowrootmode=open><p>{TEXT}</p></template>"
    page = f"<main><h1>Bins</h1><x-a>{own}Old: {MORE}{own}</x-a></main>"
    assert texts(read(page)) == ["Bins", TEXT]


def test_a_slot_within_a_slot_gives_way_to_words_of_the_outer_one() -> None:
    own = "<template shadowrootmode=open><h1><slot name=a><slot name=b>None</slot></slot></h1><slot></slot></template>"
    page = f"<main><x-a>{own}<span slot=a>Bins</span><p>{TEXT}</p></x-a></main>"
    assert texts(read(page)) == ["Bins", TEXT]


def test_an_element_within_a_sentence_parts_it_not() -> None:
    own = "<template shadowrootmode=open><b>4 March</b></template>"
    page = f"<main><h1>Bins</h1><p>We came on <x-time>{own}4 March</x-time> to the lane.</p><p>{TEXT}</p></main>"
    assert texts(read(page)) == ["Bins", "We came on 4 March to the lane.", TEXT]


def test_elements_within_elements_show_what_each_brings() -> None:
    inner = f"<x-b><template shadowrootmode=open><p>{TEXT}</p><slot></slot></template><p>It is free.</p></x-b>"
    outer = f"<x-a><template shadowrootmode=open><h1>Bins</h1>{inner}<slot></slot></template><p>{MORE}</p></x-a>"
    assert texts(read(f"<main>{outer}</main>")) == ["Bins", TEXT, "It is free.", MORE]
