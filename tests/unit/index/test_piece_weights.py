from math import log
from pathlib import Path

import numpy as np
import pytest

from acobot.encoder import Ints
from acobot.errors import DamagedIndexError
from acobot.index import PieceWeights, count_pieces


def pieces(*ids: int) -> Ints:
    return np.array(ids, dtype=np.int32)


def weigh(*sentences: Ints) -> PieceWeights:
    """The weights by these sentences, as if each two stood in a source of their own."""
    sources = [sentences[place : place + 2] for place in range(0, len(sentences), 2)]
    return PieceWeights.weigh(map(count_pieces, sources), len(sentences))


def test_rarer_pieces_weigh_more_as_worked_out_by_hand() -> None:
    weights = weigh(pieces(1, 2, 2), pieces(2, 3), pieces(2), pieces(3, 2))
    # ln(1 + (N - n + 0.5) / (n + 0.5)) with N = 4 sentences; a piece counts once a sentence
    in_one, in_two, in_four, in_none = log(1 + 3.5 / 1.5), log(1 + 2.5 / 2.5), log(1 + 0.5 / 4.5), log(1 + 4.5 / 0.5)
    assert weights.of(pieces(1, 3, 2)) == pytest.approx([in_one, in_two, in_four])
    assert weights.of(pieces(0, 4, 30_000)) == pytest.approx([in_none] * 3)


def test_a_piece_that_no_sentence_holds_weighs_most_even_if_all_below_it_are_held() -> None:
    weights = weigh(pieces(0, 1), pieces(0))
    assert weights.of(pieces(0, 1, 2)) == pytest.approx([log(1 + 0.5 / 2.5), log(1 + 1.5 / 1.5), log(1 + 2.5 / 0.5)])


def test_without_sentences_all_pieces_weigh_the_same() -> None:
    assert weigh().of(pieces(0, 5)) == pytest.approx([log(2), log(2)])
    assert weigh(pieces()).of(pieces(0, 5)) == pytest.approx([log(4), log(4)])


def test_no_pieces_have_no_weights() -> None:
    assert len(weigh(pieces(1)).of(pieces())) == 0


def test_what_was_saved_weighs_the_same(tmp_path: Path) -> None:
    built = weigh(pieces(1, 2), pieces(2, 7))
    built.save(tmp_path)
    assert PieceWeights.load(tmp_path).of(pieces(1, 2, 7, 8)).tolist() == built.of(pieces(1, 2, 7, 8)).tolist()


@pytest.mark.parametrize("content", [b"", b"not what was written", None], ids=["empty", "other", "missing"])
def test_a_file_that_cannot_be_read_is_named_with_the_mend(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "piece-weights.npy").write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"piece-weights\.npy cannot be read \(.*\); run 'acobot index --full'"):
        PieceWeights.load(tmp_path)


def test_numbers_of_another_kind_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "piece-weights.npy", np.ones((2, 2), dtype=np.float32))
    with pytest.raises(DamagedIndexError, match="does not hold rows of float32"):
        PieceWeights.load(tmp_path)
