"""A day under way whose every time is known: walks of a minute for each step of a line, ten minutes apart.

The group leaves A at 09:00, gathers for 2 min, and walks 8 min from each place to the next:

    09:10 B for 20 min -> 09:30
    09:40 C for 30 min, fixed at 09:45 -> 10:15
    10:25 D for 20 min -> 10:45
    10:55 E for 30 min, fixed at 11:00 -> 11:30
    11:40 A, the end
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from planner.domain.clock import TownClock
from planner.domain.hours.spans import HoursState, Span
from planner.domain.itinerary import Itinerary, Leg, LegPart, PartKind
from planner.domain.live.day import DayUnderWay
from planner.domain.live.events import EventKind, LiveEvent
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.visits import Mode

CLOCK = TownClock("Europe/Warsaw")
DATE = dt.date(2026, 12, 2)
ALWAYS = (Span(CLOCK.midnight(DATE), None, HoursState.OPEN),)
A, B, C, D, E = (Place(f"site:{name}", (19.8 + n, 49.9), {}) for n, name in enumerate("abcde"))
STEP_S = 480


def at(text: str) -> int:
    """The instant of "HH:MM" on the day."""
    return CLOCK.instant(DATE, text)


@dataclass(frozen=True)
class Line:
    """Places in a row: eight minutes from one to the next, by bus only when one leaves."""

    buses: tuple[int, ...] = ()
    asked: list[tuple[str, str]] = field(default_factory=list)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: int) -> Leg:
        self.asked.append((origin.key, destination.key))
        kind = PartKind.WALK
        leaves = depart
        if mode is Mode.BUS:
            kind, leaves = PartKind.RIDE, min(bus for bus in self.buses if bus >= depart)
        part = LegPart(kind, 500.0, STEP_S, leaves, leaves + STEP_S)
        return Leg(mode, 500.0, leaves + STEP_S - depart, depart, leaves + STEP_S, parts=(part,))

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: int) -> Leg:
        return self.leg(origin, destination, mode, ready - STEP_S)


def stop(name: str, place: Place, minutes: int, fixed: str = "", least: int | None = None) -> TimedStop:
    """A stop that is always open."""
    return TimedStop(
        name,
        place,
        minutes * 60,
        ALWAYS,
        fixed=at(fixed) if fixed else None,
        min_dwell_s=None if least is None else least * 60,
    )


DAY = TimedDay(
    start_place=A,
    start=at("09:00"),
    gather_s=120,
    stops=(
        stop("b", B, 20),
        stop("c", C, 30, "09:45"),
        stop("d", D, 20, least=10),
        stop("e", E, 30, "11:00"),
    ),
    end_place=A,
)


def under_way(day: TimedDay = DAY, travel: Line | None = None) -> DayUnderWay:
    """The day as it was released, nothing of it begun."""
    ways = travel or Line()
    planned = schedule(day, ways, CLOCK)
    return DayUnderWay(day, replace(planned, warnings=()), ways, CLOCK)


def said(kind: EventKind, clock_time: str, stop: str = "", **more: object) -> LiveEvent:
    """An event of the day, told at once by the guide."""
    when = at(clock_time)
    named = {"id": f"{clock_time}-{kind}-{stop}", "by": "guide", **more}
    return LiveEvent(kind=kind, at=when, received=when, stop=stop, **named)  # type: ignore[arg-type]


def faces(itinerary: Itinerary) -> list[str]:
    """Arrival, start and leaving of every call as the clock shows them."""
    return [
        f"{CLOCK.face(call.arrive)} {CLOCK.face(call.start)} {CLOCK.face(call.leave)}"
        for call in itinerary.calls
    ]
