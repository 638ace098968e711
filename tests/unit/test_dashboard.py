"""The dashboard, the alerts and the page for operators name metrics, labels and values that there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import generate_latest

from acobot.answer import Status
from acobot.api.connections import FULL, IDLE, LATE, UNREAD
from acobot.api.metrics import Metrics
from acobot.api.metrics.index import IndexCollector
from acobot.observing import Step
from tests.fakes import make_assistant
from tests.paths import REPOSITORY

DASHBOARD = json.loads((REPOSITORY / "deploy" / "grafana" / "acobot.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((REPOSITORY / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
RULES = ALERTS["groups"][0]["rules"]
OPERATING = REPOSITORY / "docs" / "operating.md"
VALUES = {
    "status": {one.value for one in Status},
    "reason": {LATE, UNREAD, IDLE, FULL},
    "step": {one.value for one in Step},
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The name of every sample that is told of a service with an index."""
    folder: Path = tmp_path_factory.mktemp("known")
    make_assistant(folder, {"a.md": "---\npublished: 2018\n---\n\n# A\n\nCats sleep.\n"})
    metrics = Metrics()
    metrics.registry.register(IndexCollector(folder / "index"))
    kinds = re.findall(r"^# TYPE (\S+) (\S+)$", generate_latest(metrics.registry).decode(), re.MULTILINE)
    names = {name for name, kind in kinds if kind != "histogram"}
    return names | {
        f"{name}_{end}" for name, kind in kinds if kind == "histogram" for end in ("bucket", "sum", "count")
    }


def expressions() -> list[str]:
    shown = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*shown, *(rule["expr"] for rule in RULES)]


def named(text: str) -> set[str]:
    return set(re.findall(r"\bacobot_[a-z_]+", text))


@pytest.mark.parametrize("expression", expressions())
def test_every_metric_that_is_looked_at_exists(known: set[str], expression: str) -> None:
    assert named(expression) <= known
    for label, values in re.findall(r"(\w+)=~?\"([^\"]+)\"", expression):
        if label in VALUES and not re.fullmatch(r"\d\.\.", values):
            assert set(values.split("|")) <= VALUES[label]


def test_every_metric_that_is_told_is_shown_and_explained(known: set[str]) -> None:
    whole = {
        re.sub(r"_(bucket|sum|count)$", "", name) if "seconds" in name or "confidence" in name else name
        for name in known
    }
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for expression in expressions() for name in named(expression)}
    assert whole <= shown
    explained = {re.sub(r"_(bucket|sum|count)$", "", name) for name in named(OPERATING.read_text(encoding="utf-8"))}
    assert explained == whole


def test_a_panel_has_a_place_of_its_own() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["title"]) == panel["title"]
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_each_alert_is_told_of_to_operators() -> None:
    told = OPERATING.read_text(encoding="utf-8")
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "look"}
        assert f"`{rule['alert']}`" in told
