"""What readers put into a text, in the language of the sources."""

from __future__ import annotations

from pathlib import Path

from acobot.languages import load_language, packaged_languages
from acobot.passages import split_passages
from acobot.sources import list_folder, read_source
from acobot.sources.wording import NO_WORDS, wording_of
from tests.fakes import WordEncoder
from tests.office_files import make_pptx

GERMAN = load_language("de")


def test_every_language_has_the_same_texts_for_readers() -> None:
    keys = [wording_of(load_language(name)).texts.keys() for name in packaged_languages()]
    assert keys[0]
    assert all(one == keys[0] for one in keys)


def test_slides_and_what_is_told_of_them_are_named_in_the_language_of_the_sources(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(make_pptx(("Hallen", ["Zu mieten."]), ("", ["Fragen Sie uns."])))
    [file] = list_folder(tmp_path).files
    source = read_source(file, GERMAN)
    assert "[Folie 2]" in source.text
    passages = split_passages(source, WordEncoder().count, GERMAN)
    assert [passage.heading[-1] for passage in passages] == ["Folie 1", "Folie 2"]


def test_without_a_language_the_key_is_said() -> None:
    assert NO_WORDS.say("reading.hidden_rows", "3") == "[hidden_rows 3]"
    assert not NO_WORDS.is_hyphened("well-known")
