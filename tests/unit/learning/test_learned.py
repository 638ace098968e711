from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from acobot.learning import Counts, Learned, Outcome
from acobot.learning.learned import LEAST, Word
from acobot.learning.noticing import Noticed
from tests.unit.learning.conftest import Calendar

REFUSED = Noticed(Outcome.REFUSED, "far")
CLIENTS = [f"192.0.2.{number}" for number in range(1, LEAST + 1)]


def counts(learned: Learned) -> Counts:
    read = learned.read()
    assert read is not None
    return read


def ask(learned: Learned, *clients: str, noticed: Noticed = REFUSED) -> None:
    learned.add([(noticed, client) for client in clients])


def rows(learned: Learned, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(learned.path) as db:
        return db.execute(f"select * from {table}").fetchall()


def on_disk(learned: Learned) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(learned.path.parent.iterdir()))


def test_without_a_file_nothing_is_known_and_none_is_made(learned: Learned) -> None:
    assert learned.read() is None
    learned.keep_up()
    assert not learned.path.exists()


def test_five_clients_on_one_day_are_enough_and_four_are_not(learned: Learned) -> None:
    ask(learned, *CLIENTS[:4], *CLIENTS[:4])
    assert counts(learned).fed == ()
    ask(learned, CLIENTS[4])
    (fed,) = counts(learned).fed
    assert (fed.outcome, fed.place, fed.asked, fed.days, fed.last) == (Outcome.REFUSED, "far", 9, 1, "2026-11-27")


def test_five_days_are_enough_and_four_are_not(learned: Learned, calendar: Calendar) -> None:
    for _ in range(4):
        ask(learned, CLIENTS[0])
        calendar.go_on()
    assert counts(learned).fed == ()
    ask(learned, CLIENTS[0])
    (fed,) = counts(learned).fed
    assert (fed.asked, fed.days, fed.last) == (5, 5, "2026-12-01")


def test_clients_of_different_days_do_not_add_up_for_they_may_be_the_same(learned: Learned, calendar: Calendar) -> None:
    ask(learned, *CLIENTS[:4])
    calendar.go_on()
    ask(learned, *CLIENTS[:4])
    assert counts(learned).fed == ()


def test_how_they_ended_and_where_they_lie_are_apart(learned: Learned) -> None:
    ask(learned, *CLIENTS[:3])
    ask(learned, *CLIENTS[3:], noticed=Noticed(Outcome.UNSURE, "far"))
    ask(learned, *CLIENTS[3:], noticed=Noticed(Outcome.REFUSED, "limit-1"))
    assert counts(learned).fed == ()


def test_all_questions_are_counted_by_how_they_ended_and_the_answered_by_nothing_else(learned: Learned) -> None:
    ask(learned, *CLIENTS, noticed=Noticed(Outcome.ANSWERED, quoted=("ab", "cd")))
    ask(learned, CLIENTS[0])
    read = counts(learned)
    assert (read.since, read.totals) == ("2026-11-27", {Outcome.ANSWERED: 5, Outcome.REFUSED: 1})
    assert read.quoted == {"ab": 5, "cd": 5}
    assert len(rows(learned, "clients")) == 1


def test_of_a_message_one_word_is_kept_that_which_the_others_had_too(learned: Learned) -> None:
    ask(learned, CLIENTS[0], noticed=Noticed(Outcome.REFUSED, "far", ("dentist", "child")))
    assert [row[2] for row in rows(learned, "words")] == ["dentist"]
    for client in CLIENTS[1:]:
        ask(learned, client, noticed=Noticed(Outcome.REFUSED, "far", ("bus", "dentist", "child")))
    (fed,) = counts(learned).fed
    assert fed.words == (Word("dentist", 5),)
    assert [row[2] for row in rows(learned, "words")] == ["dentist"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_word_that_all_messages_have_is_found_however_rare_their_others_are(learned: Learned, place: int) -> None:
    for number in range(LEAST + 2):
        words = [f"x{number}", f"y{number}"]
        words.insert(place, "dentist")
        ask(learned, f"192.0.2.{number}", noticed=Noticed(Outcome.REFUSED, "far", tuple(words)))
    (fed,) = counts(learned).fed
    assert [(one.word, one.asked >= LEAST) for one in fed.words] == [("dentist", True)]


def test_a_word_needs_as_many_days_or_clients_as_its_place(learned: Learned) -> None:
    for client in CLIENTS[:4]:
        ask(learned, client, noticed=Noticed(Outcome.REFUSED, "far", ("dentist",)))
    ask(learned, CLIENTS[4], *CLIENTS)
    ask(learned, CLIENTS[0], noticed=Noticed(Outcome.REFUSED, "far", ("dentist",)))  # who was counted already
    (fed,) = counts(learned).fed
    assert fed.words == ()


def test_clients_and_their_key_are_gone_at_the_days_end_also_from_the_disk(
    learned: Learned, calendar: Calendar
) -> None:
    ask(learned, *CLIENTS)
    (salt,) = [row[1] for row in rows(learned, "salts")]
    hashes = [row[3] for row in rows(learned, "clients")]
    assert isinstance(salt, bytes)
    assert salt in on_disk(learned)
    calendar.go_on()
    learned.keep_up()
    assert (rows(learned, "salts"), rows(learned, "clients")) == ([], [])
    assert not [secret for secret in (salt, *hashes) if secret in on_disk(learned)]  # type: ignore[operator]
    assert counts(learned).fed[0].asked == 5


def test_a_client_is_another_one_on_another_day(learned: Learned, calendar: Calendar) -> None:
    found = []
    for _ in range(2):
        ask(learned, CLIENTS[0])
        found += [row[3] for row in rows(learned, "clients")]
        calendar.go_on()
    assert len(set(found)) == 2
    assert CLIENTS[0].encode() not in on_disk(learned)


def test_a_client_is_another_one_at_another_place(learned: Learned) -> None:
    for place in ("far", "limit-1"):
        ask(learned, CLIENTS[0], noticed=Noticed(Outcome.REFUSED, place))
    assert len({row[3] for row in rows(learned, "clients")}) == 2


def test_old_days_are_thrown_away(learned: Learned, calendar: Calendar) -> None:
    words, quoted = ("dentist",), ("ab",)
    ask(learned, *CLIENTS, noticed=Noticed(Outcome.REFUSED, "limit-old", words, quoted))
    calendar.go_on(9)
    assert counts(learned).fed[0].words
    calendar.go_on()
    assert counts(learned) == Counts("", {}, (), {})
    assert not {b"dentist", b"limit-old"} & {word for word in (b"dentist", b"limit-old") if word in on_disk(learned)}


def test_what_was_asked_most_comes_first(learned: Learned) -> None:
    for place, times in (("a", 1), ("b", 3), ("c", 2)):
        ask(learned, *CLIENTS * times, noticed=Noticed(Outcome.REFUSED, place))
    assert [fed.place for fed in counts(learned).fed] == ["b", "c", "a"]


def test_several_write_at_once_and_nothing_is_lost(learned: Learned, calendar: Calendar) -> None:
    def write(client: str) -> None:
        other = Learned(learned.path, 10, calendar)
        for _ in range(10):
            ask(other, client)

    threads = [threading.Thread(target=write, args=(client,)) for client in CLIENTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (fed,) = counts(learned).fed
    assert fed.asked == 50
    assert len(rows(learned, "clients")) == 5


def test_what_is_broken_off_leaves_nothing_behind(learned: Learned) -> None:
    ask(learned, CLIENTS[0])
    with pytest.raises(AttributeError):
        learned.add([(REFUSED, CLIENTS[1]), (None, "")])  # type: ignore[list-item]
    assert counts(learned).totals == {Outcome.REFUSED: 1}


def test_only_its_owner_may_read_the_file(learned: Learned) -> None:
    ask(learned, CLIENTS[0])
    assert [stat.S_IMODE(path.stat().st_mode) for path in learned.path.parent.iterdir()] == [0o600]


def test_the_file_that_a_link_leads_to_is_made_with_the_same_rights(learned: Learned, tmp_path: Path) -> None:
    learned.path.parent.mkdir()
    learned.path.symlink_to(tmp_path / "elsewhere.sqlite")
    ask(learned, CLIENTS[0])
    assert stat.S_IMODE((tmp_path / "elsewhere.sqlite").stat().st_mode) == 0o600


def test_writing_drops_no_lock_of_who_reads_in_the_same_process(learned: Learned) -> None:
    ask(learned, CLIENTS[0])
    another = "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute('select * from totals')\ndb.close()\n"
    with closing(sqlite3.connect(learned.path)) as reader:
        reader.execute("select * from totals").fetchall()
        ask(learned, CLIENTS[1])
        # Who is the last to close takes the log away; another process must see that it is not.
        subprocess.run([sys.executable, "-c", another, learned.path], check=True)
        assert learned.path.with_name(f"{learned.path.name}-wal").exists()


def test_what_is_no_such_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "learned.sqlite"
    path.write_bytes(b"something else" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Learned(path, 10).read()
