"""Rows of one name in twin tables: the one leads whose caption or heading the question names."""

from pathlib import Path

import pytest

from tests.fakes import make_assistant

MOORINGS = """# Moorings

Season {first}

| Boat | Night | Month |
|---|---|---|
| Up to 7 m | £11 | £190 |
| Up to 10 m | £15 | £260 |

Season {second}

| Boat | Night | Month |
|---|---|---|
| Up to 7 m | £12 | £205 |
| Up to 10 m | £17 | £284 |
"""
ASKED = "What is a month for a boat up to 10 m in the {} season?"


def _lead(tmp_path: Path, text: str, question: str) -> str:
    return make_assistant(tmp_path, {"a.md": text}).explain(question).findings.chosen[0].text


@pytest.mark.parametrize(("first", "second"), [("2031", "2032"), ("of spring", "of autumn")])
def test_the_row_below_the_caption_that_is_asked_for_leads(tmp_path: Path, first: str, second: str) -> None:
    text = MOORINGS.format(first=first, second=second)
    assert _lead(tmp_path, text, ASKED.format(first.split()[-1])) == "Up to 10 m | £15 | £260"
    assert _lead(tmp_path, text, ASKED.format(second.split()[-1])) == "Up to 10 m | £17 | £284"


def test_the_row_below_the_heading_that_is_asked_for_leads(tmp_path: Path) -> None:
    text = MOORINGS.format(first="", second="").replace("Season \n\n|", "## North quay\n\n|", 1)
    text = text.replace("Season \n\n|", "## South quay\n\n|")
    asked = "What is a month at the {} quay for a boat up to 10 m?"
    assert _lead(tmp_path, text, asked.format("north")) == "Up to 10 m | £15 | £260"
    assert _lead(tmp_path, text, asked.format("south")) == "Up to 10 m | £17 | £284"


def test_a_question_that_names_both_captions_or_none_leaves_the_rows_as_they_are(tmp_path: Path) -> None:
    text = MOORINGS.format(first="2031", second="2032")
    none, both = (_lead(tmp_path, text, ASKED.format(year)) for year in ("coming", "2031 and 2032"))
    assert none == both


def test_a_row_that_has_the_word_itself_leads_before_one_below_a_heading_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acobot.evidence.twins.NEAR", 12.0)
    pool = "## Pool\n\n| Who | Price |\n|---|---|\n| Adult | £5 a swim |\n| Child | £3 a swim |\n"
    school = "## Swim school\n\n| Who | Price |\n|---|---|\n| Adult | £90 a term |\n| Child | £80 a term |\n"
    text = f"# Leisure\n\n{pool}\n{school}"
    assert _lead(tmp_path, text, "What does a child pay to swim?") == "Child | £3 a swim"
    assert _lead(tmp_path, text, "What does a child pay at the swim school?") == "Child | £80 a term"


LETTING = "# {who}: repairs and charges\n\n## Who repairs my windows?\n\n{told}\n\n## When do I pay?\n\nIn May.\n"


def test_the_answer_below_the_same_heading_of_the_text_that_is_asked_for_leads(tmp_path: Path) -> None:
    texts = {
        "owners.md": LETTING.format(who="Owners", told="You do, windows and all."),
        "tenants.md": LETTING.format(who="Tenants", told="We do, within a month."),
    }
    assistant = make_assistant(tmp_path, texts)
    asked = "I am one of the {}. Who repairs my windows?"
    assert assistant.explain(asked.format("tenants")).findings.chosen[0].text == "We do, within a month."
    assert assistant.explain(asked.format("owners")).findings.chosen[0].text == "You do, windows and all."


def test_what_is_said_of_the_one_asked_about_leads_before_the_same_of_another(tmp_path: Path) -> None:
    text = (
        "# Surgery\n\nHelen Marsh is the senior partner. She sees patients at the surgery on Mondays, patients.\n\n"
        "Helen March joined us in 2022. She sees patients at the surgery on Tuesdays.\n"
    )
    asked = "On which days are patients at the surgery seen by Helen {}?"
    assert _lead(tmp_path, text, asked.format("March")) == "She sees patients at the surgery on Tuesdays."
    assert _lead(tmp_path, text, asked.format("Marsh")).startswith("She sees patients at the surgery on Mondays")
