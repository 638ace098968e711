"""Pools and articles → examples: a question with passages that answer it and passages that look as if they did.

Draws from every set in the shares of `SHARES`. Knows no model.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from acobot.index import Vocabulary, count_words
from acobot.languages import load_language
from acobot.passages import split_sentences
from acobot.question import put_formally
from acobot.reader import ReaderInput, make_context
from acobot.sources import Block, BlockKind
from training.entries import from_entries
from training.parties import ask_party, invent_party
from training.records import Asked, Example, Pool, Row, Text
from training.sets import FAQ, INVENTED, WHOLE, Article, Paragraph
from training.strangers import STRANGERS

# Of the questions, how many come from each set.
SHARES = {
    "written": 0.05,
    "own": 0.03,
    "lines": 0.13,
    "long": 0.03,
    "formal": 0.02,
    "reform": 0.04,
    "reports": 0.10,
    "small": 0.01,
    "direct": 0.01,
    "faq": 0.01,
    "pages": 0.03,
    "twins": 0.04,
    "short": 0.11,
    "voices": 0.08,
    "misses": 0.10,
    "talks": 0.10,
    "squad1": 0.01,
    "squad2": 0.01,
    "clapnq": 0.05,
    "mtragun": 0.03,
    "covidqa": 0.01,
    "strangers": 0.15,
}
TAKEN_OUT = 0.08  # of answerable questions lose their deciding sentences
PUBLISHED = 0.5  # of the examples name a publisher before each passage; those in `NAMED` may have their own
OF_A_PARTY = 0.12  # of those on written and own paragraphs ask for a party's view
HEADED = 0.2  # of those have another question on each passage as its heading, as sources that ask and answer have
ENTRIES = 0.4  # of those on articles stand among the entries of a page of questions and answers
COMPARED = 0.02  # of those are comparisons made of two definitions
CUT_SHORT = 0.3  # of the questions are read with short passages, as small sources have
NAMED = (*INVENTED, STRANGERS)
LAID_OUT = (FAQ, *WHOLE)  # which have their own headings and lists, and are short already
FEW = 4  # sentences, at most, in these
FORMAL = 0.75  # have the terms of official texts beside their everyday words, as questions are read
OF_ALL = 0.5  # of these may have beside them whatever the set's texts have, else what the example's have
WORN = 0.05  # of the questions lose words; three times as many their capitals, or their question mark
NEGATIVES = {
    "written": (1, 2),
    "own": (1, 2),
    "lines": (1, 4),
    "long": (1, 3),
    "formal": (1, 3),
    "reform": (1, 4),
    "reports": (2, 5),
    "small": (1, 3),
    "direct": (1, 3),
    "faq": (2, 5),
    "pages": (1, 4),
    "short": (1, 4),
    "voices": (1, 4),
    "misses": (1, 4),
    "talks": (1, 4),
    "twins": (1, 4),
    "clapnq": (1, 3),
    "mtragun": (2, 3),
    "covidqa": (1, 3),
    "strangers": (1, 4),
}
CARRIED = ("mtragun", "talks")  # conversations: the words carried over are the point
NEAREST = 8  # of the passages found, negatives are drawn from so many
ARTICLE_LOOKED_AT = 12  # paragraphs of an article among which the likest is taken

_DEFINITION = re.compile(r"(?:what(?:'s| is| are| was| were)|define) (?:an? |the )?([^?,;]{3,40})\??$", re.IGNORECASE)
_WORD = re.compile(r"\w{4,}")


class Mixer:
    """Draws examples; the same seed draws the same."""

    def __init__(
        self, pools: Mapping[str, Pool], articles: Mapping[str, Sequence[Article]], rng: random.Random
    ) -> None:
        self._pools = pools
        self._articles = articles
        self._rng = rng
        self._definitions = {name: find_definitions(pools[name]) for name in ("written", "own")}
        self._words: dict[str, Vocabulary] = {}
        self._headings = {
            name: find_headings(pools[name]) for name in (*self._definitions, *INVENTED) if name not in LAID_OUT
        }

    def draw(self) -> Example:
        """The next example, from one of the sets."""
        name = self._rng.choices(list(SHARES), list(SHARES.values()))[0]
        if name in self._articles:
            example = self._of_an_article(self._rng.choice(self._articles[name]))
        elif name in self._definitions and self._rng.random() < COMPARED:
            example = self._comparison(name)
        else:
            headings = self._headings[name] if name in self._headings and self._rng.random() < HEADED else {}
            example = from_pool(self._pools[name], self._rng.choice(self._pools[name].asked), self._rng, headings)
            if name in self._definitions and self._rng.random() < OF_A_PARTY:
                return of_a_party(example, self._rng)
        if self._rng.random() < TAKEN_OUT:
            example = take_out(example)
        if name not in LAID_OUT and not example.entries and self._rng.random() < CUT_SHORT:
            example = shorten(example, self._rng)
        if name not in NAMED and self._rng.random() < PUBLISHED:
            example = replace(example, rows=tuple(published(row, invent_party(self._rng)[0]) for row in example.rows))
        question = wear(example.question, self._rng)
        if self._rng.random() < FORMAL:
            question = put_formally(question, self._vocabulary(name, example), load_language("en"))
        return replace(example, question=question)

    def _vocabulary(self, name: str, example: Example) -> Vocabulary:
        """The words of all texts of the set, or of the example's alone: what is served may be large or small."""
        if name in self._pools and self._rng.random() < OF_ALL:
            if name not in self._words:
                self._words[name] = Vocabulary.of(count_words(text.text for text in self._pools[name].texts))
            return self._words[name]
        return Vocabulary.of(count_words(row.passage.text for row in example.rows))

    def _of_an_article(self, article: Article) -> Example:
        entries = from_entries(article, self._rng) if self._rng.random() < ENTRIES else None
        return entries or from_article(article, self._rng)

    def _comparison(self, name: str) -> Example:
        """Two terms defined in two passages, as near to each other as a few draws find; both sentences are right."""
        pool, terms = self._pools[name], self._definitions[name]
        one, named = self._rng.choice(terms)
        others = [other for other in self._rng.sample(terms, min(len(terms), 60)) if other[0].home != one.home]
        stem = one.group.rpartition("-")[0]
        other, also = next((pair for pair in others if pair[0].group.startswith(stem)), others[0])
        way = self._rng.choice(
            ["What is the difference between {} and {}?", "{} vs {}", "How do {} and {} differ?", "Compare {} with {}"]
        )
        rows = tuple(_row(pool, number, asked) for asked in (one, other) for number in list(asked.gold)[:1])
        return Example(way.format(named, also), rows, every=True)


def find_definitions(pool: Pool) -> list[tuple[Asked, str]]:
    """The questions of a pool that ask what one thing is, with the thing."""
    found = []
    for asked in pool.asked:
        match = _DEFINITION.match(asked.question)
        if asked.kind == "def" and asked.gold and match and len(match[1].split()) <= 4:
            found.append((asked, match[1]))
    return found


def find_headings(pool: Pool) -> dict[int, list[str]]:
    """For each text the questions that it answers, any of which might be its heading."""
    headings: dict[int, list[str]] = {}
    for asked in pool.asked:
        for number in asked.gold:
            headings.setdefault(number, []).append(asked.question)
    return headings


def from_pool(pool: Pool, asked: Asked, rng: random.Random, headings: Mapping[int, Sequence[str]]) -> Example:
    """A question with a passage that answers it, or the one it was written on, and others of those retrieved.

    A passage that has `headings` is given one of them which is not the question itself.
    """
    if asked.kind == "compare" and len(asked.gold) > 1:
        return Example(asked.question, tuple(_row(pool, number, asked) for number in asked.gold), every=True)
    fewest, most = NEGATIVES[pool.name]
    near = [number for number in asked.found[:NEAREST] if number not in asked.gold]
    answering = sorted(asked.gold, key=lambda number: asked.found.index(number) if number in asked.found else 99)
    first = answering[:2] if len(answering) > 1 and rng.random() < 0.3 else answering[:1]
    if not first and asked.home >= 0:
        first = [asked.home]
    near = [number for number in near if number not in first]
    # An answer's own neighbours are as near as anything; of the rest the best found are the hardest.
    count = rng.randint(fewest, most) + (not first)
    others = near[:1] + rng.sample(near[1:], min(len(near) - 1, count - 1)) if near else []
    rows = []
    for number in [*first, *others]:
        row = _row(pool, number, asked)
        if fitting := [heading for heading in headings.get(number, ()) if heading != asked.question]:
            headed = f"{row.passage.context} > {rng.choice(fitting)}"
            row = replace(row, passage=replace(row.passage, context=headed))
        rows.append(row)
    question = asked.query if rng.random() < 0.7 else asked.question
    if pool.name in CARRIED:
        question = asked.query
    return Example(question, tuple(rows))


def _row(pool: Pool, number: int, asked: Asked) -> Row:
    text = pool.texts[number]
    return Row(text.read_as(text.title), frozenset(asked.gold.get(number, ())))


def from_article(article: Article, rng: random.Random) -> Example:
    """A question on a paragraph of an article, often with the paragraph that is likest to the question beside it."""
    paragraph = rng.choice([one for one in article.paragraphs if one.questions])
    question, answers = rng.choice(paragraph.questions)
    rows = [paragraph_row(article, paragraph, question, answers)]
    if rng.random() < 0.6 and (other := _likest(article, paragraph, question, answers, rng)):
        rows.append(Row(_read(article, other)))
    return Example(question, tuple(rows))


def paragraph_row(article: Article, paragraph: Paragraph, question: str, answers: Sequence[str]) -> Row:
    """A paragraph with its deciding sentences: for each answer string, the holder with most of the question's words."""
    passage = _read(article, paragraph)
    asked = set(re.findall(r"\w+", question.casefold()))
    right: dict[int, tuple[int, int]] = {}
    for answer in answers:
        holders: dict[int, tuple[int, int]] = {}
        for match in re.finditer(re.escape(answer), passage.text):
            for number, (start, end) in enumerate(passage.sentences):
                if start <= match.start() < end:
                    holders.setdefault(number, match.span())
        if holders:
            shared = {
                number: len(asked & set(re.findall(r"\w+", passage.text[slice(*passage.sentences[number])].casefold())))
                for number in holders
            }
            best = max(holders, key=lambda number: shared[number])
            right.setdefault(best, holders[best])
    return Row(passage, frozenset(right), next(iter(right.values()), None))


def _read(article: Article, paragraph: Paragraph) -> ReaderInput:
    spans = split_sentences(paragraph.text, Block(BlockKind.PARAGRAPH, 0, len(paragraph.text)), load_language("en"))
    return Text(article.title, paragraph.text, tuple((one.start, one.end) for one in spans)).read_as(article.title)


def _likest(
    article: Article, paragraph: Paragraph, question: str, answers: Sequence[str], rng: random.Random
) -> Paragraph | None:
    """Of some other paragraphs, the one that shares most words with the question and holds no answer."""
    asked = set(_WORD.findall(question.casefold()))
    looked_at = rng.sample(article.paragraphs, min(ARTICLE_LOOKED_AT, len(article.paragraphs)))
    others = [
        one
        for one in looked_at
        if one is not paragraph and not any(len(a) > 2 and a.casefold() in one.text.casefold() for a in answers)
    ]
    return max(others, key=lambda one: len(asked & set(_WORD.findall(one.text.casefold()))), default=None)


def published(row: Row, publisher: str) -> Row:
    """The row with a publisher before its title."""
    return replace(row, passage=replace(row.passage, context=make_context(publisher, row.passage.context)))


def of_a_party(example: Example, rng: random.Random) -> Example:
    """The question asked for a party's view; now and then of a party that says nothing of it.

    The passage that answers is there twice, published by the party and by another, or only by another.
    """
    (mine, names), (theirs, _) = invent_party(rng), invent_party(rng)
    question = wear(ask_party(example.question, rng.choice(names), rng), rng)
    first, *others = example.rows
    elsewhere = published(replace(first, right=frozenset(), answer=None), theirs)
    beside = [published(replace(row, right=frozenset()), mine) for row in others[:1]]
    if rng.random() < 0.2 or not first.right:
        return Example(question, (elsewhere, *beside))
    if rng.random() < 0.4:
        return Example(question, (published(first, mine), *(published(row, theirs) for row in others[:1])))
    return Example(question, (published(first, mine), elsewhere))


def take_out(example: Example) -> Example:
    """The example without its deciding sentences, so that nothing answers; as it is where too little would be left."""
    if example.every or not any(row.right for row in example.rows):
        return example
    if any(row.right and len(row.passage.sentences) - len(row.right) < 2 for row in example.rows):
        return example
    rows = []
    for row in example.rows:
        kept = tuple(span for number, span in enumerate(row.passage.sentences) if number not in row.right)
        rows.append(Row(replace(row.passage, sentences=kept)))
    return replace(example, rows=tuple(rows))


def shorten(example: Example, rng: random.Random) -> Example:
    """The example with a few neighbouring sentences of each passage, the deciding ones among them."""
    return replace(example, rows=tuple(_shortened(row, rng) for row in example.rows))


def _shortened(row: Row, rng: random.Random) -> Row:
    first, last = (min(row.right), max(row.right)) if row.right else (rng.randrange(len(row.passage.sentences)),) * 2
    beside = max(0, rng.randint(1, FEW) - (last - first + 1))
    before = rng.randint(0, beside)
    begin = max(0, first - before)
    sentences = row.passage.sentences[begin : last + 1 + beside - before]
    context = rng.choice([row.passage.context, row.passage.context.split(" > ")[0]])
    passage = replace(row.passage, context=context, sentences=sentences)
    return replace(row, passage=passage, right=frozenset(number - begin for number in row.right))


def wear(question: str, rng: random.Random) -> str:
    """The question as people type it: now and then without some words, capitals or the question mark."""
    words = question.split()
    if rng.random() < WORN and len(words) > 4:
        question = " ".join(word for word in words if rng.random() > 0.2) or question
    if rng.random() < 3 * WORN:
        question = question.lower()
    if rng.random() < 3 * WORN:
        question = question.rstrip("?")
    return question
