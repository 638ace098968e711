"""What is in deploy/, as far as it can be looked at without an engine: by schema, and for what we promise of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft7Validator

from acobot.settings import Settings
from tests.paths import REPOSITORY
from tests.tools import needs

DEPLOY = REPOSITORY / "deploy"
MANIFESTS = [one for one in yaml.safe_load_all((DEPLOY / "kubernetes" / "acobot.yaml").read_text("utf-8")) if one]
OPERATING = (REPOSITORY / "docs" / "operating.md").read_text("utf-8")
SCALE = (REPOSITORY / "docs" / "scale.md").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
UNITS = sorted((DEPLOY / "systemd").glob("acobot*.*"))
KUBERNETES = ("1.31", "1.34", "1.37")
SETTINGS = {f"ACOBOT_{name.upper()}" for name in Settings.model_fields}
PROXY_ALONE = {"ACOBOT_NAME", "ACOBOT_UPSTREAM"}  # Caddy's and compose's


def manifest(kind: str) -> Any:
    (found,) = [one for one in MANIFESTS if one["kind"] == kind]
    return found


def unit(name: str) -> dict[str, str]:
    """The lines of a unit of systemd, by their keys."""
    text = (DEPLOY / "systemd" / f"{name}.service").read_text("utf-8")
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


def pods() -> dict[str, Any]:
    cron = manifest("CronJob")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return {"serve": manifest("Deployment")["spec"]["template"]["spec"], "index": cron}


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("one", MANIFESTS, ids=lambda one: str(one["kind"]))
def test_each_manifest_is_what_kubernetes_takes(one: Any, version: str) -> None:
    kubernetes_validate.validate(one, version, strict=True)


def test_a_wrong_manifest_would_be_noticed() -> None:
    wrong = json.loads(json.dumps(manifest("Deployment")))
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES[-1], strict=True)


@pytest.mark.parametrize("name", ["serve", "index"])
def test_a_pod_is_confined(name: str) -> None:
    pod = pods()[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False  # else there is an ACOBOT_PORT that is no number
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in (*pod["containers"], *pod.get("initContainers", ())):
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]["limits"]) == {"cpu", "memory"}


def test_only_the_job_writes_the_index_and_the_probes_are_ours() -> None:
    (serving,) = pods()["serve"]["containers"]
    (building,) = pods()["index"]["containers"]
    mounted = {
        name: {one["mountPath"]: one.get("readOnly", False) for one in container["volumeMounts"]}
        for name, container in (("serve", serving), ("index", building))
    }
    assert mounted["serve"]["/app/index"] is True
    assert mounted["index"]["/app/index"] is False
    assert mounted["index"]["/app/sources"] is True
    assert serving["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert serving["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert manifest("CronJob")["spec"]["concurrencyPolicy"] == "Forbid"
    assert manifest("NetworkPolicy")["spec"]["egress"] == []
    ports = {one["name"]: str(one["containerPort"]) for one in serving["ports"]}
    data = manifest("ConfigMap")["data"]
    assert (ports["http"], ports["metrics"]) == (data["ACOBOT_PORT"], data["ACOBOT_METRICS_PORT"])


def test_the_job_with_another_command_that_is_told_is_one_that_kubernetes_takes_and_may_write() -> None:
    (program,) = re.findall(r"\| jq '(.*)' \| kubectl", OPERATING)
    named = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "back", "namespace": "acobot"}}
    made = {**named, "spec": manifest("CronJob")["spec"]["jobTemplate"]["spec"]}
    done = subprocess.run([needs("jq"), program], input=json.dumps(made), capture_output=True, text=True, check=True)
    job = json.loads(done.stdout)
    kubernetes_validate.validate(job, KUBERNETES[-1], strict=True)
    (container,) = job["spec"]["template"]["spec"]["containers"]
    (built,) = made["spec"]["template"]["spec"]["containers"]
    assert container == {**built, "command": [".venv/bin/acobot", "rollback"]}


def test_names_lead_to_each_other() -> None:
    labels = manifest("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert manifest("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert manifest("Service")["spec"]["selector"] == labels
    assert manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    claim = manifest("PersistentVolumeClaim")["metadata"]["name"]
    for pod in pods().values():
        assert {"name": "index", "persistentVolumeClaim": {"claimName": claim}} in pod["volumes"]
        named = {one["name"] for one in pod["volumes"]}
        used = {m["name"] for c in (*pod["containers"], *pod.get("initContainers", ())) for m in c["volumeMounts"]}
        assert used == named


def test_compose_is_as_its_schema_says() -> None:
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text("utf-8")
    Draft7Validator(json.loads(schema)).validate(COMPOSE)


def test_in_compose_only_the_proxy_can_be_reached_and_only_the_build_writes() -> None:
    services = COMPOSE["services"]
    assert {name for name, one in services.items() if "ports" in one} == {"caddy"}
    assert all(one["read_only"] and one["cap_drop"] == ["ALL"] for one in services.values())
    assert services["acobot"]["volumes"] == ["index:/app/index:ro", "learned:/app/learned"]
    assert "index:/app/index" in services["index"]["volumes"]
    caddy = services["caddy"]["networks"]["inside"]["ipv4_address"]
    assert services["acobot"]["environment"]["ACOBOT_TRUSTED_PROXIES"] == caddy
    for one in services.values():
        for volume in one["volumes"]:
            place = volume.split(":")[0]
            assert place in COMPOSE["volumes"] or (DEPLOY / place).exists()


class ComposeLoader(yaml.SafeLoader):
    """Knows the mark by which a file of compose takes away what the one before it says."""


ComposeLoader.add_constructor("!reset", lambda *_: None)


def test_what_is_told_of_qdrant_goes_with_compose_and_kubernetes(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", SCALE, re.DOTALL)
    told, allowed = (ComposeLoader(block).get_single_data() for block in blocks)
    services = {name: dict(one) for name, one in COMPOSE["services"].items()}
    for name, more in told["services"].items():
        before = services.get(name, {})
        environment = {**before.get("environment", {}), **more.get("environment", {})}
        services[name] = {**before, **more, "environment": environment}
        services[name] = {key: value for key, value in services[name].items() if value is not None}
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text("utf-8")
    whole = {**COMPOSE, "services": services, "volumes": {**COMPOSE["volumes"], **told["volumes"]}}
    Draft7Validator(json.loads(schema)).validate(whole)
    assert all(("network_mode" in one) != ("networks" in one) for one in services.values())
    places = [one["networks"]["inside"]["ipv4_address"] for one in services.values()]
    assert len(set(places)) == len(places)  # one that is given by chance could be another's
    for name in ("acobot", "index"):
        for key, value in told["services"][name]["environment"].items():
            monkeypatch.setenv(key, value)
        assert Settings().store == "qdrant"
        assert Settings().qdrant == "http://qdrant:6333"
    policy = manifest("NetworkPolicy")
    kubernetes_validate.validate({**policy, "spec": {**policy["spec"], **allowed}}, KUBERNETES[-1], strict=True)


@pytest.mark.deploy
def test_what_is_told_of_qdrant_goes_with_systemd(tmp_path: Path) -> None:
    (more,) = re.findall(r"```ini\n(.*?)```", SCALE, re.DOTALL)
    text = (DEPLOY / "systemd" / "acobot-index.service").read_text("utf-8")
    unit = tmp_path / "acobot-index.service"
    unit.write_text(text.replace("/opt/acobot/.venv/bin/acobot", shutil.which("true") or "/bin/true") + more)
    command = [needs("systemd-analyze"), "verify", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_counted_is_written_beside_the_index_and_not_in_it() -> None:
    unit = (DEPLOY / "systemd" / "acobot.service").read_text("utf-8")
    given = (DEPLOY / "systemd" / "acobot.env").read_text("utf-8")
    settings = dict(re.findall(r"^(ACOBOT_\w+)=(.*)$", given, re.MULTILINE))
    (state,) = re.findall(r"^StateDirectory=(\S+)$", unit, re.MULTILINE)
    assert settings["ACOBOT_LEARN_FILE"].startswith(f"/var/lib/{state}/")
    assert not settings["ACOBOT_INDEX"].startswith(f"/var/lib/{state}/")
    served = COMPOSE["services"]["acobot"]
    volume, _, folder = served["volumes"][1].partition(":")
    assert volume in COMPOSE["volumes"]
    assert served["environment"]["ACOBOT_LEARN_FILE"].startswith(f"{folder}/")
    # A new volume belongs to whom its folder in the image belongs to.
    assert f"\nRUN mkdir {Path(folder).name}\n" in (REPOSITORY / "Dockerfile").read_text("utf-8")


def test_the_backup_that_is_told_has_the_index_and_nothing_of_those_who_asked(tmp_path: Path) -> None:
    (command,) = re.findall(r"^tar --create .*$", OPERATING, re.MULTILINE)
    for name in ("current", "learned.sqlite", "learned.sqlite-wal", "versions/a/manifest.json"):
        (tmp_path / "index" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "index" / name).touch()
    told = command.replace("/var/lib/acobot", str(tmp_path))
    subprocess.run(["sh", "-c", told], cwd=tmp_path, check=True)
    with tarfile.open(tmp_path / "index.tar") as made:
        assert {one.name for one in made if one.isfile()} == {"index/current", "index/versions/a/manifest.json"}


@pytest.mark.parametrize(("code", "started"), [(0, True), (1, True), (2, False), (4, False)])
def test_what_is_restored_is_served_unless_it_is_broken(tmp_path: Path, code: int, started: bool) -> None:
    (command,) = re.findall(r"^acobot check;.*$", OPERATING, re.MULTILINE)
    for name, does in (("acobot", f"exit {code}"), ("systemctl", 'echo "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    told = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=told)
    assert done.stdout == ("start acobot acobot-index.timer\n" if started else "")


def test_a_command_on_the_machine_has_the_services_settings(tmp_path: Path) -> None:
    (command,) = re.findall(r"sudo -u acobot (sh -c .*)$", OPERATING, re.MULTILINE)
    text = (DEPLOY / "systemd" / "acobot.env").read_text("utf-8")
    (tmp_path / "acobot.env").write_text(text.replace("ACOBOT_OPERATOR=", 'ACOBOT_OPERATOR="The Cat Office"'))
    printing = tmp_path / "printing"
    printing.write_text('#!/bin/sh\nenv; echo "$1"\n')
    printing.chmod(0o755)
    told = command.replace("/etc/acobot", str(tmp_path)).replace(".venv/bin/acobot", str(printing))
    done = subprocess.run(
        ["sh", "-c", told], capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    )
    lines = done.stdout.splitlines()
    assert {"ACOBOT_INDEX=/var/lib/acobot/index", "ACOBOT_OPERATOR=The Cat Office", "check"} <= set(lines)


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bACOBOT_[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= SETTINGS | PROXY_ALONE


def test_every_settings_value_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (DEPLOY / "systemd" / "acobot.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    environment = {k: str(v) for k, v in COMPOSE["services"]["acobot"]["environment"].items() if "$" not in str(v)}
    for one in (given, environment, manifest("ConfigMap")["data"]):
        with monkeypatch.context() as set_to:
            for name, value in one.items():
                set_to.setenv(name, value)
            Settings()


def test_the_service_waits_for_the_first_index_and_for_no_later_build() -> None:
    first, index, serve = (unit(name) for name in ("acobot-first", "acobot-index", "acobot"))
    assert serve["Wants"] == "acobot-first.service"
    assert serve["After"].split() == ["network.target", "acobot-first.service"]
    assert first["ExecStart"] == "/usr/bin/systemctl start acobot-index.service"
    env = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "systemd" / "acobot.env").read_text("utf-8"), re.MULTILINE))
    assert first["ConditionPathExists"] == f"!{env['ACOBOT_INDEX']}/current"
    # What is ordered, either way, waits for a build that is at work, also when it only comes back.
    assert not [key for one in (first, index) for key in one if key in {"Before", "After", "Requires", "Wants"}]


@pytest.mark.deploy
def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    run = [needs("systemd-analyze"), "verify"]
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/acobot/.venv/bin/acobot", shutil.which("true") or "/bin/true")
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / unit.name) for unit in UNITS if unit.suffix != ".env"]
    done = subprocess.run([*run, *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.deploy
@pytest.mark.parametrize("name", ["acobot", "acobot-index"])
def test_a_unit_may_do_little(name: str) -> None:
    command = [needs("systemd-analyze"), "security", "--offline=true", "--no-pager", "--threshold=15"]
    unit = DEPLOY / "systemd" / f"{name}.service"
    done = subprocess.run([*command, str(unit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_proxies_wait_as_long_as_a_batch_may_take() -> None:
    told = [
        re.findall(setting, (DEPLOY / path).read_text("utf-8"))
        for path, setting in (
            ("nginx/acobot.conf", r"proxy_read_timeout (\d+)s;"),
            ("caddy/Caddyfile", r"response_header_timeout (\d+)s"),
        )
    ]
    assert told == [["300"], ["300"]]
