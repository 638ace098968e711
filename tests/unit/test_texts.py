"""Every text of ours is in the catalogue: no key without a text, no text without a use, no words left in a template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from limits import RateLimitItem

from acobot.api.gaps_page import SAID as SAID_OF_GAPS
from acobot.api.mcp_server.tools import TOOLS
from acobot.api.problems import FOR_PEOPLE, INVALID, problem_types
from acobot.api.rendering import web_folder
from acobot.api.script_texts import COUNTED, SAID
from acobot.api.source_pages import ASTRAY, MOVED, STALE
from acobot.errors import AcobotError, RequestError
from acobot.evidence import About
from acobot.languages import load_language
from acobot.learning import Outcome
from acobot.question import SmallTalk
from acobot.sources.record import PageName
from tests.conftest import REPOSITORY

TEXTS = load_language("en").catalogue.texts
PYTHON = sorted((REPOSITORY / "src" / "acobot").rglob("*.py"))
TEMPLATES = sorted((web_folder() / "templates").glob("*.html"))
SCRIPTS = sorted((web_folder() / "static").glob("*.js"))
SAYS = ("say", "count", "plain", "markup")
SHOWN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
WRITTEN = {".py", ".html", ".js", ".css", ".svg", ".yaml", ".po", ".md", ".txt"}  # not weights and vocabularies
_KEY = re.compile(r"or|quoted|[a-z_]+(?:\.[a-z_-]+)+")
_IN_TEMPLATE = re.compile(rf'\b(?:{"|".join(SAYS)})\("([^"]+)"')
_IN_SCRIPT = re.compile(r"\btexts\.(\w+)")
_TAG = re.compile(r"(</?)\{\{.*?\}\}")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def family(kind: type[AcobotError]) -> Iterator[type[AcobotError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


def rates(kind: type[RateLimitItem] = RateLimitItem) -> Iterator[type[RateLimitItem]]:
    for child in kind.__subclasses__():
        yield child
        yield from rates(child)


# Of these kinds of errors each has its own words; of the others the type has.
WORDED = {kind.__name__ for kind in family(RequestError)}
SLUGS_IN_OWN_WORDS = {kind.slug for kind in family(RequestError)}


def made_keys() -> set[str]:
    """The keys that code puts together from a value of a closed list, or looks up in a table."""
    return {
        *(f"differing.{about}" for about in About),
        *(f"small_talk.{kind}" for kind in SmallTalk),
        *(f"rate.{kind.GRANULARITY.name}" for kind in rates()),
        *(f"problem.{slug}.title" for slug in problem_types()),
        *(f"problem.{slug}.detail" for slug in set(problem_types()) - SLUGS_IN_OWN_WORDS),
        *(f"problem.{slug}.{part}" for slug in FOR_PEOPLE for part in ("page_title", "page")),
        *INVALID.values(),
        *(STALE, MOVED, ASTRAY),
        *(f"gaps.{outcome}.{part}" for outcome in Outcome for part in SAID_OF_GAPS),
        *(f"passage.{name}.{many}" for name in PageName for many in ("one", "several")),
        *(
            f"mcp.{name}.{part}"
            for name, tool in TOOLS.items()
            for part in ("title", "description", *tool.takes.model_fields)
        ),
    }


def said_in_code(path: Path) -> Iterator[str]:
    """The keys that stand as they are in calls for a text, and in errors that are told by theirs."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in SAYS or name in WORDED:
            parts = ast.walk(node.args[0]) if isinstance(node.args[0], ast.IfExp | ast.Call) else [node.args[0]]
            texts = [str(one.value) for one in parts if isinstance(one, ast.Constant)]
            yield from filter(_KEY.fullmatch, texts)


def said_in_scripts() -> set[str]:
    chat, widget = (
        {*_IN_SCRIPT.findall((web_folder() / "static" / name).read_text())} for name in ("chat.js", "widget.js")
    )
    return {SAID + name for name in chat} | {f"widget.{name}" for name in widget - {"lang", "dir"}}


def said_in_templates() -> set[str]:
    return {key for path in TEMPLATES for key in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}


def test_every_key_has_its_text() -> None:
    said = (
        {key for path in PYTHON for key in said_in_code(path)} | said_in_templates() | said_in_scripts() | made_keys()
    )
    assert sorted(said - set(TEXTS)) == []


def test_every_text_is_used() -> None:
    said = (
        {key for path in PYTHON for key in said_in_code(path)} | said_in_templates() | said_in_scripts() | made_keys()
    )
    assert sorted(set(TEXTS) - said) == []


@pytest.mark.parametrize("name", COUNTED)
def test_what_scripts_count_has_a_form_for_one_and_for_more(name: str) -> None:
    assert len(TEXTS[SAID + name]) == 2


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_text_that_depends_on_a_number_is_counted_and_no_other(path: Path) -> None:
    for kind, key in re.findall(r'\b(say|count|plain)\("([^"]+)"', path.read_text(encoding="utf-8")):
        assert (len(TEXTS[key]) > 1) == (kind == "count"), key


class Words(HTMLParser):
    """What a reader sees or hears of a page: its texts, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SHOWN_ATTRIBUTES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words(path: Path) -> None:
    words = Words()
    words.feed(_JINJA.sub("", _TAG.sub(r"\1i", path.read_text(encoding="utf-8"))))
    assert [found.strip() for found in words.found if re.search(r"[^\W\d_]", found)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_expressions_of_a_template_hold_no_words(path: Path) -> None:
    for found in re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), re.DOTALL):
        assert not [text for text in re.findall(r'"([^"]*)"', found) if re.search(r"[^\W\d_] [^\W\d_]", text)], found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_holds_no_words(path: Path) -> None:
    code = re.sub(r"^\s*//.*$|(?<=[;{]) //.*$|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = [text for text in re.findall(r'"([^"\n]*)"', code) if re.search(r"\w \w|^[A-Z]", text)]
    assert [
        text for text in said if not re.match(r"\.|TEXTS OF|X-Acobot|Enter$|Escape$|DOMContent|POST$|noopener ", text)
    ] == []


def test_no_country_and_no_subject_is_named_outside_the_packs() -> None:
    named = re.compile(r"nhs|england|\baco\b|accountable|999|samaritans", re.IGNORECASE)
    code = REPOSITORY / "src" / "acobot"
    packs = [path.parent for name in ("language.yaml", "policy.yaml") for path in code.rglob(name)]
    for path in [*code.rglob("*"), *web_folder().rglob("*")]:
        if path.suffix in WRITTEN and not set(packs) & set(path.parents):
            assert not named.findall(path.read_text(encoding="utf-8")), path
