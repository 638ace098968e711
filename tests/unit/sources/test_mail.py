"""E-mails: which part is read, what is set aside as somebody else's words, and what a message says of itself."""

from __future__ import annotations

import base64

import pytest

from acobot.sources.mail import read
from acobot.sources.record import Draft, UnreadableError
from tests.office_files import make_eml

TEXT = "Dear all,\n\nDenton Hall is open again from Monday. The ramp is in use.\n"
FORWARDED = "From: Bo Ek <bo@example.org>\nSent: Monday\nTo: Ann\nSubject: Halls\n\nThe ramp is broken.\n"


def quotable(draft: Draft) -> str:
    return "\n".join(draft.text[block.start : block.end] for block in draft.blocks if block.quotable)


def aside(draft: Draft) -> str:
    return "\n".join(draft.text[block.start : block.end] for block in draft.blocks if block.furniture)


def test_subject_sender_and_date_are_its_particulars() -> None:
    draft = read(make_eml(TEXT, headers={"Subject": "=?utf-8?q?Caf=C3=A9_news?="}))
    assert draft.said == {"title": "Café news", "author": "Ann Lee", "published": "2018-04-16"}
    assert "Denton Hall is open again from Monday. The ramp is in use." in draft.text


def test_what_a_reply_quotes_and_the_signature_are_set_aside() -> None:
    reply = (
        "On Sunday, Bo Ek\n<bo@example.org> wrote:\n> The ramp is broken.\n\nNo more.\n\n-- \nAnn Lee\n01632 960 999\n"
    )
    draft = read(make_eml(f"{TEXT}\n{reply}"))
    assert quotable(draft).endswith("The ramp is in use.\nNo more.")
    assert all(said in aside(draft) for said in ("wrote:", "The ramp is broken.", "01632 960 999"))


def test_dashes_between_notices_begin_no_signature() -> None:
    draft = read(make_eml(f"{TEXT}\n--\n\nLunch costs £5.\n\n--\nAnn Lee\n01632 960 999\n"))
    assert quotable(draft).endswith("The ramp is in use.\nLunch costs £5.")
    assert "01632 960 999" in aside(draft)


def test_a_table_drawn_with_bars_is_no_quotation() -> None:
    assert "Sofa | £25" in quotable(read(make_eml(f"{TEXT}\n| Item | Fee |\n|---|---|\n| Sofa | £25 |\n")))


@pytest.mark.parametrize("rule", ["", "-----Original Message-----\n", "________________\n"])
def test_a_message_quoted_whole_below_is_set_aside_in_any_language(rule: str) -> None:
    for head in (FORWARDED, FORWARDED.replace("From", "Von").replace("Sent", "Gesendet").replace("To:", "An:")):
        draft = read(make_eml(f"{TEXT}\n{rule}{head}"))
        assert "broken" not in quotable(draft)
        assert "broken" in aside(draft)


@pytest.mark.parametrize("rule", ["", "-----\n"])
def test_lines_with_labels_are_no_heads_of_a_message(rule: str) -> None:
    told = "When: Monday 3 May, 10am\nWhere: Town Hall\nBook: events@example.org\n\nThe meeting decides about fees.\n"
    assert quotable(read(make_eml(f"{TEXT}\n{rule}{told}"))).endswith("The meeting decides about fees.")


def test_a_message_that_is_answered_is_told_without_an_address() -> None:
    below = FORWARDED.replace(" <bo@example.org>", "").replace("To: Ann", "To: Ann; Cy")
    assert "broken" not in quotable(read(make_eml(f"{TEXT}\n{below}", headers={"Subject": "AW: Halls"})))
    assert "broken" not in quotable(read(make_eml(f"{TEXT}\n----- Forwarded message -----\n{below}")))
    below = below.replace("Ann; Cy", "Ann")
    ruled = f"{TEXT}\n-----Original Message-----\n{below}"
    assert "broken" not in quotable(read(make_eml(ruled, headers={"Subject": "AW: Halls"})))
    assert "broken" in quotable(read(make_eml(ruled, headers={"Subject": "Ramps"})))


@pytest.mark.parametrize("subject", ["Re: Halls", "RE: AW: Halls"])
@pytest.mark.parametrize("answered", ["Halls", "RE: Halls", "Re: AW: Halls"])
def test_an_answer_that_is_answered_is_set_aside(subject: str, answered: str) -> None:
    below = f"From: Bo Ek\nSent: Monday\nTo: Ann; Cy\nSubject: {answered}\n\nThe ramp is broken.\n"
    draft = read(make_eml(f"{TEXT}\n{below}", headers={"Subject": subject}))
    assert "broken" not in quotable(draft)
    assert "The ramp is in use." in quotable(draft)


def test_a_sender_may_be_an_address_alone() -> None:
    below = "From: bo@example.org\nSent: Monday\nTo: ann@example.org\nSubject: Ramps\n\nThe ramp is broken.\n"
    assert "broken" not in quotable(read(make_eml(f"{TEXT}\n{below}")))
    told = "Book: hall@example.org\nOpen: Monday\nFee: £3\n\nThe ramp is new.\n"
    assert quotable(read(make_eml(f"{TEXT}\n{told}"))).endswith("The ramp is new.")


def test_a_forwarded_message_alone_is_the_text() -> None:
    assert "The ramp is broken." in quotable(read(make_eml(FORWARDED)))


@pytest.mark.parametrize("rule", ["", "---------- Forwarded message ---------\n", "Begin forwarded message:\n\n"])
@pytest.mark.parametrize("mark", ["", "> "])
def test_a_message_that_is_passed_on_under_a_short_note_is_the_text(rule: str, mark: str) -> None:
    passed = "".join(f"{mark}{line}\n" for line in f"{rule}{FORWARDED}".splitlines())
    note = "For information.\n\n-- \nAnn Lee\n01632 960 999\n\n"
    draft = read(make_eml(f"{note}{passed}", headers={"Subject": "Fwd: Halls"}))
    assert quotable(draft) == "For information.\nThe ramp is broken."
    assert "01632 960 999" in aside(draft)
    assert "bo@example.org" in aside(draft)


@pytest.mark.parametrize(
    ("subject", "note"),
    [
        ("Re: Halls", "For information."),
        ("Fwd: Halls", "It is mended from 3 May."),
        ("Fwd: Halls", "Please note that what stands below was told to us before the ramp was mended, and that all"
         " halls are open to everybody again."),
    ],
)  # fmt: skip
def test_what_an_author_may_correct_is_set_aside(subject: str, note: str) -> None:
    assert "broken" not in quotable(read(make_eml(f"{note}\n\n{FORWARDED}", headers={"Subject": subject})))


def test_what_a_message_that_is_passed_on_answers_is_set_aside() -> None:
    passed = f"{FORWARDED}\nOn Sunday, Cy wrote:\n> The ramp is new.\n"
    draft = read(make_eml(f"See below.\n\n{passed}", headers={"Subject": "Fwd: Halls"}))
    assert quotable(draft) == "See below.\nThe ramp is broken."
    twice = FORWARDED + FORWARDED.replace("broken", "new")
    assert "new" not in quotable(read(make_eml(f"See below.\n\n{twice}", headers={"Subject": "Fwd: Halls"})))


def test_a_page_that_passes_a_message_on_is_read_whole() -> None:
    heads = FORWARDED.partition("\n\n")[0].replace("<", "&lt;").replace("\n", "<br>")
    page = (
        f'<p>See below.</p><div class="gmail_quote"><div>{heads}</div><p>The ramp is broken.</p></div>'
        '<div class="gmail_signature">Ann Lee</div>'
    )
    draft = read(make_eml("", page=page, headers={"Subject": "Fwd: Halls"}))
    assert quotable(draft) == "See below.\nThe ramp is broken."


def test_html_alone_is_read_and_its_quotation_set_aside() -> None:
    page = (
        "<p>Denton Hall is open.</p><table><tr><th>Day</th><th>Opens</th></tr>"
        "<tr><td>Monday</td><td>nine</td></tr></table>"
        '<div class="gmail_quote"><p>The ramp is broken.</p></div><div class="gmail_signature">Ann Lee</div>'
    )
    draft = read(make_eml("", page=page))
    assert quotable(draft) == "Denton Hall is open.\nDay | Opens\nMonday | nine"
    assert "broken" in aside(draft)


def test_outlooks_quotation_goes_on_to_the_end() -> None:
    page = '<p>Denton is open.</p><div id="divRplyFwdMsg">Von: Bo</div><div><p>The ramp is broken.</p></div>'
    assert quotable(read(make_eml("", page=page))) == "Denton is open."


def test_a_plain_part_that_only_points_to_the_other_is_not_read() -> None:
    page = "<p>Denton Hall is open again from Monday, and the ramp is in use.</p>"
    assert quotable(read(make_eml("Read this online.\n", page=page))).startswith("Denton Hall")
    assert quotable(read(make_eml(TEXT, page=page))).startswith("Dear all")


def test_attachments_are_told() -> None:
    assert aside(read(make_eml(TEXT, attached="fees.pdf"))) == "[attachment fees.pdf]"


def multipart(*parts: str, kind: str = "mixed") -> str:
    return (
        f"Content-Type: multipart/{kind}; boundary={kind}\n\n--{kind}\n"
        + f"\n--{kind}\n".join(parts)
        + f"\n--{kind}--\n"
    )


PLAIN, SECOND = f"Content-Type: text/plain\n\n{TEXT}", "Content-Type: text/plain\n\nThe lift is out of use."
FILE = 'Content-Type: application/pdf; name="fees.pdf"\nContent-Disposition: inline; filename="fees.pdf"\n\nx'


def test_all_texts_around_a_file_are_read() -> None:
    named = SECOND.replace("\n\n", '\nContent-Disposition: inline; filename="notes.txt"\n\n')
    draft = read(f"Subject: Halls\n{multipart(PLAIN, FILE, SECOND, named)}".encode())
    assert quotable(draft).endswith("The ramp is in use.\nThe lift is out of use.")
    assert aside(draft) == "[attachment fees.pdf]\n[attachment notes.txt]"
    pages = [part.replace("plain", "html") for part in (PLAIN, SECOND)]
    both = multipart(PLAIN, multipart(pages[0], FILE, pages[1]), kind="alternative")
    draft = read(f"Subject: Halls\n{both}".encode())
    assert quotable(draft).endswith("The ramp is in use.")
    assert aside(draft) == "[attachment fees.pdf]"


def test_other_forms_of_the_text_are_no_attachments() -> None:
    forms = [PLAIN, *(f"Content-Type: text/{kind}\n\nx" for kind in ("x-amp-html", "calendar")), FILE]
    assert aside(read(f"Subject: Halls\n{multipart(*forms, kind='alternative')}".encode())) == "[attachment fees.pdf]"
    forms[1] = forms[1].replace("\n\n", '; name="page.txt"\n\n')
    named = aside(read(f"Subject: Halls\n{multipart(*forms, kind='alternative')}".encode()))
    assert named == "[attachment page.txt]\n[attachment fees.pdf]"
    assert aside(read(f"Subject: Halls\n{multipart(*forms[:3])}".encode())).count("[attachment") == 2


def test_a_signed_message_is_read_and_its_attachments_told() -> None:
    signature = "Content-Type: application/pgp-signature\n\nx"
    draft = read(f"Subject: Halls\n{multipart(multipart(PLAIN, FILE), signature, kind='signed')}".encode())
    assert quotable(draft).endswith("The ramp is in use.")
    assert aside(draft) == "[attachment fees.pdf]\n[attachment application/pgp-signature]"


def test_pictures_that_a_page_shows_are_not_told() -> None:
    page = "Content-Type: text/html\n\n<p>Denton is open.</p><img src=cid:a>"
    picture = "Content-Type: image/png\nContent-ID: <a>\n\nx"
    draft = read(f"Subject: Halls\n{multipart(page, picture, kind='related')}".encode())
    assert (quotable(draft), aside(draft)) == ("Denton is open.", "")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\nContent-Type: multipart/encrypted; boundary=a\n\n--a--\n",
        b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMII\n",
        b"Subject: x\n\n-----BEGIN PGP MESSAGE-----\nhQ\n",
    ],
)
def test_encryption_is_named(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="it is encrypted; decrypt it in a mail program, and save its text"):
        read(raw)


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("utf8mb4", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_text_is_read_in_its_encoding_whatever_it_is_called(named: str, encoding: str) -> None:
    head = f"Subject: Halls\nContent-Type: text/plain; charset={named}\nContent-Transfer-Encoding: base64\n\n"
    body = base64.b64encode("It costs £5 – the café’s open.".encode(encoding))
    assert read(head.encode() + body).text == "It costs £5 – the café’s open."


@pytest.mark.parametrize(
    ("how", "said"), [("flowed; delsp=yes", "The cafe is open."), ("flowed", "The ca fe is open.")]
)
def test_lines_that_flow_are_one_and_may_break_within_words(how: str, said: str) -> None:
    heads = f"Subject: Halls\nContent-Type: text/plain; format={how}\n\n"
    assert read(f"{heads}The ca \nfe is open.\n".encode()).text == said


@pytest.mark.parametrize("before", ["\ufeff", "\r\n", "\ufeff\r\n"])
def test_a_mark_or_an_empty_line_before_the_heads_does_not_matter(before: str) -> None:
    assert read(before.encode() + make_eml(TEXT)).said["title"] == "Halls"


def test_what_is_no_message_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"no e-mail begins like this; open it in a mail program and save it as"):
        read(b"Bins are emptied every week.\n")


@pytest.mark.timeout(20)
def test_very_many_blank_lines_take_no_long_time() -> None:
    assert read(b"Subject: Bins\n\nBins are emptied." + b"\n" * 200_000 + b"Weekly.").blocks
