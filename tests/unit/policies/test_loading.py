import shutil
from pathlib import Path

import numpy as np
import pytest

import acobot.policies
from acobot.errors import PackError
from acobot.policies import load_policy
from tests.fakes import ENGLISH

PACKAGED = Path(acobot.policies.__file__).parent / "uk"
SMALL = r"""call: \b112\b
texts:
  en:
    notice: In an emergency call 112.
    cannot: It cannot help. Call 112.
    signs:
      emergency: Call 112 now.
phrases:
  emergency:
    - pattern: ^ambulance$
      shows: [ambulance]
      ordinary: [ambulance fees]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A site's own pack, as small as one can be."""
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "policy.yaml").write_text(SMALL, encoding="utf-8")
    return folder


def edit(pack: Path, old: str, new: str) -> None:
    """Replaces some words of the pack that stand there once."""
    path = pack / "policy.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def refusal(pack: Path) -> str:
    with pytest.raises(PackError) as refused:
        load_policy(str(pack), ENGLISH)
    return str(refused.value)


def test_a_small_pack_of_ones_own_is_a_policy(pack: Path) -> None:
    policy = load_policy(str(pack), ENGLISH)
    assert policy
    assert (policy.name, policy.model, policy.texts.notice) == ("xx", None, "In an emergency call 112.")
    assert not policy.figures_of_speech.search("dying of boredom")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("call: ", "calls: ", 1, "calls is not a known key; write call, or take it out"),
        ("call: ", "more: x\ncall: ", 1, "more is not a known key; take it out"),
        ("    notice: In", "    notes: In", 4, "texts.notes is not a known key; write notice, or take it out"),
        ("pattern: ^ambulance$", "pattern: (ambulance", 10, "phrases.emergency.0.pattern is no pattern (missing )"),
        ("pattern: ^ambulance$", 'pattern: ""', 10, "the pattern finds every text, an empty one too; mend it"),
        (r"call: \b112\b", 'call: ""', 1, "the pattern finds every text, an empty one too; mend it"),
        ("shows: [ambulance]", "shows: ambulance", 11, "phrases.emergency.0.shows Input should be a valid tuple"),
        ("shows: [ambulance]", "shows: [an ambulance]", 11, "the phrase does not find 'an ambulance'; mend one"),
        ("pattern: ^ambulance$", "pattern: ^ambulance?", 12, "the phrase finds 'ambulance fees'; mend one of the two"),
        ("  emergency: Call", "  fire: Call", 7, "texts.signs.fire.[key] Input should be 'emergency', 'crisis'"),
        ("  en:", "  cy:", 3, "there are no texts in 'en' (there are: cy); add them under 'texts:', or"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_its_mend(pack: Path, old: str, new: str, line: int, told: str) -> None:
    edit(pack, old, new)
    assert f"policy.yaml, line {line}: {told}" in refusal(pack)


def test_what_is_looked_for_has_its_text(pack: Path) -> None:
    edit(pack, "phrases:\n", "phrases:\n  crisis: []\n")
    assert "policy.yaml, line 7: there is no text for 'crisis', which is looked for; add it" in refusal(pack)


def test_the_model_asks_for_a_text_of_every_sign(pack: Path) -> None:
    shutil.copy(PACKAGED / "signs.npz", pack)
    assert "there is no text for 'crisis', which is looked for" in refusal(pack)


@pytest.mark.parametrize("name", ["texts", "fragments"])
def test_words_where_keys_belong_are_named(pack: Path, name: str) -> None:
    text = SMALL[: SMALL.index("texts:")] + f"{name}: none\n"
    (pack / "policy.yaml").write_text(text, encoding="utf-8")
    assert f"policy.yaml, line 2: {name} is no list of 'key: value'; mend it" in refusal(pack)


def damage(path: Path, how: str) -> None:
    whole = path.read_bytes()
    with np.load(path) as read:
        arrays = dict(read)
    if how == "nothing":
        path.write_bytes(b"")
    elif how == "half":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "words":
        path.write_text("no weights")
    elif how == "one array":
        with path.open("wb") as file:
            np.save(file, arrays["out"])
    elif how == "a byte":
        path.write_bytes(whole[:5000] + bytes([whole[5000] ^ 255]) + whole[5001:])
    elif how == "an array less":
        np.savez(path, **{name: array for name, array in arrays.items() if name != "looks"})
    elif how == "another shape":
        np.savez(path, **{**arrays, "looks": arrays["looks"][:, :, :3]})
    else:
        np.savez(path, **{**arrays, "thresholds": arrays["thresholds"][:1]})


@pytest.mark.parametrize(
    "how", ["nothing", "half", "words", "one array", "a byte", "an array less", "another shape", "a threshold"]
)
def test_a_damaged_model_is_named_with_its_mend(pack: Path, how: str) -> None:
    shutil.copy(PACKAGED / "signs.npz", pack)
    damage(pack / "signs.npz", how)
    said = refusal(pack)
    assert f"{pack / 'signs.npz'} is no model of signs (" in said
    assert said.endswith("make it anew with training/signs.py")
