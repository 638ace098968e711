import pytest

from acobot.evaluation import is_right, report
from acobot.evaluation.retrieving import Ranks
from tests.unit.evaluation.made import ANSWERED, REFUSED, SMALL_TALK, A, B, make_case, make_outcome


def test_the_report_counts_each_kind_of_right_and_wrong() -> None:
    wanted, unwanted = make_case((A,)), make_case()
    measured = report(
        [
            make_outcome(wanted, ANSWERED, 0.9, A, ranks=Ranks(((1,),), (1,), 1), milliseconds=1),
            make_outcome(wanted, ANSWERED, 0.8, B, ranks=Ranks(((3,),), (3,), 1), milliseconds=2),
            make_outcome(wanted, REFUSED, 0.2, ranks=Ranks(((),), (), 1), milliseconds=3),
            make_outcome(unwanted, REFUSED, 0.1, milliseconds=4),
            make_outcome(unwanted, ANSWERED, 0.3, B, milliseconds=100),
        ]
    )
    assert (measured.questions, measured.answerable) == (5, 3)
    assert measured.recall_at_1 == pytest.approx(1 / 3)
    assert measured.recall_at_5 == pytest.approx(2 / 3)
    assert measured.ndcg_at_10 == 0.5  # (1 + 0.5 + 0) / 3
    assert measured.coverage == pytest.approx(1 / 3)
    assert measured.coverage_of_answered == 0.5
    assert measured.answered == pytest.approx(2 / 3)
    assert measured.declined == 0.5
    assert (measured.precision, measured.recall, measured.f1) == (0.5, 0.5, 0.5)
    assert measured.f1_with_all == pytest.approx(1 / 3)  # the refusal counts 0
    assert measured.f1_with_all_of_answered == 0.5
    assert measured.auroc == pytest.approx(5 / 6)
    assert measured.words_an_answer == 4
    assert (measured.milliseconds_median, measured.milliseconds_p95) == (3, 100)
    assert measured.coverage_by_kind == {"fact": pytest.approx(1 / 3)}
    assert measured.first_quote == measured.any_quote == pytest.approx(1 / 3)
    assert measured.first_quote_by_kind == {"fact": pytest.approx(1 / 3)}
    assert measured.declined_by_kind == {"fact": 0.5}
    assert [one.count if one else 0 for one in measured.calibration] == [0, 1, 1, 1, 0, 0, 0, 0, 1, 1]
    # |0.1-0| + |0.2-1| + |0.3-0| + |0.8-1| + |0.9-1|, over five
    assert measured.calibration_error == pytest.approx((0.1 + 0.8 + 0.3 + 0.2 + 0.1) / 5)


def test_coverage_grows_with_the_quotes_that_are_looked_at() -> None:
    first, second = make_case((A,)), make_case((A,), (B,))
    measured = report([make_outcome(first, ANSWERED, 0.9, A, B), make_outcome(second, ANSWERED, 0.9, B, A)])
    assert measured.coverage_within == (0.5, 1.0, 1.0, 1.0)


def test_what_is_known_by_document_only_counts_in_retrieval_alone() -> None:
    by_document = make_case(documents=("a",), missing=2)
    measured = report([make_outcome(by_document, ANSWERED, 0.9, B, ranks=Ranks(((1,),), (1,), 1))])
    assert (measured.by_document_only, measured.missing_spans) == (1, 2)
    assert (measured.recall_at_1, measured.ndcg_at_10, measured.answered) == (1, 1, 1)
    assert measured.coverage is measured.f1 is measured.f1_with_all is None
    assert measured.coverage_within == (None, None, None, None)


def test_small_talk_counts_by_itself_and_follow_ups_too() -> None:
    greeting, follow_up = make_case(kind="small talk"), make_case((A,), kind="follow-up")
    opening = make_case((A,), kind="opening")
    measured = report(
        [
            make_outcome(greeting, SMALL_TALK, 0.0),
            make_outcome(greeting, REFUSED, 0.1),
            make_outcome(follow_up, ANSWERED, 0.9, A),
            make_outcome(follow_up, ANSWERED, 0.9, B),
            make_outcome(opening, ANSWERED, 0.9, A),
        ]
    )
    assert measured.small_talk == 0.5
    assert measured.coverage_of_follow_ups == 0.5
    assert measured.coverage == pytest.approx(2 / 3)
    assert measured.declined is measured.auroc is None
    assert measured.calibration_error == pytest.approx(0.1)
    assert measured.questions == 5


def test_of_nothing_nothing_is_measured() -> None:
    measured = report([])
    assert measured.questions == 0
    assert measured.coverage is measured.milliseconds_median is measured.milliseconds_p95 is None


def test_right_is_what_got_its_evidence_or_none_where_there_is_none() -> None:
    assert is_right(make_outcome(make_case((A,)), ANSWERED, 0.9, A))
    assert not is_right(make_outcome(make_case((A,)), ANSWERED, 0.9, B))
    assert not is_right(make_outcome(make_case((A,)), REFUSED))
    assert is_right(make_outcome(make_case(), REFUSED))
    assert not is_right(make_outcome(make_case(), ANSWERED, 0.9, A))
    assert is_right(make_outcome(make_case(documents=("a",)), ANSWERED, 0.9, B))
    assert is_right(make_outcome(make_case(kind="small talk"), SMALL_TALK))
    assert not is_right(make_outcome(make_case(kind="small talk"), REFUSED))
