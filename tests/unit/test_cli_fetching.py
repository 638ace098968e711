"""`acobot fetch` as it is typed: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from acobot.cli import main
from tests.fakes import write_sources
from tests.web_server import Reply, serving


def test_it_tells_what_it_wrote_and_ends_with_3_where_an_address_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACOBOT_FETCH_PRIVATE", "true")
    with serving() as site:
        site.replies["/a"] = Reply(b"<p>Bins are emptied every week.</p>")
        write_sources(tmp_path, {"_urls.txt": f"{site.address}/a bins\n{site.address}/b\n"})
        with pytest.raises(SystemExit) as ended:
            main(["fetch", "--sources", str(tmp_path)])
        assert ended.value.code == 3
        told = capsys.readouterr()
        assert told.out == "added: bins\n1 added, 0 changed, 0 unchanged, 1 not fetched; run 'acobot index'\n"
        assert f"looking at {site.address}/a" in told.err
        assert "_urls.txt, line 2: the server answers 404; take the line out, or give its new address" in " ".join(
            told.err.split()
        )
        write_sources(tmp_path, {"_urls.txt": f"{site.address}/a bins\n"})
        with pytest.raises(SystemExit) as ended:
            main(["fetch", "--sources", str(tmp_path)])
        assert not ended.value.code
        assert capsys.readouterr().out == "0 added, 0 changed, 1 unchanged, 0 not fetched\n"
