import json
import re
import sqlite3
from pathlib import Path

import pytest

from acobot.build import Publish
from acobot.index import Store
from acobot.settings import Settings
from tests.fakes import build, write_sources
from tests.unit.conftest import Run

CATS = "---\npublisher: A shelter\npublished: 2018-04\n---\n# Cats\n\nCats sleep in the sun.\n"
DOGS = "# Dogs\n\nDogs chase balls.\n"


@pytest.fixture
def two(settings: Settings) -> tuple[str, str]:
    """The ids of two versions: the live one, of one source, and one that was never live, of two."""
    write_sources(settings.sources, {"cats.md": CATS})
    first = build(settings).index_id
    write_sources(settings.sources, {"dogs.md": DOGS})
    return first, build(settings, publish=Publish.NEVER).index_id


def test_index_without_publishing_says_what_to_do_next(
    run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("index", "--no-publish") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"index {two[1]} up to date, not published: 1 added, ")
    assert err == f"compare it with 'acobot diff live {two[1]}', publish it with 'acobot publish {two[1]}'\n"


def test_index_under_a_pin_says_so(run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rollback", two[0]) == 0
    assert f"index {two[0]} is live and pinned; 'acobot publish ID'" in capsys.readouterr().out
    assert run("index") == 0
    assert f"warning: version {two[0]} is pinned, so it stays live; publish the new" in capsys.readouterr().err
    assert run("check") == 1
    assert "(pinned: 'acobot index --publish' publishes over it)" in capsys.readouterr().out
    assert run("index", "--publish") == 0
    assert f"index {two[1]} up to date: 1 added" in capsys.readouterr().out
    assert run("check") == 0


def test_publish_and_rollback_choose_what_is_live(
    run: Run, two: tuple[str, str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", two[1][:6]) == 0
    assert capsys.readouterr().out == f"index {two[1]} is live\n"
    assert Store(settings.index).current_id() == two[1]
    assert run("rollback") == 0
    assert Store(settings.index).pinned_id() == two[0]
    assert run("rollback") == 5
    assert "there is no earlier version in index to go back to" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_a_damaged_version_does_not_go_live(
    run: Run, two: tuple[str, str], settings: Settings, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    weights = Store(settings.index).path(two[1]) / "piece-weights.npy"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\7")
    assert run(command, two[1]) == 5
    assert "piece-weights.npy is damaged (its SHA-256 differs)" in capsys.readouterr().err
    assert Store(settings.index).current_id() == two[0]


@pytest.mark.parametrize("arguments", [["publish", "beef"], ["rollback", "beef"], ["diff", "live", "beef"]])
def test_an_unknown_version_is_named(
    run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(*arguments) == 5
    assert capsys.readouterr().err == "acobot: there is no version 'beef' in index; 'acobot versions' lists them\n"


def test_versions_are_listed_with_how_they_stand(
    run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("versions") == 0
    _, live, never = (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    moment = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"
    assert re.fullmatch(rf"{two[0]} {moment} 1 1 live since {moment}", live)
    assert re.fullmatch(rf"{two[1]} {moment} 2 2 never live", never)
    assert run("versions", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["live"], one["pinned"], one["sources"]) for one in told] == [
        (two[0], True, False, 1),
        (two[1], False, False, 2),
    ]
    assert run("versions", "--index", "nowhere") == 5


def test_diff_names_sources_and_passages(run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "live", two[1][:5]) == 0
    assert capsys.readouterr().out == f"From index {two[0]} to {two[1]}\nadded: dogs (passages: 1 added)\n"
    assert run("diff", two[1], two[0], "--markdown") == 0
    assert (
        capsys.readouterr().out == f"## From index `{two[1]}` to `{two[0]}`\n\n- removed: dogs (passages: 1 removed)\n"
    )
    assert run("diff", "live", two[0]) == 0
    assert capsys.readouterr().out.endswith("the sources are the same\n")
    assert run("diff", "live", two[1], "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["new"], told["added"], told["answers"]) == (*two, ["dogs"], [])


def test_diff_names_what_changed_beside_the_sources(
    run: Run, two: tuple[str, str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"_limits.yaml": "- asks: ['Can you feed my cat?']\n  say: No.\n"})
    new = build(settings, publish=Publish.NEVER).index_id
    assert run("diff", two[1], new) == 0
    assert capsys.readouterr().out == f"From index {two[1]} to {new}\nchanged: _limits.yaml\n"


def test_diff_shows_the_words_of_changed_passages(
    run: Run, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(settings.sources, {"cats.md": "# Cats\n\n## Sun\n\nCats [may] sleep *here*.\n"})
    build(settings)
    write_sources(settings.sources, {"cats.md": "# Cats\n\n## Sun\n\nCats [must] sleep *here*.\n"})
    new = build(settings, publish=Publish.NEVER).index_id
    assert run("diff", "live", new) == 0
    assert "\ncats\n  Sun: Cats [-[may]-] {+[must]+} sleep here.\n" in capsys.readouterr().out
    assert run("diff", "live", new, "--markdown") == 0
    assert "\n### cats\n\n- Sun: Cats ~~\\[may\\]~~ **\\[must\\]** sleep here.\n" in capsys.readouterr().out + "\n"
    assert run("diff", "live", new, "--json") == 0
    [change] = json.loads(capsys.readouterr().out)["words"]["cats"]
    assert change["runs"] == [["=", "Cats"], ["-", "[may]"], ["+", "[must]"], ["=", "sleep here."]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no questions; write one a line"),
        (b'Who?\n{"question": }\n', "line 2: not a question"),
        (b'{"ask": "Who?"}\n', "line 1: not a question"),
        (b"\xff\n", "cannot be read"),
    ],
)
def test_a_file_of_questions_that_cannot_be_used_is_named(
    run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "q.txt").write_bytes(content)
    assert run("diff", "live", two[1], "--questions", "q.txt") == 2
    assert says in capsys.readouterr().err


def test_sources_are_listed_with_what_to_look_at(
    run: Run, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", two[1]) == 0
    capsys.readouterr()
    assert run("sources", "--older-than", "2") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == [
        "cats Cats original 2018-04 – 1 0% older than 2 years",
        "dogs Dogs original – – 1 0% no date; no publisher",
        "2 sources, 2 passages; 2 to look at",
    ]
    assert run("sources", "--json", "--older-than", "1000") == 0
    told = [[warning["text"] for warning in one["warnings"]] for one in json.loads(capsys.readouterr().out)]
    assert told == [[], ["no date", "no publisher"]]


OLD_RULES = "---\npublisher: A\npublished: 2020\nvalid_until: 2020-03-31\nsuperseded_by: {by}\n---\nCats {nap}.\n"


@pytest.fixture
def odd(settings: Settings) -> None:
    """A live index of sources that are odd in several ways, one of which has gone bad, and files that are not read."""
    texts: dict[str, str | bytes] = {
        "bad.md": CATS,
        "fine.md": CATS.replace("sleep", "doze"),
        "garbled.txt": b"The caf\xe9 is open.\n",
        "old.md": OLD_RULES.format(by="fine", nap="nap"),
        "older.md": OLD_RULES.format(by="nowhere", nap="purr"),
        "summary.md": CATS.replace("published", "kind: summary\npublished").replace("sleep", "rest"),
        "photo.jpg": b"...",
    }
    write_sources(settings.sources, texts)
    build(settings)
    write_sources(settings.sources, {"bad.md": "", "never.md": ""})
    build(settings)


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["bad", "fine", "garbled", "old", "older", "summary"]),
        (["--warnings"], ["bad", "garbled", "old", "older"]),
        (["--about", "date"], ["garbled"]),
        (["--about", "expired"], ["old", "older"]),
        (["--about", "encoding", "--about", "unreadable"], ["bad", "garbled"]),
        (["--kind", "summary"], ["summary"]),
    ],
)
def test_sources_can_be_chosen_by_what_to_look_at(
    run: Run, odd: None, capsys: pytest.CaptureFixture[str], arguments: list[str], ids: list[str]
) -> None:
    assert run("sources", "--older-than", "1000", "--json", *arguments) == 0
    out, err = capsys.readouterr()
    assert [one["id"] for one in json.loads(out)] == ids
    assert "warning: cannot be read: never.md: it is empty" in err
    assert "ignored: photo.jpg (not a format that is read)" in err


def test_sources_say_what_is_bad_expired_and_superseded(
    run: Run, odd: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sources", "--older-than", "1000") == 0
    out = capsys.readouterr().out
    assert "the last good version of a file that cannot be read: bad.md: it is empty" in out
    assert "valid until 2020-03-31, which is past; superseded by fine " in out
    assert "superseded by nowhere, but there is no such source " in out
    assert run("sources", "--about", "cats") == 2
    assert "no warning is about 'cats'; --about takes unreadable, unread, date" in capsys.readouterr().err
    assert run("sources", "--kind", "originals") == 2
    assert capsys.readouterr().err == "acobot: no source is of the kind 'originals'; --kind takes original, summary\n"


def test_a_corpus_that_is_no_database_is_named(
    run: Run, two: tuple[str, str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = Store(settings.index).path(two[0]) / "corpus.sqlite"
    corpus.write_bytes(b"x" * corpus.stat().st_size)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(corpus).execute("select * from sources")
    assert run("sources") == 5
    assert "corpus.sqlite cannot be read (file is not a database)" in capsys.readouterr().err


def test_packs_are_listed_also_where_a_policy_lacks_the_language_in_use(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACOBOT_LANGUAGE", "de")
    monkeypatch.setenv("ACOBOT_POLICY", "none")
    assert run("packs") == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "policy uk no texts in 'de', only in en" in told
    assert "policy none no signs are looked for in use" in told


def test_a_policy_in_use_has_texts_in_the_language_in_use(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACOBOT_LANGUAGE", "de")
    monkeypatch.setenv("ACOBOT_POLICY", "uk")
    assert run("packs") == 2
    assert "there are no texts in 'de' (there are: en)" in capsys.readouterr().err


def test_index_and_check_end_with_how_many_sources_were_read_with_warnings(
    run: Run, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "2 sources were read with warnings (encoding, keys): run 'acobot sources --warnings'\n"
    garbled = CATS.replace("sun", "caf\xe9").encode("cp1252")
    texts: dict[str, str | bytes] = {"cats.md": CATS, "garbled.md": garbled, "keys.md": CATS.replace("published", "x")}
    write_sources(settings.sources, texts)
    build(settings)
    for command in ("index", "check"):
        assert run(command) == 0
        assert capsys.readouterr().out.splitlines(keepends=True)[1:] == [told]
    write_sources(settings.sources, {"garbled.md": CATS, "more.md": DOGS, "keys.md": CATS})
    assert run("check") == 1
    stale, *last = capsys.readouterr().out.splitlines(keepends=True)
    assert stale.startswith("stale: ")
    assert last == [told]
    build(settings)
    assert run("index") == 0
    assert "warnings" not in capsys.readouterr().out
