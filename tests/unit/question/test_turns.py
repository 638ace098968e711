import pytest

from acobot.question import make_query
from acobot.question.turns import Turn, find_turn, is_about_document
from tests.fakes import ENGLISH, UK


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("Explain it simply", Turn.SHORTER),
        ("explain that like I'm five", Turn.SHORTER),
        ("can you make it shorter?", Turn.SHORTER),
        ("tl;dr", Turn.SHORTER),
        ("I don't understand", Turn.SHORTER),
        ("but are you sure about that?", Turn.SURE),
        ("Is that true?", Turn.SURE),
        ("really really?", Turn.SURE),
        ("says who?", Turn.SOURCE),
        ("source?", Turn.SOURCE),
        ("how do you know?", Turn.SOURCE),
        ("Are you sure? I heard that it was sold.", None),
        ("Is it true that ACOs charge patients?", None),
        ("Explain the contract simply", None),
        ("who says that ACOs are American?", None),
        ("why?", None),
    ],
)
def test_turns_are_told_from_questions(text: str, turn: Turn | None) -> None:
    assert find_turn(text, ENGLISH) is turn


@pytest.mark.parametrize(
    "text",
    [
        "What is this document about?",
        "what's this pdf about",
        "summarise these documents",
        "What are the sources about?",
    ],
)
def test_questions_about_the_document_are_marked(text: str) -> None:
    assert is_about_document(text, ENGLISH)
    assert make_query(text, ENGLISH, UK).about_document
    assert make_query(text, ENGLISH, UK).searched_for == text


@pytest.mark.parametrize("text", ["What is the DHSC guide about?", "What is an ACO about?", "Who wrote this document?"])
def test_questions_about_a_named_one_are_not(text: str) -> None:
    assert not is_about_document(text, ENGLISH)
