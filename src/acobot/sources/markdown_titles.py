"""The title of a box or tab in Markdown's dialects, from the line that opens it. A line in, a line out.

A page shows the title over what stands in the box: without it nothing says of which zone a price is.
"""

from __future__ import annotations

import re

from acobot.sources.markdown_html import KNOWN

_NAMED = re.compile(r"(?<![\w-])(?:title|header|label|summary|caption)=(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})')")
# "{{< tab "By card" >}}", "{{% expand "Parking" %}}" (Hugo).
_FIRST = re.compile(r"[ \t]*\{\{[<%][ \t]*(?:tab|expand|details|accordion|collapse|spoiler)[ \t]+\"([^\"\n]{1,200})\"")
# Of templates: what only sets a value shows nothing.
_TEMPLATE = re.compile(
    r"[ \t]*(?:\{\{[<%][^{}\n]{1,400}[%>]\}\}|\{%-?(?![ \t]*(?:assign|set)\b)[^%\n]{1,400}%\})[ \t]*"
)
# ":::tip Blue badges", ":::danger[Skips]", "::: {.note title="Skips"}" (Docusaurus, VuePress, Pandoc, MyST).
_FENCED = re.compile(r" {0,3}:{3,}[^\n]{1,400}")
_FENCE_TITLE = re.compile(
    r" {0,3}:{3,}[ \t]*(?:[\w-]{1,40}|\{[\w-]{1,40}\})(?:\[([^\[\]\n]{1,200})\]|[ \t]+(?=[^\s:{])([^{}\n]{1,200}?))"
    r"[ \t]*:*[ \t]*(?:\{[^{}\n]{0,200}\}[ \t]*)?"
)
# Of MDX, closed or with attributes: "<Name>" alone is a blank to fill in.
_COMPONENT = re.compile(
    r"[ \t]*(?:</|<(?=[\w.]{1,41}[ \t]*(?:/>|[^<>\n]{0,400}=)))([A-Z][a-z][A-Za-z.]{0,40})\b[^<>\n]{0,400}>[ \t]*"
)


def with_title(line: str) -> str:
    """What a line that only opens or closes a box shows, its title or nothing; another line as it is."""
    if found := _FENCE_TITLE.fullmatch(line):
        return found[1] or found[2]
    component = _COMPONENT.fullmatch(line)
    if not (_TEMPLATE.fullmatch(line) or _FENCED.fullmatch(line) or (component and component[1].lower() not in KNOWN)):
        return line
    named = _NAMED.search(line) or _FIRST.match(line)
    return next((title for title in named.groups() if title), "") if named else ""
