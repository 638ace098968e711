"""The OpenAPI document: valid, complete, and true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.api.described import EXAMPLES, MEANINGS
from acobot.api.openapi import TAGS
from tests.described import validator
from tests.fakes import build, make_assistant, write_sources
from tests.fuzzing import made_up
from tests.unit.api.conftest import settings_with

Make = Callable[..., TestClient]
FEW, MANY = 4, 240  # requests of each kind to each operation
IDS = {
    "ask", "askBatch", "search", "listSources", "getSource", "getIndex", "healthz", "readyz", "createChatCompletion",
    "listModels", "getModel",
}  # fmt: skip


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_operations_have_the_names_that_clients_get(document: dict[str, Any]) -> None:
    assert {operation["operationId"] for _, _, operation in operations(document)} == IDS
    tags = [tag for _, _, operation in operations(document) for tag in operation["tags"]]
    assert len(tags) == len(IDS)
    assert set(tags) == set(TAGS) == {tag["name"] for tag in document["tags"]}
    assert all(operation["description"] for _, _, operation in operations(document))


def test_every_field_has_a_meaning_and_an_example(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            assert described["description"], (name, field)
            assert len(described["examples"]) == 1, (name, field)
        assert "enum" in schema or schema["examples"], name
    for path, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
            assert parameter["schema"]["examples"] if "examples" in parameter["schema"] else parameter["examples"]


def test_every_example_is_one(app: FastAPI, document: dict[str, Any]) -> None:
    for name, example in EXAMPLES.items():
        validator(app, f"#/components/schemas/{name}").validate(example)
        assert set(example) == set(document["components"]["schemas"][name]["properties"]), name


def test_no_meaning_is_left_over(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    fields = {field for schema in schemas.values() for field in schema.get("properties", {})}
    for name in MEANINGS:
        record, _, field = name.rpartition(".")
        assert field in (schemas[record]["properties"] if record else fields), name


def test_every_field_of_a_reply_is_there_but_for_the_errors_of_a_problem(document: dict[str, Any]) -> None:
    schemas = {name: schema for name, schema in document["components"]["schemas"].items() if "properties" in schema}
    optional = {
        (name, field)
        for name, schema in schemas.items()
        for field in set(schema["properties"]) - set(schema.get("required", ()))
    }
    asked = ("Request", "Message", "Options")
    assert {one for one in optional if not one[0].endswith(asked)} == {("Problem", "errors")}
    assert ("AskRequest", "history") in optional


def test_who_runs_the_service_is_told_where_it_is_known(client_with: Make) -> None:
    assert "contact" not in client_with().get("/openapi.json").json()["info"]
    told = client_with(operator="The Library", contact="help@library.example").get("/openapi.json").json()["info"]
    assert told["contact"] == {"name": "The Library", "email": "help@library.example"}
    page = client_with(contact="https://library.example/help").get("/openapi.json").json()["info"]
    assert page["contact"] == {"url": "https://library.example/help"}


def test_who_runs_the_service_may_be_said_beside_the_sources_and_change_with_them(tmp_path: Path) -> None:
    settings = settings_with(tmp_path)
    site = "operator: Ann\ncontact: 0123 456\n"  # which the document has no place for
    assistant = make_assistant(tmp_path, {"rules.md": "The bar opens at nine.\n", "_site.yaml": site})
    client = TestClient(create_app(assistant, settings))
    assert client.get("/openapi.json").json()["info"]["contact"] == {"name": "Ann"}
    write_sources(settings.sources, {"_site.yaml": "operator: Bea\ncontact: bea@example.org\n"})
    build(settings)
    assistant.refresh()
    assert client.get("/openapi.json").json()["info"]["contact"] == {"name": "Bea", "email": "bea@example.org"}


def test_there_is_one_schema_of_a_problem(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        for status, reply in operation["responses"].items():
            if status not in {"200", "304"} and not path.startswith("/v1/"):
                assert reply["content"] == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }


def test_headers_are_documented(document: dict[str, Any]) -> None:
    headers = {
        (operation["operationId"], status): set(reply.get("headers", {}))
        for _, _, operation in operations(document)
        for status, reply in operation["responses"].items()
    }
    named = {"X-Request-ID"}
    assert headers["ask", "200"] == named | {"RateLimit-Policy", "RateLimit", "Preference-Applied"}
    assert headers["ask", "429"] == named | {"RateLimit-Policy", "RateLimit", "Retry-After"}
    assert headers["ask", "503"] == named | {"RateLimit-Policy", "RateLimit"}
    assert headers["listSources", "200"] == named | {"ETag", "Cache-Control", "Link"}
    assert headers["getModel", "401"] == named | {"WWW-Authenticate"}
    assert all(named <= those for those in headers.values())


def test_a_condition_and_what_it_gives_are_documented(document: dict[str, Any]) -> None:
    conditional = set()
    for _, _, operation in operations(document):
        if any(one["name"] == "If-None-Match" for one in operation.get("parameters", [])):
            conditional.add(operation["operationId"])
            assert set(operation["responses"]["304"]) == {"description", "headers"}
            assert {"ETag", "Cache-Control"} <= set(operation["responses"]["304"]["headers"])
    assert conditional == {"listSources", "getSource", "getIndex"}


def test_the_preference_is_documented_where_it_is_heeded(document: dict[str, Any]) -> None:
    told = {one["operationId"] for _, _, one in operations(document) if "handling=lenient" in one["description"]}
    assert told == {"ask", "askBatch", "search"}


def test_streams_are_described_and_have_no_type_that_their_events_could_be_held_to(document: dict[str, Any]) -> None:
    streams = {
        operation["operationId"]: operation["responses"]["200"]["content"]["text/event-stream"]
        for _, _, operation in operations(document)
        if "text/event-stream" in operation["responses"]["200"]["content"]
    }
    assert set(streams) == {"ask", "createChatCompletion"}
    assert all(set(one["schema"]) == {"description"} and one["example"] for one in streams.values())


def test_the_server_is_where_it_is_reached(client_with: Make) -> None:
    assert client_with().get("/openapi.json").json()["servers"][0]["url"] == "/"
    public = client_with(public_url="https://acobot.example").get("/openapi.json").json()
    assert public["servers"][0]["url"] == "https://acobot.example"


def test_keys_are_told_of_where_they_are_asked_for(client_with: Make) -> None:
    open_to_all, keyed = (client_with(api_keys=keys).get("/openapi.json").json() for keys in ((), ("secret",)))
    assert "securitySchemes" not in open_to_all["components"]
    assert keyed["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    secured = {operation["operationId"] for _, _, operation in operations(keyed) if "security" in operation}
    assert secured == {"createChatCompletion", "listModels", "getModel"}
    assert "secret" not in str(keyed)


@pytest.mark.parametrize("cases", [FEW, pytest.param(MANY, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_every_reply_to_what_is_made_up_is_as_the_document_says(app: FastAPI, cases: int) -> None:
    sent = dict(made_up(app, cases))
    assert len(sent) == 2 * len(IDS)
    assert all(sent[name] for name in sent if name.startswith("positive"))
