"""Addresses in `sources/_urls.txt` → snapshots among the sources: fetched when a maintainer asks for it."""

from acobot.fetching.addresses import FILE
from acobot.fetching.fetch import FetchReport, fetch_addresses

__all__ = ["FILE", "FetchReport", "fetch_addresses"]
