"""The `key: value` lines at the head of a source file, or in its sidecar: text in, particulars and body out.

Values are read as text, whatever YAML would make of them ("2018-04" stays "2018-04", "no" stays "no").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import yaml

from acobot.sources.yaml_nodes import YamlError, compose_yaml

PLAIN_KEYS = ("title", "publisher", "author", "published", "updated", "url", "licence", "kind", "summary_of")
KEYS = (*PLAIN_KEYS, "asks", "selector")
KINDS = ("original", "summary")
_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


# Comments may stand before the first key; "https://…" is none, and "# Heading" alone is Markdown.
_OPENING = re.compile(r"---[ \t]*\n(?:[ \t]*#[^\n]*\n)*(?:[ \t]*[\w-]+[ \t]*:(?!//)|---[ \t]*(?:\n|$))")


# A closed block with a known key in it is front matter that was meant, whatever else is wrong with it.
_CLOSED = re.compile(r"\n*---[ \t]*\n(?P<block>(?:(?!---[ \t]*$)[^\n]*\n){0,40})---[ \t]*$", re.MULTILINE)
_KNOWN_KEY = re.compile(rf"^[ \t]*[\"']?(?:{'|'.join(KEYS)})[\"']?[ \t]*:", re.MULTILINE)


class FrontMatterError(ValueError):
    """The front matter cannot be used; `line` is the file's line, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The particulars that a file gives of itself, as text, its `asks:` lines, and where a page's text stands (CSS)."""

    values: dict[str, str]
    asks: tuple[str, ...] = ()
    selector: str = ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter (empty where there is none) and the text after it.

    A first line of exactly `---` opens it if a `key:` line follows, or if a known key stands between it and the next
    such line, so that a text that begins with a rule is left alone. Raises `FrontMatterError`.
    """
    closed = _CLOSED.match(text)
    if not _OPENING.match(text) and not (closed and _KNOWN_KEY.search(closed["block"])):
        return FrontMatter({}), text
    blank = len(text) - len(text.lstrip("\n"))
    lines = text[blank:].split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            try:
                return _parse("\n".join(lines[1:number])), "\n".join(lines[number + 1 :])
            except FrontMatterError as error:
                raise FrontMatterError(error.reason, error.line + blank + 1) from None
    raise FrontMatterError("the front matter is never closed; end it with a line of three hyphens (---)", 1)


def read_sidecar(text: str) -> FrontMatter:
    """The same lines in a file of their own, whether or not lines of `---` stand around them."""
    text = text.rstrip("\n")
    closed = text.startswith("---\n") and text.endswith(("\n---", "\n..."))
    return _parse(text[:-3] if closed else text)


def _parse(block: str) -> FrontMatter:
    """The lines, counted from 1, without those that enclose them."""
    root = _compose(block)
    if root is None:
        return FrontMatter({})
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("the front matter is no list of keys; write lines of 'key: value'", 1)
    values: dict[str, str] = {}
    asks: tuple[str, ...] = ()
    lines: dict[str, int] = {}
    for key_node, value_node in root.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key not in KEYS:
            raise FrontMatterError(f"unknown key {key!r}; the keys are {', '.join(KEYS)}", line)
        if key in lines:
            raise FrontMatterError(f"the key {key!r} stands twice; keep one", line)
        lines[key] = line
        if key == "asks":
            asks = _asks(value_node, line)
        else:
            values[key] = _value(key, value_node, line)
    if "summary_of" in values and values.get("kind") != "summary":
        reason = "'summary_of' belongs to 'kind: summary'; take it out or give that kind"
        raise FrontMatterError(reason, lines["summary_of"])
    return FrontMatter(values, asks, values.pop("selector", ""))


def _compose(block: str) -> yaml.Node | None:
    try:
        return compose_yaml(block, "the front matter")
    except YamlError as error:
        raise FrontMatterError(error.reason, error.line) from None


def _value(key: str, node: yaml.Node, line: int) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise FrontMatterError(f"the value of {key!r} must be text on one line; quote it if it holds a colon", line)
    value = " ".join(str(node.value).split())
    if not value:
        raise FrontMatterError(f"{key!r} has no value; give one or take the line out", line)
    if key in {"published", "updated"} and not _is_date(value):
        raise FrontMatterError(f"{key!r} is {value!r}; write an ISO date such as 2018, 2018-04 or 2018-04-16", line)
    if key == "kind" and value not in KINDS:
        raise FrontMatterError(f"'kind' is {value!r}; it is one of {', '.join(KINDS)}", line)
    if key == "url" and not re.match(r"https?://\S+$", value):
        raise FrontMatterError(f"'url' is {value!r}; write an address that begins with http:// or https://", line)
    return value


def _is_date(value: str) -> bool:
    """Whether it is an ISO date of any precision that the calendar has."""
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return bool(_ISO_DATE.fullmatch(value))


def _asks(node: yaml.Node, line: int) -> tuple[str, ...]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        raise FrontMatterError("'asks' must be a list of questions, one '- question' a line", line)
    questions = (" ".join(str(item.value).split()) for item in items)
    return tuple(question for question in questions if question)
