"""The chat page: parse, call the assistant once, render. It works without JavaScript."""

from __future__ import annotations

import json
from typing import Annotated
from urllib.parse import quote as percent_encode

from fastapi import APIRouter, Form, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import Response

from acobot.answer import Answer, suggest_questions
from acobot.api.rendering import Renderer, wants_fragment
from acobot.api.routes import HistoryMessage
from acobot.assistant import Assistant
from acobot.errors import QuestionError
from acobot.question import HISTORY_MESSAGES, MESSAGE_LENGTH, Message

EXAMPLES = 6
_HISTORY = TypeAdapter(list[HistoryMessage])


def make_router(assistant: Assistant, renderer: Renderer) -> APIRouter:
    """The chat: its page, a permalink to an answer, and the form."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/", methods=["GET", "HEAD"])
    def chat(request: Request, q: str = "") -> Response:
        if "q" not in request.query_params:
            return _chat_page(request, "", [], None)
        return _asked(request, q, [])

    @router.post("/")
    def asked(request: Request, q: Annotated[str, Form()] = "", history: Annotated[str, Form()] = "") -> Response:
        return _asked(request, q, _read_history(history))

    def _asked(request: Request, question: str, history: list[Message]) -> Response:
        try:
            answer = assistant.ask(question, history)
        except QuestionError as error:
            if wants_fragment(request):
                raise
            return _chat_page(request, question, history, None, str(error), status=422)
        return _chat_page(request, "", history, answer)

    def _chat_page(
        request: Request,
        question: str,
        history: list[Message],
        answer: Answer | None,
        problem: str = "",
        status: int = 200,
    ) -> Response:
        version = assistant.version()
        after = _with_answer(history, answer)
        return renderer.page(
            "answer_fragment.html" if answer and wants_fragment(request) else "chat.html",
            status,
            question=question,
            earlier=[message.content for message in history if message.role == "user"],
            answer=answer,
            permalink=f"/?q={percent_encode(answer.searched_for, safe='')}" if answer else "",
            history=json.dumps([{"role": one.role, "content": one.content} for one in after], ensure_ascii=False),
            problem=problem,
            examples=suggest_questions(version)[:EXAMPLES],
        )

    return router


def _with_answer(history: list[Message], answer: Answer | None) -> list[Message]:
    if answer is None:
        return history
    asked = Message("user", answer.question)
    said = Message("assistant", answer.answer[:MESSAGE_LENGTH])
    return [*history, asked, said][-HISTORY_MESSAGES:]


def _read_history(form_value: str) -> list[Message]:
    """The conversation that the form carries; nothing where it is not what we wrote there."""
    try:
        messages = _HISTORY.validate_json(form_value)
    except ValidationError:
        return []
    return [Message(one.role, one.content[:MESSAGE_LENGTH]) for one in messages[-HISTORY_MESSAGES:]]
