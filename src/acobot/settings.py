"""Settings: read once from ACOBOT_* variables and flags, typed, and passed in. Knows nothing of what uses them."""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from acobot.errors import SettingsError

PACKAGED_MODEL = "packaged"
# Nothing else may come into a header that is made of origins.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?", re.IGNORECASE)
_COLLECTOR = re.compile(rf"{_ORIGIN.pattern}(?:/[\w.~/-]*)?", re.IGNORECASE | re.ASCII)


READER_ON: Literal["on"] = "on"
LEARNING_ON: Literal["on"] = "on"
SHORTEST_TOKEN = 16  # characters
_SECRETS = {"maintainer_token", "metrics_token", "api_keys"}  # never repeated
FAISS: Literal["faiss"] = "faiss"


class Settings(BaseSettings):
    """One field a setting; `ACOBOT_` and the field's name in capitals is its variable.

    Relative folders are relative to the working folder. A value that cannot be used raises `SettingsError`
    (through `read_settings`), naming the variable and the value; an empty variable counts as none.
    """

    model_config = SettingsConfigDict(env_prefix="ACOBOT_", frozen=True, extra="ignore", env_ignore_empty=True)

    sources: Path = Field(default=Path("sources"), description="folder of the source documents")
    index: Path = Field(default=Path("index"), description="folder of the built index")
    model: str = Field(
        default=PACKAGED_MODEL, description="sentence-transformers model: 'packaged', a folder or a hub name"
    )
    models: Path | None = Field(default=None, description="folder of exported models, found by their digests")
    language: str = Field(
        default="en", description="language pack: one that comes with acobot ('en', 'de'), or a folder"
    )
    policy: str = Field(
        default="uk", description="policy pack, with the help lines to show: 'uk', a folder, or 'none' for none"
    )
    max_source_bytes: int = Field(default=20_000_000, ge=1, description="bytes of the largest source file that is read")
    fetch_private: bool = Field(
        default=False, description="whether `acobot fetch` may fetch from private networks, and through a proxy"
    )
    follow_links: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="folders outside the sources that links in them may lead to, separated by commas"
    )
    store: Literal["faiss", "qdrant"] = Field(
        default=FAISS,
        description="what holds the passages' vectors: 'faiss', files in the index, or 'qdrant', a service",
    )
    qdrant: str = Field(
        default="http://127.0.0.1:6333", description="address of Qdrant, or a folder or ':memory:' to try it in process"
    )
    asks: bool = Field(default=True, description="use the sources' `asks:` lines to find sections")
    reader: Literal["on", "off"] = Field(
        default=READER_ON, description="whether a small model that reads question and passage together helps to choose"
    )
    host: str = Field(default="127.0.0.1", description="address to serve on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to serve on")
    workers: int = Field(default=1, ge=1, le=64, description="processes that serve, each with the model and a limit")
    rate_limit: str = Field(
        default="60/minute", description="questions a client may ask, such as '60/minute', or 'off'"
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="addresses or networks of proxies that are believed whom they ask for, by commas"
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may call /api/*, /v1/* and /mcp, separated by commas"
    )
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins whose pages may show the chat in a frame, separated by commas"
    )
    public_url: str = Field(
        default="", description="where the service is reached from outside, such as 'https://acobot.example'"
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), repr=False, description="keys of which clients of /v1 must send one, separated by commas"
    )
    learn: Literal["on", "off"] = Field(
        default="off", description="whether what the sources do not answer is counted, without what was asked"
    )
    learn_days: int = Field(default=30, ge=1, le=366, description="days after which such counts are thrown away")
    learn_file: Path | None = Field(default=None, description="file of the counts; beside the index if none is named")
    maintainer_token: str = Field(
        default="", repr=False, description="what opens /gaps, the maintainers' page; without one there is none"
    )
    answerable_share: float = Field(
        default=0.8, ge=0.01, le=0.99, description="share of questions expected to be answerable, which sets confidence"
    )
    metrics_port: int | None = Field(
        default=None, ge=1, le=65535, description="port of its own, on the same address, for /metrics"
    )
    metrics_token: str = Field(
        default="", repr=False, description="token that must be sent for /metrics; without a port it is on the main one"
    )
    traces: str = Field(
        default="", description="address of an OpenTelemetry collector, to which is sent how long each request took"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="how the log is written: 'text', or 'json' for an object a line"
    )
    operator: str = Field(default="", description="who runs this service, shown on every page")
    contact: str = Field(default="", description="where to report a wrong answer: an e-mail address or an http(s) link")

    @property
    def exports(self) -> Path:
        """Where exported models lie: beside the index, unless somewhere else was named."""
        return self.models or self.index / "models"

    @property
    def learned(self) -> Path:
        """Where what was learnt lies: beside the index, unless another file was named."""
        return self.learn_file or self.index / "learned.sqlite"

    @property
    def counts(self) -> bool:
        """Whether anything is counted for /metrics."""
        return bool(self.metrics_port or self.metrics_token)

    @field_validator("follow_links", "trusted_proxies", "cors_origins", "embed_origins", "api_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("cors_origins", "embed_origins")
    @classmethod
    def _check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an origin such as 'https://example.org'")
        return value

    @field_validator("public_url")
    @classmethod
    def _check_address(cls, value: str) -> str:
        origin = value.removesuffix("/")
        if origin and not _ORIGIN.fullmatch(origin):
            raise ValueError("write scheme and host alone, such as 'https://acobot.example'")
        return origin

    @field_validator("traces")
    @classmethod
    def _check_collector(cls, value: str) -> str:
        if value and not _COLLECTOR.fullmatch(value):
            raise ValueError("write the address of a collector, such as 'http://127.0.0.1:4318'")
        return value.rstrip("/").removesuffix("/v1/traces")

    @field_validator("maintainer_token")
    @classmethod
    def _check_token(cls, value: str) -> str:
        if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or not value.isprintable()):
            raise ValueError(f"write {SHORTEST_TOKEN} or more characters of ASCII, drawn by chance")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError(f"{network!r} is no address or network such as '10.0.0.0/8'") from None
        return value

    @field_validator("rate_limit")
    @classmethod
    def _check_rate(cls, value: str) -> str:
        from limits import RateLimitItem, parse_many

        rates: list[RateLimitItem] = []
        with suppress(ValueError):
            rates = parse_many(value)
        if value != "off" and (len(rates) != 1 or rates[0].amount < 1):
            raise ValueError("write one number and one period, such as '60/minute', or 'off'")
        return value


def read_settings(**flags: Any) -> Settings:
    """The settings from flags (those that are not None), else ACOBOT_* variables, else defaults."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        reasons = "; ".join(f"{_given(item)}: {item['msg'].removeprefix('Value error, ')}" for item in error.errors())
        raise SettingsError(f"a setting cannot be used: {reasons}") from None


def _given(item: ErrorDetails) -> str:
    """The setting as a variable with its value, as it was written."""
    value = ",".join(map(str, item["input"])) if isinstance(item["input"], tuple) else item["input"]
    value = "…" if item["loc"][0] in _SECRETS else value
    return f"ACOBOT_{str(item['loc'][0]).upper()}={value}"
