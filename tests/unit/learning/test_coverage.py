from __future__ import annotations

from acobot.assistant import Assistant
from acobot.learning import find_coverage, passages_quoted


def test_passages_that_no_answer_quotes_are_named(assistant: Assistant) -> None:
    version = assistant.version()
    quoted = passages_quoted([assistant.ask("What do kittens eat?")])
    found = find_coverage(version, quoted)
    assert (found.passages, found.quoted) == (version.manifest.passages, 1)
    assert [(one.source_id, one.heading, one.opening) for one in found.never] == [
        ("owls", (), "Owls see very well in the dark.")
    ]
    assert found.never[0].href.startswith("/sources/owls?start=")


def test_nothing_is_named_where_all_are_quoted(assistant: Assistant) -> None:
    everything = {sha256 for _, _, sha256 in assistant.version().corpus.passage_digests()}
    assert find_coverage(assistant.version(), everything).never == ()
