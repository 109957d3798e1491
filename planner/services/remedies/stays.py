"""Shorter stays, other dates, and stops left out."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode, least_min
from planner.domain.edits.remedy_costs import is_agreed
from planner.domain.warnings.codes import Closes, Late, LateFor, Warning, WarningCode
from planner.domain.warnings.severity import OF_TIME, Tone, tone_of_warning
from planner.services.remedies.evened import evened, nearest_first
from planner.services.remedies.subject import is_open, is_too_early, reach
from planner.services.remedies.times import least

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.domain.visits import Stop
    from planner.services.remedies.trials import RemedyTrials

DAYS_AHEAD = 14
"""So far ahead another date is looked for; times differ by the weekday only, doors by holidays too."""
WEEK = 7


def cuts(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield shorter stays, the fewest minutes first: at one stop, or at several, as fairly as can be."""
    if warning.code not in OF_TIME or is_too_early(warning):
        return
    by_minutes = []
    for shape in shapes(trials, warning):
        most = sum(room for _, room in shape)
        tries = [nearest_first(shape, minutes) for minutes in range(1, most + 1)]
        first = least(most, _remover(trials, tries, warning))
        if first < most:
            by_minutes.append((first + 1, shape))
    for minutes, shape in sorted(by_minutes, key=lambda cut: cut[0]):
        yield evened(shape, minutes, partial(_removes, trials, warning))


def most_cut(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield the stays as short as they may be: at one stop, or at several."""
    for shape in shapes(trials, warning):
        yield nearest_first(shape, sum(room for _, room in shape))


def shapes(trials: RemedyTrials, warning: Warning) -> list[list[tuple[Stop, int]]]:
    """Which stays may be cut, each with the minutes that there are to cut: one alone, and all."""
    own = not (isinstance(warning, Late) and warning.kind is LateFor.FIXED)
    near = [trials.day.stops[at] for at in reversed(range(reach(trials.day, warning, own=own)))]
    rooms = [(stop, stop.dwell_min - least_min(stop)) for stop in near]
    alone = [[room] for room in rooms if room[1] > 0]
    return [*alone, [room for shape in alone for room in shape]] if len(alone) > 1 else alone


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
    """Yield stops to leave out where something does not work, none that is essential or the only one."""
    stops = trials.day.stops
    if tone_of_warning(warning) is not Tone.FAIL or len(stops) < 2:  # noqa: PLR2004
        return
    others = sorted(stops[: reach(trials.day, warning, own=True)], key=_dearness)
    if warning.stop is not None:
        own = stops[warning.stop]
        others = [stop for stop in others if stop is not own]
        is_own_fault = not isinstance(warning, Late | Closes)
        others = [own, *others] if is_own_fault else [*others, own]
    elif warning.leg is not None:
        at = min(warning.leg, len(stops) - 1)
        others = [stops[at], *stops[max(0, at - 1) : at]]
    yield from (Remedy(RemedyCode.DROP, stop=stop.id) for stop in others if not stop.essential)


def _dearness(stop: Stop) -> tuple[bool, bool, int]:
    """What may be left out anyway comes first, what is agreed with somebody last, short stays first."""
    return not stop.optional, is_agreed(stop), stop.dwell_min


def _remover(trials: RemedyTrials, tries: Sequence[Remedy], warning: Warning) -> Callable[[int], bool]:
    return lambda number: trials.removes(tries[number], warning)


def _removes(trials: RemedyTrials, warning: Warning, remedy: Remedy) -> bool:
    return trials.removes(remedy, warning)


def _may_be_open(trials: RemedyTrials, remedy: Remedy, warning: Warning) -> bool:
    """Whether a closed stop is open at all on a date: asked first, as it saves a plan."""
    if warning.code is not WarningCode.CLOSED or warning.stop is None:
        return True
    return is_open(trials.timed_with(remedy).stops[warning.stop])
