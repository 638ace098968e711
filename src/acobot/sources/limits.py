"""What people ask and the sources do not say: `_limits.yaml`, a list of questions with the words to say so.

Text in, records out; what cannot be used is an error with its line and mend. Knows no index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from acobot.errors import SourceProblem, SourcesError
from acobot.sources.yaml_nodes import YamlError, compose_yaml

FILE = "_limits.yaml"
KEYS = ("asks", "say", "see")
LONGEST_SAID = 600  # code points: one or two sentences
_ADDRESS = re.compile(r"https?://\S+")
_PLACE = re.compile(r"(?P<source>[^#\s][^#]*)(?:#(?P<heading>.+))?")


@dataclass(frozen=True, slots=True)
class Limit:
    """Questions that no source answers, what to say to them, and where to read on.

    `see` is "", an http(s) address, or the id of a source, with `#` and one of its headings or without; `line` is where
    the entry begins in its file, counted from 1.
    """

    asks: tuple[str, ...]
    say: str
    see: str
    line: int

    @property
    def is_address(self) -> bool:
        """Whether `see` leads elsewhere, not to a source."""
        return bool(_ADDRESS.fullmatch(self.see))

    @property
    def place(self) -> tuple[str, str]:
        """The source and the heading that `see` names, "" where it names none."""
        found = None if self.is_address else _PLACE.fullmatch(self.see)
        return (found["source"].strip(), (found["heading"] or "").strip()) if found else ("", "")


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of a folder of sources, in order; `raw` is their file as it lay on disk, empty where there is none."""

    entries: tuple[Limit, ...] = ()
    raw: bytes = b""

    @property
    def asks(self) -> tuple[tuple[int, str], ...]:
        """Each question with the number of its limit, in order."""
        return tuple((number, ask) for number, limit in enumerate(self.entries) for ask in limit.asks)


def read_limits(folder: Path) -> Limits:
    """The limits that stand beside the sources; none where there is no such file. Raises `SourcesError`."""
    path = folder / FILE
    if not path.exists():
        return Limits()
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise limits_error("it is not UTF-8; save it as UTF-8", raw.count(b"\n", 0, error.start) + 1) from None
    except OSError as error:
        raise limits_error(f"it cannot be read ({error.strerror}); check the file and its permissions", None) from None
    return Limits(tuple(_entries(text)), raw)


def limits_error(reason: str, line: int | None) -> SourcesError:
    """The error that names the file with what is wrong in it."""
    return limits_errors([SourceProblem(FILE, reason, line)])


def limits_errors(problems: Iterable[SourceProblem]) -> SourcesError:
    """The error of all that is wrong in the file."""
    return SourcesError("the limits cannot be used; nothing was changed", tuple(problems))


def _entries(text: str) -> list[Limit]:
    try:
        root = compose_yaml(text, "it")
    except YamlError as error:
        raise limits_error(error.reason, error.line) from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise limits_error("it is no list; write entries that begin with '- asks:'", 1)
    return [_entry(node) for node in root.value]


def _entry(node: yaml.Node) -> Limit:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise limits_error(f"an entry needs keys: {', '.join(KEYS)}", line)
    values: dict[str, yaml.Node] = {}
    for key_node, value_node in node.value:
        key, at = str(key_node.value), key_node.start_mark.line + 1
        if key not in KEYS:
            raise limits_error(f"unknown key {key!r}; the keys are {', '.join(KEYS)}", at)
        if key in values:
            raise limits_error(f"the key {key!r} stands twice; keep one", at)
        values[key] = value_node
    asks = _texts(values.get("asks"))
    if not asks:
        raise limits_error("an entry needs 'asks', a list of questions, one '- question' a line", line)
    say = " ".join(_texts(values.get("say")))
    if not say:
        raise limits_error("an entry needs 'say', one or two sentences", line)
    if len(say) > LONGEST_SAID:
        reason = f"'say' has {len(say)} characters; write one or two sentences of at most {LONGEST_SAID}"
        raise limits_error(reason, values["say"].start_mark.line + 1)
    see = " ".join(_texts(values.get("see")))
    if see and not _ADDRESS.fullmatch(see) and ("://" in see or not _PLACE.fullmatch(see)):
        reason = f"'see' is {see!r}; write an http(s) address, or a source's id with # and one of its headings"
        raise limits_error(reason, values["see"].start_mark.line + 1)
    return Limit(asks, say, see, line)


def _texts(node: yaml.Node | None) -> tuple[str, ...]:
    """The texts of a list, or of a single value, blanks folded; empty ones are left out."""
    if node is None:
        return ()
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in items:
        if not isinstance(item, yaml.ScalarNode):
            raise limits_error("a list or a text is needed here, nothing nested", item.start_mark.line + 1)
    texts = (" ".join(str(item.value).split()) for item in items)
    return tuple(text for text in texts if text)
