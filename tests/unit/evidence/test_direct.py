"""Who asks whether is answered first with the "Yes" or "No" that opens the paragraph, unless more is asked."""

from pathlib import Path

import pytest

from tests.fakes import make_assistant

POOL = """# Questions

## Are children let into the sauna?

{opening} Towels for children lie by the door.

## Is there a shop?

Yes, in the hall.
"""


@pytest.mark.parametrize(
    ("opening", "asked", "lead"),
    [
        ("Yes, from 12 on.", "Are children let into the sauna?", "Yes, from 12 on."),
        ("No, never.", "Can my children use your sauna?", "No, never."),
        # It is not asked whether, the towels are asked about, and the opening says neither.
        ("Yes, from 12 on.", "Which children are let into the sauna?", "Towels"),
        ("Yes, from 12 on.", "Are there towels for children in the sauna?", "Towels"),
        ("From 12 on.", "Can my children use your sauna?", "Towels"),
    ],
)
def test_the_opening_yes_or_no_leads_where_it_is_asked_whether(
    tmp_path: Path, opening: str, asked: str, lead: str
) -> None:
    found = make_assistant(tmp_path, {"a.md": POOL.format(opening=opening)}).explain(asked).findings
    assert found.chosen[0].text.startswith(lead)
