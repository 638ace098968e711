"""Pools and articles → a part to train on and a part kept aside, parted by passage, document or conversation."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from training.records import Pool
from training.sets import EVALUATION, Article

TENTH, FIFTH = 10, 5
SEED = 3  # of which groups are kept aside; not a matter of taste, so that figures compare
Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is trained on and what is kept aside, by the sets' names."""

    pools: Mapping[str, Pool]
    articles: Mapping[str, Sequence[Article]]
    kept_pools: Mapping[str, Pool]
    kept_articles: Mapping[str, Sequence[Article]]


def split(pools: Mapping[str, Pool], articles: Mapping[str, Sequence[Article]]) -> Parts:
    """A tenth of each set is kept aside; a fifth of the small ones, of which a tenth would tell nothing."""
    train, kept = {}, {}
    for name, pool in pools.items():
        share = FIFTH if name in EVALUATION else TENTH
        chosen, aside = _part(pool.asked, lambda one: one.group, share)
        train[name], kept[name] = replace(pool, asked=tuple(chosen)), replace(pool, asked=tuple(aside))
    train_articles, kept_articles = {}, {}
    for name, every in articles.items():
        share = FIFTH if name == "squad2" else TENTH
        train_articles[name], kept_articles[name] = _part(every, lambda one: one.title, share)
    return Parts(train, train_articles, kept, kept_articles)


def _part(members: Sequence[Member], group: Callable[[Member], str], share: int) -> tuple[list[Member], list[Member]]:
    """Members of all groups but one in `share`, and those of that one."""
    groups = sorted({group(one) for one in members})
    random.Random(SEED).shuffle(groups)
    aside = set(groups[::share])
    return [one for one in members if group(one) not in aside], [one for one in members if group(one) in aside]
