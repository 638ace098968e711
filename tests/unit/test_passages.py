import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acobot.passages import PASSAGE_PIECES, PASSAGE_WORDS, PREFIX_PIECES, Passage, split_passages, split_sentences
from acobot.sources import WITHOUT_TITLE, Block, BlockKind, Particulars, Source, says_something
from acobot.sources.furniture import set_aside_furniture
from acobot.sources.markdown import read_markdown
from tests.fakes import ENGLISH, WordEncoder

count = WordEncoder().count


def source(body: str, title: str = "Bins") -> Source:
    draft = read_markdown(body)
    blocks = set_aside_furniture(draft.text, draft.blocks, ENGLISH)
    return Source("bins", Particulars(title), draft.text, blocks, draft.asks, sha256="", file_sha256="")


def sentences(paragraph: str) -> list[str]:
    block = Block(BlockKind.PARAGRAPH, 0, len(paragraph))
    return [paragraph[sentence.start : sentence.end] for sentence in split_sentences(paragraph, block, ENGLISH)]


def passages(body: str, title: str = "Bins") -> tuple[Passage, ...]:
    return split_passages(source(body, title), count, ENGLISH)


def texts(body: str) -> list[str]:
    read = source(body)
    return [read.text[passage.start : passage.end] for passage in split_passages(read, count, ENGLISH)]


def words(number: int, word: str = "word") -> str:
    """A sentence of so many words."""
    return " ".join(["The", *[word] * (number - 1)]) + "."


@pytest.mark.parametrize(
    "parts",
    [
        ["They are green.", "They are emptied weekly!", "Who pays?", "The council."],
        ["Dr. Smith went home.", "He slept."],
        ["Mr. and Mrs. Jones agree with Prof. A. Hill.", "So does Cllr. Hay."],
        ["Dr. No was in it.", "It was written by J. R. R. Tolkien and C. A. Smith."],
        ["She lives at No. 3 Park Road.", "Nos. 4 and 5 are empty."],
        ["Some fruit, e.g. apples, is cheap, i.e. under £1.", "Buy it."],
        ["The U.S. Congress met.", "It left the U.S.", "The next day it came back."],
        ["At 5 p.m. the bell rang.", "At 6 a.m. it rang again."],
        ["It cost 3.5 million, or £4.20 each.", "Then it cost £0.99.", "People paid."],
        ["Der Kuchen kostet 3,90 €.", "Ältere erhalten 10 %.", "„Danke“, sagt er.", "Es hat 4.5 °C.", "Gut."],
        ["The bus leaves at 6.30pm.", "If you miss it, walk the 1.5km.", "It is lit until 11:45pm!", "So we hope."],
        ["See fig. 2.3b. Smith and Fig. 1.2a. Jones.", "It is 2.5m.", "So it fits."],
        ["It rose by 2.5%.", "In 2018 it fell.", "70 people saw it."],
        ["The rules are in Sch. 3, Pt. 2 and Pt. IV of the Act.", "It followed on Tues. 6 May.", "See Sch. A1."],
        ["It treated many in the year.1", "The list grew.2", "Nobody knew."],
        ["Er gilt ab dem 1. April bzw. nach Eingang.", "It was his 1.", "The next won."],
        ["许可证每年六十英镑。", "谁付？", "“市政府！”", "好。"],
        ["See www.gov.uk for more.", "Or see https://example.org/a.b?c=1.", "People do."],
        ["Mail bins@example.org.", "They answer."],
        ["She said: “It is done.”", "Then she left."],
        ["He said “It is done.” and left.", "She said 'Good.'"],
        ["“We will.”", "“They will not!”", "‘Why?’", "Nobody knew."],
        ["It isn't so.", "They don’t, can't and won’t."],
        ["The result (see p. 3) is clear.", "(It was checked.)", "It held."],
        ["It grew.[1]", "Then it fell.[2, 3][4]", "Smith et al. found this [5]."],
        ["Wait... what?", "Yes… perhaps.", "It ends."],
        ["They pay; NHS England watches.", "One thing: it works."],
        ["Fig. 2 and vol. 3, pp. 4–5, show it.", "Others vs. Smith did not."],
        ["It measures 5 ft. 3 in. across.", "It fits."],
        ["The NHS in England\npays.", "It\nwatches."],
        ["One sentence without an end"],
        ["A2. Two of them.", "They are free."],
        ["3.1. Jobs are kept.", "It took 3.5.", "We wait."],
    ],
    ids=lambda parts: parts[0][:24],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts
    assert sentences("\n".join(parts)) == parts


def test_the_number_of_a_line_belongs_to_what_it_stands_before() -> None:
    assert sentences("How many?\n12. We counted.\n3.2. Films: a week.") == [
        *("How many?", "12. We counted.", "3.2. Films: a week.")
    ]
    assert sentences("We took the A3. It was\n12. Nobody knew.") == ["We took the A3.", "It was\n12.", "Nobody knew."]


def test_closing_signs_that_stand_apart_belong_to_the_sentence_before() -> None:
    assert sentences("He said: “It is done. ”") == ["He said: “It is done. ”"]


def test_blanks_of_every_kind_stand_between_sentences_not_in_them() -> None:
    assert sentences("It is so.\u00a0\u00a0It was so.\t\nIt will be.\u200b \u2028 \n\n So they said. ") == [
        "It is so.",
        "It was so.",
        "It will be.",
        "So they said.",
    ]


@pytest.mark.parametrize("kind", [BlockKind.ITEM, BlockKind.ROW])
def test_a_list_item_and_a_row_count_as_one(kind: BlockKind) -> None:
    text = "Glass. It is rinsed. | Weekly."
    [sentence] = split_sentences(text, Block(kind, 0, len(text)), ENGLISH)
    assert (sentence.start, sentence.end) == (0, len(text))


def test_a_line_of_code_counts_as_one() -> None:
    text = "$ a. B\n\n  c = 1  \n---\n"
    found = split_sentences(text, Block(BlockKind.CODE, 0, len(text)), ENGLISH)
    assert [text[sentence.start : sentence.end] for sentence in found] == ["$ a. B", "c = 1"]


@pytest.mark.parametrize("text", ["***", "…", "– –", "\u200b", ""])
def test_what_has_no_letter_and_no_digit_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_a_passage_is_a_slice_of_its_source_with_its_digest() -> None:
    read = source("# Green bins\n\nThey are *green*.\n\nThey are emptied: weekly.\n\n- glass\n- tins\n")
    [passage] = split_passages(read, count, ENGLISH)
    text = "They are green.\n\nThey are emptied: weekly.\n\n- glass\n- tins"
    assert read.text[passage.start : passage.end] == text
    assert passage.source_id == "bins"
    assert passage.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert [read.text[sentence.start : sentence.end] for sentence in passage.sentences] == [
        "They are green.",
        "They are emptied: weekly.",
        "glass",
        "tins",
    ]


def test_each_heading_begins_a_passage_and_the_trail_says_where_it_stands() -> None:
    body = (
        "Before.\n\n# Bins\n\nTop.\n\n## Green *ones*\n\nGreen.\n\n### Lids\n\nLids.\n\n## Blue ones\n\nBlue.\n\n"
        "#### Deep\n\nDeep.\n\n# Other things\n\nOther.\n\nUnder\n====\n\nLast."
    )
    read = source(body, title="Bins")
    assert [
        (read.text[passage.start : passage.end], passage.heading) for passage in split_passages(read, count, ENGLISH)
    ] == [
        ("Before.", ()),
        ("Top.", ()),
        ("Green.", ("Green ones",)),
        ("Lids.", ("Green ones", "Lids")),
        ("Blue.", ("Blue ones",)),
        ("Deep.", ("Blue ones", "Deep")),
        ("Other.", ("Other things",)),
        ("Last.", ("Under",)),
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Child single: £1", True),
        ("We shut on Christmas Day.", True),
        ("Who pays?", False),
        ("1. Introduction.", False),
        ("What it costs in 2024", False),
    ],
)
def test_a_heading_that_says_something_is_a_sentence_over_its_text(heading: str, said: bool) -> None:
    read = source(f"## {heading}\n\nPay the driver.")
    [passage] = split_passages(read, count, ENGLISH)
    assert [read.text[one.start : one.end] for one in passage.sentences] == [heading] * said + ["Pay the driver."]
    assert passage.heading == (heading,)


def test_the_prefix_is_the_title_and_the_headings() -> None:
    [passage] = passages("## Green bins\n\n### Lids\n\nThey shut.", title="A guide")
    assert passage.prefix == "A guide > Green bins > Lids"


def test_a_heading_over_two_lines_is_one_line_of_the_trail() -> None:
    assert passages("Green\nbins\n===\n\nThey shut.")[0].heading == ("Green bins",)


def test_furniture_is_in_no_passage_and_parts_what_stands_around_it() -> None:
    assert texts("One.\n\nBack to top\n\nTwo.\n\n## Menu\n\n## Skip to content\n\nThree.") == ["One.", "Two.", "Three."]


def test_a_heading_that_is_furniture_heads_nothing() -> None:
    before, after = passages("## Bins and more\n\nOne.\n\n## Back to top\n\nTwo.")
    assert before.heading == ("Bins and more",)
    assert after.heading == ()


def test_a_section_of_some_words_is_one_passage() -> None:
    assert len(texts(f"{words(80)} {words(80)}")) == 1


def test_a_longer_section_is_shared_out_evenly() -> None:
    # 30 sentences of 8 words are 240: two passages of 120, not one of 160 and a rest of 80.
    assert [text.count(".") for text in texts(" ".join([words(8)] * 30))] == [15, 15]
    assert [text.count(".") for text in texts(" ".join([words(8)] * 21))] in ([10, 11], [11, 10])


def test_a_passage_has_about_the_words_that_it_may() -> None:
    lengths = [len(text.split()) for text in texts(" ".join([words(17)] * 100))]
    assert sum(lengths) == 1700
    assert all(80 <= length <= PASSAGE_WORDS for length in lengths)


def test_a_passage_stays_within_what_the_model_reads() -> None:
    # "The a-b." is two words but five pieces, so 80 of them are too many, title or not.
    for title, most in (("-", 50), (" ".join(["word"] * 60), 38)):
        read = source(" ".join([words(2, "a-b")] * 200), title)
        found = split_passages(read, count, ENGLISH)
        assert max(len(passage.sentences) for passage in found) == most
        assert all(count(f"{p.prefix} {read.text[p.start : p.end]}") <= PASSAGE_PIECES for p in found)


def test_a_sentence_too_long_for_the_model_is_a_passage_of_its_own() -> None:
    assert texts(f"Before it. {words(300)} After it.") == ["Before it.", words(300), "After it."]


def test_a_long_title_is_cut_at_a_word_and_leaves_room_for_the_text() -> None:
    title = " ".join(f"word{number}" for number in range(200))
    [passage] = passages("## A heading\n\nThey shut.", title=title)
    assert title.startswith(passage.prefix + " ")
    assert PREFIX_PIECES / 2 < count(passage.prefix) <= PREFIX_PIECES


def test_a_title_of_one_endless_word_leaves_no_prefix() -> None:
    [passage] = passages("They shut.", title="-" * 500)
    assert passage.prefix == ""


def test_a_source_without_a_sentence_has_no_passages() -> None:
    assert passages("") == passages("# Bins\n\n## More\n") == passages("…\n\n- –\n") == ()


MARKS = ["# Bins", "## A *marked* one", "- ", "1. ", "> ", "Back to top", "| a | b |\n|---|---|\n| c | d. E |\n"]
SHORT = ["Dr.", "No. 3", "e.g.", "U.S.", "Mr. and Mrs. Smith", "isn't", "don’t", "3.5", "£4.20", "http://a.b/c?d=e.f"]
SIGNS = [
    "“Yes.”",
    '"No!"',
    "...",
    "…",
    "[1]",
    "(see p. 3)",
    "camelCase.Word",
    "well-",
    "_x_",
    "’",
    "``",
    "```\nx. Y\n```",
]
ODD = ["e\u0301", "\U0001f600", "日本語。", "ﬁ", "\u00ad", "\ufeff", "İ", "ß"]
BLANKS = [" ", "\n", "\n\n", "\n\n\n", "\t", "\u00a0", "\u200b", "\u2028", "\v", "\x1c", "\x85"]
LONG = ["The cat sat.", "A long sentence goes on; it does, and on. " * 3, "a-b-c " * 70]
PARTS = st.sampled_from([*MARKS, *SHORT, *SIGNS, *ODD, *BLANKS, *LONG])


def is_saying(block: Block, read: Source) -> bool:
    """Whether a block is a heading that says something itself, and not the title."""
    words = " ".join(read.text[block.start : block.end].split())
    heads = block.kind is BlockKind.HEADING and not block.furniture
    return heads and says_something(words) and words.casefold() != read.particulars.title.casefold()


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(PARTS, st.sampled_from(["", " ", "\n", "\n\n"])), max_size=40),
    st.text(max_size=40),
)
def test_whatever_the_text_every_word_that_can_be_quoted_stands_in_one_sentence_of_one_passage(
    parts: list[tuple[str, str]], title: str
) -> None:
    read = source("".join(part + blank for part, blank in parts), title)
    found = split_passages(read, count, ENGLISH)

    spoken = [sentence for passage in found for sentence in passage.sentences]
    end = 0
    for sentence in spoken:
        assert end <= sentence.start < sentence.end
        said = read.text[sentence.start : sentence.end]
        assert said == said.strip()
        assert any(char.isalnum() for char in said)
        end = sentence.end

    inside = {place for sentence in spoken for place in range(sentence.start, sentence.end)}
    saying = [block for block in read.blocks if block.quotable or is_saying(block, read)]
    quotable = {place for block in saying for place in range(block.start, block.end)}
    alnum = {place for place, char in enumerate(read.text) if char.isalnum()}
    assert inside & alnum == quotable & alnum
    for word in re.finditer(r"[^\W_]+", read.text):
        assert len({inside.issuperset({place}) for place in range(*word.span())}) == 1

    for passage in found:
        text = read.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert passage.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert count(passage.prefix) <= PREFIX_PIECES
        assert count(passage.prefix) + count(text) <= PASSAGE_PIECES or len(passage.sentences) == 1
        assert passage.heading == trail(read, passage.start)


def trail(read: Source, place: int) -> tuple[str, ...]:
    """The headings above a place or at it: of each level the last one that no higher heading followed."""
    found: dict[int, str] = {}
    for block in read.blocks:
        if block.start <= place and block.kind is BlockKind.HEADING:
            found = {level: words for level, words in found.items() if level < block.level}
            words = " ".join(read.text[block.start : block.end].split())
            if not block.furniture and words.casefold() != read.particulars.title.casefold():
                found[block.level] = words
    return tuple(found.values())


def test_the_page_is_the_last_heading_of_a_passage_and_nothing_that_the_model_reads() -> None:
    paragraphs = [words(150, word) for word in ("one", "two", "three")]
    read = source("# Bins\n\n## Fees\n\n" + "\n\n".join(paragraphs))
    within = read.text.index("two two") + 3
    paged = replace(read, pages=(0, 10, within, read.text.index("The three")))
    found = split_passages(paged, count, ENGLISH)
    assert [passage.heading for passage in found] == [("Fees", "Page 2"), ("Fees", "Pages 2–3"), ("Fees", "Page 4")]
    assert [replace(passage, heading=("Fees",)) for passage in found] == list(split_passages(read, count, ENGLISH))


def test_what_the_title_does_not_stand_over_is_about_the_publisher() -> None:
    read = source("Bins are red.\n\n## Fees\n\nThey are free.\n\nRing 5.\n\n## Hours\n\nFrom 9am.\n")
    ring = next(block for block in read.blocks if read.text[block.start :].startswith("Ring"))
    blocks = tuple(replace(block, leaves=WITHOUT_TITLE) if block is ring else block for block in read.blocks)
    for publisher in ("Ashby Council", ""):
        about = replace(read, blocks=blocks, particulars=Particulars("Bins", publisher=publisher))
        over = " > ".join(filter(None, [publisher, "Hours"]))
        assert [one.prefix for one in split_passages(about, count, ENGLISH)] == ["Bins", "Bins > Fees", publisher, over]
