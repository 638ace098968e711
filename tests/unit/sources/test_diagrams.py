"""Diagrams (SmartArt): their texts in the order in which they hang together, in Word and on slides."""

from __future__ import annotations

from typing import Any

import pytest
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from acobot.sources.diagrams import pieces_of
from acobot.sources.record import BlockKind
from acobot.sources.slides import read as read_slides
from tests.documents import paragraph
from tests.office_files import make_pptx
from tests.unit.sources.test_word_parts import draft_of

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACE = f'<d:relIds xmlns:d="{DRAWING}/diagram" xmlns:r="{RELATIONS}" r:dm="{{}}"/>'.format


def point(name: str, *texts: str, kind: str = "", prompt: str = "") -> str:
    said = "".join(f"<a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    kind = f' type="{kind}"' if kind else ""
    return f'<d:pt modelId="{name}"{kind}><d:prSet phldr="{prompt or 0}"/><d:t>{said}</d:t></d:pt>'


def line(above: str, below: str, place: str = "0", kind: str = "") -> str:
    kind = f' type="{kind}"' if kind else ""
    return f'<d:cxn modelId="{above}{below}" srcId="{above}" destId="{below}" srcOrd="{place}"{kind}/>'


def data(*parts: str) -> bytes:
    points, lines = ("".join(part for part in parts if part.startswith(tag)) for tag in ("<d:pt", "<d:cxn"))
    inside = f"<d:ptLst>{points}</d:ptLst><d:cxnLst>{lines}</d:cxnLst>"
    return f'<d:dataModel xmlns:d="{DRAWING}/diagram" xmlns:a="{DRAWING}/main">{inside}</d:dataModel>'.encode()


def texts(*parts: str) -> list[tuple[int, str]]:
    return [(piece.level, piece.text) for piece in pieces_of(data(*parts))]


STEPS = (
    *(point("2", "Pay the fee"), point("1", "Ask the desk"), point("3", "in cash"), point("0", kind="doc")),
    *(line("0", "2", "1"), line("0", "1", "0"), line("2", "3", "0"), point("9", "not shown", kind="sibTrans")),
    line("9", "1", "0", "presOf"),
)


def test_the_texts_of_a_diagram_stand_in_its_order_each_under_its_own() -> None:
    assert texts(*STEPS) == [(0, "Ask the desk"), (0, "Pay the fee"), (1, "in cash")]


def test_the_paragraphs_of_a_text_are_lines_and_a_prompt_is_none() -> None:
    assert texts(point("1", "Ann Lee", "Clerk"), point("2", "[Text]", prompt="1")) == [(0, "Ann Lee\nClerk")]


@pytest.mark.parametrize("raw", [b"", b"<d", data(point("1", "a"), point("2", "b"), line("1", "2"), line("2", "1"))])
def test_what_is_no_diagram_says_nothing(raw: bytes) -> None:
    """Also one that goes round in a circle."""
    assert pieces_of(raw) == []


def test_a_diagram_of_a_document_is_a_list_in_its_place() -> None:
    drawing = f"<w:p><w:r><w:drawing>{PLACE('diagramData_xml')}</w:drawing></w:r></w:p>"
    body = paragraph("Before.") + drawing + drawing.replace("diagramData_xml", "none") + paragraph("After.")
    said = "Before.\n\n- Ask the desk\n- Pay the fee\n- in cash\n\nAfter."
    assert draft_of(body, diagramData_xml=data(*STEPS)).text == said


def test_a_diagram_of_a_slide_is_a_list_under_its_title() -> None:
    def place(shown: Any) -> None:
        slide = shown.slides[0]
        name = PackURI("/ppt/diagrams/data1.xml")
        part = Part(name, "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", slide.part.package)
        part.blob = data(*STEPS)
        for relation in (slide.part.relate_to(part, f"{RELATIONS}/diagramData"), "none"):
            frame = (
                '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
                f'xmlns:a="{DRAWING}/main"><p:nvGraphicFramePr><p:cNvPr id="7" name="x"/></p:nvGraphicFramePr>'
                f'<p:xfrm><a:off x="9" y="9"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="x">'
                f"{PLACE(relation)}</a:graphicData></a:graphic></p:graphicFrame>"
            )
            slide.shapes._spTree.append(parse_xml(frame))

    draft = read_slides(make_pptx(("Fees", []), then=place))
    assert draft.text == "# Fees\n\n- Ask the desk\n- Pay the fee\n- in cash"
    assert [block.level for block in draft.blocks if block.kind is BlockKind.ITEM] == [0, 0, 1]
