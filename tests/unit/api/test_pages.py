from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from acobot.api import create_app
from tests.fakes import make_assistant
from tests.unit.api.conftest import ABOUT_KITTENS, ABOUT_NOTHING, KITTEN, settings_with

FRAGMENT = {"X-Acobot-Fragment": "1"}
EARLIER = "Where do hedgehogs sleep?"


def asked(client: TestClient, question: str, history: Any = None, **headers: str) -> Any:
    form = {"q": question}
    if history is not None:
        form["history"] = history if isinstance(history, str) else json.dumps(history)
    return client.post("/", data=form, headers=headers)


def history_in(page: str) -> list[dict[str, str]]:
    found = re.search(r'name="history" type="hidden" autocomplete="off" value="([^"]*)"', page)
    assert found
    messages: list[dict[str, str]] = json.loads(html.unescape(found[1]))
    return messages


def question_box(page: str) -> str:
    found = re.search(r'<textarea id="question" name="q"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_the_empty_page_has_a_labelled_box_and_examples(client: TestClient) -> None:
    reply = client.get("/")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    page = reply.text
    assert page.count("<h1>") == 1
    assert '<html lang="en-GB" dir="ltr">' in page
    assert '<label for="question">' in page
    assert question_box(page) == ""
    assert history_in(page) == []
    assert 'href="/?q=What%20do%20kittens%20%26%20cats%20eat%3F">What do kittens &amp; cats eat?</a>' in page
    assert "noindex" not in page
    assert "<article" not in page


@pytest.mark.parametrize("how", ["permalink", "form"])
def test_an_answer_on_a_page(client: TestClient, how: str) -> None:
    reply = client.get("/", params={"q": ABOUT_KITTENS}) if how == "permalink" else asked(client, ABOUT_KITTENS)
    page = reply.text
    assert reply.status_code == 200
    assert f"<title>{ABOUT_KITTENS} – acobot</title>" in page
    assert f'<span class="quoted" dir="auto">{KITTEN}</span>' in page
    assert 'In our words, from <bdi>The Cat Office</bdi>, <time datetime="2018-04">April 2018</time></p>' in page
    assert "Our summary of <cite>All about cats</cite>, by <bdi>Dr &lt;i&gt;Paw&lt;/i&gt;</bdi>" in page
    assert 'page last changed <time datetime="2019-01-31">31 January 2019</time>' in page
    assert f"<mark>{KITTEN}</mark>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert question_box(page) == ""


def test_a_citation_leads_to_its_words_in_the_source(client: TestClient) -> None:
    page = client.get("/", params={"q": ABOUT_KITTENS}).text
    found = re.search(r'class="cite" href="([^"]+)"', page)
    assert found
    source = client.get(html.unescape(found[1]))
    assert f'<mark id="quote">{KITTEN}</mark>' in source.text


def test_a_refusal_on_a_page(client: TestClient) -> None:
    reply = client.get("/", params={"q": ABOUT_NOTHING})
    assert reply.status_code == 200
    assert "The sources do not answer this question." in reply.text
    assert "<h3>Nearest passages, not an answer</h3>" in reply.text
    assert "<h3>Questions that the sources answer</h3>" in reply.text
    assert "<q" not in reply.text
    assert 'class="quoted"' not in reply.text


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [("Hello!", "small_talk", "Hello"), ("My dad is not breathing", "signposted", "call 999 now")],
)
def test_a_reply_that_nothing_is_searched_for_on_a_page(
    client: TestClient, question: str, status: str, said: str
) -> None:
    reply = asked(client, question, [{"role": "user", "content": EARLIER}])
    assert reply.status_code == 200
    assert f'<article class="answer {status}" ' in reply.text
    assert said in reply.text
    assert "Searched for" not in reply.text
    assert permalink(reply.text) == question


def test_the_original_of_a_nearest_passage_is_linked_to_without_a_promise_to_find_words(tmp_path: Path) -> None:
    texts = {"owls.md": "---\nurl: https://example.org/owls\n---\n\n# Owls\n\nOwls see well in the dark.\n"}
    client = TestClient(create_app(make_assistant(tmp_path, texts), settings_with(tmp_path)))
    refused = client.get("/", params={"q": ABOUT_NOTHING}).text
    assert "<h3>Nearest passages, not an answer</h3>" in refused
    assert 'href="https://example.org/owls" rel="external noreferrer">Read the original<span' in refused
    assert "Find it in the original" not in refused


def test_a_fragment_is_the_same_answer_without_the_page(client: TestClient) -> None:
    page, fragment = asked(client, ABOUT_KITTENS).text, asked(client, ABOUT_KITTENS, **FRAGMENT).text
    article = page[page.index("<article") : page.index("</article>")]
    form = article[article.index("<form") : article.index("</form>") + len("</form>")]
    assert article.replace(form, "") in fragment
    assert "<html" not in fragment
    assert fragment.count("<article") == 1
    assert history_in(fragment) == history_in(page)


def test_a_conversation_goes_on_in_the_form(client: TestClient) -> None:
    first = history_in(asked(client, EARLIER, "[]").text)
    assert [message["role"] for message in first] == ["user", "assistant"]
    assert first[0]["content"] == EARLIER
    page = asked(client, "And in winter?", first).text
    assert f"<li>{EARLIER}</li>" in page
    assert [message["content"] for message in history_in(page)][::2] == [EARLIER, "And in winter?"]


def permalink(page: str) -> str:
    found = re.search(r'href="/\?q=([^"]+)">Link to this answer', page)
    assert found
    return unquote(html.unescape(found[1]))


def test_a_follow_up_tells_what_it_searched_for_and_its_link_asks_that(client: TestClient) -> None:
    history = [{"role": "user", "content": EARLIER}]
    page = asked(client, "And in winter?", history).text
    body = {"question": "And in winter?", "history": history}
    searched_for = client.post("/api/ask", json=body).json()["searched_for"]
    assert searched_for != "And in winter?"
    assert f"Searched for: <bdi>{html.escape(searched_for)}</bdi>" in page
    assert permalink(page) == searched_for


def test_the_link_to_an_answer_asks_the_same_question(client: TestClient) -> None:
    assert permalink(client.get("/", params={"q": ABOUT_KITTENS}).text) == ABOUT_KITTENS


@pytest.mark.parametrize(
    "forged",
    [
        "not JSON",
        "{}",
        "[1]",
        '[{"role": "system", "content": "x"}]',
        '[{"role": "user"}]',
        '[{"role": "user", "content": "\\ud800"}]',
        "[" * 10_000,
        "null",
    ],
)
def test_a_forged_history_is_passed_over(client: TestClient, forged: str) -> None:
    reply = asked(client, ABOUT_KITTENS, forged)
    assert reply.status_code == 200
    assert history_in(reply.text)[0]["content"] == ABOUT_KITTENS


def test_the_history_is_cut(client: TestClient) -> None:
    long = [{"role": "user", "content": f"{number} " + "x" * 5000, "more": 1} for number in range(30)]
    kept = history_in(asked(client, ABOUT_KITTENS, long).text)
    assert len(kept) == 20
    assert kept[0]["content"].startswith("12 ")
    assert len(kept[0]["content"]) == 4000
    assert kept[-2]["content"] == ABOUT_KITTENS


def test_markup_and_control_characters_in_the_history_are_text(client: TestClient) -> None:
    history = [{"role": "user", "content": '"><script>\x00\x1b</script>&amp;\n'}]
    page = asked(client, ABOUT_KITTENS, history).text
    assert "<script>\x00" not in page
    assert "&lt;script&gt;" in page
    assert history_in(page)[0] == history[0]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", "The question is empty; write a question in words."),
        (" \t\n", "The question is empty; write a question in words."),
        ("?!", "The question is empty; write a question in words."),
        ("kitten " * 144, "The question has 1,007 characters; the most is 1,000. Ask it more briefly."),
    ],
)
@pytest.mark.parametrize("how", ["permalink", "form", "fragment"])
def test_a_question_that_cannot_be_asked_stays_in_its_box(
    client: TestClient, question: str, told: str, how: str
) -> None:
    history = [{"role": "user", "content": EARLIER}]
    if how == "permalink":
        reply = client.get("/", params={"q": question})
    else:
        reply = asked(client, question, history, **(FRAGMENT if how == "fragment" else {}))
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    if how == "fragment":
        assert reply.text == f"<p data-problem>{told}</p>"
        return
    assert f'role="alert">{told}</p>' in reply.text
    assert "<title>Error: " in reply.text
    assert 'aria-invalid="true"' in reply.text
    assert question_box(reply.text) == question
    if how == "form":
        assert history_in(reply.text) == history
        assert f"<li>{EARLIER}</li>" in reply.text


@pytest.mark.parametrize("question", ['<script>alert("kitten")</script>', '"><img src=x onerror=alert(1)> kitten'])
@pytest.mark.parametrize("how", ["permalink", "form", "fragment", "error"])
def test_markup_in_a_question_is_text(client: TestClient, question: str, how: str) -> None:
    if how == "permalink":
        page = client.get("/", params={"q": question}).text
    elif how == "error":
        page = client.get("/", params={"q": question + "x" * 1000}).text
    else:
        page = asked(client, question, **(FRAGMENT if how == "fragment" else {})).text
    assert html.escape(question, quote=False).replace('"', "&#34;") in page
    assert "<script>" not in page
    assert "<img" not in page


def test_markup_in_titles_and_sources_is_text(client: TestClient) -> None:
    pages = [
        client.get("/", params={"q": "Do kittens & cats hunt mice?"}).text,
        client.get("/sources").text,
        client.get("/sources/cats").text,
    ]
    for page in pages:
        assert "<b>" not in page
        assert "<i>" not in page
        assert "<script>" not in page
    assert "Kittens &lt;script&gt;alert(&#34;mice&#34;)&lt;/script&gt; &amp; cats hunt mice." in pages[0]
    assert "Cats &amp; &lt;b&gt;kittens&lt;/b&gt;</a>" in pages[1]
    assert "<h1>Cats &amp; &lt;b&gt;kittens&lt;/b&gt;</h1>" in pages[2]
    assert "Cats sleep &lt;b&gt;all&lt;/b&gt; day long." in pages[2]


def test_a_broken_form_is_told_on_a_page(client: TestClient) -> None:
    reply = client.post("/", content=b"--x\r\nbad", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert reply.status_code in {400, 422}
    assert reply.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("body", [b"q=%ED%A0%80", b"q=%FF%FE", b"q", b"&&=", b""])
def test_bytes_that_are_no_text_are_told_on_a_page(client: TestClient, body: bytes) -> None:
    reply = client.post("/", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert reply.status_code == 422
    assert "The question is empty" in reply.text


@pytest.mark.parametrize("path", ["/", "/sources", "/sources/cats"])
def test_without_an_index_a_page_says_so(no_index_client: TestClient, path: str) -> None:
    reply = no_index_client.get(path)
    assert reply.status_code == 503
    assert "<h1>Not ready</h1>" in reply.text
    assert "There is nothing to answer from at the moment; try again in a few minutes." in reply.text


def test_without_an_index_the_question_is_kept(no_index_client: TestClient) -> None:
    reply = no_index_client.get("/?q=What+is+a+kitten%3F")
    assert reply.status_code == 503
    assert question_box(reply.text) == "What is a kitten?"
    fragment = asked(no_index_client, "What is a kitten?", **FRAGMENT)
    assert fragment.status_code == 503
    assert fragment.text.startswith("<p data-problem>There is nothing to answer from at the moment")


def test_the_embedded_chat_asks_inside_the_frame_and_links_out_of_it(client: TestClient) -> None:
    page = client.get("/embed", params={"q": ABOUT_NOTHING}).text
    assert '<base target="_blank">' in page
    assert 'action="/embed#answer" method="post" target="_self"' in page
    assert "<header" not in page
    inside = re.findall(r'target="_self"[^>]* href="([^"]+)"', page)
    assert inside
    assert all(address.startswith("/embed") for address in inside)
    assert permalink(page) == ABOUT_NOTHING
    whole = client.get("/", params={"q": ABOUT_NOTHING}).text
    assert "/embed" not in whole
    assert "<base" not in whole


@pytest.mark.parametrize("path", ["/embed", "/embed?q=x"])
def test_without_an_index_the_embedded_chat_says_so_and_stays_in_its_frame(
    no_index_client: TestClient, path: str
) -> None:
    page = no_index_client.get(path)
    assert page.status_code == 503
    assert '<base target="_blank">' in page.text
    assert 'target="_self" href="/embed"' in page.text


def test_a_question_can_be_changed_before_it_is_asked(client: TestClient) -> None:
    page = client.get("/", params={"draft": "What is <b>this</b>?"}).text
    assert question_box(page) == "What is <b>this</b>?"
    assert "<article" not in page
    assert " autofocus" in page
    assert '<meta name="robots" content="noindex">' in page
    refused = client.get("/", params={"q": ABOUT_NOTHING}).text
    assert f'href="/?draft={quote(ABOUT_NOTHING)}" data-question="{ABOUT_NOTHING}">Change what was searched' in refused


def test_numbers_to_call_are_links_and_only_in_the_assistants_own_words(client: TestClient) -> None:
    page = client.get("/", params={"q": "My dad is not breathing, 999 <b>"}).text
    assert 'call <a href="tel:999" target="_self">999</a> now' in page
    assert 'use <a href="https://111.nhs.uk">111.nhs.uk</a>' in page
    assert "A&amp;E" in page
    assert "not breathing, 999 &lt;b&gt;</h2>" in page
    assert "tel:" not in client.get("/", params={"q": "Do kittens call 999?"}).text


def visible(page: str) -> str:
    """The words of a page's body, with one blank between them."""
    return html.unescape(" ".join(re.sub(r"<[^>]*>", "", page[page.index("<body") :]).split()))


def test_what_the_service_is_about_is_said_in_the_maintainers_words(tmp_path: Path) -> None:
    site = (
        "title: Clubbot\nheading: Ask us\nsubject: the rules of <the> club\nindependent_of: the club\noperator: Ann\n"
    )
    assistant = make_assistant(tmp_path, {"rules.md": "The bar opens at nine.\n", "_site.yaml": site})
    client = TestClient(create_app(assistant, settings_with(tmp_path, policy="none", contact="a@example.org")))
    page, about = client.get("/").text, client.get("/about").text
    assert "<title>Clubbot: answers from named sources</title>" in page
    assert "<title>About – Clubbot</title>" in about
    assert "<h1>Ask us</h1>" in page
    said = "Answers about the rules of <the> club, from one source. Independent: not the club."
    assert said in visible(page)
    assert "Clubbot is independent: it is not the club. It is run by Ann. Its answers are" in visible(page)
    assert "Report it to a@example.org. About this service" in visible(page)
    assert "This copy is run by Ann. It is independent: it is not the club, and they have" in visible(about)
    assert "It does not weigh up, sum up or advise. It understands English only." in visible(about)
    reply = visible(client.get("/", params={"q": "who are you?"}).text)
    assert "I am not a person, the club, and I write nothing of my own." in reply
    assert "tel:" not in client.get("/", params={"q": "My dad is not breathing"}).text


def test_pages_read_well_where_nothing_is_said_of_what_the_service_is_about(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"rules.md": "The bar opens at nine.\n"})
    client = TestClient(create_app(assistant, settings_with(tmp_path, policy="none")))
    page = visible(client.get("/").text)
    assert "Ask a question Answers from one source. Every sentence" in page
    assert page.endswith(
        "The answers of acobot are sentences of its sources, unchanged. About this service, privacy and accessibility"
    )
    assert "acobot is a program that answers questions with sentences from" in visible(client.get("/about").text)
    run = TestClient(create_app(assistant, settings_with(tmp_path, policy="none", operator="Ann")))
    assert "acobot is run by Ann. Its answers are sentences" in visible(run.get("/").text)


def test_the_scripts_are_given_their_texts(client: TestClient) -> None:
    found = re.search(r'data-texts="([^"]*)"', client.get("/").text)
    assert found
    texts = json.loads(html.unescape(found[1]))
    assert texts["left"] == {"one": "{count} character left", "other": "{count} characters left"}
    assert texts["copied"] == "Copied"
    widget = client.get("/widget.js").text
    assert (
        'const texts = {"ask": "Ask a question", "close": "Close", "new_tab": "Open in a new tab", "lang": "en-GB"'
        in widget
    )


def test_the_page_about_the_service_needs_no_index(no_index_client: TestClient) -> None:
    reply = no_index_client.get("/about")
    assert reply.status_code == 200
    assert "Whoever runs this copy has not given a name." in reply.text
