"""Policy packs: everything that holds for one country's help lines, as data. Settings name one, or none."""

from acobot.policies.loading import NO_POLICY, load_policy, packaged_policies, policy_languages
from acobot.policies.model import KINDS, SignModel, most_pressing, read_model
from acobot.policies.record import URGENT, Phrase, Policy, Sign, Texts

__all__ = [
    "KINDS",
    "NO_POLICY",
    "URGENT",
    "Phrase",
    "Policy",
    "Sign",
    "SignModel",
    "Texts",
    "load_policy",
    "most_pressing",
    "packaged_policies",
    "policy_languages",
    "read_model",
]
