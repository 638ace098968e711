"""The tools and the sources as a server of the protocol, by its official library. Knows no transport.

The library is an extra: this module is imported only where it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote, unquote

import anyio.to_thread
import mcp_types as types
from fastapi.exceptions import RequestValidationError
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

import acobot
from acobot.answer import cautions_about, cite_source
from acobot.api.mcp_server.tools import TOOLS, Tool
from acobot.api.paging import Listed, read_cursor, write_cursor
from acobot.api.problems import problem_of
from acobot.api.showing import name_in_full
from acobot.assistant import Assistant
from acobot.errors import AcobotError, UnknownSourceError
from acobot.languages import Language

RESOURCES = "acobot://sources/"
PAGE = 100  # resources a page
PLAIN = "text/plain"

Asked = TypeVar("Asked")
Given = TypeVar("Given")
_Context = ServerRequestContext[Any]


def make_server(assistant: Assistant, language: Language, base_of: Callable[[Any], str]) -> Server[Any]:
    """The server; `base_of` gives the service's own address, by the request where there is one."""
    handlers = _Handlers(assistant, language, base_of)
    return Server(
        "acobot",
        version=acobot.__version__,
        title=assistant.site().title or "acobot",
        instructions=language.catalogue.say("mcp.instructions", subject=handlers.subject()),
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
    )


class _Handlers:
    """What is done for each kind of request."""

    def __init__(self, assistant: Assistant, language: Language, base_of: Callable[[Any], str]) -> None:
        self._assistant, self._language, self._texts = assistant, language, language.catalogue
        self._base_of = base_of

    def subject(self) -> str:
        """What the service is about."""
        return self._assistant.site().subject or self._texts.say("mcp.no_subject")

    async def list_tools(self, _: _Context, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[self._describe(tool) for tool in TOOLS.values()])

    async def call_tool(self, context: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, self._texts.say("mcp.unknown_tool", tools=", ".join(TOOLS)))
        base = self._base_of(context.request)
        try:
            asked = _arguments(tool, params.arguments or {})
            said = await anyio.to_thread.run_sync(tool.run, self._assistant, self._language, asked, base)
        except Exception as error:  # whatever it is, it is told in words, and logged without those that were sent
            told = problem_of(error, self._texts).detail
            return types.CallToolResult(content=[types.TextContent(text=told)], is_error=True)
        return types.CallToolResult(content=[types.TextContent(text=said.text)], structured_content=said.content)

    async def list_resources(
        self, _: _Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        return await self._reading(self._list, params.cursor if params else None)

    def _list(self, cursor: str | None) -> types.ListResourcesResult:
        after = read_cursor(Listed.SOURCES, cursor) if cursor else ""
        version, today = self._assistant.version(), self._assistant.means.today()
        cards = list(version.corpus.cards(after, PAGE + 1))
        shown = cards[:PAGE]
        resources = [
            types.Resource(
                uri=RESOURCES + quote(card.id),
                name=card.id,
                title=name_in_full(cite_source(card), self._language),
                description=" ".join(cautions_about(version, [card.particulars], today)) or None,
                mime_type=PLAIN,
            )
            for card in shown
        ]
        following = write_cursor(Listed.SOURCES, shown[-1].id) if len(shown) < len(cards) else None
        return types.ListResourcesResult(resources=resources, next_cursor=following)

    async def list_templates(
        self, _: _Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            uri_template=f"{RESOURCES}{{+id}}",  # slashes stay as they are
            name="source",
            title=self._texts.say("mcp.resource.title"),
            description=self._texts.say("mcp.resource.description"),
            mime_type=PLAIN,
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(self, _: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await self._reading(self._read, str(params.uri))

    def _read(self, uri: str) -> types.ReadResourceResult:
        if not uri.startswith(RESOURCES):
            raise UnknownSourceError("problem.unknown-source.detail", source=repr(uri))
        source = self._assistant.source(unquote(uri.removeprefix(RESOURCES)))
        content = types.TextResourceContents(uri=uri, mime_type=PLAIN, text=source.text)
        return types.ReadResourceResult(contents=[content])

    async def _reading(self, read: Callable[[Asked], Given], asked: Asked) -> Given:
        """What is read in a thread of its own, so that others are answered meanwhile."""
        try:
            return await anyio.to_thread.run_sync(read, asked)
        except AcobotError as error:
            raise MCPError(types.INVALID_PARAMS, problem_of(error, self._texts).detail) from None

    def _describe(self, tool: Tool) -> types.Tool:
        return types.Tool(
            name=tool.name,
            title=self._texts.say(f"mcp.{tool.name}.title"),
            description=self._texts.say(f"mcp.{tool.name}.description", subject=self.subject()),
            input_schema=self._takes(tool),
            output_schema=tool.output_schema(),
            annotations=types.ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
        )

    def _takes(self, tool: Tool) -> dict[str, Any]:
        schema = tool.input_schema()
        for name, described in schema["properties"].items():
            described["description"] = self._texts.say(f"mcp.{tool.name}.{name}")
        return schema


def _arguments(tool: Tool, given: dict[str, Any]) -> Any:
    try:
        return tool.takes.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None
