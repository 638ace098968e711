"""Elements that are taken out of a page's tree, many at once; what stands behind them stays. Knows no blocks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from lxml import html


def drop_all(elements: Mapping[html.HtmlElement, object]) -> None:
    """Takes out elements, given in the page's order."""
    for one in elements:
        if one.getparent() is not None:  # and so it is the first of those beside it
            _drop_run([one, *takewhile(elements.__contains__, one.itersiblings())])


def _drop_run(run: list[html.HtmlElement]) -> None:
    """Takes out elements that stand beside each other, at once: text that is joined one by one is copied each time."""
    before, parent = run[0].getprevious(), run[0].getparent()
    after = "".join(one.tail or "" for one in run)
    for one in run:
        parent.remove(one)
    if before is not None:
        before.tail = f"{before.tail or ''}{after}"
    else:
        parent.text = f"{parent.text or ''}{after}"
