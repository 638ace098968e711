"""Texts → unit vectors: one for a text, and one for each of its word pieces. Knows nothing of sources or passages.

`Encoder` is the protocol, and `load_encoder` gives the real one: a sentence-transformers model, which is exported once
(`acobot.encoder.exporting`, the only place that needs torch) and from then on runs in ONNX Runtime.
"""

from acobot.encoder.exported import Card, read_card
from acobot.encoder.loading import ensure_exported, load_encoder
from acobot.encoder.models import PACKAGED_NAME, ModelFolder, find_model
from acobot.encoder.records import Encoder, Encoding, Floats, Ints
from acobot.encoder.running import OnnxEncoder, load_session, window_starts

__all__ = [
    "PACKAGED_NAME",
    "Card",
    "Encoder",
    "Encoding",
    "Floats",
    "Ints",
    "ModelFolder",
    "OnnxEncoder",
    "ensure_exported",
    "find_model",
    "load_encoder",
    "load_session",
    "read_card",
    "window_starts",
]
