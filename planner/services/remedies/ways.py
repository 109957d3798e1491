"""Other modes: on one leg, or for the whole day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.schedule.reserves import made_with
from planner.domain.visits import Mode
from planner.domain.warnings.severity import OF_LEG, OF_TIME
from planner.services.remedies import places
from planner.services.remedies.subject import is_shut, is_too_early, reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.schedule.timed import Place
    from planner.domain.warnings.codes import Warning
    from planner.services.remedies.trials import RemedyTrials

MODE_TRIES = 6
HIRED_S = 600
"""Nobody hires a coach for a leg to save less."""


def modes(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield another mode for one leg, those first that save most, last those by a coach not there yet."""
    by_leg = warning.leg is not None and warning.code in OF_LEG
    is_of_time = warning.code in OF_TIME and not is_too_early(warning)
    if not by_leg and (not is_of_time or is_shut(trials, warning)):
        return
    legs = [warning.leg or 0] if by_leg else range(reach(trials.day, warning, own=True, legs=True))
    ranked = []
    for index in legs:
        for gain, remedy in _other_modes(trials, index):
            is_hired = remedy.mode is Mode.COACH and not trials.case.group.has_coach
            if by_leg or gain > (HIRED_S if is_hired else 0):
                ranked.append(((is_hired, -gain), remedy))
    ranked.sort(key=lambda pair: pair[0])
    yield from (remedy for _, remedy in ranked[:MODE_TRIES])


def day_modes(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield another mode for all ways of the day: in the order as it is, else with the stop elsewhere."""
    is_of_time = warning.code in OF_TIME and not is_too_early(warning) and not is_shut(trials, warning)
    if not is_of_time and not (warning.leg is not None and warning.code in OF_LEG):
        return
    day = trials.day
    own = {stop.mode_to for stop in day.stops} | {day.end.mode_to if day.end else None}
    modes = [mode for mode in (Mode.BUS, Mode.COACH) if mode is not day.mode or own - {None, mode}]
    yield from (Remedy(RemedyCode.DAY_MODE, mode=mode) for mode in modes)
    for order in places.orders(trials, warning):
        yield from (Remedy(RemedyCode.DAY_MODE, mode=mode, order=order.order) for mode in modes)


def _other_modes(trials: RemedyTrials, index: int) -> Iterator[tuple[int, Remedy]]:
    """The seconds saved on a leg by each other mode that it can really be made with."""
    leg = trials.itinerary.legs[index]
    if not leg.duration_s:
        return
    origin, destination, asked = _ends(trials, index)
    travel, reserves = trials.travel_of(trials.case), trials.case.group.reserves
    stop = trials.day.stops[index].id if index < len(trials.day.stops) else None
    for mode in (Mode.WALK, Mode.BUS, Mode.COACH):
        if mode is asked or mode is made_with(leg):
            continue
        other = travel.leg(origin, destination, mode, leg.depart)
        if other.distance_m is not None and made_with(other) is mode:
            gain = leg.arrive + reserves.after(leg) - other.arrive - reserves.after(other)
            yield gain, Remedy(RemedyCode.MODE, stop=stop, mode=mode)


def _ends(trials: RemedyTrials, index: int) -> tuple[Place, Place, Mode]:
    """From where to where a leg leads, and by which mode it was asked for."""
    timed = trials.case.timed
    before = (stop.place for stop in reversed(timed.stops[:index]) if stop.place is not None)
    origin = next(before, timed.start_place)
    if index < len(timed.stops):
        stop = timed.stops[index]
        return origin, stop.place or origin, stop.mode
    return origin, timed.end_place or origin, timed.end_mode
