"""Records → HTML, from the templates in web/, in the words of a language. Everything that is shown is escaped.

Links go only to http(s). The templates hold no words: `say` and `count` put the catalogue's texts into a page, and
`plain` into an attribute.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from acobot.answer import Answer, date_in_words, listed
from acobot.api import showing
from acobot.api.marking import emphasis_runs, passage_runs
from acobot.api.script_texts import with_texts, words_of_chat
from acobot.languages import Language
from acobot.policies import Policy
from acobot.question import QUESTION_LENGTH
from acobot.settings import LEARNING_ON, Settings
from acobot.sources import Site

_YEAR = "public, max-age=31536000, immutable"
EMBEDDED = "/embed"


class Renderer:
    """The templates and static files, read once; static names carry a digest, so that they can be kept for ever.

    `site` gives what the service is about, which can change with the index; `preview` is the version that is shown
    before it is live.
    """

    def __init__(
        self,
        settings: Settings,
        language: Language,
        policy: Policy | None,
        site: Callable[[], Site],
        preview: str = "",
    ) -> None:
        web = web_folder()
        self.language, self.texts = language, language.catalogue
        self._policy, self._site = policy, site
        self._said = {name: value for name in ("operator", "contact") if (value := getattr(settings, name))}
        self._static: dict[str, tuple[bytes, str]] = {}
        self._addresses: dict[str, str] = {}
        for path in sorted((web / "static").iterdir()):
            self._add_static(path)
        for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
            self._add_static(Path(str(files("fastapi_offline") / "static" / name)))
        self._jinja = Environment(
            loader=FileSystemLoader(web / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_contained,
        )
        self._jinja.filters["date_in_words"] = partial(date_in_words, language=language)
        self._jinja.filters["as_sentence"] = _as_sentence
        self._jinja.filters["with_numbers_to_call"] = self._with_numbers_to_call
        self._jinja.filters["without_gaps"] = showing.without_gaps
        self._jinja.filters["without_reordering"] = showing.without_reordering
        self._jinja.globals.update(
            passage_runs=passage_runs,
            emphasis_runs=emphasis_runs,
            also=showing.also,
            as_text=self._as_text,
            by_source=showing.by_source,
            is_urgent=showing.is_urgent,
            lead=showing.lead,
            original_href=showing.original_href,
            sides=showing.sides,
            turn_after=showing.turn_after,
            turn_first=showing.turn_first,
            home="/",
            embedded=False,
            here="",
            static=self.address,
            say=self._say,
            plain=self.texts.say,
            count=self.texts.count,
            listed=self._listed,
            language=language,
            policy=policy,
            preview=preview,
            learns_days=settings.learn_days if settings.learn == LEARNING_ON and not preview else 0,
            site=self.shown_site,
            contact_href=_contact_href,
            question_length=QUESTION_LENGTH,
            script_texts=words_of_chat(language),
        )

    def page(
        self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """A template as a reply."""
        # Not "no-store": that would also empty the page when somebody comes back to it from a source.
        headers = {"Cache-Control": "private, no-cache", **(headers or {})}
        return HTMLResponse(self._jinja.get_template(template).render(**values), status, headers)

    def problem(
        self, request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None
    ) -> Response:
        """An error as a readable page, or as the fragment that the page's script asked for."""
        template = "problem_fragment.html" if wants_fragment(request) else "problem.html"
        place = {"home": EMBEDDED, "embedded": True} if request.url.path == EMBEDDED else {}
        return self.page(template, status, headers, title=title, detail=detail, **place)

    def static(self, name: str, cache: str = _YEAR) -> Response | None:
        """A static file under the name that carries its digest."""
        if name not in self._static:
            return None
        content, media_type = self._static[name]
        return Response(content, media_type=media_type, headers={"Cache-Control": cache})

    def address(self, name: str) -> str:
        """The address of a static file, with its digest."""
        return self._addresses[name]

    def shown_site(self) -> Site:
        """What the service is about; what the settings say of it goes before what the sources' folder does."""
        return replace(self._site(), **self._said)

    def _say(self, key: str, **values: object) -> Markup:
        """A text as HTML; no value reaches beyond its place."""
        return self.texts.markup(key, **{name: _contained(value) for name, value in values.items()})

    def _listed(self, things: Sequence[Markup]) -> Markup:
        """HTML of several things, as the language lists them."""
        return Markup(listed(self.language, things))  # noqa: S704  HTML already, each of them

    def _as_text(self, answer: Answer, permalink: str, first: Sequence[str]) -> str:
        return showing.as_text(answer, permalink, self.language, first)

    def _with_numbers_to_call(self, words: str) -> Markup:
        """The assistant's own words (never a visitor's or a source's), with the numbers in them as links that call."""
        html = str(escape(words))
        return Markup(self._policy.call.sub(_link_to, html) if self._policy else html)  # noqa: S704

    def _add_static(self, path: Path) -> None:
        content = with_texts(path.read_bytes(), self.language)
        digest = hashlib.sha256(content).hexdigest()[:12]
        name = f"{path.stem}.{digest}{path.suffix}"
        media_type = {".js": "text/javascript"}.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
        self._static[name] = (content, media_type)
        self._addresses[path.name] = f"/static/{name}"


def wants_fragment(request: Request) -> bool:
    """Whether the page's script asks, which adds the answer to the page that is open."""
    return request.headers.get("x-acobot-fragment") == "1"


def web_folder() -> Path:
    """Templates and static files: inside the installed package, or beside `src` in a checkout."""
    inside = Path(__file__).parents[1] / "web"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "web"


def _as_sentence(words: str) -> str:
    """An error's words, which begin small and end without a stop, as they stand on a page."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) or not words else ".")


def _contained(value: object) -> object:
    """What stands in a page, so that no characters in it reach beyond its element; markup is made of such already."""
    return showing.contained(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link_to(match: re.Match[str]) -> str:
    """A number as a link that calls it, which opens no tab, an address as one that opens it."""
    said = match[0]
    if "." in said:
        return Markup('<a href="https://{}">{}</a>').format(said, said)
    return Markup('<a href="tel:{}" target="_self">{}</a>').format(said.replace(" ", ""), said)


def _contact_href(contact: str) -> str:
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact else ""
