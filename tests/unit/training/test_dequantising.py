"""Training can start from the shipped reader: its file gives the network back, but for what int8 rounded away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from training.network import ReaderNetwork
from training.training import load_weights

import acobot.reader
from acobot.encoder.models import packaged_folder
from acobot.reader import ReaderInput, load_reader
from acobot.reader.loading import WEIGHTS, load_tokenizer
from acobot.reader.pieces import make_batch, passage_pieces, question_pieces, room_beside

FOLDER = Path(acobot.reader.__file__).parent
TEXT = "The reading room opens at nine. Bags stay in the lockers. Two books may be kept for three weeks."
SENTENCES = ((0, 31), (32, 57), (58, 96))


@pytest.mark.parametrize("question", ["When does the reading room open?", "How long may I keep a book?", "Who pays?"])
def test_the_shipped_reader_scores_as_its_network_does(question: str) -> None:
    network = ReaderNetwork().eval()
    load_weights(network, FOLDER / WEIGHTS)
    about = ReaderInput("Town library", TEXT, SENTENCES)
    tokenizer = load_tokenizer((packaged_folder() / "tokenizer.json").read_bytes())
    asked = question_pieces(question, tokenizer)
    batch = make_batch([(asked, passage_pieces(about, tokenizer, room_beside(asked)))])
    inputs = (batch.input_ids, batch.token_type_ids, batch.attention_mask, batch.row, batch.at, batch.inside)
    with torch.inference_mode():
        heads, nulls, *_ = network(*(torch.from_numpy(array) for array in inputs))
    shipped = load_reader(FOLDER, 1).read(question, [about])[0]
    assert (heads - nulls).numpy() == pytest.approx(np.array(shipped.scores), abs=0.6)


def test_a_file_of_another_network_is_refused(tmp_path: Path) -> None:
    torch.save({"bert.embeddings.LayerNorm.weight": torch.ones(384)}, tmp_path / "other.pt")
    with pytest.raises(ValueError, match="not of this network"):
        load_weights(ReaderNetwork(), tmp_path / "other.pt")
