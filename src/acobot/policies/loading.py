"""A policy pack's folder → `Policy`, checked. Errors name the file, the line and the mend.

policy.yaml     signs, phrases, numbers; `texts:` by language code
signs.npz       the model that reads meaning, tied to the encoder that it was fitted to; optional
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from acobot.errors import PackError
from acobot.languages import Language
from acobot.packing import check_record, expand_fragments, find_pack, packs_in, read_pack_file
from acobot.policies.model import FILE as MODEL
from acobot.policies.model import read_model
from acobot.policies.record import Policy

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
    said = expand_fragments(said, said.pop("fragments", {}), path, lines)
    texts = said.pop("texts", {})
    if language.code not in texts:
        known = ", ".join(texts) or "none"
        raise PackError(
            f"{path} has no texts in {language.code!r} (it has: {known}); add them under 'texts:', or set "
            f"ACOBOT_POLICY={NO_POLICY}"
        )
    model = read_model(folder / MODEL) if (folder / MODEL).exists() else None
    lines = {**lines, ("texts",): lines["texts", language.code]}
    return check_record(
        Policy, {**said, "texts": texts[language.code], "model": model, "name": folder.name}, path, lines
    )


def packaged_policies() -> tuple[str, ...]:
    """The names of the packs that come with acobot."""
    return packs_in(_HERE, RULES)
