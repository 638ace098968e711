"""How the modules hang together: which may import which, what importing does not do, and how large they are."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "acobot"
MOST_LINES = 300

# A module imports only from those before it.
ORDER = [
    "errors",
    "memory",
    "observing",
    "packing",
    "languages",
    "calibration",
    "policies",
    "settings",
    "sources",
    "fetching",
    "passages",
    "abbreviations",
    "encoder",
    "reader",
    "index",
    "build",
    "question",
    "retrieval",
    "evidence",
    "answer",
    "answering",
    "assistant",
    "evaluation",
    "review",
    "learning",
    "api",
    "cli",
]


def module_name(path: Path) -> str:
    """`acobot.index.store` for src/acobot/index/store.py, `acobot.index` for its __init__.py."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imported(module: str) -> Iterator[str]:
    """The modules of acobot that a module imports, anywhere in it, also inside functions and for types only."""
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "acobot")
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield f"a relative import in line {node.lineno}"
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "acobot":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def all_imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, of acobot or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def part(module: str) -> str:
    """`index` for `acobot.index.store`."""
    return module.split(".")[1]


def inner_modules() -> list[str]:
    """All but the package itself and what `python -m acobot` runs."""
    return [name for name in MODULES if name not in {"acobot", "acobot.__main__"}]


def test_every_module_has_its_place_in_the_order() -> None:
    assert {part(name) for name in inner_modules()} <= set(ORDER)


@pytest.mark.parametrize("module", inner_modules())
def test_a_module_imports_only_from_those_above_it(module: str) -> None:
    allowed = ORDER[: ORDER.index(part(module))]
    for other in imported(module):
        assert other == "acobot" or part(other) in {*allowed, part(module)}, f"{module} imports {other}"


@pytest.mark.parametrize("name", [name for name in ORDER if (PACKAGE / name).is_dir()])
def test_inside_a_folder_modules_import_each_other_in_no_circle(name: str) -> None:
    inside = [module for module in inner_modules() if part(module) == name]
    graph = {module: {other for other in imported(module) if part(f"{other}.") == name} for module in inside}
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_nothing_imports_how_the_reader_is_made() -> None:
    for path in FILES.values():
        assert "training" not in {name.split(".")[0] for name in all_imported(ast.parse(path.read_text("utf-8")))}


def test_the_package_itself_imports_none_of_its_modules() -> None:
    assert list(imported("acobot")) == []


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(MODULES[module])


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_longer_than_can_be_read_at_once(module: str) -> None:
    assert len(FILES[module].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def run(script: str) -> None:
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_importing_every_module_imports_no_model_library() -> None:
    run(
        "import importlib, sys\n"
        f"for name in {inner_modules()}: importlib.import_module(name)\n"
        "slow = {'torch', 'transformers', 'sentence_transformers', 'huggingface_hub', 'onnxruntime', 'tokenizers'}\n"
        "slow = (slow | {'scipy'}) & set(sys.modules)\n"
        "sys.exit(', '.join(slow) or 0)"
    )


def test_importing_every_module_reads_no_setting() -> None:
    run(
        "import importlib, os\n"
        "os.environ.update(ACOBOT_PORT='none', ACOBOT_RATE_LIMIT='often', ACOBOT_HOST='elsewhere')\n"
        f"for name in {inner_modules()}: importlib.import_module(name)\n"
        "os.environ.update(ACOBOT_PORT='8001', ACOBOT_RATE_LIMIT='off', ACOBOT_HOST='::1')\n"
        "settings = importlib.import_module('acobot.settings').read_settings()\n"
        "assert (settings.port, settings.rate_limit, settings.host) == (8001, 'off', '::1')"
    )
