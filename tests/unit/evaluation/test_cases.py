import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from acobot.errors import SettingsError, UnknownSourceError
from acobot.evaluation import Case, make_cases, read_cases
from acobot.evaluation.cases import find_words
from acobot.question import Message
from acobot.sources import Particulars, Source

TEXTS = {
    "a": "The harbour bridge opened in 1932.\nIt is  made\nof steel. It is made of steel.",
    "parks/b": "The park closes at dusk.",
}
OPENED = "The harbour bridge opened in 1932."


def read_source(source_id: str) -> Source:
    if source_id not in TEXTS:
        raise UnknownSourceError("problem.unknown-source.detail", source=repr(source_id))
    return Source(source_id, Particulars(title=""), TEXTS[source_id], (), (), "", "")


def line(**told: Any) -> dict[str, Any]:
    return {"id": "1", "question": "When?", "answerable": True, **told}


def test_evidence_is_told_by_its_words_or_its_place() -> None:
    evidence = [[{"source": "a", "text": OPENED}, {"source": "a", "start": 0, "end": 5}]]
    assert make_cases(line(kind="fact", evidence=evidence), read_source) == (
        Case("1", "fact", "When?", True, parts=((("a", 0, 34), ("a", 0, 5)),)),
    )


def test_words_at_a_place_are_those_that_were_noted() -> None:
    digest = hashlib.sha256(b"The h").hexdigest()[:16]
    place = {"source": "a", "start": 0, "end": 5, "sha256": digest}
    assert make_cases(line(evidence=[[place]]), read_source)[0].parts == ((("a", 0, 5),),)
    with pytest.raises(ValueError, match="a has other words from 1 to 5 than when the evidence was noted"):
        make_cases(line(evidence=[[{**place, "start": 1}]]), read_source)


def test_spans_may_lie_in_any_of_the_documents_and_each_alone_is_an_answer() -> None:
    told = line(documents=["a", "parks/b"], spans=["dusk", OPENED], history=[{"role": "user", "content": "Hi"}])
    (case,) = make_cases(told, read_source)
    assert case.parts == ((("parks/b", 19, 23), ("a", 0, 34)),)
    assert case.documents == ("a", "parks/b")
    assert case.history == (Message("user", "Hi"),)
    assert case.sources == {"a", "parks/b"}
    assert case.missing_spans == 0


def test_a_span_that_is_not_there_is_counted_and_leaves_the_documents() -> None:
    (case,) = make_cases(line(documents=["a"], spans=["made of gold"]), read_source)
    assert (case.parts, case.documents, case.missing_spans, case.answerable) == ((), ("a",), 1, True)
    (case,) = make_cases(line(documents=["a"], spans=["made of gold", "1932"]), read_source)
    assert (case.parts, case.missing_spans) == (((("a", 29, 33),),), 1)


def test_an_unanswerable_question_on_documents_names_none() -> None:
    (case,) = make_cases(line(documents=[], spans=[], answerable=False), read_source)
    assert (case.answerable, case.parts, case.documents) == (False, (), ())


def test_words_are_found_wherever_they_stand_literally_else_with_other_white_space() -> None:
    text = TEXTS["a"]
    assert find_words(text, "It is made of steel. ") == [(57, 77)]
    assert find_words(text, "made of") == [(63, 70)]
    assert [text[start:end] for start, end in find_words(text, "is  made of")] == ["is  made\nof", "is made of"]
    assert find_words(text, "gold") == find_words(text, " ") == []


def test_each_turn_of_a_conversation_is_a_case() -> None:
    evidence = [[{"source": "a", "text": OPENED}]]
    turns = [
        {"question": "hello", "answerable": False, "evidence": [], "small_talk": True},
        {"question": "When did the bridge open?", "answerable": True, "evidence": evidence, "needs_history": False},
        {"question": "who by?", "answerable": False, "evidence": [], "needs_history": True},
    ]
    cases = make_cases({"id": "c", "turns": turns}, read_source)
    assert [(case.id, case.kind, case.small_talk, case.conversation) for case in cases] == [
        ("c.1", "small talk", True, "c"),
        ("c.2", "opening", False, "c"),
        ("c.3", "follow-up", False, "c"),
    ]
    assert cases[1].parts == ((("a", 0, 34),),)


def test_shapes_may_be_mixed_and_empty_lines_left(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    lines = [line(documents=["a"]), {"id": "c", "turns": [line(answerable=False)]}, line(id="2", answerable=False)]
    path.write_text("\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    assert [case.id for case in read_cases(path, read_source)] == ["1", "c.1", "2"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("not json", "line 2: not a question as described in --help"),
        ("[]", "line 2: not a question"),
        ({"id": "1"}, "line 2: not a question as described in --help .'answerable' is missing"),
        (line(answerable="yes"), "'answerable' is not of the right type"),
        (line(question="?!", answerable=False), "line 2: .*the question is empty"),
        (line(), "it needs evidence where it is answerable, and none where it is not"),
        (line(answerable=False, documents=["a"]), "it needs evidence where it is answerable"),
        (line(evidence=[[]]), "'evidence' is a list of parts, each a list of alternatives"),
        (line(evidence=[[{"source": "a", "text": "No."}]]), "a does not say 'No.'"),
        (line(evidence=[[{"source": "a", "text": ""}]]), "a does not say ''"),
        (line(evidence=[[{"source": "a", "start": 5, "end": 900}]]), "a does not say '5 to 900'"),
        (line(evidence=[[{"source": "c", "text": "No."}]]), "line 2: there is no source 'c'; name the index of its"),
        (line(documents=["c"]), "line 2: there is no source 'c'; name the index of its documents with --index"),
        (line(documents=["a"], history=[{"role": "bot", "content": ""}]), "'role' is user or assistant, not 'bot'"),
        (line(documents=["a"], history=["Hi"]), "'history' is a list of objects"),
        ({"id": "c", "turns": ["hello"]}, "'turns' is a list of objects"),
        (line(id="0", documents=["a"]), "line 2: the id '0' is there twice; give each its own"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, told: Any, message: str) -> None:
    path = tmp_path / "questions.jsonl"
    good = json.dumps(line(id="0", answerable=False))
    path.write_text(f"{good}\n{told if isinstance(told, str) else json.dumps(told)}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        read_cases(path, read_source)


def test_a_file_that_holds_nothing_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    with pytest.raises(SettingsError, match=r"questions\.jsonl cannot be read"):
        read_cases(path, read_source)
    path.write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="name a file in UTF-8"):
        read_cases(path, read_source)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="holds no questions"):
        read_cases(path, read_source)
