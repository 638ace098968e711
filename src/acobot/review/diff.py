"""Two versions of the index → which sources, passages and words differ. Knows no questions."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter

from acobot.index import Version
from acobot.index.manifest import other_files
from acobot.review.words import PassageChange, changed_words

Passages = list[tuple[str, str]]  # heading trail, and the text or its SHA-256, in order


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages of a source came, were put in the place of others, and went."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """What is other in the version `new`: ids of sources in order, and the passages of each of them.

    `renamed` are (id then, id now) of sources with the same text; they are not among the added or removed ones.
    `passages` are by the id now, or then for a removed source; only those of which some differ. `words` are what is
    other in the passages of sources that both versions have. `beside` are the names of files beside the sources that
    are other, or only there in one.
    """

    old: str
    new: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    passages: dict[str, Counts]
    words: dict[str, tuple[PassageChange, ...]]
    beside: tuple[str, ...]
    other_settings: bool


def diff_versions(old: Version, new: Version) -> VersionDiff:
    """What differs between two opened versions."""
    then = {entry.id: entry for entry in old.manifest.sources}
    now = {entry.id: entry for entry in new.manifest.sources}
    gone, come = sorted(then.keys() - now.keys()), sorted(now.keys() - then.keys())
    renamed = _renamed({one: then[one].sha256 for one in gone}, {one: now[one].sha256 for one in come})
    before, after = _passages(old), _passages(new)
    pairs = [*((one, one) for one in then.keys() & now.keys()), *renamed]
    counts = {name: _counts(before.get(was, []), after.get(name, [])) for was, name in pairs}
    counts |= {one: Counts(len(after.get(one, [])), 0, 0) for one in come if one not in dict(renamed).values()}
    counts |= {one: Counts(0, 0, len(before.get(one, []))) for one in gone if one not in dict(renamed)}
    return VersionDiff(
        old=old.id,
        new=new.id,
        added=tuple(one for one in come if one not in dict(renamed).values()),
        changed=tuple(sorted(one for one in then.keys() & now.keys() if then[one].file_sha256 != now[one].file_sha256)),
        removed=tuple(one for one in gone if one not in dict(renamed)),
        renamed=renamed,
        words={
            now: changes for was, now in sorted(pairs, key=itemgetter(1)) if (changes := _words(old, was, new, now))
        },
        passages={name: one for name, one in sorted(counts.items()) if one != Counts(0, 0, 0)},
        beside=other_files(old.manifest.beside, new.manifest.beside),
        other_settings=_made_by(old) != _made_by(new),
    )


def _renamed(gone: dict[str, str], come: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of ids whose digests are the same, each id in one pair."""
    left = dict(come)
    pairs = []
    for was, digest in gone.items():
        name = next((one for one, other in left.items() if other == digest), None)
        if name is not None:
            pairs.append((was, name))
            del left[name]
    return tuple(pairs)


def _passages(version: Version) -> dict[str, Passages]:
    found: dict[str, Passages] = {}
    for source_id, heading, sha256 in version.corpus.passage_digests():
        found.setdefault(source_id, []).append((heading, sha256))
    return found


def _counts(before: Passages, after: Passages) -> Counts:
    added = changed = removed = 0
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[a:b] != after[c:d]:
            changed += min(b - a, d - c)
            added += max(0, (d - c) - (b - a))
            removed += max(0, (b - a) - (d - c))
    return Counts(added, changed, removed)


def _words(old: Version, was: str, new: Version, now: str) -> tuple[PassageChange, ...]:
    """What is other in the passages of one source."""
    if old.corpus.source(was).sha256 == new.corpus.source(now).sha256:
        return ()
    before, after = _texts(old, was), _texts(new, now)
    changes = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step != "equal":
            heading = (after[c:d] or before[a:b])[0][0]
            gone, come = (" ".join(text for _, text in some) for some in (before[a:b], after[c:d]))
            changes.append(PassageChange(heading, changed_words(gone, come)))
    return tuple(changes)


def _texts(version: Version, source_id: str) -> Passages:
    """The heading trail and the text of each passage of a source, in order."""
    stored = (version.corpus.passage(number) for number in version.corpus.range_of(source_id))
    return [(" › ".join(one.passage.heading), one.text) for one in stored]


def _made_by(version: Version) -> tuple[str, str, dict[str, bool]]:
    return version.manifest.model_sha256, version.manifest.language_sha256, version.manifest.settings
