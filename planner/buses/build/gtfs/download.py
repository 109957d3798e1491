"""Fetching a feed from an https address into a file: bounded in time and size, patient with busy servers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from planner.download.patience import Patience, check_not_busy, patiently
from planner.download.receive import Request, agent, can_be_sent, receive, whole
from planner.errors import InvalidInputError, ServiceError

if TYPE_CHECKING:
    from pathlib import Path

    import requests

    from planner.download.patience import Report

READ_S = 60.0
LARGEST_BYTES = 256 * 2**20
"""Of a zip. The feed of a metropolis takes 10 to 40 MB."""


@dataclass(frozen=True)
class FetchSettings:
    """As whom to ask, and how long."""

    contact: str = ""
    budget_min: float = 10.0
    admit: Callable[[str], None] | None = None
    """Refuses addresses besides, that of each redirect again."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @property
    def agent(self) -> str:
        """Who asks: program, version, and whom to write to if there is a contact."""
        return agent(self.contact, "timetable")

    def check(self) -> None:
        """Refuse a contact that cannot be sent.

        Raises
        ------
        InvalidInputError
            With a message that names the setting.
        """
        if not can_be_sent(self.contact):
            msg = "the contact has characters that cannot be sent: give an e-mail or web address"
            raise InvalidInputError(msg)


def is_address(source: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return "://" in source


def plain_address(url: str) -> str:
    """Return an address as it may be shown: without name, password and what may be a key."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return urlunsplit((parts.scheme, f"{host}:{parts.port}" if parts.port else host, parts.path, "", ""))


def fetch_feed(url: str, target: Path, settings: FetchSettings, report: Report) -> None:
    """Fetch a feed into a file.

    Raises
    ------
    InvalidInputError, ServiceError, SourceFileError
        In words that say what to do.
    """
    settings.check()
    _check_address(url)
    host = urlsplit(url).hostname or ""
    asked = Request(
        url,
        host,
        settings.agent,
        silent_s=READ_S,
        most_bytes=LARGEST_BYTES,
        too_much=f"{LARGEST_BYTES / 2**20:.0f} MB: take a feed of the region alone",
        too_slow="give a larger --budget",
        check=lambda response: _check_answer(response, host),
        admit=settings.admit,
    )
    budget = Patience(settings.budget_min * 60, settings.clock, settings.sleep)
    report.passing(f"asking {host} for the timetable")
    with whole(target) as part:
        patiently(lambda: receive(asked, part, budget, report), budget, report)


def _check_address(url: str) -> None:
    """Let only https pass, and plain http to this very machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        msg = f"the address of the feed cannot be read ({error}): give one that begins with https://"
        raise InvalidInputError(msg) from error
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))):
        msg = f"{plain_address(url)} is no https address: give one that begins with https://, or a file"
        raise InvalidInputError(msg)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_answer(response: requests.Response, host: str) -> None:
    _check_address(response.url)
    check_not_busy(response, host)
    if not response.ok:
        msg = f"{host} does not give the feed ({response.status_code}): check the address"
        raise ServiceError(msg)
