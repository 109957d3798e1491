"""A visit and what it is made of: the document the organiser edits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.coach import CoachProfile
from planner.domain.geo import LonLat
from planner.domain.text import LocalText
from planner.domain.walking import DEFAULT_PACE_KMH


class Mode(StrEnum):
    """How a group moves on a leg."""

    WALK = "walk"
    BUS = "bus"
    COACH = "coach"
    BEST = "best"


class StopKind(StrEnum):
    """What a stop of the day is."""

    SITE = "site"
    PLACE = "place"
    MEAL = "meal"
    BREAK = "break"


@dataclass(frozen=True)
class PlaceRef:
    """A place of a document: a catalogue site or a free position (lon, lat) with a name."""

    site: str | None = None
    at: LonLat | None = None
    name: LocalText = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """One item of a day. Minutes throughout; times are local "HH:MM", "+1" past midnight."""

    id: str
    kind: StopKind = StopKind.SITE
    place: PlaceRef | None = None
    dwell_min: int = 20
    min_dwell_min: int | None = None
    windows: tuple[tuple[str, str], ...] = ()
    fixed: str | None = None
    locked: bool = False
    after: tuple[str, ...] = ()
    mode_to: Mode | None = None
    buffer_min: int = 0
    note: LocalText = field(default_factory=dict)


@dataclass(frozen=True)
class DayStart:
    """Where and when a day begins (local "HH:MM")."""

    place: PlaceRef
    time: str


@dataclass(frozen=True)
class DayEnd:
    """Where a day ends, and the latest time or the time to be there (local "HH:MM").

    `mode_to` is how the group gets there, None as on the whole day.
    """

    place: PlaceRef | None = None
    latest: str | None = None
    arrive: str | None = None
    mode_to: Mode | None = None


@dataclass(frozen=True)
class Day:
    """One day of a visit.

    With `stand_in_timetable` a timetable that says nothing about the date runs as on its nearest
    matching date: a guess, and said so on every leg that rests on it.
    """

    date: dt.date
    start: DayStart
    end: DayEnd | None = None
    mode: Mode = Mode.WALK
    stops: tuple[Stop, ...] = ()
    stand_in_timetable: bool = False

    @property
    def modes(self) -> frozenset[Mode]:
        """Every mode that some leg is to be planned by."""
        asked = [stop.mode_to or self.mode for stop in self.stops]
        if self.end and self.end.place:
            asked.append(self.end.mode_to or self.mode)
        return frozenset(asked)


@dataclass(frozen=True)
class Visit:
    """One study visit."""

    title: LocalText
    days: tuple[Day, ...]
    languages: tuple[str, ...] = ("pl", "en")
    group_size: int = 20
    pace_kmh: float = DEFAULT_PACE_KMH
    step_free: bool = False
    coordinator: str = ""
    meeting_point: LocalText = field(default_factory=dict)
    coach: CoachProfile = field(default_factory=CoachProfile)

    @property
    def has_coach(self) -> bool:
        """Whether the group has a coach with it: its size has been given, or some leg goes by it."""
        return self.coach != CoachProfile() or any(Mode.COACH in day.modes for day in self.days)
