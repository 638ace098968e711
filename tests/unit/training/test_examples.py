"""Examples are what they should be, whatever is drawn."""

import random

from training.examples import find_headings, from_pool, of_a_party, paragraph_row, shorten, take_out, wear
from training.records import Asked, Example, Pool, Row, Text
from training.sets import Article, Paragraph

from acobot.reader import ReaderInput

TEXTS = tuple(Text(f"Title {number}", "One. Two. Three.", ((0, 4), (5, 9), (10, 16))) for number in range(4))
ASKED = Asked("g", "plain", "What is two?", "What is two?", {0: (1,)}, 0, (1, 0, 2))
NEAR = Asked("g", "near-swap", "What is four?", "What is four?", {}, 3, (1, 0, 2))
POOL = Pool("own", TEXTS, (ASKED, NEAR))


def test_the_answering_passage_comes_first_and_the_others_have_nothing_right() -> None:
    for seed in range(20):
        example = from_pool(POOL, ASKED, random.Random(seed), {})
        assert example.rows[0] == Row(TEXTS[0].read_as("Title 0"), frozenset({1}))
        assert 2 <= len(example.rows) <= 3
        assert not any(row.right for row in example.rows[1:])


def test_a_near_miss_is_read_with_the_passage_that_it_was_written_on() -> None:
    example = from_pool(POOL, NEAR, random.Random(1), {})
    assert example.rows[0].passage.context == "Title 3"
    assert not any(row.right for row in example.rows)


def test_a_heading_is_another_question_on_the_passage() -> None:
    headings = {0: ["What is two?", "And one?"], 1: ["What is two?"]}
    example = from_pool(POOL, ASKED, random.Random(1), headings)
    assert example.rows[0].passage.context == "Title 0 > And one?"
    assert find_headings(POOL) == {0: ["What is two?"]}


def test_a_party_s_view_is_right_only_where_the_party_publishes() -> None:
    seen = set()
    for seed in range(60):
        example = of_a_party(from_pool(POOL, ASKED, random.Random(seed), {}), random.Random(seed))
        for row in example.rows:
            publisher = row.passage.context.split(". ")[0]
            seen.add((bool(row.right), publisher.removeprefix("The ") in example.question))
    assert (True, True) in seen
    assert any(not right for right, _ in seen)


def test_taken_out_sentences_leave_nothing_right() -> None:
    example = take_out(from_pool(POOL, ASKED, random.Random(1), {}))
    assert not any(row.right for row in example.rows)
    assert example.rows[0].passage.sentences == ((0, 4), (10, 16))


def test_nothing_is_taken_out_where_too_little_would_be_left() -> None:
    short = Example("Two?", (Row(ReaderInput("", "One. Two.", ((0, 4), (5, 9))), frozenset({1})),))
    assert take_out(short) == short


def test_a_shortened_passage_keeps_what_decides() -> None:
    spans = tuple((4 * number, 4 * number + 3) for number in range(9))
    example = Example("Two?", (Row(ReaderInput("Rules > Dogs", "", spans), frozenset({3, 5})),))
    for seed in range(40):
        row = shorten(example, random.Random(seed)).rows[0]
        assert {row.passage.sentences[number] for number in row.right} == {spans[3], spans[5]}
        assert len(row.passage.sentences) <= 4
        assert row.passage.context in {"Rules", "Rules > Dogs"}


def test_a_worn_question_keeps_words_of_its_own() -> None:
    worn = {wear("How long does it take to get there?", random.Random(seed)) for seed in range(200)}
    assert "how long does it take to get there?" in worn
    assert "How long does it take to get there" in worn
    assert all(worn)


def test_an_answer_string_counts_where_most_of_the_question_s_words_stand() -> None:
    paragraph = Paragraph("It began in 1990. The vote was in 1990 too. Nothing came of it.", (("x", ("1990",)),))
    row = paragraph_row(Article("T", (paragraph,)), paragraph, "When was the vote?", ("1990",))
    assert row.right == {1}
    assert row.answer is not None
    assert row.passage.text[slice(*row.answer)] == "1990"
    assert row.answer[0] > 17


def test_a_question_without_answers_has_nothing_right() -> None:
    paragraph = Paragraph("It began in 1990.", (("x", ()),))
    assert paragraph_row(Article("T", (paragraph,)), paragraph, "Why?", ()).right == frozenset()
