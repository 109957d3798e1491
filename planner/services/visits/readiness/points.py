"""What an open point of a visit's draft is, and all of them together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.booked.gaps import Gap
from planner.domain.clock import Instant
from planner.domain.warnings.codes import Warning
from planner.errors import Fault


class Need(StrEnum):
    """What an open point asks for, the most pressing first."""

    MEND = "mend"
    """Something does not work, or a demand is not kept."""
    CONFIRM = "confirm"
    """Somebody has to be asked, or something settled."""
    KNOW = "know"
    """A fact; the visit can go ahead with it."""


class OpenKind(StrEnum):
    """What an open point is about."""

    FAULT = "fault"
    WARNING = "warning"
    HOST = "host"
    HOST_DECLINED = "host_declined"
    NO_STOPS = "no_stops"
    NO_MEAL_PLACE = "no_meal_place"
    NO_COORDINATOR = "no_coordinator"
    NO_MEETING_POINT = "no_meeting_point"
    OLD_ROTATION = "old_rotation"
    HOLIDAY = "holiday"
    NO_TEXT = "no_text"
    NO_RAIN_PLACE = "no_rain_place"
    HOST_TIME = "host_time"
    """The host has confirmed another time (`times`): told of the rain version alone."""
    HOST_SILENT = "host_silent"
    """The host was asked and has not answered."""
    TICKETS = "tickets"
    GAP = "gap"
    """Something of a train, a coach or a meal (`gap`)."""


UNCONFIRMED = frozenset({OpenKind.HOST, OpenKind.HOST_SILENT})
"""The host is still to be asked, or to answer."""


@dataclass(frozen=True)
class OpenPoint:
    """One thing that is open.

    `day` counts from 0 and is None for the whole visit; `stop` is the index of a stop in the day's list,
    `leg` is there where it is about the way to that stop (with no stop: to the end of the day). `party` is
    whose way it is, '' for all. `warnings` tell more of it, `fault` why the visit cannot be planned; `field`
    and `language` name a text that is missing, `gap` tells what of a booked thing is, `times` are the agreed
    one and the one planned, `due` is the day by which a host is to answer. With `is_rain` it is open in the
    rain version alone.
    """

    kind: OpenKind
    need: Need
    day: int | None = None
    stop: int | None = None
    leg: int | None = None
    party: str = ""
    warnings: tuple[Warning, ...] = ()
    fault: Fault | None = None
    field: str = ""
    language: str = ""
    gap: Gap | None = None
    times: tuple[str, ...] = ()
    due: dt.date | None = None
    is_rain: bool = False


@dataclass(frozen=True)
class HostsSaid:
    """What hosts answered, each stop by its date and id: those who confirmed need not be asked any more.

    Those who were `asked` have not answered; `due` is by when they are to, where that is noted. `starts` are
    the times that were agreed with those who confirmed one stay of all together. `rain` is what those
    answered to whom the group comes when it rains, by the stops that are there then.
    """

    confirmed: frozenset[tuple[dt.date, str]] = frozenset()
    declined: frozenset[tuple[dt.date, str]] = frozenset()
    asked: frozenset[tuple[dt.date, str]] = frozenset()
    starts: Mapping[tuple[dt.date, str], Instant] = field(default_factory=dict)
    due: Mapping[tuple[dt.date, str], dt.date] = field(default_factory=dict)
    rain: HostsSaid | None = None


NOTHING_SAID = HostsSaid()


@dataclass(frozen=True)
class OpenPoints:
    """All that is open, day by day, what is of the whole visit first."""

    points: tuple[OpenPoint, ...]

    def of(self, need: Need, day: int | None = None) -> tuple[OpenPoint, ...]:
        """Return the points of a kind, of all days or of one."""
        return tuple(one for one in self.points if one.need is need and (day is None or one.day == day))

    def count(self, need: Need, day: int | None = None) -> int:
        """Return how many points of a kind there are, of all days or of one."""
        return len(self.of(need, day))

    @property
    def is_broken(self) -> bool:
        """Whether something is to mend: publishing it asks once."""
        return bool(self.count(Need.MEND))

    @property
    def hosts(self) -> int:
        """How many hosts have not confirmed, of stops and of their other places for rain."""
        return sum(one.kind in UNCONFIRMED for one in self.points)
