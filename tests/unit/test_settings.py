from pathlib import Path

import pytest
from pydantic import ValidationError

from acobot.errors import SettingsError
from acobot.settings import SHORTEST_TOKEN, Settings, read_settings


def test_without_flags_and_variables_there_are_defaults() -> None:
    settings = read_settings()
    assert settings.sources == Path("sources")
    assert settings.index == Path("index")
    assert settings.model == "packaged"
    assert settings.max_source_bytes == 20_000_000
    assert settings.asks is True
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.rate_limit == "60/minute"
    assert settings.cors_origins == settings.embed_origins == ()
    assert (settings.operator, settings.contact) == ("", "")


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_a_variable_beats_the_default_and_a_flag_beats_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACOBOT_PORT", "8001")
    assert read_settings(port=None).port == 8001
    assert read_settings(port=8002).port == 8002


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"ACOBOT_{name.upper()}", "")
    assert read_settings() == Settings()


def test_variables_are_read_when_settings_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().host == "127.0.0.1"
    monkeypatch.setenv("ACOBOT_HOST", "::1")
    assert read_settings().host == "::1"


def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACOBOT_CORS_ORIGINS", "https://a.example, http://b.example:8080,")
    assert read_settings().cors_origins == ("https://a.example", "http://b.example:8080")
    monkeypatch.setenv("ACOBOT_EMBED_ORIGINS", "https://a.example,http://[::1]:8080")
    assert read_settings().embed_origins == ("https://a.example", "http://[::1]:8080")


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().trusted_proxies == ()
    monkeypatch.setenv("ACOBOT_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1")
    assert read_settings().trusted_proxies == ("127.0.0.1", "10.0.0.0/8", "::1")


@pytest.mark.parametrize("rate", ["off", "60/minute", "5 per second", "1000/day"])
def test_a_rate_is_a_number_and_a_period_or_off(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    monkeypatch.setenv("ACOBOT_RATE_LIMIT", rate)
    assert read_settings().rate_limit == rate


@pytest.mark.parametrize(
    ("variable", "value", "mend"),
    [
        ("ACOBOT_PORT", "http", "should be a valid integer"),
        ("ACOBOT_PORT", "0", "greater than or equal to 1"),
        ("ACOBOT_PORT", "65536", "less than or equal to 65535"),
        ("ACOBOT_MAX_SOURCE_BYTES", "0", "greater than or equal to 1"),
        ("ACOBOT_ASKS", "perhaps", "should be a valid boolean"),
        ("ACOBOT_LEARN", "perhaps", "should be 'on' or 'off'"),
        ("ACOBOT_LEARN_DAYS", "0", "greater than or equal to 1"),
        ("ACOBOT_RATE_LIMIT", "often", "'60/minute', or 'off'"),
        ("ACOBOT_RATE_LIMIT", "0/minute", "'60/minute', or 'off'"),
        ("ACOBOT_RATE_LIMIT", "60/minute;5/second", "one number and one period"),
        ("ACOBOT_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "'proxy' is no address or network such as"),
        ("ACOBOT_TRUSTED_PROXIES", "*", r"'\*' is no address or network"),
        ("ACOBOT_TRACES", "on", "write the address of a collector, such as 'http://127.0.0.1:4318'"),
        ("ACOBOT_TRACES", "127.0.0.1:4318", "write the address of a collector"),
        ("ACOBOT_TRACES", "http://a.example/?key=x", "write the address of a collector"),
        ("ACOBOT_CORS_ORIGINS", "https://a.example,b.example", "'b.example' is not an origin such as"),
        ("ACOBOT_CORS_ORIGINS", "https://a.example/path", "'https://a.example/path' is not an origin such as"),
        ("ACOBOT_CORS_ORIGINS", "*", r"'\*' is not an origin such as"),
        (
            "ACOBOT_EMBED_ORIGINS",
            "https://a.example; script-src *",
            "'https://a.example; script-src \\*' is not an origin",
        ),
        ("ACOBOT_EMBED_ORIGINS", "https://a.example/", "'https://a.example/' is not an origin such as"),
    ],
)
def test_a_bad_value_is_named_with_its_variable_and_the_mend(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, mend: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=mend) as raised:
        read_settings()
    assert f"{variable}={value}: " in str(raised.value)


def test_all_bad_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACOBOT_RATE_LIMIT", "often")
    with pytest.raises(SettingsError, match=r"ACOBOT_PORT=-1: .*; ACOBOT_RATE_LIMIT=often: "):
        read_settings(port=-1)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read_settings().port = 1


@pytest.mark.parametrize(
    "token", ["short and secret", "ein Geheimnis, länger als es sein muss", "secret\tsecret\tsecret"]
)
def test_a_token_that_is_no_secret_is_refused_and_never_repeated(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("ACOBOT_MAINTAINER_TOKEN", token[: SHORTEST_TOKEN - 1] if token.startswith("short") else token)
    with pytest.raises(SettingsError, match=r"ACOBOT_MAINTAINER_TOKEN=…: write 16 or more") as raised:
        read_settings()
    assert "secret" not in str(raised.value)
    assert "Geheimnis" not in str(raised.value)


def test_a_token_is_not_shown_with_the_settings() -> None:
    settings = read_settings(maintainer_token="a" * SHORTEST_TOKEN)
    assert settings.maintainer_token == "a" * SHORTEST_TOKEN
    assert settings.maintainer_token not in repr(settings)


def test_what_was_learnt_lies_beside_the_index_unless_another_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings(index=Path("there")).learned == Path("there/learned.sqlite")
    monkeypatch.setenv("ACOBOT_LEARN_FILE", "elsewhere.sqlite")
    assert read_settings().learned == Path("elsewhere.sqlite")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318"),
        ("http://[::1]:4318/", "http://[::1]:4318"),
        ("https://collector.example/otlp/v1/traces", "https://collector.example/otlp"),
    ],
)
def test_a_collector_is_named_by_the_beginning_of_its_address(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: str
) -> None:
    assert read_settings().traces == ""
    monkeypatch.setenv("ACOBOT_TRACES", written)
    assert read_settings().traces == meant
