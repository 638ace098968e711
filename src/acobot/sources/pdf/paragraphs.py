"""Lines of all pages in reading order → pieces: what is a heading, a list item, a row, and where paragraphs end.

Told by the height and weight of letters, the gaps between lines, and where lines begin and end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from acobot.sources.drafting import Piece, row
from acobot.sources.nesting import item_levels
from acobot.sources.pdf.blocks import LEADERS, Look, Open, is_under, let_in, marked, middle_of, table_of
from acobot.sources.pdf.columns import LEAST_LETTERS, Line
from acobot.sources.pdf.heads import with_one_head
from acobot.sources.pdf.hyphens import KnownWords
from acobot.sources.pdf.insets import amid_sentences, quotations
from acobot.sources.pdf.items import is_item
from acobot.sources.pdf.leaders import with_led_cells
from acobot.sources.pdf.lines import HEAVIER, HYPHEN
from acobot.sources.pdf.notes import footnotes
from acobot.sources.pdf.side_tables import in_turn
from acobot.sources.pdf.tables import MARK, tabular, with_empty_cells, with_tight_cells, with_whole_rows
from acobot.sources.pdf.turned_rows import with_turned_rows
from acobot.sources.record import BlockKind
from acobot.sources.wording import Wording

LARGER = 1.12  # times the height of the text: a heading
HEADING_WORDS = 25
LARGEST_SAID = 1.6  # times the height of the text: what is larger and says a sentence may be a title
SAID_WORDS = 12  # of a sentence; one that says more is no heading
SENTENCES_WORDS = 8  # of two sentences that say more than a title such as "Your health. Your say."
BOLD_WORDS = 16  # of a heading that is only bold
WIDER = 1.3  # times the usual step from line to line: a paragraph ends
INDENT = 0.8  # times the height, by which a paragraph's first line may stand in
_CLAUSE = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?\s+\S")
_LABELLED = re.compile(r"[^\W\d_][^:.!?]{0,29}: \S")  # "Date of issue: 2 May"
_ENDED = re.compile(r"[.!?:;…][\"'’”)\]]*$")
_STATED = re.compile(r"[.!…][\"'’”)\]]*$")
_SENTENCES = re.compile(r"[^\W\d_]{2}[.!?][\"'’”)\]]*\s+\S")
_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]*$")


def pieces_of(pages: Sequence[Sequence[Line]], wording: Wording) -> list[Piece]:
    """The pieces of a document from its lines, page by page; headings are ranked by their look."""
    lines = list(chain.from_iterable(with_turned_rows([_with_tables(page) for page in pages])))
    if not lines:
        return []
    return list(_Reader(lines, wording).read())


def _with_tables(page: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of tables as whole rows with a cell in each column."""
    return in_turn(with_empty_cells(with_one_head(with_whole_rows(with_tight_cells(with_led_cells(page))))))


class _Reader:
    def __init__(self, lines: list[Line], wording: Wording) -> None:
        self._lines = lines
        self._words = KnownWords((line.text for line in lines), wording)
        sizes: Counter[int] = Counter()
        weights: Counter[int] = Counter()
        for cell in chain.from_iterable(line.cells for line in lines):
            sizes[round(2 * cell.height)] += len(cell.text)
            weights[cell.weight] += len(cell.text)
        self._size = sizes.most_common(1)[0][0]
        self._weight = weights.most_common(1)[0][0]
        self._step = self._usual_step()
        self._tabular = tabular(lines)
        self._notes = footnotes(lines, self._size / 2)
        looks = [self._look(line) for line in lines]
        self._insets = amid_sentences(lines, looks, self._size, self._tabular | self._notes)
        self._sayings = quotations(lines, looks, self._size)
        self._widest = self._edges()

    def read(self) -> Iterator[Piece]:
        """All blocks, one after another."""
        blocks = [self._as_said(block) for block in self._blocks()]
        looks = sorted({block.look for block in blocks if block.kind is BlockKind.HEADING}, reverse=True)
        for number, (block, depth) in enumerate(zip(blocks, item_levels(marked(blocks)), strict=True)):
            level = min(looks.index(block.look) + 1, 6) if block.kind is BlockKind.HEADING else depth
            piece = self._piece(block, level)
            # A table with rules right above one without, or the other way round, is another one; so is one beside it.
            apart = number > 0 and table_of(blocks[number - 1]) != table_of(block)
            yield replace(piece, begins=True) if apart and block.kind is BlockKind.ROW else piece

    def _blocks(self) -> Iterator[Open]:
        """The blocks in order; what stands beside or amid a paragraph waits until that ends, perhaps a page later."""
        current: Open | None = None
        waiting: list[Open] = []
        for number, line in enumerate(self._lines):
            if number in self._notes:
                waiting.append(Open(BlockKind.PARAGRAPH, self._look(line), [line], [line.text], is_note=True))
                continue
            is_inset = number in self._insets
            kind = BlockKind.PARAGRAPH if is_inset else self._kind(number)
            beside = waiting[-1] if waiting and not waiting[-1].is_note else None
            last = beside if line.part or is_inset else current
            after_inset = not is_inset and number - 1 in self._insets
            if last and (self._goes_on_after_turn(last, line) if after_inset else self._goes_on(last, line, kind)):
                last.lines.append(line)
                last.texts.append(line.text)
                continue
            if line.part or is_inset:
                waiting.append(self._opened(kind, line))
                continue
            if current:
                yield current
            yield from let_in(waiting, kind)
            waiting.clear()
            current = self._opened(kind, line)
        if current:
            yield current
        yield from waiting

    def _opened(self, kind: BlockKind, line: Line) -> Open:
        mark = MARK.match(line.text) if kind is BlockKind.ITEM else None
        return Open(kind, self._look(line), [line], [line.text[mark.end() :] if mark else line.text])

    def _look(self, line: Line) -> Look:
        return round(2 * line.height), self._is_bold(line)

    def _is_bold(self, line: Line) -> bool:
        return all(cell.weight > self._weight + HEAVIER for cell in line.cells)

    def _kind(self, number: int) -> BlockKind:
        line = self._lines[number]
        words = len(line.text.split())
        if number in self._tabular:
            return BlockKind.ROW
        larger = 2 * line.height > LARGER * self._size and words <= HEADING_WORDS
        worded = any(char.isalpha() for char in line.text) and number not in self._sayings
        if worded and (larger or (words <= BOLD_WORDS and self._is_bold(line) and self._stands_alone(number))):
            return BlockKind.HEADING
        if is_item(self._lines, number, self._is_parted):
            return BlockKind.ITEM
        return BlockKind.ROW if line.is_far_apart else BlockKind.PARAGRAPH

    def _as_said(self, block: Open) -> Open:
        """A block; no heading where it says what a text's lead in larger letters does: a long sentence, or two."""
        height, is_bold = block.look
        text = " ".join(block.texts)
        if block.kind is not BlockKind.HEADING or is_bold or height > LARGEST_SAID * self._size:
            return block
        words = len(text.split())
        says = words > SAID_WORDS or (words > SENTENCES_WORDS and _SENTENCES.search(text))
        return replace(block, kind=BlockKind.PARAGRAPH) if says and _STATED.search(text) else block

    def _stands_alone(self, number: int) -> bool:
        """Whether a line can be a heading by where it stands: not within a paragraph that goes on before it."""
        before, line = self._lines[number - 1] if number else None, self._lines[number]
        if before is None or before.page != line.page or before.column != line.column or self._is_bold(before):
            return True
        ended = line.text[:1].isupper() and self._had_room(before, line)
        return ended or self._is_parted(before, line)

    def _is_parted(self, before: Line, line: Line) -> bool:
        """Whether more than what a sentence needs is between a line and the next: its end, or room."""
        return bool(_ENDED.search(before.text)) or self._is_far(before, line)

    def _goes_on(self, block: Open, line: Line, kind: BlockKind) -> bool:
        """Whether a line belongs to the block before it."""
        last = block.lines[-1]
        if BlockKind.ROW in {kind, block.kind} or last.part != line.part or block.is_entry or LEADERS.search(line.text):
            return False
        if BlockKind.HEADING in {kind, block.kind}:
            near = last.page == line.page and last.column == line.column and not self._is_far(last, line)
            return kind is block.kind and near and block.look == self._look(line)
        if kind is BlockKind.ITEM:
            return False
        if last.page == line.page and last.column == line.column and not is_under(block, line):
            return False
        if last.page != line.page or last.column != line.column:
            return not line.part and self._goes_on_after_turn(block, line)
        if self._is_far(last, line) or abs(block.look[0] - round(2 * line.height)) > 1:
            return False
        return not self._begins_anew(block, line)

    def _begins_anew(self, block: Open, line: Line) -> bool:
        """Whether a line without a gap before it begins a paragraph: it stands in, or the one before had room left."""
        last, first = block.lines[-1], block.lines[0]
        ended = bool(_SENTENCE_END.search(last.text))
        had_room = self._had_room(last, line)
        # What goes on in an item stands in, as far as the text after its mark, or fills its lines.
        if block.kind is BlockKind.ITEM:
            begins = line.left < first.left + 1 and line.text[:1].isupper()
            return begins and (had_room or (ended and len(block.lines) > 1))
        clause = _CLAUSE.match(line.text)
        named = had_room and len(block.lines) == 1 and not _ENDED.search(last.text)  # "2 Visits" above "2.1 No visit"
        if clause and ((named and clause[0][-1].isupper()) or (ended and _CLAUSE.match(first.text))):
            return True
        if _LABELLED.match(line.text) and line.text[0].isupper() and (had_room or _LABELLED.match(last.text)):
            return True
        if line.left - last.left > INDENT * line.height and ended and last.left <= first.left + 1:
            return True
        return ended and had_room

    def _goes_on_after_turn(self, block: Open, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page: the sentence has not ended."""
        last = block.texts[-1]
        if abs(block.look[0] - round(2 * line.height)) > 1 or _ENDED.search(last):
            return False
        full = self._is_full(block.lines[-1]) and len(block.lines[-1].text) >= LEAST_LETTERS
        return line.text[:1].islower() or last.endswith(("-", "‐", HYPHEN)) or full

    def _is_full(self, line: Line) -> bool:
        """Whether a line of a paragraph fills most of its column, so that it is not the paragraph's last."""
        return self._room(line) < 4 * line.height

    def _had_room(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would have stood on the one before it, had that been meant to go on."""
        word = line.text.split(maxsplit=1)[0]
        width = (line.end - line.left) * (len(word) + 2) / max(len(line.text), 1)
        return self._room(last) > width + INDENT * line.height

    def _room(self, line: Line) -> float:
        """How far a line ends from where the lines around it end at most."""
        return self._widest[id(line)] - line.end

    def _edges(self) -> dict[int, float]:
        """For each line how far right the lines of its run reach, by the line's identity."""
        runs: list[list[Line]] = [[]]
        for number, line in enumerate(self._lines):
            last = runs[-1][-1] if runs[-1] else line
            parted = number in self._tabular or last.page != line.page or last.column != line.column
            if parted or self._is_far(last, line) or abs(last.height - line.height) > 1:
                runs.append([])
            runs[-1].append(line)
        widest = ((run, max(line.end for line in run)) for run in runs if run)
        return {id(line): edge for run, edge in widest for line in run}

    def _is_far(self, before: Line, after: Line) -> bool:
        """Whether there is more between two lines of a column than is usual."""
        step = middle_of(before) - middle_of(after)
        size = max(before.height, after.height)
        return step > WIDER * self._step * size or step < 0

    def _usual_step(self) -> float:
        """From line to line within paragraphs, in heights of the letters: the step that most lines take."""
        steps: Counter[float] = Counter()
        for before, after in pairwise(self._lines):
            step = middle_of(before) - middle_of(after)
            if before.column == after.column and before.page == after.page and 0 < step < 3 * after.height:
                steps[round(step / after.height, 1)] += 1
        return max(steps.most_common(1)[0][0], 0.9) if steps else 1.2

    def _piece(self, block: Open, level: int) -> Piece:
        first = block.lines[0]
        if block.kind is BlockKind.ROW:
            return Piece(block.kind, row([cell.text.replace(HYPHEN, "-") for cell in first.cells]), 0, page=first.page)
        text, begins = self._words.run_on(block.texts)
        pages = [line.page for line in block.lines]
        turns = [
            at for at, before, page in zip(begins[1:], pages, pages[1:], strict=False) for _ in range(page - before)
        ]
        furniture = block.is_note or block.is_entry
        return Piece(block.kind, text, level, furniture, first.page, tuple(turns))
