"""Builds that die: whatever they leave, the live version answers, and the next build heals it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

REPOSITORY = Path(__file__).parents[2]


def crash(*arguments: str | Path) -> int:
    """Runs tests/crashing.py, which forks and so wants a process without threads; gives the number that it prints."""
    command = [sys.executable, "-m", "tests.crashing", *map(str, arguments)]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


def test_killed_before_and_after_every_step_of_publication(tmp_path: Path) -> None:
    assert crash("steps", tmp_path) > 100


def test_killed_at_fifty_random_moments(tmp_path: Path) -> None:
    assert crash("random", tmp_path, "50", "7") > 25


def test_two_builds_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from acobot.errors import IndexWriteError\n"
        "from tests.fakes import build, fake_settings\n"
        "settings = fake_settings(Path(sys.argv[1])); refused = 0\n"
        "settings.sources.mkdir(parents=True, exist_ok=True)\n"
        "name = sys.argv[2]; aside = settings.sources / f'.{name}'\n"
        "for number in range(30):\n"
        "    aside.write_text(f'Cats {number} {name}.')\n"
        "    aside.replace(settings.sources / f'{name}.md')\n"  # whole, as an editor saves a file
        "    try: build(settings)\n"
        "    except IndexWriteError as error: assert 'another build is at work' in str(error); refused += 1\n"
        "    except Exception as error: assert 'changed while the index was built' in str(error), error\n"
        "print(refused)"
    )
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", script, tmp_path, name],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("one", "other")
    ]
    results = [builder.communicate(timeout=300) for builder in builders]
    assert [builder.returncode for builder in builders] == [0, 0], results
    assert sum(int(out) for out, _ in results) > 0
    last = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from acobot.index import Store\n"
            "from tests.fakes import build, fake_settings\n"
            "settings = fake_settings(Path(sys.argv[1])); made = build(settings).index_id\n"
            "store = Store(settings.index); assert store.current_id() == made and store.holds(made)\n"
            "assert store.is_tidy() and set(store.open_current().corpus.source_ids) == {'one', 'other'}",
            tmp_path,
        ],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    assert last.returncode == 0, last.stderr
