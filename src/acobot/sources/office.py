"""What an Excel or PowerPoint file says of itself: the parts `docProps/core.xml` and `app.xml` of its archive."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from acobot.sources.drafting import said

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_CREATED = "{http://purl.org/dc/terms/}created"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_COMPANY = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Company"
# Libraries that name themselves as the author, and the date of python-pptx's template.
_LIBRARIES = frozenset({"openpyxl", "python-pptx", "xlsxwriter", "steve canny", "apache poi"})
_TEMPLATE_DATE = "2013-01-27"


def said_by_archive(raw: bytes) -> dict[str, str]:
    """Title, author, company, when it was made, and when it was saved if that is later."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    core, app = (_part(archive, f"docProps/{name}.xml") for name in ("core", "app"))
    made, saved = core.get(_CREATED, "")[:10], core.get(_MODIFIED, "")[:10]
    author = core.get(_CREATOR, "")
    return said(
        {
            "title": core.get(_TITLE, ""),
            "author": "" if author.lower() in _LIBRARIES else author,
            "publisher": app.get(_COMPANY, ""),
            "published": "" if made == _TEMPLATE_DATE else made,
            "updated": saved if made < saved else "",
        }
    )


def _part(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The elements of a part by name, the first of each; none where it is missing."""
    try:
        root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError):
        return {}
    found: dict[str, str] = {}
    for one in root:
        found.setdefault(str(one.tag), (one.text or "").strip())
    return found
