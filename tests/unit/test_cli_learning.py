from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from acobot.learning import Learned, Outcome
from acobot.learning.noticing import Noticed
from acobot.settings import Settings
from tests.fakes import build, fake_means, write_sources
from tests.unit.conftest import Run
from tests.unit.learning.conftest import TEXTS


@pytest.fixture
def counted(settings: Settings) -> Learned:
    """Counts of five clients, and of one more, beside an index of two sources."""
    write_sources(settings.sources, TEXTS)
    build(settings)
    learned = Learned(settings.learned, 30)
    asked = [(Noticed(Outcome.REFUSED, "far", ("badger",)), f"192.0.2.{number}") for number in range(5)]
    learned.add([*asked, (Noticed(Outcome.UNSURE, "far"), "192.0.2.1"), (Noticed(Outcome.ANSWERED), "192.0.2.1")])
    return learned


def test_gaps_are_a_table(run: Run, counted: Learned, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gaps") == 0
    head, row, totals, hidden = capsys.readouterr().out.splitlines()
    assert head.split() == ["asked", "days", "last", "ended", "nearest", "in", "words"]
    assert row.split() == ["5", "1", counted.today().isoformat(), "refused", "nothing", "nothing", "badger", "5"]
    assert totals == f"since {counted.today()}: 1 answered, 5 refused, 1 unsure"
    assert hidden.startswith("1 questions are not shown: fewer than 5 days and than 5 clients a day asked them")


def test_gaps_as_json(run: Run, counted: Learned, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gaps", "--json") == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["since"], read["hidden"]) == (counted.today().isoformat(), 1)
    (gap,) = read["gaps"]
    assert (gap["outcome"], gap["asked"], gap["place"]["near"]) == ("refused", 5, "nothing")
    assert gap["words"] == [{"word": "badger", "asked": 5}]


def test_old_days_are_gone_when_somebody_looks(run: Run, counted: Learned, capsys: pytest.CaptureFixture[str]) -> None:
    Learned(counted.path, 400, lambda: date(2026, 1, 1)).add([(Noticed(Outcome.REFUSED, "far"), "")])
    assert run("gaps", "--json") == 0
    assert json.loads(capsys.readouterr().out)["since"] == counted.today().isoformat()


@pytest.mark.parametrize("command", ["gaps", "coverage"])
def test_where_nothing_was_counted_the_mend_is_told(
    run: Run, settings: Settings, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    write_sources(settings.sources, TEXTS)
    build(settings)
    assert run(command) == 2
    assert "nothing was counted yet (index/learned.sqlite is not there); serve with ACOBOT_LEARN=on" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("command", ["gaps", "coverage"])
def test_a_damaged_file_is_named_with_the_mend(
    run: Run, counted: Learned, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    counted.path.write_bytes(b"something else" * 100)
    assert run(command) == 2
    told = capsys.readouterr().err
    assert "what was counted, in index/learned.sqlite, cannot be read (file is not a database)" in told
    assert "ACOBOT_LEARN_FILE" in told


def test_coverage_names_passages_that_no_answer_quoted(
    run: Run, settings: Settings, counted: Learned, capsys: pytest.CaptureFixture[str]
) -> None:
    from acobot.index import open_store

    digests = [sha256 for _, _, sha256 in open_store(settings).open_current().corpus.passage_digests()]
    counted.add([(Noticed(Outcome.ANSWERED, quoted=(digests[0],)), "")])
    assert run("coverage") == 0
    head, row, total = capsys.readouterr().out.splitlines()
    assert head.split() == ["source", "heading", "begins"]
    assert row.split(maxsplit=1)[0] == "owls"
    assert row.endswith("Owls see very well in the dark.")
    assert total == f"1 of 2 passages were quoted in answers to 8 questions since {counted.today()}"


def test_coverage_of_a_file_of_questions(
    run: Run,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_sources(settings.sources, TEXTS)
    build(settings)
    questions = tmp_path / "questions.txt"
    questions.write_text("What do kittens eat?\nZyx wvu tsr?\n")
    monkeypatch.setattr("acobot.assistant.open_means", lambda _: fake_means())
    assert run("coverage", "--questions", str(questions), "--json") == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["passages"], read["quoted"]) == (2, 1)
    assert [one["source_id"] for one in read["never"]] == ["owls"]
    questions.write_text("x" * 1001)
    assert run("coverage", "--questions", str(questions)) == 2
    assert "cannot be asked" in capsys.readouterr().err
