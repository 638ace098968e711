"""Vectors of a large index, in lists: compared with all of them by brute force."""

from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Floats, Ints
from acobot.index import Dense
from acobot.index.dense import FILE

PASSAGES, ASKS, DIMENSION = 3000, 500, 32


@pytest.fixture(scope="module")
def vectors() -> Floats:
    """Around some centres, as texts are."""
    random = np.random.default_rng(4)
    centres = random.standard_normal((60, DIMENSION))
    made = centres[random.integers(0, 60, PASSAGES + ASKS)] + random.standard_normal((PASSAGES + ASKS, DIMENSION))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def owners() -> Ints:
    asks = np.sort(np.random.default_rng(5).integers(0, PASSAGES, ASKS))
    return np.concatenate([np.arange(PASSAGES), asks]).astype(np.int32)


def test_nearly_all_of_the_nearest_are_found(tmp_path: Path, vectors: Floats, owners: Ints) -> None:
    Dense.build(vectors, owners, large=True).save(tmp_path)
    large, small = Dense.load(tmp_path), Dense.build(vectors, owners)
    assert len(large) == PASSAGES + ASKS
    assert large.covers(PASSAGES)
    shares = []
    for vector in vectors[:100]:
        exact, found = small.search(vector, 20), large.search(vector, 20)
        shares.append(len(exact.keys() & found.keys()) / 20)
        assert all(abs(found[one] - exact[one]) < 1e-3 for one in exact.keys() & found.keys())
    assert np.mean(shares) > 0.98


def test_a_filter_looks_at_all_that_is_left(tmp_path: Path, vectors: Floats, owners: Ints) -> None:
    large, small = Dense.build(vectors, owners, large=True), Dense.build(vectors, owners)
    for among in ([range(7, 19)], [range(7, 19), range(2990, PASSAGES)], [range(5, 5)]):
        found, exact = large.search(vectors[0], 20, among), small.search(vectors[0], 20, among)
        assert found.keys() == exact.keys()
        assert len(large.rows(vectors[0], 20, among)) == len(small.rows(vectors[0], 20, among))


def test_more_than_there_are_gives_all_that_were_looked_at(vectors: Floats, owners: Ints) -> None:
    large = Dense.build(vectors[:50], owners[:50], large=True)
    assert sorted(large.search(vectors[0], 1000)) == list(range(50))
    assert -1 not in dict(Dense.build(vectors, owners, large=True).rows(vectors[0], PASSAGES + ASKS))


def test_what_is_taken_over_makes_the_same_bytes(tmp_path: Path, vectors: Floats, owners: Ints) -> None:
    """Sixteen bits lose nothing a second time."""
    (tmp_path / "again").mkdir()
    Dense.build(vectors, owners, large=True).save(tmp_path)
    read = Dense.load(tmp_path)
    own, others = read.vectors(0, PASSAGES), read.others_of(range(PASSAGES), PASSAGES)
    Dense.build(np.concatenate([own, others]).astype(np.float16), owners, large=True).save(tmp_path / "again")
    assert (tmp_path / FILE).read_bytes() == (tmp_path / "again" / FILE).read_bytes()
    assert np.allclose(read.vector(7), vectors[7], atol=1e-3)
    assert np.allclose(
        read.cosines(vectors[7], [7, 9]), Dense.build(vectors, owners).cosines(vectors[7], [7, 9]), atol=1e-3
    )
