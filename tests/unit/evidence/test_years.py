"""What stands below a heading of one year answers nothing about another."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.disagreeing import told_by
from acobot.evidence.scoring import Scored
from acobot.evidence.years import is_of_another_year, is_row_of_another_year
from acobot.languages import load_language
from acobot.retrieval import Candidate
from tests.fakes import make_assistant

FEES = "# Moorings\n\n{above}\n\nA berth costs £71 a season.\n\n## {other}\n\nThe slip was built in 1962.\n"


def _is_of_another(folder: Path, question: str, above: str, other: str = "Boats", tag: str = "en") -> bool:
    assistant = make_assistant(folder, {"a.md": FEES.format(above=above, other=other)})
    explained = assistant.explain("What does a berth cost?")
    best = next(one for one in explained.findings.chosen if "berth" in one.text)
    (told,) = told_by(assistant.version(), [best])
    return is_of_another_year(question, told, _frames(explained.candidates.chosen), load_language(tag))


def _frames(candidates: tuple[Candidate, ...]) -> list[tuple[str, str]]:
    return [(one.stored.passage.prefix, one.stored.text) for one in candidates]


@pytest.mark.parametrize(
    ("question", "above", "other"),
    [
        ("What did a berth cost in 2024?", "## Fees for 2025", "Boats"),
        ("What did a berth cost in 2024?", "## Fees for 2025", "Fees for 2024"),
        ("What did a berth cost in 2019?", "## Fees for 2025", "Fees for 2019"),
        ("What is a berth in 2023/24?", "## 2024/25", "2023/24"),
        ("What is a berth in 2023/24?", "## 2024/25", "Boats"),
        ("What will a berth cost in 2026?", "## 2024 to 2025", "Boats"),
    ],
)
def test_a_heading_of_one_year_tells_nothing_of_another(tmp_path: Path, question: str, above: str, other: str) -> None:
    assert _is_of_another(tmp_path, question, above, other)


@pytest.mark.parametrize(
    ("question", "above", "other"),
    [
        ("What does a berth cost?", "## Fees for 2025", "Fees for 2024"),
        ("What does a berth cost in 2025?", "## Fees for 2025", "Fees for 2024"),
        ("What does a berth cost in 2024 and 2025?", "## Fees for 2025", "Fees for 2024"),
        ("What does a berth cost in 2025?", "## Fees for 2024/25", "Fees for 2023/24"),
        ("What does a berth cost in 2024?", "## Fees for 2023–2025", "Boats"),
        ("What does a berth cost in 2026?", "## Fees from April 2025", "Boats"),
        ("What does a berth cost in 2024?", "## Fees until 2025", "Boats"),
        ("What does a berth cost in 2024?", "## Fees", "Fees for 2024"),
        ("I was born in 1960. What does a berth cost?", "## Fees for 2025", "Boats"),
        ("My boat was built in 2023. What does a berth cost?", "## Fees for 2025", "Boats"),
        ("What does a berth cost me, who sails here since 2023?", "## Fees for 2025", "Boats"),
        ("What does a berth cost in 2026?", "## Fees (last reviewed March 2025)", "Boats"),
        ("Can I have a berth for 2024 pounds?", "## Fees for 2025", "Boats"),
        ("What did the slip of 1962 cost?", "## Fees for 2025", "Boats"),  # the text has that year of something else
    ],
)
def test_a_year_that_a_heading_may_hold_is_no_other(tmp_path: Path, question: str, above: str, other: str) -> None:
    assert not _is_of_another(tmp_path, question, above, other)


def test_so_it_is_in_german(tmp_path: Path) -> None:
    asked = "Was kostet ein Liegeplatz 2024?"
    assert _is_of_another(tmp_path, asked, "## Preise 2025", tag="de")
    assert not _is_of_another(tmp_path, asked, "## Preise bis 2025", tag="de")


def test_what_stands_below_another_year_is_no_answer(tmp_path: Path) -> None:
    text = "# Moorings\n\n## Fees for 2025\n\nA berth costs £71 a season.\n\n## Boats\n\nBoats are washed in May.\n"
    assistant = make_assistant(tmp_path, {"a.md": text})
    assert assistant.explain("What does a berth cost a season?").findings.verdict.answered
    assert assistant.explain("What does a berth cost a season in 2025?").findings.verdict.answered
    assert not assistant.explain("What does a berth cost a season in 2024?").findings.verdict.answered


TERMS = (
    "# Terms{over}\n\n| Term | Starts |\n|---|---|\n| Autumn 2025 | 3 September |\n| Spring {spring} | 5 January |\n"
)


@pytest.mark.parametrize(
    ("question", "over", "spring", "is_so"),
    [
        ("When does the autumn term of 2026 start?", " 2025 to 2026", "2026", True),
        ("When does the autumn term of 2027 start?", "", "2026", True),
        ("When does the autumn term of 2025 start?", "", "2026", False),
        ("When does the autumn term start?", "", "2026", False),
        ("When does the autumn term start for those who come in 1999?", "", "2026", False),
        ("When does the autumn term start, for entry in 2026?", " before entry in 2026", "2026", False),
        ("When does the autumn term of 2026 start?", "", "term", False),
        ("My son was born in 2023. When does the autumn term start?", "", "2026", False),
        ("When does the autumn term start for those who pay until 2026?", "", "2026", False),
    ],
)
def test_a_row_named_by_a_year_is_of_no_other(
    tmp_path: Path, question: str, over: str, spring: str, *, is_so: bool
) -> None:
    version = make_assistant(tmp_path, {"a.md": TERMS.format(over=over, spring=spring)}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    rows = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    (best,) = (one for one in rows if one.text.startswith("Autumn"))
    assert is_row_of_another_year(question, best, version) is is_so


@pytest.mark.parametrize(
    ("question", "begins", "is_so"),
    [
        ("Who was mayor in 2016?", "2014", False),
        ("Who was mayor in 2016?", "2019", True),
        ("Who was mayor in 2012?", "Before 2014", False),
    ],
)
def test_a_row_of_several_years_is_of_those_between(tmp_path: Path, question: str, begins: str, *, is_so: bool) -> None:
    text = "# Mayors\n\n| Years | Mayor |\n|---|---|\n| Before 2014 | Lee |\n| 2014 to 2018 | Kay |\n| 2019 | Orr |\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    stored, none = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    rows = [Scored(stored, one, stored.text_of(one), none, 0.0) for one in stored.sentences]
    (best,) = (one for one in rows if one.text.startswith(begins))
    assert is_row_of_another_year(question, best, version) is is_so
