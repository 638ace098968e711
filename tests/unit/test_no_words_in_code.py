"""The modules that understand questions and weigh sentences hold no English: words are the language packs'."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "acobot"
MODULES = sorted(
    path
    for part in ("question", "evidence", "retrieval.py", "answer", "passages.py", "abbreviations.py")
    for path in ([PACKAGE / part] if part.endswith(".py") else (PACKAGE / part).glob("*.py"))
)
FEW = 2  # plain words that may stand in one text that is no message: ("small_talk", "reply")
# A pattern that lists words: two of three letters or more, with a bar between them.
_LISTED = re.compile(r"[a-z]{3,}\)?\??\|(?:\(\?:)?[a-z]{3,}")
SPOKEN = {"the", "what", "when", "where", "why", "how", "which", "who", "does", "will", "should", "and", "not", "they"}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The literal texts of a module with their lines, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_pattern_lists_words(path: Path) -> None:
    assert [(line, text) for line, text in texts(path) if _LISTED.search(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_list_of_words_stands_in_the_code(path: Path) -> None:
    told = {text.casefold() for _, text in texts(path)}
    assert len(told & SPOKEN) <= FEW


def test_a_list_of_words_would_be_noticed(tmp_path: Path) -> None:
    module = tmp_path / "one.py"
    module.write_text('import re\nASKS = re.compile(r"\\b(?:what|when)\\b")\nSMALL = {"the", "and", "what"}\n')
    assert [line for line, text in texts(module) if _LISTED.search(text)] == [2]
    assert len({text for _, text in texts(module)} & SPOKEN) > FEW
