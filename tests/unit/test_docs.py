"""docs/api.md against the code: it names what there is, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from acobot import answer
from acobot.answer import Answer, Quote, Role, Status
from acobot.api import create_app
from acobot.api.problems import TYPE_PREFIX, problem_types
from acobot.api.schemas import AskRequest, HistoryMessage, SearchReply, SearchRequest, SearchResult, SourceText
from acobot.assistant import Assistant
from acobot.index import Manifest, Store
from acobot.policies import Sign
from acobot.settings import read_settings
from tests.conftest import REPOSITORY
from tests.fakes import fake_means

API = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", API))
READ = [*sorted((REPOSITORY / "docs").glob("*.md")), *sorted(REPOSITORY.glob("*.md"))]
PAGES = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "docs").glob("*.md"))


def records(kind: Any) -> set[type]:
    """A record and all records that it is made of."""
    if is_dataclass(kind) and isinstance(kind, type):
        known = {**vars(answer), "Sign": Sign}
        return {kind}.union(*(records(hint) for hint in get_type_hints(kind, known).values()))
    return set().union(*(records(part) for part in get_args(kind)), set())


def openapi(tmp_path: Path) -> dict[str, Any]:
    return create_app(Assistant(Store(tmp_path), fake_means()), read_settings(index=tmp_path)).openapi()


def test_every_path_is_documented_and_no_other(tmp_path: Path) -> None:
    described = {
        f"{method.upper()} {path}" for path, methods in openapi(tmp_path)["paths"].items() for method in methods
    }
    assert set(re.findall(r"`((?:GET|POST) /[^\s`]+)`", PAGES)) == described


def test_every_field_of_an_answer_is_documented() -> None:
    named = set(re.findall(r"\w+", " ".join(CODE)))
    for record in records(Answer):
        assert {field.name for field in fields(record)} <= named, record


def test_every_field_of_the_other_replies_is_documented() -> None:
    named = set(re.findall(r"\w+", " ".join(CODE)))
    for record in (SearchReply, SearchResult, SourceText, Manifest):
        assert {field.name for field in fields(record)} <= named, record


def test_every_field_of_a_request_is_documented() -> None:
    assert set(AskRequest.model_fields) | set(SearchRequest.model_fields) <= CODE
    assert {f"history[].{name}" for name in HistoryMessage.model_fields} <= CODE


def test_every_status_role_and_sign_is_documented() -> None:
    for kind in (Status, Role, Sign):
        assert {one.value for one in kind} <= CODE


def test_every_problem_type_is_documented_with_its_status_and_no_other() -> None:
    rows = re.findall(rf"^\| (\d+) \| `{TYPE_PREFIX}([a-z-]+)` \|", API, re.MULTILINE)
    assert {slug: int(status) for status, slug in rows} == problem_types()
    assert set(re.findall(rf"{TYPE_PREFIX}([a-z-]+)", API)) == set(problem_types())


def test_links_inside_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", API, flags=re.DOTALL), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", API)) <= anchors


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        place, _, heading = link.partition("#")
        if place.startswith(("http:", "https:", "mailto:")):
            continue
        target = path.parent / place if place else path
        assert target.exists(), link
        if heading:
            text = re.sub(r"```.*?```", "", target.read_text(encoding="utf-8"), flags=re.DOTALL)
            headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}, link


def test_the_function_that_shows_the_words_that_answer_does_so() -> None:
    (code,) = re.findall(r"```py\n(def in_bold.*?)```", API, re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102  our own example
    quote = {"text": "One 😀 two.", "start": 6, "emphasis": [[6, 9], [12, 15]]}
    assert made["in_bold"](quote) == "**One** 😀 **two**."


def test_the_replies_that_are_shown_have_the_fields_of_an_answer() -> None:
    replies = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", API, re.DOTALL) if '"signposts"' in text]
    assert len(replies) == 2
    for reply in replies:
        assert set(reply) <= {field.name for field in fields(Answer)}
        for quote in reply["quotes"]:
            assert set(quote) == {field.name for field in fields(Quote)}
            assert len(quote["text"]) == quote["end"] - quote["start"]
            (span,) = quote["emphasis"]
            assert quote["text"][span[0] - quote["start"] : span[1] - quote["start"]] == "free"
