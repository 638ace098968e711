"""Several questions in one request, each with its own answer or problem.

Each waits its turn among all requests, so that a batch keeps nobody waiting for longer than a question does.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from acobot.answer import Answer
from acobot.api.lenient import PREFERENCE, known_only, prefers_lenient
from acobot.api.problems import details_of, problem_of
from acobot.api.rate_limit import RateLimit
from acobot.api.schemas import MOST_QUESTIONS, AskRequest, BatchRequest, used_messages
from acobot.assistant import Assistant
from acobot.errors import AcobotError, RequestError
from acobot.languages import Catalogue

_ANSWER, _ASKED = TypeAdapter(Answer), TypeAdapter(AskRequest)


async def answer_batch(
    assistant: Assistant, texts: Catalogue, limit: RateLimit, body: BatchRequest, request: Request
) -> Response:
    """The answers in the order of the questions; each question counts towards the rate, the first one already did."""
    if not 1 <= len(body.questions) <= MOST_QUESTIONS:
        raise RequestError("invalid.batch_size", pointer="/questions", most=MOST_QUESTIONS)
    lenient = prefers_lenient(request)
    results = []
    for place, question in enumerate(body.questions):
        try:
            if place:
                limit(request)
            asked = known_only(question, AskRequest) if lenient else question
            answer = await run_in_threadpool(_answer, assistant, asked)
        except (AcobotError, HTTPException, RequestValidationError) as error:
            results.append({"answer": None, "problem": details_of(problem_of(error, texts))})
        else:
            results.append({"answer": answer, "problem": None})
    return JSONResponse({"results": results}, headers={"Preference-Applied": PREFERENCE} if lenient else {})


def _answer(assistant: Assistant, question: Any) -> Any:
    try:
        asked = _ASKED.validate_python(question)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
    answer = assistant.ask(asked.question, used_messages(asked.history), asked.source_ids, asked.max_quotes)
    return _ANSWER.dump_python(answer, mode="json")
