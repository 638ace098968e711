"""What the service is about, in the maintainer's words: `sources/_site.yaml`, which is part of the index."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from acobot.errors import SourceProblem, SourcesError
from acobot.sources.yaml_nodes import YamlError, compose_yaml

FILE = "_site.yaml"


@dataclass(frozen=True, slots=True)
class Site:
    """The service's `title`, the `heading` of its first page, its `subject` ("the rules of the club"), and more.

    `independent_of` is whom nobody must take it for ("the club"), `operator` who runs it, `contact` where to report a
    wrong answer; "" for what is not said.
    """

    title: str = "acobot"
    heading: str = ""
    subject: str = ""
    independent_of: str = ""
    operator: str = ""
    contact: str = ""


def read_site(sources: Path) -> tuple[Site, bytes]:
    """What the folder's file says, and the file as it lay on disk, empty where there is none. Raises `SourcesError`."""
    path = sources / FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Site(), b""
    except OSError as error:
        raise _refused(f"it cannot be read: {error.strerror}") from None
    try:
        node = compose_yaml(raw.decode(), "the file")
    except UnicodeDecodeError:
        raise _refused("it is not UTF-8; save it as UTF-8") from None
    except YamlError as error:
        raise _refused(error.reason, error.line) from None
    return Site(**_values(node)), raw


def _values(node: yaml.Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _refused("it must be lines of 'key: value'", node.start_mark.line + 1)
    known = [one.name for one in fields(Site)]
    said: dict[str, str] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value not in known:
            raise _refused(f"unknown key {key.value!r}; there are {', '.join(known)}", line)
        if key.value in said:
            raise _refused(f"{key.value!r} stands twice; keep one", line)
        if not isinstance(value, yaml.ScalarNode) or not value.value.isprintable():
            raise _refused(f"the value of {key.value!r} must be one line of text", line)
        said[key.value] = value.value
    return said


def _refused(reason: str, line: int | None = None) -> SourcesError:
    return SourcesError(f"{FILE} cannot be used:", (SourceProblem(FILE, reason, line),))
