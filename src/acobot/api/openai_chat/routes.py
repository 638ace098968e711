"""/v1: parse, call the assistant once, and reply as OpenAI's chat API does."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from acobot.answer import Status
from acobot.api.addresses import Addresses
from acobot.api.checked import CheckedRoute
from acobot.api.openai_chat.completing import chunks, complete, content_of
from acobot.api.openai_chat.errors import PREFIX
from acobot.api.openai_chat.listing import is_refusal
from acobot.api.openai_chat.schemas import (
    LINKED_MODEL,
    MODEL,
    MODELS,
    ChatCompletion,
    ChatMessage,
    ChatRequest,
    Model,
    ModelList,
    OpenAIErrorReply,
)
from acobot.api.problems import problem_types, title_of
from acobot.api.rate_limit import RateLimit
from acobot.api.routes import require_json
from acobot.api.streaming import EVENTS, UNBUFFERED
from acobot.assistant import Assistant
from acobot.errors import RequestError, UnknownModelError
from acobot.languages import Catalogue, Language
from acobot.question import HISTORY_MESSAGES, MESSAGE_LENGTH, Message

_BEARER = "bearer "
ModelId = Annotated[str, Path(description="the id of the model", examples=[MODEL])]


class Keys:
    """Called with a request, raises 401 unless it has one of the keys; with no keys, everybody may ask."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [key.encode() for key in keys]

    async def check(self, request: Request) -> None:
        """The same as a check of a route."""
        self(request)

    def __call__(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        key = given[len(_BEARER) :].strip() if given[: len(_BEARER)].lower() == _BEARER else ""
        # Every key is compared, whole, so that the time tells nothing of them.
        equal = [hmac.compare_digest(key.encode("latin-1"), known) for known in self._keys]
        if self._keys and not any(equal):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


def make_router(
    assistant: Assistant, language: Language, addresses: Addresses, limit: RateLimit, keys: Sequence[str]
) -> APIRouter:
    """The chat, and the models that it has."""
    texts, known_keys = language.catalogue, Keys(keys)

    class Route(CheckedRoute):
        checks = (known_keys.check, require_json, limit.check)

    router = APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(known_keys.check)],
        responses=_errors(texts, "default", 401),
        tags=["chat"],
        route_class=Route,
    )

    @router.post(
        "/chat/completions",
        response_model=ChatCompletion,
        responses=_errors(texts, 400, 404, 413, 415, 429, 503),
    )
    def create_chat_completion(body: ChatRequest, request: Request) -> object:
        """Answers the last message of the user; the messages before it are the conversation that it stands in."""
        _known(body.model)
        question, history = _conversation(body.messages)
        answer = assistant.ask(question, history)
        base = addresses.base(request)
        content = content_of(answer, language, base, linked=body.model == LINKED_MODEL)
        completion = complete(answer, content, body.model, language, base, assistant.means.encoder.count)
        if not body.stream:
            return completion
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        events = iterate_in_threadpool(chunks(completion, content, with_usage=with_usage))
        return StreamingResponse(events, media_type=EVENTS, headers=UNBUFFERED)

    @router.get("/models", responses=_errors(texts, 503))
    def list_models() -> ModelList:
        """What can be asked; the model with links is the same one, for those who know that they want it."""
        return ModelList("list", (_model(assistant, MODEL),))

    @router.get("/models/{model:path}", responses=_errors(texts, 404, 503))
    def get_model(model: ModelId) -> Model:
        """One of the models that can be asked."""
        _known(model)
        return _model(assistant, model)

    return router


def _errors(texts: Catalogue, *statuses: int | str) -> dict[int | str, dict[str, Any]]:
    """The errors of these statuses, as OpenAPI describes them; what cannot be asked has 422 elsewhere, and 400 here."""
    types = problem_types()
    described = {}
    for status in statuses:
        of = {400, 422} if status == 400 else {status}
        titles = [title_of(slug, texts) for slug, its in types.items() if status == "default" or its in of]
        described[status] = {"model": OpenAIErrorReply, "description": "; ".join(dict.fromkeys(titles))}
    return described


def _known(model: str) -> None:
    if model not in MODELS:
        known = ", ".join(repr(one) for one in MODELS)
        raise UnknownModelError("problem.unknown-model.detail", model=repr(model[:80]), known=known)


def _model(assistant: Assistant, name: str) -> Model:
    built = datetime.fromisoformat(assistant.version().manifest.built)
    return Model(name, "model", int(built.timestamp()), MODEL)


def _conversation(messages: Sequence[ChatMessage]) -> tuple[str, list[Message]]:
    """The last message of the user, whatever it holds, and the messages before it that are somebody's words."""
    places = [place for place, one in enumerate(messages) if one.role == "user"]
    if not places:
        raise RequestError("invalid.no_user_message", pointer="/messages")
    history = [
        Message(one.role, one.content[:MESSAGE_LENGTH], _status_of(one))  # type: ignore[arg-type]
        for one in messages[: places[-1]]
        if one.role in {"user", "assistant"} and one.content
    ]
    return messages[places[-1]].content, history[-HISTORY_MESSAGES:]


def _status_of(message: ChatMessage) -> str:
    """What clients of this API do not tell: that a reply was a refusal, whose question is no topic to go on about."""
    return Status.NOT_IN_SOURCES if message.role == "assistant" and is_refusal(message.content) else ""
