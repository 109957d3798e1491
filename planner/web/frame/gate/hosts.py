"""Under which names the service answers: what somebody else put into `Host` gets into no link."""

from __future__ import annotations

import ipaddress
import socket
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request

from planner.errors import InvalidInputError, Reason
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask

    from planner.services.upkeep.settings import Settings

LOCAL = ("localhost", "ip6-localhost")
WATCHED = ("/healthz", "/healthz/live", "/healthz/ready", "/metrics")
"""Asked by what watches over the service, under whatever address; they name no other."""

ANY_NAME = "."
"""How an entry of TRUSTED_HOSTS begins that stands for all names below it."""


class OtherHostError(InvalidInputError):
    """The service was asked under a name that is none of its own."""

    code = "other_host"
    status = 400


def install(app: Flask) -> None:
    """Look at every request's host before anything else."""
    app.before_request(_check)


def is_ours(host: str, settings: Settings) -> bool:
    """Whether a host, with its port or without, is one of the service.

    Ours are the host of PUBLIC_URL, those of TRUSTED_HOSTS and this machine; as long as neither is set,
    every address of a private network too, so that a first look from the next desk needs no setting.
    """
    name = _name(host)
    own = _own_names(settings.public_url, settings.trusted_hosts, settings.host)
    if name in own or _is_loopback(name):
        return True
    if any(entry.startswith(ANY_NAME) and name.endswith(entry) for entry in settings.trusted_hosts):
        return True
    return not (settings.public_url or settings.trusted_hosts) and _is_private(name)


def _check() -> None:
    if request.path not in WATCHED and not is_ours(request.host, services().settings):
        message = "this host is none of the service: set PUBLIC_URL or TRUSTED_HOSTS"
        raise OtherHostError(message, reason=Reason.OTHER_HOST)


@cache
def _own_names(public_url: str | None, trusted_hosts: tuple[str, ...], host: str) -> frozenset[str]:
    public = urlsplit(public_url or "").hostname or ""
    names = (public, *trusted_hosts, host.casefold(), socket.gethostname().casefold(), *LOCAL)
    return frozenset(name for name in names if name)


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    address = _ip(name)
    return address is not None and address.is_loopback


def _is_private(name: str) -> bool:
    address = _ip(name)
    return address is not None and address.is_private


def _ip(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
