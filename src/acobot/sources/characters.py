"""Characters that no text can hold, which an escape in YAML or TOML can name all the same: joined, or told why not."""

from __future__ import annotations

import re

# Control characters but for white space, and what Unicode keeps from being a character.
_NONE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class NoTextError(ValueError):
    """A value holds what is no character."""


def join_halves(value: str) -> str:
    r"""The value with two halves of a character ("\ud83d\ude00", as JSON writes an emoji) as the one that they are.

    Raises `NoTextError` for half a character that stands alone, and for control characters.
    """
    try:
        joined = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        half = int.from_bytes(error.object[error.start : error.start + 2], "little")
        raise NoTextError(f"half a character (U+{half:04X}); write the whole character") from None
    if found := _NONE.search(joined):
        raise NoTextError(f"U+{ord(found[0]):04X}, which is no character of a text; take it out")
    return joined
