import inspect
import re

import pytest

from acobot import errors
from acobot.errors import AcobotError, QuestionError, SourceProblem, SourcesError, UnknownSourceError
from tests.fakes import ENGLISH

TREE_LINE = re.compile(r"(?P<branch>[ │├└─]*)(?P<name>[A-Z]\w+)  +\w")
STEP = 4  # characters that the docstring's tree goes in for each generation


def drawn_tree() -> dict[str, str]:
    """Each class of the docstring's tree with its parent."""
    line_of_descent: list[str] = []
    parents = {}
    for match in filter(None, map(TREE_LINE.match, (errors.__doc__ or "").splitlines())):
        generation = len(match["branch"]) // STEP - 1
        line_of_descent[generation:] = [match["name"]]
        parents[match["name"]] = line_of_descent[generation - 1] if generation else "Exception"
    return parents


def real_classes() -> dict[str, type[AcobotError]]:
    found = inspect.getmembers(errors, inspect.isclass)
    return {name: kind for name, kind in found if issubclass(kind, AcobotError)}


def test_the_tree_in_the_docstring_is_that_of_the_classes() -> None:
    assert drawn_tree() == {name: kind.__base__.__name__ for name, kind in real_classes().items() if kind.__base__}


@pytest.mark.parametrize("kind", real_classes().values(), ids=lambda kind: kind.__name__)
def test_every_error_says_what_it_is_and_how_it_leaves(kind: type[AcobotError]) -> None:
    assert kind.__doc__
    assert 1 <= kind.exit_code <= 7
    assert 400 <= kind.status < 600
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.slug)


def test_what_needs_another_remedy_has_another_exit_code() -> None:
    codes = {name: kind.exit_code for name, kind in real_classes().items()}
    assert codes == {
        "AcobotError": 1,
        "QuoteError": 1,
        "SettingsError": 2,
        "PackError": 2,
        "MissingLibraryError": 2,
        "RequestError": 2,
        "QuestionError": 2,
        "SourceChoiceError": 2,
        "UnknownSourceError": 2,
        "RemovedSourceError": 2,
        "UnknownModelError": 2,
        "NotInstalledError": 2,
        "SourcesError": 3,
        "DraftError": 3,
        "ModelError": 4,
        "IndexFault": 5,
        "NoIndexError": 5,
        "DamagedIndexError": 5,
        "UnknownVersionError": 5,
        "UnreadableIndexError": 5,
        "WrongModelError": 5,
        "IndexWriteError": 6,
        "BuildingError": 6,
        "PortError": 7,
    }


def test_errors_of_a_client_are_not_those_of_the_server() -> None:
    for kind in real_classes().values():
        assert (kind.status < 500) == issubclass(kind, errors.RequestError)


def test_a_problem_names_the_file_and_the_line_if_it_is_known() -> None:
    assert str(SourceProblem("a.md", "it is empty")) == "a.md: it is empty"
    assert str(SourceProblem("b/c.md", "unknown key 'titel'", line=3)) == "b/c.md, line 3: unknown key 'titel'"


def test_a_sources_error_lists_every_problem() -> None:
    error = SourcesError("two are bad", (SourceProblem("a.md", "it is empty"), SourceProblem("b.md", "no", line=2)))
    assert str(error) == "two are bad\n  a.md: it is empty\n  b.md, line 2: no"
    assert [problem.path for problem in error.problems] == ["a.md", "b.md"]


def test_what_a_client_sent_is_told_by_its_key_in_the_log_and_in_the_words_of_a_language_elsewhere() -> None:
    error = UnknownSourceError("problem.unknown-source.detail", source="'cake'")
    assert str(error) == "problem.unknown-source.detail: source 'cake'"
    assert str(QuestionError("problem.invalid-question.empty")) == "problem.invalid-question.empty"
    said = error.said(ENGLISH.catalogue)
    assert said == "there is no source 'cake'; GET /api/sources lists them"
