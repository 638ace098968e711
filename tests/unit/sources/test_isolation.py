"""The process in which files are read: its bounds, what happens when it ends, and what this process never loads."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from acobot.sources.isolation import ReaderProcess
from acobot.sources.picking import Pick
from acobot.sources.reader_process import MODULES, read_bytes, serve
from acobot.sources.record import UnreadableError
from tests.documents import lines, make_docx, make_pdf, paragraph
from tests.fakes import write_sources
from tests.office_files import make_eml, make_epub, make_odt, make_pptx, make_rtf, make_xlsx

TEXT = "Bins are emptied every week, on the day that the calendar gives."
PAGE = f"<p>{TEXT}</p>".encode()
FILES = {
    ".md": TEXT.encode(),
    ".txt": TEXT.encode(),
    ".html": PAGE,
    ".htm": PAGE,
    ".pdf": make_pdf(lines(50, 700, TEXT)),
    ".docx": make_docx(paragraph(TEXT)),
    ".xlsx": make_xlsx(("Bins", [[TEXT]])),
    ".csv": f'"{TEXT}"\n'.encode(),
    ".pptx": make_pptx(("Bins", [TEXT])),
    ".odt": make_odt(f"<text:p>{TEXT}</text:p>"),
    ".rtf": make_rtf(rf"\pard {TEXT}\par"),
    ".epub": make_epub([("one.xhtml", f"<p>{TEXT}</p>")]),
    ".eml": make_eml(f"{TEXT}\n"),
}


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    reader = ReaderProcess()
    yield reader
    reader.close()


@pytest.mark.parametrize("ending", MODULES)
def test_a_file_reads_the_same_here_and_there(reader: ReaderProcess, ending: str) -> None:
    assert reader.read(ending, FILES[ending]) == read_bytes(ending, FILES[ending])
    assert TEXT in reader.read(ending, FILES[ending]).text


def test_reasons_come_back_whole(reader: ReaderProcess) -> None:
    with pytest.raises(UnreadableError, match="the selector '#x' matches nothing in it"):
        reader.read(".html", PAGE, Pick("#x"))


def test_a_file_that_takes_too_long_is_named_and_the_next_one_is_read(reader: ReaderProcess) -> None:
    with pytest.raises(UnreadableError, match="reading it takes longer than 0 seconds; split or simplify it"):
        ReaderProcess(time_limit=0.001).read(".html", PAGE)
    assert reader.read(".html", PAGE).text == TEXT


def test_a_file_that_takes_too_much_memory_is_named_and_the_next_one_is_read() -> None:
    reader = ReaderProcess(memory_limit=400_000_000)
    try:
        with pytest.raises(UnreadableError, match=r"takes too much memory|broke down over it"):
            reader.read(".html", b"<p>Bins are emptied.</p>\n" * 400_000)
        assert reader.read(".html", PAGE).text == TEXT
    finally:
        reader.close()


def test_a_reader_that_breaks_down_is_named_and_the_next_one_takes_over(reader: ReaderProcess) -> None:
    with pytest.raises(UnreadableError, match="its reader broke down over it; open it in the program that made it"):
        reader.read(".unknown", PAGE)
    assert reader.read(".html", PAGE).text == TEXT


def test_a_reader_that_somebody_ended_is_started_again(reader: ReaderProcess) -> None:
    reader.read(".html", PAGE)
    assert reader._process
    reader._process.kill()
    reader._process.wait()
    assert reader.read(".html", PAGE).text == TEXT


def test_the_reply_to_whoever_stopped_waiting_is_never_anothers(reader: ReaderProcess) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    reader.read(".html", PAGE)
    before = signal.signal(signal.SIGUSR1, stop)
    threading.Timer(0.2, signal.pthread_kill, [threading.get_ident(), signal.SIGUSR1]).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            reader.read(".html", b"<p>Boxes are emptied.</p>\n" * 20_000)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert reader.read(".html", PAGE).text == TEXT


def test_a_reader_with_nothing_to_do_ends_and_comes_back() -> None:
    reader = ReaderProcess(idle=0.1)
    assert reader.read(".html", PAGE).text == TEXT
    for _ in range(100):
        if reader._process is None:
            break
        time.sleep(0.05)
    assert reader._process is None
    assert reader.read(".html", PAGE).text == TEXT
    reader.close()


def test_requests_are_answered_in_order_until_there_are_no_more() -> None:
    requests = b"".join(
        json.dumps({"ending": ".html", "size": len(raw), "pick": ["", [], []], "wording": []}).encode() + b"\n" + raw
        for raw in (PAGE, b"")
    )
    replies = io.BytesIO()
    serve(io.BytesIO(requests), replies)
    first, second = (json.loads(line) for line in replies.getvalue().splitlines())
    assert first["text"] == TEXT
    assert second == {"refused": "there is no HTML in it; write its text, or take the file away"}


def test_whatever_a_library_raises_is_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for error, reason in {
        "MemoryError": "reading it takes too much memory; split it into smaller files",
        "RecursionError": "it is nested too deeply to be read; open it in the program that made it and save it again",
        "KeyError": "it is damaged, or not as its format asks (KeyError); open it in the program that made it",
    }.items():
        write_sources(tmp_path, {f"raises_{error}.py": f"def read(raw, pick, wording):\n    raise {error}\n"})
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setitem(MODULES, ".x", f"raises_{error}")
        with pytest.raises(UnreadableError) as refused:
            read_bytes(".x", b"")
        assert str(refused.value).startswith(reason)


def test_the_libraries_are_loaded_over_there_only() -> None:
    script = (
        "import sys, acobot.cli, acobot.build, acobot.api\n"
        "from acobot.sources.isolation import read_isolated\n"
        f"assert read_isolated('.html', {PAGE!r}).text\n"
        "sys.exit(', '.join({'lxml', 'trafilatura', 'docx', 'pypdfium2', 'openpyxl', 'pptx'} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_reader_whose_owner_is_killed_ends() -> None:
    script = (
        "import os, signal\nfrom acobot.sources import isolation\n"
        f"isolation.read_isolated('.html', {PAGE!r})\n"
        "print(isolation._READER._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    stat = Path(f"/proc/{int(ran.stdout)}/stat")
    for _ in range(100):
        if not stat.exists() or stat.read_text("utf-8").rsplit(")", 1)[1].split()[0] == "Z":
            return
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("it still runs")


def test_a_process_that_was_forked_off_reads_with_a_reader_of_its_own() -> None:
    script = (
        "import os\nfrom acobot.sources import isolation\n"
        f"isolation.read_isolated('.html', {PAGE!r})\n"
        "ours = isolation._READER._process.pid\n"
        "if not os.fork():\n"
        f"    isolation.read_isolated('.html', {PAGE!r})\n"
        "    theirs = isolation._READER._process.pid\n"
        "    isolation._READER.close()\n"
        "    os._exit(int(theirs == ours))\n"
        "_, status = os.wait()\n"
        f"assert isolation.read_isolated('.html', {PAGE!r}).text\n"
        "assert isolation._READER._process.pid == ours\n"
        "raise SystemExit(os.waitstatus_to_exitcode(status))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr


def test_half_a_character_is_the_fault_of_its_file() -> None:
    raw = b"Subject: Bins\nContent-Type: text/plain; charset=unicode_escape\n\nBins \\ud83d are emptied.\n"
    with pytest.raises(UnreadableError, match=r"half a character \(U\+D83D\)"):
        read_bytes(".eml", raw)
