"""The commands to look at versions and sources, and to choose what is live. Only `diff --questions` loads a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from acobot.cli import printed_diffs
from acobot.cli.commands import IndexOption, app
from acobot.cli.output import err, escape, out, print_bad, print_ignored
from acobot.errors import SettingsError
from acobot.settings import Settings, read_settings

if TYPE_CHECKING:
    from acobot.index import KeptVersion, Version
    from acobot.languages import Language
    from acobot.review import AnswerChange, Asked, SourceSurvey

OLD_YEARS = 5
WIDE = 10_000  # characters a line where no terminal bounds it
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def publish(
    version: Annotated[str, typer.Argument(help="Its id, or how that begins.")], index: IndexOption = None
) -> None:
    """Make a version that was built the live one; also lifts the pin of a roll-back."""
    from acobot.index import open_store

    store = open_store(read_settings(index=index))
    chosen = store.find(version)
    _check(store.path(chosen))
    store.publish(chosen)
    out.print(f"index {chosen} is live")


@app.command()
def rollback(
    version: Annotated[str | None, typer.Argument(help="Its id; the one published before, if none is named.")] = None,
    index: IndexOption = None,
) -> None:
    """Go back to an earlier version and pin it: later builds leave it live until one is published."""
    from acobot.index import open_store

    store = open_store(read_settings(index=index))
    chosen = store.find(version) if version else store.previous_id()
    _check(store.path(chosen))
    store.publish(chosen, pin=True)
    out.print(f"index {chosen} is live and pinned; 'acobot publish ID' or 'acobot index --publish' lifts the pin")


@app.command()
def versions(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List the versions of the index that are kept, the live one first."""
    from acobot.index import Store

    store = Store(read_settings(index=index).index)
    kept = store.versions()
    if as_json:
        out.print_json(json.dumps([_as_record(one) for one in kept]))
        return
    if not kept:
        store.current_id()  # says what is amiss
    rows = [
        (one.id, _moment(one.built), str(len(one.sources)), str(one.passages), _standing(standing))
        for standing in kept
        for one in (standing.manifest,)
    ]
    print_table(("version", "built", "sources", "passages", ""), rows)


@app.command()
def packs() -> None:
    """List the language and policy packs that come with acobot, and check them and those that are in use."""
    from acobot.languages import load_language, packaged_languages
    from acobot.policies import NO_POLICY, load_policy, packaged_policies

    settings = read_settings()
    used = load_language(settings.language)
    rows = []
    for name in dict.fromkeys([*packaged_languages(), settings.language]):
        pack = load_language(name)
        rows.append(("language", pack.name, f"{pack.tag}, {len(pack.catalogue.texts)} texts", _in_use(pack is used)))
    policies = dict.fromkeys([*packaged_policies(), settings.policy, NO_POLICY])
    rows += [("policy", name, _of_policy(name, used), _in_use(name == settings.policy)) for name in policies]
    load_policy(settings.policy, used)  # the one in use has texts in the language in use, or is refused
    print_table(("kind", "name", "what it has", ""), rows)


def _of_policy(name: str, language: Language) -> str:
    """What a policy pack has in a language, checked; one that is not in use may have nothing in it."""
    from acobot.policies import NO_POLICY, load_policy, policy_languages

    if name != NO_POLICY and language.code not in (codes := policy_languages(name)):
        return f"no texts in {language.code!r}, only in {', '.join(codes)}"
    policy = load_policy(name, language)
    return f"signs: {', '.join(policy.texts.signs)}" if policy else "no signs are looked for"


def _in_use(used: bool) -> str:
    return "in use" if used else ""


@app.command()
def sources(
    older_than: Annotated[int, typer.Option(min=0, help="Years after which a source is said to be old.")] = OLD_YEARS,
    warned: Annotated[bool, typer.Option("--warnings", help="Only those with something to look at.")] = False,
    about: Annotated[
        list[str] | None, typer.Option(help="Only those with a warning about this, such as date; may be repeated.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only those of this kind: original or summary.")] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """List the sources of the live index, with what to look at; name the files that could not be read."""
    from acobot.index import open_store
    from acobot.review import survey_sources
    from acobot.sources import KINDS, Concern

    if unknown := set(about or ()) - set(Concern):
        raise SettingsError(f"no warning is about {unknown.pop()!r}; --about takes {', '.join(Concern)}")
    if kind not in {None, *KINDS}:
        raise SettingsError(f"no source is of the kind {kind!r}; --kind takes {', '.join(KINDS)}")
    store = open_store(read_settings(index=index))
    version, left = store.open_current(), store.leftovers()
    surveyed = [
        one
        for one in survey_sources(version, datetime.now(UTC).date(), older_than, left.bad)
        if (kind is None or one.kind == kind)
        and (one.warnings or not (warned or about))
        and (not about or any(warning.concern in about for warning in one.warnings))
    ]
    print_bad([one for one in left.bad if not one.keeps])
    print_ignored(left.ignored)
    if as_json:
        out.print_json(json.dumps([asdict(one) for one in surveyed]))
        return
    columns = ("source", "title", "kind", "published", "updated", "passages", "set aside", "look at")
    print_table(columns, map(_row, surveyed))
    look_at = sum(bool(one.warnings) for one in surveyed)
    passages = sum(one.passages for one in surveyed)
    out.print(f"{len(surveyed)} sources, {passages} passages; {look_at} to look at")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Id of a version, or how it begins; 'live' for the live one.")],
    new: Annotated[str, typer.Argument(help="Id of the version to compare it with.")],
    questions: Annotated[
        Path | None, typer.Option(help="File of questions, one a line or as for evaluate: whose answers change?")
    ] = None,
    as_json: JsonOption = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a review.")] = False,
    index: IndexOption = None,
) -> None:
    """Compare two versions: sources and passages, and the answers to a file of questions."""
    from acobot.index import open_store
    from acobot.review import diff_versions, read_questions

    settings = read_settings(index=index)
    store = open_store(settings)
    ids = [store.current_id() if one == "live" else store.find(one) for one in (old, new)]
    before, after = (store.open(one) for one in ids)
    asked = read_questions(questions) if questions else ()
    found = diff_versions(before, after)
    changes = _compare(settings, before, after, asked) if asked else ()
    if as_json:
        out.print_json(json.dumps(printed_diffs.as_record(found, changes, len(asked))))
    elif markdown:
        print(printed_diffs.as_markdown(found, changes, len(asked)))
    else:
        printed_diffs.print_diff(found, changes, len(asked))


def _compare(settings: Settings, before: Version, after: Version, asked: Sequence[Asked]) -> tuple[AnswerChange, ...]:
    """Asks both versions the questions."""
    from acobot.answering import find_answer
    from acobot.assistant import open_means
    from acobot.encoder import find_model
    from acobot.review import compare_answers

    model = find_model(settings)
    for version in (before, after):
        version.check_model(model.digest)
    means = open_means(settings)
    return compare_answers(
        track(asked, "asking", console=err, transient=True, disable=not err.is_terminal),
        lambda question, history: find_answer(before, means, question, history).answer,
        lambda question, history: find_answer(after, means, question, history).answer,
    )


def _check(folder: Path) -> None:
    """Raises `DamagedIndexError` unless every file of a version is what was written."""
    from acobot.index.checking import check_whole

    check_whole(folder)


def _as_record(kept: KeptVersion) -> dict[str, object]:
    manifest = kept.manifest
    counts = {"sources": len(manifest.sources), "passages": manifest.passages}
    standing = {"since": kept.since or None, "live": kept.live, "pinned": kept.pinned}
    return {"id": manifest.id, "built": manifest.built, **counts, **standing}


def _standing(kept: KeptVersion) -> str:
    if kept.live:
        return f"live since {_moment(kept.since)}" + (", pinned" if kept.pinned else "")
    return f"went live {_moment(kept.since)}" if kept.since else "never live"


def _moment(iso: str) -> str:
    """A time as it is read: "2018-04-01 12:00 UTC"."""
    return f"{iso[:16].replace('T', ' ')} UTC" if iso else "?"


def _row(one: SourceSurvey) -> list[str]:
    told = (one.published or "–", one.updated or "–", str(one.passages), f"{one.set_aside:.0%}")
    return [
        escape(cell)
        for cell in (one.id, one.title, one.kind, *told, "; ".join(warning.text for warning in one.warnings))
    ]


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as it must be; on a terminal only as wide as that is."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    # A console that wraps softly has 80 columns where there is no terminal.
    Console(file=out.file, width=None if out.is_terminal else WIDE, emoji=False, highlight=False).print(table)
