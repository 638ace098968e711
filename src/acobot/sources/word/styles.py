"""What the styles of a Word document make of its paragraphs and runs. Knows no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from acobot.sources.word.names import RUN_PROPERTIES, number, properties_of, switch, value


class Styles:
    """The document's styles by their ids; each may be based on another."""

    def __init__(self, document: WordDocument) -> None:
        self._elements = {
            element.get(qn("w:styleId")): element for element in document.styles.element.iter(qn("w:style"))
        }
        self._switches: dict[tuple[str | None, str], bool | None] = {}
        self._default = next(
            (
                style_id
                for style_id, element in self._elements.items()
                if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in {"1", "true", "on"}
            ),
            None,
        )

    def of(self, properties: Any) -> str | None:
        """The style that a paragraph's properties name, or that of paragraphs that name none."""
        return value(properties, "w:pStyle") or self._default

    def names(self, style_id: str | None) -> list[str]:
        """The style's name and those that it is based on."""
        return [value(element, "w:name") or "" for element in self._chain(style_id)]

    def outline(self, properties: Any) -> int | None:
        """The heading level that a paragraph's properties or their style give, from 0, or None; 9 is body text."""
        said = (number(value(one, "w:outlineLvl")) for one in self._properties(properties))
        return next((level for level in said if level is not None), None)

    def numbering(self, properties: Any) -> tuple[str, str | None, str | None] | None:
        """The number's id, the level, and the style that says so (None: the paragraph); None where it has no number.

        Number 0 takes a paragraph out of its style's list.
        """
        level = None
        for place, one in enumerate(self._properties(properties)):
            says = one.find(qn("w:numPr")) if one is not None else None
            if says is None:
                continue
            level = level or value(says, "w:ilvl")
            if (found := value(says, "w:numId")) is not None:
                named = one.getparent().get(qn("w:styleId")) if place else None
                return None if found == "0" else (found, level, named)
        return None

    def numbered_as(self, style_id: str | None) -> str | None:
        """The number's id that a style of lists stands for."""
        says = (properties_of(one) for one in self._chain(style_id))
        found = (value(one.find(qn("w:numPr")), "w:numId") for one in says if one is not None)
        return next((one for one in found if one), None)

    def has(self, run: Any, name: str, style_id: str | None) -> bool:
        """Whether something such as w:strike holds for a run, by itself, by its style, or by its paragraph's."""
        own = run.find(RUN_PROPERTIES)
        said = (switch(own, name), self._switch(value(own, "w:rStyle"), name), self._switch(style_id, name))
        return next((one for one in said if one is not None), False)

    def _switch(self, style_id: str | None, name: str) -> bool | None:
        key = (style_id, name)
        if key not in self._switches:
            said = (switch(one.find(RUN_PROPERTIES), name) for one in self._chain(style_id))
            self._switches[key] = next((one for one in said if one is not None), None)
        return self._switches[key]

    def _properties(self, properties: Any) -> Iterator[Any]:
        """A paragraph's own properties, then those of its style and of the styles that this is based on."""
        yield properties
        for element in self._chain(self.of(properties)):
            yield properties_of(element)

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str | None] = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            yield self._elements[style_id]
            style_id = value(self._elements[style_id], "w:basedOn")
