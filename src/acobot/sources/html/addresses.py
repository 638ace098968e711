"""E-mail addresses that a page keeps from robots, said as a browser shows them. Changes the tree in place."""

from __future__ import annotations

import re

from lxml import html

_CODE = "data-cfemail"  # as Cloudflare writes it: a key, and the address with each of its bytes changed by the key
_HEX = re.compile(r"(?:[0-9a-f]{2}){6,200}", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def say_addresses(tree: html.HtmlElement) -> None:
    """Writes each address instead of the words that stand for it ("[email protected]")."""
    for one in tree.xpath(f"//*[@{_CODE}]"):
        if address := _address_of(one.get(_CODE)):
            one.clear(keep_tail=True)
            one.text = address


def _address_of(code: str) -> str:
    """The address that a code says; "" where it says none."""
    if not _HEX.fullmatch(code):
        return ""
    key, *changed = bytes.fromhex(code)
    said = bytes(one ^ key for one in changed).decode("utf-8", errors="replace")
    return said if _ADDRESS.fullmatch(said) else ""
