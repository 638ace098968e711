"""The `key: value` lines at the head of a source file, or in its sidecar: text in, particulars and body out.

Values are read as text, whatever YAML would make of them ("2018-04" stays "2018-04", "no" stays "no"). What other tools
write at the head of a file (Jekyll, Hugo, Pandoc) is read where it says the same by another name, else passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import yaml

from acobot.sources.characters import NoTextError, join_halves
from acobot.sources.dates import iso_of
from acobot.sources.kinds import ENDINGS
from acobot.sources.yaml_nodes import YamlError, compose_lines, compose_yaml

PLAIN_KEYS = (
    *("title", "publisher", "author", "published", "updated", "url"),
    *("licence", "kind", "summary_of", "valid_until", "superseded_by", "retrieved"),
)
TEXT_KEYS = ("asks", "keep", "drop")  # of which each has a list of texts, or one
KEYS = (*PLAIN_KEYS, *TEXT_KEYS, "selector")
KINDS = ("original", "summary")
# What other tools call the same. It counts only where the key itself is missing, and only if its value can be used.
OTHER_NAMES = {
    **dict.fromkeys(("authors", "creator"), "author"),
    **dict.fromkeys(("date", "publishdate", "publish_date", "pubdate", "created"), "published"),
    **dict.fromkeys(("lastmod", "modified", "last_updated", "last_modified", "last_modified_at"), "updated"),
    **dict.fromkeys(("expires", "expirydate"), "valid_until"),
    "license": "licence",
    **dict.fromkeys(("canonical", "canonical_url"), "url"),
}
# By which they keep a page back, and the value that does.
_DRAFTS = {"draft": "true", "published": "false", "publish": "false"}
_LISTS = frozenset({"publisher", "author", "licence"})  # keys that other tools give lists of
_DATES = frozenset({"published", "updated", "valid_until", "retrieved"})

# Comments may stand before the first key; "https://…" is none, and "# Heading" alone is Markdown.
_OPENING = re.compile(r"---[ \t]*\n(?:[ \t]*#[^\n]*\n)*(?:[ \t]*[\w-]+[ \t]*:(?!//)|---[ \t]*(?:\n|$))")
# A closed block with a known key in it is front matter that was meant, whatever else is wrong with it.
_CLOSED = re.compile(r"\n*---[ \t]*\n(?P<block>(?:(?!---[ \t]*$)[^\n]*\n){0,40})---[ \t]*$", re.MULTILINE)
_KNOWN_KEY = re.compile(
    rf"^[ \t]*[\"']?(?:{'|'.join((*KEYS, *OTHER_NAMES))})[\"']?[ \t]*[:=]", re.MULTILINE | re.IGNORECASE
)
_TOML = re.compile(
    r"\n*\+\+\+[ \t]*\n(?P<block>(?:(?!\+\+\+[ \t]*$)[^\n]*\n){0,200})\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE
)
MOST_TEXTS = 200  # of `keep:` and of `drop:`: each is looked for in each block
Composer = Callable[[str, str], yaml.Node | None]
MOST_PARTS = 200  # of a key in TOML ("a.b.c"), whose parser takes memory by their square


class FrontMatterError(ValueError):
    """The front matter cannot be used; `line` is the file's line, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The particulars that a file gives of itself, as text, its `asks:` lines, and where a page's text stands (CSS).

    What one of `keep` names is no page furniture, what one of `drop` names is (see `Pick`). `draft` is what says that
    it is not published. `others` are other tools' keys by ours that were read for them; `unknown` are keys that mean
    nothing here, each with its line.
    """

    values: dict[str, str]
    asks: tuple[str, ...] = ()
    selector: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    draft: str = ""
    others: Mapping[str, str] = field(default_factory=dict, compare=False)
    unknown: tuple[tuple[str, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its values, and whether these stood there as a single text, or at least as a list of texts."""

    key: str
    values: tuple[str, ...]
    single: bool
    listed: bool
    line: int


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter (empty where there is none) and the text after it.

    A first line of exactly `---` opens it if a `key:` line follows, or if a known key stands between it and the next
    such line, so that a text that begins with a rule is left alone; `+++` opens TOML. Raises `FrontMatterError`.
    """
    if found := _TOML.match(text):
        known = bool(_KNOWN_KEY.search(found["block"]))
        entries = _toml_entries(found["block"], text.count("\n", 0, found.start("block")), known=known)
        return (FrontMatter({}), text) if entries is None else (_said(entries), text[found.end() :])
    closed = _CLOSED.match(text)
    if not _OPENING.match(text) and not (closed and _KNOWN_KEY.search(closed["block"])):
        return FrontMatter({}), text
    blank = len(text) - len(text.lstrip("\n"))
    lines = text[blank:].split("\n")
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in {"---", "..."}), None)
    block = "\n".join(lines[1:end])
    if not _is_meant(block, closed=end is not None):
        return FrontMatter({}), text
    if end is None:
        raise FrontMatterError("the front matter is never closed; end it with a line of three hyphens (---)", 1)
    try:
        front = _parse(block)
        unknown = tuple((key, line + blank + 1) for key, line in front.unknown)
        return replace(front, unknown=unknown), "\n".join(lines[end + 1 :])
    except FrontMatterError as error:
        raise FrontMatterError(error.reason, error.line + blank + 1) from None


def _is_meant(block: str, *, closed: bool) -> bool:
    """Whether lines of keys are front matter, and not a text between rules: those of unknown keys say no sentence."""
    if not block.strip() or _KNOWN_KEY.search(block):
        return True
    try:
        entries = list(_yaml_entries(block))
    except FrontMatterError:
        return False
    values = (value for entry in entries for value in entry.values)
    return closed and not any(value.endswith((".", "!", "?")) and value.count(" ") > 1 for value in values)


def read_sidecar(text: str) -> FrontMatter:
    """The same lines in a file of their own, whether or not lines of `---` stand around them."""
    text = text.rstrip("\n")
    closed = text.startswith("---\n") and text.endswith(("\n---", "\n..."))
    return _parse(text[:-3] if closed else text)


def _parse(block: str) -> FrontMatter:
    """The lines, counted from 1, without those that enclose them."""
    return _said(list(_yaml_entries(block, compose_lines)))


def _yaml_entries(block: str, compose: Composer = compose_yaml) -> Iterator[_Entry]:
    try:
        root = compose(block, "the front matter")
    except YamlError as error:
        raise FrontMatterError(error.reason, error.line) from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("the front matter is no list of keys; write lines of 'key: value'", 1)
    for key, value in root.value:
        single = isinstance(value, yaml.ScalarNode)
        listed = isinstance(value, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in value.value)
        yield _Entry(_flat(key.value), tuple(_texts(value)), single, single or listed, key.start_mark.line + 1)


def _texts(node: yaml.Node) -> Iterator[str]:
    """A value's texts: those of a list, and of a person the name."""
    if isinstance(node, yaml.ScalarNode):
        yield " ".join(str(node.value).split())
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        yield from _texts(item) if isinstance(item, yaml.ScalarNode) else _name(item)
    if isinstance(node, yaml.MappingNode):
        yield from _name(node)


def _name(node: yaml.Node) -> Iterator[str]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    yield from (str(value.value) for key, value in pairs if key.value == "name" and isinstance(value, yaml.ScalarNode))


def _toml_entries(block: str, above: int, *, known: bool) -> list[_Entry] | None:
    """What TOML says, after so many lines; None where it is none and no known key says that it was meant."""
    keys = (line if "{" in line else line.partition("=")[0] for line in block.split("\n"))
    long = next((number for number, key in enumerate(keys, start=above + 1) if key.count(".") > MOST_PARTS), 0)
    if long and known:
        raise FrontMatterError(f"the front matter has a key of more than {MOST_PARTS} parts; shorten it", long)
    if long:
        return None
    try:
        said = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if not known:
            return None
        found = re.search(r"at line (\d+)", str(error))
        reason = f"the front matter is not valid TOML ({' '.join(str(error).split())}); put values in quotes"
        raise FrontMatterError(reason, above + int(found[1] if found else 1)) from None
    lines = {_flat(line.split("=")[0]): number for number, line in enumerate(block.split("\n"), start=above + 1)}
    return [_toml_entry(_flat(key), value, lines.get(_flat(key), above + 1)) for key, value in said.items()]


def _toml_entry(key: str, value: object, line: int) -> _Entry:
    listed = isinstance(value, list) and not any(isinstance(one, list | dict) for one in value)
    single = not isinstance(value, list | dict)
    try:
        texts = tuple(join_halves(text) for text in _toml_texts(value))
    except NoTextError as error:
        raise FrontMatterError(f"the front matter holds {error}", line) from None
    return _Entry(key, texts, single, single or listed, line)


def _toml_texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in value)
    elif not isinstance(value, dict):
        yield " ".join(str(value).split())


def _flat(key: object) -> str:
    """A key as it is spelt here: "Summary of" and "Summary-Of" are "summary_of"."""
    return re.sub(r"[\s-]+", "_", str(key).strip().strip("\"'")).casefold()


def _said(entries: list[_Entry]) -> FrontMatter:
    values: dict[str, str] = {}
    others: dict[str, str] = {}
    texts: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for entry in (entry for entry in entries if entry.key in KEYS):
        if entry.key in lines:
            raise FrontMatterError(f"the key {entry.key!r} stands twice; keep one", entry.line)
        lines[entry.key] = entry.line
        if entry.key in TEXT_KEYS:
            texts[entry.key] = _listed(entry)
        elif value := _value(entry):
            values[entry.key] = value
    for entry in entries:
        key = OTHER_NAMES.get(entry.key, "")
        if key and key not in values and (value := _value_of_others(key, entry)):
            values[key] = value
            others[key] = entry.key
    if "summary_of" in values and values.get("kind") != "summary":
        reason = "'summary_of' belongs to 'kind: summary'; take it out or give that kind"
        raise FrontMatterError(reason, lines["summary_of"])
    known = {*KEYS, *OTHER_NAMES, *_DRAFTS}
    unknown = tuple((entry.key, entry.line) for entry in entries if entry.key not in known)
    drafts = (one.key for one in entries if _DRAFTS.get(one.key) == _joined(one).casefold())
    draft = next((f"{key}: {_DRAFTS[key]}" for key in drafts), "")
    return FrontMatter(
        values, selector=values.pop("selector", ""), **texts, draft=draft, others=others, unknown=unknown
    )


def _value(entry: _Entry) -> str:
    """The value of one of our keys; empty where it has none."""
    key, line = entry.key, entry.line
    if not entry.single and (key not in _LISTS or not entry.values):
        raise FrontMatterError(f"the value of {key!r} must be text on one line; quote it if it holds a colon", line)
    value = _joined(entry)
    # So other tools say that a page is out, or where it lies on its site.
    within = key == "url" and value.startswith("/") and not value.startswith("//")
    if not value or within or (key in _DATES and value in {"true", "false"}):
        return ""
    if key in _DATES:
        value, said = iso_of(value), value
        if not value or (key == "valid_until" and value.isdigit() and value != said):  # "04/05/2025"
            raise FrontMatterError(f"{key!r} is {said!r}; write an ISO date such as 2018, 2018-04 or 2018-04-16", line)
    if key == "kind" and value not in KINDS:
        raise FrontMatterError(f"'kind' is {value!r}; it is one of {', '.join(KINDS)}", line)
    if key == "url" and not _is_address(value):
        raise FrontMatterError(f"'url' is {value!r}; write an address that begins with http:// or https://", line)
    if key == "superseded_by":  # an id, or a file's name
        path = PurePosixPath(value)
        return path.with_suffix("").as_posix() if path.suffix.lower() in ENDINGS else value
    return value


def _value_of_others(key: str, entry: _Entry) -> str:
    """The value of another tool's key, if it can be used for ours."""
    value = _joined(entry)
    if key in _DATES:
        return iso_of(value)
    return "" if key == "url" and not _is_address(value) else value


def _joined(entry: _Entry) -> str:
    return ", ".join(value for value in entry.values if value)


def _is_address(value: str) -> bool:
    return bool(re.match(r"https?://\S+$", value))


def _listed(entry: _Entry) -> tuple[str, ...]:
    if not entry.listed:
        what = "question" if entry.key == "asks" else "text"
        raise FrontMatterError(f"{entry.key!r} must be a list of {what}s, one '- {what}' a line", entry.line)
    if entry.key != "asks" and len(entry.values) > MOST_TEXTS:
        raise FrontMatterError(f"{entry.key!r} has more than {MOST_TEXTS} texts; name larger parts", entry.line)
    return tuple(value for value in entry.values if value)
