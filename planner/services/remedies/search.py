"""Where to look for remedies: for each kind the edits worth trying for a warning, the best of them first.

Leaving earlier never arrives later. So what makes up for lost time is found by halving: if the most of
it does not remove the warning nothing less does, and what removes it is removed by more as well.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.domain.clock import DAY_MIN, clock_minutes, clock_text
from planner.domain.edits.remedies import Remedy, RemedyCode, least_min
from planner.domain.hours.spans import earliest_fit, within
from planner.domain.order.proposals import Cut
from planner.domain.schedule.reserves import made_with
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Closes, Late, LateFor, OpensLater, Warning, WarningCode
from planner.domain.warnings.severity import Tone, tone_of_warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planner.domain.schedule.timed import Place, TimedStop
    from planner.domain.visits import Day, Stop
    from planner.services.remedies.trials import RemedyTrials

STEP_MIN = 5
EARLIER_MIN = 180
"""Nobody is asked to come more than three hours earlier, or the evening before."""

DAYS_AHEAD = 14
"""So far ahead another date is looked for; times differ by the weekday only, doors by holidays too."""
WEEK = 7
MODE_TRIES = 6
HIRED_S = 600
"""Nobody hires a coach for a leg to save less."""

_OF_TIME = frozenset({WarningCode.LATE, WarningCode.CLOSED, WarningCode.TIGHT, WarningCode.NO_SERVICE})
"""What a day that is ahead of time may be rid of."""

_OF_LEG = frozenset(
    {
        WarningCode.NO_WAY,
        WarningCode.NOT_STEP_FREE,
        WarningCode.LONG_WALK,
        WarningCode.LONG_KERB_WALK,
        WarningCode.NO_SERVICE,
        WarningCode.GROUP_TOO_BIG_FOR_BUS,
    }
)
"""What another mode on the leg itself may be rid of."""


def orders(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield orders in which only the stop in question has moved, the shortest way first; then the best."""
    if is_shut(trials, warning):
        return
    ids = [stop.id for stop in trials.day.stops]
    at = warning.leg if warning.stop is None else warning.stop
    if at is not None and at < len(ids):
        others = [*ids[:at], *ids[at + 1 :]]
        for place in sorted(range(len(ids)), key=lambda place: abs(place - at)):
            if place != at:
                yield Remedy(RemedyCode.ORDER, order=(*others[:place], ids[at], *others[place:]))
    best = _best_order(trials)
    if best is not None and not best.cuts:
        yield best


def starts(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield earlier starts on the marks of five minutes, the least change first."""
    if warning.code not in _OF_TIME or _is_too_early(warning) or is_shut(trials, warning):
        return
    now = clock_minutes(trials.day.start.time)
    midnight = now // DAY_MIN * DAY_MIN
    first = (now - 1) // STEP_MIN * STEP_MIN
    marks = range(first, max(now - EARLIER_MIN, midnight) - 1, -STEP_MIN)
    remedies = [Remedy(RemedyCode.START, time=clock_text(minutes)) for minutes in marks]
    least = _least(len(remedies), lambda number: trials.removes(remedies[number], warning))
    yield from remedies[least:]


def cuts(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield shorter stays, the fewest minutes first: at one stop, or at several, the nearest ones first.

    Where no stay can be cut enough, another order may need less.
    """
    if warning.code not in _OF_TIME or _is_too_early(warning):
        return
    own = not (isinstance(warning, Late) and warning.kind is LateFor.FIXED)
    near = [trials.day.stops[at] for at in reversed(range(_reach(trials.day, warning, own=own)))]
    rooms = [(stop, stop.dwell_min - least_min(stop)) for stop in near]
    shapes = [[room] for room in rooms if room[1] > 0]
    if len(shapes) > 1:
        shapes.append([room for shape in shapes for room in shape])
    by_minutes = []
    for shape in shapes:
        most = sum(room for _, room in shape)
        tries = [_spread(shape, minutes) for minutes in range(1, most + 1)]
        least = _least(most, _remover(trials, tries, warning))
        if least < most:
            by_minutes.append((least, tries[least]))
    yield from (remedy for _, remedy in sorted(by_minutes, key=lambda pair: pair[0]))
    best = _best_order(trials)
    if best is not None and best.cuts:
        yield best


def modes(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield another mode for one leg, those first that save most, last those by a coach not there yet."""
    by_leg = warning.leg is not None and warning.code in _OF_LEG
    is_of_time = warning.code in _OF_TIME and not _is_too_early(warning)
    if not by_leg and (not is_of_time or is_shut(trials, warning)):
        return
    legs = [warning.leg or 0] if by_leg else range(_reach(trials.day, warning, own=True, legs=True))
    ranked = []
    for index in legs:
        for gain, remedy in _other_modes(trials, index):
            is_hired = remedy.mode is Mode.COACH and not trials.case.group.has_coach
            if by_leg or gain > (HIRED_S if is_hired else 0):
                ranked.append(((is_hired, -gain), remedy))
    ranked.sort(key=lambda pair: pair[0])
    yield from (remedy for _, remedy in ranked[:MODE_TRIES])


def dates(trials: RemedyTrials, warning: Warning, before: dt.date | None = None) -> Iterator[Remedy]:
    """Yield the next dates, before a date where the visit's next day is on it."""
    if warning.code in {WarningCode.PRECEDENCE, WarningCode.LONG_WALK, WarningCode.LONG_KERB_WALK}:
        return
    for later in range(1, (DAYS_AHEAD if warning.code is WarningCode.CLOSED else WEEK) + 1):
        date = trials.day.date + dt.timedelta(days=later)
        if before is not None and date >= before:
            return
        remedy = Remedy(RemedyCode.DATE, date=date)
        if _may_be_open(trials, remedy, warning):
            yield remedy


def drops(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield stops to leave out where something does not work: never the only one."""
    stops = trials.day.stops
    if tone_of_warning(warning) is not Tone.FAIL or len(stops) < 2:  # noqa: PLR2004
        return
    reach = _reach(trials.day, warning, own=True)
    others = sorted(stops[:reach], key=_dearness)
    if warning.stop is not None:
        own = stops[warning.stop]
        others = [stop for stop in others if stop is not own]
        is_own_fault = not isinstance(warning, Late | Closes)
        others = [own, *others] if is_own_fault else [*others, own]
    elif warning.leg is not None:
        at = min(warning.leg, len(stops) - 1)
        others = [stops[at], *stops[max(0, at - 1) : at]]
    yield from (Remedy(RemedyCode.DROP, stop=stop.id) for stop in others)


def _best_order(trials: RemedyTrials) -> Remedy | None:
    """The best order of all stops, with the cuts that it needs; None where it is the one there is."""
    best = trials.best_order if len(trials.day.stops) > 1 else None
    order = tuple(stop.id for stop in best.day.stops) if best else ()
    if best is None or order == tuple(stop.id for stop in trials.day.stops):
        return None
    return Remedy(RemedyCode.ORDER, order=order, cuts=best.cuts)


def _dearness(stop: Stop) -> tuple[bool, int]:
    """What is agreed with somebody is left out last, short stays first."""
    return stop.fixed is not None or stop.locked or stop.talk, stop.dwell_min


def _is_too_early(warning: Warning) -> bool:
    """Whether the group stands before a door that is not open yet: to be earlier is no help."""
    return isinstance(warning, OpensLater)


def _reach(day: Day, warning: Warning, *, own: bool, legs: bool = False) -> int:
    """How many of the first stops, or legs, lie before the trouble; its own stop among them if asked for."""
    if warning.stop is not None:
        return warning.stop + own
    if warning.leg is not None:
        return warning.leg
    return len(day.stops) + (legs and day.end is not None and day.end.place is not None)


def _least(count: int, works: Callable[[int], bool]) -> int:
    """Return the first number that works, of which all later ones do too; the count where none does."""
    if count == 0 or not works(count - 1):
        return count
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return low


def _remover(trials: RemedyTrials, tries: Sequence[Remedy], warning: Warning) -> Callable[[int], bool]:
    return lambda number: trials.removes(tries[number], warning)


def _spread(shape: Iterable[tuple[Stop, int]], minutes: int) -> Remedy:
    """Cut so many minutes, from the first stop on as much as it has."""
    made = []
    for stop, room in shape:
        if taken := min(room, minutes):
            made.append(Cut(stop.id, taken))
            minutes -= taken
    return Remedy(RemedyCode.CUT, cuts=tuple(made))


def _other_modes(trials: RemedyTrials, index: int) -> Iterator[tuple[int, Remedy]]:
    """The seconds saved on a leg by each other mode that it can really be made with."""
    leg = trials.itinerary.legs[index]
    if not leg.duration_s:
        return
    origin, destination, asked = _ends(trials, index)
    travel, reserves = trials.travel_of(trials.case), trials.case.group.reserves
    stop = trials.day.stops[index].id if index < len(trials.day.stops) else None
    for mode in (Mode.WALK, Mode.BUS, Mode.COACH):
        if mode is asked:
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


def is_shut(trials: RemedyTrials, warning: Warning) -> bool:
    """Whether the doors stay shut for the stay on this date, whenever the group comes."""
    if warning.code is not WarningCode.CLOSED or warning.stop is None:
        return False
    return not is_open(trials.case.timed.stops[warning.stop])


def _may_be_open(trials: RemedyTrials, remedy: Remedy, warning: Warning) -> bool:
    """Whether a closed stop is open at all on a date: asked first, as it saves a plan."""
    if warning.code is not WarningCode.CLOSED or warning.stop is None:
        return True
    return is_open(trials.timed_with(remedy).stops[warning.stop])


def is_open(stop: TimedStop) -> bool:
    """Whether a stay fits at all: at its fixed time, else at any."""
    if stop.fixed is not None:
        return any(span.holds(stop.fixed, stop.dwell_s) for span in stop.hours)
    return earliest_fit(within(stop.hours, stop.windows), 0, stop.dwell_s) is not None
