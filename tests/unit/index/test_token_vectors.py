from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Floats, Ints
from acobot.errors import DamagedIndexError
from acobot.index import TokenFile, TokenRun, TokenVectors, all_cosines, greatest_of, most_open, token_vectors

DIMENSION = 384


def save(folder: Path, pieces: Ints, vectors: Floats) -> str:
    """Writes a source's word pieces in two parts; the file's name."""
    file = TokenFile(folder, vectors.shape[1])
    file.write(token_vectors.pack(pieces[:300], vectors[:300]).tobytes())
    file.write(token_vectors.pack(pieces[300:], vectors[300:]).tobytes())
    return file.finish()


@pytest.fixture
def vectors() -> Floats:
    """A thousand random vectors of length 1."""
    random = np.random.default_rng(11).normal(size=(1000, DIMENSION)).astype(np.float32)
    return np.asarray(random / np.linalg.norm(random, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def pieces() -> Ints:
    return np.arange(1000, dtype=np.int32)


@pytest.fixture
def saved(tmp_path: Path, pieces: Ints, vectors: Floats) -> str:
    (tmp_path / "tokens").mkdir()
    return save(tmp_path, pieces, vectors)


def test_what_is_read_back_points_where_it_pointed(tmp_path: Path, saved: str, vectors: Floats) -> None:
    run = TokenVectors(tmp_path, DIMENSION).run(saved, 0, 1000)
    assert np.linalg.norm(run.vectors, axis=1) == pytest.approx(1)
    assert (run.vectors * vectors).sum(axis=1).min() > 0.999


def test_a_piece_takes_a_byte_a_number_and_eight_more() -> None:
    assert token_vectors.row_type(DIMENSION).itemsize == DIMENSION + 8


def test_levels_can_be_worked_out_by_hand() -> None:
    vectors = np.array([[0.6, -0.8]], dtype=np.float32)
    (row,) = token_vectors.pack(np.array([7], dtype=np.int32), vectors)
    assert row["piece"] == 7
    assert row["levels"].tolist() == [95, -127]  # 0.6 / 0.8 * 127 is 95.25
    assert row["scale"] == pytest.approx(1 / np.hypot(95, 127))


def test_a_vector_of_nothing_stays_one() -> None:
    rows = token_vectors.pack(np.zeros(1, dtype=np.int32), np.zeros((1, DIMENSION), dtype=np.float32))
    assert not rows["levels"].any()


def test_no_pieces_are_no_rows() -> None:
    assert len(token_vectors.pack(np.zeros(0, dtype=np.int32), np.zeros((0, DIMENSION), dtype=np.float32))) == 0


def test_a_run_is_the_part_that_was_asked_for(tmp_path: Path, saved: str) -> None:
    opened = TokenVectors(tmp_path, DIMENSION)
    whole = opened.run(saved, 0, 1000)
    part = opened.run(saved, 10, 13)
    assert part.pieces.tolist() == [10, 11, 12]
    assert part.vectors.tolist() == whole.vectors[10:13].tolist()


def test_the_file_is_mapped_and_not_read_whole(tmp_path: Path, saved: str) -> None:
    assert isinstance(TokenVectors(tmp_path, DIMENSION)._open(saved), np.memmap)


def test_a_file_is_named_by_what_it_holds(tmp_path: Path, saved: str, pieces: Ints, vectors: Floats) -> None:
    assert save(tmp_path, pieces, vectors) == saved
    assert save(tmp_path, pieces + 1, vectors) != saved
    assert save(tmp_path, pieces, -vectors) != saved
    assert len(list((tmp_path / "tokens").iterdir())) == 3


def test_more_pieces_than_there_are_are_refused_with_both_counts(tmp_path: Path, saved: str) -> None:
    with pytest.raises(DamagedIndexError, match=rf"{saved} has 1000 word pieces, but 1001 are counted on"):
        TokenVectors(tmp_path, DIMENSION).run(saved, 990, 1001)


def test_vectors_of_another_length_are_refused(tmp_path: Path, saved: str) -> None:
    with pytest.raises(DamagedIndexError, match=rf"{saved} does not hold rows of .*\(100,\)"):
        TokenVectors(tmp_path, 100).run(saved, 0, 1)


@pytest.mark.parametrize("content", [b"", b"not what was written", None], ids=["empty", "other", "missing"])
def test_a_file_that_cannot_be_read_is_named_with_the_mend(tmp_path: Path, saved: str, content: bytes | None) -> None:
    path = tmp_path / "tokens" / saved
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match=rf"{saved} cannot be read \(.*\); run 'acobot index --full'"):
        TokenVectors(tmp_path, DIMENSION).run(saved, 0, 1)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, saved: str) -> None:
    path = tmp_path / "tokens" / saved
    for size in (10, 100, path.stat().st_size - 1):
        path.write_bytes(path.read_bytes()[:size])
        with pytest.raises(DamagedIndexError, match=rf"{saved} cannot be read"):
            TokenVectors(tmp_path, DIMENSION).run(saved, 0, 1)


def made_run(vectors: Floats) -> TokenRun:
    rows = token_vectors.pack(np.arange(len(vectors), dtype=np.int32), vectors)
    return TokenRun(rows["piece"], token_vectors.in_blocks(rows["levels"].T), rows["scale"])


@pytest.mark.parametrize("counts", [(3, 5), (1, 300, 0, 40), (96, 96), (0,), (97,)])
def test_cosines_of_runs_together_are_those_of_each_alone(counts: tuple[int, ...]) -> None:
    """Also of runs that are longer than a block, and of those without a piece."""
    random = np.random.default_rng(12)
    made = [random.normal(size=(count, 8)).astype(np.float32) for count in counts]
    unit = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in made]
    runs, asked = [made_run(one) for one in unit], random.normal(size=(3, 8)).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    together = all_cosines(runs, asked)
    alone = [all_cosines([one], asked) for one in runs]
    assert together == pytest.approx(np.concatenate(alone, axis=1), abs=1e-6)
    assert together == pytest.approx(np.clip(asked @ np.concatenate(unit).T, 0, 1), abs=0.02)
    best = greatest_of(together, counts)
    assert best == pytest.approx(np.stack([one.max(axis=1, initial=0) for one in alone], axis=1), abs=1e-6)


def test_pieces_from_several_places_are_joined_in_the_order_asked(tmp_path: Path, saved: str, vectors: Floats) -> None:
    run = TokenVectors(tmp_path, DIMENSION).joined(
        [(saved, 500, 502), (saved, 7, 7), (saved, 0, 200), (saved, 501, 503)]
    )
    places = [500, 501, *range(200), 501, 502]
    assert run.pieces.tolist() == places
    assert np.sum(run.vectors * vectors[places], axis=1) == pytest.approx(1, abs=1e-3)
    assert not len(TokenVectors(tmp_path, DIMENSION).joined([]).pieces)


def test_the_mean_direction_of_a_range_has_length_one_and_of_none_is_nought() -> None:
    run = made_run(np.eye(2, 4, dtype=np.float32))
    half = np.sqrt(0.5)
    assert run.mean_directions([(0, 2), (1, 2), (1, 1)]) == pytest.approx(
        np.array([[half, half, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]), abs=1e-6
    )


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's list of what a process has open")
def test_few_files_stay_open_however_many_are_read(tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir()
    vector = np.full((1, 4), 0.5, dtype=np.float32)
    names = [save(tmp_path, np.array([number], dtype=np.int32), vector) for number in range(150)]
    opened = TokenVectors(tmp_path, 4)
    for number, name in enumerate(names):
        assert opened.run(name, 0, 1).pieces.tolist() == [number]
    links = [path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert 0 < sum(link.is_relative_to(tmp_path) for link in links) <= most_open() <= 128
