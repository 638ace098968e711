"""Requests made up from the OpenAPI document, valid and not, and whether each reply is as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import schemathesis
import schemathesis.specs.openapi.examples
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

# A schema cannot say that a question must hold a word, or that a cursor must be one of ours.
ALSO_FOR_VALID = ["2xx", "400", "404", "410", "422"]
BATCH = "/api/v1/ask/batch"  # what is wrong with one of its questions is told in a reply with 200


def made_up(app: FastAPI, cases: int) -> Iterator[tuple[str, int]]:
    """Sends so many requests of each kind to each operation; gives its name and how many there were.

    Raises what schemathesis finds, by all its checks.
    """
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    schema.config.checks.positive_data_acceptance.expected_statuses = ALSO_FOR_VALID
    results: Iterator[Any] = iter(schema.get_all_operations())
    for operation in (result.ok() for result in results):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            schema.config.checks.negative_data_rejection.enabled = operation.path != BATCH
            yield f"{mode.value} {operation.method} {operation.path}", _send(operation, mode, cases)


def _send(operation: Any, mode: GenerationMode, cases: int) -> int:
    sent = 0

    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(
        max_examples=cases,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def send(case: Any) -> None:
        nonlocal sent
        sent += 1
        case.call_and_validate()

    try:
        send()
    except Unsatisfiable:  # an operation that takes nothing cannot be asked wrongly
        assert mode is GenerationMode.NEGATIVE
    return sent
