"""A file → all that `acobot read` shows of it, as records of text. Knows no terminal and no HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from acobot.languages import load_language
from acobot.settings import Settings
from acobot.sources import BlockKind, Source, find_unread, one_file, read_closely
from acobot.sources.kinds import NAMES
from acobot.sources.reading import Reading

DEFAULT = "as nothing else is said"


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that a source says of itself, and where it says so."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block as it is read; `set_aside` is the rule by which it is furniture, or ""."""

    number: int
    page: str
    kind: str
    level: int
    text: str
    set_aside: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """How a file is read; `refused` is why it is no source, `runs` are words that stand together and were not read."""

    name: str
    id: str
    format: str
    particulars: tuple[Particular, ...]
    warnings: tuple[str, ...]
    asks: tuple[str, ...]
    counted: str
    blocks: tuple[ReadBlock, ...]
    unread: str
    runs: tuple[str, ...]
    refused: str


def read_file(path: Path, settings: Settings) -> ReadFile:
    """Reads a file as a build would. Raises `SourcesError`, `SettingsError` or `PackError`."""
    file = one_file(path, settings.sources, settings.max_source_bytes)
    reading = read_closely(file, load_language(settings.language))
    source, unread = reading.source, find_unread(file, reading.source)
    told = f"{unread.share:.0%} of its words: {unread.missing:,} of {unread.words:,}"
    return ReadFile(
        name=file.name,
        id=file.id,
        format=NAMES.get(file.ending, file.ending),
        particulars=_particulars(reading),
        warnings=tuple(one.text for one in source.warnings),
        asks=tuple(ask.text for ask in source.asks),
        counted=_counted(source),
        blocks=tuple(_block(reading, number) for number in range(len(source.blocks))),
        unread=told if unread.words else "cannot be told for this file",
        runs=unread.runs,
        refused=reading.refused,
    )


def _particulars(reading: Reading) -> tuple[Particular, ...]:
    said = reading.source.particulars
    values = ((one.name, str(getattr(said, one.name))) for one in fields(said))
    return tuple(Particular(name, value, reading.origins.get(name, DEFAULT)) for name, value in values if value)


def _counted(source: Source) -> str:
    kinds = Counter(block.kind.value for block in source.blocks)
    aside = sum(block.furniture for block in source.blocks)
    many = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in kinds.items())
    return f"{many}; {aside} set aside" if aside else many


def _block(reading: Reading, number: int) -> ReadBlock:
    source, block = reading.source, reading.source.blocks[number]
    page = f"{source.page_name} {bisect_right(source.pages, block.start)}" if source.pages else ""
    kind = f"{block.kind.value} {block.level}" if block.kind is BlockKind.HEADING else block.kind.value
    text = source.text[block.start : block.end]
    rule = reading.set_aside.get(number)
    return ReadBlock(number + 1, page, kind, block.level, text, rule.value if rule else "")
