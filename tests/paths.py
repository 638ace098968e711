"""Where things lie that several tests share."""

from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
MODELS = REPOSITORY / "artefacts" / "models"  # exported once for all tests
