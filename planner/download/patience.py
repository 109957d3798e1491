"""How long a service elsewhere is asked again: back-off, Retry-After, and one time budget for all of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

import requests

from planner.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Answer = TypeVar("Answer")

FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 120.0

BUSY = frozenset({429, 502, 503, 504})
"""The answers after which asking again helps: too many requests, or nobody free behind the gateway."""

BUSY_TRIES = 8
BROKEN_TRIES = 3
"""An answer that breaks off, or no connection at all, is seldom cured by the fourth time."""


class Report(Protocol):
    """Who is told how a download goes."""

    def line(self, text: str) -> None:
        """Say what was done; it stays."""

    def passing(self, text: str) -> None:
        """Say what is going on; the next one takes its place."""


@dataclass
class Patience:
    """The time that is left for all requests and pauses together."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - self.clock())

    def within(self, seconds: float) -> float:
        """Return a time-out of so many seconds, or less where less is left; never 0."""
        return max(0.1, min(seconds, self.left()))


class TryAgainError(Exception):
    """A request failed in a way that may pass."""

    def __init__(self, reason: str, *, tries: int = BUSY_TRIES, pause_s: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tries = tries
        self.pause_s = pause_s


def patiently(ask: Callable[[], Answer], budget: Patience, report: Report) -> Answer:
    """Ask until there is an answer, with pauses that double, or longer ones where the service wishes.

    Raises
    ------
    ServiceError
        When it has failed too often or the next pause would exceed the budget.
    """
    failures = 0
    while True:
        try:
            return ask()
        except TryAgainError as error:
            failures += 1
            pause = max(min(FIRST_PAUSE_S * 2 ** (failures - 1), LONGEST_PAUSE_S), error.pause_s)
            if failures >= error.tries:
                msg = f"{error.reason}, {failures} times: try again later"
                raise ServiceError(msg) from error
            if pause >= budget.left():
                msg = (
                    f"{error.reason}, and the next try in {pause:.0f} s is beyond the time budget "
                    f"of {budget.seconds / 60:g} min: try again later, or with a larger --budget"
                )
                raise ServiceError(msg) from error
            report.line(f"{error.reason}: asking again in {pause:.0f} s")
            budget.sleep(pause)


def check_not_busy(response: requests.Response, host: str) -> None:
    """Let every answer pass but those after which asking again may help.

    Raises
    ------
    TryAgainError
        With the pause that the server wishes.
    """
    status = response.status_code
    if status in BUSY:
        reason = "has had too many requests" if status == requests.codes.too_many else "is too busy"
        raise TryAgainError(f"{host} {reason} ({status})", pause_s=wished_pause(response.headers))


def connection_failure(error: requests.RequestException, host: str) -> TryAgainError:
    """What a request that got no whole answer means."""
    if isinstance(error, requests.ConnectTimeout | requests.ReadTimeout):
        return TryAgainError(f"{host} does not answer in time", tries=BROKEN_TRIES)
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return TryAgainError(f"the answer of {host} breaks off in the middle", tries=BROKEN_TRIES)
    return TryAgainError(f"{host} cannot be reached (is there a connection?)", tries=BROKEN_TRIES)


def wished_pause(headers: Mapping[str, str]) -> float:
    """Seconds that Retry-After asks for: a number, or a date read against the answer's own Date."""
    wish = headers.get("Retry-After", "").strip()
    if wish.isascii() and wish.isdigit():
        return float(wish)
    until, now = _date(wish), _date(headers.get("Date", ""))
    return max(0.0, until.timestamp() - now.timestamp()) if until and now else 0.0


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
