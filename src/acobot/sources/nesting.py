"""How deep each item of typed lists stands, told by how far its mark stands in and by what the mark is.

Places and marks in, levels out. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

STEP = 2.0  # letters by which a list within another stands in at least; numbers that end below each other differ by one
MOST_NESTED = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """An item: how many letters its mark stands in, the mark, and whether its words end as those before a list do."""

    inset: float
    mark: str
    opens: bool = False

    @property
    def sort(self) -> str:
        """What its list is marked with: numbers, letters, or a sign."""
        sign = self.mark.strip(" \t().")[:1]
        return "number" if sign.isdigit() else "letter" if sign.isalpha() else sign


def item_levels(items: Iterable[Marked | None]) -> Iterator[int]:
    """In how many lists the list of each item stands; 0 for what is none, which ends all lists.

    An item that stands further in than the one before it begins a list in that; so does one beside it with another mark
    where the one before ends with a colon.
    """
    lists: list[Marked] = []
    before: Marked | None = None
    for item in items:
        if item is None:
            lists.clear()
        else:
            _enter(lists, item, after=before)
        before = item
        yield max(len(lists) - 1, 0)


def _enter(lists: list[Marked], item: Marked, after: Marked | None) -> None:
    """Closes the lists that have ended with this item, and opens its own where it begins one."""
    while lists and lists[-1].inset > item.inset + STEP / 2:
        lists.pop()
    same = next((at for at in range(len(lists) - 1, -1, -1) if _is_beside(lists[at], item)), None)
    if same is not None:
        del lists[same + 1 :]
    elif not lists or (len(lists) < MOST_NESTED and _begins(lists[-1], item, after)):
        lists.append(item)


def _is_beside(one: Marked, item: Marked) -> bool:
    return one.sort == item.sort and abs(one.inset - item.inset) < STEP


def _begins(last: Marked, item: Marked, after: Marked | None) -> bool:
    return item.inset >= last.inset + STEP or (after is not None and after.opens and item.sort != after.sort)
