"""Problems as clients of the Model Context Protocol read them. Knows no request and no tool, and needs no library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

PATH = "/mcp"

# Codes of JSON-RPC: a fault of ours, and what stands before the protocol refuses (of those that servers may choose).
_INTERNAL, _REFUSED = -32603, -32003
_FAULT = 500


def reply_in_json_rpc(problem: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    """A problem as an error of the protocol, for clients tell no other's words; as RFC 9457 has it, it is the data.

    It names no request, for that may not be read yet; a client knows what it is the reply to.
    """
    code = _INTERNAL if status >= _FAULT else _REFUSED
    error = {"code": code, "message": problem["detail"], "data": problem}
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status, headers)
