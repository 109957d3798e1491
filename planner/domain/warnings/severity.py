"""How serious a warning is, and whether a plan can do anything about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.clock import minute_until
from planner.domain.warnings.codes import ClockChange, NoService, WarningCode

if TYPE_CHECKING:
    from planner.domain.itinerary import Call, Itinerary
    from planner.domain.warnings.codes import Warning


class Tone(StrEnum):
    """How loud a warning is: a fact to know, a thing to watch, a thing that does not work."""

    NOTE = "note"
    WARN = "warn"
    FAIL = "fail"


NARROW_S = 600
"""More to spare than this is no worry."""

LOUDER = (Tone.NOTE, Tone.WARN, Tone.FAIL)
"""The tones, each louder than the one before."""

_TONES = {
    WarningCode.CLOSED: Tone.FAIL,
    WarningCode.LATE: Tone.FAIL,
    WarningCode.NO_WAY: Tone.FAIL,
    WarningCode.NOT_STEP_FREE: Tone.FAIL,
    WarningCode.HOURS_UNKNOWN: Tone.NOTE,
    WarningCode.LOCATION_APPROXIMATE: Tone.NOTE,
    WarningCode.SITE_UNCONFIRMED: Tone.NOTE,
    WarningCode.SKETCH_DATA: Tone.NOTE,
    WarningCode.SERVICE_ESTIMATED: Tone.NOTE,
    WarningCode.ON_REQUEST: Tone.NOTE,
    WarningCode.GATE_WAIT: Tone.NOTE,
    WarningCode.CLOCK_CHANGE: Tone.NOTE,
    WarningCode.ENTRY_AT: Tone.NOTE,
}

OF_TIME = frozenset({WarningCode.LATE, WarningCode.CLOSED, WarningCode.TIGHT, WarningCode.NO_SERVICE})
"""What a day that is ahead of time may be rid of."""

OF_LEG = frozenset(
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

_CURABLE = OF_TIME | OF_LEG | {WarningCode.PRECEDENCE}
"""What another plan of the day may be rid of. The rest are facts: about a site, the data, the group."""


def tone_of(code: WarningCode) -> Tone:
    """Return how loud a code is."""
    return _TONES.get(code, Tone.WARN)


def tone_of_warning(warning: Warning) -> Tone:
    """Return how loud a warning is.

    That the clock skips a time is a fault of the day, that it shows one twice only good to know.
    That a service near by has no timetable is good to know, and no fault of the plan.
    """
    if isinstance(warning, ClockChange) and not warning.other:
        return Tone.WARN
    is_aside = isinstance(warning, NoService) and bool(warning.lines)
    return Tone.NOTE if is_aside else tone_of(warning.code)


def is_curable(warning: Warning) -> bool:
    """Whether it is worth looking for a plan without this warning."""
    return warning.code in _CURABLE and tone_of_warning(warning) is not Tone.NOTE


def is_trouble(warning: Warning) -> bool:
    """Whether a warning tells that a demand of the day is not kept, or that something does not work."""
    return warning.code is WarningCode.PRECEDENCE or tone_of_warning(warning) is Tone.FAIL


def tightest(itinerary: Itinerary) -> Call | None:
    """Return the call that may slip by the fewest minutes, of several the last: there something would break.

    None where there is enough to spare, where something does not work or a warning says it already.
    """
    if any(
        warning.code is WarningCode.TIGHT or tone_of_warning(warning) is Tone.FAIL
        for warning in itinerary.warnings
    ):
        return None
    slacks = [(call.slack_s, -at) for at, call in enumerate(itinerary.calls)]
    narrow = [(minute_until(slack), at) for slack, at in slacks if slack is not None]
    slack, last = min(narrow, default=(NARROW_S, 0))
    return itinerary.calls[-last] if slack < NARROW_S else None
