from dataclasses import replace
from pathlib import Path

import pytest

from acobot.answer import Role, compose_answer
from acobot.answer.grouping import LIST_ITEMS, group_evidence, items_left_out
from acobot.api.showing import also, lead, sides
from acobot.evidence import About, Evidence, Findings, Verdict
from acobot.evidence.records import Disagreement
from acobot.index import Version
from acobot.languages import load_language
from tests.fakes import ENGLISH, make_assistant

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


def evidence(version: Version, *opening: str) -> list[Evidence]:
    """The sentences that begin so, in this order."""
    stored = [version.corpus.passage(number) for number in range(version.corpus.passages)]
    every = [Evidence(one, sentence, one.text_of(sentence), 0.0) for one in stored for sentence in one.sentences]
    return [next(one for one in every if one.text.startswith(words)) for words in opening]


def grouped(folder: Path, texts: dict[str, str], *opening: str) -> list[tuple[int, str, str]]:
    """The groups of sentences that begin so, with the roles of their sentences."""
    version = make_assistant(folder, texts).version()
    told = group_evidence(evidence(version, *opening), 4, version)
    return [(number, role.value, one.text) for number, role, one in told]


BOATS = {"b.md": "# Boats\n\nFishermen merge their harbours in 2018.\n"}


def test_what_leans_on_a_quote_joins_it_whatever_was_quoted_between(tmp_path: Path) -> None:
    texts = {"a.md": "# Fund\n\nThe council holds the budget. They must publish accounts each year.\n"} | BOATS
    assert grouped(tmp_path, texts, "The council", "Fishermen", "They must") == [
        (1, "lead", "The council holds the budget."),
        (2, "also", "Fishermen merge their harbours in 2018."),
        (1, "also", "They must publish accounts each year."),
    ]


def test_a_second_item_joins_its_lead_in_also_where_it_stands_before_the_first(tmp_path: Path) -> None:
    texts = {"a.md": "# Permit\n\nYou lose the permit if you:\n\n- sell the boat\n- let the boat rot\n"} | BOATS
    assert grouped(tmp_path, texts, "sell", "Fishermen", "let the")[-1] == (1, "also", "let the boat rot")
    assert grouped(tmp_path, texts, "let the", "Fishermen", "sell")[-1] == (1, "also", "sell the boat")


def test_what_leans_on_the_end_of_the_passage_before_comes_with_it(tmp_path: Path) -> None:
    keeps = "The harbour master number {0} keeps many records in a red book by the quay."
    told = " ".join(f"{keeps} They must be kept dry for {{0}} years and more.".format(n) for n in range(1, 14))
    version = make_assistant(tmp_path, {"a.md": f"# P\n\n{told}\n"}).version()
    stored = [version.corpus.passage(number) for number in range(1, version.corpus.passages)]
    opening = next(one for one in stored if one.text.startswith("They"))
    sentence = opening.sentences[0]
    told_with = group_evidence([Evidence(opening, sentence, opening.text_of(sentence), 0.0)], 4, version)
    assert [one.text.split()[0] for _, _, one in told_with] == ["They", "The"]


FAR = "in the large hall of the school by the harbour " * 4


def test_a_nested_item_comes_with_the_item_that_it_stands_under_however_far_above(tmp_path: Path) -> None:
    items = {
        who: "".join(f"    - {who} sport {n} {FAR}costs £{n}\n" for n in range(1, 25)) for who in ("evening", "day")
    }
    text = f"# Fees\n\nThe fees are:\n\n- Adults\n{items['evening']}- Children\n{items['day']}"
    told = grouped(tmp_path, {"a.md": text}, "day sport 20")
    assert [(role, words.split()[0]) for _, role, words in told] == [
        ("lead", "day"),
        ("context", "The"),
        ("context", "Children"),
    ]


def test_a_lead_in_at_the_end_of_a_long_paragraph_comes_with_an_item_far_below(tmp_path: Path) -> None:
    para = " ".join(f"The harbour master keeps record number {n} in a red book by the quay." for n in range(1, 40))
    items = "".join(f"- paper {n} {FAR}\n" for n in range(1, 20))
    told = grouped(tmp_path, {"a.md": f"# P\n\n{para} You must bring:\n\n{items}"}, "paper 15 ")
    assert ("context", "You must bring:") in [(role, words) for _, role, words in told]


def test_of_a_list_of_long_items_as_many_are_quoted_as_of_one_of_short_items(tmp_path: Path) -> None:
    items = "".join(f"- condition {n} {FAR}\n" for n in range(1, 13))
    version = make_assistant(
        tmp_path, {"a.md": f"# Grant\n\nYou get it if you meet all of these:\n\n{items}"}
    ).version()
    told = group_evidence(evidence(version, "You get"), 4, version)
    assert sum(one.text.startswith("condition") for _, _, one in told) == LIST_ITEMS
    assert items_left_out(told, {"a": version.corpus.source("a")}, ENGLISH) == 12 - LIST_ITEMS


def test_each_side_of_a_difference_has_what_gives_it_meaning(tmp_path: Path) -> None:
    texts = {"a.md": TABLE, "b.md": "# B\n\nThe course 57 costs an adult £99.\n"}
    assistant = make_assistant(tmp_path, texts)
    explained = assistant.explain("How much is course 57 in the hall of the harbour school?")
    one, other = evidence(assistant.version(), "Course 57", "The course 57")
    difference = Disagreement(About.NUMBER, one, other)
    findings = Findings((one, other), (), Verdict(answered=True, confidence=0.9), difference)
    answer = compose_answer(assistant.version(), explained.query, findings, ())
    told = [[quote.text for _, quotes in side for quote in quotes] for side in sides(answer, answer.differing[0])]
    assert told == [["Activity | Adult | Child", one.text], [other.text]]
    assert lead(answer) == also(answer) == []


STAFF = (
    "# Staff\n\n| Department | Number |\n|---|---|\n| HR | ext. 4010 |\n| IT | ext. 4021 |\n| Each desk | ext. 4 |\n"
)


@pytest.mark.parametrize("row", ["IT |", "Each desk |"])
def test_no_row_leans_on_the_one_before(tmp_path: Path, row: str) -> None:
    assert [words for _, _, words in grouped(tmp_path, {"a.md": STAFF}, row)][1:] == ["Department | Number"]


NOTE = "Please note: the pool is shut on Mondays. " + "The water of the pool is warm all year round for swimmers. " * 5


def test_the_label_of_a_long_paragraph_is_quoted_only_with_the_sentence_right_behind_it(tmp_path: Path) -> None:
    texts = {"a.md": f"# Pool\n\n{NOTE}Children must swim with an adult.\n"}
    assert grouped(tmp_path, texts, "Children") == [(1, "lead", "Children must swim with an adult.")]
    assert [words for _, _, words in grouped(tmp_path, texts, "The water")][1:] == [NOTE[:41]]


def test_a_bare_yes_goes_on_where_question_and_answer_are_one_paragraph(tmp_path: Path) -> None:
    texts = {"a.md": "# Dogs\n\nQ: Can I bring a dog?\nA: Yes. But only in the garden.\n"}
    assert [words for _, _, words in grouped(tmp_path, texts, "A: Yes")] == [
        "A: Yes.",
        "Q: Can I bring a dog?",
        "But only in the garden.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Do I need a card?\n\nNo. They ended in 2020.\n",
        "Do I need a card? No. They ended in 2020.\n",
    ],
)
def test_what_leans_on_a_bare_no_comes_with_the_question(tmp_path: Path, text: str) -> None:
    told = words_of(tmp_path / "1", f"# Cards\n\nThe harbour has cards.\n\n{text}", "They ended")
    assert told == ["Do I need a card?", "No.", "THEY ENDED IN 2020."]


def test_what_leans_on_an_item_comes_with_what_leads_that_in(tmp_path: Path) -> None:
    text = "# Tip\n\nWe never take:\n\n- old oil\n- paint tins\n\nThey are banned in the town.\n"
    assert words_of(tmp_path / "1", text, "They") == ["We never take:", "paint tins", "THEY ARE BANNED IN THE TOWN."]


def test_an_item_that_answers_the_item_above_comes_with_that(tmp_path: Path) -> None:
    text = "# Cards\n\nAsked often:\n\n1. Do I need a card?\n\n   No, never.\n\n2. Is it free?\n\n   Yes, always.\n"
    assert words_of(tmp_path / "1", text, "No, never") == ["Asked often:", "Do I need a card?", "NO, NEVER."]
    assert words_of(tmp_path / "2", text, "Is it") == ["Asked often:", "Is it free?", "YES, ALWAYS."]


BADGES = "# Badges\n\nThe harbour sells badges. They cost £5 each.\n\nBoats wait. They are old.\n\nGulls cry.\n"


def test_what_the_lead_leans_on_comes_in_any_case_and_what_others_lean_on_while_there_is_room(tmp_path: Path) -> None:
    version = make_assistant(tmp_path, {"a.md": BADGES}).version()
    alone = group_evidence(evidence(version, "They cost"), 1, version)
    assert [(role, one.text) for _, role, one in alone] == [
        (Role.LEAD, "They cost £5 each."),
        (Role.CONTEXT, "The harbour sells badges."),
    ]
    several = group_evidence(evidence(version, "They cost", "They are", "Gulls"), 3, version)
    assert [one.text.split()[0] for _, _, one in several] == ["They", "The", "They", "Gulls"]
    roomy = group_evidence(evidence(version, "They cost", "They are", "Gulls"), 5, version)
    assert [one.text.split()[0] for _, _, one in roomy] == ["They", "The", "They", "Boats", "Gulls"]


HOURS = (
    "<h1>Hours</h1><table><tr><td>Monday</td><td>9am to 5pm</td></tr><tr><td>Sunday</td><td>Closed</td></tr></table>"
)


def test_a_first_row_that_is_a_row_like_the_others_heads_none(tmp_path: Path) -> None:
    assert grouped(tmp_path, {"a.html": f"<html><body>{HOURS}</body></html>"}, "Sunday") == [
        (1, "lead", "Sunday | Closed")
    ]


TIP = "# Tip\n\n{}\n\n- Paint tins\n- Glass bottles\n"


@pytest.mark.parametrize(
    "leads_in",
    [
        "We cannot take any of the following.",
        "We cannot take these.",
        "You may bring the things listed below.",
        "Chemicals are never taken.",
    ],
)
def test_a_sentence_that_announces_a_list_or_denies_its_bare_items_leads_it_in(tmp_path: Path, leads_in: str) -> None:
    texts = {"a.md": TIP.format(leads_in)}
    assert grouped(tmp_path, texts, "Paint") == [(1, "lead", "Paint tins"), (1, "context", leads_in)]
    assert [words for _, _, words in grouped(tmp_path, texts, leads_in)] == [leads_in, "Paint tins", "Glass bottles"]


def test_a_sentence_that_announces_a_list_leads_it_in_though_another_stands_between(tmp_path: Path) -> None:
    announces = "You must not bring any of the following."
    texts = {"a.md": TIP.format(f"{announces} Staff look into bags.")}
    assert grouped(tmp_path, texts, "Paint") == [(1, "lead", "Paint tins"), (1, "context", announces)]
    assert [words for _, _, words in grouped(tmp_path, texts, announces)] == [announces, "Paint tins", "Glass bottles"]
    texts = {"a.md": TIP.format("We sell the following: tea and cake. Staff look into bags.")}
    assert grouped(tmp_path, texts, "Paint") == [(1, "lead", "Paint tins")]


def test_a_denial_leads_in_items_of_many_words_that_are_no_sentences(tmp_path: Path) -> None:
    denial, item = "We take no chemicals.", "Paint tins that somebody has emptied and dried"
    texts = {"a.md": TIP.format(denial).replace("Paint tins", item)}
    assert grouped(tmp_path, texts, item) == [(1, "lead", item), (1, "context", denial)]


@pytest.mark.parametrize("before", ["Take care of the quay.", "It shut the following day.", "These are the rules."])
def test_no_other_sentence_over_a_list_does(tmp_path: Path, before: str) -> None:
    assert grouped(tmp_path, {"a.md": TIP.format(before)}, "Paint") == [(1, "lead", "Paint tins")]


def test_a_denial_over_whole_sentences_or_figures_is_not_quoted_with_them(tmp_path: Path) -> None:
    for item in ("Dogs may come in.", "Adults £5"):
        folder = tmp_path / item[:4]
        folder.mkdir()
        texts = {"a.md": f"# Pool\n\nThe pool is not open on Mondays.\n\n- {item}\n- {item}\n"}
        assert grouped(folder, texts, item) == [(1, "lead", item)]


def words_of(folder: Path, text: str, opening: str) -> list[str]:
    """What the lead that begins so is quoted as, in the order of its source, with its words in capitals."""
    folder.mkdir()
    version = make_assistant(folder, {"a.md": text}).version()
    told = group_evidence(evidence(version, opening), 4, version)
    told.sort(key=lambda one: one[2].sentence.sentence.start)
    return [one.text.upper() if role is Role.LEAD else one.text for _, role, one in told]


POST = "# Forms\n\nYou can send the completed form by post to:\n\nParking Services, Town Hall. It has a red door.\n"
HALL = "# Hall\n\n{}\n\n| Room | Hour |\n|---|---|\n| Large hall | £30 |\n| Small hall | £12 |\n"


def test_a_lead_in_over_a_paragraph_comes_with_its_first_line_and_that_with_it(tmp_path: Path) -> None:
    leads_in, address = "You can send the completed form by post to:", "Parking Services, Town Hall."
    assert words_of(tmp_path / "1", POST, "You can") == [leads_in.upper(), address]
    assert words_of(tmp_path / "2", POST, "Parking") == [leads_in, address.upper()]
    assert words_of(tmp_path / "3", POST, "It has") == [address, "IT HAS A RED DOOR."]
    label = "# Forms\n\nAddress:\n\nTown Hall, Leeds\n"
    assert words_of(tmp_path / "4", label, "Address") == ["ADDRESS:", "Town Hall, Leeds"]
    assert words_of(tmp_path / "5", label, "Town") == ["Address:", "TOWN HALL, LEEDS"]


@pytest.mark.parametrize("over", ["The charges for hiring the hall are:", "Charges", "The charges are as follows."])
def test_a_lead_in_or_a_label_over_a_table_comes_with_its_rows_and_each_of_these_with_it(
    tmp_path: Path, over: str
) -> None:
    rows = ["Room | Hour", "Large hall | £30", "Small hall | £12"]
    assert words_of(tmp_path / "1", HALL.format(over), over) == [over.upper(), *rows]
    assert words_of(tmp_path / "2", HALL.format(over), "Small") == [over, rows[0], rows[2].upper()]
    assert words_of(tmp_path / "3", HALL.format("The hall is old."), "Small") == [rows[0], rows[2].upper()]


def test_a_question_over_a_table_is_answered_by_its_rows(tmp_path: Path) -> None:
    asked, rows = "What is an hour in the hall?", ["Room | Hour", "LARGE HALL | £30", "Small hall | £12"]
    assert words_of(tmp_path / "1", HALL.format(asked), asked) == [asked, *rows]
    headless = f"# Pool\n\n{asked}\n\n| Swim | £5 |\n|---|---|\n| Sauna | £7 |\n"
    assert words_of(tmp_path / "2", headless, asked) == [asked, "SWIM | £5", "Sauna | £7"]


def test_of_a_long_table_under_a_lead_in_so_many_rows_are_quoted_and_the_rest_is_told(tmp_path: Path) -> None:
    text = TABLE.replace("# Prices\n", "# Prices\n\nThe prices of all courses are:\n")
    version = make_assistant(tmp_path, {"a.md": text}).version()
    told = group_evidence(evidence(version, "The prices"), 4, version)
    assert sum(one.text.startswith("Course") for _, _, one in told) == LIST_ITEMS - 1
    assert items_left_out(told, {"a": version.corpus.source("a")}, ENGLISH) == 59 - LIST_ITEMS + 1
    row = group_evidence(evidence(version, "Course 57"), 4, version)
    assert [one.text.split()[0] for _, _, one in row] == ["Course", "The", "Activity"]
    assert items_left_out(row, {"a": version.corpus.source("a")}, ENGLISH) == 0


APPLY = "# Grant\n\nThe fund pays £300. You can apply if you:\n\n- rent your home\n- have no savings\n- can swim\n"


def test_an_item_comes_with_its_whole_list_where_its_lead_in_is_chosen_too(tmp_path: Path) -> None:
    assert grouped(tmp_path, {"a.md": APPLY}, "have no", "You can", "rent") == [
        (1, "lead", "have no savings"),
        (1, "context", "You can apply if you:"),
        (1, "context", "rent your home"),
        (1, "context", "can swim"),
    ]


def left_out(folder: Path, text: str, *opening: str) -> int:
    """How many items are told to be left out where the sentences that begin so are chosen."""
    folder.mkdir()
    version = make_assistant(folder, {"a.md": text}).version()
    told = group_evidence(evidence(version, *opening), 4, version)
    return items_left_out(told, {"a": version.corpus.source("a")}, ENGLISH)


def test_of_a_list_of_conditions_that_is_cut_it_is_told_how_many_more_there_are(tmp_path: Path) -> None:
    headed = APPLY.replace("The fund pays £300. You can", "### You can")
    long = APPLY + "".join(f"- own boat number {number}\n" for number in range(9))
    assert left_out(tmp_path / "1", APPLY, "have no") == 2
    assert left_out(tmp_path / "2", APPLY, "have no", "can swim") == 1
    assert left_out(tmp_path / "3", APPLY, "have no", "You can") == 0
    assert left_out(tmp_path / "4", headed, "have no") == 2
    assert left_out(tmp_path / "5", long, "have no", "You can") == 12 - LIST_ITEMS
    assert left_out(tmp_path / "6", long, "own boat number 7", "You can") == 3


def test_of_a_list_that_is_quoted_up_to_the_limit_it_is_told_how_many_are_not_quoted(tmp_path: Path) -> None:
    desk = "# Desk\n\nThe desk has:\n\n" + "".join(f"- box number {number} of tea\n" for number in range(1, 13))
    assert left_out(tmp_path / "1", desk, "box number 3", "The desk") == 12 - LIST_ITEMS
    assert left_out(tmp_path / "2", desk, "The desk", "box number 12") == 12 - LIST_ITEMS - 1
    assert left_out(tmp_path / "3", desk, "box number 3", "box number 5") == 0


def test_of_other_lists_it_is_not_told(tmp_path: Path) -> None:
    assert left_out(tmp_path / "1", APPLY.replace("apply if you", "see here"), "have no") == 0
    assert left_out(tmp_path / "2", APPLY.replace("if you:", "if you like."), "have no", "You can") == 0
    assert left_out(tmp_path / "3", APPLY, "The fund") == 0
    assert left_out(tmp_path / "4", HALL.format("You must pay:"), "Small") == 0


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("en", "You can apply if you:", True),
        ("en", "Who can apply", True),
        ("en", "To qualify you must:", True),
        ("en", "You must not:", False),
        ("en", "The desk has:", False),
        ("de", "Sie können den Zuschuss beantragen, wenn Sie", True),
        ("de", "Wer kann den Zuschuss beantragen?", True),
        ("de", "Bitte beachten Sie:", False),
    ],
)
def test_what_leads_in_conditions(code: str, said: str, *, told: bool) -> None:
    assert bool(load_language(code).cues.conditions.search(said)) is told
