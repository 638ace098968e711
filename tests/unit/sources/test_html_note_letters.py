"""Raised letters that lead to notes."""

from __future__ import annotations

import pytest

from tests.unit.sources.test_html import blocks


def said(body: str) -> list[str]:
    return [text for _, _, text in blocks(body)]


def test_letters_that_lead_to_notes_are_no_part_of_their_words() -> None:
    table = "<table><tr><th>Session<th>Guest<sup>b</sup><tr><td>Swim<sup>a</sup><td>£3.20<sup>a, b</sup></table>"
    notes = "<p><sup>a</sup> To 8pm.<br><small><sup>b</sup> With photo ID.</small></p>"
    assert said(table + notes) == ["Session | Guest", "Swim | £3.20", "To 8pm.\nWith photo ID."]


def test_letters_that_count_up_behind_words_lead_to_notes_wherever_these_are() -> None:
    body = "<p>Adults<sup>a</sup> pay £4, <b>children</b><sup>(b)</sup> £2, and 9<sup>a</sup> if they are late.</p>"
    assert said(body) == ["Adults pay £4, children £2, and 9 if they are late."]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("<p>Ring n<sup>o</sup> 5 on the 1<sup>a</sup> floor.</p>", "Ring no 5 on the 1a floor."),
        ("<p>The 1<sup>st</sup> gate, the 2<sup>e</sup> gate.</p>", "The 1st gate, the 2e gate."),
        ("<p>It grows as x<sup>a</sup> and y<sup>b</sup> do.</p>", "It grows as xa and yb do."),
        ("<p>M<sup>c</sup>Kay and Mac<sup>a</sup> sing.</p>", "McKay and Maca sing."),
        ("<table><tr><th>Fee<th>Note<tr><td>£5<td><sup>a</sup></table>", "Fee | Note £5 | a"),
    ],
)
def test_other_raised_letters_are_part_of_the_text(line: str, told: str) -> None:
    assert " ".join(said(line)) == told
