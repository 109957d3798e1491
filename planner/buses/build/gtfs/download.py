"""Fetching a feed from an https address into a file: bounded in time and size, patient with busy servers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import requests

from planner import __version__
from planner.errors import InvalidInputError, ServiceError, SourceFileError
from planner.streets.build.download.patience import (
    BUSY,
    Patience,
    TryAgainError,
    connection_failure,
    patiently,
    wished_pause,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.streets.build.download.patience import Report

CONNECT_S = 10.0
READ_S = 60.0
LARGEST_BYTES = 256 * 2**20
"""Of a zip. The feed of a metropolis takes 10 to 40 MB."""

CHUNK = 2**18


@dataclass(frozen=True)
class FetchSettings:
    """As whom to ask, and how long."""

    contact: str = ""
    budget_min: float = 10.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    @property
    def agent(self) -> str:
        """Who asks: program, version, and whom to write to if there is a contact."""
        return f"study-visit-planner/{__version__} ({self.contact or 'one timetable, on command'})"

    def check(self) -> None:
        """Refuse a contact that cannot be sent.

        Raises
        ------
        InvalidInputError
            With a message that names the setting.
        """
        if not (self.contact.isascii() and self.contact.isprintable()):
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
    budget = Patience(settings.budget_min * 60, settings.clock, settings.sleep)
    report.passing(f"asking {urlsplit(url).hostname} for the timetable")
    patiently(lambda: _receive(url, settings.agent, target, budget, report), budget, report)


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


def _receive(url: str, agent: str, target: Path, budget: Patience, report: Report) -> None:
    host = urlsplit(url).hostname or ""
    timeout = (budget.within(CONNECT_S), budget.within(READ_S))
    try:
        with requests.get(url, headers={"User-Agent": agent}, timeout=timeout, stream=True) as response:
            _check_address(response.url)
            _check_status(response, host)
            _write(target, response.iter_content(CHUNK), host, budget, report)
    except requests.TooManyRedirects as error:
        msg = f"{host} sends from one address to the next without end: check the address"
        raise ServiceError(msg) from error
    except requests.RequestException as error:
        raise connection_failure(error, host) from error


def _check_status(response: requests.Response, host: str) -> None:
    status = response.status_code
    if status in BUSY:
        raise TryAgainError(f"{host} is too busy ({status})", pause_s=wished_pause(response.headers))
    if not response.ok:
        msg = f"{host} does not give the feed ({status}): check the address"
        raise ServiceError(msg)


def _write(target: Path, chunks: Iterator[bytes], host: str, budget: Patience, report: Report) -> None:
    received = 0
    try:
        with target.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
                received += len(chunk)
                report.passing(f"{received / 1e6:.1f} MB received from {host}")
                if received > LARGEST_BYTES:
                    most = LARGEST_BYTES / 2**20
                    msg = f"{host} sends more than {most:.0f} MB: take a feed of the region alone"
                    raise ServiceError(msg)
                if budget.left() <= 0:
                    msg = f"{host} still sends after {budget.seconds / 60:g} min: give a larger --budget"
                    raise ServiceError(msg)
    except requests.RequestException:
        raise
    except OSError as error:
        msg = f"cannot write {target} ({error.strerror}): free some space and try again"
        raise SourceFileError(msg) from error
