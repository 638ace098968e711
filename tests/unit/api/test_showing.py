from __future__ import annotations

from dataclasses import replace

import pytest

from acobot.answer import Answer, Citation, CitedPassage, CitedSource, Difference, IndexName, Quote, Role, Status
from acobot.api.showing import (
    as_text,
    besides,
    by_source,
    contained,
    extent,
    heard,
    name_in_full,
    original_href,
    said_by,
    sides,
    spelled_out,
    without_reordering,
)


def source(name: str, **values: str | None) -> CitedSource:
    known = dict.fromkeys(("publisher", "author", "published", "updated", "url", "licence", "summary_of"))
    return CitedSource(**{"id": name, "title": name.title(), "kind": "original", "sha256": "0" * 64, **known, **values})  # type: ignore[arg-type]


OWLS, CATS = source("owls", publisher="The Owl Post", published="2018-04"), source("cats")


def citation(number: int, of: CitedSource) -> Citation:
    return Citation(number, of, CitedPassage((), "", 0, 1), f"/sources/{of.id}?start={number}")


def quote(text: str, number: int, of: CitedSource) -> Quote:
    return Quote(text, Role.LEAD, 1, number, of.id, 0, len(text), f"/sources/{of.id}")


QUOTES = (
    quote("Owls see.", 1, OWLS),
    quote("Owls fly.", 2, OWLS),
    quote("Cats purr.", 3, CATS),
    quote("Hoo.", 1, OWLS),
)
ANSWER = Answer(
    status=Status.ANSWERED,
    signposts=(),
    limit=None,
    question="What do they do?",
    searched_for="What do they do?",
    answer="",
    quotes=QUOTES,
    citations=(citation(1, OWLS), citation(2, OWLS), citation(3, CATS)),
    differing=(Difference("how many", ((2,), (3,))),),
    confidence=0.9,
    nearest=(),
    notes=("They are old.",),
    suggestions=(),
    index=IndexName("x"),
)
REFUSED = replace(ANSWER, quotes=(), citations=(), differing=(), notes=(), answer="The sources do not answer this.")


def test_quotes_in_a_row_from_one_source_stand_together() -> None:
    assert said_by(ANSWER, QUOTES) == [(OWLS, list(QUOTES[:2])), (CATS, [QUOTES[2]]), (OWLS, [QUOTES[3]])]


def test_sides_have_the_quotes_that_differ_and_the_rest_stands_besides() -> None:
    assert sides(ANSWER, ANSWER.differing[0]) == [[(OWLS, [QUOTES[1]])], [(CATS, [QUOTES[2]])]]
    assert besides(ANSWER) == [(OWLS, [QUOTES[0], QUOTES[3]])]


def test_citations_are_listed_under_their_source() -> None:
    one, two, three = ANSWER.citations
    assert by_source((one, three, two)) == [(OWLS, [one, two]), (CATS, [three])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ACO pays.", [("ACO", "care organisation")]),
        ("ACOs pay, and an ACO's budget.", [("ACO", "care organisation")]),
        ("An ACO/GP matter.", [("ACO", "care organisation"), ("GP", "general practitioner")]),
        ("Care organisations (ACOs) pay.", []),  # spelled out where they stand
        ("The bodies (NB) and the NBs.", [("NB", "national body")]),
        ("The national bodies (NBs) meet.", []),
        ("An aco is no ACOB.", []),
    ],
)
def test_abbreviations_that_no_quote_spells_out(text: str, expected: list[tuple[str, str]]) -> None:
    known = {"GP": "general practitioner", "ACO": "care organisation", "NB": "national body"}
    answer = replace(ANSWER, quotes=(quote(text, 1, OWLS),))
    assert spelled_out(answer, known) == expected


def test_an_answer_as_text() -> None:
    assert as_text(ANSWER, "/?q=x") == (
        "What do they do?\n\n"
        "“Owls see.” [1]\n“Owls fly.” [2]\n“Cats purr.” [3]\n“Hoo.” [1]\n\n"
        "[1] “Owls”, The Owl Post, April 2018\n/sources/owls?start=1\n\n"
        "[2] “Owls”, The Owl Post, April 2018\n/sources/owls?start=2\n\n"
        "[3] “Cats”, no date given\n/sources/cats?start=3\n\n"
        "The sources differ about how many: [2] against [3].\nThey are old.\n\n"
        "This answer:\n/?q=x"
    )


def test_a_refusal_as_text() -> None:
    assert as_text(REFUSED, "/?q=x") == "What do they do?\n\nThe sources do not answer this.\n\nThis answer:\n/?q=x"


def test_what_is_heard_of_an_answer() -> None:
    assert heard(ANSWER) == "Answered with 4 quotes from 2 sources."
    assert heard(replace(ANSWER, quotes=QUOTES[:1])) == "Answered with 1 quote from 1 source."
    assert heard(REFUSED) == "The sources do not answer this."


def test_a_summary_is_never_named_as_the_publication() -> None:
    summary = source(
        "owls", kind="summary", summary_of="All owls", author="A. Bird", publisher="Post", published="2017"
    )
    assert name_in_full(summary) == "Our summary of “All owls”, by A. Bird, Post, 2017"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2017-08-10", "", "2018"], "the 3 sources (2017 to 2018)"),
        (["2018-01", "2018-04"], "the 2 sources (2018)"),
        ([""], "the source"),
    ],
)
def test_how_many_sources_there_are_and_from_when(dates: list[str], said: str) -> None:
    assert extent(dates) == said


@pytest.mark.parametrize(
    ("url", "words", "href"),
    [
        ("https://a.example/x", "One two.", "https://a.example/x#:~:text=One%20two."),
        ("https://a.example/x#top", "One two.", "https://a.example/x#top:~:text=One%20two."),
        ("https://a.example", "a-b, 5 % & c\nd é", "https://a.example#:~:text=a%2Db%2C%205%20%25%20%26%20c%20d%20%C3%A9"),
        ("https://a.example", "a-, " * 150, "https://a.example#:~:text=" + ",".join(["%20".join(["a%2D%2C"] * 6)] * 2)),
        ("https://a.example/", "", "https://a.example/"),
    ],
)  # fmt: skip
def test_words_in_an_original(url: str, words: str, href: str) -> None:
    assert original_href(source("x", url=url), words) == href


def test_there_is_no_link_to_words_of_a_summary_or_without_an_address() -> None:
    assert original_href(source("x", url="https://a.example/", kind="summary"), "Words.") == ""
    assert original_href(source("x"), "Words.") == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("a\u2069b", "ab"),
        ("\u2068a\u2069b\u2069\u202ec", "\u2068a\u2069b\u202ec"),
        ("\u2066\u2067a\u2069\u2069\u2069", "\u2066\u2067a\u2069\u2069"),
    ],
)
def test_no_text_ends_an_isolation_that_it_did_not_begin(text: str, kept: str) -> None:
    assert contained(text) == kept


def test_characters_that_turn_the_order_are_taken_out_where_markup_cannot_hold_them() -> None:
    assert without_reordering("a\u202eb\u2066c\u2069\u202c\u200f é") == "abc\u200f é"
