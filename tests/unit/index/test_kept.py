from dataclasses import replace

from acobot.index.kept import KeptSources
from acobot.sources import Particulars, Source

EMPTY = Source("", Particulars(title="Cats"), "", (), (), "", "")


def source(name: str) -> Source:
    return replace(EMPTY, id=name, text="x" * len(name))


def test_sources_are_kept_up_to_so_many_characters_the_last_one_always() -> None:
    read: list[str] = []

    def get(name: str) -> None:
        def reading(source_id: str) -> Source:
            read.append(source_id)
            return source(source_id)

        assert kept.get(name, reading).id == name

    kept = KeptSources(7)
    for name in ("cats", "dog", "cats", "dog"):
        get(name)
    assert read == ["cats", "dog"]
    get("ape")  # of the others "cats" was read longest ago
    get("dog")
    assert read == ["cats", "dog", "ape"]
    get("elephants")  # longer than all that may be kept
    get("elephants")
    get("ape")
    assert read[3:] == ["elephants", "ape"]
