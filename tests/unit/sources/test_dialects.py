"""Texts in AsciiDoc and reStructuredText that were saved as plain text or Markdown."""

import textwrap
from collections.abc import Callable

import pytest

from acobot.sources import BlockKind
from acobot.sources.dialects import as_markdown
from acobot.sources.markdown import read as read_markdown_file
from acobot.sources.plain_text import read as read_text_file

Reader = Callable[[bytes], object]


def blocks(body: str, kind: BlockKind, read: Reader = read_text_file) -> list[str]:
    draft = read(textwrap.dedent(body).lstrip("\n").encode())
    return [" ".join(draft.text[one.start : one.end].split()) for one in draft.blocks if one.kind is kind]  # type: ignore[attr-defined]


ASCIIDOC = """
    = Volunteer handbook
    Ann Lee <ann@harbour.example>
    v2.1, 2025-03-04
    :toc:
    :rate: 45p

    == Expenses

    Hand in receipts *within 30 days*, as link:https://a.example/rules[the rules] say.footnote:[Or ask.]

    .What we pay
    [cols="2,1",options="header"]
    |===
    |Expense |We pay

    |Car
    |{rate} a mile

    |Lunch
    |up to £6
    |===

    // a remark
    NOTE: Tell the site leader at once.

    . Wear [.line-through]#wellies# [red line-through]#shoes# boots.
    . Wash hands.
    ** Both of them.

    [TIP]
    ====
    A first-aid box is in each van.
    ====

    Buddy:: who works beside you
    """

RESTRUCTURED = """
    ==============
    Mail appliance
    ==============

    :Author: Platform team

    .. _installing:

    Installing
    ==========

    .. note::

       The web interface listens on port 8443.

    .. image:: box.png
       :alt: The box

    .. a remark of
       two lines

    Settings
    --------

    =============  =======  ==================
    Setting        Default  Meaning
    =============  =======  ==================
    ``retention``  35 days  how long backups
                            are kept
    ``greylist``   off      delays strangers
    =============  =======  ==================

    See `the list <https://a.example>`_ and :ref:`the rules <rules>`.

    #. Open a ticket.
    #. Wait [1]_.

    Spool
        where mail waits
    """


@pytest.mark.parametrize("read", [read_text_file, read_markdown_file])
def test_asciidoc_is_read_as_what_it_shows(read: Reader) -> None:
    assert blocks(ASCIIDOC, BlockKind.HEADING, read) == ["Volunteer handbook", "Expenses"]
    assert blocks(ASCIIDOC, BlockKind.PARAGRAPH, read) == [
        "Hand in receipts within 30 days, as the rules say. (Or ask.)",
        "What we pay",
        "Tell the site leader at once.",
        "A first-aid box is in each van.",
    ]
    assert blocks(ASCIIDOC, BlockKind.ROW, read) == ["Expense | We pay", "Car | 45p a mile", "Lunch | up to £6"]
    assert blocks(ASCIIDOC, BlockKind.ITEM, read) == [
        "Wear boots.",
        "Wash hands.",
        "Both of them.",
        "Buddy: who works beside you",
    ]


@pytest.mark.parametrize("read", [read_text_file, read_markdown_file])
def test_restructured_text_is_read_as_what_it_shows(read: Reader) -> None:
    assert blocks(RESTRUCTURED, BlockKind.HEADING, read) == ["Mail appliance", "Installing", "Settings"]
    assert blocks(RESTRUCTURED, BlockKind.PARAGRAPH, read) == [
        "The web interface listens on port 8443.",
        "See the list and the rules.",
    ]
    assert blocks(RESTRUCTURED, BlockKind.ROW, read) == [
        "Setting | Default | Meaning",
        "retention | 35 days | how long backups are kept",
        "greylist | off | delays strangers",
    ]
    assert blocks(RESTRUCTURED, BlockKind.ITEM, read) == [
        "Author: Platform team",
        "Open a ticket.",
        "Wait.",
        "Spool: where mail waits",
    ]


def test_names_between_bars_stand_for_their_words_within_a_line() -> None:
    body = """
        Fees
        ====

        .. |fee| replace:: £38

        .. note:: It costs |fee| a year, or |fee| a term.

        | Heath Row
        | Longmoor
    """
    said = " ".join(blocks(body, BlockKind.PARAGRAPH))
    assert said == "It costs £38 a year, or £38 a term. Heath Row Longmoor"


def test_what_stands_in_directives_that_nobody_knows_is_text() -> None:
    body = """
        Fees
        ====

        .. tab-set::

           .. tab-item:: Adults

              Adults pay ten pounds.

        .. function:: pay(x)

           Pays pounds to the council.

        .. grid:: 2
           :gutter: 3

           Dogs are free.

        .. mermaid::

           graph TD; A --> B

        .. seqdiag::

           seqdiag { browser -> council; }

        .. program-output:: fees --all
        """
    assert blocks(body, BlockKind.PARAGRAPH) == [
        "Adults",
        "Adults pay ten pounds.",
        "Pays pounds to the council.",
        "Dogs are free.",
    ]


def test_cells_of_asciidoc_may_stand_on_one_line_span_columns_and_be_repeated() -> None:
    body = """
        == Prices

        |===
        |Vehicle |One day |Both days

        |Car |£8 |£12
        |Camper 2+|£24
        a|Van
        with tail-lift |£9 |£13
        |===

        == Hire

        [cols="3*"]
        |===
        |A |B |C
        2*|£1 |£2
        |===
        """
    assert blocks(body, BlockKind.ROW) == [
        *("Vehicle | One day | Both days", "Car | £8 | £12", "Camper | £24", "Van with tail-lift | £9 | £13"),
        *("A | B | C", "£1 | £1 | £2"),
    ]


def test_tables_of_restructured_text_may_be_lists_or_frames() -> None:
    body = """
        Limits
        ######

        .. list-table:: Noise
           :header-rows: 1

           * - Zone
             - Night
           * - A
             - 55 dB

        +------+-------+
        | Zone | Day   |
        +======+=======+
        | B    | 65 dB |
        +------+-------+
        """
    assert blocks(body, BlockKind.ROW) == ["Zone | Night", "A | 55 dB", "Zone | Day", "B | 65 dB"]


@pytest.mark.parametrize(
    "body",
    [
        "# Bins\n\nBins are emptied.\n\n= not a heading\n",
        "Fares\n-----\n\nA single costs £2.\n",
        "= 45 in all\n\nThe sum is shown below.\n",
        "Bins\n====\n\nBins are emptied on Mondays.\n",
        "Dear all,\n\nthe total\n= £40\n\nRegards\n.\n",
    ],
)
def test_other_texts_are_left_alone(body: str) -> None:
    assert as_markdown(body) == ""
