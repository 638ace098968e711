"""Letters of a PDF that are not read as they are drawn: unseen, struck out, raised, turned, reversed, put on."""

from __future__ import annotations

import zlib

import pytest

from acobot.sources.reader_process import read_bytes
from acobot.sources.record import BlockKind, Draft, UnreadableError
from tests.documents import PICTURE, Words, lines, make_mapped_pdf, make_pdf, make_placed_pdf, pdf_of

TEXT = ["The fee for a stall is twenty pounds", "a day, and is paid at the gate."]


def read(*pages: list[Words], **how: object) -> Draft:
    return read_bytes(".pdf", make_pdf(*pages, **how))  # type: ignore[arg-type]


def texts(draft: Draft) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks]


# --------------------------------------------------------------------- unseen


@pytest.mark.parametrize(
    "draw",
    [
        b"1 g BT /F1 10 Tf 50 600 Td (The old fee was ninety.) Tj ET",
        b"BT 3 Tr /F1 10 Tf 50 600 Td (The old fee was ninety.) Tj ET",
        b"BT /F1 0.1 Tf 50 600 Td (The old fee was ninety.) Tj ET",
        b"BT /F1 10 Tf 50 -60 Td (The old fee was ninety.) Tj ET",
        b"BT /F1 10 Tf 50 600 Td (The old fee was ninety.) Tj ET 0 g 40 590 300 30 re f",
        b"q 40 620 300 30 re W n BT /F1 10 Tf 50 600 Td (The old fee was ninety.) Tj ET Q",
    ],
    ids=["white on white", "without a mark", "of no size", "off the page", "under a black box", "cut off"],
)
def test_what_nobody_sees_is_not_read(draw: bytes) -> None:
    assert texts(read(lines(50, 700, *TEXT), draw=draw)) == [" ".join(TEXT)]


OLD = b"BT /F1 10 Tf 50 600 Td (The old fee was ninety pounds a day.) Tj ET "
PAINT = b"1 g 48 596 300 14 re f 0 g "
PATCH = b"q 300 0 0 14 48 596 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q "
NEW = b"BT /F1 10 Tf %s 600 Td (%s) Tj ET"


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (OLD + PAINT + NEW % (b"50", b"The new fee is ten pounds."), "The new fee is ten pounds."),
        (OLD + PAINT + NEW % (b"53", b"The new fee is ten pounds."), "The new fee is ten pounds."),
        (OLD + PATCH, ""),
        (OLD + PATCH + NEW % (b"50", b"It is ten pounds."), "It is ten pounds."),
        (PAINT + OLD, "The old fee was ninety pounds a day."),
    ],
    ids=["a box", "moved a little", "a picture", "a picture with words on it", "a box under it"],
)
def test_what_is_painted_over_is_not_read_also_where_other_words_are_set_on_the_paint(draw: bytes, said: str) -> None:
    assert texts(read(lines(50, 700, *TEXT), draw=draw)) == [" ".join(TEXT), *([said] if said else [])]


def test_a_price_that_is_set_over_a_painted_one_stands_in_its_sentence() -> None:
    words = b"BT /F1 10 Tf 50 600 Td (A stall costs ) Tj (55.00) Tj ( for each day.) Tj ET "
    draw = words + b"1 g 105.8 597 25.6 10 re f 0 g " + NEW % (b"106.13", b"68.50")
    assert texts(read(lines(50, 700, *TEXT), draw=draw))[1:] == ["A stall costs 68.50 for each day."]


@pytest.mark.parametrize("way", [b"/ca 0.4", b"/BM/Multiply"], ids=["half through", "as a marker"])
def test_what_stands_under_paint_that_lets_it_through_is_read(way: bytes) -> None:
    """Such as a stamp's box over a text, and the words of the stamp."""
    stamp = b"/See gs 1 1 0.6 rg 40 590 400 60 re f 0 g BT /F1 30 Tf 60 605 Td (DRAFT) Tj ET"
    drawn = b"BT /F1 10 Tf 50 700 Td (The hall is open.) Tj 0 -90 Td (It costs twelve pounds an hour.) Tj ET " + stamp
    states = b"/ExtGState<</See<<%s>>>>" % way
    page = b"/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>%s>>" % states
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R%s>>" % page,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    ]
    assert "It costs twelve pounds an hour." in read_bytes(".pdf", pdf_of(objects, b"")).text


@pytest.mark.parametrize(("paint", "seen"), [("1 g", False), ("1 1 0 rg", True)])
def test_what_a_viewers_box_covers_is_not_read(paint: str, *, seen: bool) -> None:
    drawn = b"BT /F1 10 Tf 50 700 Td (The fee is ten.) Tj 0 -100 Td (It was nine.) Tj ET"
    shown = f"{paint} 0 0 200 20 re f".encode()
    page = b"/Contents 5 0 R/Annots[6 0 R]/Resources<</Font<</F1 4 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % page,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Annot/Subtype/Square/Rect[45 595 245 615]/AP<</N 7 0 R>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Length %d>>stream\n%s\nendstream" % (len(shown), shown),
    ]
    assert ("It was nine." in texts(read_bytes(".pdf", pdf_of(objects, b"")))) is seen


def layered(off: bytes, *, packed: bool) -> bytes:
    """A PDF of two lines, the second on a layer; what it says of its layers may stand among packed objects."""
    drawn = b"BT /F1 10 Tf 50 700 Td (The fee is ten.) Tj ET /OC /L BDC BT /F1 10 Tf 50 600 Td (It was nine.) Tj ET EMC"
    resources = b"/Font<</F1 4 0 R>>/Properties<</L 6 0 R>>"
    layers = b"<</OCGs[6 0 R]/D<<%s>>>>" % off
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OCProperties %s>>" % layers,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<<%s>>>>" % resources,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/OCG/Name(Old)>>",
    ]
    return pdf_packed(objects) if packed else pdf_of(objects, b"")


def pdf_packed(objects: list[bytes]) -> bytes:
    """A PDF whose objects, but for the stream, stand in one that is packed."""
    places, body, out = [], b"", bytearray(b"%PDF-1.5\n")
    for number, said in enumerate(objects, 1):
        if number != 5:
            places.append(b"%d %d" % (number, len(body)))
            body += said + b" "
    first = b" ".join(places) + b" "
    data = zlib.compress(first + body)
    about = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(places), len(first), len(data))
    at = {5: len(out)}
    out += b"5 0 obj\n%s\nendobj\n" % objects[4]
    at[7] = len(out)
    out += b"7 0 obj\n%sstream\n%s\nendstream\nendobj\n" % (about, data)
    index = {5: b"\1" + at[5].to_bytes(2, "big") + b"\0", 7: b"\1" + at[7].to_bytes(2, "big") + b"\0"}
    index |= {8: b"\1" + len(out).to_bytes(2, "big") + b"\0", 0: b"\0\0\0\0"}
    packed = [number for number in range(1, 7) if number != 5]
    index |= {number: b"\2\0\7" + bytes([place]) for place, number in enumerate(packed)}
    table = b"".join(index[number] for number in range(9))
    start = len(out)
    out += b"8 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream" % (len(table), table)
    return bytes(out + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


@pytest.mark.parametrize("packed", [False, True])
def test_a_layer_that_is_turned_off_is_not_read(*, packed: bool) -> None:
    assert texts(read_bytes(".pdf", layered(b"/OFF[6 0 R]", packed=packed))) == ["The fee is ten."]
    assert texts(read_bytes(".pdf", layered(b"/ON[6 0 R]", packed=packed))) == ["The fee is ten.", "It was nine."]


@pytest.mark.parametrize(
    "draw",
    [
        b"0 0 0.5 rg 40 590 300 30 re f 1 g BT /F1 10 Tf 50 600 Td (White on blue is seen.) Tj ET",
        PICTURE + b" BT 3 Tr /F1 10 Tf 60 600 Td (White on blue is seen.) Tj ET",
        b"0.7 g BT /F1 10 Tf 50 600 Td (White on blue is seen.) Tj ET",
        b"q 40 590 30 30 re W n BT /F1 10 Tf 50 600 Td (White on blue is seen.) Tj ET Q",
    ],
    ids=["on a dark box", "the text of a scanned picture", "grey", "a line of which the end is cut off"],
)
def test_what_is_seen_is_read(draw: bytes) -> None:
    assert texts(read(lines(50, 700, *TEXT), draw=draw))[-1] == "White on blue is seen."


def test_what_is_struck_out_is_left_out_and_what_is_underlined_is_not() -> None:
    page = [Words(50, 700, "A swim costs"), Words(112, 700, "£4.80"), Words(142, 700, "£5.40 for adults.")]
    strike, under = b"112 703 25 0.7 re f\n", b"142 698 30 0.7 re f\n"
    assert texts(read(page, draw=strike + under)) == ["A swim costs £5.40 for adults."]


@pytest.mark.parametrize("way", [b"0 1 -1 0 300 100", b"0 -1 1 0 300 700", b"-1 0 0 -1 500 400"])
@pytest.mark.parametrize("entries", ["", "/Rotate 90"])
def test_what_is_struck_out_is_left_out_of_turned_text(way: bytes, entries: str) -> None:
    text = b"BT /F1 10 Tf (A swim costs ) Tj (5.40) Tj ( 4.80 for all.) Tj 0 -12 Td (Pay at the gate.) Tj ET"
    rules = b" 60 3 19 0.7 re f 80 -1.5 20 0.7 re f"  # the second is an underline
    draft = read([], draw=b"q %s cm %s%s Q" % (way, text, rules), page_entries=entries)
    assert texts(draft) == ["A swim costs 4.80 for all. Pay at the gate."]


@pytest.mark.parametrize("way", [b"0.5 0 0 0.5 0 0", b"0 0.5 -0.5 0 900 0"])
def test_what_is_struck_out_on_a_page_that_is_placed_on_another_is_left_out(way: bytes) -> None:
    text = b"BT /F1 20 Tf 100 1400 Td (A swim costs ) Tj (5.40) Tj ( 4.80 for all.) Tj ET"
    draft = read_bytes(".pdf", make_placed_pdf(text + b" 220 1406 38 1.4 re f", way))
    assert texts(draft) == ["A swim costs 4.80 for all."]


def test_the_text_of_a_scanned_page_that_is_placed_on_another_is_read() -> None:
    picture = b"q 5 0 0 8 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    text = b" BT 3 Tr /F1 0.1 Tf 1 7 Td (A swim costs 4.80 for all.) Tj ET"
    assert texts(read_bytes(".pdf", make_placed_pdf(picture + text, b"100 0 0 100 0 0"))) == [
        "A swim costs 4.80 for all."
    ]


STRIKE = "<</Type/Annot/Subtype/StrikeOut/Rect[110 695 142 712]{}>>"
LINE = "/QuadPoints[112 710 137 710 112 697 137 697]"


@pytest.mark.parametrize("entries", [LINE, "/F 4" + LINE, ""])
def test_what_a_viewers_tool_strikes_out_is_left_out(entries: str) -> None:
    page = [Words(50, 700, "A swim costs"), Words(112, 700, "£4.80"), Words(142, 700, "£5.40 for adults.")]
    draft = read(page, page_entries=f"/Annots[{STRIKE.format(entries)}]")
    assert texts(draft) == ["A swim costs £5.40 for adults."]


def test_what_it_no_longer_strikes_out_is_read() -> None:
    draft = read(
        [Words(50, 700, "A swim costs"), Words(112, 700, "£4.80.")],
        page_entries=f"/Annots[{STRIKE.format('/F 2' + LINE)}]",
    )
    assert texts(draft) == ["A swim costs £4.80."]


# --------------------------------------------------------------------- raised


def test_raised_letters_are_joined_to_what_they_stand_at() -> None:
    page = [Words(50, 700, "Ask by the 31"), Words(109.8, 704, "st", 6), Words(118, 700, "of May.")]
    assert texts(read(page + lines(50, 600, *TEXT)))[0] == "Ask by the 31st of May."


def test_a_raised_figure_at_a_figure_is_not_read_as_part_of_it() -> None:
    page = [Words(50, 700, "It costs 10"), Words(100, 704, "4", 6), Words(107, 700, "pounds.")]
    assert "104" not in read(page + lines(50, 600, *TEXT)).text


# --------------------------------------------------------------------- turned


@pytest.mark.parametrize("way", [b"0 1 -1 0 300 100", b"0 -1 1 0 300 700", b"-1 0 0 -1 500 400"])
def test_a_page_whose_text_is_turned_is_read(way: bytes) -> None:
    rows = b" ".join(b"1 0 0 1 0 %d Tm (%s) Tj" % (-12 * number, text.encode()) for number, text in enumerate(TEXT))
    draw = b"q %s cm BT /F1 10 Tf %s ET Q" % (way, rows)
    assert texts(read([], draw=draw)) == [" ".join(TEXT)]
    assert texts(read([], draw=draw, page_entries="/Rotate 90")) == [" ".join(TEXT)]


def test_turned_text_beside_upright_text_is_read_after_it() -> None:
    more = [f"Ward {number} has forty beds, and six nurses at night." for number in range(1, 5)]
    rows = b" ".join(b"1 0 0 1 0 %d Tm (%s) Tj" % (-12 * number, text.encode()) for number, text in enumerate(more))
    draft = read(lines(50, 700, *TEXT), draw=b"q 0 1 -1 0 400 100 cm BT /F1 10 Tf %s ET Q" % rows)
    assert draft.text.replace("\n\n", " ") == " ".join(TEXT + more)


# --------------------------------------------------------- from right to left


def hebrew(drawn: bytes, draw: bytes = b"") -> str:
    """What is read where these letters, small for Hebrew ones from alef, are drawn from left to right."""
    return read_bytes(".pdf", make_mapped_pdf(drawn, "1 beginbfrange <61><7a><05d0> endbfrange", draw)).text


def test_text_from_right_to_left_is_read_so() -> None:
    assert hebrew(b"fed cba") == "\u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (b"66 703 21 0.7 re f", "\u05d5\u05d6 \u05d0\u05d1"),
        (b"74 703 5 0.7 re f", "\u05d5\u05d6 \u05d2\u05d4 \u05d0\u05d1"),
    ],
)
def test_what_is_struck_out_of_it_is_left_out(rule: bytes, text: str) -> None:
    assert hebrew(b"ba edc gf", rule) == text
    assert hebrew(b"ba edc gf", rule + b" BT /F1 12 Tf 300 700 Td (hij) Tj ET 300 703 40 0.7 re f") == text


def test_figures_and_other_letters_in_it_keep_their_way() -> None:
    assert hebrew(b".fed ABC 12.50 cba") == "\u05d0\u05d1\u05d2 12.50 ABC \u05d3\u05d4\u05d5."
    assert hebrew(b"b \\(12\\) a") == "\u05d0 (12) \u05d1"


def test_a_word_from_right_to_left_in_other_text() -> None:
    assert hebrew(b"THE WORD cba IS HERE") == "THE WORD \u05d0\u05d1\u05d2 IS HERE"


# --------------------------------------------------------------------- put on

FIELD = "<</Type/Annot/Subtype/Widget/FT/{}/T({})/Rect[150 {} 350 {}]{}>>"


def test_the_values_of_a_form_stand_beside_their_labels() -> None:
    fields = [
        FIELD.format("Tx", "who", 695, 711, "/V(A. Penn)"),
        FIELD.format("Tx", "secret", 675, 691, "/V(hush)/Ff 8192"),
        FIELD.format("Btn", "old", 655, 671, "/V/Yes/AS/Yes/AP<</N<</Yes 3 0 R/Off 3 0 R>>>>"),
    ]
    page = lines(50, 700, "Name", "Password", "Declined", step=20)
    annotations = "[" + "".join(fields) + "]"
    draft = read(page, page_entries=f"/Annots{annotations}", catalogue="/AcroForm<</Fields[]>>")
    assert texts(draft)[0] == "Name | A. Penn"
    assert "hush" not in draft.text


def form(page: list[Words], *fields: str) -> list[tuple[BlockKind, str]]:
    entries = f"/Annots[{''.join(fields)}]"
    draft = read(page, page_entries=entries, catalogue="/AcroForm<</Fields[]>>")
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


def test_labels_of_a_form_are_rows_with_their_values_also_where_these_begin_far_off() -> None:
    labels = ["Name of the club", "Telephone", "Day of the visit", "If it is wet"]
    values = ["/V(Wick Ramblers)", "", "/V(3 May 2025)", ""]
    fields = [
        FIELD.format("Tx", f"f{number}", 695 - 30 * number, 711 - 30 * number, value).replace("[150 ", "[260 ")
        for number, value in enumerate(values)
    ]
    page = [*lines(50, 700, *labels, step=30), *lines(50, 580, *TEXT)]
    assert form(page, *fields) == [
        (BlockKind.ROW, "Name of the club | Wick Ramblers"),
        (BlockKind.ROW, "Telephone"),
        (BlockKind.ROW, "Day of the visit | 3 May 2025"),
        (BlockKind.ROW, "If it is wet"),
        (BlockKind.PARAGRAPH, " ".join(TEXT)),
    ]


BOXED = "<</Type/Annot/Subtype/Widget/FT/Tx/T({0}{2})/Rect[{0} {2} {1} {3}]/V({4})>>"


def boxes(*rows: str, y: float = 665, edges: tuple[int, ...] = (130, 230, 330)) -> list[str]:
    """Rows of boxes, 30 points apart, their values parted by bars."""
    return [
        BOXED.format(edges[place], edges[place + 1] - 10, y - 30 * number, y + 16 - 30 * number, value.strip())
        for number, row in enumerate(rows)
        for place, value in enumerate(row.split("|"))
    ]


def test_an_empty_field_keeps_its_place_among_the_fields_of_a_label() -> None:
    page = lines(50, 670, "Morning", "Evening", step=30)
    said = form(page, *boxes("|Ann", "Bob|"))
    assert [text for _, text in said] == ["Morning |  | Ann", "Evening | Bob"]


def test_values_under_heads_of_columns_are_not_taken_for_those_of_the_label_alone() -> None:
    page = [*lines(50, 670, "Morning", "Evening", step=30), *lines(130, 690, "Monday"), *lines(230, 690, "Tuesday")]
    said = [text for _, text in form(page, *boxes("|Ann", "Bob|"))]
    assert said == ["| Monday | Tuesday", "Morning |  | Ann", "Evening | Bob"]


def test_a_field_with_a_head_right_over_it_is_not_that_of_the_label_on_its_line() -> None:
    page = [*lines(50, 670, "Name of club", "Day", "Hall", step=30), *lines(230, 685, "Telephone")]
    fields = [*boxes("Wick Ramblers|01234 5678"), *boxes("Monday", "Upper", y=635)]
    said = [text for _, text in form(page, *fields)]
    assert not [text for text in said if "Name of club" in text and "01234" in text]
    assert {"Day | Monday", "Hall | Upper"} <= set(said)


def test_what_is_signed_under_one_head_is_not_read_as_under_another() -> None:
    page = [*lines(50, 670, "Signed by", "Date", step=30), *lines(130, 690, "Hirer"), *lines(230, 690, "Warden")]
    said = [text for _, text in form(page, *boxes("|Ann Lee", "|3 May"))]
    assert said == ["| Hirer | Warden", "Signed by |  | Ann Lee", "Date |  | 3 May"]


def test_a_hint_far_off_is_no_label() -> None:
    page = lines(50, 670, "Name", "Town", "Please use ink", step=30)
    fields = [*boxes("Ann", "Wick"), *boxes("Notes of mine here", y=605, edges=(330, 560))]
    said = [text for _, text in form(page, *fields)]
    assert said[:2] == ["Name | Ann", "Town | Wick"]
    assert "Please use ink | Notes of mine here" not in said


def test_a_form_that_nobody_filled_in_is_read_as_text() -> None:
    fields = [FIELD.format("Tx", f"f{number}", 695 - 30 * number, 711 - 30 * number, "") for number in range(3)]
    said = form(lines(50, 700, "Name", "Address", "Date", step=30), *fields)
    assert [text for _, text in said] == ["Name", "Address", "Date"]
    assert {kind for kind, _ in said} == {BlockKind.PARAGRAPH}


def test_what_goes_on_after_a_field_is_no_label() -> None:
    fields = [FIELD.format("Tx", f"f{number}", 695 - 20 * number, 711 - 20 * number, "/V(Penn)") for number in range(2)]
    page = [*lines(50, 700, "I, the owner", "and my heir", step=20), *lines(360, 700, "and,", "agree.", step=20)]
    assert all(text.count("|") != 1 for _, text in form(page, *fields))


def test_a_note_put_on_the_page_is_read_as_a_block_of_its_own() -> None:
    note = "/Annots[<</Type/Annot/Subtype/FreeText/Rect[50 600 300 630]/Contents(From July it is thirty.)>>]"
    assert texts(read(lines(50, 700, *TEXT), page_entries=note)) == [" ".join(TEXT), "From July it is thirty."]


def test_a_hidden_note_is_not_read() -> None:
    note = "/Annots[<</Type/Annot/Subtype/FreeText/F 2/Rect[50 600 300 630]/Contents(From July it is thirty.)>>]"
    assert texts(read(lines(50, 700, *TEXT), page_entries=note)) == [" ".join(TEXT)]


NOTE = "/Annots[<</Type/Annot/Subtype/Text/Rect[50 600 70 620]/Contents(From July it is £8.)>>]"


def told(draft: Draft) -> list[tuple[str, str]]:
    return [(one.concern, one.text) for one in draft.warnings]


def test_notes_beside_a_page_and_hidden_letters_are_told() -> None:
    hidden = b"BT 3 Tr /F1 10 Tf 50 600 Td (The old fee was ninety.) Tj ET"
    draft = read(lines(50, 700, *TEXT), page_entries=NOTE, draw=hidden)
    assert texts(draft) == [" ".join(TEXT)]
    assert told(draft) == [("unread", "page 1: 1 note and 19 hidden letters are not read")]
    assert told(read(lines(50, 700, *TEXT), page_entries=NOTE)) == [("unread", "page 1: 1 note is not read")]
    draft = read(lines(50, 700, *TEXT), lines(50, 700, "Dogs must be on a lead."), page_entries=NOTE)
    assert told(draft) == [("unread", "pages 1–2: 2 notes are not read")]


@pytest.mark.parametrize(
    "entries",
    [
        NOTE.replace("/Text", "/Text/F 2"),
        NOTE.replace("/Text", "/FreeText"),
        NOTE.replace("/Text", "/Link"),
        NOTE.replace("From July it is £8.", " "),
    ],
)
def test_what_is_read_or_hidden_is_not_told_as_a_note(entries: str) -> None:
    assert told(read(lines(50, 700, *TEXT), page_entries=entries)) == []


# ------------------------------------------------------------------- pictures


def test_one_page_that_is_a_picture_does_not_keep_the_others_from_being_read() -> None:
    draft = read(lines(50, 700, *TEXT), lines(50, 700, "Dogs must be on a lead."), [], draw=[b"", b"", PICTURE])
    assert texts(draft) == [" ".join(TEXT), "Dogs must be on a lead."]
    assert len(draft.pages) == 3


BEHIND = b"q 500 0 0 800 40 20 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
PICTURED = "no text, only pictures, which are not read"


def test_a_cover_that_is_a_picture_does_not_keep_a_page_from_being_read() -> None:
    draft = read([], lines(50, 700, "Dogs must be on a lead."), draw=[PICTURE, b""])
    assert texts(draft) == ["Dogs must be on a lead."]
    assert told(draft) == [("unread", f"page 1 holds {PICTURED}")]


def test_plates_do_not_keep_a_text_that_says_more_from_being_read() -> None:
    said = [*TEXT * 3, "Dogs must be on a lead."]
    assert told(read(lines(50, 700, *said), [], [], draw=[b"", PICTURE, PICTURE])) == [
        ("unread", f"pages 2–3 hold {PICTURED}")
    ]
    with pytest.raises(UnreadableError, match="pages 2–4 hold no text, only pictures of it; run text recog"):
        read(lines(50, 700, *TEXT), [], [], [], draw=[b"", PICTURE, PICTURE, PICTURE])


def test_a_scan_with_a_printed_number_is_a_picture_and_a_page_with_a_sign_is_none() -> None:
    pages = [[*lines(50, 700, *TEXT), Words(280, 30, "Page 1 of 3")], [Words(280, 30, "Page 2 of 3")]]
    pages.append([Words(280, 30, "Page 3 of 3")])
    sign = b"q 30 0 0 30 40 780 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    assert told(read(*pages, draw=[b"", sign, BEHIND])) == [("unread", f"page 3 holds {PICTURED}")]


def test_scans_with_hardly_more_than_a_stamp_are_told() -> None:
    stamps = [lines(50, 30 + 40 * number, f"Received on {number} May") for number in range(1, 4)]
    few = "few words beside pictures, which are not read"
    assert told(read(*stamps, draw=BEHIND)) == [("unread", f"pages 1–3 hold {few}")]
    assert told(read(lines(50, 30, "Scanned with a telephone"), draw=BEHIND)) == [("unread", f"page 1 holds {few}")]
    assert told(read(*stamps, draw=PICTURE)) == []  # less than half of a page
    assert told(read(lines(50, 700, *TEXT, *TEXT), stamps[0], draw=BEHIND)) == []


def test_the_number_of_a_note_goes_also_where_no_space_parts_it_from_its_word() -> None:
    small = b"/F1 6 Tf 4 Ts (%d) Tj 0 Ts /F1 10 Tf"
    draw = b"BT /F1 10 Tf 50 600 Td (It was good in 2024) Tj %s ( and has guards) Tj %s (.) Tj ET"
    assert texts(read(lines(50, 700, *TEXT), draw=draw % (small % 1, small % 2)))[-1] == (
        "It was good in 2024 and has guards."
    )


def test_the_number_of_a_note_goes_after_per_cent() -> None:
    draw = b"BT /F1 10 Tf 50 600 Td (It is 15%) Tj /F1 6 Tf 4 Ts (4) Tj 0 Ts /F1 10 Tf ( of all homes.) Tj ET"
    assert texts(read([], draw=draw)) == ["It is 15% of all homes."]


def set_apart(text: str, apart: int) -> bytes:
    """Letters each at a place of its own, so far apart, in thousandths of their size; a space is no letter."""
    gaps = text.replace(" ", "\0")
    drawn = b"".join(
        b" %d " % -(278 + apart) if letter == "\0" else b"(%s) %d " % (letter.encode(), -apart) for letter in gaps
    )
    return b"BT /F2 14 Tf 50 640 Td [%s] TJ ET" % drawn


@pytest.mark.parametrize("apart", [180, 250, 420])
@pytest.mark.parametrize("text", ["LIFE DRAWING AT NINE", "Folk singing", "EVENTS"])
def test_letters_that_are_set_apart_are_words(text: str, apart: int) -> None:
    assert texts(read(lines(50, 700, *TEXT), draw=set_apart(text, apart)))[1:] == [text]


def test_figures_and_marks_of_columns_that_stand_apart_are_not_put_together() -> None:
    assert texts(read(lines(50, 700, *TEXT), draw=set_apart("123456", 420)))[1:] == ["1 2 3 4 5 6"]
    assert texts(read(lines(50, 700, *TEXT), draw=set_apart("MTWTFSS", 900)))[1:] == ["M T W T F S S"]
    assert texts(read(lines(50, 700, "A B C D E F"))) == ["A B C D E F"]
