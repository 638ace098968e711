"""Snapshots of fetched pages among the sources: each a file as it came, with a sidecar, and one list of all.

The list (`_fetched.json`) holds what the next run needs: names, digests, and what servers said of their versions. A
file that we did not write, or that was changed since, is never written over.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from acobot.fetching.network import UnreachableError
from acobot.fetching.web import Page, Seen
from acobot.sources.kinds import ENDINGS, refuse_other_kinds
from acobot.sources.record import UnreadableError

STATE = "_fetched.json"
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
}
_SAYS_LITTLE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain", "application/zip"})
_RETRIEVED = re.compile(r"^retrieved[ \t]*:.*$", re.MULTILINE)
_URL = re.compile(r"^url[ \t]*:[ \t]*(\S*)", re.MULTILINE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]+)", re.IGNORECASE)
_NAMES_ITSELF = re.compile(rb"charset|encoding", re.IGNORECASE)
_HEAD = 4096
_BEGUN = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file that was fetched: its name under the sources, its digest, the day, and what the server said of it.

    While it is written its digest is `_BEGUN`: should that be cut off, what is there is still ours.
    """

    file: str
    sha256: str
    retrieved: str
    etag: str = ""
    modified: str = ""

    @property
    def name(self) -> str:
        """The file's path without its ending."""
        return Path(self.file).with_suffix("").as_posix()

    @property
    def seen(self) -> Seen:
        """What to ask the server whether it still holds."""
        return Seen(self.etag, self.modified)


class Snapshots:
    """All snapshots of a folder of sources, by their addresses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all = _read_state(folder / STATE)

    def known(self, url: str, name: str) -> Snapshot | None:
        """The snapshot of an address under this name, if it is there as it was written.

        Raises `UnreachableError` where something else is there.
        """
        kept = self._all.get(url)
        if kept and kept.name == name and (self._folder / kept.file).exists():
            if kept.sha256 == _BEGUN:
                return None
            if _digest(self._folder / kept.file) == kept.sha256:
                return kept
            reason = f"{kept.file} was changed since it was fetched"
            raise UnreachableError(f"{reason}; move it away to fetch it anew, or take the line out to keep yours")
        self._refuse_others(url, name)
        return None

    def keep(self, url: str, name: str, page: Page, today: str) -> bool:
        """Writes a page that was fetched, unless it is what is there; says whether it wrote."""
        ending = _ending_of(url, page)
        raw = _as_utf8(page, ending)
        try:
            refuse_other_kinds(ending, raw)
        except UnreadableError as error:
            reason = str(error).partition(";")[0].replace("it is named", "it comes as", 1)
            raise UnreachableError(f"{reason}; open it in a browser, and give the document's own address") from None
        file, sha256 = f"{name}{ending}", hashlib.sha256(raw).hexdigest()
        kept = self._all.get(url)
        same = kept is not None and (kept.file, kept.sha256) == (file, sha256) and (self._folder / file).exists()
        if same and kept:
            new = replace(kept, etag=page.seen.etag, modified=page.seen.modified)
        else:
            new = Snapshot(file, sha256, today, page.seen.etag, page.seen.modified)
            self._write(url, raw, new, kept)
        if new != kept:
            self._save({one: said for one, said in self._all.items() if said.file != file} | {url: new})
        return not same

    def unlisted(self, urls: frozenset[str]) -> list[str]:
        """The snapshots that are still there, but whose addresses the list no longer has."""
        return sorted(
            kept.file for url, kept in self._all.items() if url not in urls and (self._folder / kept.file).exists()
        )

    def _write(self, url: str, raw: bytes, new: Snapshot, old: Snapshot | None) -> None:
        """The page and its sidecar. What cannot be told in the sidecar is known before the page is touched."""
        gone = old if old and old.file != new.file and _is_ours(self._folder / old.file, old) else None
        path = self._folder / new.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if gone:
            self._move_sidecar(gone.name, new.name)
        sidecar = self._sidecar(new.name)
        told = self._told(url, new, _read_sidecar(sidecar))
        if old is None or old.file == new.file:
            self._save(self._all | {url: replace(new, sha256=_BEGUN)})
        _replace(path, raw)
        _replace(sidecar, told.encode())
        if gone:  # its page now comes as another kind of file, or under another name
            (self._folder / gone.file).unlink()
            if gone.name != new.name:
                self._sidecar(gone.name).unlink(missing_ok=True)

    def _told(self, url: str, new: Snapshot, told: str) -> str:
        """What a sidecar says, with the address and the day of its snapshot."""
        address = f"url: {_quoted(url)}"
        if any(other.file == new.file for one, other in self._all.items() if one != url):  # the line's address changed
            told = _URL.sub(lambda _: address, told, count=1)
        day = f"retrieved: {new.retrieved}"
        told = _RETRIEVED.sub(day, told, count=1) if _RETRIEVED.search(told) else f"{told}{day}\n"
        return told if _URL.search(told) else f"{address}\n{told}"

    def _move_sidecar(self, old: str, new: str) -> None:
        """What a maintainer said of a snapshot goes with it to its new name, unless something is said there."""
        sidecar = self._sidecar(old)
        if sidecar.exists() and not self._sidecar(new).exists():
            sidecar.replace(self._folder / f"{new}{sidecar.suffix}")

    def _save(self, snapshots: dict[str, Snapshot]) -> None:
        _replace(self._folder / STATE, _as_json(snapshots))
        self._all = snapshots

    def _refuse_others(self, url: str, name: str) -> None:
        """A source of this name that was not fetched from here must stay."""
        ours = {kept.file for kept in self._all.values() if _is_ours(self._folder / kept.file, kept)}
        names = {f"{name}{ending}" for ending in ENDINGS} - ours
        there = sorted(one for one in names if (self._folder / one).exists())
        sidecar = self._sidecar(name)
        if there and not ((told := _URL.search(_read_sidecar(sidecar))) and told[1] in {url, f"'{url}'", _quoted(url)}):
            reason = f"{there[0]} is there already and was not fetched from this address"
            raise UnreachableError(f"{reason}; rename it, or give the address another name")

    def _sidecar(self, name: str) -> Path:
        usual = self._folder / f"{name}.yaml"
        other = self._folder / f"{name}.yml"
        return other if other.exists() and not usual.exists() else usual


def _is_ours(path: Path, kept: Snapshot) -> bool:
    return path.exists() and _digest(path) == kept.sha256


def _ending_of(url: str, page: Page) -> str:
    """The ending for a page: by the kind that the server says, or by its address where that says little."""
    kind = page.kind.partition(";")[0].strip().lower()
    path = url.partition("#")[0].partition("?")[0]
    by_address = next((ending for ending in ENDINGS if path.lower().endswith(ending)), "")
    if kind in _SAYS_LITTLE and by_address:
        return by_address
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    reason = f"it is {kind or 'of no kind that the server names'}, which is not read"
    raise UnreachableError(f"{reason}; give the address of a page or document, or take the line out")


def _as_utf8(page: Page, ending: str) -> bytes:
    """The bytes; a text whose encoding only the server names, in UTF-8, for nobody would know it any more."""
    said = _CHARSET.search(page.kind)
    if ending not in {".html", ".txt", ".md", ".csv"} or not said or _NAMES_ITSELF.search(page.raw[:_HEAD]):
        return page.raw
    try:
        return page.raw.decode(said[1]).encode()
    except (LookupError, ValueError):
        return page.raw


def _read_sidecar(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.exists() else ""
    except UnicodeDecodeError:
        raise UnreachableError(f"its sidecar {path.name} is not UTF-8; save it as UTF-8") from None


def _quoted(url: str) -> str:
    """An address as YAML has it, whatever signs are in it."""
    return json.dumps(url, ensure_ascii=False)


def _read_state(path: Path) -> dict[str, Snapshot]:
    try:
        return {url: Snapshot(**said) for url, said in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        reason = f"{path.name} is damaged"
        raise UnreachableError(f"{reason}; take it away, and all addresses are fetched anew") from None


def _as_json(snapshots: dict[str, Snapshot]) -> bytes:
    told = {url: asdict(one) for url, one in sorted(snapshots.items())}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _replace(path: Path, raw: bytes) -> None:
    """Writes a file whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(raw)
    new.replace(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
