import pytest

from acobot.sources.text_tables import with_rows

PRICES = "| Activity | Adult | Child |\n|---|---|---|\n| Swim | £5.40 | £2.70 |\n| Gym | £8.00 | none |"


@pytest.mark.parametrize(
    "body",
    [
        "Activity\tAdult\tChild\nSwim\t£5.40\t£2.70\nGym\t£8.00\tnone",
        "Activity\t\tAdult\tChild\nSwim\t£5.40\t\t£2.70\nGym\t£8.00\tnone",
        "Activity      Adult    Child\nSwim          £5.40    £2.70\nGym           £8.00    none",
        "  Activity    Adult   Child\n  Swim        £5.40   £2.70\n  Gym         £8.00    none",
    ],
)
def test_a_table_of_tabs_or_blanks_gets_bars(body: str) -> None:
    assert with_rows(body).strip() == PRICES
    assert with_rows(f"Prices:\n{body}\nThe end.") == f"Prices:\n\n{PRICES}\n\nThe end."


def test_what_goes_on_below_a_cell_is_put_to_it() -> None:
    body = "Bin         What goes in\nGreen       grass, leaves and\n            twigs\nBlue        paper"
    assert with_rows(body).strip().split("\n")[2:] == ["| Green | grass, leaves and twigs |", "| Blue | paper |"]


def test_rules_are_no_rows_and_lines_of_tabs_may_lack_cells() -> None:
    drawn = "Bin      Day\n------------\nGreen    1 May\nBlue     2 May"
    assert with_rows(drawn).strip().split("\n") == [
        "| Bin | Day |",
        "|---|---|",
        "| Green | 1 May |",
        "| Blue | 2 May |",
    ]
    assert with_rows("Bin\tDay\nGreen\tMonday\tearly").strip().split("\n")[2:] == ["| Green | Monday | early |"]


def test_an_empty_cell_keeps_its_place() -> None:
    body = "Bin     Monday   Friday\nGreen   yes      no\nBlue             yes"
    assert with_rows(body).strip().split("\n")[-1] == "| Blue |  | yes |"


@pytest.mark.parametrize(
    "body",
    [
        "They are green.  They are emptied\nweekly.  Nobody pays.  It is so\nby law.  Ask us.",
        "Ashby Council                 Bins",
        "1.\tGreen bins are emptied weekly.\n2.\tBlue ones are not.",
        "•  glass\n•  tins\n•  paper",
        "Author:      A. Ashby\nPublished:   2016\nPages:       12",
        "Bins        3\nBoxes      10\nCharges    12",
        "The green bins are emptied every     The blue bins are emptied every\n"
        "week by the council, and nobody      month by a firm, and for each one\n"
        "has to pay anything for them ever    a household has to pay two pounds",
        "\tIndented\n\tlines",
        "B2  Music must stop at 11 p.m. on any night.\nB3  Alcohol may be served, but not sold,\n    without a notice.",
    ],
)
def test_what_only_looks_like_one_stays(body: str) -> None:
    assert with_rows(body) == body


@pytest.mark.parametrize(
    "body",
    [
        "+----------+-------+-------+\n| Activity | Adult | Child |\n+----------+-------+-------+\n"
        "| Swim     | £5.40 | £2.70 |\n| Gym      | £8.00 | none  |\n+----------+-------+-------+",
        "┌──────────┬───────┬───────┐\n│ Activity │ Adult │ Child │\n├──────────┼───────┼───────┤\n"
        "│ Swim     │ £5.40 │ £2.70 │\n│ Gym      │ £8.00 │ none  │\n└──────────┴───────┴───────┘",
        "+------+-------+-------+\n| Acti | Adult | Child |\n| vity |       |       |\n+======+=======+=======+\n"
        "| Swim | £5.40 | £2.70 |\n+------+-------+-------+\n| Gym  | £8.00 | none  |\n+------+-------+-------+",
    ],
)
def test_a_table_in_a_frame_of_signs_gets_bars(body: str) -> None:
    assert with_rows(body).replace("Acti vity", "Activity").strip() == PRICES


def test_signs_that_frame_no_table_are_left_as_they_are() -> None:
    for body in ("├── sources\n│   └── bins.md\n└── index", "│ one │\n│ two │", "───────────", "| a | b |\n| c | d |"):
        assert with_rows(body) == body


@pytest.mark.parametrize(
    "box",
    [
        "+------------------+\n| Asbestos on the  |\n| first Tuesday.   |\n|                  |\n"
        "| Wrap it.         |\n+------------------+",
        "╔══════════════════╗\n║ Asbestos on the  ║\n║ first Tuesday.   ║\n╠══════════════════╣\n"
        "║ Wrap it.         ║\n╚══════════════════╝",
    ],
)
def test_a_notice_in_a_box_is_text(box: str) -> None:
    assert with_rows(f"Bins\n{box}\nEnd") == "Bins\n\n\nAsbestos on the\nfirst Tuesday.\n\nWrap it.\n\n\nEnd"


@pytest.mark.parametrize("rule", ["-----------------", "  =====", "* * * * *", "~~~~~~", "#####"])
def test_a_rule_across_the_text_parts_it(rule: str) -> None:
    assert with_rows(f"Minutes of 4 May\n{rule}\nThe lift is out.") == "Minutes of 4 May\n\nThe lift is out."


def test_a_table_between_rules_is_one_whatever_stands_above_them() -> None:
    table = "Sat 2 May    Cold Fell      9 miles\nSun 10 May   Low Moor       7 miles"
    shown = "| Sat 2 May | Cold Fell | 9 miles |\n|---|---|---|\n| Sun 10 May | Low Moor | 7 miles |"
    assert shown in with_rows(f"          WALKERS\n          Programme\n=========\n{table}\n=========\nBring lunch.")


@pytest.mark.parametrize("line", ["----", "__________", "...........", "-----Original Message-----"])
def test_what_is_no_rule_across_the_text_stays(line: str) -> None:
    assert with_rows(f"Name\n{line}\nThe lift is out.").split("\n")[1] == line
