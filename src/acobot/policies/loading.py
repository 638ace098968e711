"""A policy pack's folder → `Policy`, checked. Errors name the file, the line and the mend.

policy.yaml     signs, phrases, numbers; `texts:` by language code
signs.npz       the model that reads meaning, tied to the encoder that it was fitted to; optional
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from acobot.errors import PackError
from acobot.languages import Language
from acobot.packing import Lines, check_record, expand_fragments, find_pack, keys_under, packs_in, read_pack_file
from acobot.policies.model import FILE as MODEL
from acobot.policies.model import KINDS, read_model
from acobot.policies.record import Policy, Sign

NO_POLICY = "none"
RULES = "policy.yaml"
_HERE = Path(__file__).parent


@cache
def load_policy(name: str, language: Language) -> Policy | None:
    """The policy pack of this name or in this folder, in a language; None for "none". Raises `PackError`."""
    if name == NO_POLICY:
        return None
    folder = find_pack(name, _HERE, RULES, "ACOBOT_POLICY")
    path = folder / RULES
    said, lines, _ = read_pack_file(path)
    fragments = keys_under(said, "fragments", path, lines)
    said = expand_fragments(said, fragments, path, lines)
    texts = keys_under(said, "texts", path, lines)
    if language.code not in texts:
        known = ", ".join(texts) or "none"
        raise PackError(
            f"{path}, line {lines.get(('texts',), 1)}: there are no texts in {language.code!r} (there are: {known}); "
            f"add them under 'texts:', or set ACOBOT_POLICY={NO_POLICY}"
        )
    model = read_model(folder / MODEL) if (folder / MODEL).exists() else None
    rest = {**said, "texts": texts[language.code], "model": model, "name": folder.name}
    of_texts = {("texts", *at[2:]): line for at, line in lines.items() if at[:2] == ("texts", language.code)}
    policy = check_record(Policy, rest, path, {**lines, **of_texts})
    _check_patterns(policy, path, lines)
    _check_signs(policy, path, of_texts["texts", "signs"])
    return policy


def packaged_policies() -> tuple[str, ...]:
    """The names of the packs that come with acobot."""
    return packs_in(_HERE, RULES)


def policy_languages(name: str) -> tuple[str, ...]:
    """The codes of the languages that a policy pack has texts in. Raises `PackError`."""
    path = find_pack(name, _HERE, RULES, "ACOBOT_POLICY") / RULES
    said, lines, _ = read_pack_file(path)
    return tuple(keys_under(said, "texts", path, lines))


def _check_signs(policy: Policy, path: Path, line: int) -> None:
    """Every sign that is looked for has its text."""
    looked_for = {*policy.phrases, *(map(Sign, KINDS) if policy.model else ())}
    if lacking := [sign.value for sign in Sign if sign in looked_for - policy.texts.signs.keys()]:
        raise PackError(f"{path}, line {line}: there is no text for {lacking[0]!r}, which is looked for; add it")


def _check_patterns(policy: Policy, path: Path, lines: Lines) -> None:
    """No pattern finds all; each phrase finds what it is said to find, and nothing that it is said to leave alone."""
    for name in ("call", "figures_of_speech"):
        _check_finds_something(getattr(policy, name), path, lines.get((name,), 1))
    for sign, phrases in policy.phrases.items():
        for number, phrase in enumerate(phrases):
            at = ("phrases", sign.value, number)
            _check_finds_something(phrase.pattern, path, lines[*at, "pattern"])
            for key, texts in (("shows", phrase.shows), ("ordinary", phrase.ordinary)):
                for place, text in enumerate(texts):
                    found = bool(phrase.pattern.search(policy.figures_of_speech.sub(" ", text)))
                    if found != (key == "shows"):
                        told = "finds" if found else "does not find"
                        line = lines[*at, key, place]
                        raise PackError(f"{path}, line {line}: the phrase {told} {text!r}; mend one of the two")


def _check_finds_something(pattern: re.Pattern[str], path: Path, line: int) -> None:
    if pattern.search(""):
        raise PackError(f"{path}, line {line}: the pattern finds every text, an empty one too; mend it")
