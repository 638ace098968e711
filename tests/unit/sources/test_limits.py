import re
from pathlib import Path

import pytest

from acobot.errors import SourcesError
from acobot.sources import read_limits

GOOD = """# What they do not say
- asks:
    - Can you book me a room?
    - book a room
  say: "These pages are about bridges.
    Ring the town hall."
  see: bridges#Who built it?
- asks: What did it cost in the end?
  say: No source says.
  see: https://example.org/cost
- asks: ["Who painted it?"]
  say: No source says.
"""


def write(folder: Path, text: str | bytes) -> Path:
    (folder / "_limits.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_entries_are_read_in_order_with_their_lines(tmp_path: Path) -> None:
    limits = read_limits(write(tmp_path, GOOD))
    assert [(one.asks, one.say, one.line) for one in limits.entries] == [
        (("Can you book me a room?", "book a room"), "These pages are about bridges. Ring the town hall.", 2),
        (("What did it cost in the end?",), "No source says.", 8),
        (("Who painted it?",), "No source says.", 11),
    ]
    assert [one.place for one in limits.entries] == [("bridges", "Who built it?"), ("", ""), ("", "")]
    assert [one.is_address for one in limits.entries] == [False, True, False]
    assert limits.asks[2] == (1, "What did it cost in the end?")


def test_no_file_means_no_limits(tmp_path: Path) -> None:
    assert read_limits(tmp_path).entries == ()
    assert read_limits(tmp_path).raw == b""
    assert read_limits(write(tmp_path, "")).entries == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("asks: x\n", 1, "it is no list; write entries that begin with '- asks:'"),
        ("- asks: [x]\n", 1, "an entry needs 'say', one or two sentences"),
        ("- say: x\n", 1, "an entry needs 'asks', a list of questions"),
        ("- asks: []\n  say: x\n", 1, "an entry needs 'asks'"),
        ("- asks: [x]\n  say: x\n  sea: y\n", 3, "unknown key 'sea'; the keys are asks, say, see"),
        ("- asks: [x]\n  say: x\n  say: y\n", 3, "the key 'say' stands twice; keep one"),
        ("- asks: [x]\n  say: x\n  see: ftp://example.org\n", 3, "'see' is 'ftp://example.org'; write an http"),
        ("- asks: [x]\n\n  say: " + "x" * 601 + "\n", 3, "'say' has 601 characters"),
        ("- asks: [[x]]\n  say: x\n", 1, "a list or a text is needed here, nothing nested"),
        ("- just words\n", 1, "an entry needs keys: asks, say, see"),
        ("- asks: [x]\n  say: a: b\n", 2, "it is not valid YAML"),
        ("- asks: [x]\n  say: a\x07\n", 2, "it holds U\\+0007; take it out"),
        ("[" * 5000, 1, "nested too deeply|not valid YAML"),
        (b"- asks: [x]\n  say: \xff\n", 2, "it is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(SourcesError, match="the limits cannot be used") as caught:
        read_limits(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert problem.path == "_limits.yaml"
    assert problem.line == line
    assert re.search(reason, problem.reason)
