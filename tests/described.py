"""Replies against the OpenAPI document: a test client that looks at each of them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from fastapi import FastAPI
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.testclient import TestClient

DOCUMENT = "urn:acobot:openapi"
BODILESS = {204, 304}


class DescribedClient(TestClient):
    """A client whose every reply must be as the document says; what the document does not name is let pass."""

    def request(self, method: str, url: Any, **more: Any) -> Any:
        reply = super().request(method, url, **more)
        assert isinstance(self.app, FastAPI)
        check_reply(self.app, method, reply.request.url.path, reply)
        return reply


def check_reply(app: FastAPI, method: str, path: str, reply: Any) -> None:
    """Fails where a reply is not as the document says."""
    operation = operation_of(app, method, re.sub(r"^/api/(?!v1/)", "/api/v1/", path))
    if operation is None or reply.status_code in BODILESS or method == "HEAD":
        return
    responses = operation["responses"]
    described = responses.get(str(reply.status_code), responses["default"])
    kind = reply.headers["content-type"].partition(";")[0]
    assert kind in described["content"], (method, path, reply.status_code, kind)
    for name in {"ratelimit", "etag", "retry-after", "link", "preference-applied"} & set(reply.headers):
        assert name in {one.lower() for one in described.get("headers", {})}, (method, path, reply.status_code, name)
    reference = described["content"][kind]["schema"].get("$ref")
    if reference:
        validator(app, reference).validate(reply.json())


def operation_of(app: FastAPI, method: str, path: str) -> Any:
    """The operation that the document has for a request, if any."""
    for template, methods in app.openapi()["paths"].items():
        pattern = re.sub(r"\\\{source_id\\\}", ".+", re.escape(template))
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", pattern), path):
            return methods.get(method.lower())
    return None


@cache
def validator(app: FastAPI, reference: str) -> Any:
    """What validates against a schema of the document."""
    return Draft202012Validator({"$ref": DOCUMENT + reference}, registry=registry(app))


@cache
def registry(app: FastAPI) -> Any:
    """The document as other schemas refer to it."""
    everything: Registry[Any] = Registry()
    return everything.with_resource(DOCUMENT, DRAFT202012.create_resource(app.openapi()))
