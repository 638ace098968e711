from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Floats
from acobot.index import Version, around
from acobot.index.whole_numbers import WholeNumbers
from tests.fakes import WordEncoder, make_assistant

LINES = [f"May the {name} cross at night?" for name in ("lorry", "coach", "cyclist", "walker", "ferry", "cart")]
BRIDGE = f"# Bridge\n\n<!-- asks: {' | '.join(LINES)} -->\nThe bridge is open.\n\n## Tolls\n\nCars pay one pound.\n"


@pytest.fixture
def version(tmp_path: Path) -> Version:
    return make_assistant(tmp_path, {"bridge.md": BRIDGE}).version()


def by_hand(version: Version, vectors: Floats) -> Floats:
    """The greatest cosine of each vector with what stands around each passage, from the vectors themselves."""
    stored = [version.corpus.passage(number) for number in range(version.corpus.passages)]
    runs = [version.token_vectors.run(one.token_file, one.context_token, one.first_token) for one in stored]
    return np.stack([(vectors @ one.vectors.T).max(axis=1, initial=0) for one in runs], axis=1)


@pytest.mark.parametrize("many", [0, 12, 1000])
def test_however_it_is_multiplied_the_nearest_piece_counts(
    version: Version, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(around, "MANY", many)
    vectors = WordEncoder().encode(["may a lorry cross the bridge for one pound"])[0].tokens
    expected = by_hand(version, vectors)
    assert expected.max() > 0.99
    assert expected.min() < 0.5
    found = version.around.nearest(range(version.corpus.passages), vectors)
    assert found == pytest.approx(expected, abs=1e-4)
    turned = version.around.nearest(range(version.corpus.passages)[::-1], vectors)
    assert np.array_equal(turned, found[:, ::-1])


def test_only_what_has_many_pieces_around_it_is_laid_out(version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "MANY", 12)
    laid_out = [isinstance(version.around._read(number), WholeNumbers) for number in range(version.corpus.passages)]
    assert set(laid_out) == {True, False}


def test_a_small_index_is_laid_out_at_the_first_question(version: Version) -> None:
    vectors = WordEncoder().encode(["toll"])[0].tokens
    version.around.nearest([0], vectors)
    assert version.around._kept.cache_info().currsize == version.corpus.passages > 1
