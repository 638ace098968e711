"""Whole pages lie in tests/corpus/furniture, each line with a margin that says how it must end.

F: furniture or a heading, never quotable.  H: a heading of the text.  Q: quotable.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from acobot.sources import list_folder, read_source
from acobot.sources.furniture import set_aside_furniture
from acobot.sources.markdown import read_markdown
from acobot.sources.plain_text import read_plain_text
from acobot.sources.record import Block, BlockKind
from tests.conftest import REPOSITORY
from tests.fakes import ENGLISH, write_sources

PAGES = sorted((REPOSITORY / "tests" / "corpus" / "furniture").iterdir())
MARGIN = 3
PROSE = "Bins are collected every week from the edge of each property, unless a bank holiday moves the day by one."


def fate(blocks: list[Block]) -> str:
    return "".join(sorted({"F" if block.furniture else "Q" if block.quotable else "H" for block in blocks}))


def fates(text: str) -> dict[str, str]:
    """How each block of a Markdown text ends."""
    draft = read_markdown(text)
    return {
        draft.text[block.start : block.end]: fate([block])
        for block in set_aside_furniture(draft.text, draft.blocks, ENGLISH)
    }


def is_furniture(text: str) -> bool:
    """Whether it is, amid prose; the prose must stay quotable."""
    found = fates(f"{PROSE}\n\n{text}\n\nAnother sentence, which ends it.")
    assert found.pop(PROSE) == found.pop("Another sentence, which ends it.") == "Q"
    assert len(set(found.values())) == 1, found
    return set(found.values()) == {"F"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_pages_furniture_is_set_aside_and_its_text_is_kept(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    read = read_markdown if page.suffix == ".md" else read_plain_text
    draft = read("\n".join(line[MARGIN:] for line in lines))
    blocks = set_aside_furniture(draft.text, draft.blocks, ENGLISH)
    assert len(draft.text.split("\n")) == len(lines)
    wrong, end = [], -1
    for line, said in zip(lines, draft.text.split("\n"), strict=True):
        start, end = end + 1, end + 1 + len(said)
        found = fate([block for block in blocks if block.start < end and block.end > start])
        if found not in {"F": ("F", "H", "FH"), "H": ("H",), "Q": ("Q",)}.get(line[0], (found,)):
            wrong.append(f"{found} {line}")
    assert wrong == []


def test_there_are_pages_of_each_kind() -> None:
    assert {page.stem for page in PAGES} >= {"council-bins", "museum-news", "harbour-report", "about-newsletters"}
    assert not any("\nF|" in page.read_text(encoding="utf-8") for page in PAGES if page.stem.startswith("about-"))


@pytest.mark.parametrize(
    "notice",
    [
        "Back to top",
        "Top of page",
        "Skip to main content",
        "Sign up for our newsletter to hear more.",
        "STAY CURRENT Sign up for our newsletter",
        "Get the best of it straight to your inbox.",
        "Enter your email address",
        "Subscribe to our channel",
        "Sign up for free!",
        "Please sign in or register for free to read on.",
        "Log in to access all articles.",
        "- Enter your email address\n- All rights reserved.",
        "Want more stories like this?",
        "Please log in to comment.",
        "You must be logged in to post a reply.",
        "This site is intended for health professionals only",
        "We use cookies to improve your visit.",
        "Accept all cookies",
        "Read our privacy policy.",
        "This page is not currently associated to any topics",
        "Support 110 years of independent journalism.",
        "For more information, please contact the press office.",
        "Share this page",
        "Share on Facebook",
        "Follow us on LinkedIn",
        "Find us on Facebook, X and Instagram",
        "Join us",
        "Become a member today!",
        "Please support us",
        "Donate now",
        "Report a problem with this page",
        "Topics in this article : Bins , Waste",
        "All rights reserved",
        "© Crown copyright 2018",
        "Copyright 2018 Ashby Vale",
        "You may re-use the text of this document free of charge in any format or medium.",
        "Published in PDF format only.",
        "https://www.gov.uk/bins",
        "Photo by Lewis Grant",
        "By Anna Charles",
        "By Jean Marie O'Neill and Tom Aldous",
        "16 April 2018",
        "16 April 2018updated 09 Sep 2021 4:29pm",
        "Updated: Mar 30, 2021",
        "Last updated: 3 March 2023.",
        "Friday, 22 March 2024",
        "Menu",
        "Contact us",
        "Terms and conditions",
        "The authors accept no liability for errors or omissions and may change it without notice.",
        "Contents",
        "In this section",
        "Was this page helpful?",
        "Is this page useful? Yes No",
        "Related articles",
        "You may also like",
    ],
)
def test_what_a_page_says_of_itself_is_set_aside(notice: str) -> None:
    assert is_furniture(notice)


@pytest.mark.parametrize(
    "prose",
    [
        "The top of the page shows the date.",
        "People could sign up for the newsletter in the library.",
        "Half of them subscribe to the newsletter.",
        "You must register with a GP before you can book.",
        "You can log in to the service to see your results.",
        "Visitors have to sign in at the desk.",
        "This site requires planning permission.",
        "This document is not linked to the contract.",
        "Donate blood every twelve weeks.",
        "Join us or leave us, said the mayor. Most left.",
        "Join us at the Guildhall on 5 May, 10am to 4pm",
        "Become a member for £20 a year",
        "Support us by standing at the gate on Sundays",
        "Find us on the second floor of the Guildhall.",
        "Find us on Level 2",
        "For more information about the show, people asked at the post office, which would call the hall.",
        "Share the cost with your neighbour.",
        "Print this form and sign it.",
        "Follow this order when you empty a bin",
        "Copyright in the photographs belongs to the families.",
        "(c) the contract ends on the last day of the year.",
        "You may copy your records free of charge.",
        "By Monday the bins were empty.",
        "10 August 2017 saw the contract published.",
        "12 March 2018: draft contract published",
        "<p>They were emptied in March.</p>",
        "The licence names who is liable, and third parties may see personal data.",
        "Contents insurance is compulsory.",
        "Related trades include tanning.",
        "Residents can unsubscribe from the list.",
        "The home page says so.",
        "You must sign in to register your dog.",
        "Log in to access all your bills.",
        "You may copy any document at the library for 10p a page.",
        "You may download any form from the counter page.",
        "Sign up for garden waste collection before May and the first month is free.",
        "1. Find the form.\n2. Enter your email address and your postcode.",
    ],
)
def test_prose_about_such_things_stays(prose: str) -> None:
    assert not is_furniture(prose)


def test_a_long_paragraph_that_mentions_a_sign_up_stays() -> None:
    assert is_furniture("Sign up for our newsletter.")
    assert not is_furniture("Sign up for our newsletter. " + "They said so in each of the letters that they sent. " * 6)


def test_a_line_in_a_tag_is_the_label_of_a_box() -> None:
    draft = read_plain_text(f"{PROSE}\n\n<strong>What you need to know</strong>\n\n{PROSE}\n")
    assert [fate([block]) for block in set_aside_furniture(draft.text, draft.blocks, ENGLISH)] == ["Q", "F", "Q"]


MENU = ["Arts and Culture", "Board Member", "Health - Nursing", "HR, Training", "OH&S, Risk", "Travel, Tourism"]


def listed(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


@pytest.mark.parametrize("notice", ["© 2024 Ashby. All rights reserved.", "All rights reserved."])
def test_a_notice_is_no_step_beside_a_sentence(notice: str) -> None:
    said = "Ashby Council is an equal employer."
    assert fates(f"{PROSE}\n\n{listed([notice, said])}") == {PROSE: "Q", notice: "F", said: "Q"}
    assert not is_furniture(listed(["Sign in to continue.", said]))


def test_a_run_of_labels_is_a_menu() -> None:
    assert is_furniture(listed(MENU))
    assert not is_furniture(listed(MENU[:5]))


def test_a_list_that_words_introduce_is_not() -> None:
    assert fates(f"These are the trades:\n\n{listed(MENU * 3)}")["Board Member"] == "Q"


def test_a_list_of_names_under_its_heading_is_not_unless_it_is_long() -> None:
    assert fates(f"## The areas\n\n{listed(MENU)}")["Board Member"] == "Q"
    assert fates(f"## The areas\n\n{listed(MENU + MENU)}")["Board Member"] == "F"
    assert fates(f"## Menu\n\n{listed(MENU)}")["Board Member"] == "F"


@pytest.mark.parametrize(
    "items",
    [
        ["glass", "tins", "paper", "card", "food", "cloth"],
        ["Glass is washed.", "Tins are rinsed.", "Paper is kept dry.", "Card is cut.", "Food is not.", "Cloth is."],
        ["Route 1 North", "Route 2 South", "Route 3 East", "Route 4 West", "Route 5 North", "Route 6 Centre"],
        [
            "Where the glass goes",
            "Which tins are rinsed",
            "When paper is wet",
            "How card is cut",
            "Who eats",
            "What is left",
        ],
    ],
)
def test_a_list_of_phrases_or_facts_is_not(items: list[str]) -> None:
    assert not is_furniture(listed(items))


def test_a_list_of_one_label_is_a_breadcrumb() -> None:
    assert is_furniture("1. Spotlight on Policy")
    assert not is_furniture("1. the green one")
    assert fates("The body that decides is:\n\n- NHS England\n")["NHS England"] == "Q"


def test_items_that_end_a_sentence_and_a_term_with_its_meaning_are_no_menu() -> None:
    assert fates(f"# Bus pass\n\n{PROSE}\n\nIt is free only for\n\n- Students\n\n{PROSE} Yes.")["Students"] == "Q"
    assert fates(f"# Glass\n\n{PROSE}\n\nWe collect it in\n\n{listed(MENU)}\n\n{PROSE} Yes.")["Board Member"] == "Q"
    assert fates(f"# Glass\n\n{PROSE}\n\nAshby Vale\n\n{listed(MENU)}\n\n{PROSE} Yes.")["Board Member"] == "F"
    blocks = [Block(BlockKind.ITEM, 0, 15), Block(BlockKind.PARAGRAPH, 17, 28)]
    assert [fate([one]) for one in set_aside_furniture("Venue\nTown Hall\n\nIt is open.", blocks, ENGLISH)] == [
        "Q",
        "Q",
    ]


def test_a_box_of_particulars_is_set_aside() -> None:
    assert is_furniture("Title: A brief guide\n\nAuthor: Waste Team\n\nTarget audience: General public")
    assert is_furniture("Phone: 01632 960001\n\nFax: 01632 960002\n\nEmail: bins@example.org")
    assert not is_furniture("Title: A brief guide\n\nAuthor: Waste Team")


def test_lines_that_state_facts_under_labels_are_not() -> None:
    assert not is_furniture("Monday: 9am to 5pm\n\nTuesday: 9am to 5pm\n\nWednesday: closed")
    assert not is_furniture("Address: 5 Mill Lane\n\nMonday: 9am to 5pm\n\nTuesday: noon to 5pm\n\nSunday: closed")


def test_a_list_of_contents_is_set_aside() -> None:
    assert is_furniture("What are they?.....\t4\n\nWill they last?.....\t4\n\nWho pays ...... 12")
    assert is_furniture("Contents\t3\n\nWhat are they?\t4\n\nWill they last?\t5")
    assert is_furniture("**Contents**\n\n- What are they?\n- Who pays")


def test_a_table_of_numbers_is_not() -> None:
    assert not is_furniture("Glass\t1408\n\nTins\t24\n\nPaper\t310")
    assert not is_furniture("Glass\t14\n\nTins\t24\n\nPaper\t310")
    assert not is_furniture("Glass ...... 14\n\nTins ...... 2\n\nPaper ...... 9")


def test_a_table_below_pointers_to_other_pages_is_none_of_them() -> None:
    found = fates(
        f"# Bins\n\n{PROSE}\n\n## Related content\n\n- Pay a fine\n\nZones\n\n| a | b |\n|---|---|\n| A | 9am |\n"
    )
    assert found["Pay a fine"] == "F"
    assert found["Zones"] == found["A | 9am"] == "Q"


def test_pointers_to_other_pages_are_set_aside_up_to_the_next_text() -> None:
    assert fates(f"Related articles\n\nTen bridges\n\nA castle\nA moat\n\n## Bins\n\n{PROSE}\n\nA phrase") == {
        "Related articles": "F",
        "Ten bridges": "F",
        "A castle\nA moat": "F",
        "Bins": "H",
        PROSE: "Q",
        "A phrase": "Q",
    }


@pytest.mark.parametrize("opening", ["Have your say", "Other topics"])
def test_pointers_to_other_pages_end_at_the_next_heading_of_their_rank(opening: str) -> None:
    found = fates(
        f"# Bins\n\n{PROSE}\n\n## {opening}\n\n### Ten bridges\n\n- A castle\n\n"
        "## Fees\n\n- Adults: £3\n\n### Where\n\nOak Hall"
    )
    assert [found[one] for one in (opening, "Ten bridges", "A castle")] == ["F", "F", "F"]
    assert [found[one] for one in ("Fees", "Adults: £3", "Where", "Oak Hall")] == ["H", "Q", "H", "Q"]
    assert fates(f"# Bins\n\n{PROSE}\n\n## {opening}\n\n## Ten bridges\n\n## A castle")["Ten bridges"] == "F"


@pytest.mark.parametrize("heading", ["Accessibility", "Comments", "Contact us", "See also", "Become a member"])
def test_such_a_word_over_a_text_is_its_heading(heading: str) -> None:
    assert fates(f"## {heading}\n\n{PROSE}") == {heading: "H", PROSE: "Q"}
    assert fates(f"## {heading}\n\n## Bins\n\n{PROSE}")[heading] == "F"


def test_what_says_where_to_find_somebody_heads_an_address() -> None:
    assert fates(f"# Bins\n\n{PROSE}\n\n## Find us\n\nMill Lane, Ashby") == {
        "Bins": "H",
        PROSE: "Q",
        "Find us": "H",
        "Mill Lane, Ashby": "Q",
    }


def test_dates_over_texts_are_the_headings_of_a_timeline_but_one_is_a_dateline() -> None:
    assert fates(f"## 12 March 2018\n\n{PROSE}")["12 March 2018"] == "F"
    timeline = fates(f"## 12 March 2018\n\n{PROSE}\n\n## 3 April 2018\n\nThey were late.")
    assert (timeline["12 March 2018"], timeline["3 April 2018"]) == ("H", "H")


def test_only_the_mark_of_a_block_changes() -> None:
    draft = read_markdown("# Bins\n\nBack to top\n\n- glass\n")
    blocks = set_aside_furniture(draft.text, draft.blocks, ENGLISH)
    assert [(block.kind, block.start, block.end, block.level) for block in blocks] == [
        (block.kind, block.start, block.end, block.level) for block in draft.blocks
    ]
    assert [block.kind for block in blocks if block.furniture] == [BlockKind.PARAGRAPH]


def test_a_source_can_overrule_the_rules(tmp_path: Path) -> None:
    body = f"# Bins\n\nSign up for our newsletter.\n\nBack\nto top\n\n{PROSE}\n\nGreen ones are green.\n"
    front = "---\nkeep:\n  - for our NEWSLETTER\n  - back to top\ndrop: ones are\n---\n"
    [file] = list_folder(write_sources(tmp_path, {"bins.md": front + body})).files
    source = read_source(file, ENGLISH)
    assert {source.text[block.start : block.end]: fate([block]) for block in source.blocks} == {
        "Bins": "H",
        "Sign up for our newsletter.": "Q",
        "Back\nto top": "Q",
        PROSE: "Q",
        "Green ones are green.": "F",
    }


def test_what_is_to_be_kept_goes_before_what_is_to_be_dropped() -> None:
    draft = read_markdown(PROSE)
    for keep, drop, furniture in (((), ("week",), True), (("bins",), ("week",), False)):
        [block] = set_aside_furniture(draft.text, draft.blocks, ENGLISH, keep, drop)
        assert block.furniture is furniture
    [block] = set_aside_furniture(draft.text, [replace(draft.blocks[0], furniture=True)], ENGLISH, ("bins",))
    assert not block.furniture


@pytest.mark.timeout(30)
@pytest.mark.parametrize("sign", [".", "A", "A ", "\t", "<a>", "in ", "& ", "1", "sign up for ", "x: "])
def test_a_long_run_of_one_sign_takes_no_long_time(sign: str) -> None:
    for start in ("", "12 March 2018 ", "Contents ", "By ", "Photo: ", "Phone: ", "For more information "):
        text = f"{start}{sign * 3000}?"
        set_aside_furniture(text, [Block(BlockKind.PARAGRAPH, 0, len(text))], ENGLISH)


@pytest.mark.timeout(10)
def test_many_pointers_in_a_row_take_no_long_time() -> None:
    for pointer in ("Share this page", "Contents"):
        assert set(fates(listed([pointer, "Ten bridges"] * 6000)).values()) == {"F"}


def test_rows_of_a_table_without_a_head_are_no_menu() -> None:
    names = [f"- {role} | {name}" for role, name in zip("ABCDEFGHIJKLMN", "OPQRSTUVWXYZÄÖ", strict=True)]
    found = fates("\n".join(["# Staff", "", *(line.replace("- ", "- Post ") for line in names)]))
    assert set(found.values()) == {"H", "Q"}
