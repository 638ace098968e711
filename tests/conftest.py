"""What all tests share: a folder for sources and index, and the real model, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.encoder import Encoder, find_model, load_encoder
from acobot.settings import Settings
from tests.fakes import fake_settings
from tests.paths import MODELS, REPOSITORY

__all__ = ["REPOSITORY"]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not see the ACOBOT_* variables of whoever runs them; the model is exported once for all."""
    import os

    for name in os.environ:
        if name.startswith("ACOBOT_") and not name.startswith("ACOBOT_REQUIRE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ACOBOT_MODELS", str(MODELS))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose sources, index and (pretended) model lie in a folder of the test's own."""
    return fake_settings(tmp_path)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real model."""
    return load_encoder(find_model(Settings(models=MODELS)))
