"""What a language pack says of numbers, dates, times, sums of money and ages. A frozen record; knows no file."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from acobot.packing import Rule, WordList, WordSet

_CONFIG = ConfigDict(arbitrary_types_allowed=True, extra="forbid")


@dataclass(frozen=True, slots=True, eq=False, config=_CONFIG)
class FigureWords:
    """Months, and numbers from one on, in their order; `units` of time in days; what parts thousands, and decimals.

    `number` finds numbers (groups `number`, and `multiple` for a word of `multiples`), `date` dates (groups `year`,
    `month`, and `alone` for a month without a year), `age` what tells a time without one. `occasion` finds days of the
    week, times of day and lengths; `no_charge` says that nothing is paid; `amount_on` follows a number that is no year.
    `month_names` are hardly another word; `open_year` begins or ends a time; `range_words` stand between the ends of a
    range, `range_pairs` before each; `holidays` have a date. `length` may be in working days (group `working`). `price`
    finds sums, their currency, of `currencies`, `before` or `after` them; `telling_words` only tell that one is told.
    `years_old` finds an age, or the first or last of a range of them ("aged 6 to 11"), in figures; `day_groups` are
    words for several days of the week, with these; `open_words` make a number a range with one end ("and over");
    `order_words` ask for what is before or after what follows; behind one of `heads_before` a number may count heads.
    """

    thousands: str
    decimal: str
    months: WordList
    numbers: WordList
    month_names: WordSet
    open_year: Rule
    range_words: WordSet
    open_words: WordSet
    order_words: WordSet
    heads_before: WordSet
    telling_words: WordSet
    range_pairs: dict[str, str]
    holidays: dict[str, str]
    day_groups: dict[str, str]
    units: dict[str, float]
    currencies: dict[str, str]
    multiples: dict[str, int]
    date: Rule
    number: Rule
    length: Rule
    price: Rule
    age: Rule
    occasion: Rule
    no_charge: Rule
    amount_on: Rule
    years_old: Rule
