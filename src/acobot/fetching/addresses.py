"""The list of addresses, `_urls.txt`: text in, addresses with the names of their snapshots and problems by line out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

import httpx

from acobot.errors import SourceProblem

FILE = "_urls.txt"
FOLDER = "fetched"  # under which snapshots lie that are given no name
NAME_LENGTH = 80  # characters of a name that is made of an address
_NAME = re.compile(r"(?!readme)[^\W_][\w.-]*(?:/(?!readme)[^\W_][\w.-]*)*", re.IGNORECASE)
_NO_NAME = re.compile(r"[^\w]+")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|pdf|docx|xlsx|csv|pptx|odt|rtf|epub|eml|md|txt)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """One line: what to fetch, and the name of its snapshot under the sources, without an ending."""

    url: str
    name: str
    line: int


def read_addresses(text: str) -> tuple[list[Address], list[SourceProblem]]:
    """The addresses of a list, one a line with a name behind it or none; `#` begins a remark."""
    addresses: list[Address] = []
    problems: list[SourceProblem] = []
    lines: dict[str, int] = {}  # where each address and name stands first
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        said = re.sub(r"(?:^|\s)#.*", "", line).strip()
        if not said:
            continue
        url, *named = said.split(maxsplit=1)
        address = Address(url, named[0] if named else _name_of(url), number)
        reason = _wrong_with(address)
        for key, what in ((url, "the address"), (f" {address.name}", f"the name {address.name!r}")):
            if not reason and lines.setdefault(key, number) != number:
                reason = f"{what} stands in line {lines[key]} too; keep one, or give it another name after a blank"
        if reason:
            problems.append(SourceProblem(FILE, reason, number))
        else:
            addresses.append(address)
    return addresses, problems


def _wrong_with(address: Address) -> str:
    parts = _split(address.url)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return f"{address.url!r} is no address; write one that begins with https:// or http://"
    if parts.username is not None or parts.password is not None:
        return "the address holds a password, which would be shown with the source; take it out"
    if not _NAME.fullmatch(address.name):
        return f"{address.name!r} cannot be a source's name; write letters, figures, - and . only, with / for folders"
    return ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
        _ = httpx.URL(url).host  # raises where no request could name it
    except (ValueError, httpx.InvalidURL):
        return None
    return parts


def _name_of(url: str) -> str:
    """A name made of an address: its host and path, and what it asks for."""
    parts = _split(url)
    if parts is None:
        return FOLDER
    path = _ENDING.sub("", unquote(parts.path))
    said = _NO_NAME.sub("-", f"{(parts.hostname or '').removeprefix('www.')} {path} {parts.query}").replace("_", "-")
    return f"{FOLDER}/{said.strip('-')[:NAME_LENGTH].strip('-').lower() or 'page'}"
