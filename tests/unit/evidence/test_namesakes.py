"""A row whose name differs from the one asked about in a telling word answers nothing."""

from pathlib import Path

import pytest

from acobot.evidence.verdict import Reason
from tests.fakes import make_assistant

SCHOOLS = (
    "School,Places,Applied\n"
    '"St Anne\'s RC Primary, Wick",30,28\n"Hill CE Primary, Wick",45,50\n"Station Road Juniors, Wick",60,61\n'
    '"Green Lane Infants, Hythe",90,75\n'
)


@pytest.mark.parametrize(
    ("question", "row", "answered"),
    [
        ("What places has St Anne's CE Primary?", "St Anne", False),  # "CE" is told apart from "RC"
        ("What places has St Anne's RC Primary?", "St Anne", True),
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
