import pytest

from acobot.sources import Block, BlockKind, Particulars, Source


@pytest.mark.parametrize("kind", BlockKind)
def test_all_but_headings_and_furniture_can_be_quoted(kind: BlockKind) -> None:
    assert Block(kind, 0, 1).quotable is (kind is not BlockKind.HEADING)
    assert not Block(kind, 0, 1, furniture=True).quotable


def test_a_table_is_headed_by_its_first_row_and_every_other_block_by_itself() -> None:
    kinds = [BlockKind.ROW, BlockKind.ROW, BlockKind.PARAGRAPH, BlockKind.ROW, BlockKind.ROW, BlockKind.ROW]
    blocks = tuple(Block(kind, 10 * number, 10 * number + 9) for number, kind in enumerate(kinds))
    source = Source("a", Particulars("A"), "x" * 60, blocks, (), "", "")
    assert [source.table_head(number) for number in range(6)] == [0, 0, 2, 3, 3, 3]
    assert [source.block_at(offset) for offset in (0, 9, 10, 35, 59)] == [0, 0, 1, 3, 5]


def test_a_table_right_below_another_has_a_head_of_its_own() -> None:
    text = "| a | b |\n|---|---|\n| c | d |\n\n| e | f |\n|:--|--:|\n| g | h |"
    starts = [text.index(one) for one in ("a |", "c |", "e |", "g |")]
    blocks = tuple(Block(BlockKind.ROW, start, start + 5) for start in starts)
    source = Source("a", Particulars("A"), text, blocks, (), "", "")
    assert [source.table_head(number) for number in range(4)] == [0, 0, 2, 2]


def test_however_many_rows_are_asked_for_a_table_is_walked_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = tuple(Block(BlockKind.ROW, 10 * number, 10 * number + 9) for number in range(300))
    source, walked = Source("a", Particulars("A"), "x" * 3000, blocks, (), "", ""), []
    begins = Source._begins_table

    def begins_table(self: Source, number: int) -> bool:
        walked.append(number)
        return begins(self, number)

    monkeypatch.setattr(Source, "_begins_table", begins_table)
    assert {source.table_head(number) for number in range(300)} == {0}
    assert len(walked) < 300


def test_an_item_stands_under_the_items_in_whose_lists_it_is_and_under_none_beside_these() -> None:
    levels = [0, 1, 0, 2, 1, 2, 0]
    kinds = [BlockKind.ITEM] * len(levels)
    blocks = [Block(kind, 10 * n, 10 * n + 9, level) for n, (kind, level) in enumerate(zip(kinds, levels, strict=True))]
    blocks += [Block(BlockKind.PARAGRAPH, 70, 79), Block(BlockKind.ITEM, 80, 89, 1)]
    source = Source("a", Particulars("A"), "x" * 90, tuple(blocks), (), "", "")
    assert [source.items_over(n) for n in range(9)] == [(), (0,), (), (2,), (2,), (2, 4), (), (), ()]
