r"""How a pack's YAML file becomes a checked record, with errors that name file, line and mend.

A pattern is written as Python's `re` in verbose mode (a blank counts only as "\ " or in brackets), and matches capitals
and small letters alike; "{name}" in it stands for a fragment. A set or list of words is a YAML list, or words with
blanks between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from acobot.errors import PackError

Lines = Mapping[tuple[str | int, ...], int]
Record = TypeVar("Record")
_UNKNOWN = "unexpected_keyword_argument"  # what pydantic calls a key that a record has not
_FRAGMENT = re.compile(r"\{([a-z][a-z_]*)\}")


def _compiled(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return re.compile(value, re.IGNORECASE | re.VERBOSE)
    except re.error as error:
        raise ValueError(f"is no pattern ({error})") from None


def _split(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Rule = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
WordSet = Annotated[frozenset[str], BeforeValidator(_split)]
WordList = Annotated[tuple[str, ...], BeforeValidator(_split)]


def find_pack(name: str, packaged: Path, file: str, variable: str) -> Path:
    """The folder of a pack: one that comes with acobot, or any folder. Raises `PackError`."""
    for folder in (packaged / name, Path(name)):
        if (folder / file).is_file():
            return folder
    known = ", ".join(packs_in(packaged, file))
    raise PackError(f"{variable}={name}: there is no such pack; use one of {known}, or a folder with a {file}")


def packs_in(folder: Path, file: str) -> tuple[str, ...]:
    """The names of the packs in a folder."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{file}")))


def read_pack_file(path: Path) -> tuple[dict[str, Any], Lines, bytes]:
    """What a YAML file says, with the line of each value, and its bytes. Raises `PackError`."""
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        raw = path.read_bytes()
        root = yaml.compose(raw.decode(), Loader=yaml.CSafeLoader)
        said = _value(root, (), lines, path) if root else {}
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path} cannot be read: {error}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PackError(f"{path}, line {mark.line + 1 if mark else 1}: not valid YAML ({error.problem})") from None
    except yaml.reader.ReaderError as error:
        line = raw[: error.position].count(b"\n") + 1
        raise PackError(f"{path}, line {line}: it holds U+{error.character:04X}; take it out") from None
    except RecursionError:
        raise PackError(f"{path}: it is nested too deeply; write lines of 'key: value'") from None
    if not isinstance(said, dict):
        raise PackError(f"{path}, line 1: a pack is a list of 'key: value'")
    return said, lines, raw


def keys_under(said: dict[str, Any], key: str, path: Path, lines: Lines) -> dict[str, Any]:
    """Takes what stands under a key out of what a file says: keys with their values. Raises `PackError`."""
    found = said.pop(key, {})
    if not isinstance(found, dict):
        raise PackError(f"{path}, line {lines[key,]}: {key} is no list of 'key: value'; mend it")
    return found


def expand_fragments(
    value: Any, fragments: Mapping[str, str], path: Path, lines: Lines, at: tuple[str | int, ...] = ()
) -> Any:
    """The value with "{name}" replaced by the fragment of that name, wherever it stands, fragments in fragments too."""
    if isinstance(value, dict):
        return {key: expand_fragments(one, fragments, path, lines, (*at, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [expand_fragments(one, fragments, path, lines, (*at, place)) for place, one in enumerate(value)]
    return _expanded(value, fragments, f"{path}, line {lines.get(at, 1)}") if isinstance(value, str) else value


def _expanded(text: str, fragments: Mapping[str, str], where: str, within: tuple[str, ...] = ()) -> str:
    """A text with its fragments in their places; `within` are those that it stands in."""

    def fragment(found: re.Match[str]) -> str:
        name = found[1]
        if name not in fragments:
            raise PackError(f"{where}: there is no fragment {name!r}; write it under 'fragments:'")
        if name in within:
            raise PackError(f"{where}: the fragment {name!r} stands within itself; take it out there")
        return f"(?:{_expanded(fragments[name].strip(), fragments, where, (*within, name))})"

    return _FRAGMENT.sub(fragment, text)


def check_record(kind: type[Record], said: Mapping[str, Any], path: Path, lines: Lines) -> Record:
    """A record of what was said. Raises `PackError`, which names the first value that cannot be used."""
    try:
        return TypeAdapter(kind).validate_python(said)
    except ValidationError as error:
        errors = error.errors()
        first = min(errors, key=lambda one: one["type"] != _UNKNOWN)  # a misspelt key has a line, a missing one none
        place = tuple(first["loc"])
        line = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), 1)
        raise PackError(f"{path}, line {line}: {'.'.join(map(str, place))} {_mend(first, errors)}") from None


def _mend(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> str:
    """What is wrong with a value, and what to do."""
    if error["type"] == "missing":
        return "is missing; add it"
    if error["type"] == _UNKNOWN:
        missing = [
            one["loc"][-1] for one in errors if one["type"] == "missing" and one["loc"][:-1] == error["loc"][:-1]
        ]
        return (
            f"is not a known key; write {missing[0]}, or take it out" if missing else "is not a known key; take it out"
        )
    return f"{error['msg'].removeprefix('Value error, ')}; mend it"


def _value(node: yaml.Node, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], path: Path) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        said: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise PackError(f"{path}, line {key.start_mark.line + 1}: a key is no word; write 'key: value'")
            if key.value in said:
                raise PackError(f"{path}, line {key.start_mark.line + 1}: {key.value!r} stands twice; keep one")
            said[key.value] = _value(value, (*at, key.value), lines, path)
        return said
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*at, place), lines, path) for place, one in enumerate(node.value)]
    return node.value
