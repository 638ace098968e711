"""A source file → `Source`, or the one problem that keeps it from being read. The formats know how; this knows which.

What a file says of itself is taken from its sidecar or front matter, else from its format's own metadata, else from
what its text says of itself, else from its first heading or line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from acobot.errors import DraftError, SourceProblem
from acobot.languages import Language
from acobot.sources.decoding import UndecodableError, decode, is_utf8, is_utf16
from acobot.sources.drafting import on_one_line, shortened
from acobot.sources.folder import SourceFile, digest_of
from acobot.sources.front_matter import FrontMatter, FrontMatterError, read_sidecar, split_front_matter
from acobot.sources.furniture import find_furniture
from acobot.sources.isolation import read_isolated
from acobot.sources.kinds import PAGE_ENDINGS, TABLE_ENDINGS, TEXT_ENDINGS, refuse_other_kinds
from acobot.sources.letterhead import find_letterhead
from acobot.sources.looking import MADE, OF_NAME, look_at
from acobot.sources.picking import Pick, texts_of
from acobot.sources.record import Ask, BlockKind, Draft, Particulars, SetAside, Source, UnreadableError
from acobot.sources.told import told_by_page
from acobot.sources.wording import Wording, wording_of

TITLE_LENGTH = 200
PLAIN_ENDING = ".txt"  # whose headings have no ranks
OF_TEXT = "a line of the text about itself"
_NOTHING = "nothing in it can be quoted: it has only headings or page furniture; write its text, or take the file away"
_EMPTY = "it is empty; write its text, or take the file away"
_ONLY_ADDRESSES = "it is a list of addresses, not a text; name it _urls.txt, and fetch them with 'acobot fetch'"
_ADDRESSES = re.compile(r"\s*(?:(?:[-*] +)?<?https?://\S++(?:\s++|\Z)){2,}")
_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4096
# Told without their names, and so are the names that stand for Windows's encoding.
_USUAL = frozenset(
    ["utf-8", "utf8", "utf-16", "windows-1252", "cp1252", "iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: the source, where each of its particulars came from, and by which rule a block is set aside.

    `refused` is why it is no source although it can be read: nothing in it can be quoted.
    """

    source: Source
    origins: Mapping[str, str]
    set_aside: Mapping[int, SetAside]
    refused: str = ""


def read_source(file: SourceFile, language: Language) -> Source:
    """One file as a source. Raises `SourcesError` with the one problem that keeps it from being read."""
    reading = read_closely(file, language)
    if reading.refused:
        raise file.refused(reading.refused)
    return reading.source


def read_closely(file: SourceFile, language: Language) -> Reading:
    """One file as a source, with all that is told of how it was read. Raises `SourcesError` (`DraftError`)."""
    raw, beside = file.contents()
    sidecar = _read_sidecar(file, beside)
    try:
        front, draft = _read(file, raw, sidecar, wording_of(language))
    except FrontMatterError as error:
        raise file.refused(error.reason, error.line) from None
    except UnreadableError as error:
        raise file.refused(str(error)) from None
    if front.draft:
        reason = f"it is a draft, as its front matter or sidecar says ({front.draft!r}); take that out to publish it"
        raise DraftError("a draft is not read", (SourceProblem(file.name, reason),))
    return judge(file, (raw, beside), front, draft, language)


def judge(
    file: SourceFile, contents: tuple[bytes, bytes], front: FrontMatter, draft: Draft, language: Language
) -> Reading:
    """What a draft is as a source: all that is done here, and not in the process that read the file."""
    raw, beside = contents
    aside = find_furniture(draft.text, draft.blocks, language, *_texts(front, file))
    aside = {number: rule for number, rule in aside.items() if number not in draft.kept}
    blocks = tuple(replace(block, furniture=number in aside) for number, block in enumerate(draft.blocks))
    draft = replace(draft, blocks=blocks)
    values, origins = _particulars(file, draft, aside, language)
    values |= front.values
    origins |= _said_in(file, front)
    labelled = file.ending in PAGE_ENDINGS and bool(_CHARSET.search(raw[:_CHARSET_WITHIN]))
    source = Source(
        id=file.id,
        particulars=Particulars(**values),
        text=draft.text,
        blocks=draft.blocks,
        asks=(*(Ask(text) for text in front.asks), *draft.asks),
        sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
        file_sha256=digest_of(raw, beside),
        pages=draft.pages,
        warnings=look_at(file.ending, raw, front, draft, values["title"], origins, labelled=labelled),
        page_name=draft.page_name,
    )
    quotable = any(block.quotable and _has_words(draft.text[block.start : block.end]) for block in draft.blocks)
    return Reading(source, origins, aside, "" if quotable else _NOTHING)


def _particulars(
    file: SourceFile, draft: Draft, aside: Mapping[int, SetAside], language: Language
) -> tuple[dict[str, str], dict[str, str]]:
    """What a file says of itself, and where: in its format's own metadata, beside its text, or in its first heading.

    A file's properties say who made the file and when, so what its text says of that goes before them.
    """
    told = told_by_page(draft.text, draft.blocks, aside, language.furniture)
    if file.ending == PLAIN_ENDING:
        told = find_letterhead(draft.text, draft.blocks, language.furniture) | told
    heading, of_title = _title(file, draft)
    values, origins = {"title": heading} | told, {"title": of_title} | dict.fromkeys(told, OF_TEXT)
    after = told if _own(file) == MADE else {}
    before = {key: value for key, value in draft.said.items() if value and key not in after}
    values |= before
    origins |= dict.fromkeys(before, _own(file))
    return values | {"title": shortened(values["title"], TITLE_LENGTH)}, origins


def _texts(front: FrontMatter, file: SourceFile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of `keep:` and `drop:`; what else they name of a web page its reader has looked for."""
    of_page = file.ending in PAGE_ENDINGS
    return texts_of(front.keep, of_page=of_page), texts_of(front.drop, of_page=of_page)


def _own(file: SourceFile) -> str:
    """What a format's own metadata is called."""
    return "the page's own metadata" if file.ending in PAGE_ENDINGS else MADE


def _said_in(file: SourceFile, front: FrontMatter) -> dict[str, str]:
    """Where the particulars stand that were written for us, or for another tool."""
    place = f"the sidecar {file.sidecar_name}" if file.sidecar else "front matter"
    return {key: f"{place} ({front.others[key]}:)" if key in front.others else place for key in front.values}


def _read(file: SourceFile, raw: bytes, sidecar: FrontMatter | None, wording: Wording) -> tuple[FrontMatter, Draft]:
    """What the file or its sidecar says of itself, and its text. Raises `FrontMatterError` or `UnreadableError`."""
    if not raw.strip():
        raise UnreadableError(_EMPTY)
    refuse_other_kinds(file.ending, raw)
    if file.ending not in TEXT_ENDINGS | PAGE_ENDINGS:
        return sidecar or FrontMatter({}), read_isolated(file.ending, raw, wording=wording)
    front, body = split_front_matter(decoded(file, raw))
    if sidecar and front != FrontMatter({}):
        reason = f"it has front matter of its own and a sidecar ({file.sidecar_name}); keep one of them"
        raise UnreadableError(reason)
    if not body.strip():
        raise UnreadableError(_EMPTY)
    front = sidecar or front
    if _ADDRESSES.fullmatch(body):
        raise UnreadableError(_ONLY_ADDRESSES)
    if file.ending in PAGE_ENDINGS:
        return front, read_isolated(file.ending, body.encode(), Pick(front.selector, front.keep, front.drop), wording)
    if front.selector:
        raise UnreadableError("'selector' is for HTML files; take it out of the front matter")
    return front, read_isolated(file.ending, body.encode(), wording=wording)


def _read_sidecar(file: SourceFile, raw: bytes) -> FrontMatter | None:
    """The sidecar's particulars, or None where the file has no sidecar. Raises `SourcesError`."""
    if not file.sidecar:
        return None
    try:
        front = read_sidecar(_decoded(file, raw, in_sidecar=True))
    except FrontMatterError as error:
        raise file.refused(error.reason, error.line, in_sidecar=True) from None
    if front.selector and file.ending not in PAGE_ENDINGS:
        raise file.refused("'selector' is for HTML files; take it out", in_sidecar=True)
    return front


def decoded(file: SourceFile, raw: bytes) -> str:
    """The file's characters; those of a web page in the encoding that it names, if they are in none of the usual.

    Raises `SourcesError` or `UnreadableError`.
    """
    named = _CHARSET.search(raw[:_CHARSET_WITHIN]) if file.ending in PAGE_ENDINGS else None
    label = named[1].decode().lower() if named else ""
    # As browsers do: pages that say Latin 1 are in Windows's extension of it. UTF-8 and UTF-16 are told by themselves.
    if label and label not in _USUAL and not is_utf8(raw) and not is_utf16(raw):
        try:
            raw = raw.decode(label).encode()
        except (LookupError, ValueError):
            raise UnreadableError(f"it is not in the encoding that it names ({label}); save it as UTF-8") from None
    return _decoded(file, raw)


def _decoded(file: SourceFile, raw: bytes, *, in_sidecar: bool = False) -> str:
    """The characters of a text file. Raises `SourcesError`."""
    try:
        text = decode(raw)
    except UndecodableError as error:
        raise file.refused(error.reason, error.line, in_sidecar=in_sidecar) from None
    if not text.strip():
        raise file.refused(_EMPTY, in_sidecar=in_sidecar)
    return text


def _title(file: SourceFile, draft: Draft) -> tuple[str, str]:
    """The first heading, else the first line of text, else the file's name; and which of them.

    Of a table file only the name: its headings are its sheets' names, its lines are rows.
    """
    if file.ending in TABLE_ENDINGS:
        return file.path.stem, OF_NAME
    said = [(block, draft.text[block.start : block.end]) for block in draft.blocks]
    headings = [
        (text, "the first heading") for block, text in said if block.kind is BlockKind.HEADING and not block.furniture
    ]
    lines = [(text.split("\n")[0], "the first line") for block, text in said if block.quotable]
    worded = ((on_one_line(text), origin) for text, origin in [*headings, *lines] if _has_words(text))
    return next(worded, (file.path.stem, OF_NAME))


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
