"""What a page's markup says of its elements: which are page furniture, which nobody sees, which only seem hidden.

Elements in, yes or no out. Class names are those that web frameworks and content systems use; knows no language.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html

from acobot.sources.dates import gives_day_or_time
from acobot.sources.unseen import PANEL, hides

LINKED_SHARE = 0.5  # of an element's words that stand in links: more, and it leads elsewhere
NAMED_SHARE = 0.3  # the same for an element that is named as a menu or a row of buttons
WEB_LINK = re.compile(r"(?!mailto:|tel:|sms:)", re.IGNORECASE)  # an address or number to write to is no way elsewhere
FIGURED_WORDS = 5  # of a text with a figure: fewer are a date or a count
SAID_WORDS = 12  # of a paragraph that says much: an advertisement, or who the authors are, takes fewer
MOST_FORMS = 5  # beside one that is wrapped around the page
MOST_BOXES = 20  # of a side bar that are told apart
REACHES = "data-reaches"  # an attribute of ours, of what was taken out of a page's head or foot
CONTROL_WORDS = 30  # a row of controls and their titles has fewer
PAGE = frozenset({"html", "body", "main"})  # what is the page itself, not a part of it
HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_FURNITURE = frozenset({"nav", "footer", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "contentinfo", "complementary", "search", "banner", "dialog", "alertdialog", "menu", "menubar"}
)
_OPENED = frozenset({"div", "section", "article", "p", "ul", "ol", "li", "dl", "dd", "td", "tr", "tbody"})
_WHOLE = frozenset({"main", "article"})
_TEXT_TAGS = frozenset({"main", "article", "section"})
_CONSENT = re.compile(r"cookie|consent|gdpr|ccpa|onetrust", re.IGNORECASE)
_NOTICE = re.compile(r"banner|message|notice|bar\b|pop-?up|overlay|modal|alert|prompt|wall", re.IGNORECASE)
_LEADS_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|pagination|pager|share|sharing|social|newsletter|subscribe|sign-?up|adverts?|promo"
    r"|related|recommended|popular|sidebar|side-?nav|sub-?nav|menu|nav(?:bar|igation)?|toc|skip-?links?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# What content systems call a list of links beside the text, and any part of the text, too.
_ANY_PART = re.compile(r"(?:^|[\s_-])(?:tags?|widget)(?:$|[\s_-])", re.IGNORECASE)
_OFFERS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|newsletter|subscribe|sign-?up|adverts?|ads?|promo|recommended|popular|menu|toc|cart)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# What stands beside the text, and tells something itself where it leads to one place only.
_BESIDE = re.compile(r"(?:^|[\s_-])(?:related|side-?bar)(?:$|[\s_-])", re.IGNORECASE)
_SIDE_BAR = re.compile(r"(?:^|[\s_-])(?:side-?bar|side-?col(?:umn)?|aside)(?:$|[\s_-])", re.IGNORECASE)
_ALERT = re.compile(r"(?:^|[\s_-])(?:alerts?|notices?|announcements?)(?:$|[\s_-])", re.IGNORECASE)
_BOXES = ("section", "div")
_LISTS = frozenset({"ol", "ul"})
_ENDS = (".", "!", "?", "…")
_REMARKS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|replies)(?:$|[\s_-])", re.IGNORECASE)
_REMARKS_ALONE = re.compile(r"(?:^|\s)wp-block-comments(?:$|\s)", re.IGNORECASE)
_LIST_OF_REMARKS = re.compile(r"(?:^|\s)comment-?list(?:$|\s)", re.IGNORECASE)
_REMARK = re.compile(r"(?:^|[\s_-])(?:comment|reply)(?:$|[\s_-])", re.IGNORECASE)
_MODAL = re.compile(r"modal|dialog|overlay|lightbox|pop-?up|menu|nav\b", re.IGNORECASE)


def name_of(element: html.HtmlElement) -> str:
    """What the page calls an element: its id and classes."""
    return f"{element.get('id', '')} {element.get('class', '')}"


def is_furniture(element: html.HtmlElement) -> bool:
    """Whether an element belongs to the page and not to its text, also where nobody cut it out."""
    tag = element.tag
    if tag == "footer" and any(above.tag in _WHOLE or above.get("role") == "main" for above in element.iterancestors()):
        return not _says(element)
    if tag in _FURNITURE or (element.get("role") in _FURNITURE_ROLES and tag != "aside"):
        return True
    if tag == "div" and element.get("title") in {"header", "footer"}:  # a page's, as LibreOffice writes them
        return True
    if tag == "form":
        return not _holds_page(element)
    if tag == "header":
        kept = has(element, "h1") or is_within_text(element) or _heads_part(element) or _opens_page(element)
        return not kept
    if tag == "aside":
        leads = _is_beside(element) or has(element, "form") or _leads_elsewhere(element, LINKED_SHARE)
        return is_consent(element) or (leads and not tells(element))
    return is_consent(element) or _is_named_furniture(element) or _is_box_beside(element)


def is_consent(element: html.HtmlElement) -> bool:
    """Whether an element asks for consent to cookies; a text about them stands in the main part of its page."""
    said = f"{name_of(element)} {element.get('aria-label', '')}"
    if element.tag in {"html", "body"} or not _CONSENT.search(said) or is_within_text(element):
        return False
    asks = _NOTICE.search(said) or next(element.iter("button", "input"), None) is not None
    return bool(asks) and not has(element, "h1", "main", "article")


def is_within_text(element: html.HtmlElement) -> bool:
    """Whether an element stands in the part of a page that is marked as its text."""
    return any(above.tag in _TEXT_TAGS or above.get("role") == "main" for above in element.iterancestors())


def is_unseen(element: html.HtmlElement) -> bool:
    """Whether an element is hidden; what can be opened was opened before (see `preparing`)."""
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    return element.get("aria-hidden") == "true" or hides(element.get("style", ""))


def may_open(element: html.HtmlElement) -> bool:
    """Whether a hidden element may hold text that somebody can open: no menu and no window over the page."""
    return (
        element.tag in _OPENED
        and element.get("role", "") not in _FURNITURE_ROLES
        and not _MODAL.search(name_of(element))
    )


def is_panel(element: html.HtmlElement) -> bool:
    """Whether an element is, by its role or what stands before it, one that a button, a tab or a heading opens."""
    if element.get("role") == "tabpanel":
        return True
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tag in {"header", "nav", "form"}:
        return False
    if len(before.text_content().split()) > CONTROL_WORDS:
        return False
    named = PANEL.search(name_of(element)) or PANEL.search(name_of(before))
    return bool(named) or any(one.tag == "button" or one.get("aria-expanded") for one in before.iter())


def is_opener(element: html.HtmlElement, *, named: bool) -> bool:
    """Whether an element is a button; `named` as one that opens what follows, which style sheets alone may hide."""
    if named:
        return element.tag == "button" and bool(PANEL.search(element.get("class", "")))
    return "button" in {element.tag, element.get("role")}


def linked_share(element: html.HtmlElement) -> float:
    """The share of an element's words that stand in links and buttons."""
    everything = len(" ".join(element.itertext()).split())  # of two cells two, also without white space between them
    links = (one for one in element.iter("a", "button") if one.tag == "button" or leads_away(one))
    return sum(len(" ".join(link.itertext()).split()) for link in links) / everything if everything else 0.0


def leads_away(link: html.HtmlElement) -> bool:
    """Whether an <a> is a link to another place, and not a telephone number or an address."""
    return bool(link.get("href")) and bool(WEB_LINK.match(link.get("href")))


def _holds_page(form: html.HtmlElement) -> bool:
    """Whether a form is wrapped around the whole page, as some content systems do it."""
    if has(form, "h1", "main", "article"):
        return True
    if len(list(islice(form.getparent().iterchildren("form"), MOST_FORMS + 1))) > MOST_FORMS:
        return False
    most = 2 * len(form.text_content().split()) > len(form.getroottree().getroot().text_content().split())
    return most and (has(form, *HEADINGS, "p") or (has(form, "table", "li", "dl") and not _asks(form)))


def _asks(form: html.HtmlElement) -> bool:
    """Whether a form has something to fill in."""
    return has(form, "select", "textarea") or any(one.get("type") != "hidden" for one in form.iter("input"))


def _heads_part(header: html.HtmlElement) -> bool:
    """Whether a <header> holds a heading alone and stands over one part of a page that has its title elsewhere."""
    part = header.getparent()
    if part is None or part.tag in PAGE or has(part, "h1", "main", "article", *_FURNITURE):
        return False
    said = "".join(header.itertext()).split()
    headed = [word for one in header.iterdescendants(*HEADINGS) for word in "".join(one.itertext()).split()]
    return bool(said) and said == headed and has(header.getroottree().getroot(), "h1")


def _opens_page(header: html.HtmlElement) -> bool:
    """Whether a <header> has a heading and tells something, on a page that has its title nowhere else."""
    page = header.getroottree().getroot()
    if not has(header, "h2") or has(header, *_FURNITURE) or not _says(header) or has(page, "h1", *_WHOLE):
        return False
    return sum(1 for _ in page.iter("h2")) == sum(1 for _ in header.iter("h2"))  # else one of them may be its title


def _is_beside(aside: html.HtmlElement) -> bool:
    """Whether an <aside> stands beside the page's text and not in it."""
    if is_within_text(aside):
        return False
    page = aside.getroottree().getroot()
    named = any(names.search(name_of(aside)) for names in (_LEADS_ELSEWHERE, _ANY_PART))
    return has(page, *_TEXT_TAGS) or aside.getparent().tag == "body" or named


def tells(aside: html.HtmlElement) -> bool:
    """Whether an <aside>, or what is named a side bar, or one of its boxes, or an alert, tells something itself."""
    if aside.get(REACHES) is not None:
        return True
    if is_alert(aside):
        return gives_day_or_time(" ".join(aside.itertext())) and _says(aside)
    is_aside = aside.tag == "aside" or (aside.tag in _BOXES and bool(_SIDE_BAR.search(name_of(aside))))
    return is_aside and any(_says(part) for part in (aside, *_boxes(aside)))


def is_alert(element: html.HtmlElement) -> bool:
    """Whether an element tells what is different at present, by its role or name, and not what the page is about."""
    named = element.get("role") == "alert" or _ALERT.search(name_of(element))
    return element.tag in _BOXES and bool(named) and not is_consent(element)


def _is_box_beside(element: html.HtmlElement) -> bool:
    """Whether an element is a box of an <aside> beside the text in which another box tells something, and not this."""
    aside = element.getparent()
    if aside is None or aside.tag != "aside" or element not in _boxes(aside) or is_within_text(aside):
        return False
    return not _says(element) and not _says(aside) and tells(aside)


def _boxes(aside: html.HtmlElement) -> list[html.HtmlElement]:
    """The boxes of an <aside>, the first ones: each is looked at for each of them."""
    return list(islice(aside.iterchildren(*_BOXES), MOST_BOXES))


def _says(part: html.HtmlElement) -> bool:
    """Whether a part gives a fee, hours or a number, says much or lists it: few links, and nothing to fill in."""
    if _OFFERS.search(name_of(part)) or has(part, "input", "form", "iframe"):
        return False
    said = [" ".join(one.itertext()).split() for one in part.iterdescendants("p", "li", "dd", "td", "address")]
    figures = any(len(words) >= FIGURED_WORDS and any(map(str.isdigit, "".join(words))) for words in said)
    much = any(len(words) >= SAID_WORDS and words[-1].endswith(_ENDS) for words in said)
    return (figures or much or _lists(part)) and linked_share(part) < NAMED_SHARE


def _lists(part: html.HtmlElement) -> bool:
    """Whether a part has a heading and a list of several items that lead nowhere."""
    lists = (one for one in part.iterdescendants(*_LISTS) if len(one.findall("li")) > 1)
    return has(part, *HEADINGS) and any(not has(one, "a", "button") for one in lists)


def _is_named_furniture(element: html.HtmlElement) -> bool:
    name = name_of(element)
    if not name.strip() or element.tag in PAGE or has(element, "h1", "main"):
        return False
    is_text = element.tag == "article" or is_within_text(element)
    if _LEADS_ELSEWHERE.search(name):
        return (has(element, "input") and element.tag != "article") or (
            _leads_elsewhere(element, NAMED_SHARE) and not (is_text and _tells_beside(element))
        )
    if _ANY_PART.search(name):
        return (has(element, "input") and not is_text) or (
            _leads_elsewhere(element, NAMED_SHARE) and not (is_text and _ends_sentence(element))
        )
    # What readers wrote below, and not what a text tells of comments.
    alone = _LIST_OF_REMARKS if element.tag in _LISTS else _REMARKS_ALONE
    return bool(alone.search(name)) or (
        bool(_REMARKS.search(name))
        and (has(element, "form") or sum(bool(_REMARK.search(name_of(one))) for one in element.iterdescendants()) > 1)
    )


def _leads_elsewhere(element: html.HtmlElement, share: float) -> bool:
    return linked_share(element) >= share


def _tells_beside(element: html.HtmlElement) -> bool:
    """Whether a box in the text says a sentence and where that leads: one link; more are a list of other pages.

    A link that opens what is said is the title of another page.
    """
    name = name_of(element)
    links = list(islice(filter(leads_away, element.iter("a")), 2))
    named = _BESIDE.search(name) and not _OFFERS.search(name)
    if not named or len(links) != 1 or not _ends_sentence(element):
        return False
    return bool(words_before(links[0]).strip()) or _says_before(element, links[0])


def _says_before(element: html.HtmlElement, link: html.HtmlElement) -> bool:
    """Whether a sentence ends in an element before the link in it."""
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if one is link:
            break
        if ((one.text if event == "start" else one.tail) or "").rstrip().endswith(_ENDS):
            return True
    return False


def _ends_sentence(element: html.HtmlElement) -> bool:
    """Whether words outside of links end a sentence."""
    outside = element.xpath(".//text()[not(ancestor::a or ancestor::button or ancestor::style or ancestor::script)]")
    return any(str(said).rstrip().endswith(_ENDS) for said in outside)


def words_before(element: html.HtmlElement) -> str:
    """The text right before an element, as it stands there."""
    before, parent = element.getprevious(), element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else "") or ""


def has(element: html.HtmlElement, *tags: str) -> bool:
    """Whether an element holds one of these, at any depth."""
    return next(element.iterdescendants(*tags), None) is not None
