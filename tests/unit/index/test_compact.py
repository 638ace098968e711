"""What a large index keeps of word pieces: a tenth of the bytes, and nearly the same cosines."""

from pathlib import Path

import numpy as np
import pytest

from acobot.calibration.files import directions_path, packaged_calibration
from acobot.encoder import Floats
from acobot.errors import DamagedIndexError, IndexWriteError
from acobot.index import TokenFile, TokenVectors, all_cosines, compact
from acobot.index.compact import compact_rows, compact_type
from acobot.index.token_vectors import FOLDER, make_compact, pack, row_type

DIMENSION, KEPT, MANY = 320, 256, 2000


def unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A version's folder with directions and one int8 file of word pieces, named `int8.npy`."""
    random = np.random.default_rng(1)
    directions = np.linalg.qr(random.standard_normal((DIMENSION, DIMENSION)))[0][:KEPT]
    np.save(tmp_path / compact.FILE, directions.astype(np.float16))
    (tmp_path / FOLDER).mkdir()
    # Vectors that lie, but for a little, within the directions: as fitted ones are.
    vectors = unit(random.standard_normal((MANY, KEPT)) @ directions + 0.2 * random.standard_normal((MANY, DIMENSION)))
    file = TokenFile(tmp_path, DIMENSION)
    file.write(pack(np.arange(MANY, dtype=np.int32), vectors).tobytes())
    (tmp_path / FOLDER / file.finish()).rename(tmp_path / FOLDER / "int8.npy")
    return tmp_path


def directions_of(folder: Path) -> Floats:
    found = compact.load_directions(folder)
    assert found is not None
    return found


def test_it_takes_a_bit_a_direction_and_three_bytes(folder: Path) -> None:
    name = make_compact(folder, "int8.npy", directions_of(folder))
    assert compact_type(KEPT).itemsize == KEPT // 8 + 3
    assert (folder / FOLDER / name).stat().st_size < 256 + MANY * (KEPT // 8 + 3)
    assert compact_type(256).itemsize == 35


def test_cosines_stay_near_and_neither_larger_nor_smaller(folder: Path) -> None:
    rows = np.load(folder / FOLDER / "int8.npy")
    exact = unit(rows["levels"].astype(np.float32))
    name = make_compact(folder, "int8.npy", directions_of(folder))
    run = TokenVectors(folder, DIMENSION).run(name, 0, MANY)
    # Questions near some of the pieces, so that cosines are of all sizes.
    asked = unit(exact[:300] + 0.1 * np.random.default_rng(2).standard_normal((300, DIMENSION)).astype(np.float32))
    found, true = all_cosines([run], asked), np.clip(asked @ exact.T, 0, 1)
    near = true > 0.5
    assert np.abs(found - true)[near].mean() < 0.06
    assert abs(float((found - true)[near].mean())) < 0.02
    assert np.array_equal(run.pieces, np.arange(MANY))
    means = run.mean_directions([(0, 300), (300, 300)])
    assert np.allclose(np.linalg.norm(means, axis=1), [1, 0], atol=1e-5)
    assert np.allclose(means[0], unit(run.vectors[:300].sum(axis=0)), atol=1e-5)


def test_the_same_pieces_make_the_same_file_whatever_else_there_is(folder: Path) -> None:
    names = {make_compact(folder, "int8.npy", directions_of(folder)) for _ in range(2)}
    assert len(names) == 1


def test_a_damaged_file_is_refused_when_it_is_first_read(folder: Path) -> None:
    name = make_compact(folder, "int8.npy", directions_of(folder))
    path = folder / FOLDER / name
    path.write_bytes(path.read_bytes()[:-1] + b"\x55")
    TokenVectors(folder, DIMENSION).run(name, 0, 3)
    with pytest.raises(DamagedIndexError, match=rf"{name} is damaged"):
        TokenVectors(folder, DIMENSION, checked=True).run(name, 0, 3)
    path.unlink()
    with pytest.raises(DamagedIndexError, match=rf"{name} cannot be read"):
        TokenVectors(folder, DIMENSION, checked=True).run(name, 0, 3)


def test_a_piece_with_a_number_of_three_bytes_is_refused() -> None:
    rows = np.zeros(1, dtype=row_type(DIMENSION))
    rows["piece"] = 1 << 16
    with pytest.raises(IndexWriteError, match="word piece"):
        compact_rows(rows, np.eye(KEPT, DIMENSION, dtype=np.float32))


def test_damaged_directions_are_refused(folder: Path) -> None:
    (folder / compact.FILE).write_bytes(b"\x93NUMPY")
    with pytest.raises(DamagedIndexError, match=r"directions\.npy"):
        TokenVectors(folder, DIMENSION)


def test_those_of_the_packaged_model_stand_at_right_angles() -> None:
    directions = np.load(directions_path(packaged_calibration().encoder_sha256)).astype(np.float32)
    assert directions.shape == (256, 384)
    assert np.allclose(directions @ directions.T, np.eye(256), atol=2e-3)
