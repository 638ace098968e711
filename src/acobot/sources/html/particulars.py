"""What a page says of itself in its meta elements and JSON-LD, in its <title> and at its foot.

Takes a parsed page, gives particulars by their names.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import html

from acobot.sources.drafting import said
from acobot.sources.owners import NAME, owner_of
from acobot.sources.wording import NO_WORDS, Wording

# Names of meta elements, best first. "article:author" may be the address of a profile, and is then left out.
_META = {
    "title": ("citation_title", "og:title", "dc.title", "dcterms.title"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "publisher", "og:site_name"),
    "author": ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author"),
    "published": (
        "citation_publication_date", "article:published_time", "dc.date.issued", "dcterms.issued", "dcterms.created",
        "dc.date", "dcterms.date", "date",
    ),
    "updated": ("article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "last-modified"),
    "url": ("og:url",),
    "licence": ("dcterms.license", "dc.rights.license"),
}  # fmt: skip
MOST_OWNED = 20  # lines that speak of whose the page is
_FOOT = re.compile(r"(?:(?:site|page|main|global|the)[-_]*)?(?:footer|copyright)(?:[-_]\S*)?", re.IGNORECASE)
_WITHIN = frozenset({"main", "article", "figure"})  # what stands at their foot may be of a picture
_OWNED = ".//text()[contains(., '©') or contains(., 'opyright') or contains(., '(c)')]"
_DOMAIN = re.compile(r"\w+(?:\.\w+)+|[A-Z]{2,}")  # a name of its own kind, or letters for one
_HOME = re.compile(r"(?:https?://[^/?#]+)?/(?:index\.\w+)?")
_PARTED = re.compile(r"\s+(?:[-–—|·»•]|::)\s+")
_ARTICLES = ("Article", "Report", "BlogPosting", "Book", "Legislation")
_PAGES = ("WebPage", "CreativeWork")


def said_by_page(tree: html.HtmlElement, wording: Wording = NO_WORDS, *, headed: bool) -> dict[str, str]:
    """The page's particulars; the <title> only for a page that is not `headed` by a first-rank heading of its own.

    A <title> often names the site, too.
    """
    meta = _meta(tree)
    linked = _linked(tree, headed=headed)
    canonical = [one.get("href", "") for one in tree.iter("link") if _rel(one, "canonical")]
    values: dict[str, str | None] = {}
    for key, names in _META.items():
        found = [*(canonical if key == "url" else ()), linked.get(key, ""), *(meta.get(name, "") for name in names)]
        values[key] = next((value for value in found if _is_usable(key, value)), "")
    title = next((" ".join(one.text_content().split()) for one in tree.iter("title")), "")
    if not values["title"] and not headed:
        values["title"] = title
    values["publisher"] = values["publisher"] or _site(title, tree, wording) or _owner(tree)
    return said(values)


def _is_usable(key: str, value: str) -> bool:
    """Whether a value can be a particular; an author's may be the address of a profile, and is then none."""
    return bool(said({key: value})) and not (key == "author" and value.startswith(("http://", "https://")))


def _site(title: str, tree: html.HtmlElement, wording: Wording) -> str:
    """The site's name behind the page's only first-rank heading in the <title>: "Bin days | Brack Council"; else "".

    It stands last, for sections may stand before it, and is a body's name, a logo's or a link's to the home page: a
    section's looks like a name.
    """
    first, *others = _PARTED.split(title)
    headings = {" ".join(one.text_content().split()).casefold() for one in tree.iter("h1")}
    if not others or headings != {first.casefold()}:
        return ""
    name = others[-1]
    shown = wording.is_body(name) or _is_on_logo(name, tree) or _leads_home(name, tree)
    is_site = shown and NAME.fullmatch(name)
    return name if is_site or _DOMAIN.fullmatch(name) else ""


def _is_on_logo(name: str, tree: html.HtmlElement) -> bool:
    """Whether a picture outside of the page's text says the name."""
    alike = (one for one in tree.iter("img") if name.casefold() in " ".join(one.get("alt", "").split()).casefold())
    return any(not _is_within(one) for one in alike)


def _leads_home(name: str, tree: html.HtmlElement) -> bool:
    """Whether a link outside of the page's text, to the home page, is the name; a word alone may say "home" itself."""
    links = (one for one in tree.iter("a") if _HOME.fullmatch(one.get("href", "")) or _rel(one, "home"))
    named = (one for one in links if " ".join(one.text_content().split()).casefold() == name.casefold())
    return " " in name and any(not _is_within(one) for one in named)


def _is_within(element: html.HtmlElement) -> bool:
    """Whether an element stands in the page's text, or with a picture."""
    around = (element, *element.iterancestors())
    return any(one.tag in _WITHIN or one.get("role") == "main" for one in around)


def _owner(tree: html.HtmlElement) -> str:
    """Whose the page is by a line at its foot; "" where none says it, or two do."""
    lines = (line for foot in feet(tree) for line in foot.xpath(_OWNED))
    owners = {owner for line in islice(lines, MOST_OWNED) if (owner := owner_of(line))}
    return owners.pop() if len(owners) == 1 else ""


def feet(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What is the foot of the page by its tag or its name: no "card-footer", no "photo-copyright"."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            names = (element.get("id", ""), *element.get("class", "").split())
            if (element.tag == "footer" or any(map(_FOOT.fullmatch, names))) and not _is_within(element):
                yield element


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Meta elements by name, in small letters; authors are put together, of others the first counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name == "citation_author" and name in found:
            content = f"{found[name]}, {content}"
        elif name in found:
            continue
        if name and content:
            found[name] = _with_hyphens(content) if name == "citation_publication_date" else content
    return found


def _with_hyphens(date: str) -> str:
    """A date such as 2018/4/5 as 2018-04-05."""
    return "-".join(part.zfill(2) for part in date.split("/"))


def _linked(tree: html.HtmlElement, *, headed: bool) -> dict[str, str]:
    """The particulars of the first article among the page's JSON-LD objects, else of what is the page itself.

    The name of a page often names the site, too, as its <title> does.
    """
    objects = [one for script in tree.iter("script") if _is_json_ld(script) for one in _objects(script.text or "")]
    for one in (one for kinds in (_ARTICLES, _PAGES) for one in objects if _is_one_of(one, kinds)):
        is_page = not _is_one_of(one, _ARTICLES)
        author, publisher = _names(one.get("author") or one.get("creator")), _names(one.get("publisher"))
        texts = {
            "title": one.get("headline") or ("" if is_page and headed else one.get("name")),
            "author": author,
            "publisher": publisher,
            "published": one.get("datePublished"),
            "updated": one.get("dateModified"),
            "url": one.get("url"),
            "licence": one.get("license"),
        }
        return {key: text for key, text in texts.items() if isinstance(text, str) and text}
    return {}


def _is_json_ld(script: html.HtmlElement) -> bool:
    kind: str = script.get("type", "")
    return kind.split(";")[0].strip().lower() == "application/ld+json"


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects of a script, also those in lists and graphs; none where it is no JSON."""
    try:
        waiting = deque([json.loads(text)])
    except (ValueError, RecursionError):
        return
    while waiting:
        one = waiting.popleft()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.append(one.get("@graph"))


def _is_one_of(one: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    return any(kind.endswith(kinds) for kind in _types(one))


def _types(one: dict[str, Any]) -> list[str]:
    kinds = one.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _names(value: object) -> str:
    """The names of one or several people or organisations, which may be objects or plain texts."""
    several = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in several)
    return ", ".join(name for name in names if isinstance(name, str) and name)


def _rel(link: html.HtmlElement, name: str) -> bool:
    return name in (link.get("rel") or "").lower().split()
