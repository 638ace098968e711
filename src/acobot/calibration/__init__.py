"""What was fitted to an encoder and a reader: one record, tied to their digests."""

from acobot.calibration.files import (
    find_calibration,
    find_directions,
    packaged_calibration,
    path_in,
    read_calibration,
    write_calibration,
)
from acobot.calibration.record import (
    Calibration,
    ChoiceWeights,
    ReadingWeights,
    RetrievalWeights,
    SentenceWeights,
    VerdictWeights,
)

__all__ = [
    "Calibration",
    "ChoiceWeights",
    "ReadingWeights",
    "RetrievalWeights",
    "SentenceWeights",
    "VerdictWeights",
    "find_calibration",
    "find_directions",
    "packaged_calibration",
    "path_in",
    "read_calibration",
    "write_calibration",
]
