"""Sources → a version of the index, published whole or not at all. Knows nothing of questions or answers."""

from acobot.build.build import BuildReport, Staleness, build_index, find_staleness
from acobot.build.writing import Progress

__all__ = ["BuildReport", "Progress", "Staleness", "build_index", "find_staleness"]
