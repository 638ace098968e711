"""Whether an element of HTML is crossed out, by its name, its class or its style. Knows no tree."""

from __future__ import annotations

import re

STRUCK = frozenset({"del", "s", "strike"})
_CLASS = re.compile(r"(?:^|\s)(?:line-through|text-decoration-line-through|strike-?through)(?:$|\s)", re.IGNORECASE)
_WORD = re.compile(r"(?:^|\s)(?:strike|struck)(?:$|\s)", re.IGNORECASE)
_OF_MATTER = frozenset({"article", "body", "html", "main", "section"})  # a word of these may say what they are about
# Both as a tag has them, and the second as MDX writes it.
_WRITTEN = re.compile(
    r"(?<![\w-])(class(?:name)?|style)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>{}]+))", re.IGNORECASE
)
_SHORT = re.compile(r"\.([\w-]{1,60})")  # a class as Pandoc and AsciiDoc write it: "{.strike}"
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)")


def is_struck(name: str, classes: str, style: str) -> bool:
    """Whether an element with this name and these attributes is crossed out."""
    named = _CLASS.search(classes) or (name not in _OF_MATTER and _WORD.search(classes))
    return name in STRUCK or bool(named) or crosses_out(style)


def crosses_out(declarations: str) -> bool:
    """Whether a style crosses out what has it."""
    parts = (one.partition(":") for one in declarations.lower().split(";"))
    return any(name.strip().startswith("text-decoration") and "line-through" in value for name, _, value in parts)


def is_written_struck(name: str, attributes: str) -> bool:
    """The same of attributes as they stand in a tag, or in braces after a text, where there is no name."""
    short = [] if name else _SHORT.findall(_VALUE.sub(" ", attributes))
    said = {"class": " ".join(short), "style": ""}
    for key, *values in _WRITTEN.findall(attributes):
        said[key.lower().removesuffix("name")] += f" {''.join(values)}"
    return is_struck(name, said["class"], said["style"])
