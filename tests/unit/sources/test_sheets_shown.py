"""Numbers, dates and times in the formats of their cells."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from acobot.sources.sheets.shown import Shown, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("as it is", "0.00", "as it is"),
        (True, "General", "TRUE"),
        (12, "General", "12"),
        (12, '0" kg"' + " " * 249, "12 kg"),
        (12, '0" kg"' + " " * 250, "12"),  # no spreadsheet takes such a one
        (0.1 + 0.2, "General", "0.3"),
        (441632960999, "General", "441632960999"),
        (1e20, "General", "1E+20"),
        (25, '"£"#,##0.00', "£25.00"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (5, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "£5.00"),
        (12, "0 [$€-407]", "12 €"),
        (0.255, "0.0%", "25.5%"),
        (1234567.891, "#,##0", "1,234,568"),
        (2.5, "0", "3"),
        (-5, "0.0", "-5.0"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (0, '0;-0;"none"', "none"),
        (5, "0000", "0005"),
        (0.5, "#.##", ".5"),
        (1_500_000, '0.0,,"m"', "1.5m"),
        (12.5, '0.00" kg; net"', "12.50 kg; net"),
        (12345.678, "0.00E+00", "1.23E+4"),
        (0.5, "# ?/?", "0.5"),
        (123456, "00-00-00", "12-34-56"),
        (3456, "00-00-00", "00-34-56"),
        (-1234567, r"#\ ##0", "-1234 567"),
        (12, r"#\ ##0", "12"),
        (5551234567, "(###) ###-####", "(555) 123-4567"),
        (1179221234, "00000 000000", "01179 221234"),
        (1179221234, r"000\ 000\ 0000", "117 922 1234"),
        (0, '#" none"', "none"),
        (float("nan"), "0", ""),
        (date(2018, 4, 16), "d mmmm yyyy", "16 April 2018"),
        (date(2018, 4, 16), "dddd, d mmm yy", "Monday, 16 Apr 18"),
        (date(2018, 4, 16), "dd/mm/yyyy", "16/04/2018"),
        (date(2018, 4, 16), "mm-dd-yy", "2018-04-16"),
        (date(2018, 5, 16), "[$-407]d. mmmm yyyy;@", "16. Mai 2018"),
        (date(2018, 4, 16), "mmm-yy", "Apr-18"),
        (datetime(2018, 4, 16, 14, 30), "d/m/yyyy hh:mm", "16/4/2018 14:30"),
        (datetime(2018, 4, 16, 14, 30), "m/d/yy h:mm", "2018-04-16 14:30"),
        (time(9, 5), "h:mm AM/PM", "9:05 AM"),
        (time(0, 5), "h:mm am/pm", "12:05 AM"),
        (time(17, 0), "hh:mm", "17:00"),
        (time(17, 0), "General", "17:00:00"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        (timedelta(minutes=3, seconds=9), "mm:ss", "03:09"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_its_cell_shows_it(value: Shown, code: str, text: str) -> None:
    assert shown(value, code) == text
