"""Receiving an answer into a file: bounded in time and size, told as it goes, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import requests

from planner import __version__
from planner.download.patience import connection_failure
from planner.errors import ServiceError, SourceFileError

if TYPE_CHECKING:
    from pathlib import Path

    from planner.download.patience import Patience, Report

CONNECT_S = 10.0
MOST_REDIRECTS = 5
CHUNK = 2**18
PART = ".part"


@dataclass(frozen=True)
class Request:
    """What is asked of a server, how much of an answer is taken, and which answers are refused."""

    url: str
    host: str
    agent: str
    silent_s: float
    """How long the server may say nothing."""

    most_bytes: int
    too_much: str
    """What follows "sends more than": how much that is, and what to do."""

    too_slow: str
    """What to do when the budget ends before the answer."""

    check: Callable[[requests.Response], None]
    """Refuses an answer by its status and address, before its body is read."""

    form: Mapping[str, str] | None = None
    """Sent by POST; without it the question is a GET."""

    admit: Callable[[str], None] | None = None
    """Refuses an address before it is asked, that of each redirect again; with it redirects are few."""


def agent(contact: str, what: str) -> str:
    """Who asks: program, version, and whom to write to, or what is asked for if there is no contact."""
    return f"study-visit-planner/{__version__} ({contact or f'one {what}, on command'})"


def can_be_sent(contact: str) -> bool:
    """Whether a contact can stand in a header."""
    return contact.isascii() and contact.isprintable()


def receive(asked: Request, target: Path, budget: Patience, report: Report) -> None:
    """Ask once and write what is answered to a file.

    Raises
    ------
    TryAgainError
        If asking again may help; the file is then of no use.
    ServiceError, SourceFileError
        In words that say what to do.
    """
    timeout = (budget.within(CONNECT_S), budget.within(asked.silent_s))
    try:
        with _answered(asked, timeout) as response:
            asked.check(response)
            _write(asked, response.iter_content(CHUNK), target, budget, report)
    except requests.TooManyRedirects as error:
        msg = f"{asked.host} sends from one address to the next without end: check the address"
        raise ServiceError(msg) from error
    except requests.RequestException as error:
        raise connection_failure(error, asked.host) from error


def _answered(asked: Request, timeout: tuple[float, float]) -> requests.Response:
    """The answer whose body is still to come."""
    url = asked.url
    for _ in range(MOST_REDIRECTS + 1):
        if asked.admit is not None:
            asked.admit(url)
        response = requests.request(
            "GET" if asked.form is None else "POST",
            url,
            data=asked.form,
            headers={"User-Agent": asked.agent},
            timeout=timeout,
            stream=True,
            allow_redirects=asked.admit is None,
        )
        if asked.admit is None or not response.is_redirect:
            return response
        url = urljoin(url, response.headers["Location"])
        response.close()
    raise requests.TooManyRedirects


def _write(asked: Request, chunks: Iterator[bytes], target: Path, budget: Patience, report: Report) -> None:
    received = 0
    with _writing(target), target.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            received += len(chunk)
            came = f"{received / 1e6:.1f} MB"
            report.passing(f"{came} received from {asked.host}")
            if received > asked.most_bytes:
                raise ServiceError(f"{asked.host} sends more than {asked.too_much}")
            if budget.left() <= 0:
                minutes = budget.seconds / 60
                raise ServiceError(
                    f"{asked.host} still sends after {minutes:g} min ({came}): {asked.too_slow}"
                )


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a file to write beside the target; it takes the target's place if nothing goes wrong.

    Raises
    ------
    SourceFileError
        If it cannot be written there.
    """
    part = target.with_name(target.name + PART)
    try:
        with _writing(target):
            yield part
            part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Say what to do if a file cannot be written. What requests raises is an OSError too, and not meant."""
    try:
        yield
    except requests.RequestException:
        raise
    except OSError as error:
        msg = f"cannot write {target} ({error.strerror}): free some space and try again"
        raise SourceFileError(msg) from error
