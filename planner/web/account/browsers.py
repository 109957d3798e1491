"""Signed-in browsers in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import format_timedelta

from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.clock import Instant
    from planner.services.accounts.sessions import BrowserSession

_NOW_S = 10 * 60

# The first mark found names it: the later ones stand in the earlier ones' texts too.
_PROGRAMS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


@dataclass(frozen=True)
class ShownBrowser:
    """A row of the list."""

    id: int
    name: str
    seen: str
    since: str
    is_here: bool


def shown_browsers(sessions: Iterable[BrowserSession], here: int, now: Instant) -> list[ShownBrowser]:
    """The list, this browser first."""
    shown = [
        ShownBrowser(
            session.id,
            browser_name(session.agent),
            _ago(now - session.seen),
            _ago(now - session.created),
            session.id == here,
        )
        for session in sessions
    ]
    return sorted(shown, key=lambda browser: not browser.is_here)


def browser_name(agent: str) -> str:
    """What a browser calls itself, shortened to what its owner knows it by."""
    program = next((name for mark, name in _PROGRAMS if mark in agent), gettext("Another program"))
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{program}, {system}" if system else program


def _ago(seconds: int) -> str:
    if seconds < _NOW_S:
        return gettext("just now")
    return str(format_timedelta(timedelta(seconds=-seconds), add_direction=True))
