"""Pages that say nothing themselves and only show, or lead on to, another. Elements in, the reason of a refusal out."""

from __future__ import annotations

import re

from lxml import html

from acobot.sources.dates import gives_day_or_time

MOST_WORDS = 30  # of a page that leads on: "This page has moved. Follow this link if nothing happens."
MOST_SECONDS = 15  # until a page leads on: one that waits longer is to be read, or shows itself anew
_TARGET = re.compile(r"\s*(\d{0,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?+\s*[\"']?\s*([^\"'\s]+)", re.IGNORECASE)
_SAVE = "save that page instead, or take the file away"


def leads_on(tree: html.HtmlElement, said: str) -> str:
    """Why a page that says this cannot be read, where it leads on or holds frames; else "".

    A short notice with a day or a time may lead home after some seconds.
    """
    shown = [one.get("src") for one in tree.iter("frame") if one.get("src")]
    if shown:
        return f"it only shows the page {shown[-1]!r} in a frame; {_SAVE}"
    says_little = len(said.split()) <= MOST_WORDS and not gives_day_or_time(said)
    target = next(filter(None, map(_target, tree.iter("meta"))), "") if says_little else ""
    return f"it only leads on to {target!r}; {_SAVE}" if target else ""


def _target(meta: html.HtmlElement) -> str:
    """Where a page leads on to of itself, soon after it is opened."""
    is_refresh = meta.get("http-equiv", "").strip().lower() == "refresh"
    found = _TARGET.match(meta.get("content", "")) if is_refresh else None
    if found is None or next(meta.iterancestors("noscript"), None) is not None:
        return ""
    return found[2] if int(found[1] or 0) <= MOST_SECONDS else ""
