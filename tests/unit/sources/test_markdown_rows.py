"""Tables with bars as people write them: rows of any width, texts right below, no rule below the head."""

import pytest

from acobot.sources import BlockKind
from acobot.sources.markdown import read_markdown

RULE = "|---|---|"


def rows(*lines: str) -> list[str]:
    draft = read_markdown("\n".join(lines))
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind is BlockKind.ROW]


def texts(*lines: str) -> list[str]:
    draft = read_markdown("\n".join(lines))
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind is BlockKind.PARAGRAPH]


def test_a_row_with_more_cells_than_its_head_keeps_them() -> None:
    assert rows("| Dog | Price |", RULE, "| Small | £19 | with food |", "| Large | £26 |") == [
        "Dog | Price",
        "Small | £19 | with food",
        "Large | £26",
    ]
    assert rows("Dog | Price", "---|---", "Small | £19 | with food") == ["Dog | Price", "Small | £19 | with food"]


@pytest.mark.parametrize("rule", ["|---|---|", "|---|---|---|---|", "---|---", "|:--|--:|---|--|"])
def test_a_rule_may_have_fewer_or_more_parts_than_the_head(rule: str) -> None:
    assert rows("| Class | Day | Time |", rule, "| Spin | Monday | 18:15 |") == [
        "Class | Day | Time",
        "Spin | Monday | 18:15",
    ]


def test_rows_without_a_rule_are_a_table_without_a_head() -> None:
    assert rows("Crèche:", "", "| Morning | £4.80 |", "| Afternoon | £4.20 |") == [
        "Morning | £4.80",
        "Afternoon | £4.20",
    ]
    assert not rows("| Home | About |")
    assert not rows("| Morning | £4.80 |", "| Afternoon |")
    assert not rows("Home | About", "Bins | Parking")


def test_a_text_right_below_a_table_is_none_of_its_rows() -> None:
    table = ("| Dog | Price |", RULE, "| Small | £19 |")
    assert texts(*table, "Prices go up in May.", "Dogs are walked.") == ["Prices go up in May.\nDogs are walked."]
    assert texts(*table, "**Prices go up in May.**", "", "More.") == ["Prices go up in May.", "More."]


def test_a_line_without_bars_between_rows_is_one_of_them() -> None:
    assert rows("| Dish | Price |", RULE, "Starters", "| Soup | £4 |") == ["Dish | Price", "Starters", "Soup | £4"]


def test_a_row_that_begins_with_a_bar_among_rows_without_has_an_empty_first_cell() -> None:
    head = ("Date | Kick-off | Home", "--- | --- | ---", "4 October | 10:15 | Westholme")
    assert rows(*head, " | 11:30 | Old Dairy")[2] == "| 11:30 | Old Dairy"
    assert rows(*head, "| 5 October | 11:30 | Old Dairy |")[2] == "5 October | 11:30 | Old Dairy"
    assert rows("Date | Home", "---|---", "| 4 October |", "| 5 October |")[1:] == ["4 October", "5 October"]


def test_three_lines_with_as_many_bars_are_a_table_and_fewer_are_none() -> None:
    assert rows("Room | Fee", "Oak | £9", "Ash | £22", "", "Text.") == ["Room | Fee", "Oak | £9", "Ash | £22"]
    assert rows("Home | News", "Fees | Help") == rows("Oak | £9", "Ash | or so | £22", "Elm | £8") == []
    assert rows("a|b is one way,", "c|d another,", "and e|f the last.") == []
    assert rows("1. Oak | £9", "2. Ash | £22", "3. Elm | £8") == []


def test_the_title_below_a_table_is_no_definition_of_its_last_row() -> None:
    table = "Room | Fee\n---|---\nOak | £9"
    read = read_markdown(f"{table}\n\n: Fees of 2031\n\nOak\n: A tree")
    assert [read.text[block.start : block.end] for block in read.blocks] == [
        *("Room | Fee", "Oak | £9", "Fees of 2031", "Oak: A tree")
    ]


def test_code_is_left_alone() -> None:
    code = "```\n| a | b |\n|---|\n| c | d | e |\nText\n```"
    assert code in read_markdown(code).text


TALL = """-------------------------------
 Class        Fee and what it
              includes
------------ ------------------
 Upholstery   £112, with all
 for all      tools

 Glass        £139
-------------------------------
"""


def test_rows_of_several_lines_as_pandoc_draws_them_are_one_each() -> None:
    expected = ["Class | Fee and what it includes", "Upholstery for all | £112, with all tools", "Glass | £139"]
    assert rows(TALL) == expected
    assert rows("Text.\n", TALL.replace("\n", "\n  ").replace("-\n", "-\n"), "", "Text.") == expected
    rule = "------------ ------------------"
    headless = [rule, *TALL.split("\n")[4:8], rule.replace("- -", "- -")]
    assert rows(*headless) == expected[1:]


def test_rows_of_one_line_between_rules_are_one_each() -> None:
    assert rows("------ -----", "Elm    8", "Oak    9", "------ -----") == ["Elm | 8", "Oak | 9"]


def test_underlined_headings_and_drawn_lines_hold_no_table() -> None:
    for line in ("-----", "------------"):
        body = ["Parks", line, "Park  Shuts", "----- -----", "Elm   8", "", "Text that goes on.", "", "Trees", "-----"]
        assert rows(*body) == ["Park | Shuts", "Elm | 8"]
        assert rows(*["", *body[1:]]) == ["Park | Shuts", "Elm | 8"]
