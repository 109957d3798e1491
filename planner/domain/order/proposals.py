"""A proposal: another order of a day, what it gains and what moves; or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.itinerary import Itinerary
from planner.domain.visits import Day


class Objective(StrEnum):
    """What an order is best for. Every one but the first breaks ties by the earlier finish."""

    FINISH = "finish"
    """The earliest finish."""
    FINISH_WALKING = "finish_walking"
    """The earliest finish, of those the least walking."""
    WALKING = "walking"
    """The least walking that keeps the day's latest finish."""
    WAITING = "waiting"
    """The least waiting."""
    LATEST_START = "latest_start"
    """The latest start of a day that must be at its end by a time: what is meant there by the two first."""


WALKING_COUNTS = frozenset({Objective.FINISH_WALKING, Objective.WALKING})
"""What metres on foot are needed for."""


class Outcome(StrEnum):
    """How a search for an order that keeps all demands ended."""

    FOUND = "found"
    IMPOSSIBLE = "impossible"
    """It is proved that there is none."""
    NOT_FOUND = "not_found"
    """None was found in the time given; there may be one."""


@dataclass(frozen=True)
class Cut:
    """A stay made shorter than wished, never below its minimum: whole minutes."""

    stop: str
    minutes: int


@dataclass(frozen=True)
class StopMove:
    """A stop that changes its position among the stops, both counted from 0."""

    stop: str
    before: int
    after: int


class DemandKind(StrEnum):
    """What a day demands that another demand may exclude."""

    HOURS = "hours"
    WINDOW = "window"
    FIXED = "fixed"
    LOCKED = "locked"
    AFTER = "after"
    FINISH = "finish"
    CAPACITY = "capacity"
    VISIT = "visit"
    """That a stop is visited at all, for its least stay, at whatever time."""


@dataclass(frozen=True)
class Demand:
    """One demand of the day: of a stop by its id, or of the whole day where `stop` is None."""

    kind: DemandKind
    stop: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Demands that cannot be kept together, each of which must go for the others to be kept.

    They hold of the stops they name alone: whatever else is on the day plays no part. `too_much_s` is
    how much later everything that has an end (windows, hours, fixed times, the finish) would have to
    end for all to be kept, None where not even a day more would do (doors that stay shut, a circle of
    "after") or it was not found out. Without `proved` none was found that keeps them, in a day too large
    to be searched through; or, `assumed`, they could be kept if the ways to and from places that are not
    on the map took less than the visit assumes.
    """

    demands: tuple[Demand, ...]
    too_much_s: int | None = None
    proved: bool = True
    assumed: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A stop that was left out since it may be, and why it does not fit beside those that are kept.

    Without a reason there was no time to look for one.
    """

    stop: str
    reason: Conflict | None = None


@dataclass(frozen=True)
class Proposal:
    """What a search for an order found; nothing changes until it is accepted.

    `day` is the day as proposed and `itinerary` its plan, `before` the plan of the day as it is.
    `proved` tells that no order is better for the objective. Where no order keeps all demands,
    `conflicts` are the reasons, each told for itself; the day is then as it was. `left_out` are the stops
    that the day as proposed does without.
    """

    objective: Objective
    day: Day
    itinerary: Itinerary
    before: Itinerary
    proved: bool = False
    cuts: tuple[Cut, ...] = ()
    moves: tuple[StopMove, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    outcome: Outcome = Outcome.FOUND

    @property
    def is_change(self) -> bool:
        """Whether there is anything to accept."""
        return bool(self.moves or self.cuts or self.left_out)
