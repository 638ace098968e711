"""What a question names and no candidate holds, and what the reader is told of what one holds in another way."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from acobot.evidence.lacking import lacking_names, with_what_holds
from acobot.index import Version
from acobot.retrieval import Candidate
from tests.fakes import make_assistant

SCHOOL = "# School\n\nPupils in Years 3 to 6 wear navy. The school is shut from 20 December to 3 January.\n"


@pytest.fixture
def school(tmp_path: Path) -> tuple[Version, Sequence[Candidate]]:
    explained = make_assistant(tmp_path, {"a.md": SCHOOL})
    return explained.version(), explained.explain("When is the school shut?").candidates.chosen


def test_what_a_range_holds_is_not_lacking(school: tuple[Version, Sequence[Candidate]]) -> None:
    version, candidates = school
    assert lacking_names("What does Year 4 wear in Kirkby?", candidates, version) == ("Kirkby",)
    assert lacking_names("Is it shut on Boxing Day?", candidates, version) == ()
    assert lacking_names("What does Year 8 wear?", candidates, version) == ("8",)


def test_a_name_with_the_initials_of_an_abbreviation_holds_it(tmp_path: Path) -> None:
    text = "# Plans\n\nAn Education, Health and Care plan takes twenty weeks.\n"
    explained = make_assistant(tmp_path, {"a.md": text})
    version, candidates = explained.version(), explained.explain("How long does a plan take?").candidates.chosen
    assert lacking_names("How long does an EHCP take?", candidates, version) == ()
    assert lacking_names("How long does an EHCQ take?", candidates, version) == ("EHCQ",)
    put = "How long does an EHCP (Education, Health and Care plan) take?"
    assert with_what_holds("How long does an EHCP take?", candidates, version) == put


def test_the_reader_is_told_what_holds_it(school: tuple[Version, Sequence[Candidate]]) -> None:
    version, candidates = school
    asked = "What does Year 4 wear on Boxing Day?"
    put = "What does Year 4 (Years 3 to 6) wear on 26 December (20 December to 3 January)?"
    assert with_what_holds(asked, candidates, version) == put
    assert with_what_holds("What do pupils wear?", candidates, version) == "What do pupils wear?"
