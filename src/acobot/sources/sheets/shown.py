"""A cell's value and its number format → the text that the sheet shows. Dates are in `moments`; knows no workbook.

What a format leaves to the computer that shows it (its decimal sign, its short dates) is written as in English, and
such dates as ISO dates, which nobody can take for another day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from acobot.sources.sheets.moments import is_of_moments, shown_moment

GENERAL_DIGITS = 11  # that a cell without a format shows
LONGEST_FORMAT = 255  # characters, which is all that spreadsheets take; a longer one is none
WHOLE_DIGITS = 15  # of a number that is shown whole: a sheet knows no more
_LITERAL = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<one>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<gone>\[[^\]]*\]|[_*].)|(?P<plain>[^"\\\[_*])'
)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(?:E[+-]0+)?|\.[#0?]+")
_PLACE = "\0"  # of a digit among the literals
_PLACES = re.compile(f"{_PLACE}+")
_CONDITION = re.compile(r"\[[<>=]")

Shown = str | bool | float | Decimal | date | time | timedelta


def shown(value: Shown, code: str) -> str:
    """What a cell with this value and number format shows."""
    code = code if len(code) <= LONGEST_FORMAT else "General"
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | time | timedelta):
        return shown_moment(value if isinstance(value, datetime | time | timedelta) else _midnight(value), code)
    return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), code)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _number(number: Decimal, code: str) -> str:
    if not number.is_finite():
        return ""
    sections = _sections(code)
    if code.lower() in {"general", "", "@"} or _CONDITION.search(code) or is_of_moments(code):
        return _general(number)
    section = sections[0].replace("General", "0.##########")
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    return _filled(number, section).strip()


def _sections(code: str) -> list[str]:
    """The parts of a format for positive and negative numbers and for nought; semicolons in quotes part none."""
    parts, quoted = [""], False
    for char in code:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _filled(number: Decimal, section: str) -> str:
    """The section with the number in the place of its digits, and its literals around."""
    said, pattern, percent = "", "", False
    for found in _LITERAL.finditer(section):
        plain = found["plain"]
        if plain is None:
            said += found["quoted"] or found["one"] or found["currency"] or ""
        elif plain in "#0?.,E" or (plain in "+-" and pattern.endswith("E")):
            said += _PLACE if plain in "#0?" else ""
            pattern += plain
        else:
            percent = percent or plain == "%"
            said += plain
    if "/" in said:  # a fraction
        return _general(number)
    if not _DIGITS.search(pattern):
        return said.replace(_PLACE, "")
    sign = "-" if number < 0 else ""
    digits = _with_digits(abs(number) * (100 if percent else 1), pattern)
    return sign + (_together(digits, said) if pattern.strip("#0?") else _apart(digits, said)).lstrip()


def _together(digits: str, said: str) -> str:
    """The literals with all digits where the first of them has its place."""
    first, *others = _PLACES.split(said, maxsplit=1)
    return first + digits + "".join(others).replace(_PLACE, "")


def _apart(digits: str, said: str) -> str:
    """The literals with the digits in their places, from the right, as of a sort code; the first takes what is left."""
    places = said.count(_PLACE)
    more = max(0, len(digits) - places)
    spread = iter([""] * (places - len(digits)) + [digits[: more + 1], *digits[more + 1 :]])
    return "".join(next(spread, "") if char == _PLACE else char for char in said)


def _with_digits(number: Decimal, pattern: str) -> str:
    if "E" in pattern:
        return f"{number:.{len(pattern.partition('E')[0].partition('.')[2])}E}"
    shortened = pattern.rstrip(",")  # a comma at the end takes three digits off
    number = number.scaleb(-3 * (len(pattern) - len(shortened)))
    whole, _, part = shortened.partition(".")
    least, most = part.count("0"), len(part)
    try:
        rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    except InvalidOperation:  # more digits than are reckoned with
        return _general(number)
    said = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    digits, _, decimals = said.partition(".")
    digits = digits.zfill(whole.count("0")) if "," not in digits else digits
    digits = "" if digits == "0" and "0" not in whole else digits
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    return f"{digits}.{decimals}" if decimals else digits


def _general(number: Decimal) -> str:
    """As a cell without a format shows it: whole, or with as many digits as find room."""
    if number == number.to_integral_value() and abs(number.adjusted()) < WHOLE_DIGITS:
        return f"{number.to_integral_value():f}"
    rounded = Decimal(f"{float(number):.{GENERAL_DIGITS - 1}g}")
    return f"{rounded:f}" if abs(rounded.adjusted()) < GENERAL_DIGITS else f"{rounded:E}"
