"""What stands under a reply where nothing but its content is shown: its sources, or what came nearest, as Markdown."""

from __future__ import annotations

import re

from acobot.answer import Answer
from acobot.api.showing import passage_in_full, site_name, without_reordering
from acobot.languages import Language

_MARKS = re.compile(r"[\\`*_\[\]<]")  # what would begin something else in the words of a link
_ITEM = "- ["  # begins a line of what came nearest
_ENDS = str.maketrans({"(": "%28", ")": "%29"})  # what would end its address


def list_sources(answer: Answer, language: Language, base: str) -> list[str]:
    """A paragraph each: whose words each number stands for, where to read on, what came nearest.

    A link opens the quote itself, or the passage where several of one number stand in it.
    """
    quoted: dict[int, list[str]] = {}
    for quote in answer.quotes:
        quoted.setdefault(quote.citation, []).append(quote.href)
    paragraphs = []
    for one in answer.citations:
        alone, *others = quoted.get(one.number) or [one.href]
        paragraphs.append(
            f"[{one.number}] {_link(passage_in_full(one, language), base + (one.href if others else alone))}"
        )
    if answer.limit and answer.limit.see:
        paragraphs.append(language.catalogue.say("answer.read_on", place=_read_on(answer.limit.see, language, base)))
    if answer.nearest:
        # Every other refusal says so itself.
        paragraphs += [language.catalogue.say("answer.nearest")] if answer.limit else []
        paragraphs.append(
            "\n".join(f"- {_link(passage_in_full(one, language), base + one.href)}" for one in answer.nearest)
        )
    return paragraphs


def is_refusal(content: str) -> bool:
    """Whether a reply that a client sends back was a refusal: only those list what came nearest."""
    return any(line.startswith(_ITEM) and line.rstrip().endswith("#quote)") for line in content.splitlines())


def _read_on(see: str, language: Language, base: str) -> str:
    if see.startswith("/"):
        return _link(language.catalogue.say("source.the_source"), base + see)
    return _link(site_name(see), see)


def _link(words: str, address: str) -> str:
    shown = _MARKS.sub(r"\\\g<0>", " ".join(without_reordering(words).split()))
    return f"[{shown}]({address.translate(_ENDS)})"
