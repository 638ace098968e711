"""An answer → a chat completion, whole or in chunks: its content, where each quote stands in it, and the citations."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

from acobot.answer import Answer, Quote, as_read
from acobot.api.openai_chat.listing import list_sources
from acobot.api.openai_chat.schemas import (
    AnswerFields,
    ChatAnnotation,
    ChatChoice,
    ChatCompletion,
    ChatQuote,
    ChatReply,
    ChatUsage,
    UrlCitation,
)
from acobot.api.showing import name_in_full, turn_after, turn_first
from acobot.languages import Language

GAP = "\n\n"
END = b"data: [DONE]\n\n"
_TO_JSON = {"ensure_ascii": False, "separators": (",", ":")}


@dataclass(frozen=True, slots=True)
class Content:
    """What a reply says; of each quote, as they are read, where its words and its number stand, in code points."""

    answer: str
    sources: tuple[str, ...]  # paragraphs under it
    places: tuple[tuple[Quote, int, int, int], ...]  # quote, start, end of its words, end of its number

    @property
    def text(self) -> str:
        """All of it."""
        return GAP.join([self.answer, *self.sources])


def content_of(answer: Answer, language: Language, base: str, *, linked: bool = True) -> Content:
    """The answer with where to turn and what holds no longer, for nobody must read it without; its sources if `linked`.

    `base` is the service's own address.
    """
    before = [one.text for one in turn_first(answer)]
    before += answer.cautions if answer.quotes else ()
    after = [one.text for one in turn_after(answer)]
    at = sum(len(text) + len(GAP) for text in before)
    places = []
    for quote in as_read(answer.quotes):
        end = at + len(quote.text)
        number_end = end + len(f" [{quote.citation}]")
        places.append((quote, at, end, number_end))
        at = number_end + 1
    sources = tuple(list_sources(answer, language, base)) if linked else ()
    return Content(GAP.join([*before, answer.answer, *after]), sources, tuple(places))


def complete(
    answer: Answer, content: Content, model: str, language: Language, base: str, count: Callable[[str], int]
) -> ChatCompletion:
    """The completion of a model; `base` is the service's own address, `count` gives the word pieces of a text."""
    asked, said = count(answer.question), count(content.text)
    reply = ChatReply("assistant", content.text, None, _annotations(answer, content, language, base))
    return ChatCompletion(
        id=f"chatcmpl-{uuid.uuid4().hex}",
        object="chat.completion",
        created=int(time.time()),
        model=model,
        choices=(ChatChoice(0, reply, None, "stop"),),
        usage=ChatUsage(asked, said, asked + said),
        acobot=AnswerFields(**own_fields(answer, content, base)),
    )


def chunks(completion: ChatCompletion, content: Content, *, with_usage: bool) -> Iterator[bytes]:
    """The completion as events: the content quote by quote; citations and what is ours come with the last of it."""
    head = {
        "id": completion.id,
        "object": "chat.completion.chunk",
        "created": completion.created,
        "model": completion.model,
        **({"usage": None} if with_usage else {}),
    }

    def event(delta: dict[str, object], finish: str | None = None, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**head, "choices": [choice], **more})

    yield event({"role": "assistant", "content": ""})
    for piece in _pieces(content):
        yield event({"content": piece})
    annotations = [asdict(one) for one in completion.choices[0].message.annotations]
    yield event({"annotations": annotations}, "stop", acobot=asdict(completion.acobot))
    if with_usage:
        yield _event({**head, "choices": [], "usage": asdict(completion.usage)})
    yield END


def _event(content: dict[str, object]) -> bytes:
    return f"data: {json.dumps(content, **_TO_JSON)}\n\n".encode()  # type: ignore[arg-type]


def _pieces(content: Content) -> list[str]:
    """The content cut after each quote's number; what comes before and after stands alone, and so do the sources."""
    cuts = [0, *(end for _, _, _, end in content.places), len(content.answer), len(content.text)]
    pieces = [content.text[a:b] for a, b in pairwise(cuts)]
    return [piece for piece in pieces if piece]


def _annotations(answer: Answer, content: Content, language: Language, base: str) -> tuple[ChatAnnotation, ...]:
    sources = {one.number: one.source for one in answer.citations}
    return tuple(
        ChatAnnotation(
            "url_citation",
            UrlCitation(end + 1, number_end, name_in_full(sources[quote.citation], language), base + quote.href),
        )
        for quote, _, end, number_end in content.places
    )


def own_fields(answer: Answer, content: Content, base: str) -> dict[str, Any]:
    """What an answer has besides its content; its quotes also say where they stand in the content."""
    digests = {one.number: one.source.sha256 for one in answer.citations}
    where = {(quote.source_id, quote.start): (start, end) for quote, start, end, _ in content.places}
    quotes = []
    for quote in answer.quotes:
        start, end = where[quote.source_id, quote.start]
        quotes.append(
            ChatQuote(
                **asdict(quote),
                sha256=digests[quote.citation],
                url=base + quote.href,
                content_start=start,
                content_end=end,
            )
        )
    kept = {one.name: getattr(answer, one.name) for one in fields(AnswerFields)}
    return {**kept, "answer": content.answer, "quotes": tuple(quotes)}
