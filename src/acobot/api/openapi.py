"""The OpenAPI document: what FastAPI makes of the routes, with meanings, examples, headers and names of operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from acobot.api.conditional import REVALIDATE, is_tagged
from acobot.api.described import EXAMPLES, MEANINGS
from acobot.api.streaming import EVENTS
from acobot.settings import Settings
from acobot.sources import Site

Json = dict[str, Any]

TAGS = {
    "ask": "Questions, and answers in quotes.",
    "sources": "What is answered from.",
    "service": "Whether the service lives and answers.",
    "chat": "The same answers for clients of OpenAI's chat API.",
}
_HEADERS: dict[str, tuple[str, str]] = {
    "ETag": ("the tag of these bytes, to be sent back as `If-None-Match`", '"46ec5a578144a08de4ee6289a2d07803"'),
    "Cache-Control": ("how long the reply may be kept", REVALIDATE),
    "Link": (
        'the address of the next page, with `rel="next"`',
        '</api/v1/sources?limit=1&cursor=c291cmNlczpndWlkZQ>; rel="next"',
    ),
    "RateLimit-Policy": ("how many questions (`q`) in how many seconds (`w`)", '"questions";q=60;w=60'),
    "RateLimit": (
        "how many questions are left (`r`), and in how many seconds there are more (`t`)",
        '"questions";r=9;t=31',
    ),
    "Retry-After": ("in how many seconds to ask again", "31"),
    "Preference-Applied": ("that unknown fields were passed over", "handling=lenient"),
    "WWW-Authenticate": ("how to send a key", "Bearer"),
    "X-Request-ID": (
        "the name of this request, which the log of the service has too",
        "0b8a3f6c2d1e4f5a9c7b6d8e0f1a2b3c",
    ),
}
_STREAMS = {
    "/api/v1/ask": 'event: searched_for\ndata: {"searched_for": "When does the library open?"}\n\n',
    "/v1/chat/completions": 'data: {"object": "chat.completion.chunk", "choices": [{"delta": {"content": "At"}}]}\n\n',
}
_EVENTS_SAID = {
    "/api/v1/ask": "events: `searched_for`, `before` (signposts and cautions) where there are any, "
    "each `quote` once it is proved, then `answer`, the whole, or a `problem`",
    "/v1/chat/completions": "events of chunks, the citations in the last of them; then `[DONE]`",
}
_PAGED = ("/api/v1/sources", "/api/v1/search")
_NOT_MODIFIED = "Not modified: what was got with this tag is what would be sent."
_CONDITION: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "the `ETag` of what is there already: where it is still the same, the reply is 304, without a body",
    "schema": {"type": "string", "examples": [_HEADERS["ETag"][1]]},
}
_PREFERENCE = " With `Prefer: handling=lenient`, fields that are not known are passed over."
_COUNTED = {"200", "400", "404", "422", "429", "503"}  # replies to what may have counted as a question
_SPARSE = "Problem"  # the one reply that leaves out what it has nothing for: its errors


def operation_id(route: APIRoute) -> str:
    """The name of an operation in generated clients: `listSources` for `list_sources`."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), route.name)


def describe_by(app: FastAPI, settings: Settings, about: Callable[[], Site]) -> Callable[[], Json]:
    """What is to be `app.openapi`: FastAPI's document, described once; `about` says who runs the service now."""
    generate = app.openapi
    app.openapi_tags = [{"name": name, "description": meaning} for name, meaning in TAGS.items()]
    app.servers = [{"url": settings.public_url or "/", "description": "this service"}]

    def openapi() -> Json:
        if app.openapi_schema is None:
            _describe(generate(), with_keys=bool(settings.api_keys))
        assert app.openapi_schema is not None  # noqa: S101  FastAPI has just kept it
        document: Json = app.openapi_schema
        contact = _contact(about())
        return {**document, "info": {**document["info"], "contact": contact}} if contact else document

    return openapi


def _contact(site: Site) -> Json:
    """Who runs the service, and the address at which they are reached, if it is one of the web or of mail."""
    kind = "url" if site.contact.startswith(("http:", "https:")) else "email" if "@" in site.contact else ""
    return {name: said for name, said in (("name", site.operator), (kind, site.contact)) if name and said}


def _describe(document: Json, *, with_keys: bool) -> None:
    components = document["components"]
    bodies = [one.get("requestBody") for path in document["paths"].values() for one in path.values()]
    asked = set(_named_in(bodies, components["schemas"]))
    for name, schema in components["schemas"].items():
        schema.pop("title", None)
        _describe_fields(name, schema)
        if name not in asked and name != _SPARSE:
            _require_all(schema)
    components["headers"] = {
        name: {"description": meaning, "schema": {"type": "string"}, "example": example}
        for name, (meaning, example) in _HEADERS.items()
    }
    if with_keys:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "one of its keys"}}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _add_headers(path, method, operation)
            if path in _STREAMS:
                # No type: some tools take the schema for that of each event, and some for that of the whole stream.
                stream = {"schema": {"description": _EVENTS_SAID[path]}, "example": _STREAMS[path]}
                operation["responses"]["200"]["content"][EVENTS] = stream
            if with_keys and "chat" in operation["tags"]:
                operation["security"] = [{"key": []}]


def _describe_fields(name: str, schema: Json) -> None:
    examples = EXAMPLES.get(name, {})
    for field, described in schema.get("properties", {}).items():
        described.pop("title", None)
        described["description"] = MEANINGS.get(f"{name}.{field}") or MEANINGS[field]
        described["examples"] = [examples[field]]
        pair = described.get("items", {})
        if "prefixItems" in pair:  # said twice, for tools that do not know tuples
            pair["items"] = pair["prefixItems"][0]
    if examples:
        schema["examples"] = [examples]


def _require_all(schema: Json) -> None:
    """Every field is in every reply, also those that our own records may leave out."""
    if "properties" in schema:
        schema["required"] = list(schema["properties"])
        for described in schema["properties"].values():
            described.pop("default", None)


def _named_in(part: object, schemas: Json) -> Iterator[str]:
    """The names of the schemas that a part of the document is made of."""
    if isinstance(part, dict):
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            yield name
            yield from _named_in(schemas[name], schemas)
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _named_in(one, schemas)


def _add_headers(path: str, method: str, operation: Json) -> None:
    """The headers of each reply, and those of requests. An asked one tells of the rate also where it is refused."""
    kept = method == "get" and is_tagged(path)
    asked = "429" in operation["responses"] and not is_tagged(path)  # what is read tells nothing that caches would keep
    lenient = asked and "ask" in operation["tags"]
    if kept:
        operation.setdefault("parameters", []).append(_CONDITION)
        operation["responses"]["304"] = {"description": _NOT_MODIFIED}
    if lenient:
        operation["description"] += _PREFERENCE
    for status, reply in operation["responses"].items():
        names = ["X-Request-ID"]
        names += ["RateLimit-Policy", "RateLimit"] if asked and status in _COUNTED else []
        names += ["ETag", "Cache-Control"] if kept and status in {"200", "304"} else []
        if status == "200":
            names += ["Link"] if path in _PAGED else []
            names += ["Preference-Applied"] if lenient else []
        names += {"429": ["Retry-After"], "401": ["WWW-Authenticate"]}.get(status, [])
        reply["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
