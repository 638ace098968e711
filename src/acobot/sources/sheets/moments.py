"""Dates, times and spans of time of a sheet, in the format that the cell has → text. Knows no workbook."""

from __future__ import annotations

import locale
import re
from datetime import datetime, time, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

# Formats that the computer that shows them writes in its own way.
_OF_THE_COMPUTER = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd hh:mm"}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<one>.)|\[\$-?(?P<language>[^\]]*)\]|(?P<long>\[(?:h+|m+|s+)\])|\[[^\]]*\]|[_*].'
    r"|(?P<half>am/pm|a/p)|(?P<field>y+|m+|d+|h+|s+)|(?P<parts>\.0+)|(?P<plain>.)",
    re.IGNORECASE,
)
_FIELDS = re.compile(r"[ymdhs]", re.IGNORECASE)
_NO_FIELDS = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|[_*].|General', re.IGNORECASE)


def is_of_moments(code: str) -> bool:
    """Whether a number format is of a date or time."""
    return bool(_FIELDS.search(_NO_FIELDS.sub("", code.split(";")[0])))


def shown_moment(value: datetime | time | timedelta, code: str) -> str:
    """What a cell with this date, time or span of time and number format shows."""
    code = code.split(";")[0]
    code = _OF_THE_COMPUTER.get(code.lower(), code)
    if not is_of_moments(code):
        code = "hh:mm:ss" if isinstance(value, time | timedelta) else "yyyy-mm-dd"
    return _Moment(value).shown(code)


class _Moment:
    """A moment with the parts that formats name; a span of time counts its hours on."""

    def __init__(self, value: datetime | time | timedelta) -> None:
        if isinstance(value, timedelta):
            seconds = round(value.total_seconds())
            self._span = seconds
            value = datetime(1900, 1, 1) + timedelta(seconds=seconds % 86_400)
        elif isinstance(value, time):
            self._span = value.hour * 3600 + value.minute * 60 + value.second
            value = datetime(1900, 1, 1, value.hour, value.minute, value.second)
        else:
            self._span = value.hour * 3600 + value.minute * 60 + value.second
        self._value = value
        self._known = Locale("en")

    def shown(self, code: str) -> str:
        """The moment as the format says."""
        parts = list(_PART.finditer(code))
        halves = any(part["half"] for part in parts)
        said = ""
        for number, part in enumerate(parts):
            if part["language"]:
                self._known = _language(part["language"])
            elif part["field"]:
                said += self._field(part["field"].lower(), halves=halves, minutes=_is_minutes(parts, number))
            elif part["long"]:
                said += str(self._span // {"h": 3600, "m": 60, "s": 1}[part["long"][1].lower()])
            elif part["half"]:
                said += "AM" if self._value.hour < 12 else "PM"
            else:
                said += part["quoted"] or part["one"] or part["plain"] or ""
        return " ".join(said.split())

    def _field(self, field: str, *, halves: bool, minutes: bool) -> str:
        value, width = self._value, len(field)
        if field[0] == "y":
            return f"{value.year:04}" if width > 2 else f"{value.year % 100:02}"
        if field[0] == "m" and not minutes and width > 2:
            name = str(get_month_names("wide" if width != 3 else "abbreviated", "format", self._known)[value.month])
            return name[:1] if width == 5 else name
        if field[0] == "d" and width > 2:
            return str(get_day_names("wide" if width > 3 else "abbreviated", "format", self._known)[value.weekday()])
        hour = (value.hour - 1) % 12 + 1 if halves else value.hour
        number = {"m": value.minute if minutes else value.month, "d": value.day, "h": hour, "s": value.second}[field[0]]
        return f"{number:02}" if width > 1 else str(number)


def _is_minutes(parts: list[re.Match[str]], number: int) -> bool:
    """Whether an "m" is of minutes: hours stand before it, or seconds after it."""

    def named(part: re.Match[str]) -> str:
        return (part["field"] or part["long"] or "").strip("[]")[:1].lower()

    fields = [(at, named(part)) for at, part in enumerate(parts) if part["field"] or part["long"]]
    place = next((place for place, (at, _) in enumerate(fields) if at == number), None)
    if place is None:
        return False
    before, after = fields[place - 1 : place] if place else [], fields[place + 1 : place + 2]
    return any(name == "h" for _, name in before) or any(name == "s" for _, name in after)


def _language(said: str) -> Locale:
    """The language of "[$-407]" or "[$-de-DE]"; English where it is none that is known."""
    name = said.rpartition("-")[2] if re.fullmatch(r"[^-]*-[0-9A-Fa-f]+", said) else said
    if re.fullmatch(r"[0-9A-Fa-f]+", name):
        name = locale.windows_locale.get(int(name, 16) & 0xFFFF, "en")
    try:
        return Locale.parse(name.split(",")[0], sep="-" if "-" in name else "_")
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")
