from dataclasses import replace
from pathlib import Path

from acobot.answer import Role, compose_answer
from tests.fakes import make_assistant

TABLE = "# Prices\n\n| Activity | Adult | Child |\n|---|---|---|\n" + "".join(
    f"| Course {number} in the hall of the harbour school | £{number} | £{number + 1} |\n" for number in range(1, 60)
)


def quoted(folder: Path, text: str, question: str) -> list[tuple[str, str]]:
    """The quotes of the first group, as they are read, with their roles."""
    answer = make_assistant(folder, {"a.md": text}).ask(question)
    first = [quote for quote in answer.quotes if quote.group == answer.quotes[0].group]
    return [(quote.role.value, quote.text) for quote in sorted(first, key=lambda quote: quote.start)]


def test_a_lead_in_is_quoted_with_its_own_items(tmp_path: Path) -> None:
    text = (
        "# Grant\n\nYou get the grant if you:\n\n- own a boat\n- can swim\n\nYou lose the grant if you:\n\n- sell it\n"
    )
    assert quoted(tmp_path, text, "who gets the grant: you get the grant if you") == [
        ("lead", "You get the grant if you:"),
        ("context", "own a boat"),
        ("context", "can swim"),
    ]


def test_an_item_is_quoted_with_its_lead_in(tmp_path: Path) -> None:
    text = "# Grant\n\nBring to the desk:\n\n- a passport\n- the last bill of the harbour\n"
    assert quoted(tmp_path, text, "must I bring the last bill of the harbour")[0] == ("context", "Bring to the desk:")


PROOF = (
    "# Permit\n\nBring to the desk:\n\n- proof of address, one of\n    - council tax bill\n    - tenancy agreement\n"
    "- proof of the vehicle, one of\n    - logbook in your name\n"
)


def test_an_item_is_quoted_with_the_items_of_its_own_list(tmp_path: Path) -> None:
    assert quoted(tmp_path, PROOF, "what is proof of address") == [
        ("context", "Bring to the desk:"),
        ("lead", "proof of address, one of"),
        ("context", "council tax bill"),
        ("context", "tenancy agreement"),
    ]


def test_an_item_is_quoted_with_the_items_that_it_stands_under(tmp_path: Path) -> None:
    assert quoted(tmp_path, PROOF, "need a logbook in my name")[:3] == [
        ("context", "Bring to the desk:"),
        ("context", "proof of the vehicle, one of"),
        ("lead", "logbook in your name"),
    ]


def test_a_row_is_quoted_with_the_head_of_its_table_however_long(tmp_path: Path) -> None:
    told = quoted(tmp_path, TABLE, "How much is course 57 in the hall of the harbour school?")
    assert told == [
        ("context", "Activity | Adult | Child"),
        ("lead", "Course 57 in the hall of the harbour school | £57 | £58"),
    ]


def test_no_cell_of_a_row_is_emphasised(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"a.md": TABLE})
    explained = assistant.explain("How much is course 57 in the hall of the harbour school?")
    row = next(one for one in explained.findings.chosen if "Course 57" in one.text)
    start = row.sentence.sentence.start
    findings = replace(explained.findings, emphasis=((start, start + 6),))
    answer = compose_answer(assistant.version(), explained.query, findings, ())
    assert [quote.emphasis for quote in answer.quotes if quote.role is Role.LEAD] == [()]


def test_the_line_of_a_question_never_answers_it(tmp_path: Path) -> None:
    text = "# Library\n\nCan I renew a book online?\n\nYes, three times.\n\nIs there a charge?\n\nNo.\n"
    assert quoted(tmp_path, text, "Can I renew a book online?") == [
        ("context", "Can I renew a book online?"),
        ("lead", "Yes, three times."),
    ]


def test_nor_does_it_where_both_are_lines_of_one_paragraph(tmp_path: Path) -> None:
    text = "# Housing\n\n**Q: How do I apply?**\nA: Fill in the form at any library.\n"
    assert quoted(tmp_path, text, "How do I apply?") == [
        ("context", "Q: How do I apply?"),
        ("lead", "A: Fill in the form at any library."),
    ]


def test_a_bare_yes_or_no_goes_on(tmp_path: Path) -> None:
    text = "# Library\n\nIs there a charge for late books?\n\nNo. We stopped that in 2022.\n"
    told = quoted(tmp_path, text, "Is there a charge for late books?")
    assert [words for _, words in told] == ["Is there a charge for late books?", "No.", "We stopped that in 2022."]


def test_a_heading_that_says_something_answers_over_its_text(tmp_path: Path) -> None:
    text = "# Ices\n\n## Child cone: £1\n\nUnder tens only.\n"
    assert quoted(tmp_path, text, "child cone")[0] == ("lead", "Child cone: £1")


ALARMS = "# Faults\n\nAlarm E4: the barrel is frozen. Switch off for an hour. It thaws by itself.\n"


def test_a_label_is_quoted_with_all_that_its_paragraph_says(tmp_path: Path) -> None:
    told = quoted(tmp_path, ALARMS, "what is alarm E4 of the frozen barrel")
    assert [role for role, _ in told] == ["lead", "context", "context"]
    assert quoted(tmp_path, ALARMS, "when do I switch off for an hour") == [
        ("context", "Alarm E4: the barrel is frozen."),
        ("lead", "Switch off for an hour."),
    ]


def test_of_a_long_paragraph_a_label_is_quoted_with_what_comes_next(tmp_path: Path) -> None:
    text = ALARMS.replace("by itself", "by itself " + "and very slowly " * 10)
    told = quoted(tmp_path, text, "what is alarm E4 of the frozen barrel")
    assert [words for _, words in told] == ["Alarm E4: the barrel is frozen.", "Switch off for an hour."]


def test_a_term_is_quoted_with_its_meaning(tmp_path: Path) -> None:
    text = "# Words\n\nCurtilage\n\nThe land that goes with a house and serves it.\n"
    assert quoted(tmp_path, text, "curtilage is the land that goes with a house") == [
        ("context", "Curtilage"),
        ("lead", "The land that goes with a house and serves it."),
    ]


def test_a_sentence_that_stands_alone_is_quoted_alone(tmp_path: Path) -> None:
    text = "# Harbour\n\nThe harbour opens at nine. Boats come in all day.\n"
    assert quoted(tmp_path, text, "harbour opens") == [(Role.LEAD.value, "The harbour opens at nine.")]


def test_a_lead_in_that_goes_on_in_its_items_needs_no_colon(tmp_path: Path) -> None:
    text = "# Travel\n\nYou ride the ferry for free if you\n\n- are under eight\n- cannot walk to the harbour\n"
    assert quoted(tmp_path, text, "free ride if I cannot walk to the harbour")[0] == (
        "context",
        "You ride the ferry for free if you",
    )
    capitals = text.replace("- a", "- A").replace("- c", "- C")
    assert quoted(tmp_path, capitals, "free ride if I cannot walk to the harbour")[0][0] == "context"
    ended = capitals.replace("if you", "if you like.")
    assert quoted(tmp_path, ended, "free ride if I cannot walk to the harbour") == [
        ("lead", "Cannot walk to the harbour")
    ]


def test_an_item_is_quoted_with_the_label_or_the_question_over_its_list(tmp_path: Path) -> None:
    text = "# Tip\n\n**Not accepted**\n\n- Glass bottles\n- Paint tins\n"
    assert quoted(tmp_path, text, "are paint tins accepted") == [("context", "Not accepted"), ("lead", "Paint tins")]
    bring = "# Card\n\n**What do I need to bring?**\n\n- A passport\n- A bank statement\n"
    assert quoted(tmp_path, bring, "What do I need to bring?") == [
        ("context", "What do I need to bring?"),
        ("lead", "A passport"),
        ("context", "A bank statement"),
    ]


def test_an_item_is_quoted_with_its_lead_in_however_far_above(tmp_path: Path) -> None:
    items = "".join(f"- box number {number} of the things that the harbour master keeps\n" for number in range(1, 60))
    told = quoted(tmp_path, f"# Bin\n\nNever put in the bin:\n\n{items}- old batteries\n", "old batteries")
    assert told == [("context", "Never put in the bin:"), ("lead", "old batteries")]


def test_what_bears_a_sign_is_quoted_with_the_note_that_has_it(tmp_path: Path) -> None:
    text = (
        "# Jabs\n\n| Jab | Fee † |\n|---|---|\n| Typhoid \\* | £38 |\n| Rabies \\*\\* | £72 |\n\n"
        "\\*\\* Three doses.\n\n\\* Free from your doctor.\n\n† In advance.\n"
    )
    assert quoted(tmp_path, text, "is the jab for typhoid £38") == [
        ("context", "Jab | Fee †"),
        ("lead", "Typhoid * | £38"),
        ("context", "* Free from your doctor."),
        ("context", "† In advance."),
    ]


def test_a_list_that_is_longer_than_what_is_quoted_of_it_says_so(tmp_path: Path) -> None:
    animals = ("cats", "dogs", "hens", "mice", "rats", "ducks", "geese", "goats", "lambs", "newts")
    for some, note in ((8, None), (9, "1 more item."), (10, "2 more items.")):
        text = "# Grant\n\nYou get the grant if you own:\n\n" + "".join(f"- {one}\n" for one in animals[:some])
        (tmp_path / str(some)).mkdir()
        answer = make_assistant(tmp_path / str(some), {"a.md": text}).ask("you get the grant if you own")
        assert [quote.text for quote in answer.quotes] == ["You get the grant if you own:", *animals[:8]]
        assert answer.notes[:1] == ((f"The list goes on in the source: {note}",) if note else ())
