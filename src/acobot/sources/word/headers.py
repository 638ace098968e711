"""What the heads of a Word document's pages say beside names and page numbers: validity, version, whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from acobot.sources.drafting import Piece
from acobot.sources.record import BlockKind
from acobot.sources.word.blocks import Blocks
from acobot.sources.word.names import switch
from acobot.sources.word.parts import Parts

LEAST_WORDS = 7  # fewer are as a rule a name
LEAST_IN_SENTENCE = 5
LEAST_WITH_FIGURES = 4  # "Valid until March 2026"
LEAST_FIGURES = 2  # in what is written as a name: "Annual Report 2024" is one
_SMALL = 3  # letters: words that names do not write with a capital, such as "of" and "the"


def with_headers(pieces: list[Piece], body: Any, parts: Parts) -> list[Piece]:
    """The pieces with what the heads say at the beginning, under the title if there is one."""
    texts = [" ".join(piece.text.split()) for piece in pieces]
    is_titled = bool(pieces) and pieces[0].is_title
    under = 1 if is_titled and not texts[0][0].isdigit() else 0  # one with a number heads a section
    title = set(_words(texts[0])) if is_titled else set()
    new: dict[str, Piece] = {}
    for piece in _heads(body, parts):
        text = " ".join(piece.text.split())
        new_words = [word for word in _words(text) if word not in title]
        if len(new_words) >= _least(text) and not _is_name(text) and not any(text in other for other in texts):
            new.setdefault(text, Piece(BlockKind.PARAGRAPH, text))
    return [*pieces[:under], *new.values(), *pieces[under:]]


def _heads(body: Any, parts: Parts) -> Iterator[Piece]:
    """The blocks of all heads; those of first and of even pages only where they are set to have their own."""
    even = switch(parts.settings, "w:evenAndOddHeaders") is True
    read: set[str] = set()
    for section in body.iter(qn("w:sectPr")):
        for kind in ("first", "default", "even"):
            for reference in section.iterfind(qn("w:headerReference")):
                shown = {"first": switch(section, "w:titlePg") is True, "default": True, "even": even}[kind]
                relation = reference.get(qn("r:id")) or ""
                if shown and reference.get(qn("w:type"), "default") == kind and relation not in read:
                    read.add(relation)
                    root = parts.root(relation)
                    yield from Blocks(parts).pieces(root) if root is not None else ()


def _words(text: str) -> list[str]:
    return re.findall(r"\w[\w'’-]*", text.casefold())


def _least(text: str) -> int:
    if any(char.isdigit() for char in text):
        return LEAST_WITH_FIGURES
    return LEAST_IN_SENTENCE if text.endswith((".", "!", "?")) else LEAST_WORDS


def _is_name(text: str) -> bool:
    """Whether a text is written as a name is: its longer words in capitals, with next to no figures."""
    words = re.findall(rf"[^\W\d_]{{{_SMALL + 1},}}", text)
    return all(word[0].isupper() for word in words) and len(re.findall(r"\d+", text)) < LEAST_FIGURES
