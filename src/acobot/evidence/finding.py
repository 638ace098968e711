"""Candidates → findings: each question of the message is weighed and judged, sentences are chosen, sources compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from acobot.evidence.asked import NAMED_BONUS, WORD_FOR_WORD, AskedAlike, Form, LimitAlike, asks_alike, nearest_limit
from acobot.evidence.choosing import MOST_QUOTES, choose
from acobot.evidence.differing import Told, can_differ, find_difference, lacks_value
from acobot.evidence.parts import Part, split_parts
from acobot.evidence.reading import Readings, by_promise, read_candidates
from acobot.evidence.records import Differing, Evidence, Findings
from acobot.evidence.scoring import score_sentences
from acobot.evidence.verdict import (
    ANSWER_FROM,
    ANSWER_IN_NEED_FROM,
    ANSWER_UNREAD_FROM,
    FITTED_SHARE,
    Reason,
    Signs,
    Verdict,
    decide,
    log_odds,
    unnamed,
)
from acobot.evidence.weighing import Scores, Weighed, pull, weigh
from acobot.index import Version
from acobot.question import Query, leans_on_history, says_something
from acobot.reader import Reader
from acobot.retrieval import Candidate, question_weights

DIFFERING_NEAR = 6.0  # below the best sentence's score: what may be set against it
DIFFERING_LOOKED_AT = 12

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Where one sentence seldom says all.
_ASKS_SEVERAL = re.compile(
    r"\bwhy\b|\bhow come\b|\bwho\b|\bpros and cons\b|\b(?:reasons|advantages|benefits|problems|risks|examples?|ways|"
    r"differences?|compar\w+|arguments?|worries|concerns|views|opinions|critic\w+)\b|\bdiffer\b",
    re.IGNORECASE,
)
_ASKS_OPINIONS = re.compile(
    r"\bwho\b.{0,20}\b(?:oppos\w+|supports?|criticis\w+|objects?|against|favour|disagrees?|agrees?|thinks?|backs?|worr\w+)\b"
    r"|\b(?:opinions?|views?|thinks?|thought|feel|concern(?:s|ed)?|worr(?:y|ies|ied)|critic\w+|objections?|arguments?)\b",
    re.IGNORECASE,
)


def find_evidence(
    version: Version,
    query: Query,
    forms: Sequence[Form],
    candidates: Sequence[Candidate],
    reader: Reader | None = None,
    share: float = FITTED_SHARE,
    most: int = MOST_QUOTES,
) -> Findings:
    """The sentences that answer, the one that does so best first, at most `most`, and whether and how surely they do.

    `forms` are the message with its encoding, first as it is searched for, then in other ways to put it. The
    probability is 0 where there are no candidates or the question says nothing ("why?"); `share` of all questions
    are expected to be answerable.
    """
    encoding = forms[0][1]
    lacking = unnamed(query.searched_for, _texts(candidates))
    limit = nearest_limit(version, forms, lacking)
    scored = score_sentences(query.searched_for, encoding, candidates)
    if not scored:
        return Findings((), (), Verdict(False, 0.0, (Reason.UNLIKELY,)), limit=limit)
    weights = question_weights(version, query.searched_for, encoding)
    matches = np.stack([one.matches for one in scored])
    bonuses = np.array([one.bonus for one in scored])
    asks = asks_alike(version, forms)
    known = bool(asks) and asks[0].likeness >= WORD_FOR_WORD  # then it is one question, whatever it looks like
    parts = split_parts(query.searched_for, encoding, weights, whole=known)
    asked = []
    for part in parts:
        late = matches @ part.weights + bonuses
        order = by_promise(candidates, scored, late, asks if part.whole else ())
        # What is asked word for word is answered where the line stands: there is no more to find out by reading on.
        wanted = [one for one in order if not known or one.stored.number == asks[0].passage]
        readings = read_candidates(version, reader, _to_read(query, part, parts), wanted or order)
        asked.append(weigh(part, scored, matches, bonuses, readings, asks))
    found = [
        Evidence(one.stored, one.sentence, one.text, round(float(score), 4))
        for one, score in zip(scored, asked[0].scores, strict=True)
    ]
    usual = ANSWER_UNREAD_FROM if reader is None else ANSWER_FROM
    least = usual if known or not query.sign else ANSWER_IN_NEED_FROM if query.asks else 1.0
    verdicts = [
        _judge(version, one, candidates, found, asks, limit, lacking, share, least, read=reader is not None)
        for one in asked
    ]
    sure = [one.confidence for _, one in verdicts]
    answered = [one for one, (_, verdict) in zip(asked, verdicts, strict=True) if verdict.answered] or asked
    several = bool(_ASKS_SEVERAL.search(query.searched_for))
    opinions = bool(_ASKS_OPINIONS.search(query.searched_for))
    chosen, rejected = choose(
        found,
        [(one.scores, one.unasked) for one in answered],
        matches,
        weights,
        most,
        several=several,
        opinions=opinions,
    )
    difference = _difference(version, query, found, asked[0].unasked, chosen, rejected) if most > 1 else None
    signs, verdict = verdicts[sure.index(max(sure))]
    if not says_something(query.searched_for) and not known:
        verdict = Verdict(False, 0.0, (Reason.UNLIKELY,))
    return Findings(
        chosen=_with_both(chosen, difference, most),
        rejected=rejected,
        verdict=verdict,
        difference=difference,
        unanswered=tuple(one.part.as_typed for one in asked if one not in answered),
        signs=signs,
        asks=asks,
        limit=limit,
        unnamed=lacking,
        emphasis=_emphasis(reader, asked[0].readings, chosen),
    )


def _to_read(query: Query, part: Part, parts: Sequence[Part]) -> str:
    """A question as the reader is asked it; one of several that points to the others has them in brackets."""
    if part.whole:
        return query.as_question
    if not leans_on_history(part.text):
        return part.text
    return f"{part.text} ({' '.join(other.text for other in parts if other is not part)})"


def find_openings(version: Version, source_ids: Sequence[str] | None, most: int) -> Findings:
    """The opening sentence of each source, at most `most`: what they are about. Raises `SourceChoiceError`."""
    ids = version.corpus.source_ids if source_ids is None else tuple(dict.fromkeys(source_ids))
    chosen = []
    for source_id in ids[:most]:
        for number in version.corpus.range_of(source_id)[:1]:
            stored = version.corpus.passage(number)
            chosen.append(Evidence(stored, stored.sentences[0], stored.text_of(stored.sentences[0]), 0.0))
    return Findings(tuple(chosen), (), Verdict(answered=bool(chosen), confidence=float(bool(chosen))))


def _judge(
    version: Version,
    asked: Weighed,
    candidates: Sequence[Candidate],
    found: Sequence[Evidence],
    asks: Sequence[AskedAlike],
    limit: LimitAlike | None,
    lacking: Sequence[str],
    share: float,
    least: float,
    *,
    read: bool,
) -> tuple[Signs, Verdict]:
    """What speaks for an answer to one question of the message, or against one, and the verdict.

    `lacking` are the names of the whole message that no candidate holds.
    """
    best = sorted(range(len(found)), key=lambda place: (-round(float(asked.scores[place]), 4), place))[:MOST_QUOTES]
    near = [found[place] for place in best]
    alike = asks[0].likeness if asks and asked.part.whole else 0.0
    limited = limit.likeness if limit and asked.part.whole else 0.0
    last_date = version.corpus.last_date
    lacking_names = lacking if asked.part.whole else unnamed(asked.part.text, _texts(candidates))
    signs = Signs(
        read=round(log_odds(asked.readings.answers), 4) if read else 0.0,
        best=round(float(asked.alone.max()), 4),
        nearest=max(candidate.dense for candidate in candidates),
        asked=round(float(pull(np.array(alike))), 4),
        limited=round(max(0.0, limited - alike), 4),
        unnamed=len(lacking_names),
        lacking=lacks_value(asked.part.text, lambda: _told(version, near)),
    )
    beyond = bool(year_beyond(asked.part.text, last_date, [one.text for one in near]))
    named = bool(limit and limit.named and lacking_names and limited + NAMED_BONUS >= alike)
    said = alike >= max(WORD_FOR_WORD, limited)
    return signs, decide(signs, share, read=read, beyond=beyond, limit=limited, named=named, known=said, least=least)


def year_beyond(question: str, last_date: str, quoted: Sequence[str]) -> str:
    """A year that the question names, after the sources' last date and in no quote; "" where there is none."""
    for year in _YEAR.findall(question):
        if last_date and year > last_date[:4] and not any(year in text for text in quoted):
            return str(year)
    return ""


def _texts(candidates: Sequence[Candidate]) -> Iterator[str]:
    return (f"{one.stored.passage.prefix} {one.stored.text}" for one in candidates)


def _emphasis(reader: Reader | None, readings: Readings, chosen: Sequence[Evidence]) -> tuple[tuple[int, int], ...]:
    """The words of the best sentence that answer, as spans of its source's text; none where unsure."""
    if reader is None or not chosen:
        return ()
    stored = chosen[0].stored
    reading = readings.by_passage.get(stored.number)
    span = reading.emphasis(stored.sentences.index(chosen[0].sentence), reader.emphasis_from) if reading else None
    return ((span[0] + stored.passage.start, span[1] + stored.passage.start),) if span else ()


def _difference(
    version: Version,
    query: Query,
    found: Sequence[Evidence],
    unasked: Scores,
    chosen: Sequence[Evidence],
    rejected: Sequence[Evidence],
) -> Differing | None:
    """Two sentences near the best, of different sources, that answer differently; those chosen are looked at first."""
    if not can_differ(query.searched_for) or not chosen:
        return None
    scores = {one.place: score for one, score in zip(found, unasked, strict=True)}
    least = scores[chosen[0].place] - DIFFERING_NEAR
    near = [*chosen, *(one for one in rejected if scores[one.place] >= least)]
    near = near[:DIFFERING_LOOKED_AT]
    ids = {one.stored.passage.source_id for one in near}
    if len(ids) < 2:
        return None
    background = [one.text for one in (*chosen, *rejected)]
    told = find_difference(query.searched_for, _told(version, near), background, version.abbreviations)
    if told is None:
        return None
    about, one, other = told
    return Differing(about, replace(near[one], rejected=""), replace(near[other], rejected=""))


def _told(version: Version, evidence: Sequence[Evidence]) -> list[Told]:
    ids = {one.stored.passage.source_id for one in evidence}
    published = {one: version.corpus.source(one).particulars.published for one in ids}
    return [Told(one.text, one.stored.passage.source_id, published[one.stored.passage.source_id]) for one in evidence]


def _with_both(chosen: tuple[Evidence, ...], difference: Differing | None, most: int) -> tuple[Evidence, ...]:
    """The chosen with both sentences that differ, in the place of the last ones where there is no more room."""
    if difference is None:
        return chosen
    pair = (difference.one, difference.other)
    others = [one for one in chosen if one not in pair]
    missing = sum(one not in chosen for one in pair)
    kept = others[: most - len(pair)] if missing else others
    return tuple(sorted([*kept, *pair], key=lambda one: chosen.index(one) if one in chosen else len(chosen)))
