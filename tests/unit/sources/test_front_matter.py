import pytest

from acobot.sources.front_matter import KEYS, MOST_TEXTS, FrontMatter, FrontMatterError, split_front_matter


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
    others = {"asks", "selector", "keep", "drop", "valid_until", "superseded_by", "retrieved"}
    assert {*front.values, *others} == set(KEYS)
    assert body == "\n# Bins\n"


def test_the_day_that_a_page_was_fetched_is_a_date() -> None:
    assert values_of("retrieved: 2026-11-27") == {"retrieved": "2026-11-27"}
    with pytest.raises(FrontMatterError, match="'retrieved' is 'today'; write an ISO date"):
        values_of("retrieved: today")


@pytest.mark.parametrize("value", ["2018-04", "no", "yes", "null", "~", "12", "1.0", "0x1F", "true", "1:30"])
def test_values_are_read_as_the_text_that_they_are(value: str) -> None:
    assert values_of(f"author: {value}") == {"author": value}


@pytest.mark.parametrize("value", ["2018", "2018-04", "2018-04-16", "2016-02-29"])
def test_dates_may_be_of_any_precision(value: str) -> None:
    assert values_of(f"published: {value}") == {"published": value}


def test_a_title_with_a_colon_is_quoted() -> None:
    assert values_of('title: "Bins: a guide"') == {"title": "Bins: a guide"}
    assert values_of("title: 'Bins: what''s new'") == {"title": "Bins: what's new"}


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Bins: a guide", "Bins: a guide"),
        ("Bins: what's new: all of it", "Bins: what's new: all of it"),
        ("@bins", "@bins"),
        ("% of bins emptied", "% of bins emptied"),
    ],
)
def test_a_value_may_lack_the_quotes_that_it_needs(value: str, title: str) -> None:
    assert values_of(f"title: {value}", "author: A") == {"title": title, "author": "A"}


def test_lines_below_one_that_lacks_its_quotes_are_counted_as_they_stand() -> None:
    with pytest.raises(FrontMatterError, match=r"^line 3: 'updated' is 'soon'"):
        values_of("title: Bins: a guide", "updated: soon")


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
        "---\nNote: the office is shut.\n\nText that no rule ends.\n",
        "---\nNote: the office is shut on Mondays.\n---\nText between rules.\n",
        "---\nNote: a text: with colons\n---\n",
        "+++\nText between signs\n+++\n",
        "---\nhttps://ashbyvale.example is an address.\n",
        "----\ntitle: four hyphens\n----\n",
        " ---\ntitle: indented\n---\n",
    ],
)
def test_a_text_without_front_matter_is_left_alone(text: str) -> None:
    assert split_front_matter(text) == (FrontMatter({}), text)


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (['title: "Bins": a guide'], 2, "not valid YAML .*with a colon or another sign must stand in quotes"),
        (["author: A", "title: {bins"], 3, "not valid YAML .*must stand in quotes"),
        (['title: "Bins'], 2, "not valid YAML"),
        (["author: A", "\ttitle: B"], 3, "not valid YAML"),
        (["title: A", "author: B", "title: C"], 4, "the key 'title' stands twice; keep one"),
        (["author: A", "title: [A, B]"], 3, "the value of 'title' must be text on one line; quote it"),
        (["title:", "  - A", "  - B"], 2, "the value of 'title' must be text on one line; quote it"),
        (["title:", "  main: A"], 2, "the value of 'title' must be text on one line; quote it"),
        (["published: 2018-4"], 2, "write an ISO date"),
        (["published: 2018-13"], 2, "write an ISO date"),
        (["published: 2018-02-30"], 2, "write an ISO date"),
        (["published: ２０１８"], 2, "write an ISO date"),
        (["valid_until: 04/05/2025"], 2, "'valid_until' is '04/05/2025'; write an ISO date"),
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
        "---\nsummary of: x\nkind: original\n---\nText.\n",
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


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2023-05-04T10:00:00Z", "2023-05-04"),
        ("2023-05-04 10:00:00 +0100", "2023-05-04"),
        ("16/04/2018", "2018-04-16"),
        ("04/05/2023", "2023"),
        ("4.5.2023", "2023-05-04"),
        ("4 May 2023", "2023-05-04"),
        ("Thursday, 4th May 2023", "2023-05-04"),
        ("May 4, 2023", "2023-05-04"),
        ("4. März 2023", "2023-03-04"),
        ("Sept. 2023", "2023-09"),
    ],
)
def test_dates_may_be_written_as_people_and_other_tools_write_them(value: str, iso: str) -> None:
    assert values_of(f"published: {value}") == {"published": iso}


def test_keys_may_be_in_capitals_and_have_no_value() -> None:
    assert values_of("Title: Bins", "AUTHOR:", 'Licence: " "', "published: true") == {"title": "Bins"}


def test_what_other_tools_say_is_read_where_it_says_the_same_and_else_passed_over() -> None:
    lines = ("layout: page", "title: Bins", "date: 2023-05-04 09:30:00 +0100", "tags: [a, b]", "permalink: /bins/")
    assert values_of(*lines, "url: /bins/", "lastmod: soon") == {"title": "Bins", "published": "2023-05-04"}
    assert values_of("date: 2020", "published: 2021") == {"published": "2021"}
    assert split_front_matter("---\ntitre: Bacs\nauteur: A. B.\n---\nText.") == (FrontMatter({}), "Text.")


def test_a_list_of_authors_is_joined() -> None:
    assert values_of("authors:", "  - A. Ashby", "  - name: B. Vale", "    role: editor") == {
        "author": "A. Ashby, B. Vale"
    }
    assert values_of("author: [A, B]") == {"author": "A, B"}


def test_toml_is_read_too() -> None:
    lines = ("title = 'Bins: a guide'", "date = 2023-05-04T10:00:00Z", "authors = ['A', 'B']", "[params]", "wide = 1")
    values = {"title": "Bins: a guide", "published": "2023-05-04", "author": "A, B"}
    assert split_front_matter("\n".join(["+++", *lines, "+++", "Text."])) == (FrontMatter(values), "Text.")
    with pytest.raises(FrontMatterError, match=r"^line 3: the front matter is not valid TOML"):
        split_front_matter("+++\ntitle = 'Bins'\nauthor = A B\n+++\nText.")
    with pytest.raises(FrontMatterError, match=r"^line 3: 'kind' is 'review'"):
        split_front_matter("+++\ntitle = 'Bins'\nkind = 'review'\n+++\nText.")


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        (
            '---\ntitle: A\npublisher: "X\\ud83d"\n---\n',
            3,
            "holds half a character (U+D83D); write the whole character",
        ),
        ('---\ntitle: "\\ude00\\ud83d"\n---\n', 2, "holds half a character (U+DE00)"),
        ('---\ntitle: "a\\u0007b"\n---\n', 2, "holds U+0007, which is no character of a text; take it out"),
        ('---\nauthor: B\nasks:\n  - A\n  - "a\\0b"\n---\n', 5, "holds U+0000"),
        ('---\nauthor: [B, "\\uFFFF"]\n---\n', 2, "holds U+FFFF"),
        ('+++\nauthor = "B"\ntitle = "a\\u0007b"\n+++\n', 3, "holds U+0007"),
    ],
)
def test_what_is_no_character_is_refused_with_its_line(block: str, line: int, reason: str) -> None:
    with pytest.raises(FrontMatterError) as refused:
        split_front_matter(f"{block}\nText.\n")
    assert (refused.value.line, refused.value.reason.removeprefix("the front matter ")[: len(reason)]) == (line, reason)


def test_the_halves_of_a_character_are_joined() -> None:
    front, _ = split_front_matter('---\ntitle: "Bins \\ud83d\\ude00"\nasks: ["When \\ud83d\\ude00?"]\n---\n\nText.\n')
    assert (front.values["title"], front.asks) == ("Bins 😀", ("When 😀?",))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("line", ["{parts} = 1", "x = {{{parts} = 1}}", "[{parts}]"])
def test_a_key_of_very_many_parts_takes_no_memory(line: str) -> None:
    long = line.format(parts=".".join("a" * 50_000))
    with pytest.raises(FrontMatterError, match="line 3: the front matter has a key of more than 200 parts"):
        split_front_matter(f"+++\ntitle = 'A'\n{long}\n+++\nBins.\n")
    unknown = f"+++\n{long}\n+++\nBins.\n"
    assert split_front_matter(unknown) == (FrontMatter({}), unknown)


def test_front_matter_that_is_a_whole_text_is_not_parsed() -> None:
    with pytest.raises(FrontMatterError, match="has more than 2,000,000 characters"):
        split_front_matter(f"---\ntitle: A\nasks:\n{'- Who?' * 400_000}\n---\nBins.\n")


@pytest.mark.parametrize("key", ["keep", "drop"])
def test_texts_that_are_looked_for_in_each_block_are_not_without_number(key: str) -> None:
    def lines(count: int) -> str:
        return f"---\ntitle: Bins\n{key}:\n" + "- Bins\n" * count + "---\nBins.\n"

    assert len(getattr(split_front_matter(lines(MOST_TEXTS))[0], key)) == MOST_TEXTS
    with pytest.raises(FrontMatterError, match=f"line 3: '{key}' has more than {MOST_TEXTS} texts"):
        split_front_matter(lines(MOST_TEXTS + 1))


@pytest.mark.parametrize(
    ("head", "draft"),
    [
        ("---\ntitle: A\ndraft: true\n---\n", "draft: true"),
        ("---\nDraft: True\n---\n", "draft: true"),
        ("+++\ntitle = 'A'\ndraft = true\n+++\n", "draft: true"),
        ("---\nlayout: post\npublished: false\n---\n", "published: false"),
        ("---\ntitle: A\npublish: false\n---\n", "publish: false"),
        ("---\ntitle: A\ndraft: false\npublished: true\n---\n", ""),
        ("---\ntitle: A\ndraft: The first of three\npublished: 2026-11-02\n---\n", ""),
    ],
)
def test_a_page_may_say_that_it_is_a_draft(head: str, draft: str) -> None:
    front, _ = split_front_matter(head + "Bins.\n")
    assert (front.draft, [key for key, _ in front.unknown if key != "layout"]) == (draft, [])
