from acobot.evaluation import find_misses
from acobot.evaluation.misses import describe_misses
from acobot.evaluation.retrieving import Ranks
from acobot.sources import Particulars, Source
from tests.unit.evaluation.made import ANSWERED, REFUSED, SMALL_TALK, A, B, make_case, make_outcome

OUTCOMES = [
    make_outcome(make_case((A,)), ANSWERED, 0.9, A),
    make_outcome(make_case((B,), (A, ("a", 20, 30))), ANSWERED, 0.8, B, ranks=Ranks(((1,), (2, 7)), (1, 2, 7), 3)),
    make_outcome(make_case((A,)), REFUSED, 0.2, ranks=Ranks(((),), (), 1)),
    make_outcome(make_case(), ANSWERED, 0.7, B),
    make_outcome(make_case(kind="small talk"), REFUSED),
    make_outcome(make_case(kind="small talk"), SMALL_TALK),
]


def read_source(source_id: str) -> Source:
    return Source(source_id, Particulars(title=""), f"{source_id}-words\n and more", (), (), "", "")


def test_misses_are_told_apart_by_what_is_wrong() -> None:
    assert {kind: len(missed) for kind, missed in find_misses(OUTCOMES).items()} == {
        "Answered without the evidence": 1,
        "Not answered, though the sources do": 1,
        "Answered, though the sources do not": 1,
        "Not taken for small talk": 1,
    }


def test_a_miss_tells_what_was_wanted_and_what_was_given() -> None:
    text = describe_misses("some questions", OUTCOMES, read_source)
    assert text.startswith("# Misses: some questions\n\n## Answered without the evidence (1)\n\n### 1 (fact): Why?\n")
    assert "- confidence 0.80\n- wanted, passage 2, 7: “a-words a” a (or 1 others)\n- given: “b-words a” b\n" in text
    assert "- confidence 0.20, not_in_sources\n- wanted, passage not found: “a-words a” a\n" in text


def test_a_miss_known_by_document_names_the_documents() -> None:
    missed = make_outcome(make_case(documents=("a", "b")), REFUSED, ranks=Ranks(((3,),), (2,), 2))
    assert "- wanted, document 2: a, b\n" in describe_misses("", [missed], read_source)
