"""What may be page furniture and may be what a text says; whole pages and certain furniture are in test_furniture."""

import pytest

from acobot.languages import load_language
from acobot.sources.furniture import set_aside_furniture
from acobot.sources.markdown import read_markdown
from tests.unit.sources.test_furniture import PROSE, fates, is_furniture, listed

CONTACT = "Phone: 01632 960001\n\nFax: 01632 960002\n\nEmail: bins@example.org"


def test_contact_details_under_a_heading_stay() -> None:
    found = fates(f"# Bins\n\n{PROSE}\n\n## Contact us\n\n{CONTACT}\n")
    assert (found["Contact us"], found["Phone: 01632 960001"], found["Email: bins@example.org"]) == ("H", "Q", "Q")
    assert fates(f"# Bins\n\n{CONTACT}\n\n{PROSE}")["Fax: 01632 960002"] == "Q"
    assert fates(f"# Bins\n\n{PROSE}\n\n## Have your say\n\n{CONTACT}")["Fax: 01632 960002"] == "Q"


def test_when_where_and_for_whom_something_is_stays_under_its_heading() -> None:
    event = "Date: 5 May 2024\n\nTiming: 6pm to 8pm\n\nAddress: Oak Hall\n\nAudience: adults over 60"
    assert fates(f"# Tea dance\n\n{event}\n\n{PROSE}")["Timing: 6pm to 8pm"] == "Q"
    assert fates(f"# Bins\n\n{PROSE}\n\nFollow us\n\n{event}\n\n© 2025 Ashby")["Timing: 6pm to 8pm"] == "F"
    paper = "Author: Waste Team\n\nTiming: none\n\nAudience: councils"
    assert fates(f"# Bins\n\n{PROSE}\n\n{paper}")["Timing: none"] == "F"


def test_contact_details_amid_furniture_do_not() -> None:
    assert fates(f"# Bins\n\n{PROSE}\n\nFollow us\n\n{CONTACT}\n\n© 2025 Ashby")["Fax: 01632 960002"] == "F"
    assert fates(f"# Bins\n\n{PROSE}\n\nFollow us\n\n{CONTACT}")["Fax: 01632 960002"] == "F"
    mixed = fates(f"# Bins\n\n{PROSE}\n\nAuthor: Waste Team\n\nTitle: Bins\n\nEmail: bins@example.org")
    assert mixed["Email: bins@example.org"] == "F"


def test_whom_to_ask_stays_where_it_says_how() -> None:
    assert not is_furniture("For more information about bulky waste, call 01632 960003.")
    assert not is_furniture("For further information please contact bins@example.org.")
    assert is_furniture("For more information about bulky waste, visit our website.")
    pointer = "For more information about bulky waste, visit www.ashby.example."
    assert is_furniture(pointer)
    assert fates(f"# Bins\n\n{PROSE}\n\n## Bulky waste\n\nIt costs £5.\n\n{pointer}")[pointer] == "Q"


def test_days_in_a_calendar_stay() -> None:
    found = fates("# Meetings\n\nThe board meets at noon.\n\n3 May 2025\n\n7 June 2025\n\nLast updated: 1 May 2025")
    assert (found["3 May 2025"], found["7 June 2025"], found["Last updated: 1 May 2025"]) == ("Q", "Q", "F")
    assert fates("The board meets on:\n\n- 3 May 2025\n- 7 June 2025")["3 May 2025"] == "Q"
    assert fates(f"# Meetings\n\n{PROSE}\n\n## The next one\n\n3 May 2025")["3 May 2025"] == "Q"


def test_a_date_with_an_hour_under_the_heading_of_a_part_stays() -> None:
    for when in ("Friday 3 May 2024 at 5pm", "3 May 2024, 17:30"):
        assert fates(f"# Form\n\n{PROSE}\n\n## Deadline\n\n{when}\n\n{PROSE} Yes.")[when] == "Q"
        assert fates(f"# Form\n\n{PROSE}\n\n## Deadline\n\nUpdated {when}\n\n{PROSE} Yes.")[f"Updated {when}"] == "F"
        assert fates(f"# Form\n\n{when}\n\n{PROSE}")[when] == "F"
        assert fates(f"# News\n\n{PROSE}\n\n## Ferry\n\n{when}\n\nBy Ann Lee\n\n{PROSE} Yes.")[when] == "F"


def test_the_date_of_a_page_is_set_aside_also_under_its_title() -> None:
    assert fates(f"# Bridge\n\n3 May 2025\n\n{PROSE}\n\n7 June 2025\n\n{PROSE} Yes.")["3 May 2025"] == "F"
    assert fates(f"# Bridge\n\n{PROSE}\n\n## Opening\n\n3 May 2025\n\n{PROSE} Yes.")["3 May 2025"] == "F"


NAMES = listed([f"{name} {place}" for name in ("Upper", "Lower", "Old") for place in ("Ash", "Birch", "Elm", "Oak")])


def test_a_long_list_of_names_amid_text_stays_under_its_heading() -> None:
    assert fates(f"# Areas\n\n{PROSE}\n\n## Members\n\n{NAMES}\n\n## Costs\n\nNone.")["Old Elm"] == "Q"
    assert fates(f"# Areas\n\n{PROSE}\n\n## Members\n\n{NAMES}")["Old Elm"] == "Q"
    assert fates(f"# Members\n\n{NAMES}\n\n{PROSE}")["Old Elm"] == "Q"
    assert fates(f"# Areas\n\nThese councils are members.\n\n{NAMES}\n\n{PROSE}")["Old Elm"] == "Q"


def test_a_long_list_of_names_beside_furniture_does_not() -> None:
    assert fates(f"# Areas\n\n{PROSE}\n\n## Services\n\n{NAMES}\n\n© 2025 Ashby")["Old Elm"] == "F"
    assert fates(f"# Areas\n\n{PROSE}\n\nBack to top\n\n## Services\n\n{NAMES}")["Old Elm"] == "F"
    assert fates(f"# Areas\n\n{PROSE}\n\n## Quick links\n\n{NAMES}")["Old Elm"] == "F"
    assert fates(f"## Services\n\n{NAMES}\n\n# Areas\n\n{PROSE}")["Old Elm"] == "F"


def test_terms_on_liability_that_do_not_speak_of_the_text_stay() -> None:
    terms = "The pool accepts no liability for lost things, nor for what a third party does. The licence says so."
    assert not is_furniture(terms)
    assert is_furniture(f"{terms} The information on this site is given without notice.")
    disclaimer = "The authors accept no liability for errors or omissions and may change it without notice."
    assert fates(f"# Terms of use\n\n{disclaimer}\n\n{PROSE}")[disclaimer] == "Q"


def test_a_picture_that_is_asked_for_is_no_credit() -> None:
    assert fates("Send these.\n\n- Form: signed\n- Photo: Passport size\n")["Photo: Passport size"] == "Q"
    assert not is_furniture("Photo: in colour, no older than a month")
    assert is_furniture("Photo: Lewis Grant/Coastline")
    assert is_furniture("Photograph by Ruth Hale and Tom Aldous")


COOKIES = "We use cookies to count visits. One called seen stays for 28 days."


def test_a_page_about_cookies_is_not_set_aside() -> None:
    assert fates(f"# Cookies\n\n{COOKIES}")[COOKIES] == "Q"
    assert fates(f"# This website\n\n{PROSE}\n\n## Cookies that we set\n\n{COOKIES}\n\nYes.")[COOKIES] == "Q"


def test_a_banner_about_cookies_is() -> None:
    assert fates(f"## Cookies on ashby.example\n\n{COOKIES}\n\nAccept all cookies\n\n# Bins\n\n{PROSE}")[COOKIES] == "F"
    assert fates(f"# Bins\n\nThey are green.\n\n{COOKIES}")[COOKIES] == "F"
    assert fates(f"# Bins\n\n{COOKIES}")[COOKIES] == "F"


SIGN_UP = "Sign up for our newsletter to hear of free courses."


def test_a_page_about_newsletters_is_not_set_aside() -> None:
    form = "Enter your email address"
    assert fates(f"# Our newsletter\n\n{PROSE}\n\n{SIGN_UP}\n\n{form}\n\n{PROSE} Yes.")[SIGN_UP] == "Q"
    priced = "Subscribe to the magazine for £12 a year."
    assert set(fates(f"# For carers\n\n{SIGN_UP}\n\n{priced}").values()) == {"H", "Q"}
    assert fates(f"# For carers\n\n{PROSE}\n\n{priced}\n\n{PROSE} Yes.")[priced] == "Q"
    assert fates(f"# Bins\n\n{PROSE}\n\n{SIGN_UP}")[SIGN_UP] == "F"
    assert fates(f"# Bins\n\n{SIGN_UP}\n\nShare this page\n\n{PROSE}")[SIGN_UP] == "F"


def test_a_sign_up_that_says_how_stays_under_a_heading() -> None:
    alerts = "Sign up for flood alerts by phone on 01632 960 188."
    assert fates(f"# Rivers\n\n{PROSE}\n\n## Floods\n\n{alerts}\n\n{PROSE} Yes.")[alerts] == "Q"
    assert fates(f"# Rivers\n\n{PROSE}\n\nFollow us\n\n{alerts}\n\n© 2025 Ashby")[alerts] == "F"


def test_a_banner_that_names_whom_to_ask_is_set_aside() -> None:
    banner = "We use cookies. Questions? Write to privacy@example.org."
    assert fates(f"# Bins\n\n{PROSE}\n\n## Fees\n\n{PROSE} Yes.\n\n{banner}\n\nBack to top")[banner] == "F"


@pytest.mark.parametrize("figures", ["Regulation 2016/679", "the years 2018–2020", "form 12345", "03/05/2024"])
def test_figures_that_are_no_telephone_number_tell_nothing(figures: str) -> None:
    offer = f"Sign up for our newsletter about {figures}."
    assert fates(f"# Bins\n\n{PROSE}\n\n## Fees\n\n{PROSE} Yes.\n\n{offer}\n\nBack to top")[offer] == "F"


def test_an_address_under_its_own_heading_or_after_a_colon_stays() -> None:
    assert fates(f"# Bins\n\n{PROSE}\n\n## Apply\n\nhttps://ashby.example/apply")["https://ashby.example/apply"] == "Q"
    assert fates("The form is here:\n\nwww.ashby.example/apply\n\nSign it.")["www.ashby.example/apply"] == "Q"


def test_in_german_too() -> None:
    text = (
        "# Wohnen\n\nDas Team hilft.\n\n## Kontakt\n\nTelefon: 0211 960 41\n\nE-Mail: a@b.example\n\n"
        "Anschrift: Brückenstr. 3\n\n## Weitere Informationen\n\nTelefon: 0211 960 42\n\n## Termine\n\n"
        "3. Mai 2025\n\n7. Juni 2025\n\nStand: 1. Mai 2025\n\n## Cookies\n\nWir verwenden Cookies 28 Tage lang.\n\n"
        "## Unterlagen\n\n- Antrag: unterschrieben\n- Foto: Passbild\n\n## Haftung\n\n"
        "Wir übernehmen keine Haftung für Schäden, die Dritte verursachen; die Haftung nach der Lizenz bleibt.\n\nEnde."
    )
    draft = read_markdown(text)
    blocks = set_aside_furniture(draft.text, draft.blocks, load_language("de"))
    assert [draft.text[b.start : b.end] for b in blocks if b.furniture] == ["Stand: 1. Mai 2025"]
