"""A service over a few small sources with awkward names and characters, and the word encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from acobot.api import create_app
from acobot.assistant import Assistant
from acobot.settings import Settings
from tests.described import DescribedClient
from tests.fakes import fake_settings, make_assistant

TEXTS = {
    "_site.yaml": """title: acobot
heading: Ask about accountable care organisations
subject: the plans for accountable care organisations (ACOs) in the NHS in England
independent_of: the NHS or the government
""",
    "cats.md": """---
title: Cats & <b>kittens</b>
publisher: The Cat Office
author: Dr <i>Paw</i>
published: 2018-04
updated: 2019-01-31
url: https://example.org/cats?a=1&b=2
licence: OGL-UK-3.0
kind: summary
summary_of: "All about cats"
asks:
  - What do kittens & cats eat?
---

## What is a kitten?

A kitten 😀 is a young cat with 𝓈𝑜𝒻𝓉 paws. Kittens &lt;script&gt;alert("mice")&lt;/script&gt; & cats hunt mice.

- Kittens drink milk 🥛 every morning.
- Cats sleep &lt;b&gt;all&lt;/b&gt; day long.

## How long do cats live?

Cats live for fifteen years. They are old at twelve.
""",
    "sub folder/über.md": """---
title: Hedgehogs
published: 2017-08-10
---

## Where do hedgehogs sleep?

Hedgehogs sleep under leaves in winter.
""",
    "100%?#.txt": "Owls\n\nOwls see very well in the dark.\n",
}
KITTEN = "A kitten 😀 is a young cat with 𝓈𝑜𝒻𝓉 paws."
ABOUT_KITTENS = "What is a kitten, a young cat with paws?"
ABOUT_NOTHING = "Zyx wvu tsr?"


def settings_with(folder: Path, **values: Any) -> Settings:
    """Settings over the folder, with these values and no limit on the rate."""
    return fake_settings(folder).model_copy(update={"rate_limit": "off", **values})


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="session")
def assistant(folder: Path) -> Assistant:
    return make_assistant(folder, TEXTS)


@pytest.fixture(scope="session")
def app(assistant: Assistant, folder: Path) -> FastAPI:
    return create_app(assistant, settings_with(folder))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return DescribedClient(app)


@pytest.fixture(scope="session")
def client_with(assistant: Assistant, folder: Path) -> Callable[..., TestClient]:
    """A client of a service over the same sources with other settings."""

    def make(address: str = "testclient", **values: Any) -> TestClient:
        return DescribedClient(create_app(assistant, settings_with(folder, **values)), client=(address, 50000))

    return make


@pytest.fixture(scope="session")
def no_index_client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a service that has no index yet."""
    from acobot.index import Store
    from tests.fakes import fake_means

    empty = tmp_path_factory.mktemp("empty")
    return DescribedClient(create_app(Assistant(Store(empty / "index"), fake_means()), settings_with(empty)))
