"""The tools: what each takes, does and gives. Knows the assistant, and nothing of the protocol.

`search` and `fetch` have the shape that chat programs ask of connectors; `ask` is what acobot is for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encode

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from acobot.answer import cautions_about, cite_passage, cite_source, source_href
from acobot.api.openai_chat.completing import GAP, content_of, own_fields
from acobot.api.openai_chat.schemas import AnswerFields
from acobot.api.schemas import History, used_messages
from acobot.api.showing import name_in_full, passage_in_full
from acobot.assistant import SHORT_DIGEST, Assistant, FoundSource
from acobot.errors import RequestError
from acobot.languages import Language

FOUND = 10  # results of a search
# A passage is fetched by its place and the beginning of its text's digest: elsewhere the same place is another passage.
_PLACE = re.compile(r"(?P<source>.+)#(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})-(?P<digest>[0-9a-f]{12})", re.DOTALL)


class SearchArguments(BaseModel):
    """What is searched for."""

    model_config = ConfigDict(strict=True, extra="ignore")

    query: str


class FetchArguments(BaseModel):
    """What is fetched: the id of a result, or of a source."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str


class AskArguments(BaseModel):
    """What is asked, in which conversation."""

    model_config = ConfigDict(strict=True, extra="ignore")

    question: str
    history: History = Field([])


@checked(frozen=True)
class Found:
    """One passage that was found."""

    id: str
    title: str
    url: str


@checked(frozen=True)
class SearchOutput:
    """What was found, best first."""

    results: tuple[Found, ...]


@checked(frozen=True)
class FetchOutput:
    """A passage or a source in full."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool gives: a text to be read, and the same as data."""

    text: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool; its words are in the catalogue under `mcp.NAME`. `run` is given the service's own address too."""

    name: str
    takes: type[BaseModel]
    gives: TypeAdapter[Any]
    asks: bool  # whether it counts as a question, or as reading a source
    run: Callable[[Assistant, Language, Any, str], Said]

    def input_schema(self) -> dict[str, Any]:
        """What it takes, as JSON Schema."""
        return self.takes.model_json_schema()

    def output_schema(self) -> dict[str, Any]:
        """What it gives, as JSON Schema."""
        return self.gives.json_schema(mode="serialization")


def _search(assistant: Assistant, language: Language, asked: SearchArguments, base: str) -> Said:
    found = assistant.search(asked.query, (), FOUND)
    results = []
    for rank, candidate in enumerate(found.candidates.chosen, start=1):
        source = found.version.corpus.source(candidate.stored.passage.source_id)
        cited = cite_passage(candidate.stored, source, rank)
        place = f"{source.id}#{cited.passage.start}-{cited.passage.end}-{source.sha256[:SHORT_DIGEST]}"
        results.append(Found(place, passage_in_full(cited, language), base + cited.href))
    return _as_json(_SEARCHED, SearchOutput(tuple(results)))


def _fetch(assistant: Assistant, language: Language, asked: FetchArguments, base: str) -> Said:
    place = _PLACE.fullmatch(asked.id)
    if place is None:
        found = assistant.find_source(asked.id)
        href = f"/sources/{percent_encode(found.source.id)}"
        return _fetched(asked.id, found, assistant, language, base + href, (0, len(found.source.text)))
    found = assistant.find_source(place["source"])
    source, start, end = found.source, int(place["start"]), int(place["end"])
    if place["digest"] != source.sha256[:SHORT_DIGEST] or not start < end <= len(source.text):
        raise RequestError("mcp.stale_id", source=repr(source.id))
    url = base + source_href(source, start, end)
    return _fetched(asked.id, found, assistant, language, url, (start, end))


def _fetched(
    place: str, found: FoundSource, assistant: Assistant, language: Language, url: str, span: tuple[int, int]
) -> Said:
    source, (start, end) = found.source, span
    cited = cite_source(source)
    cautions = cautions_about(found.version, [source.particulars], assistant.means.today())
    told = {name: str(value) for name in METADATA if (value := getattr(cited, name))}
    told |= {"original_url": cited.url} if cited.url else {}
    told |= {"cautions": " ".join(cautions)} if cautions else {}
    told |= {"source_id": source.id, "start": str(start), "end": str(end)}
    return _as_json(_FETCHED, FetchOutput(place, name_in_full(cited, language), source.text[start:end], url, told))


def _ask(assistant: Assistant, language: Language, asked: AskArguments, base: str) -> Said:
    answer = assistant.ask(asked.question, used_messages(asked.history))
    content = content_of(answer, language, base)
    whole = AnswerFields(**own_fields(answer, content, base))
    notes = [note for note in answer.notes if note not in content.answer]
    text = GAP.join([content.answer, *notes, *content.sources])
    return Said(text, _ASKED.dump_python(whole, mode="json"))


def _as_json(kind: TypeAdapter[Any], output: object) -> Said:
    content = kind.dump_python(output, mode="json")
    return Said(json.dumps(content, ensure_ascii=False), content)


METADATA = (
    *("publisher", "author", "published", "updated", "licence", "kind", "summary_of", "sha256"),
    *("valid_until", "superseded_by", "retrieved"),
)
_SEARCHED, _FETCHED, _ASKED = TypeAdapter(SearchOutput), TypeAdapter(FetchOutput), TypeAdapter(AnswerFields)
TOOLS = {
    tool.name: tool
    for tool in (
        Tool("search", SearchArguments, _SEARCHED, asks=True, run=_search),
        Tool("fetch", FetchArguments, _FETCHED, asks=False, run=_fetch),
        Tool("ask", AskArguments, _ASKED, asks=True, run=_ask),
    )
}
