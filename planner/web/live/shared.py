"""What the pages of the day share: the link followed, and the state of its visit, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from flask import current_app, request

from planner.domain.clock import TownClock
from planner.domain.edits.days import coming_day
from planner.memory import Memory
from planner.services.live.acting import rehearsed, said_on
from planner.services.live.opened import LiveLink, live_link, release_shown
from planner.services.live.state import LiveState
from planner.web.frame.asked import nearest_day
from planner.web.frame.context import services
from planner.web.links.opened import closed_link

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent

_MEMORY = "planner.live"
MOST_STATES, MOST_ANSWERS = 32, 256

T = TypeVar("T")


def remembered(topic: str, key: Hashable, make: Callable[[], T], keep: int) -> T:
    """Return what a worker has worked out already: all of it follows from the key."""
    memory: Memory = current_app.extensions.setdefault(_MEMORY, Memory())
    return memory.get(topic, key, make, keep=keep)


def followed(token: str, kind: str) -> LiveLink:
    """Return what a link opens, in one look-up.

    Raises
    ------
    NotThereError
        If it opens nothing, or nothing any more.
    """
    context = services()
    with context.database.session() as session:
        link = live_link(session, token, kind, context.now())
    if link is None:
        raise closed_link()
    return link


def release_of_visit(visit_id: int, number: int) -> ReleaseContent:
    """Return a release, which never changes once it has its number."""

    def read() -> ReleaseContent:
        with services().database.session() as session:
            content = release_shown(session, visit_id, number)
        if content is None:
            raise closed_link()
        return content

    return remembered("releases", (visit_id, number), read, MOST_STATES)


def asked_day(content: ReleaseContent) -> int:
    """Return the day asked for, from 0: without one the day that comes."""
    today = TownClock(content.network.timezone).local(services().now()).date()
    return nearest_day(content.visit, coming_day(content.visit, today) + 1)


@dataclass(frozen=True)
class Followed:
    """A visit on one of its days, with the version of what was said of it."""

    visit_id: int
    release: int
    version: int
    day: int
    is_rehearsal: bool = False

    def state(self) -> LiveState:
        """Return where all parties are; a rehearsal is read anew each time."""
        return self._read() if self.is_rehearsal else remembered("states", self, self._read, MOST_STATES)

    @property
    def now(self) -> Instant | None:
        """The time on the day; a rehearsal has none."""
        return None if self.is_rehearsal else services().now()

    def _read(self) -> LiveState:
        content = release_of_visit(self.visit_id, self.release)
        read = rehearsed if self.is_rehearsal else said_on
        with services().database.session() as session:
            log = read(session, content, self.visit_id, self.day)
        return LiveState.of(services().desk_town_of(content.network), content, self.day, log)


def party_asked() -> str:
    """Return the party that the address asks for, '' for all."""
    return request.args.get("party", "")
