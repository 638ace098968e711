"""Texts in a markup of their own, saved as plain text or Markdown → Markdown. Text in, text out; knows no blocks."""

from __future__ import annotations

from acobot.sources import asciidoc, restructured


def as_markdown(body: str) -> str:
    """A text in AsciiDoc or reStructuredText as Markdown has it; "" for any other."""
    if restructured.is_restructured(body):
        return restructured.as_markdown(body)
    return asciidoc.as_markdown(body) if asciidoc.is_asciidoc(body) else ""
