"""Files → sources: front matter, formats and page furniture. Knows nothing of passages, models or the index."""

from acobot.sources.drafting import CELL_GAP
from acobot.sources.folder import Listing, SourceFile, list_folder, one_file
from acobot.sources.front_matter import KINDS
from acobot.sources.headings import says_something
from acobot.sources.limits import Limit, Limits, limits_error, limits_errors, read_limits
from acobot.sources.lines import all_meant, none_meant
from acobot.sources.reading import read_closely, read_source
from acobot.sources.record import WITHOUT_TITLE, Ask, Block, BlockKind, Concern, Particulars, Source, Warned
from acobot.sources.site import Site, read_site
from acobot.sources.unread import find_unread

__all__ = [
    "CELL_GAP",
    "KINDS",
    "WITHOUT_TITLE",
    "Ask",
    "Block",
    "BlockKind",
    "Concern",
    "Limit",
    "Limits",
    "Listing",
    "Particulars",
    "Site",
    "Source",
    "SourceFile",
    "Warned",
    "all_meant",
    "find_unread",
    "limits_error",
    "limits_errors",
    "list_folder",
    "none_meant",
    "one_file",
    "read_closely",
    "read_limits",
    "read_site",
    "read_source",
    "says_something",
]
