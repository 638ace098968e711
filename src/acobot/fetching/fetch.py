"""`acobot fetch`: each address of the list is looked at, and its snapshot kept as it is or written anew.

One bad address never stops the rest: it is named with its line, the reason and the mend, and its snapshot stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from acobot.errors import SourceProblem, SourcesError
from acobot.fetching.addresses import FILE, Address, read_addresses
from acobot.fetching.network import UnreachableError
from acobot.fetching.snapshots import Snapshots
from acobot.fetching.web import Page, Seen, Web
from acobot.settings import Settings


@dataclass(frozen=True, slots=True)
class FetchReport:
    """The snapshots that are new, changed and as they were, by their names; and what to look at.

    `moved` are lines whose address leads on for good, with where; `unlisted` are snapshots without a line.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    moved: tuple[SourceProblem, ...]
    unlisted: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


def fetch_addresses(
    settings: Settings,
    *,
    told: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchReport:
    """Fetches what has changed; `told` hears each address first. Raises `SourcesError` without a list."""
    addresses, problems = read_addresses(_read_list(settings))
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    moved: list[SourceProblem] = []
    snapshots = _open(settings)
    today = datetime.now(UTC).date().isoformat()
    with Web(most_bytes=settings.max_source_bytes, private=settings.fetch_private, sleep=sleep) as web:
        for address in addresses:
            told(address.url)
            try:
                known, page = _look(address, snapshots, web)
                if page is None or not snapshots.keep(address.url, address.name, page, today):
                    unchanged.append(address.name)
                else:
                    (changed if known else added).append(address.name)
                if page and page.moved:
                    moved.append(SourceProblem(FILE, f"it has moved to {page.moved}; write that address", address.line))
            except UnreachableError as error:
                problems.append(SourceProblem(FILE, str(error), address.line))
            except OSError as error:
                reason = f"its snapshot {address.name!r} cannot be written ({error.strerror})"
                problems.append(SourceProblem(FILE, f"{reason}; check the folder and its permissions", address.line))
    listed = frozenset(address.url for address in addresses)
    return FetchReport(
        tuple(added),
        tuple(changed),
        tuple(unchanged),
        tuple(moved),
        tuple(snapshots.unlisted(listed)),
        tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )


def _look(address: Address, snapshots: Snapshots, web: Web) -> tuple[bool, Page | None]:
    """Whether there is a snapshot of an address, and what is there now; None where that is the same."""
    known = snapshots.known(address.url, address.name)
    return known is not None, web.get(address.url, known.seen if known else Seen())


def _read_list(settings: Settings) -> str:
    path = settings.sources / FILE
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        reason = "it is not there; write it, with an address a line, or name the folder with --sources"
    except UnicodeDecodeError:
        reason = "it is not UTF-8; save it as UTF-8"
    except OSError as error:
        reason = f"it cannot be read ({error.strerror}); check the file and its permissions"
    raise SourcesError("there are no addresses to fetch", (SourceProblem(FILE, reason),)) from None


def _open(settings: Settings) -> Snapshots:
    try:
        return Snapshots(settings.sources)
    except UnreachableError as error:
        raise SourcesError("nothing was fetched", (SourceProblem(FILE, str(error)),)) from None
