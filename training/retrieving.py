"""Documents and questions → a pool: what the product makes of the texts, and which it retrieves for each question.

Builds a product index of the set's documents in a scratch folder, and asks its search, so that the reader learns from
the passages, prefixes and near misses that it will be given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acobot.assistant import Assistant, open_assistant
from acobot.build import build_index
from acobot.errors import AcobotError
from acobot.index import StoredPassage
from acobot.question import Message, clean_text
from acobot.reader import make_context
from acobot.settings import Settings, read_settings
from acobot.sources import Particulars
from training.records import Asked, Pool, Text

FOUND = 8  # passages kept of those that are retrieved


@dataclass(frozen=True, slots=True)
class Document:
    """A document to index; title, publisher and author are put into the front matter, its headings above the text."""

    id: str
    title: str
    text: str
    headings: tuple[str, ...] = ()
    publisher: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class RawQuestion:
    """A question as its set has it: `spans` are the words that decide, in any of `documents`.

    Without spans every sentence of an answering document counts. `home` is the document it was written on, if known;
    `within` the only document that is searched, where others may answer what is not asked of them.
    """

    group: str
    kind: str
    question: str
    documents: tuple[str, ...]
    spans: tuple[str, ...]
    home: str = ""
    history: tuple[Message, ...] = ()
    within: str = ""


def make_pool(name: str, documents: Iterable[Document], questions: Sequence[RawQuestion], scratch: Path) -> Pool:
    """The pool of a set; `scratch` keeps the index, so that a second run takes it over."""
    settings = settings_of(name, scratch)
    settings.sources.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (settings.sources / f"{_file_name(document.id)}.md").write_text(_as_markdown(document), encoding="utf-8")
    return pool_of(name, settings, questions)


def settings_of(name: str, scratch: Path) -> Settings:
    """Where a set's documents and their index lie."""
    return read_settings(sources=scratch / name / "sources", index=scratch / name / "index")


def pool_of(name: str, settings: Settings, questions: Sequence[RawQuestion]) -> Pool:
    """The pool of the sources that the settings name."""
    build_index(settings)
    assistant = open_assistant(settings)
    corpus = assistant.version().corpus
    stored = [corpus.passage(number) for number in range(corpus.passages)]
    texts = tuple(text_of(one, corpus.source(one.passage.source_id).particulars) for one in stored)
    by_document: dict[str, list[int]] = {}
    for one in stored:
        by_document.setdefault(one.passage.source_id, []).append(one.number)
    return Pool(name, texts, tuple(_ask(assistant, texts, by_document, one) for one in questions))


def deciding(text: Text, spans: Sequence[str]) -> tuple[int, ...]:
    """The sentences of a text that say what the spans say, compared by letters and digits alone.

    A sentence counts where it holds a span or most of one, or where a span holds it.
    """
    letters, places = _letters(text.text)
    chosen: set[int] = set()
    for span in spans:
        wanted, _ = _letters(span)
        at = letters.find(wanted) if wanted else -1
        if at < 0:
            chosen.update(_within(text, wanted))
            continue
        start, end = places[at], places[at + len(wanted) - 1] + 1
        for number, (first, last) in enumerate(text.sentences):
            shared = min(end, last) - max(start, first)
            if shared > 0 and shared * 2 >= min(end - start, last - first):
                chosen.add(number)
    return tuple(sorted(chosen))


def _within(text: Text, wanted: str) -> Iterator[int]:
    """Sentences of some length that stand whole in a span which the text itself does not hold in one piece."""
    for number, (first, last) in enumerate(text.sentences):
        said, _ = _letters(text.text[first:last])
        if len(said) >= 12 and said in wanted:
            yield number


def _ask(
    assistant: Assistant, texts: Sequence[Text], by_document: dict[str, list[int]], question: RawQuestion
) -> Asked:
    own = [number for document in question.documents for number in by_document.get(_file_name(document), ())]
    gold = {
        number: deciding(texts[number], question.spans)
        if question.spans
        else tuple(range(len(texts[number].sentences)))
        for number in own
    }
    home = by_document.get(_file_name(question.home), [-1])
    within = (_file_name(question.within),) if question.within else None
    query, found = find_passages(assistant, question.question, question.history, within)
    kept = {number: sentences for number, sentences in gold.items() if sentences}
    return Asked(question.group, question.kind, question.question, query, kept, home[0], found)


def find_passages(
    assistant: Assistant, question: str, history: Sequence[Message] = (), within: Sequence[str] | None = None
) -> tuple[str, tuple[int, ...]]:
    """A question as the product completes it, and the numbers of the passages that it retrieves, best first."""
    try:
        found = assistant.search(question, history, FOUND, within)
    except AcobotError:  # a question that the product refuses to look for
        return clean_text(question), ()
    return found.query.as_question, tuple(one.stored.number for one in found.candidates.chosen)


def text_of(stored: StoredPassage, about: Particulars) -> Text:
    """A passage of an index as the reader learns from it."""
    shift = stored.passage.start
    spans = tuple((one.start - shift, one.end - shift) for one in stored.passage.sentences)
    return Text(make_context(about.publisher, about.author, stored.passage.prefix), stored.text, spans)


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, small, and where each stands."""
    kept = [(char, place) for place, char in enumerate(text.lower()) if char.isalnum()]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _as_markdown(document: Document) -> str:
    headings = "".join(f"{'#' * level} {words}\n\n" for level, words in enumerate(document.headings, 2))
    said = {"title": document.title, "publisher": document.publisher, "author": document.author}
    told = "".join(f"{key}: {json.dumps(words, ensure_ascii=False)}\n" for key, words in said.items() if words.strip())
    front = f"---\n{told}---\n\n" if told else ""
    return f"{front}{headings}{document.text}\n"


def _file_name(identity: str) -> str:
    """An id as the product allows in file names."""
    return re.sub(r"[^a-z0-9-]+", "-", identity.lower()).strip("-")
