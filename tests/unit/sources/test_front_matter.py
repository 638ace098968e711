import pytest

from acobot.sources.front_matter import KEYS, FrontMatter, FrontMatterError, split_front_matter


def values_of(*lines: str) -> dict[str, str]:
    return split_front_matter("\n".join(["---", *lines, "---", "Text."]))[0].values


def test_every_key_is_read_and_the_text_after_it_is_left() -> None:
    front, body = split_front_matter(
        "---\n"
        "title: A guide to bins\n"
        "publisher: Ashby Vale District Council\n"
        "author: Waste Team\n"
        "published: 2018-04-16\n"
        "updated: 2019-01\n"
        "url: https://ashbyvale.example/bins\n"
        "licence: OGL-UK-3.0\n"
        "kind: summary\n"
        "summary_of: Waste and recycling\n"
        "asks:\n"
        "  - When is my bin collected?\n"
        '  - "One thing: does it cost anything?"\n'
        "---\n"
        "\n"
        "# Bins\n"
    )
    assert front.values == {
        "title": "A guide to bins",
        "publisher": "Ashby Vale District Council",
        "author": "Waste Team",
        "published": "2018-04-16",
        "updated": "2019-01",
        "url": "https://ashbyvale.example/bins",
        "licence": "OGL-UK-3.0",
        "kind": "summary",
        "summary_of": "Waste and recycling",
    }
    assert front.asks == ("When is my bin collected?", "One thing: does it cost anything?")
    assert {*front.values, "asks", "selector"} == set(KEYS)
    assert body == "\n# Bins\n"


@pytest.mark.parametrize("value", ["2018-04", "no", "yes", "null", "~", "12", "1.0", "0x1F", "true", "1:30"])
def test_values_are_read_as_the_text_that_they_are(value: str) -> None:
    assert values_of(f"author: {value}") == {"author": value}


@pytest.mark.parametrize("value", ["2018", "2018-04", "2018-04-16", "2016-02-29"])
def test_dates_may_be_of_any_precision(value: str) -> None:
    assert values_of(f"published: {value}") == {"published": value}


def test_a_title_with_a_colon_is_quoted() -> None:
    assert values_of('title: "Bins: a guide"') == {"title": "Bins: a guide"}
    assert values_of("title: 'Bins: what''s new'") == {"title": "Bins: what's new"}


def test_a_value_over_several_lines_is_read_as_one() -> None:
    assert values_of("title: A guide", "  to bins") == {"title": "A guide to bins"}
    assert values_of("title: >", "  A guide", "  to bins") == {"title": "A guide to bins"}


def test_one_question_needs_no_list() -> None:
    assert split_front_matter("---\nasks: When is my bin collected?\n---\n")[0].asks == ("When is my bin collected?",)


def test_comments_are_not_read() -> None:
    assert values_of("# of the council", "title: Bins  # the short one") == {"title": "Bins"}


def test_front_matter_may_be_empty_and_may_end_with_dots() -> None:
    assert split_front_matter("---\n---\nText.") == (FrontMatter({}), "Text.")
    assert split_front_matter("---\ntitle: Bins\n...\nText.") == (FrontMatter({"title": "Bins"}), "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.",
        "---",
        "---\n",
        "---\n\nText after a rule.\n",
        "---\nText after a rule, which says: much.\n",
        "---\n# A heading after a rule\n\nText: with a colon.\n",
        "---\n- a list\n- after a rule\n---\n",
        "---\nhttps://ashbyvale.example is an address.\n",
        "----\ntitle: four hyphens\n----\n",
        " ---\ntitle: indented\n---\n",
        "+++\ntitle = 'another format'\n+++\n",
    ],
)
def test_a_text_without_front_matter_is_left_alone(text: str) -> None:
    assert split_front_matter(text) == (FrontMatter({}), text)


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (["title: Bins: a guide"], 2, "not valid YAML .*with a colon or another sign must stand in quotes"),
        (["author: A", "title: @bins"], 3, "not valid YAML .*must stand in quotes"),
        (['title: "Bins'], 2, "not valid YAML"),
        (["author: A", "\ttitle: B"], 3, "not valid YAML"),
        (["title: A", "author: B", "title: C"], 4, "the key 'title' stands twice; keep one"),
        (["title: A", "writer: B"], 3, "unknown key 'writer'; the keys are title, .*asks"),
        (["Title: A"], 2, "unknown key 'Title'; the keys are title, "),
        (["author: A", "title: [A, B]"], 3, "the value of 'title' must be text on one line; quote it"),
        (["title:", "  - A", "  - B"], 2, "the value of 'title' must be text on one line; quote it"),
        (["title:", "  main: A"], 2, "the value of 'title' must be text on one line; quote it"),
        (["title: A", "author:"], 3, "'author' has no value; give one or take the line out"),
        (['author: " "'], 2, "'author' has no value; give one or take the line out"),
        (["published: April 2018"], 2, "'published' is 'April 2018'; write an ISO date such as 2018, 2018-04 or"),
        (["published: 16/04/2018"], 2, "write an ISO date such as 2018, 2018-04 or 2018-04-16"),
        (["published: 2018-4"], 2, "write an ISO date"),
        (["published: 2018-13"], 2, "write an ISO date"),
        (["published: 2018-02-30"], 2, "write an ISO date"),
        (["published: ２０１８"], 2, "write an ISO date"),
        (["published: 2018", "updated: soon"], 3, "'updated' is 'soon'; write an ISO date"),
        (["kind: review"], 2, "'kind' is 'review'; it is one of original, summary"),
        (["url: ashbyvale.example"], 2, "'url' is 'ashbyvale.example'; write an address that begins with http:// or"),
        (["url: https://ashbyvale.example/a b"], 2, "write an address that begins with http:// or https://"),
        (["kind: original", "summary_of: A"], 3, "'summary_of' belongs to 'kind: summary'; take it out or"),
        (["title: A", "summary_of: B"], 3, "'summary_of' belongs to 'kind: summary'; take it out or give that kind"),
        (["asks:", "  - When: now"], 2, "'asks' must be a list of questions, one '- question' a line"),
        (["title: A", "author: B\x07C"], 3, r"holds U\+0007; take it out"),
        (["title: " + "[" * 5000], 2, "nested too deeply; write lines of 'key: value'"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line_and_the_mend(lines: list[str], line: int, reason: str) -> None:
    with pytest.raises(FrontMatterError, match=rf"(?s)^line {line}: .*{reason}"):
        values_of(*lines)


def test_a_block_that_is_never_closed_is_refused() -> None:
    with pytest.raises(FrontMatterError, match=r"^line 1: the front matter is never closed; end it with .*\(---\)"):
        split_front_matter("---\ntitle: Bins\n\nText.\n")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle The missing colon\npublisher: Foo\n---\nText.\n",
        "---\nsummary of: x\nkind: summary\n---\nText.\n",
    ],
)
def test_front_matter_that_was_meant_is_not_taken_for_text(text: str) -> None:
    with pytest.raises(FrontMatterError):
        split_front_matter(text)


@pytest.mark.parametrize(
    "text", ["---\n\ntitle: A\n---\nText.\n", "\n---\ntitle: A\n---\nText.\n", '---\n"title": "A"\n---\nText.\n']
)
def test_blank_lines_and_quoted_keys_do_not_hide_front_matter(text: str) -> None:
    front, body = split_front_matter(text)
    assert front.values == {"title": "A"}
    assert body == "Text.\n"
