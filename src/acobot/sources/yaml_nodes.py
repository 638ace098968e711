"""YAML text → its nodes, whose values stay text; what is no YAML is an error with its line and mend."""

from __future__ import annotations

import re

import yaml

from acobot.sources.characters import NoTextError, join_halves

MOST = 2_000_000  # characters: what is longer is a text, and would take minutes and gigabytes to parse
# A value that YAML takes only in quotes: it holds a colon, or begins with a sign that says something else there.
_BARE = re.compile(r"^([\w-]{1,60}[ \t]*:[ \t]+)((?![\"'\[{|>&*!#])[^\n]*:[ \t][^\n]*|[@`%][^\n]*)$", re.MULTILINE)


class YamlError(ValueError):
    """A text that is no YAML; `line` is counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}")


def compose_yaml(text: str, what: str) -> yaml.Node | None:
    """The root of a YAML text, None where it says nothing. Raises `YamlError`, which calls the text `what`."""
    if len(text) > MOST:
        raise YamlError(f"{what} has more than {MOST:,} characters; is it the text? take out the line that opens it", 1)
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        mend = "a value with a colon or another sign must stand in quotes"
        reason = f"{what} is not valid YAML ({error.problem}); {mend}"
        raise YamlError(reason, mark.line + 1 if mark else 1) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(f"{what} holds U+{error.character:04X}; take it out", line) from None
    except RecursionError:
        raise YamlError(f"{what} is nested too deeply; write lines of 'key: value'", 1) from None
    _join_halves(root, what)
    return root


def compose_lines(text: str, what: str) -> yaml.Node | None:
    """The same of lines of 'key: value', whose values may be written without the quotes that they need."""
    try:
        return compose_yaml(text, what)
    except YamlError as error:
        quoted = _BARE.sub(_in_quotes, text)
        try:
            return compose_yaml(quoted, what)
        except YamlError:
            raise error from None


def _in_quotes(line: re.Match[str]) -> str:
    value = line[2].rstrip().replace("'", "''")
    return f"{line[1]}'{value}'"


def _join_halves(root: yaml.Node | None, what: str) -> None:
    """Makes the values of all nodes text that can be written; an alias is one node in several places."""
    waiting, seen = [root] if root else [], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            try:
                node.value = join_halves(node.value)
            except NoTextError as error:
                raise YamlError(f"{what} holds {error}", node.start_mark.line + 1) from None
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(one for pair in reversed(node.value) for one in reversed(pair))
