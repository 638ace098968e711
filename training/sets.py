"""The data's folder → pools and articles. Knows the files' shapes; README.md says what they hold."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from acobot.question import Message
from training.lines import lines_pool, plain_settings
from training.records import Pool, read_pool, write_pool
from training.retrieving import Document, RawQuestion, make_pool, settings_of
from training.strangers import STRANGERS, strangers_pool

EVALUATION = ("clapnq", "mtragun", "covidqa")
# This project's own passages and questions: in long passages, in small sources, and in formal words.
INVENTED = {folder.name: folder for folder in sorted(Path(__file__).with_name("invented").iterdir()) if folder.is_dir()}

# Of these: entries of pages of questions and answers; and whole pages, each alone; twins are asked the same, and one of
# the two answers.
FAQ, PAGES, SHORT, TWINS, VOICES, MISSES, TALKS = "faq", "pages", "short", "twins", "voices", "misses", "talks"
WHOLE = (PAGES, SHORT, TWINS, VOICES, MISSES, TALKS)
SOURCES, LINES = Path(__file__).parents[1] / "sources", "lines"  # what is served, and its questions
EVERYDAY = Path(__file__).with_name("everyday.txt")  # questions on everyday matters, a line each

_NUMBERED = re.compile(r"\d+[.)] ")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article with its questions and their answer strings, none where it does not answer."""

    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article, whose paragraphs are each other's near misses."""

    title: str
    paragraphs: tuple[Paragraph, ...]


def read_pools(data: Path, work: Path) -> dict[str, Pool]:
    """All sets with retrieved passages, by name; made once and kept in `work`. `data` has reader/ and evaluation/."""
    pools, scratch = {}, work / "indexes"
    for name in ("written", "own", LINES, *INVENTED, *EVALUATION):
        path = work / f"{name}.jsonl"
        if not path.exists():
            work.mkdir(parents=True, exist_ok=True)
            made = lines_pool(name, SOURCES, scratch) if name == LINES else make_pool(name, *_raw(data, name), scratch)
            write_pool(made, path)
        pools[name] = read_pool(path)
    if not (path := work / f"{STRANGERS}.jsonl").exists():
        settings = {name: settings_of(name, scratch) for name in pools if name != LINES}
        settings[LINES] = plain_settings(SOURCES, scratch / LINES)
        write_pool(strangers_pool(pools, EVERYDAY, settings), path)
    return pools | {STRANGERS: read_pool(path)}


def read_all(data: Path, work: Path) -> tuple[dict[str, Pool], dict[str, tuple[Article, ...]]]:
    """Every set: those with retrieved passages, and the articles."""
    names = {"squad1": "squad1-train.jsonl.gz", "squad2": "squad2-dev.jsonl.gz"}
    return read_pools(data, work), {name: read_articles(data / "reader" / file) for name, file in names.items()}


def read_articles(path: Path) -> tuple[Article, ...]:
    """The articles of a SQuAD file."""
    return tuple(
        Article(
            raw["title"].replace("_", " "),
            tuple(
                Paragraph(one["text"], tuple((asked["q"], tuple(asked["a"])) for asked in one["qs"]))
                for one in raw["paras"]
            ),
        )
        for raw in _lines(path)
    )


def _raw(data: Path, name: str) -> tuple[list[Document], list[RawQuestion]]:
    if name == "written":
        documents = [_paragraph(raw) for raw in _lines(data / "reader" / "passages.jsonl")]
        return documents, _on_paragraphs(_lines(data / "reader" / "written.jsonl"), documents)
    if name == "own":
        lines = list(_lines(data / "reader" / "own.jsonl"))
        documents = [_paragraph(raw) for raw in lines if "text" in raw]
        return documents, _on_paragraphs(iter(raw for raw in lines if "question" in raw), documents)
    if name in INVENTED:
        lines = [raw for path in sorted(INVENTED[name].glob("*.jsonl")) for raw in _lines(path)]
        return on_pages(lines) if name in WHOLE else _invented(lines)
    folder = data / "evaluation" / f"{name}-dev"
    documents = [Document(raw["id"], raw["title"], raw["text"]) for raw in _lines(folder / "documents.jsonl")]
    return documents, [_on_documents(raw) for raw in _lines(folder / "questions.jsonl")]


def _paragraph(raw: dict[str, Any]) -> Document:
    title, *headings = raw["title"].split(" > ")
    return Document(raw["passage"].replace("#", "-"), title, raw["text"], tuple(headings))


def _on_paragraphs(lines: Iterator[dict[str, Any]], documents: list[Document]) -> list[RawQuestion]:
    texts = {document.id: document.text for document in documents}
    questions = []
    for raw in lines:
        home = raw["passage"].replace("#", "-")
        spans = tuple(texts[home][start:end] for start, end in raw["evidence"])
        questions.append(
            RawQuestion(raw["passage"], raw["kind"], raw["question"], (home,) if spans else (), spans, home)
        )
    return questions


def _invented(lines: Sequence[dict[str, Any]]) -> tuple[list[Document], list[RawQuestion]]:
    """Passages with their questions; a question may need a sentence of a neighbour `also`. Documents stay together."""
    documents, questions = [], []
    for raw in lines:
        by = {"publisher": raw["publisher"], "author": raw.get("author") or ""}
        document = replace(_paragraph(raw), text=as_blocks(raw["text"]), **by)
        documents.append(document)
        for one in raw["questions"]:
            also = one.get("also", {})
            spans = (*one["evidence"], *(span for others in also.values() for span in others))
            answering = (raw["passage"], *also) if spans else ()
            questions.append(
                RawQuestion(document.title, one["kind"], one["question"], answering, spans, raw["passage"])
            )
    return documents, questions


def on_pages(lines: Sequence[dict[str, Any]]) -> tuple[list[Document], list[RawQuestion]]:
    """Whole pages in Markdown with their questions; what a page does not answer belongs to none of its passages.

    Those of a `pair`, which are asked the same, stay together. Questions of a page's `talks` follow one another.
    """
    documents = [Document(raw["passage"], raw["title"], raw["text"], publisher=raw["publisher"]) for raw in lines]
    return documents, [
        RawQuestion(
            raw.get("pair", raw["passage"]),
            one["kind"],
            one["question"],
            (raw["passage"],) * bool(one["evidence"]),
            tuple(one["evidence"]),
            history=history,
            within=raw["passage"],
        )
        for raw in lines
        for one, history in asked_in_turn(raw)
    ]


def asked_in_turn(page: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[Message, ...]]]:
    """A page's questions, each with what was said before it: those of its talks after others, with their answers."""
    for one in page.get("questions", ()):
        yield one, ()
    for talk in page.get("talks", ()):
        said: list[Message] = []
        for one in talk:
            yield one, tuple(said)
            status = "answered" if one["evidence"] else "not_in_sources"
            said += [Message("user", one["question"]), Message("assistant", " ".join(one["evidence"]), status)]


def as_blocks(text: str) -> str:
    """Lines as Markdown has them: cells apart by " | " as a table, numbered ones as they are, others as a list's items.

    The first line is the table's head, or leads in to the list.
    """
    first, *lines = text.split("\n")
    if not lines:
        return text
    if all(" | " in line for line in lines):
        rows = [f"| {line} |" for line in (first, *lines)]
        return "\n".join([rows[0], "|" + " --- |" * len(first.split(" | ")), *rows[1:]])
    if _NUMBERED.match(first):
        return text
    return "\n".join([first, "", *(line if _NUMBERED.match(line) else f"- {line}" for line in lines)])


def _on_documents(raw: dict[str, Any]) -> RawQuestion:
    history = tuple(Message(one["role"], one["content"]) for one in raw["history"])
    documents = tuple(raw["documents"]) if raw["answerable"] else ()
    # Turns of one conversation stay together, as do questions on one document.
    group = raw["id"].split("<::>")[0] if raw["history"] or not documents else documents[0]
    return RawQuestion(group, "", raw["question"], documents, tuple(raw["spans"]), "", history)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
