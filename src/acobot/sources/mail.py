"""E-mails (.eml) → citable text: what its author wrote; the subject is the title, who sent it the author.

What a reply quotes, an earlier message below a text, and a signature are set aside: they are shown, and never quoted.
Where nothing else was written, or a short note over a message that is passed on, that message is the text. Attachments
are not read, which is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from itertools import groupby

from lxml import html

from acobot.sources.answered import is_passed_on, message_below, passed_on, sides_of, without_marks
from acobot.sources.decoding import is_utf8
from acobot.sources.drafting import Piece, draft, said, tidy
from acobot.sources.html import parsed
from acobot.sources.html.blocks import pieces_of
from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.plain_text import read_plain_text
from acobot.sources.record import BlockKind, Draft, UnreadableError
from acobot.sources.wording import NO_WORDS, Wording

STUB_SHARE = 0.5  # of the HTML part's words: a plain part with fewer only says that there is an HTML part
_FLOWED = re.compile(r"(?<!--) \n(?![> ])")
# Elements in which mail programs put what a reply quotes, and signatures.
_ASIDE = re.compile(
    r"gmail_(?:quote|signature|extra)|moz-(?:signature|cite-prefix)|yahoo_quoted|protonmail_quote|divRplyFwdMsg"
    r"|appendonsend|\bSignature\b|zmail_extra|tutanota_quote",
)
_SIGNATURE = re.compile(r"signature", re.IGNORECASE)
_ALL_BELOW = re.compile(r"divRplyFwdMsg|appendonsend|moz-cite-prefix")
_AS_BROWSERS = {"ascii": "cp1252", "iso8859-1": "cp1252"}  # Windows's letters are sent under these names
_PGP = "-----BEGIN PGP MESSAGE-----"
_ENCRYPTED = "it is encrypted; decrypt it in a mail program, and save its text"


def read(raw: bytes, _pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a message. Raises `UnreadableError`."""
    message = message_of(raw)
    if not _is_message(message):
        reason = "it is named .eml, but no e-mail begins like this"
        raise UnreadableError(f"{reason}; open it in a mail program and save it as .eml")
    _refuse_encrypted(message)
    pieces = _written(message, str(message["subject"] or ""), wording)
    if not any(not piece.furniture and any(map(str.isalnum, piece.text)) for piece in pieces):
        pieces = [replace(piece, furniture=False) for piece in pieces]
    return draft([*pieces, *_told(message, wording)], _said_by(message))


def message_of(raw: bytes) -> EmailMessage:
    """A file's message, whatever it is; a mark or empty lines that a program put before its heads are none of it."""
    return message_from_bytes(raw.removeprefix(codecs.BOM_UTF8).lstrip(), policy=policy.default)


def _is_message(part: MIMEPart) -> bool:
    return any(part[name] for name in ("from", "date", "subject", "message-id", "received"))


def _refuse_encrypted(message: EmailMessage) -> None:
    kind = message.get_content_type()
    enveloped = kind.endswith("pkcs7-mime") and message.get_param("smime-type") != "signed-data"
    if kind == "multipart/encrypted" or enveloped:
        raise UnreadableError(_ENCRYPTED)


def texts_of(message: EmailMessage, kind: str) -> list[str]:
    """The characters of the message's plain or HTML parts that are not empty, in order. Raises `UnreadableError`."""
    texts = (_characters(part) for part in _leaves(message) if _is_text(part, kind))
    return [text for text in texts if text.strip()]


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold no others, in order; a message that is attached is one.

    What says the same once more in another form than text or a page is none: a calendar's entry, a page for AMP.
    """
    if part.get_content_maintype() != "multipart":
        yield part
    elif part.is_multipart():
        again = part.get_content_subtype() == "alternative"
        for one in part.iter_parts():
            if not (again and _is_other_form(one)):
                yield from _leaves(one)


def _is_other_form(part: MIMEPart) -> bool:
    """Whether a part among forms of one text is neither of those that are read, nor a file."""
    is_file = part.is_attachment() or part.get_filename()
    return part.get_content_maintype() == "text" and not is_file and not _is_text(part, "plain", "html")


def _is_text(part: MIMEPart, *kinds: str) -> bool:
    """Whether a part is written by the author; one with a name is a file, unless it is the whole message."""
    is_file = part.is_attachment() or (part.get_filename() and not _is_message(part))
    return not is_file and part.get_content_type() in {f"text/{kind}" for kind in kinds}


def _characters(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    text = _decoded(raw, part.get_content_charset("utf-8"))
    if _PGP in text:
        raise UnreadableError(_ENCRYPTED)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    blank = "" if str(part.get_param("delsp")).lower() == "yes" else " "  # whether lines may break within words
    return _FLOWED.sub(blank, text) if part.get_param("format") == "flowed" else text


def _decoded(raw: bytes, named: str) -> str:
    """The characters in the encoding that a part names; but UTF-8 also under another name of single bytes, or none."""
    text = None
    with suppress(LookupError, ValueError):
        encoding = codecs.lookup(named).name
        text = raw.decode(_AS_BROWSERS.get(encoding, encoding))
    if (text is None or len(text) == len(raw)) and is_utf8(raw):
        return raw.decode()
    return raw.decode("cp1252", errors="replace") if text is None else text


def _written(message: EmailMessage, subject: str, wording: Wording) -> list[Piece]:
    """The blocks of the plain parts, or of the HTML parts where those say little; what the author answers is furniture.

    What the author passes on under a short note is none, but for its heads.
    """
    pages, lines = texts_of(message, "html"), "\n\n".join(texts_of(message, "plain")).split("\n")
    of_page = [piece for page in pages for piece in _from_page(page)]
    of_plain = list(_from_plain(lines, wording))
    if of_plain and _word_count(of_plain) >= STUB_SHARE * _word_count(of_page):
        passed = _passed_on_in_plain(lines, subject, wording)
        return passed or list(_without_message_below(of_plain, subject))
    passed = _passed_on_in_pages(pages, subject) if is_passed_on(subject) else []
    return passed or list(_without_message_below(of_page, subject))


def _passed_on_in_plain(lines: Sequence[str], subject: str, wording: Wording) -> list[Piece]:
    """The blocks of a plain text that passes a message on, which may be quoted; of any other none."""
    bare = without_marks(lines)
    begins, ends = passed_on(bare, subject)
    if ends == len(lines):
        return []
    below = lines[ends:] if bare[begins:ends] == lines[begins:ends] else bare[ends:]
    heads = Piece(BlockKind.PARAGRAPH, tidy("\n".join(bare[begins:ends])), furniture=True)
    told = _without_message_below(_from_plain(below, wording), subject)
    return [*_from_plain(lines[:begins], wording), heads, *told]


def _passed_on_in_pages(pages: Iterable[str], subject: str) -> list[Piece]:
    """The blocks of pages that pass a message on; of any other none."""
    shown = [piece for page in pages for piece in _from_page(page, quoted=True)]
    begins, ends = passed_on([piece.text for piece in shown], subject)
    heads = [replace(piece, furniture=True) for piece in shown[begins:ends]]
    below = shown[ends:]
    return [*shown[:begins], *heads, *_without_message_below(below, subject)] if below else []


def _from_plain(lines: Sequence[str], wording: Wording) -> Iterator[Piece]:
    """The blocks of a plain text; what is quoted in it, with the line that says so, and the signature as furniture."""
    for aside, run in groupby(zip(sides_of(lines), lines, strict=True), key=lambda pair: pair[0]):
        part = "\n".join(line for _, line in run)
        if aside:
            yield Piece(BlockKind.PARAGRAPH, tidy(part), furniture=True)
            continue
        read_part = read_plain_text(part, wording)
        for block in read_part.blocks:
            yield Piece(block.kind, read_part.text[block.start : block.end], block.level)


def _from_page(text: str, *, quoted: bool = False) -> Iterator[Piece]:
    """The blocks of a page; as furniture what programs mark as a signature or, unless it is asked for, as quoted."""
    tree = parsed(text)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and _is_aside(element) and not (quoted and not _is_signature(element)):
            _set_aside(element)
            if _ALL_BELOW.search(_called(element)):
                for below in element.itersiblings():
                    _set_aside(below)
    return iter(pieces_of(tree))


def _is_signature(element: html.HtmlElement) -> bool:
    return bool(_SIGNATURE.search(_called(element)))


def _is_aside(element: html.HtmlElement) -> bool:
    return (element.tag == "blockquote" and element.get("type") == "cite") or bool(_ASIDE.search(_called(element)))


def _called(element: html.HtmlElement) -> str:
    return f"{element.get('id', '')} {element.get('class', '')}"


def _set_aside(element: html.HtmlElement) -> None:
    """Gives an element the role by which the reader of HTML knows what is no part of the text."""
    if isinstance(element.tag, str):
        element.set("role", "contentinfo")


def _without_message_below(pieces: Iterable[Piece], subject: str) -> Iterator[Piece]:
    """The pieces; all from the heads of an earlier message on as furniture."""
    held = list(pieces)
    begins = message_below([piece.text for piece in held], subject)
    for number, piece in enumerate(held):
        yield replace(piece, furniture=True) if number >= begins else piece


def _told(message: EmailMessage, wording: Wording) -> Iterator[Piece]:
    for part in _leaves(message):
        name = part.get_filename() or part.get_content_type()
        if not _is_text(part, "plain", "html") and not _is_picture_within(part):
            yield Piece(
                BlockKind.PARAGRAPH, tidy(wording.say("reading.attachment", " ".join(name.split()))), furniture=True
            )


def _is_picture_within(part: MIMEPart) -> bool:
    """Whether a part is a picture that the HTML part shows."""
    shown = "inline" if part["content-id"] else ""
    return part.get_content_maintype() == "image" and (part.get_content_disposition() or shown) == "inline"


def _said_by(message: EmailMessage) -> dict[str, str]:
    sent = message["date"].datetime if message["date"] else None
    people = message["from"].addresses if message["from"] else ()
    names = (one.display_name or one.addr_spec for one in people)
    return said(
        {
            "title": str(message["subject"] or ""),
            "author": ", ".join(name for name in names if name),
            "published": sent.date().isoformat() if sent else "",
        }
    )


def _word_count(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces if not piece.furniture)
