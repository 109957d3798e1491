"""What is said on the day: an append-only log whose order does not depend on when its events came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.geo import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable

START, END = "*start", "*end"
"""What stands for the day's start and end where an event names a stop."""

BACK_S = 12 * 3600
"""So far back an event may lie when it is received: a phone without signal sends what it kept."""


class EventKind(StrEnum):
    """What an event says."""

    ARRIVED = "arrived"
    LEFT = "left"
    SHIFT = "shift"
    STAY = "stay"
    SKIP = "skip"
    NOTE = "note"
    PRIVATE = "private"
    MEET = "meet"
    MERGE = "merge"
    HEADS = "heads"
    LEAD = "lead"
    KEEP = "keep"
    RAIN = "rain"
    DRY = "dry"
    UNDO = "undo"


class Phase(StrEnum):
    """When people are counted at a stop."""

    BEFORE = "before"
    HALF_WAY = "half_way"
    AFTER = "after"


@dataclass(frozen=True)
class LiveEvent:
    """One event of one party ('' where all stay together) on one day of a visit.

    `id` is the sender's own: what is sent twice is the same event. `at` is when it happened, `received` when
    the server heard of it, `by` whose hand sent it: the link and the phone, or the desk. `stop` is a stop's
    id, or START or END. `minutes` belong to a shift of whatever is going on, to a longer or shorter stay, and
    to the delay in spite of which one keeps to the plan; `people` and `phase` to a head count, `place` and
    `until` to "meet at", `text` to notes. `other` is the
    party that one goes on with, or the event that is undone.
    """

    id: str
    kind: EventKind
    at: Instant
    received: Instant
    by: str
    party: str = ""
    stop: str = ""
    minutes: int = 0
    text: str = ""
    other: str = ""
    people: int = 0
    phase: Phase = Phase.BEFORE
    place: LonLat | None = None
    until: Instant | None = None


DESK = "desk"
"""Whose hand it is when an organiser acts: it may undo everything."""


def happened_at(said: Instant, offset_s: int, received: Instant) -> Instant:
    """Return when something happened: the phone's time, corrected by how far it was off at its last contact.

    Never later than it was received, and at most BACK_S before.
    """
    return max(received - BACK_S, min(received, said + offset_s))


def in_order(events: Iterable[LiveEvent]) -> list[LiveEvent]:
    """Return events in the order in which they count: by their times, then by their ids."""
    return sorted(events, key=lambda event: (event.at, event.id))


def standing(events: Iterable[LiveEvent]) -> list[LiveEvent]:
    """Return in their order the events that nobody has undone, without the undoing itself.

    A hand undoes what it did itself, the desk undoes anything. What was undone is done anew, not undone back.
    """
    known = {event.id: event for event in events}
    undone = {
        event.other
        for event in known.values()
        if event.kind is EventKind.UNDO
        and (target := known.get(event.other)) is not None
        and event.by in (target.by, DESK)
    }
    return in_order(
        event for event in known.values() if event.kind is not EventKind.UNDO and event.id not in undone
    )
