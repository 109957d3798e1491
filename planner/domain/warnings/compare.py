"""Warnings of two plans of a day held against each other: what is gone, what is new, what is worse."""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING

from planner.domain.warnings.codes import (
    DrivingTime,
    FarFromStreets,
    GroupTooBigForBus,
    InterpreterAlone,
    Late,
    LateFor,
    LongKerbWalk,
    LongWalk,
    NoService,
    NotStepFree,
    OnCarriageway,
    OnRequest,
    Precedence,
    ServiceEstimated,
    StepFreeUnknown,
    TimetableOutdated,
    Warning,
    WarningCode,
)
from planner.domain.warnings.severity import LOUDER, Tone, is_trouble, tone_of_warning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Day

Complaint = tuple[str, str, str, str]
"""What a warning is about, whatever else the plan is: code, stop, the stop its leg leads to, kind."""

OF_LENGTH = (LongWalk, LongKerbWalk, FarFromStreets, StepFreeUnknown, NotStepFree, OnCarriageway)
"""Warnings that are worse the more metres they speak of."""


def complaint(warning: Warning, day: Day) -> Complaint:
    """Return what a warning of a plan of this day is about."""
    stop = "" if warning.stop is None else day.stops[warning.stop].id
    leg = "" if warning.leg is None else _leads_to(day, warning.leg)
    return (warning.code.value, stop, leg, _kind(warning, day))


def is_cured(warning: Warning, before: tuple[Day, Itinerary], after: tuple[Day, Itinerary]) -> bool:
    """Whether a plan is rid of a warning of another, and has none as serious that is new or worse.

    A demand that is no longer kept is as serious as any warning.
    """
    target = complaint(warning, before[0])
    new = _weights(*after)
    if target in new:
        return False
    old = _weights(*before)
    least = LOUDER.index(tone_of_warning(warning))
    return not any(
        tone >= least and _is_worse(old.get(about, (0, ()))[1], weights)
        for about, (tone, weights) in new.items()
    )


def is_rid_of(warning: Warning, before: Day, after: tuple[Day, Itinerary]) -> bool:
    """Whether a plan no longer has a warning of another, whatever else it has."""
    target = complaint(warning, before)
    return all(complaint(left, after[0]) != target for left in after[1].warnings)


def _weights(day: Day, itinerary: Itinerary) -> Mapping[Complaint, tuple[int, Sequence[float]]]:
    """How loud each complaint is, and how bad each of the warnings about it, the worst first."""
    weights_of: dict[Complaint, list[float]] = defaultdict(list)
    tones: dict[Complaint, int] = {}
    for warning in itinerary.warnings:
        about = complaint(warning, day)
        weights_of[about].append(_weight(warning))
        tones[about] = LOUDER.index(Tone.FAIL if is_trouble(warning) else tone_of_warning(warning))
    return {about: (tones[about], sorted(weights, reverse=True)) for about, weights in weights_of.items()}


def _is_worse(before: Sequence[float], after: Sequence[float]) -> bool:
    return any(new > old for old, new in zip_longest(before, after, fillvalue=-inf))


def _weight(warning: Warning) -> float:
    """How bad a warning is beside others of its kind: seconds or metres."""
    if warning.code is WarningCode.TIGHT:
        return -(warning.by_s or 0)
    if warning.by_s is not None:
        return warning.by_s
    if isinstance(warning, OF_LENGTH) and warning.metres is not None:
        return warning.metres
    return inf if warning.code is WarningCode.CLOSED else 0.0


def _leads_to(day: Day, leg: int) -> str:
    """The stop that a leg leads to, '*' for the end of the day."""
    return day.stops[leg].id if leg < len(day.stops) else "*"


def _kind(warning: Warning, day: Day) -> str:  # noqa: PLR0911 - one line for each kind
    """What else tells warnings of one code at one place apart."""
    match warning:
        case Precedence(after=int(after)):
            return day.stops[after - 1].id
        case Late(kind=LateFor() as kind):
            return kind.value
        case DrivingTime(breach=kind) | InterpreterAlone(kind=kind):
            return kind.value if kind else ""
        case StepFreeUnknown(lines=lines) | NoService(lines=lines):
            return lines
        case ServiceEstimated(line=line) | GroupTooBigForBus(line=line) | OnRequest(line=line):
            return line
        case TimetableOutdated(source=source):
            return source
    return ""  # closed is closed, whichever way
