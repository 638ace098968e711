"""A row whose name differs from the one asked about in a telling word answers nothing."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.namesakes import is_namesake
from acobot.evidence.scoring import Scored
from acobot.evidence.verdict import Reason
from acobot.languages import load_language
from tests.fakes import make_assistant

SCHOOLS = (
    "School,Places,Applied\n"
    '"St Anne\'s RC Primary, Wick",30,28\n"St Anne\'s CE Primary, Hythe",15,13\n'
    '"Hill CE Primary, Wick",45,50\n"Station Road Juniors, Wick",60,61\n'
    '"Green Lane Infants, Hythe",90,75\n'
)


@pytest.mark.parametrize(
    ("question", "row", "answered"),
    [
        ("What places has St Anne's CE Primary of Wick in Wick?", "St Anne's RC", False),  # "CE" is told apart
        ("What places has St Anne's RC Primary?", "St Anne's RC", True),
        ("What places has St Anne's Primary?", "St Anne", True),
        ("What places has St Anne's Catholic Primary?", "St Anne", True),  # no other row has that word
        ("What places has St Anne's ce primary?", "St Anne", True),  # small words may say the same otherwise
        ("What places has Hill CE Primary in Wick?", "Hill", True),
    ],
)
def test_a_namesake_is_not_what_is_asked_about(tmp_path: Path, question: str, row: str, answered: bool) -> None:
    findings = make_assistant(tmp_path, {"a.csv": SCHOOLS}).explain(question).findings
    assert findings.chosen[0].text.startswith(row)
    assert (Reason.LACKING in findings.verdict.reasons) is not answered


PARKING = "Who,Charge\nBlue Badge parking,free\nSeason ticket holders,£2\nVisitors,£3\n"
LIBRARIES = "Library,Hours\nMill Lane Mobile,9am\nMarket Square Library,10am\n"


def _is_namesake(folder: Path, table: str, question: str, name: str, tag: str = "en") -> bool:
    version = make_assistant(folder, {"a.csv": table}).version()
    version.language = load_language(tag)
    stored, unmatched = version.corpus.passage(0), np.zeros(0, dtype=np.float32)
    rows = [Scored(stored, one, stored.text_of(one), unmatched, 0.0) for one in stored.sentences]
    return is_namesake(question, next(one for one in rows if one.text.startswith(name)), rows, version)


@pytest.mark.parametrize(
    ("table", "question", "name"),
    [
        (PARKING, "What do Blue Badge Holders pay?", "Blue Badge parking"),
        (LIBRARIES, "What hours does the Mill Lane Library have?", "Mill Lane Mobile"),
    ],
)
def test_a_word_of_another_name_beside_other_words_tells_nothing_apart(
    tmp_path: Path, table: str, question: str, name: str
) -> None:
    assert not _is_namesake(tmp_path, table, question, name)


@pytest.mark.parametrize(("tag", "apart"), [("en", True), ("de", False)])
def test_where_every_noun_has_a_capital_names_are_not_told_apart(tmp_path: Path, tag: str, apart: bool) -> None:
    assert _is_namesake(tmp_path, SCHOOLS, "Places at St Anne's CE Primary?", "St Anne's RC", tag) is apart
