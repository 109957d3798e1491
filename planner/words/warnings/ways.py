"""What is said of ways: none, long, far off, not free of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from planner.domain.warnings.codes import (
    CoachStop,
    CoachTurns,
    FarFromStreets,
    Ferry,
    GateWait,
    HikingPath,
    LocationApproximate,
    LongClimb,
    LongKerbWalk,
    LongWalk,
    NotStepFree,
    NoWay,
    ObstacleKind,
    OffMainNetwork,
    SteepWay,
    StepFreeUnknown,
    WayHoursUnread,
)
from planner.words.formats import distance_text, minutes_range_text
from planner.words.translation import _, gettext
from planner.words.warnings.no_way import no_way
from planner.words.warnings.rough import rough

if TYPE_CHECKING:
    from planner.domain.warnings.codes import OfWays

_OBSTACLES = {
    ObstacleKind.UNCONFIRMED: _("an unconfirmed path"),
    ObstacleKind.STEPS: _("steps"),
    ObstacleKind.WHEELCHAIR_NO: _("a stretch closed to wheelchairs"),
    ObstacleKind.KERB: _("a high kerb"),
    ObstacleKind.INCLINE: _("a steep slope"),
    ObstacleKind.SURFACE: _("a bad surface"),
    ObstacleKind.NARROW: _("a narrow stretch"),
    ObstacleKind.BARRIER: _("a barrier"),
}


def sentence(warning: OfWays, language: str) -> str:
    """Return the sentence in the language in force, which is `language`."""
    match warning:
        case NoWay():
            return no_way(warning, language)
        case LocationApproximate() | NotStepFree():
            return _of_a_place(warning, language)
        case FarFromStreets() | StepFreeUnknown() | OffMainNetwork():
            return _not_known(warning, language)
        case LongWalk() | LongKerbWalk():
            return _long(warning, language)
        case HikingPath() | SteepWay() | LongClimb() | Ferry():
            return rough(warning, language)
        case GateWait() | WayHoursUnread() | CoachTurns() | CoachStop():
            return _hours(warning)
        case _:
            assert_never(warning)


def _of_a_place(warning: LocationApproximate | NotStepFree, language: str) -> str:
    if isinstance(warning, NotStepFree):
        return _not_step_free(warning, language)
    return _location_approximate(warning, language)


def _hours(warning: GateWait | WayHoursUnread | CoachTurns | CoachStop) -> str:
    if isinstance(warning, CoachStop):
        return gettext("No place for a coach to stop is near: it stops on the road. Ask the driver first.")
    if isinstance(warning, CoachTurns):
        return gettext(
            "The coach must reverse to turn round where no place to turn is marked: ask the driver first."
        )
    if isinstance(warning, WayHoursUnread):
        if not warning.words:
            return gettext("A way or gate here may be shut at times: check before you go.")
        return gettext(
            "A way or gate here may be shut at times, the map says: %(words)s. Check before you go.",
            words=warning.words,
        )
    if not warning.opens:
        return gettext("Waiting on the way until a gate opens.")
    return gettext("Waiting on the way: a gate or path there opens at %(time)s.", time=warning.opens)


def _long(warning: LongWalk | LongKerbWalk, language: str) -> str:
    distance = _distance(warning.metres, language)
    if isinstance(warning, LongKerbWalk):
        if distance:
            return gettext("%(distance)s on foot between the place and the coach.", distance=distance)
        return gettext("A long walk between the place and the coach.")
    return gettext("A long walk: %(distance)s.", distance=distance) if distance else gettext("A long walk.")


def _not_known(warning: FarFromStreets | StepFreeUnknown | OffMainNetwork, language: str) -> str:
    if isinstance(warning, OffMainNetwork):
        return gettext("The nearest way joins no other street: check on the spot how to get there.")
    distance = _distance(warning.metres, language)
    if isinstance(warning, StepFreeUnknown):
        if distance:
            return gettext("For %(distance)s nobody knows whether there are steps.", distance=distance)
        return gettext("Step-free access is not known: ask before the visit.")
    if distance:
        return gettext("The nearest known way is %(distance)s off.", distance=distance)
    return gettext("No known way comes near.")


def _location_approximate(warning: LocationApproximate, language: str) -> str:
    distance = _distance(warning.error_m, language)
    if not distance:
        return gettext("The exact place is not known yet.")
    if warning.low_min is None or warning.high_min is None:
        return gettext("The place is known to %(distance)s only.", distance=distance)
    minutes = minutes_range_text(warning.low_min, warning.high_min, language)
    return gettext(
        "The place is known to %(distance)s only: the way takes %(minutes)s.",
        distance=distance,
        minutes=minutes,
    )


def _not_step_free(warning: NotStepFree, language: str) -> str:
    if warning.obstacle is None:
        return gettext("There are steps, and no way round them.")
    obstacle = str(_OBSTACLES[warning.obstacle])
    if not warning.metres:
        return gettext("No step-free way is known: %(obstacle)s.", obstacle=obstacle)
    words = {"obstacle": obstacle, "distance": _distance(warning.metres, language)}
    return gettext("No step-free way is known: %(obstacle)s after %(distance)s.", **words)


def _distance(metres: int | None, language: str) -> str:
    return "" if metres is None else distance_text(metres, language)
