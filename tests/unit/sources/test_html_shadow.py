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


def test_elements_within_elements_show_what_each_brings() -> None:
    inner = f"<x-b><template shadowrootmode=open><p>{TEXT}</p><slot></slot></template><p>It is free.</p></x-b>"
    outer = f"<x-a><template shadowrootmode=open><h1>Bins</h1>{inner}<slot></slot></template><p>{MORE}</p></x-a>"
    assert texts(read(f"<main>{outer}</main>")) == ["Bins", TEXT, "It is free.", MORE]
