import os
from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError
from acobot.index import Dense

EAST, NORTH = np.eye(2, dtype=np.float32)


def random_unit_vectors(rows: int, dimension: int, seed: int) -> Floats:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def numbers(*values: int) -> Ints:
    return np.array(values, dtype=np.int32)


def brute_force(vectors: Floats, owners: Ints, question: Floats, limit: int) -> list[int]:
    """The best passages by a plain product; the lower first where cosines are alike."""
    cosines = np.round((vectors @ question).astype(np.float64), 6)
    rows = sorted(range(len(vectors)), key=lambda row: (-cosines[row], owners[row]))
    return list(dict.fromkeys(int(owners[row]) for row in rows))[:limit]


@pytest.mark.parametrize("limit", [1, 7, 100, 400, 1000])
def test_finds_what_a_plain_product_finds_in_the_same_order(limit: int) -> None:
    vectors = random_unit_vectors(400, 32, seed=1)
    owners = np.arange(400, dtype=np.int32)
    dense = Dense.build(vectors, owners)
    for question in random_unit_vectors(20, 32, seed=2):
        found = dense.search(question, limit)
        assert list(found) == brute_force(vectors, owners, question, limit)
        assert list(found.values()) == pytest.approx((vectors @ question)[list(found)].tolist(), abs=1e-6)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 13, 40, 60])
def test_ties_go_to_the_lower_passage_also_at_the_limit(limit: int) -> None:
    # Sixty rows with six different vectors, so that every limit cuts through a tie; passages in no order.
    rng = np.random.default_rng(3)
    vectors = random_unit_vectors(6, 16, seed=4)[rng.integers(6, size=60)]
    owners = rng.permutation(60).astype(np.int32)
    dense = Dense.build(vectors, owners)
    for question in vectors:
        assert list(dense.search(question, limit)) == brute_force(vectors, owners, question, limit)


def test_of_many_alike_the_lowest_numbers_are_found() -> None:
    dense = Dense.build(np.tile(EAST, (500, 1)), np.arange(499, -1, -1, dtype=np.int32))
    assert list(dense.search(EAST, 3)) == [0, 1, 2]


def test_asking_for_more_than_there_are_gives_all_there_are() -> None:
    dense = Dense.build(np.stack([EAST, NORTH]), numbers(0, 1))
    assert dense.search(EAST, 100) == {0: 1.0, 1: 0.0}


def test_several_vectors_of_a_passage_count_once_with_the_best_cosine() -> None:
    between = ((EAST + NORTH) / np.sqrt(2)).astype(np.float32)
    dense = Dense.build(np.stack([NORTH, between, EAST, EAST]), numbers(0, 1, 0, 0))
    assert dense.search(EAST, 4) == pytest.approx({0: 1.0, 1: np.sqrt(0.5)}, abs=1e-6)


@pytest.mark.parametrize("limit", [1, 5, 30, 60, 100])
def test_passages_are_counted_not_their_vectors(limit: int) -> None:
    # Of sixty passages the first has two hundred vectors, all nearer than any other's.
    vectors = np.concatenate([random_unit_vectors(60, 16, seed=8), np.tile(np.eye(1, 16, dtype=np.float32), (200, 1))])
    owners = np.array([*range(60), *[0] * 200], dtype=np.int32)
    dense, question = Dense.build(vectors, owners), vectors[-1]
    assert list(dense.search(question, limit)) == brute_force(vectors, owners, question, limit)
    assert len(dense.search(question, limit)) == min(limit, 60)


@pytest.mark.parametrize("limit", [1, 4, 12, 100])
def test_only_passages_in_the_ranges_are_looked_at_and_as_many_are_found(limit: int) -> None:
    vectors = random_unit_vectors(90, 16, seed=9)
    owners = np.array([*range(30), *np.random.default_rng(10).integers(30, size=60)], dtype=np.int32)
    dense, among = Dense.build(vectors, owners), [range(3, 9), range(20, 30)]
    inside = np.flatnonzero([any(owner in own for own in among) for owner in owners])
    for question in random_unit_vectors(5, 16, seed=11):
        found = dense.search(question, limit, among)
        assert list(found) == brute_force(vectors[inside], owners[inside], question, limit)
        assert [row for row, _ in dense.rows(question, 500, among)] == sorted(
            inside.tolist(), key=lambda row: -float(vectors[row] @ question)
        )
    assert dense.search(EAST.repeat(8), limit, []) == {}


def test_the_cosine_of_a_passage_is_that_of_its_nearest_vector() -> None:
    between = ((EAST + NORTH) / np.sqrt(2)).astype(np.float32)
    dense = Dense.build(np.stack([NORTH, between, NORTH, EAST]), numbers(0, 1, 2, 0))
    assert dense.cosines(EAST, [0, 1, 2]) == pytest.approx([1.0, np.sqrt(0.5), 0.0], abs=1e-6)
    assert dense.cosines(EAST, []) == []


def test_the_first_rows_stand_for_the_passages_and_the_others_for_one_of_them() -> None:
    three = np.tile(EAST, (3, 1))
    assert Dense.build(three, numbers(0, 1, 0)).covers(2)
    assert Dense.build(three, numbers(0, 1, 2)).covers(3)
    assert not Dense.build(three, numbers(0, 1, 2)).covers(2), "a vector of a passage that is not there"
    assert not Dense.build(three, numbers(1, 0, 0)).covers(2), "not in order"
    assert not Dense.build(three, numbers(0, 1, -1)).covers(2), "a vector of no passage"
    assert not Dense.build(three, numbers(0, 1, 2)).covers(4), "a passage without a vector"


def test_what_was_saved_is_found_again(tmp_path: Path) -> None:
    vectors, question = random_unit_vectors(50, 8, seed=5), random_unit_vectors(1, 8, seed=6)[0]
    built = Dense.build(vectors, np.arange(50, dtype=np.int32))
    built.save(tmp_path)
    loaded = Dense.load(tmp_path)
    assert (len(loaded), loaded.dimension) == (50, 8)
    assert loaded.search(question, 10) == built.search(question, 10)
    assert loaded.vector(7) == pytest.approx(vectors[7])


def test_saved_vectors_stay_on_disk_where_all_processes_share_them(tmp_path: Path) -> None:
    Dense.build(random_unit_vectors(50, 8, seed=7), np.arange(50, dtype=np.int32)).save(tmp_path)
    loaded = Dense.load(tmp_path)
    assert str(tmp_path / "dense.faiss") in Path("/proc/self/maps").read_text(encoding="utf-8")
    assert len(loaded) == 50


@pytest.mark.parametrize("size", [0, 3, 4, 20, 45, 63])
def test_a_file_that_was_cut_off_in_its_head_is_refused(tmp_path: Path, size: int) -> None:
    Dense.build(random_unit_vectors(50, 8, seed=7), np.arange(50, dtype=np.int32)).save(tmp_path)
    os.truncate(tmp_path / "dense.faiss", size)
    with pytest.raises(DamagedIndexError, match=r"dense\.faiss cannot be read"):
        Dense.load(tmp_path)


def test_vectors_and_owners_that_do_not_match_are_refused_with_both_counts(tmp_path: Path) -> None:
    Dense.build(np.stack([EAST, NORTH]), numbers(0, 1)).save(tmp_path)
    np.save(tmp_path / "dense-owners.npy", numbers(0, 1, 2))
    with pytest.raises(DamagedIndexError, match=r"dense\.faiss has 2 vectors but dense-owners\.npy names 3 owners"):
        Dense.load(tmp_path)


@pytest.mark.parametrize("name", ["dense.faiss", "dense-owners.npy"])
@pytest.mark.parametrize("content", [b"", b"not what was written", None], ids=["empty", "other", "missing"])
def test_a_file_that_cannot_be_read_is_named_with_the_mend(tmp_path: Path, name: str, content: bytes | None) -> None:
    Dense.build(np.stack([EAST, NORTH]), numbers(0, 1)).save(tmp_path)
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedIndexError, match=rf"{name} cannot be read \(.*\); run 'acobot index --full'"):
        Dense.load(tmp_path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    Dense.build(random_unit_vectors(50, 8, seed=7), np.arange(50, dtype=np.int32)).save(tmp_path)
    path = tmp_path / "dense.faiss"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DamagedIndexError, match=r"dense\.faiss cannot be read"):
        Dense.load(tmp_path)


def test_a_tie_right_beyond_the_rows_that_were_asked_for_goes_to_the_lower_passage() -> None:
    """Two rows of passage 3 come first, so two passages take three rows: the third must not be half of a tie."""
    vectors = np.array([[0.6, 0.8], [0.6, 0.8], [0.6, 0.8], [1, 0], [1, 0]], dtype=np.float32)
    for order in ([0, 1, 2], [2, 1, 0]):
        dense = Dense.build(vectors, numbers(*order, 3, 3))
        assert list(dense.search(EAST, 2)) == [3, 0]
