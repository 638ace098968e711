import math

import pytest

from acobot.evaluation.retrieving import Ranks, find_ranks, ndcg
from tests.unit.evaluation.made import A, B, make_case

# Two passages of source a, one of b; evidence A lies in the first of a, B in that of b.
A1, A2, B1 = ("a", 0, 20), ("a", 20, 40), ("b", 0, 20)
PASSAGES = [A1, A2, B1]


def test_places_are_those_of_the_passages_that_hold_an_alternative() -> None:
    assert find_ranks(make_case((A, B)), [A2, B1, A1], PASSAGES) == Ranks(((2, 3),), (2, 3), 2)
    assert find_ranks(make_case((A,), (B,)), [A2, B1, A1], PASSAGES) == Ranks(((3,), (2,)), (2, 3), 2)
    assert find_ranks(make_case((A,), (B,)), [A2, B1], PASSAGES) == Ranks(((), (2,)), (2,), 2)


def test_evidence_in_two_passages_is_held_by_either() -> None:
    both = ("a", 15, 25)
    assert find_ranks(make_case((both,)), [B1, A2, A1], PASSAGES) == Ranks(((2, 3),), (2, 3), 2)
    assert find_ranks(make_case((("a", 20, 25),)), [A1, A2], PASSAGES) == Ranks(((2,),), (2,), 1)


def test_every_part_must_be_found_within_so_many_places() -> None:
    ranks = Ranks(((3, 7), (1,)))
    assert not ranks.found_within(1)
    assert not ranks.found_within(2)
    assert ranks.found_within(3)
    assert not Ranks(((1,), ())).found_within(20)
    assert not Ranks().found_within(20)


def test_a_document_counts_once_at_its_best_passage() -> None:
    case = make_case(documents=("a", "c"))
    # The documents found are b, a: a is second of them, though third and fourth of the passages.
    found = [B1, ("b", 20, 40), A1, A2]
    assert find_ranks(case, found, []) == Ranks(((3, 4),), (2,), 2)


def test_documents_behind_the_tenth_passage_gain_nothing() -> None:
    found = [("b", place, place + 1) for place in range(10)] + [A1]
    assert find_ranks(make_case(documents=("a",)), found, []) == Ranks(((11,),), (), 1)


def test_a_case_with_both_is_found_by_its_words_and_ranked_by_its_documents() -> None:
    case = make_case((A,), documents=("a",))
    assert find_ranks(case, [A2, A1], PASSAGES) == Ranks(((2,),), (1,), 1)


def test_gains_are_discounted_by_place_and_held_against_the_best_order() -> None:
    assert ndcg(Ranks(relevant=(1, 2), expected=2)) == 1
    assert ndcg(Ranks(relevant=(3,), expected=1)) == pytest.approx(1 / math.log2(4)) == 0.5
    # (1/log2(2) + 1/log2(4)) / (1/log2(2) + 1/log2(3)) = 1.5 / 1.6309
    assert ndcg(Ranks(relevant=(1, 3), expected=2)) == pytest.approx(0.9197, abs=1e-4)
    assert ndcg(Ranks(relevant=(11,), expected=1)) == 0
    assert ndcg(Ranks()) == 0


def test_no_more_is_expected_than_there_are_places() -> None:
    assert ndcg(Ranks(relevant=tuple(range(1, 11)), expected=30)) == 1
