"""The evaluation's own questions: that they are what they claim to be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from acobot.passages import split_sentences
from acobot.sources import Source, list_folder, read_source
from tests.fakes import ENGLISH

REPOSITORY = Path(__file__).parents[2]
EVALUATION = REPOSITORY / "tests" / "evaluation"
OTHER_SUBJECTS = ("other-subject", "branch-line")
FOLDERS = (REPOSITORY / "sources", *(EVALUATION / name / "sources" for name in OTHER_SUBJECTS))
SOURCES: dict[str, Source] = {
    file.id: read_source(file, ENGLISH) for folder in FOLDERS for file in list_folder(folder).files
}
SENTENCES = {
    name: {
        source.text[sentence.start : sentence.end]
        for block in source.blocks
        if block.quotable
        for sentence in split_sentences(source.text, block, ENGLISH)
    }
    for name, source in SOURCES.items()
}
PLAIN_QUESTIONS = 25
SHARED_WORDS = 1


def lines(*names: str) -> list[dict[str, Any]]:
    return [json.loads(line) for name in names for line in (EVALUATION / name).read_text("utf-8").splitlines()]


QUESTIONS = lines("questions.jsonl", "more-questions.jsonl")
CONVERSATIONS = lines("conversations.jsonl", "more-conversations.jsonl", "third-conversations.jsonl")
PUBLIC = lines("public.jsonl", "more-public.jsonl", "third-public.jsonl", "fourth-public.jsonl", "fifth-public.jsonl")
SIXTH = lines("sixth-public.jsonl")
UNREAD = lines(
    "unread-public.jsonl",
    *(f"{which}-unread-public.jsonl" for which in ("second", "third", "fourth", "fifth", "sixth")),
)
OTHER, BRANCH_LINE = (lines(f"{name}/{name}.jsonl") for name in OTHER_SUBJECTS)
ASKED = [
    *QUESTIONS,
    *PUBLIC,
    *SIXTH,
    *UNREAD,
    *OTHER,
    *BRANCH_LINE,
    *(turn for conversation in CONVERSATIONS for turn in conversation["turns"]),
]


def content_words(text: str) -> set[str]:
    words = set(re.findall(r"[a-z]+", text.lower())) - ENGLISH.words.stop
    return {re.sub(r"(?:ing|ed|es|s)$", "", word) for word in words}


def test_there_are_enough_of_them() -> None:
    assert len(QUESTIONS) >= 200
    assert len(CONVERSATIONS) >= 30
    asked = (*QUESTIONS, *PUBLIC, *SIXTH, *UNREAD)
    assert len({question["id"] for question in asked}) == len(asked)
    for held_out in (PUBLIC, OTHER):
        answerable = len([question for question in held_out if question["answerable"]])
        assert answerable == pytest.approx(2 * len(held_out) / 3, abs=1)


@pytest.mark.parametrize("question", ASKED, ids=[str(asked["question"]) for asked in ASKED])
def test_evidence_is_whole_sentences_of_the_sources(question: dict[str, Any]) -> None:
    assert bool(question["evidence"]) == question["answerable"]
    for part in question["evidence"]:
        assert part
        for alternative in part:
            assert alternative["text"] in SENTENCES[alternative["source"]]


def test_each_file_that_make_evaluates_has_floors_and_no_other() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    run = re.search(r"^QUESTIONS := \$\(addprefix tests/evaluation/,(.+)\)$", makefile, re.MULTILINE)
    assert run
    assert f"OTHER_SUBJECTS := {' '.join(OTHER_SUBJECTS)}\n" in makefile
    files = [*run[1].split(), *(f"{name}.jsonl" for name in OTHER_SUBJECTS)]
    assert files == list(json.loads((EVALUATION / "floors.json").read_text("utf-8")))


def test_plain_questions_share_at_most_one_content_word_with_their_evidence() -> None:
    plain = [question for question in QUESTIONS if question["kind"] == "plain"]
    few = [
        question
        for question in plain
        if all(
            len(content_words(question["question"]) & content_words(alternative["text"])) <= SHARED_WORDS
            for part in question["evidence"]
            for alternative in part
        )
    ]
    assert len(few) >= PLAIN_QUESTIONS
    assert len(few) >= len([q for q in lines("questions.jsonl") if q["answerable"]]) / 5
