"""How good a reader is on what was kept aside: `python -m training.figures READER POOLS DATA`. See README.md.

Reads with the finished file, as the product does, so that what int8 costs is in the figures. Prints a line a set.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from acobot.evaluation.metrics import area_under_roc, calibration_curve, calibration_error
from acobot.reader import Reader, Reading, answer_probability, load_reader
from training.examples import paragraph_row
from training.records import Asked, Pool, Row, read_pool
from training.sets import INVENTED, Article, read_all
from training.splitting import split

# Passages read a question, the one it was written on among them; of other sets FOUND_READ.
READ = {"written": 3, "own": 3, **dict.fromkeys(INVENTED, 3)}
FOUND_READ = 5  # of those retrieved, best first, as the product reads
MOST = 240  # questions of a set that are read
SEED = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One question as the reader took it: whether the best sentence, or one of the best four, is right."""

    kind: str
    answerable: bool
    probability: float
    first: bool
    among_four: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares and areas of a set; None where the set cannot tell. `near` is the area against near misses alone."""

    questions: int
    answerable: int
    first: float | None
    among_four: float | None
    auroc: float | None
    near: float | None
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """Of the emphases given with at least this probability: share given, share exact, and mean F1 of characters."""

    least: float
    given: float
    exact: float
    f1: float


def judge_pool(reader: Reader, pool: Pool, most: int) -> list[Judged]:
    """The pool's questions, at most so many of them, each read with its passages."""
    asked = list(pool.asked)
    random.Random(SEED).shuffle(asked)
    return [_judge(reader, _rows(pool, one), one) for one in asked[:most]]


def judge_articles(reader: Reader, articles: Sequence[Article], most: int) -> list[Judged]:
    """Questions on paragraphs, each read with its own paragraph alone."""
    judged = []
    for row, question in _paragraph_rows(articles, most):
        judged.append(_judged(reader.read(question, [row.passage]), [row.right], "", answerable=bool(row.right)))
    return judged


def find_spans(reader: Reader, articles: Sequence[Article], most: int) -> list[SpanFigures]:
    """How good the emphasis is within sentences that hold an answer, by the probability that is asked of it."""
    read = []
    for row, question in _paragraph_rows(articles, most):
        if row.answer:
            (reading,) = reader.read(question, [row.passage])
            number = next(n for n, (_, end) in enumerate(row.passage.sentences) if row.answer[0] < end)
            read.append((reading, number, row.answer))
    return [_span_figures(read, least / 100) for least in range(0, 100, 10)]


def summarise(judged: Sequence[Judged]) -> Figures:
    """The figures of a set."""
    yes = [one for one in judged if one.answerable]
    no = [one for one in judged if not one.answerable]
    near = [one for one in no if one.kind.startswith("near")]
    return Figures(
        len(judged),
        len(yes),
        _share([one.first for one in yes]),
        _share([one.among_four for one in yes]),
        _area(yes, no),
        _area(yes, near),
        calibration_error(calibration_curve([(one.probability, one.answerable) for one in judged])),
    )


def _rows(pool: Pool, asked: Asked) -> list[Row]:
    """The passages of a question with their deciding sentences."""
    numbers = list(asked.found[:FOUND_READ])
    if pool.name in READ:
        own = [*asked.gold][:1] or [asked.home]
        numbers = [*own, *(number for number in asked.found if number not in {*asked.gold, *own})][: READ[pool.name]]
    return [
        Row(pool.texts[number].read_as(pool.texts[number].title), frozenset(asked.gold.get(number, ())))
        for number in numbers
    ]


def _judge(reader: Reader, rows: Sequence[Row], asked: Asked) -> Judged:
    readings = reader.read(asked.query, [row.passage for row in rows])
    return _judged(readings, [row.right for row in rows], asked.kind, answerable=bool(asked.gold))


def _judged(readings: Sequence[Reading], right: Sequence[frozenset[int]], kind: str, *, answerable: bool) -> Judged:
    scored = [
        (float(score), number in wanted)
        for reading, wanted in zip(readings, right, strict=True)
        for number, score in enumerate(reading.scores)
    ]
    best = [is_right for _, is_right in sorted(scored, key=lambda one: -one[0])[:4]]
    return Judged(kind, answerable, answer_probability(readings), any(best[:1]), any(best))


def _paragraph_rows(articles: Sequence[Article], most: int) -> Iterator[tuple[Row, str]]:
    every = [
        (article, paragraph, question, answers)
        for article in articles
        for paragraph in article.paragraphs
        for question, answers in paragraph.questions
    ]
    for article, paragraph, question, answers in random.Random(SEED).sample(every, min(most, len(every))):
        yield paragraph_row(article, paragraph, question, answers), question


def _span_figures(read: Sequence[tuple[Reading, int, tuple[int, int]]], least: float) -> SpanFigures:
    given = [(found, answer) for one, number, answer in read if (found := one.emphasis(number, least))]
    overlaps = [
        2 * max(0, min(found[1], answer[1]) - max(found[0], answer[0])) / (found[1] - found[0] + answer[1] - answer[0])
        for found, answer in given
    ]
    exact = [found == answer for found, answer in given]
    return SpanFigures(least, len(given) / max(len(read), 1), _share(exact) or 0.0, float(np.mean(overlaps or [0.0])))


def _share(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None


def _area(yes: Sequence[Judged], no: Sequence[Judged]) -> float | None:
    """How often an answerable question is given the higher probability than one that is not."""
    return area_under_roc([one.probability for one in yes], [one.probability for one in no])


def main() -> None:
    """Reads the arguments, and prints a line a set."""
    parser = argparse.ArgumentParser(prog="python -m training.figures", description=__doc__)
    parser.add_argument("reader", type=Path, help="folder of the reader")
    parser.add_argument("pools", type=Path, help="folder of pools made before, or to be made")
    parser.add_argument("data", type=Path, help="the data's folder, with reader/ and evaluation/")
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="further pools, all of them kept aside")
    parser.add_argument("--most", type=int, default=MOST, help=f"questions of a set (default: {MOST})")
    parser.add_argument("--threads", type=int, default=2, help="cores to compute on (default: 2)")
    options = parser.parse_args()
    reader = load_reader(options.reader, options.threads)
    figures, spans = all_figures(reader, options.data, options.pools, options.beside, options.most)
    told = {name: asdict(one) for name, one in figures.items()} | {"emphasis": [asdict(one) for one in spans]}
    print(json.dumps(told, indent=1))


def all_figures(
    reader: Reader, data: Path, pools: Path, beside: Sequence[Path] = (), most: int = MOST
) -> tuple[dict[str, Figures], list[SpanFigures]]:
    """By set, the figures of what was kept aside, and of the pools that lie beside; and those of the emphasis."""
    parts = split(*read_all(data, pools))
    kept = {**parts.kept_pools, **{path.stem: read_pool(path) for path in beside}}
    told = {name: summarise(judge_pool(reader, pool, most)) for name, pool in kept.items()}
    told["squad2"] = summarise(judge_articles(reader, parts.kept_articles["squad2"], most))
    return told, find_spans(reader, parts.kept_articles["squad1"], most)


if __name__ == "__main__":
    main()
