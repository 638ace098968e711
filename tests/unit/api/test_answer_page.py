"""What stands where in an answer's page, by answers made by hand."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from acobot.answer import LimitSaid, Role, Signpost, Status, beyond_note
from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.index import Store
from acobot.policies import Sign
from tests.fakes import ENGLISH
from tests.handmade import HandmadeAssistant, Said
from tests.unit.api.conftest import KITTEN, settings_with

ASKED = "What do they do?"
DRINK = "Kittens drink milk 🥛 every morning."
HEDGEHOGS = Said("sub folder/über", "Hedgehogs sleep under leaves in winter.", Role.ALSO, 2)
CALL = Signpost(Sign.EMERGENCY, "Call 999 now.")
ASK_111 = Signpost(Sign.MEDICAL, "For your health call NHS 111.")


@pytest.fixture
def handmade(assistant: Assistant, folder: Path) -> HandmadeAssistant:
    return HandmadeAssistant(Store(settings_with(folder).index))


@pytest.fixture
def page_of(handmade: HandmadeAssistant, folder: Path) -> TestClient:
    return TestClient(create_app(handmade, settings_with(folder)))


def shown(client: TestClient, **how: object) -> str:
    reply = client.post("/", data={"q": ASKED}, **how)  # type: ignore[arg-type]
    assert reply.status_code == 200
    return re.sub(r"\s+", " ", reply.text)


def in_order(page: str, *parts: str) -> bool:
    places = [page.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    return places == sorted(places)


def test_the_lead_is_the_answer_and_the_rest_stands_under_a_heading(
    handmade: HandmadeAssistant, page_of: TestClient
) -> None:
    handmade.add(ASKED, Said("cats", KITTEN), HEDGEHOGS, notes=("They are old.",), suggestions=("What else?",))
    page = shown(page_of)
    assert f'<p class="lead"><span class="quoted" dir="auto">{KITTEN}</span>' in page
    assert f'<p class="also"><q class="quoted" dir="auto">{HEDGEHOGS.text}</q>' in page
    assert in_order(
        page,
        f"{ASKED}</h2>",
        KITTEN,
        "In our words, from <bdi>The Cat Office</bdi>",
        "<h3>Also in the sources</h3>",
        HEDGEHOGS.text,
        "They are old.",
        'id="question"',
        "<h3>People also ask</h3>",
        "What else?",
        "<h3>Where this comes from</h3>",
        "Link to this answer",
    )


def test_a_lead_alone_has_no_heading_after_it(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    handmade.add(ASKED, Said("cats", KITTEN))
    page = shown(page_of)
    assert "Also in the sources" not in page
    assert "People also ask" not in page


def test_what_a_lead_needs_to_be_understood_stands_with_it(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    lead = Said("cats", "They are old at twelve.")
    handmade.add(ASKED, lead, Said("cats", "Cats live for fifteen years.", Role.CONTEXT), HEDGEHOGS)
    page = shown(page_of)
    assert in_order(page, '<p class="context">', "Cats live for", '<p class="lead">', lead.text, "Also in the sources")
    assert page.count("In our words, from") == 1


def test_the_words_that_answer_are_strong(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    handmade.add(ASKED, Said("cats", DRINK, emphasis="milk 🥛"))
    said = '<span class="quoted" dir="auto">Kittens drink <strong>milk 🥛</strong> every morning.</span>'
    assert said in shown(page_of)


def test_a_publishers_words_have_quotation_marks_and_ours_have_none(
    handmade: HandmadeAssistant, page_of: TestClient
) -> None:
    handmade.add(ASKED, Said("sub folder/über", HEDGEHOGS.text), Said("cats", KITTEN, Role.ALSO, 2))
    page = shown(page_of)
    assert re.findall(r"<q\b[^>]*>(.*?)</q>", page) == [HEDGEHOGS.text]
    assert '<p class="from"><bdi>Hedgehogs</bdi>, <time datetime="2017-08-10">' in page
    assert page.count("In our words") == 1


def test_a_summary_leads_to_the_publication_and_its_dates_are_told_apart(
    handmade: HandmadeAssistant, page_of: TestClient
) -> None:
    handmade.add(ASKED, Said("cats", KITTEN))
    page = shown(page_of)
    assert 'href="https://example.org/cats?a=1&amp;b=2" rel="external noreferrer">Read the original' in page
    assert "Find it in the original" not in page
    assert ":~:" not in page
    assert (
        'published <time datetime="2018-04">April 2018</time>; '
        'page last changed <time datetime="2019-01-31">31 January 2019</time>'
    ) in page


def test_a_lead_that_another_source_contradicts_stands_beside_it(
    handmade: HandmadeAssistant, page_of: TestClient
) -> None:
    handmade.add(ASKED, Said("cats", KITTEN), HEDGEHOGS, differing={"what they do": (1, 2)})
    page = shown(page_of)
    assert page.count('<p class="lead">') == 1
    assert in_order(page, "<h3>The sources differ about what they do</h3>", KITTEN, HEDGEHOGS.text)
    assert "Also in the sources" not in page


def test_what_differs_stands_between_the_lead_and_the_rest(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    others = (Said("cats", DRINK, Role.ALSO, 3), Said("100%?#", "Owls see very well in the dark.", Role.ALSO, 4))
    handmade.add(ASKED, Said("cats", KITTEN), HEDGEHOGS, *others, differing={"what they do": (2, 3)})
    page = shown(page_of)
    assert in_order(page, KITTEN, "The sources differ about", HEDGEHOGS.text, "Also in the sources", "Owls see")


def test_numbers_to_call_come_before_the_answer_and_a_medical_note_after_it(
    handmade: HandmadeAssistant, page_of: TestClient
) -> None:
    handmade.add(ASKED, Said("cats", KITTEN), signposts=(CALL, ASK_111), notes=("They are old.",))
    page = shown(page_of)
    assert '<p class="urgent">Call <a href="tel:999" target="_self">999</a> now.</p>' in page
    assert '<p class="turn">For your health call NHS <a href="tel:111" target="_self">111</a>.</p>' in page
    assert in_order(page, f"{ASKED}</h2>", '<p class="urgent">', KITTEN, '<p class="turn">', "They are old.")
    assert 'data-heard="Call 999 now. Answered with' in page


@pytest.mark.parametrize(("signpost", "box"), [(CALL, "message urgent"), (ASK_111, "message")])
def test_where_to_turn_alone_is_said_once_and_only_what_is_urgent_in_a_box(
    handmade: HandmadeAssistant, page_of: TestClient, signpost: Signpost, box: str
) -> None:
    handmade.add(ASKED, status=Status.SIGNPOSTED, signposts=(signpost,), answer=signpost.text, searched_for="")
    page = shown(page_of)
    assert f'<p class="{box}">' in page
    assert len(re.findall(r'href="tel:', page)) == 1


ABROAD, HEADING = "https://www.example.org/a?b=1&c=2", "/sources/cats?start={start}&end={end}#quote"
WHOLE, GONE = "/sources/cats?start=0&end=0#quote", "/sources/gone?start=0&end=0#quote"


@pytest.mark.parametrize(
    ("see", "rest"),
    [
        (ABROAD, ' rel="external noreferrer">example.org</a>'),
        (HEADING, ">“How long do cats live?”</a>"),
        (WHOLE, ">Our summary of “All about cats”, by"),
        (GONE, ">the source</a>"),
    ],
)
def test_what_the_sources_do_not_say_is_said_with_where_to_read_on(
    handmade: HandmadeAssistant, page_of: TestClient, see: str, rest: str
) -> None:
    version = handmade.version()
    heading = "How long do cats live?"
    start = version.corpus.source("cats").text.index(heading)
    see = see.format(start=start, end=start + len(heading))
    say, beyond = "They do not say what became of them.", beyond_note(ENGLISH, version.corpus.last_date)
    handmade.add(ASKED, Said("cats", KITTEN))
    nearest = handmade.answers[ASKED].citations
    limit = LimitSaid(say, see)
    handmade.add(
        ASKED,
        limit=limit,
        answer=say,
        notes=(beyond,),
        cautions=(beyond,),
        nearest=nearest,
        suggestions=("What else?",),
    )
    page = shown(page_of)
    assert in_order(
        page,
        f'<p class="message">{say}</p>',
        f'Read on: <a href="{html.escape(see)}"{rest}',
        beyond,
        'id="question"',
        "<h3>Nearest passages, not an answer</h3>",
        "<h3>Questions that the sources answer</h3>",
    )
    assert "Also in the sources" not in page


def test_a_limit_without_a_place_to_read_on_has_no_link(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    handmade.add(ASKED, limit=LimitSaid("They do not say.", None), answer="They do not say.")
    assert "Read on" not in shown(page_of)


def test_what_is_too_old_to_tell_is_said_before_the_answer(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    beyond = beyond_note(ENGLISH, handmade.version().corpus.last_date)
    handmade.add(ASKED, Said("cats", KITTEN), notes=(beyond, "They are old."), cautions=(beyond,))
    page = shown(page_of)
    assert page.count(beyond) - page.split("data-text", 1)[1].count(beyond) == 1
    assert in_order(page, beyond, f">{KITTEN}<", "They are old.")


def test_there_is_one_box_to_ask_in_and_a_fragment_has_none(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    handmade.add(ASKED, Said("cats", KITTEN))
    whole, fragment = shown(page_of), shown(page_of, headers={"X-Acobot-Fragment": "1"})
    assert whole.count("<form") == whole.count('id="history"') == 1
    assert in_order(whole, "<article", "<form", "Where this comes from", "</article>")
    assert "<form" not in fragment
    assert fragment.count('id="history"') == 1
    assert page_of.get("/").text.count("<form") == 1


def test_each_reply_is_remembered_with_its_status(handmade: HandmadeAssistant, page_of: TestClient) -> None:
    handmade.add(ASKED, limit=LimitSaid("They do not say.", None), answer="They do not say.")
    written = html.unescape(re.findall(r'id="history"[^>]*value="([^"]*)"', shown(page_of))[0])
    page_of.post("/", data={"q": ASKED, "history": written})
    assert [(one.role, one.content, one.status) for one in handmade.histories[-1]] == [
        ("user", ASKED, ""),
        ("assistant", "They do not say.", "not_in_sources"),
    ]


@pytest.mark.parametrize("path", ["/", "/?q=What+do+they+do%3F"])
def test_the_first_line_says_what_it_answers_about_and_that_it_is_independent(page_of: TestClient, path: str) -> None:
    page = page_of.get(path).text
    assert (
        '<p class="intro">Answers about the plans for accountable care organisations (ACOs) in the NHS in England, '
        'from <a href="/sources">three sources from 2017 to 2018</a>. Independent: not the NHS or the government.</p>'
    ) in page
    assert page.index('class="intro"') < page.index("Your question")
    assert "own words" not in page


def test_the_first_line_is_there_while_there_is_nothing_to_answer_from(no_index_client: TestClient) -> None:
    page = no_index_client.get("/", params={"q": ASKED}).text
    assert '<p class="intro">Answers from <a href="/sources">named, dated sources</a>.</p>' in page
