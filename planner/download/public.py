"""Which addresses may be asked on behalf of who is signed in: https, and nothing in a private network."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from requests.utils import get_environ_proxies

from planner.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

HTTPS = 443


def check_public(
    url: str,
    exceptions: Collection[str] = (),
    find: Callable[[str, int], Collection[str]] | None = None,
) -> None:
    """Refuse an address that is not https, or leads to this machine or into a private network.

    `exceptions` are hosts that an operator lets pass. `find` gives the numbers of a host. Behind a proxy that
    asks in our place a name may be unknown here: then it is the proxy's to refuse.

    Raises
    ------
    InvalidInputError
        In words that say what to do.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").casefold(), parts.port or HTTPS
    except ValueError as error:
        msg = f"the address cannot be read ({error}): give one that begins with https://"
        raise InvalidInputError(msg) from error
    if host in exceptions and parts.scheme in {"https", "http"}:
        return
    if not host or parts.scheme != "https":
        msg = f"{parts.scheme}://{host} is no https address: give one that begins with https://"
        raise InvalidInputError(msg)
    numbers = _numbers(host, port, find or _found)
    is_asked_by_proxy = "https" in get_environ_proxies(url)
    if not numbers and not is_asked_by_proxy:
        msg = f"{host} is not known: check the address and the connection"
        raise InvalidInputError(msg)
    if not all(_is_public(number) for number in numbers):
        msg = f"{host} lies in a private network or on this machine: whoever runs the service may allow it"
        raise InvalidInputError(msg)


def _numbers(host: str, port: int, find: Callable[[str, int], Collection[str]]) -> Collection[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        return find(host, port)


def _found(host: str, port: int) -> Collection[str]:
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(address[0]).partition("%")[0] for *_, address in known]


def _is_public(number: str) -> bool:
    at = ip_address(number)
    inside = getattr(at, "ipv4_mapped", None) or getattr(at, "sixtofour", None)
    return at.is_global and not at.is_multicast and (inside is None or inside.is_global)
