"""What sources are about: their opening sentences."""

from __future__ import annotations

from collections.abc import Sequence

from acobot.evidence.records import Evidence, Findings
from acobot.evidence.verdict import Verdict
from acobot.index import Version


def find_openings(version: Version, source_ids: Sequence[str] | None, most: int) -> Findings:
    """The opening sentence of each source, at most `most`: what they are about. Raises `SourceChoiceError`."""
    ids = version.corpus.source_ids if source_ids is None else tuple(dict.fromkeys(source_ids))
    if source_ids is not None:
        version.corpus.ranges_of(ids)  # those that are not quoted must exist, too
    chosen = []
    for source_id in ids[:most]:
        for number in version.corpus.range_of(source_id)[:1]:
            stored = version.corpus.passage(number)
            chosen.append(Evidence(stored, stored.sentences[0], stored.text_of(stored.sentences[0]), 0.0))
    return Findings(tuple(chosen), (), Verdict(answered=bool(chosen), confidence=float(bool(chosen))))
