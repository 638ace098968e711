"""Entries of a page of questions and answers, made of an article's questions."""

import random

from training.entries import from_entries, worn
from training.records import Example
from training.sets import Article, Paragraph

ASKED = (("How long is the Harrow canal?", ("forty miles",)), ("Who dug the Harrow canal?", ("Irish labourers",)))
ARTICLE = Article("Harrow canal", (Paragraph("Irish labourers dug forty miles.", (*ASKED, ("Who owns it?", ()))),))


def draws(article: Article, count: int = 40) -> list[Example]:
    found = [from_entries(article, random.Random(seed)) for seed in range(count)]
    return [one for one in found if one is not None]


def test_the_entry_of_the_question_answers_with_the_answers_words_alone() -> None:
    answered = [one for one in draws(ARTICLE) if any(row.right for row in one.rows)]
    assert answered
    for one in answered:
        right = [row for row in one.rows if row.right]
        assert [row.passage.text for row in right] == [
            "Forty miles." if one.question.startswith("How") else "Irish labourers."
        ]
        assert all(row.passage.context.startswith("Harrow canal > ") and one.entries for row in one.rows)


def test_some_questions_stand_among_other_entries_alone() -> None:
    unanswered = [one for one in draws(ARTICLE) if not any(row.right for row in one.rows)]
    assert unanswered
    for one in unanswered:
        assert [row.passage.text for row in one.rows] == [
            "Irish labourers." if one.question.startswith("How") else "Forty miles."
        ]


def test_a_heading_lacks_the_words_of_its_title() -> None:
    headings = {worn("How long is the Harrow canal today?", "Harrow canal", random.Random(seed)) for seed in range(20)}
    assert "How long is the today?" in headings
    assert not any("Harrow" in heading or "canal" in heading for heading in headings)
    assert worn("Who dug Harrow canal?", "Harrow canal", random.Random(1)) == "Who dug Harrow canal?"


def test_an_article_of_one_answer_has_no_page_of_them() -> None:
    assert draws(Article("Harrow canal", (Paragraph("It is long.", ASKED[:1]),))) == []
