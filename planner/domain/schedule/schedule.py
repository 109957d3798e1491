"""The schedule of a day whose order is given: gather, move, wait, stay, go on.

Ways are reckoned in seconds. A stay is agreed in minutes and held in whole ones: it begins at the first
whole minute at which the group is ready, and so ends at one.

Faults are reported as warnings and never block: the rest of the day is timed
as if the group went on regardless, so that one closed door does not hide the
next problem.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, minute_until
from planner.domain.itinerary import Call, Itinerary, Leg, PartKind, Totals
from planner.domain.schedule.backward import latest_start
from planner.domain.schedule.stays import move, planned_stay
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Late, LateFor, Precedence, Warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import TownClock
    from planner.domain.schedule.timed import TimedDay, TimedStop, Travel


def schedule(day: TimedDay, travel: Travel, clock: TownClock) -> Itinerary:
    """Return the itinerary of a day in the order given."""
    day = replace(day, start=_start(day, travel), ready_by=None)
    calls: list[Call] = []
    legs: list[Leg] = []
    reserves: list[tuple[int, int | None]] = []
    warnings: list[Warning] = list(_precedence(day.stops))
    here, now = day.start_place, day.start
    for index, stop in enumerate(day.stops):
        gather_s = day.gather_s if stop.gather_s is None else stop.gather_s
        leg = move(here, stop.place, stop.mode, now, gather_s, travel)
        stay = planned_stay(stop, leg.arrive + day.reserves.after(leg) + stop.buffer_s, clock)
        leave = stay.start + stop.dwell_s
        calls.append(Call(index, stop.id, leg.arrive, stay.start, leave, stay.start - leg.arrive, None))
        legs.append(leg)
        reserves.append((stay.spare_s, stay.margin_s))
        warnings += [replace(warning, leg=index) for warning in leg.warnings]
        warnings += [replace(warning, stop=index) for warning in stay.warnings]
        here, now = stop.place or here, leave
    end_slack: int | None = None
    if day.end_place is not None:
        gather_s = day.gather_s if day.end_gather_s is None else day.end_gather_s
        legs.append(move(here, day.end_place, day.end_mode, now, gather_s, travel))
        warnings += [replace(warning, leg=len(legs) - 1) for warning in legs[-1].warnings]
        now = legs[-1].arrive + day.reserves.after(legs[-1])
    if day.end_limit is not None:
        end_slack = day.end_limit - now
        warnings += _late_finish(end_slack, day.end_limit, clock)
    return Itinerary(
        start=day.start,
        finish=now,
        calls=with_slack(calls, reserves, end_slack),
        legs=tuple(legs),
        totals=_totals(day, calls, legs, now),
        warnings=tuple(warnings),
    )


def _start(day: TimedDay, travel: Travel) -> Instant:
    """When the day begins: where it is planned backward as late as it can, in whole minutes."""
    latest = latest_start(day, travel)
    return day.start if latest is None else max(day.start, minute_until(latest))


def with_slack(
    calls: Sequence[Call], reserves: Sequence[tuple[int, int | None]], end_slack: int | None
) -> tuple[Call, ...]:
    """Fill in each call's slack, from the last to the first.

    A stop's reserves are the waiting that may be eaten and the margin of its
    stay within the opening interval it lies in. An arrival that slips first
    eats the waiting; then the start slips, up to the margin and to what the
    rest of the day can take, in whole minutes as it is.
    """
    done: list[Call] = []
    after = end_slack
    for call, (spare, margin) in zip(reversed(calls), reversed(reserves), strict=True):
        limits = [limit for limit in (margin, after) if limit is not None]
        slack = spare + minute_until(max(0, min(limits))) if limits else None
        done.append(replace(call, slack_s=slack))
        after = slack
    return tuple(reversed(done))


def _late_finish(slack_s: int, limit: Instant, clock: TownClock) -> list[Warning]:
    if slack_s >= 0:
        return []
    return [Late(by_s=-slack_s, limit=clock.face(limit), kind=LateFor.FINISH)]


def _precedence(stops: Sequence[TimedStop]) -> list[Warning]:
    """Report stops that stand before one they must come after."""
    position = {stop.id: index for index, stop in enumerate(stops)}
    return [
        Precedence(stop=index, after=position[earlier] + 1)
        for index, stop in enumerate(stops)
        for earlier in stop.after
        if position.get(earlier, -1) > index
    ]


def _totals(day: TimedDay, calls: Sequence[Call], legs: Sequence[Leg], finish: Instant) -> Totals:
    departures = chain([day.start], (call.leave for call in calls))
    gather = sum(leg.depart - ready for leg, ready in zip(legs, departures, strict=False))
    at_end = finish - legs[-1].arrive if len(legs) > len(calls) else 0
    return Totals(
        walk_m=sum(_metres(leg, PartKind.WALK) for leg in legs),
        move_s=sum(leg.duration_s for leg in legs),
        dwell_s=sum(call.leave - call.start for call in calls),
        wait_s=sum(call.wait_s for call in calls) + at_end,
        gather_s=gather,
        estimated_m=sum(leg.estimated_m for leg in legs),
        drive_m=sum(_metres(leg, PartKind.DRIVE) for leg in legs),
        ride_m=sum(_metres(leg, PartKind.RIDE) for leg in legs),
    )


def _metres(leg: Leg, kind: PartKind) -> float:
    """Metres of a leg in one kind of movement; a walk need not be told in parts."""
    if not leg.parts:
        return (leg.distance_m or 0.0) if leg.mode is Mode.WALK and kind is PartKind.WALK else 0.0
    return sum(part.distance_m for part in leg.parts if part.kind is kind)
