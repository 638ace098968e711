"""Sources → a version of the index, published whole or not at all. Knows nothing of questions or answers."""

from acobot.build.build import BuildReport, Publish, Staleness, build_index, find_staleness
from acobot.build.progress import Progress, Step

__all__ = ["BuildReport", "Progress", "Publish", "Staleness", "Step", "build_index", "find_staleness"]
