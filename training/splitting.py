"""Pools and articles → a part to train on and a part kept aside, parted by passage, document or conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from training.records import Pool
from training.sets import EVALUATION, Article

TENTH, FIFTH, QUARTER = 10, 5, 4
Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is trained on and what is kept aside, by the sets' names."""

    pools: Mapping[str, Pool]
    articles: Mapping[str, Sequence[Article]]
    kept_pools: Mapping[str, Pool]
    kept_articles: Mapping[str, Sequence[Article]]


def split(pools: Mapping[str, Pool], articles: Mapping[str, Sequence[Article]]) -> Parts:
    """A tenth of each set is kept aside; more of the small ones, of which a tenth would tell nothing."""
    train, kept = {}, {}
    for name, pool in pools.items():
        share = FIFTH if name in EVALUATION else TENTH
        chosen, aside = _part(pool.asked, lambda one: one.group, share)
        train[name], kept[name] = replace(pool, asked=tuple(chosen)), replace(pool, asked=tuple(aside))
    train_articles, kept_articles = {}, {}
    for name, every in articles.items():
        share = QUARTER if name == "squad2" else TENTH
        train_articles[name] = [one for number, one in enumerate(every) if number % share]
        kept_articles[name] = every[::share]
    return Parts(train, train_articles, kept, kept_articles)


def _part(members: Sequence[Member], group: Callable[[Member], str], share: int) -> tuple[list[Member], list[Member]]:
    """Members of all groups but every so-manieth, and those of these; always the same, so that figures compare."""
    aside = set(sorted({group(one) for one in members})[::share])
    return [one for one in members if group(one) not in aside], [one for one in members if group(one) in aside]
