"""Counts in Roman numerals and in letters, as lists are numbered with them."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_LETTERS = 780  # thirty times the alphabet; more would be long, too
ROMAN_BELOW = 4_000  # so many, or more, are in no list; hostile counts would be long


def roman(count: int) -> str:
    """A count from 1, and below `ROMAN_BELOW`, in small letters."""
    written = ""
    for size, sign in _ROMAN:
        written += sign * (count // size)
        count %= size
    return written


def letters(count: int) -> str:
    """A count from 1 in small letters, as office programs have it: a … z, aa, bb; in figures above `MOST_LETTERS`."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count <= MOST_LETTERS else str(count)
