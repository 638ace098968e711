"""What MDX adds to Markdown."""

import pytest

from acobot.sources.markdown import read_markdown


def said(body: str) -> list[str]:
    draft = read_markdown(body)
    return [draft.text[block.start : block.end] for block in draft.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "import Tabs from '@theme/Tabs';",
        'import {Price, Note as Hint} from "../parts"',
        "import './page.css';",
        "export const rate = () => <b>£3.99</b>;",
        "export const meta = {\n  price: '£2',\n};",
        "export default function Page() {\n  return null\n}",
    ],
)
def test_imports_and_exports_are_not_read(line: str) -> None:
    assert said(f"{line}\n\nBins are free.") == ["Bins are free."]


@pytest.mark.parametrize(
    "text",
    ["Import duties are paid by you.", "import duties from 'abroad' are paid by you.", "export default rates fell."],
)
def test_sentences_that_begin_alike_are(text: str) -> None:
    assert said(text) == [text]


def test_the_tags_of_components_go_and_their_words_stay() -> None:
    tabs = '<Tabs>\n<TabItem value="eu" label="Europe">\n\nIt costs £16.\n\n</TabItem>\n</Tabs>'
    assert said(tabs) == ["Europe", "It costs £16."]
    assert said("<Note>Tell us within 14 days.</Note>") == ["Tell us within 14 days."]
    assert said('It is <Price of="bins">£4</Price> a week, `<Note>` says.\n\n<Note>\nYes.\n</Note>') == [
        "It is £4 a week, <Note> says.",
        "Yes.",
    ]


def test_a_blank_to_fill_in_and_code_stay() -> None:
    assert said("Dear <Name>, you owe <Sum>.") == ["Dear <Name>, you owe <Sum>."]
    assert said("```\nimport x from 'y'\n<Note>a</Note>\n```") == ["import x from 'y'\n<Note>a</Note>"]
