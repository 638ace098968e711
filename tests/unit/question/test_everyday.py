"""Everyday words get the sources' terms beside them, and only those that the sources have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from acobot.index import Vocabulary
from acobot.question import put_formally
from tests.fakes import ENGLISH, make_assistant

SAID = {
    "for nothing": ("free of charge",),
    "foot the bill": ("pay", "fund", "finance"),
    "bill": ("invoice",),
    "pay up": ("settle",),
    "old folk": ("older people", "elderly people"),
    "town hall": ("local authority",),
}
LANGUAGE = replace(ENGLISH, everyday=SAID)
WORDS = Vocabulary.of(
    dict.fromkeys(
        [
            "free",
            "charges",
            "pays",
            "funding",
            "finances",
            "invoice",
            "older",
            "people",
            "local",
            "authorities",
            "settled",
        ],
        1,
    )
)


@pytest.mark.parametrize(
    ("asked", "put"),
    [
        ("Am I seen for nothing?", "Am I seen for nothing (free of charge)?"),  # "of" is grammar, "charges" a form
        ("who foots the bill", "who foots the bill (pay, fund)"),  # the longest phrase, in any form; two terms at most
        ("he paid up late", "he paid up (settle) late"),  # a form that no ending tells
        ("where is my bill", "where is my bill (invoice)"),
        ("Do old folk pay?", "Do old folk (older people) pay?"),
        ("Who funds it, who foots the bill?", "Who funds it, who foots the bill (pay, finance)?"),  # "funds" is there
        ("What do town halls do?", "What do town halls (local authority) do?"),
        ("Is the local authority a town hall?", "Is the local authority a town hall?"),  # it stands there
        ("for no thing, bill-free", "for no thing, bill (invoice)-free"),
        ("bill and bill", "bill (invoice) and bill"),
        ("for", "for"),
        ("", ""),
    ],
)
def test_terms_stand_behind_the_words_that_people_say(asked: str, put: str) -> None:
    assert put_formally(asked, WORDS, LANGUAGE) == put


def test_what_the_sources_do_not_say_is_not_put() -> None:
    assert put_formally("Am I seen for nothing?", Vocabulary.of({"free": 1}), LANGUAGE) == "Am I seen for nothing?"
    assert put_formally("Am I seen for nothing?", WORDS, replace(ENGLISH, everyday={})) == "Am I seen for nothing?"


def test_what_is_asked_in_everyday_words_is_found_in_formal_ones_and_shown_as_it_was_asked(tmp_path: Path) -> None:
    text = "# Halls\n\nInsurers reimburse the hirer.\n\n# Keys\n\nWardens keep the spare set of it.\n"
    assistant = make_assistant(tmp_path, {"a.md": text})
    explained = assistant.explain("who pays back it")
    assert explained.query.worded == "who pays back (reimburse) it"
    assert "reimburse" in max(explained.candidates.chosen, key=lambda one: one.words).stored.text
    assert explained.answer.searched_for == "who pays back it"
