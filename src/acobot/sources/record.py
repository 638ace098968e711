"""What a read source is: its particulars, citable text and blocks. Pure records; knows no file format."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

_RULE_BELOW = re.compile(r"[ \t|]*\n[ \t]*\|?[ \t]*:?-{2,}")  # as Markdown draws it below the head of a table


class PageName(StrEnum):
    """What the pages of a file are called."""

    PAGE = "page"
    SLIDE = "slide"


class BlockKind(StrEnum):
    """What a block of citable text is, as its reader saw it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


WITHOUT_TITLE = -1


@dataclass(frozen=True, slots=True)
class Block:
    """A half-open span of the citable text, without its marks ("## ", "- ").

    `level` is a heading's rank, 1 for the highest; of an item, in how many lists its list stands; 0 for all else.
    `furniture` belongs to the page that the text stood on, not to what it says. `leaves` is the rank from which on
    headings above no longer stand over it, because the box that they headed has ended; 0 where all of them do, and
    `WITHOUT_TITLE` where not even the source's title does, because it is not what the source is about.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    furniture: bool = False
    leaves: int = 0

    @property
    def quotable(self) -> bool:
        """Whether its words may be evidence: headings and furniture may not."""
        return self.kind is not BlockKind.HEADING and not self.furniture


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that the source answers, in the public's words.

    `at` is the offset in the citable text at which it stood (under a heading), or None from the front matter.
    """

    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """Who published a source, when, and what kind of text it is; dates are ISO 8601 of any precision.

    `superseded_by` is the id of the source that holds in its place, `retrieved` the day on which it was fetched.
    """

    title: str
    publisher: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    url: str = ""
    licence: str = ""
    kind: str = "original"
    summary_of: str = ""
    valid_until: str = ""
    superseded_by: str = ""
    retrieved: str = ""


class SetAside(StrEnum):
    """By which rule a block is page furniture."""

    DROP = "drop: of its particulars"
    FORMAT = "furniture by its format"
    NOTICE = "notice of a page"
    CREDIT = "who took a picture"
    LABEL = "label of a page"
    PARTICULARS = "box of particulars"
    CONTENTS = "contents list"
    ELSEWHERE = "pointer to other pages"
    OFFER = "sign-up, disclaimer or where to ask"
    CONTACT = "contact box"
    DATE = "date of a page"
    MENU = "menu"


class Concern(StrEnum):
    """What a warning is about; `acobot sources --about` takes these words."""

    UNREADABLE = "unreadable"
    UNREAD = "unread"
    DATE = "date"
    PUBLISHER = "publisher"
    TITLE = "title"
    ENCODING = "encoding"
    KEYS = "keys"
    SET_ASIDE = "set-aside"
    COPIED = "copied"
    RIGHT_TO_LEFT = "right-to-left"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a maintainer should look at, in words: a source is read all the same."""

    concern: str
    text: str


class UnreadableError(Exception):
    """A file that its reader cannot read; the message is the reason and the mend, without the file's name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format's reader hands on: citable text, blocks in order, and the asks that stood in the text.

    `said` are particulars that the file's own metadata gives, by their names in `Particulars`; `pages` are the offsets
    at which its pages begin, none where the format has no pages, and `page_name` what one of them is called;
    `warnings` is what the reader found odd; `kept` are the numbers of the blocks that are never page furniture.
    """

    text: str
    blocks: tuple[Block, ...]
    asks: tuple[Ask, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    warnings: tuple[Warned, ...] = ()
    page_name: PageName = PageName.PAGE
    kept: frozenset[int] = frozenset()


@dataclass(frozen=True)  # without slots, so that it can keep its tables' heads and what stands over its lists
class Source:
    """One document: `sha256` is of the citable text's UTF-8, `file_sha256` of the file (and its sidecar) on disk.

    `pages` are the offsets at which the file's pages begin, each called `page_name`; an index does not keep them, for
    the passages' headings name the page. `warnings` is what its reader found odd.
    """

    id: str
    particulars: Particulars
    text: str
    blocks: tuple[Block, ...]
    asks: tuple[Ask, ...]
    sha256: str
    file_sha256: str
    pages: tuple[int, ...] = ()
    warnings: tuple[Warned, ...] = ()
    page_name: PageName = PageName.PAGE

    def block_at(self, offset: int) -> int:
        """The number of the last block that begins at or before an offset of the citable text."""
        return bisect_right(self.blocks, offset, key=lambda block: block.start) - 1

    def table_head(self, number: int) -> int:
        """The first of the rows that stand one after the other up to a block; one that is no row heads itself.

        So does a row with a rule below it: it is the first of a table that stands right below another.
        """
        return self._table_heads[number]

    def over_list(self, number: int) -> int:
        """The block right over the list in which an item stands, the first item where nothing is; else the block."""
        return self._over_lists[number]

    def items_over(self, number: int) -> tuple[int, ...]:
        """The items in whose lists an item stands, the outermost first; none for another block."""
        over: list[int] = []
        while self._item_parents[number] != number:
            number = self._item_parents[number]
            over.append(number)
        return tuple(reversed(over))

    @cached_property
    def _item_parents(self) -> array[int]:
        """Of each block the item in whose list it stands, itself where there is none: one walk over the source."""
        parents, around = array("I"), list[int]()  # the items whose lists are open, the outermost first
        for number, block in enumerate(self.blocks):
            is_item = block.kind is BlockKind.ITEM
            while around and not (is_item and self.blocks[around[-1]].level < block.level):
                around.pop()
            parents.append(around[-1] if around else number)
            if is_item:
                around.append(number)
        return parents

    @cached_property
    def _over_lists(self) -> array[int]:
        """Of each block what stands over its list: one walk over the source, however many items are asked for."""
        over = array("I")
        for number, block in enumerate(self.blocks):
            over.append(over[-1] if number and block.kind is BlockKind.ITEM else number)
        return over

    @cached_property
    def _table_heads(self) -> array[int]:
        """Of each block the number of its table's head: one walk over the source, however many rows are asked for."""
        heads = array("I")
        for number in range(len(self.blocks)):
            heads.append(number if not number or self._begins_table(number) else heads[-1])
        return heads

    def _begins_table(self, number: int) -> bool:
        together = all(one.kind is BlockKind.ROW for one in self.blocks[number - 1 : number + 1])
        return not together or bool(_RULE_BELOW.match(self.text, self.blocks[number].end))
