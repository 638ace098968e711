import pytest

from acobot.sources import Block, BlockKind


@pytest.mark.parametrize("kind", BlockKind)
def test_all_but_headings_and_furniture_can_be_quoted(kind: BlockKind) -> None:
    assert Block(kind, 0, 1).quotable is (kind is not BlockKind.HEADING)
    assert not Block(kind, 0, 1, furniture=True).quotable
