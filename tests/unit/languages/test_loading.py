import re
import shutil
from pathlib import Path

import pytest

import acobot.languages
from acobot.errors import PackError
from acobot.languages import load_language, packaged_languages

PACKAGED = Path(acobot.languages.__file__).parent


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of one's own: a copy of the English one."""
    return Path(shutil.copytree(PACKAGED / "en", tmp_path / "xx"))


def edit(path: Path, old: str, new: str) -> int:
    """Replaces some words of a file that stand there once, and gives their line."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(pack: Path) -> str:
    with pytest.raises(PackError) as refused:
        load_language(str(pack))
    return str(refused.value)


def test_a_folder_of_ones_own_is_a_pack(pack: Path) -> None:
    edit(pack / "language.yaml", "\ncode: en\n", "\ncode: xx\n")
    language = load_language(str(pack))
    assert (language.name, language.code) == ("xx", "xx")
    assert language.digest != load_language("en").digest


def test_every_packaged_language_is_sound() -> None:
    assert {"en", "de"} <= set(packaged_languages())
    for name in packaged_languages():
        assert load_language(name).only_this[load_language(name).code]


def test_a_pack_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(PackError, match=r"ACOBOT_LANGUAGE=zz: there is no such pack; use one of de, en, or a folder"):
        load_language("zz")


def test_a_pattern_that_is_none_is_named_with_its_line(pack: Path) -> None:
    line = edit(pack / "language.yaml", "  conjunction: and\n", "  conjunction: and\n  inside_a_name2: x\n")
    assert f"language.yaml, line {line + 1}: topic.inside_a_name2 is not a known key; take it out" in refusal(pack)
    edit(pack / "language.yaml", "  inside_a_name2: x\n", "")
    text = (pack / "language.yaml").read_text(encoding="utf-8")
    begin = text.index("  asks_now: |-")
    (pack / "language.yaml").write_text(text[:begin] + "  asks_now: (now\n" + text[text.index("  asks_several") :])
    assert "questions.asks_now is no pattern (missing ), unterminated subpattern" in refusal(pack)


def test_a_key_that_is_missing_is_named(pack: Path) -> None:
    edit(pack / "language.yaml", "stemmer: english\n", "")
    assert "stemmer is missing; add it" in refusal(pack)


def test_a_fragment_that_is_missing_is_named_with_its_line(pack: Path) -> None:
    line = edit(pack / "language.yaml", "  article: the\n", "  article: the {nowhere}\n")
    assert f"language.yaml, line {line}: there is no fragment 'nowhere'; write it under 'fragments:'" in refusal(pack)


def test_a_file_that_is_no_yaml_is_named_with_its_line(pack: Path) -> None:
    line = edit(pack / "language.yaml", "code: en\n", "code: en: de\n")
    assert f"language.yaml, line {line}: not valid YAML" in refusal(pack)


def test_a_key_that_stands_twice_is_named_with_its_line(pack: Path) -> None:
    line = edit(pack / "language.yaml", "code: en\n", "code: en\ncode: de\n")
    assert f"line {line + 1}: 'code' stands twice; keep one" in refusal(pack)


def test_texts_that_are_missing_unknown_or_empty_are_named(pack: Path) -> None:
    messages = pack / "messages.po"
    line = edit(messages, 'msgid "answer.not_in_sources"', 'msgid "answer.elsewhere"')
    assert "messages.po lacks answer.not_in_sources; add each with its text" in refusal(pack)
    messages.write_text(
        messages.read_text(encoding="utf-8") + '\nmsgid "answer.not_in_sources"\nmsgstr "No."\n', encoding="utf-8"
    )
    assert f"messages.po, line {line}: 'answer.elsewhere' is not a known key; take it out" in refusal(pack)
    messages.write_text('msgid "answer.not_in_sources"\nmsgstr ""\n', encoding="utf-8")
    assert "line 1: 'answer.not_in_sources' has no text; write its msgstr" in refusal(pack)


def test_a_place_for_a_value_that_is_unknown_is_named(pack: Path) -> None:
    edit(pack / "messages.po", 'msgstr "The sources do not answer this question."', 'msgstr "Not {this}."')
    assert "{this} in 'answer.not_in_sources' is unknown; there are none" in refusal(pack)


def test_a_pack_without_texts_is_refused(pack: Path) -> None:
    (pack / "messages.po").unlink()
    assert "messages.po is missing; a language pack has its texts there" in refusal(pack)


def test_a_group_that_code_reads_is_missed_with_its_line(pack: Path) -> None:
    line = edit(pack / "language.yaml", "not\\ (?:the\\ |an?\\ )?.{1,40}?,?\\ but\\ (?P<rest>.+)", "not\\ .+") - 1
    assert f"language.yaml, line {line}: follow_ups." in refusal(pack)
    assert "lacks a group; write '(?P<rest>…)' in it" in refusal(pack)


@pytest.mark.parametrize("name", ["fragments", "figures"])
def test_words_where_keys_belong_are_named(pack: Path, name: str) -> None:
    path = pack / "language.yaml"
    path.write_text(re.sub(rf"(?m)^{name}:\n(?: .*\n|\n)+", f"{name}: none\n\n", path.read_text("utf-8")), "utf-8")
    assert re.search(rf"language\.yaml, line \d+: {name} .*; mend it", refusal(pack))


def test_texts_that_are_no_catalogue_are_named_with_their_line(pack: Path) -> None:
    line = edit(pack / "messages.po", 'msgstr "The sources do not answer this question."\n', "")
    assert f"messages.po, line {line - 1}: not valid gettext (missing msgstr" in refusal(pack)


def test_a_line_of_everyday_words_without_a_term_is_named_and_a_pack_may_have_none(pack: Path) -> None:
    line = edit(pack / "everyday.txt", "foot the bill = ", "foot the bill: ")
    assert f"everyday.txt, line {line}: write 'phrase = term, term' there" in refusal(pack)
    (pack / "everyday.txt").unlink()
    assert load_language(str(pack)).everyday == {}


def test_what_people_say_is_in_base_forms_and_never_what_it_is_put_as() -> None:
    said = load_language("en").everyday
    assert len(said) > 5000
    assert "foot the bill" in said
    for phrase, terms in said.items():
        assert phrase == " ".join(phrase.casefold().split())
        assert phrase not in terms
        assert 1 <= len(phrase.split()) <= 5
        assert len(terms) <= 3


@pytest.mark.parametrize(
    ("fragments", "name"),
    [("  turning: well {turning}\n", "turning"), ("  turning: well {back}\n  back: or {turning}\n", "turning")],
)
def test_a_fragment_within_itself_is_named_with_the_line_that_calls_it(pack: Path, fragments: str, name: str) -> None:
    edit(pack / "language.yaml", "\nfragments:\n", f"\nfragments:\n{fragments}")
    line = edit(pack / "language.yaml", "  article: the\n", "  article: the {turning}\n")
    assert f"language.yaml, line {line}: the fragment {name!r} stands within itself; take it out there" in refusal(pack)


def test_a_fragment_may_be_called_twice_and_within_another(pack: Path) -> None:
    edit(pack / "language.yaml", "\nfragments:\n", "\nfragments:\n  first: one\n  both: '{first} {first}'\n")
    edit(pack / "language.yaml", "  article: the\n", "  article: the|{both}|{first}\n")
    language = load_language(str(pack))
    assert language.topic.article == "the|(?:(?:one) (?:one))|(?:one)"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("code: en\nmore: a\x07b\n", "line {}: it holds U+0007; take it out"),
        ("code: en\n? [a, b]\n: c\n", "line {}: a key is no word; write 'key: value'"),
    ],
)
def test_what_no_pack_can_hold_is_named_with_its_line(pack: Path, new: str, reason: str) -> None:
    line = edit(pack / "language.yaml", "code: en\n", new)
    assert f"language.yaml, {reason.format(line + 1)}" in refusal(pack)


def test_a_pack_that_holds_itself_is_refused(pack: Path) -> None:
    edit(pack / "language.yaml", "code: en\n", "code: &all [*all]\n")
    assert "language.yaml: it is nested too deeply" in refusal(pack)
