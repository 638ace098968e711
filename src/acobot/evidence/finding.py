"""Candidates → findings: each question of the message is weighed and judged, sentences are chosen, sources compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acobot.calibration import Calibration
from acobot.evidence.asked import (
    NAMED_BONUS,
    WORD_FOR_WORD,
    Form,
    asks_alike,
    limits_alike,
    met_more,
)
from acobot.evidence.bands import band_asked_for_first, is_priced_band
from acobot.evidence.choosing import MOST_QUOTES, choose
from acobot.evidence.codes import code_asked_for_first, lacks_row
from acobot.evidence.dated import line_of_date_first
from acobot.evidence.day_rows import is_of_other_days, row_of_day_first
from acobot.evidence.days import day_tables, held_days_first
from acobot.evidence.differing import lacks_value
from acobot.evidence.direct import direct_answer_first
from acobot.evidence.disagreeing import find_disagreement, told_by, with_both
from acobot.evidence.heads import rows_before_heads
from acobot.evidence.lacking import lacking_names, with_what_holds
from acobot.evidence.matter import Matter
from acobot.evidence.named import WEIGHT, find_named, with_heads
from acobot.evidence.namesakes import is_namesake
from acobot.evidence.opposites import asked_before_opposite
from acobot.evidence.parts import Part, split_parts, with_others
from acobot.evidence.reading import HOPELESS, Readings, by_promise, read_candidates
from acobot.evidence.records import Evidence, Findings
from acobot.evidence.rereading import read_again
from acobot.evidence.scoring import Scored, score_sentences
from acobot.evidence.somebody import is_of_somebody_else
from acobot.evidence.succession import are_in_succession, successors_first
from acobot.evidence.tables import is_empty_where_asked
from acobot.evidence.twins import twins_asked_for_first
from acobot.evidence.unheard import is_unheard
from acobot.evidence.verdict import (
    Features,
    Reason,
    Verdict,
    decide,
    is_unwritten,
    log_odds,
    nearer_limit,
)
from acobot.evidence.weighing import Weighed, pull, weigh, weigh_unread
from acobot.evidence.years import is_of_another_year, is_row_of_another_year, year_beyond
from acobot.index import Version
from acobot.question import Query, says_something
from acobot.reader import Reader
from acobot.retrieval import Candidate, question_weights


def find_evidence(
    version: Version,
    query: Query,
    forms: Sequence[Form],
    candidates: Sequence[Candidate],
    calibration: Calibration,
    reader: Reader | None = None,
    share: float | None = None,
    most: int = MOST_QUOTES,
    source_ids: Sequence[str] | None = None,
) -> Findings:
    """The sentences that answer, the one that does so best first, at most `most`, and whether and how surely they do.

    `forms` are the message with its encoding, first as it is searched for, then in other ways to put it. The
    probability is 0 where there are no candidates or the question says nothing ("why?"); `share` of all questions
    are expected to be answerable, by default that of the calibration. `source_ids` are the only sources that count.
    """
    share = calibration.share if share is None else share
    among = None if source_ids is None else version.corpus.ranges_of(source_ids)
    matter = _gather(version, query, forms, candidates, calibration, reader, share, among)
    if not matter.scored:
        return Findings((), (), Verdict(False, 0.0, (Reason.UNLIKELY,)), limit=matter.limit)
    # What a source or a limit asks word for word is one question, whatever it looks like.
    whole = matter.known or (matter.limit is not None and matter.limit.likeness >= WORD_FOR_WORD)
    asking = version.language.questions
    parts = split_parts(query.worded, forms[0][1], matter.weights, version.language, whole=whole)
    looked_at = [_weigh(matter, part, parts) for part in parts[:MOST_QUOTES]]  # each gets a quote at least
    judged = [(one, *_judge(matter, one)) for one in looked_at]
    met = [one for one in judged if one[2].answered]
    unanswered = [one.part for one, _, verdict in judged if met and not verdict.answered]
    judged, others = (met or judged)[:most], (met or judged)[most:]
    answered = [one for one, _, _ in judged]
    first = answered[0]
    found = [
        Evidence(one.stored, one.sentence, one.text, round(float(score), 4))
        for one, score in zip(matter.scored, first.scores, strict=True)
    ]
    chosen, rejected = choose(
        found,
        [(one.scores, one.unasked) for one in answered],
        matter.matches,
        matter.weights,
        most,
        calibration.choice,
        version.language,
        several=bool(asking.asks_several.search(query.searched_for)),
        opinions=bool(asking.asks_opinions.search(query.searched_for)),
    )
    difference = find_disagreement(version, query, found, first.unasked, chosen, rejected) if most > 1 else None
    successors = version.corpus.successors()
    best = np.max([one.unasked for one in answered], axis=0)  # for whichever question of the message
    scores = {one.place: float(score) for one, score in zip(found, best, strict=True)}
    both = with_both(chosen, difference, most, len(answered))
    chosen = successors_first(both, rejected, scores, successors, most)
    if difference and (
        are_in_succession(difference, successors) or not {difference.one, difference.other} <= {*chosen}
    ):
        difference = None
    quoted = {one.place for one in chosen}
    _, features, verdict = max(judged, key=lambda one: one[2].confidence)
    if not says_something(query.searched_for, version.language) and not matter.known:
        verdict = Verdict(False, 0.0, (Reason.UNLIKELY,))
    return Findings(
        chosen=chosen,
        rejected=tuple(one for one in rejected if one.place not in quoted),
        verdict=verdict,
        difference=difference,
        unanswered=tuple(part.as_typed for part in unanswered),
        left_over=tuple(part.as_typed for part in (*(one.part for one, _, _ in others), *parts[MOST_QUOTES:])),
        features=features,
        asks=matter.asks,
        limit=matter.limit,
        unnamed=matter.lacking,
        emphasis=_emphasis(reader, first.readings, chosen),
    )


def _gather(
    version: Version,
    query: Query,
    forms: Sequence[Form],
    candidates: Sequence[Candidate],
    calibration: Calibration,
    reader: Reader | None,
    share: float,
    among: Sequence[range] | None,
) -> Matter:
    encoding = forms[0][1]
    weights = question_weights(version, query.worded, encoding, calibration.retrieval.rarity)
    scored = score_sentences(version, encoding, weights, candidates, calibration.sentences)
    lacking = lacking_names(query.searched_for, candidates, version)
    asks = asks_alike(version, forms, calibration.retrieval.rarity, among)
    return Matter(
        version,
        query,
        candidates,
        calibration,
        reader,
        share,
        scored,
        matches=np.stack([one.matches for one in scored]) if scored else np.zeros((0, 0), dtype=np.float32),
        bonuses=np.array([one.bonus for one in scored]),
        weights=weights,
        asks=asks,
        limits=limits_alike(version, forms, lacking, calibration.retrieval.rarity),
        lacking=lacking,
        known=bool(asks) and asks[0].likeness >= WORD_FOR_WORD,
        days=day_tables(query.searched_for, scored, version),
    )


def _weigh(matter: Matter, part: Part, parts: Sequence[Part]) -> Weighed:
    """Every sentence's score for one question of the message, the most promising passages read with it."""
    late = matter.matches @ part.weights + matter.bonuses
    order = by_promise(
        matter.candidates, matter.scored, late, matter.asks if part.whole else (), matter.calibration.reading
    )
    if matter.known:  # it is answered where the line stands: there is no more to find out by reading on
        order = [one for one in order if one.stored.number == matter.asks[0].passage] or order
    asked = with_others(part, parts, matter.version.language)
    named = find_named(asked, matter.scored, matter.version)
    to_read = matter.query.as_question if part.whole else asked
    choice, scored = matter.calibration.choice, matter.scored
    unread = weigh_unread(part, scored, late, matter.asks, choice, to_read=matter.reader is not None)
    put = with_what_holds(to_read, matter.candidates, matter.version)
    readings = read_candidates(matter.version, matter.reader, put, order, unread.by_passage(scored))
    alone = matter.matches @ part.own + matter.bonuses
    weighed = weigh(part, scored, unread, alone, readings, choice, named)
    if matter.reader and not matter.known and readings.answers >= HOPELESS:
        added = read_again(matter.version, matter.reader, put, scored, weighed.scores, choice.again)
        for scores in (weighed.scores, weighed.unasked):
            scores += added
    rows_before_heads(scored, weighed, matter.version)
    asked_before_opposite(to_read, scored, weighed, matter.version)
    direct_answer_first(asked, scored, weighed, matter.version)
    twins_asked_for_first(asked, scored, weighed, matter.version)
    band_asked_for_first(asked, scored, weighed, matter.version)
    code_asked_for_first(asked, scored, weighed, matter.version)
    row_of_day_first(asked, scored, weighed, matter.version)
    line_of_date_first(asked, scored, weighed, matter.version)
    held_days_first(weighed.scores, matter.days, WEIGHT)
    return weighed


def _judge(matter: Matter, asked: Weighed) -> tuple[Features, Verdict]:
    """What speaks for an answer to one question of the message, or against one, and the verdict."""
    places = range(len(matter.scored))
    best = sorted(places, key=lambda place: (-round(float(asked.scores[place]), 4), place))[:MOST_QUOTES]
    near = [matter.scored[place] for place in best]
    part, limit, read = asked.part, matter.limit, matter.reader is not None
    alike = matter.asks[0].likeness if matter.asks and part.whole else 0.0
    limited = limit.likeness if limit and part.whole else 0.0
    nearer = nearer_limit(limited, alike)
    lacking = matter.lacking if part.whole else lacking_names(part.text, matter.candidates, matter.version)
    features = Features(
        read=round(log_odds(asked.readings.answers), 4) if read else 0.0,
        best=round(float(asked.alone.max()), 4),
        nearest=max(candidate.dense for candidate in matter.candidates),
        asked=round(float(pull(np.array(alike))), 4),
        limited=0.0 if matter.asks else nearer,
        unnamed=len(lacking) or int(part.whole and any(one.lacks_day and best[0] in one.rows for one in matter.days)),
        lacking=lacks_value(part.text, lambda: told_by(matter.version, near), matter.version.language),
        met_more=met_more(matter.asks, matter.limits) if part.whole else 0.0,
    )
    return features, decide(
        features,
        matter.calibration,
        matter.share,
        read=read,
        beyond=_is_beyond(part.text, near, matter.version),
        unwritten=_lacks_what_is_asked(part.text, near, matter),
        of_another=_is_of_another(part.text, near[0], matter),
        limit=limited,
        nearer=nearer,
        named=bool(limit and limit.named and lacking and limited + NAMED_BONUS >= alike),
        known=alike >= max(WORD_FOR_WORD, limited),
        outright=bool(asked.named and asked.named.alone) or is_priced_band(part.text, near[0], matter.version),
        least=matter.least,
    )


def _is_beyond(question: str, near: Sequence[Scored], version: Version) -> bool:
    said = (with_heads(one, version) for one in near)
    return bool(year_beyond(question, version.corpus.last_date, said, version.language))


def _is_of_another(question: str, best: Scored, matter: Matter) -> bool:
    """Whether the best sentence is of a party, a year or days that the question does not ask about."""
    (told,) = told_by(matter.version, [best])
    texts = [(one.stored.passage.prefix, one.stored.text) for one in matter.candidates]
    is_other = is_of_another_year(question, told, texts, matter.version.language)
    is_other = is_other or is_row_of_another_year(question, best, matter.version)
    is_other = is_other or is_of_somebody_else(question, best, matter.scored, matter.version)
    is_other = is_other or is_of_other_days(question, best, matter.version)
    return is_other or is_unheard(question, best, matter.version)


def _lacks_what_is_asked(question: str, near: Sequence[Scored], matter: Matter) -> bool:
    """Whether nothing near has the form of what is asked for, or the row that would answer is empty or a namesake's."""
    texts, version = [one.stored.text for one in near], matter.version
    is_other = is_namesake(question, near[0], matter.scored, version) or lacks_row(question, near[0], version)
    return is_other or is_empty_where_asked(question, near, version) or is_unwritten(question, texts, version.language)


def _emphasis(reader: Reader | None, readings: Readings, chosen: Sequence[Evidence]) -> tuple[tuple[int, int], ...]:
    """The words of the best sentence that answer, as spans of its source's text; none where unsure."""
    if reader is None or not chosen:
        return ()
    stored = chosen[0].stored
    span = readings.emphasis(stored, stored.sentences.index(chosen[0].sentence), reader.emphasis_from)
    return (span,) if span else ()
