import pytest

from acobot.sources.text_pages import pages_of, without_heads


@pytest.mark.parametrize("foot", ["{}", "- {} -", "Page {}", "Page {} of 3", "{}/3"])
def test_what_recurs_at_the_edges_of_pages_goes_with_their_numbers(foot: str) -> None:
    pages = [f"Ashby Council   Bins {n}\n\nText {word}.\n\n   {foot.format(n)}\n" for n, word in enumerate("abc", 7)]
    assert without_heads("\f".join(pages)) == ("Text a.\n\f\nText b.\n\f\nText c.", "Ashby Council Bins 7")


def test_numbers_that_count_no_pages_and_lines_that_stand_once_stay() -> None:
    body = "Bins\n\n120\n\f\nBoxes\n\n7"
    assert without_heads(body) == (body, "")


@pytest.mark.parametrize(
    "edges",
    [
        ["Adults pay £10 a visit.", "Adults pay £20 a visit.", "Adults pay £30 a visit."],
        ["Chapter 1", "Chapter 2", "Chapter 3"],
        ["Opening hours", "Opening hours"],
    ],
)
def test_what_the_text_says_at_the_edges_of_pages_stays(edges: list[str]) -> None:
    pages = [f"{edge}\n\nText {word}.\n\nMore {word}." for edge, word in zip(edges, "abc", strict=False)]
    assert without_heads("\f".join(pages)) == ("\n\f\n".join(pages), "")


def test_a_head_with_a_year_and_the_number_of_the_page_goes() -> None:
    pages = [f"Ashby 2018 - page {n} of 12\n\nText {word}." for n, word in enumerate("abc", 1)]
    assert without_heads("\f".join(pages))[0] == "Text a.\n\f\nText b.\n\f\nText c."


def test_a_foot_of_one_word_and_the_number_of_the_page_goes() -> None:
    pages = [f"Text {word}.\n\nMore {word}.\n\nHandbook {n}" for n, word in enumerate("abc", 1)]
    assert without_heads("\f".join(pages))[0] == "\n\f\n".join(f"Text {word}.\n\nMore {word}." for word in "abc")


def test_a_text_of_one_page_is_left_as_it_is() -> None:
    assert without_heads("Bins\n\n1\n\f") == ("Bins\n\n1\n\n", "")
    assert pages_of("Bins") == ("Bins", ())


def test_pages_begin_where_the_breaks_were() -> None:
    assert pages_of("One.\n\f\nTwo.\n\f\nThree.") == ("One.\n\nTwo.\n\nThree.", (0, 5, 11))
