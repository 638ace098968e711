"""Vectors of a large index in lists of neighbours (FAISS, IVF), 16 bits a number. Knows only FAISS and numbers.

The same vectors give the same bytes: the centres are learnt from rows at equal distances, on one thread, from one seed.
Sixteen bits lose nothing twice, so what is taken over from an earlier version is what would be made anew.
"""

from __future__ import annotations

import math
from typing import Any, cast

import faiss
import numpy as np
import numpy.typing as npt

PROBED = 48  # lists looked at: of 100,000 vectors one in a thousand of the nearest 100 is missed (docs/scale.md)
LEARNT_FROM = 64  # vectors a list, from which the centres are learnt
ROUNDS = 10
TOGETHER = 1 << 16  # vectors that are in memory as 32 bits


def build_lists(vectors: npt.NDArray[np.floating[Any]]) -> faiss.Index:
    """An index of unit vectors (rows, d), which are rounded to 16 bits before anything else."""
    library: Any = faiss  # its stubs know the C++ signatures, not those of the Python around them
    library.omp_set_num_threads(1)
    rows, dimension = vectors.shape
    lists = 1 << max(0, round(math.log2(max(1, rows)) / 2))  # the power of 2 that is nearest to the root
    centres = library.IndexFlatIP(dimension)
    index = library.IndexIVFScalarQuantizer(
        centres, dimension, lists, library.ScalarQuantizer.QT_fp16, library.METRIC_INNER_PRODUCT, False
    )
    index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = ROUNDS, LEARNT_FROM, 1
    step = max(1, rows // (LEARNT_FROM * lists))
    index.train(_rounded(vectors[::step][: LEARNT_FROM * lists]))
    for first in range(0, rows, TOGETHER):
        index.add(_rounded(vectors[first : first + TOGETHER]))
    index.make_direct_map()  # a row's place, which is how its vector is found again
    made: faiss.Index = index
    return made


def open_lists(index: faiss.Index) -> faiss.Index:
    """An index as it was read, mapped into memory; FAISS would start threads that read ahead for each question."""
    if is_in_lists(index):
        library, lists = cast("Any", faiss), cast("Any", index)
        library.downcast_InvertedLists(lists.invlists).prefetch_nthread = 0
    return index


def is_in_lists(index: faiss.Index) -> bool:
    """Whether an index that was built or read is one of these."""
    return isinstance(index, faiss.IndexIVF)


def _rounded(vectors: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(vectors.astype(np.float16).astype(np.float32))
