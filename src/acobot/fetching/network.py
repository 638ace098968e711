"""Where an address leads: the numbers of its host, and whether they are those of a network of one's own.

A page that leads to `http://169.254.169.254/` or to a printer must not make us publish what is there.
"""

from __future__ import annotations

import ipaddress
import socket


class UnreachableError(Exception):
    """An address that is not fetched; the message is the reason and the mend."""


def public_number(host: str, port: int) -> str:
    """The host's first number (IP address), if all of them are public. Raises `UnreachableError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreachableError(f"there is no host {host!r}; check the spelling, and that you are online") from None
    numbers = [str(one[4][0]).partition("%")[0] for one in found]
    private = next((number for number in numbers if not _is_public(number)), None)
    if private is not None:
        reason = f"{host!r} is {private}, in a private network, which is not fetched from"
        raise UnreachableError(f"{reason}; take it out, or set ACOBOT_FETCH_PRIVATE=true if you mean it")
    return numbers[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_global and not address.is_multicast
