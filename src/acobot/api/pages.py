"""The chat, as a page and to be embedded in another: parse, call the assistant once, render. No JavaScript needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.parse import quote as percent_encode

from fastapi import APIRouter, Form, Request
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acobot.answer import Answer, LimitSaid, cite_source, quoted
from acobot.api.problems import Problem, problem_of
from acobot.api.rate_limit import RateLimit
from acobot.api.rendering import EMBEDDED, Renderer, wants_fragment
from acobot.api.schemas import HistoryMessage, used_messages
from acobot.api.showing import after_quotes, extent, heard, name_in_full, site_name, spelled_out
from acobot.assistant import Assistant
from acobot.errors import AcobotError, UnknownSourceError
from acobot.index import Version
from acobot.languages import Language
from acobot.question import HISTORY_MESSAGES, MESSAGE_LENGTH, Message

EXAMPLES = 6
QUESTION_REFUSED = (400, 422)  # statuses that say that something is wrong with what was asked
SOURCES = "/sources/"  # where the addresses of their pages begin
_HISTORY = TypeAdapter(list[HistoryMessage])


def make_router(assistant: Assistant, renderer: Renderer, limit: RateLimit) -> APIRouter:
    """The chat: its page, a permalink to an answer, a question to be changed before it is asked, and the form."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    @router.get(EMBEDDED)
    def chat(request: Request, q: str | None = None, draft: str = "") -> Response:
        if q is not None:
            return _asked(request, q, [])
        version = assistant.version()
        return _page(request, version, examples=version.corpus.first_asks()[:EXAMPLES], question=draft)

    @router.post("/")
    @router.post(EMBEDDED)
    def asked(request: Request, q: Annotated[str, Form()] = "", history: Annotated[str, Form()] = "") -> Response:
        return _asked(request, q, _read_history(history))

    def _asked(request: Request, question: str, history: list[Message]) -> Response:
        try:
            limit(request)
            answer = assistant.ask(question, history)
        except (AcobotError, HTTPException) as error:
            if wants_fragment(request):
                raise
            # The question stays in its box, with what is wrong below it.
            shown = question[:MESSAGE_LENGTH]  # of a longer one nobody would look for what to shorten
            return _page(request, problem=problem_of(error, renderer.texts), history=history, question=shown)
        version, language = assistant.version(), renderer.language
        return _page(
            request,
            version,
            "answer_fragment.html" if wants_fragment(request) else "chat.html",
            history=history,
            answer=answer,
            notes_before=answer.cautions,
            notes_after=after_quotes(answer),
            read_on=_read_on(version, answer.limit, language),
            abbreviations=spelled_out(answer, version.abbreviations, language),
            heard=heard(answer, language),
            permalink=_permalink(answer, follows=bool(history)),
        )

    def _page(
        request: Request,
        version: Version | None = None,
        template: str = "chat.html",
        problem: Problem | None = None,
        history: Sequence[Message] = (),
        **values: Any,
    ) -> Response:
        corpus = version.corpus if version else None
        shown = {
            "home": request.url.path,
            "embedded": request.url.path == EMBEDDED,
            "question": "",
            "answer": None,
            "examples": (),
            "fragment": template == "answer_fragment.html",
            "extent": extent(len(corpus.source_ids), corpus.extent().dates, renderer.language)
            if corpus
            else renderer.texts.say("extent.unknown"),
            "in_our_words": corpus is not None and corpus.extent().kinds == {"summary"},
            **values,
            "problem": problem.for_people(renderer.texts, asked=True)[1] if problem else "",
            "question_refused": problem is not None and problem.status in QUESTION_REFUSED,
            "earlier": [message.content for message in history if message.role == "user"],
            "history": _write_history(history, values.get("answer")),
        }
        return renderer.page(
            template, problem.status if problem else 200, problem.headers if problem else None, **shown
        )

    return router


def _permalink(answer: Answer, *, follows: bool) -> str:
    """An address that asks the same again; a follow-up is asked with the words that it took from the conversation."""
    question = (follows and answer.searched_for) or answer.question
    return f"/?q={percent_encode(question, safe='')}"


def _read_on(version: Version, limit: LimitSaid | None, language: Language) -> str:
    """What a limit's link leads to: a heading of a source, the source, or another site."""
    if not limit or not limit.see:
        return ""
    address = urlsplit(limit.see)
    if address.netloc:
        return site_name(limit.see)
    try:
        source = version.corpus.source(unquote(address.path.removeprefix(SOURCES)))
    except UnknownSourceError:  # another version went live meanwhile
        return language.catalogue.say("source.the_source")
    place = parse_qs(address.query)
    heading = source.text[int(place["start"][0]) : int(place["end"][0])]
    if heading:
        return quoted(language, " ".join(heading.split()))
    return name_in_full(cite_source(source), language)


def _write_history(history: Sequence[Message], answer: Answer | None) -> str:
    """The conversation as the form carries it, with this answer at its end."""
    messages = list(history)
    if answer is not None:
        said = Message("assistant", answer.answer[:MESSAGE_LENGTH], answer.status.value)
        messages += [Message("user", answer.question), said]
    written = [
        {"role": one.role, "content": one.content, **({"status": one.status} if one.status else {})}
        for one in messages[-HISTORY_MESSAGES:]
    ]
    return json.dumps(written, ensure_ascii=False)


def _read_history(form_value: str) -> list[Message]:
    """The conversation that the form carries; nothing where it is not what we wrote there."""
    try:
        return used_messages(_HISTORY.validate_json(form_value))
    except ValidationError:
        return []
