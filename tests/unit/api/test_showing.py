from __future__ import annotations

from dataclasses import replace

import pytest

from acobot.answer import (
    Answer,
    Citation,
    CitedPassage,
    CitedSource,
    Difference,
    IndexName,
    LimitSaid,
    Quote,
    Role,
    Signpost,
    Status,
    as_read,
    beyond_note,
)
from acobot.api.showing import (
    after_quotes,
    also,
    as_text,
    by_source,
    contained,
    extent,
    heard,
    is_urgent,
    lead,
    name_in_full,
    original_href,
    said_by,
    sides,
    site_name,
    spelled_out,
    turn_after,
    turn_first,
    without_gaps,
    without_reordering,
)
from acobot.policies import Sign
from tests.fakes import ENGLISH


def source(name: str, **values: str | None) -> CitedSource:
    known = dict.fromkeys(("publisher", "author", "published", "updated", "url", "licence", "summary_of"))
    known |= dict.fromkeys(("valid_until", "superseded_by", "retrieved"))
    return CitedSource(**{"id": name, "title": name.title(), "kind": "original", "sha256": "0" * 64, **known, **values})  # type: ignore[arg-type]


OWLS, CATS = source("owls", publisher="The Owl Post", published="2018-04"), source("cats")


def citation(number: int, of: CitedSource) -> Citation:
    return Citation(number, of, CitedPassage((), "", 0, 1), f"/sources/{of.id}?start={number}")


def quote(text: str, number: int, of: CitedSource, role: Role = Role.ALSO, group: int = 2, start: int = 0) -> Quote:
    return Quote(text, role, group, number, of.id, start, start + len(text), f"/sources/{of.id}")


QUOTES = (
    quote("Owls see.", 1, OWLS, Role.LEAD, 1),
    quote("Owls fly.", 2, OWLS, group=2),
    quote("Cats purr.", 3, CATS, group=3),
    quote("Hoo.", 1, OWLS, group=4),
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
    cautions=(),
    suggestions=(),
    index=IndexName("x"),
)
REFUSED = replace(ANSWER, quotes=(), citations=(), differing=(), notes=(), answer="The sources do not answer this.")


EMERGENCY = Signpost(Sign.EMERGENCY, "Call 999.")
CRISIS = Signpost(Sign.CRISIS, "Call 116 123.")
MEDICAL = Signpost(Sign.MEDICAL, "Call NHS 111.")


def test_quotes_in_a_row_from_one_source_stand_together() -> None:
    assert said_by(ANSWER, QUOTES) == [(OWLS, list(QUOTES[:2])), (CATS, [QUOTES[2]]), (OWLS, [QUOTES[3]])]


def test_groups_stay_together_and_are_read_as_they_stand_in_their_source() -> None:
    item, fact = quote("Owls see.", 1, OWLS, Role.LEAD, 1, start=50), quote("Owls fly.", 2, OWLS, start=20)
    opening = quote("They do this:", 1, OWLS, Role.CONTEXT, 1, start=30)
    assert as_read((item, fact, opening)) == [opening, item, fact]
    answer = replace(ANSWER, quotes=(item, fact, opening), differing=())
    assert lead(answer) == [(OWLS, [opening, item])]
    assert also(answer) == [(OWLS, [fact])]


def test_the_lead_stands_alone_and_what_differs_on_its_sides() -> None:
    assert sides(ANSWER, ANSWER.differing[0]) == [[(OWLS, [QUOTES[1]])], [(CATS, [QUOTES[2]])]]
    assert lead(ANSWER) == [(OWLS, [QUOTES[0]])]
    assert also(ANSWER) == [(OWLS, [QUOTES[3]])]


def test_a_lead_that_another_source_contradicts_stands_on_its_side_only() -> None:
    answer = replace(ANSWER, differing=(Difference("how many", ((1,), (3,))),))
    assert sides(answer, answer.differing[0])[0] == [(OWLS, [QUOTES[0], QUOTES[3]])]
    assert lead(answer) == []
    assert also(answer) == [(OWLS, [QUOTES[1]])]


@pytest.mark.parametrize(
    ("signposts", "first", "after"),
    [
        ((), [], []),
        ((EMERGENCY,), [EMERGENCY], []),
        ((CRISIS,), [CRISIS], []),
        ((MEDICAL,), [], [MEDICAL]),
        ((EMERGENCY, MEDICAL), [EMERGENCY], [MEDICAL]),
    ],
)
def test_where_to_turn_at_once_comes_before_an_answer_and_else_after_it(
    signposts: tuple[Signpost, ...], first: list[Signpost], after: list[Signpost]
) -> None:
    for answer in (replace(ANSWER, signposts=signposts), replace(REFUSED, signposts=signposts)):
        assert turn_first(answer) == first
        assert turn_after(answer) == after
        assert not is_urgent(answer)


@pytest.mark.parametrize(("signpost", "urgent"), [(EMERGENCY, True), (CRISIS, True), (MEDICAL, False)])
def test_where_to_turn_is_said_once_where_it_is_the_whole_answer(signpost: Signpost, urgent: bool) -> None:
    answer = replace(REFUSED, status=Status.SIGNPOSTED, signposts=(signpost,), answer=signpost.text)
    assert turn_first(answer) == turn_after(answer) == []
    assert is_urgent(answer) is urgent
    assert as_text(answer, "/?q=x", ENGLISH).count(signpost.text) == 1
    assert heard(answer, ENGLISH) == signpost.text


def test_up_to_when_the_sources_go_comes_first_and_other_notes_after() -> None:
    beyond = beyond_note(ENGLISH, "2018-04-16")
    answer = replace(ANSWER, notes=(beyond, "They are old."), cautions=(beyond,))
    assert after_quotes(answer) == ("They are old.",)
    assert after_quotes(replace(answer, cautions=())) == (beyond, "They are old.")
    assert after_quotes(replace(ANSWER, notes=())) == ()


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
    assert spelled_out(answer, known, ENGLISH) == expected


def test_an_answer_as_text() -> None:
    assert as_text(ANSWER, "/?q=x", ENGLISH) == (
        "What do they do?\n\n"
        "“Owls see.” [1]\n\n"
        "The sources differ about how many: [2] against [3].\n“Owls fly.” [2]\n“Cats purr.” [3]\n\n"
        "Also in the sources:\n“Hoo.” [1]\n\n"
        "They are old.\n\n"
        "[1] “Owls”, The Owl Post, April 2018\n/sources/owls?start=1\n\n"
        "[2] “Owls”, The Owl Post, April 2018\n/sources/owls?start=2\n\n"
        "[3] “Cats”, no date given\n/sources/cats?start=3\n\n"
        "This answer:\n/?q=x"
    )


def test_what_is_too_old_to_tell_comes_first_as_text() -> None:
    answer = replace(ANSWER, notes=("Up to 2018.", "They are old."), quotes=QUOTES[:1], differing=())
    assert as_text(answer, "/?q=x", ENGLISH, ("Up to 2018.",)).startswith(
        "What do they do?\n\nUp to 2018.\n\n“Owls see.” [1]\n\nThey are old.\n\n[1] "
    )


def test_our_words_have_no_quotation_marks_as_text() -> None:
    ours = replace(OWLS, kind="summary", summary_of="All owls")
    answer = replace(ANSWER, quotes=QUOTES[:1], citations=(citation(1, ours),), differing=())
    assert as_text(answer, "/?q=x", ENGLISH).startswith(
        "What do they do?\n\nOwls see. [1]\n\nThey are old.\n\n[1] Our summary of “All owls”, The Owl Post, "
    )


def test_where_to_turn_and_a_limit_as_text() -> None:
    answer = replace(REFUSED, limit=LimitSaid(REFUSED.answer, "/sources/owls#quote"), signposts=(EMERGENCY, MEDICAL))
    assert as_text(answer, "/?q=x", ENGLISH) == (
        "What do they do?\n\nCall 999.\n\nThe sources do not answer this.\n/sources/owls#quote\n\n"
        "Call NHS 111.\n\nThis answer:\n/?q=x"
    )


def test_a_refusal_as_text() -> None:
    assert (
        as_text(REFUSED, "/?q=x", ENGLISH)
        == "What do they do?\n\nThe sources do not answer this.\n\nThis answer:\n/?q=x"
    )


def test_what_is_heard_of_an_answer() -> None:
    assert heard(ANSWER, ENGLISH) == "Answered with 4 quotes from 2 sources."
    assert heard(replace(ANSWER, quotes=QUOTES[:1]), ENGLISH) == "Answered with 1 quote from 1 source."
    assert heard(REFUSED, ENGLISH) == "The sources do not answer this."


def test_where_to_turn_at_once_is_heard_first() -> None:
    told = heard(replace(ANSWER, signposts=(MEDICAL, CRISIS)), ENGLISH)
    assert told == "Call 116 123. Answered with 4 quotes from 2 sources."
    assert heard(replace(REFUSED, signposts=(EMERGENCY,)), ENGLISH) == "Call 999. The sources do not answer this."


def test_a_site_is_named_by_its_address() -> None:
    assert site_name("https://www.example.org/a?b") == "example.org"
    assert site_name("http://data.example.org:8000") == "data.example.org:8000"


def test_a_summary_is_never_named_as_the_publication() -> None:
    summary = source(
        "owls", kind="summary", summary_of="All owls", author="A. Bird", publisher="Post", published="2017"
    )
    assert name_in_full(summary, ENGLISH) == "Our summary of “All owls”, by A. Bird, Post, 2017"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2017-08-10", "", "2018"], "three sources from 2017 to 2018"),
        (["2018-01", "2018-04"], "two sources from 2018"),
        ([""], "one source"),
        ([""] * 11, "11 sources"),
    ],
)
def test_how_many_sources_there_are_and_from_when(dates: list[str], said: str) -> None:
    assert extent(len(dates), [date for date in dates if date], ENGLISH) == said


@pytest.mark.parametrize(
    ("url", "words", "href"),
    [
        ("https://a.example/x", "One two.", "https://a.example/x#:~:text=One%20two."),
        ("https://a.example/x#top", "One two.", "https://a.example/x#top:~:text=One%20two."),
        ("https://a.example", "a-b, 5 % & c\nd é", "https://a.example#:~:text=a%2Db%2C%205%20%25%20%26%20c%20d%20%C3%A9"),
        ("https://a.example", "a-, " * 150, "https://a.example#:~:text=" + ",".join(["%20".join(["a%2D%2C"] * 6)] * 2)),
        ("https://a.example/", "", "https://a.example/"),
        ("https://a.example", "Adults | £3", "https://a.example#:~:text=Adults-,%C2%A33"),
        ("https://a.example", "Adults   |  £3 |  | £9", "https://a.example#:~:text=Adults-,%C2%A33,%C2%A39"),
        ("https://a.example", "| Week\n\nAdults | £3", "https://a.example#:~:text=Week,%C2%A33"),
        ("https://a.example", "One two.\n\nThree.\n\nFour\nfive.", "https://a.example#:~:text=One%20two.,Four%20five."),
        ("https://a.example", "a. " * 150 + "\n\nb", "https://a.example#:~:text=" + "%20".join(["a."] * 6) + ",b"),
        ("https://a.example/", "|\n\n", "https://a.example/"),
    ],
)  # fmt: skip
def test_words_in_an_original(url: str, words: str, href: str) -> None:
    assert original_href(source("x", url=url), words) == href


def test_a_summary_leads_to_the_page_alone_and_without_an_address_there_is_no_link() -> None:
    assert original_href(source("x", url="https://a.example/", kind="summary"), "Words.") == "https://a.example/"
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


@pytest.mark.parametrize(
    ("text", "kept"),
    [("One.\n\n\n\n\nTwo.\n \t\n\n", "One.\n\nTwo.\n\n"), ("One.\n- two\n\nThree.", "One.\n- two\n\nThree.")],
)
def test_what_a_comment_leaves_is_one_empty_line(text: str, kept: str) -> None:
    assert without_gaps(text) == kept


def test_characters_that_turn_the_order_are_taken_out_where_markup_cannot_hold_them() -> None:
    assert without_reordering("a\u202eb\u2066c\u2069\u202c\u200f é") == "abc\u200f é"
