"""Which headings are quoted with the line below them: those without which it has no meaning, or the opposite one."""

from pathlib import Path

import pytest

from acobot.answer import Role
from acobot.answer.grouping import group_evidence
from acobot.answer.quoting import make_quotes
from acobot.evidence import Findings, Verdict
from acobot.index import Version
from acobot.languages import load_language
from tests.fakes import make_assistant
from tests.unit.answer.test_grouping import evidence

FINDINGS = Findings((), (), Verdict(answered=True, confidence=0.9))


def quoted(version: Version, opening: str, of: str = "a") -> list[str]:
    """What the sentence that begins so is quoted with, as it is read, itself in capitals; all proved."""
    told = group_evidence(evidence(version, opening), 4, version)
    passages = {one.stored.number: number for number, (_, _, one) in enumerate(told, 1)}
    quotes = make_quotes(told, FINDINGS, {of: version.corpus.source(of)}, passages)
    assert {quote.group for quote in quotes} == {1}
    quotes = tuple(sorted(quotes, key=lambda quote: quote.start))
    return [quote.text.upper() if quote.role is Role.LEAD else quote.text for quote in quotes]


def said(folder: Path, text: str, opening: str) -> list[str]:
    return quoted(make_assistant(folder, {"a.md": text}).version(), opening)


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("You cannot apply if you:", "are under 18 and live with a parent who has the grant"),
        ("You must not do any of the following", "Feed the ducks."),
        ("You can apply if you", "live in the town"),
        ("Not accepted", "Paint tins"),
        ("Accepted", "Glass bottles"),
        ("Who cannot apply", "Students who live with their parents and have no work of their own"),
        ("What do I need to bring?", "A bank statement"),
        ("Requirements", "You must be over 18."),
        ("Who can apply for a permit", "Residents of the old town who have a blue badge"),
    ],
)
def test_a_heading_without_which_an_item_has_no_meaning_is_quoted_with_it(
    tmp_path: Path, heading: str, item: str
) -> None:
    text = f"# Tip\n\n## Rules\n\nThe tip is open.\n\n### {heading}\n\n- {item}\n- own a boat\n\n### More\n\nAsk us.\n"
    assert said(tmp_path, text, item) == [heading, item.upper()]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Facilities", "- You can park for free."),
        ("How to apply", "1. Fill in the form at the desk"),
        ("Prices", "- Adults £5"),
        ("Contact", "- Email: tip@example.org"),
        ("Opening hours:", "The tip opens at nine."),
        ("If you have no car", "You must bring your rubbish on foot."),
        ("Is there a charge?", "The charge is £5 a visit."),
        ("When is it open?", "Monday to Friday"),
    ],
)
def test_an_ordinary_line_below_an_ordinary_heading_is_quoted_alone(tmp_path: Path, heading: str, line: str) -> None:
    words = line.removeprefix("- ").removeprefix("1. ")
    assert said(tmp_path, f"# Tip\n\nAbout.\n\n## {heading}\n\n{line}\n", words) == [words.upper()]


@pytest.mark.parametrize(
    ("heading", "line", "told"),
    [
        ("Saturday 12 December, 2pm", "Carols by the band in the park.", True),
        ("18 May, town hall", "The mayor opens the new bridge.", True),
        ("18 May, town hall", "The mayor opens the bridge at 2pm.", False),
        ("What we did on 18 May 2027", "The mayor opened the new bridge.", False),
        ("2027 prices", "The fee stays the same.", False),
        ("1. May I pay by card?", "We take all cards but no cheques.", False),
    ],
)
def test_a_heading_that_is_a_date_is_quoted_with_what_is_held_then(
    tmp_path: Path, heading: str, line: str, *, told: bool
) -> None:
    text = f"# Park\n\nAbout.\n\n## {heading}\n\n{line}\n"
    assert said(tmp_path, text, line) == [heading] * told + [line.upper()]


def test_a_bare_yes_or_no_is_quoted_with_the_heading_that_asks(tmp_path: Path) -> None:
    text = "# Tip\n\n## Is there a charge?\n\nNo. We stopped that in 2022.\n\n## Can I walk in?\n\nYes, with a dog.\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    assert quoted(version, "No.") == ["Is there a charge?", "NO.", "We stopped that in 2022."]
    assert quoted(version, "Yes") == ["Can I walk in?", "YES, WITH A DOG."]
    assert quoted(version, "We stopped") == ["WE STOPPED THAT IN 2022."]


def test_a_long_yes_or_no_that_does_not_say_to_what_is_quoted_with_the_heading_that_asks(tmp_path: Path) -> None:
    text = "# Tip\n\n## Do I have to pay?\n\n{}\n\n## More\n\nAsk us.\n"
    for number, (line, told) in enumerate(
        (
            ("Yes, except on Sundays and on bank holidays.", ["Do I have to pay?"]),
            ("No, you pay nothing at all from April to May.", []),
        )
    ):
        (tmp_path / str(number)).mkdir()
        assert said(tmp_path / str(number), text.format(line), line) == [*told, line.upper()]


def test_what_leans_on_a_bare_no_is_quoted_with_the_heading_that_asks_too(tmp_path: Path) -> None:
    text = "# Tip\n\n## Is there a charge?\n\nNo. It was stopped in 2022.\n"
    assert said(tmp_path, text, "It was") == ["Is there a charge?", "No.", "IT WAS STOPPED IN 2022."]


def test_a_row_below_a_heading_that_denies_it_is_quoted_with_that(tmp_path: Path) -> None:
    text = "# Tip\n\n## When you cannot come\n\n| Day | Hours |\n|---|---|\n| Sunday | 9 to 5 |\n"
    assert said(tmp_path, text, "Sunday") == ["When you cannot come", "Day | Hours", "SUNDAY | 9 TO 5"]


def test_the_title_of_a_text_is_quoted_only_where_it_denies_what_stands_below_it(tmp_path: Path) -> None:
    for title, told in (("Tip", ["PAINT TINS"]), ("What we do not take", ["What we do not take", "PAINT TINS"])):
        folder = tmp_path / title[:3]
        folder.mkdir()
        assert said(folder, f"# {title}\n\n- Paint tins\n", "Paint") == told


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("What is not covered", "- Damage to your keys that is caused by pets."),
        ("What we do not cover", "Damage by flood, fire or theft."),
        ("What we do not cover", "Damage by flood, fire or theft of the things that stand in the garden"),
        ("When you cannot come", "Monday to Friday: 9 to 5"),
        ("Exclusions", "- Loss of keys from a car that is left open"),
        ("Exemptions", "- Drivers with a blue badge."),
        ("Common myths", "- You must book a visit before you come."),
    ],
)
def test_a_heading_that_denies_what_stands_below_it_is_quoted_with_that(
    tmp_path: Path, heading: str, line: str
) -> None:
    words = line.removeprefix("- ")
    assert said(tmp_path, f"# Tip\n\nAbout.\n\n## {heading}\n\n{line}\n", words) == [heading, words.upper()]


DENIED = (
    "# Tip\n\nThe tip is open.\n\n## Not accepted\n\n### Household\n\n- Paint tins\n- Oil\n\n### Garden\n\n"
    "- Soil from any garden\n\n**Stones**\n\n- Gravel, as on a drive\n\n### Other\n\n"
    "| What | Size |\n|---|---|\n| Tyres | 5 kg |\n\n"
    "The tip opens at nine.\n\n## Accepted\n\n- Old glass from a kitchen\n"
)


def test_a_heading_that_denies_is_quoted_with_all_lists_in_its_section(tmp_path: Path) -> None:
    version = make_assistant(tmp_path, {"a.md": DENIED}).version()
    assert quoted(version, "Paint") == ["Not accepted", "Household", "PAINT TINS"]
    assert quoted(version, "Soil") == ["Not accepted", "Garden", "SOIL FROM ANY GARDEN"]
    assert quoted(version, "Gravel") == ["Not accepted", "Garden", "Stones", "GRAVEL, AS ON A DRIVE"]
    assert quoted(version, "Tyres") == ["Not accepted", "Other", "What | Size", "TYRES | 5 KG"]
    assert quoted(version, "The tip opens") == ["THE TIP OPENS AT NINE."]
    assert quoted(version, "Old glass") == ["OLD GLASS FROM A KITCHEN"]


ROWS = "| What | Size |\n|---|---|\n| Paint | 5 l |\n| Oil | 3 l |\n"


@pytest.mark.parametrize(
    ("over", "below"),
    [
        ("## Not accepted", ROWS),
        ("We never take:", ROWS),
        ("## Not accepted", "### Homes\n\nPaint tins of any size\n\n### Gardens\n\nOil from old mowers\n"),
    ],
)
def test_what_comes_before_the_lead_joins_what_denies_both(tmp_path: Path, over: str, below: str) -> None:
    version = make_assistant(tmp_path, {"a.md": f"# Tip\n\nAbout.\n\n{over}\n\n{below}"}).version()
    told = group_evidence(evidence(version, "Oil", "Paint"), 4, version)
    assert [group for group, _, _ in told] == [1] * len(told)


def test_a_heading_below_one_that_denies_comes_with_that(tmp_path: Path) -> None:
    text = "# Tip\n\nAbout.\n\n## Not accepted\n\n- Oil and soil\n\n### But accepted in May\n\n- Glass of any kind\n"
    assert said(tmp_path, text, "Glass") == ["Not accepted", "But accepted in May", "GLASS OF ANY KIND"]


@pytest.mark.parametrize(
    ("heading", "leads_in"),
    [("When you need not apply", "You always need to apply for:"), ("Not in the pool", "You can bring:")],
)
def test_a_heading_that_denies_stays_away_where_a_lead_in_says_what_holds(
    tmp_path: Path, heading: str, leads_in: str
) -> None:
    text = f"# Tip\n\nAbout.\n\n## {heading}\n\n{leads_in}\n\n- a raft of oak\n- a bed of roses\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    assert quoted(version, "a raft") == [leads_in, "A RAFT OF OAK"]
    assert quoted(version, leads_in) == [leads_in.upper(), "a raft of oak", "a bed of roses"]


def test_a_heading_that_denies_is_quoted_with_a_list_below_the_first_words_of_its_section(tmp_path: Path) -> None:
    text = "# Tip\n\nAbout.\n\n## What you cannot recycle\n\nThe machines are old.\n\n- Crisp packets\n- Hoses\n"
    text += "\nThe tip sells tools.\n\n- Spades of steel\n- Rakes\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    assert quoted(version, "Crisp") == ["What you cannot recycle", "CRISP PACKETS"]
    assert quoted(version, "Spades") == ["SPADES OF STEEL"]


def test_a_heading_that_tells_only_when_does_not_deny_what_stands_below_others(tmp_path: Path) -> None:
    text = "# Tip\n\nAbout.\n\n## If you cannot come\n\n### Reach us\n\n- Telephone: 01632 960 519\n- Post: Hill Road\n"
    assert said(tmp_path, text, "Telephone") == ["TELEPHONE: 01632 960 519"]


@pytest.mark.parametrize(
    ("code", "heading", "told"),
    [
        ("en", "Exclusions", True),
        ("en", "Who is exempt", True),
        ("en", "Items we refuse", True),
        ("en", "Closed stacks and cancelled tours", True),
        ("en", "What you get", False),
        ("en", "Exceptional work", False),
        ("en", "What went wrong", False),
        ("de", "Ausnahmen", True),
        ("de", "Verbotene Gegenstände", True),
        ("de", "Was Sie bekommen", False),
        ("de", "Außerdem", False),
    ],
)
def test_what_excludes(code: str, heading: str, *, told: bool) -> None:
    assert bool(load_language(code).cues.excludes.search(heading)) is told


def test_a_heading_over_a_box_is_not_quoted_with_what_stands_below_the_box(tmp_path: Path) -> None:
    page = (
        "<html><body><main><h1>Tip</h1><p>We are open on all days of the week.</p>"
        "<aside><h2>Tools</h2><p>We mend tools on Mondays.</p><h2>Not accepted</h2></aside>"
        "<ul><li>Paint tins</li><li>Glass bottles</li></ul></main></body></html>"
    )
    version = make_assistant(tmp_path, {"a.html": page}).version()
    assert quoted(version, "Paint") == ["PAINT TINS"]


def test_a_heading_that_is_a_sentence_of_its_own_is_quoted_once(tmp_path: Path) -> None:
    text = "# Tip\n\n## You cannot bring these things.\n\n- Paint tins\n- Glass bottles\n"
    version = make_assistant(tmp_path, {"a.md": text}).version()
    assert quoted(version, "Paint") == ["You cannot bring these things.", "PAINT TINS"]
    told = group_evidence(evidence(version, "You cannot", "Paint"), 4, version)
    assert len({one.place for _, _, one in told}) == len(told)


def test_items_far_below_a_heading_share_it(tmp_path: Path) -> None:
    items = "".join(f"- sofa number {n} of the things that are too long for it {'and so on ' * 9}\n" for n in range(40))
    version = make_assistant(tmp_path, {"a.md": f"# Tip\n\nAbout.\n\n## We cannot take:\n\n{items}"}).version()
    assert version.corpus.passages > 3
    told = group_evidence(evidence(version, "sofa number 1 ", "sofa number 39"), 4, version)
    assert [(group, role, one.text[:14]) for group, role, one in told] == [
        (1, Role.LEAD, "sofa number 1 "),
        (1, Role.CONTEXT, "We cannot take"),
        (1, Role.ALSO, "sofa number 39"),
    ]


SERVICES = "# Prices\n\nOpen daily.\n\n## Corsa 1.2\n\n{}\n\n## Corsa 1.3\n\n{}\n\n## More\n\nAsk us.\n"


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("- Full service: £219", "- Full service: £246"),
        ("A full service costs £219.", "Book early. A full service costs £246."),
        ("Call us. A full service costs £219.", "A full service costs £246."),
        ("**Deposit:** none", "**Deposit:** half of the price"),
        ("| Service | Price |\n|---|---|\n| Full | £219 |", "| Service | Price |\n|---|---|\n| Full | £246 |"),
    ],
)
def test_what_two_sections_say_in_the_same_words_is_quoted_with_what_tells_them_apart(
    tmp_path: Path, line: str, other: str
) -> None:
    opening = next(
        word for word in ("Full |", "Full service", "A full service", "Deposit") if word in line.replace("*", "")
    )
    assert said(tmp_path, SERVICES.format(line, other), opening)[0] == "Corsa 1.2"


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("- Full service: £219", "- Full service: £219"),
        ("- Full service: £219", "- Interim service: £146"),
        ("We charge £219.", "We charge £246."),
        ("A full service takes a day.", "A full service takes two days."),
    ],
)
def test_what_no_other_section_says_otherwise_is_quoted_alone(tmp_path: Path, line: str, other: str) -> None:
    words = line.removeprefix("- ")
    assert said(tmp_path, SERVICES.format(line, other), words) == [words.upper()]


def test_what_one_section_says_twice_is_quoted_alone(tmp_path: Path) -> None:
    text = "# Prices\n\n## Corsa\n\n- Full service: £219\n\nWith a loan car:\n\n- Full service: £246\n"
    assert said(tmp_path, text, "Full service: £219") == ["FULL SERVICE: £219"]


def test_headings_are_quoted_up_to_the_one_that_tells_two_sections_apart(tmp_path: Path) -> None:
    part = "## {}\n\n### Opening hours\n\n- Monday: {}\n\n"
    text = f"# Pool\n\nAbout.\n\n{part.format('Summer', '7 am to 9 pm')}{part.format('Winter', '9 am to 5 pm')}"
    assert said(tmp_path, text, "Monday: 9") == ["Winter", "Opening hours", "MONDAY: 9 AM TO 5 PM"]


@pytest.mark.parametrize("line", ["£30", "3 places left", "12 Market Place"])
def test_a_bare_figure_is_quoted_with_the_heading_that_names_what_it_is_of(tmp_path: Path, line: str) -> None:
    text = f"# Workshops\n\nAbout.\n\n## Knife skills\n\n- In May\n- {line}\n\n## Bread\n\nFull.\n"
    assert said(tmp_path, text, line) == ["Knife skills", line.upper()]
