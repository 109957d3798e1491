"""What is said of rides by bus and train: none, estimated, outdated, too small, on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from planner.domain.warnings.codes import (
    GroupTooBigForBus,
    NoRide,
    NoService,
    OnRequest,
    ServiceEstimated,
    TimetableOutdated,
)
from planner.words.formats import iso_date_text, minutes_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import OfRides

_NO_TIMETABLE = _("No timetable is known here: no bus or train can be offered.")
_NO_RIDE = {
    NoRide.DAY: _("No timetable covers this day: no bus or train can be offered."),
    NoRide.PLACE: _("No stop of a bus or train is known within walking distance."),
}


def sentence(warning: OfRides, language: str) -> str:
    """Return the sentence in the language in force, which is `language`."""
    match warning:
        case NoService():
            return _no_service(warning)
        case ServiceEstimated():
            return _service_estimated(warning, language)
        case TimetableOutdated():
            return _timetable_outdated(warning, language)
        case GroupTooBigForBus():
            return _group_too_big(warning)
        case OnRequest():
            return _on_request(warning.halt)
        case _:
            assert_never(warning)


def _no_service(warning: NoService) -> str:
    words = {"lines": warning.lines, "stop": warning.near, "at": warning.at}
    if words["lines"] and words["stop"]:
        return gettext("No departures are known of %(lines)s at %(stop)s: ask the carrier.", **words)
    if words["lines"]:
        return gettext("No departures are known of %(lines)s: ask the carrier.", **words)
    if warning.reason is NoRide.TIME and words["at"]:
        return gettext("No bus or train from %(at)s on is known that would be quicker.", **words)
    return str(_NO_RIDE.get(warning.reason, _NO_TIMETABLE) if warning.reason else _NO_TIMETABLE)


def _service_estimated(warning: ServiceEstimated, language: str) -> str:
    line = warning.line
    if line and warning.every_min:
        minutes = minutes_text(warning.every_min, language)
        return gettext(
            "Line %(line)s runs about every %(minutes)s: its times are estimated.", line=line, minutes=minutes
        )
    if line:
        return gettext("Line %(line)s has no timetable here: its times are estimated.", line=line)
    return gettext("The times of the ride are estimated.")


def _timetable_outdated(warning: TimetableOutdated, language: str) -> str:
    dates = {"from": warning.valid_from, "to": warning.valid_to, "like": warning.like}
    words = {name: iso_date_text(date, language) for name, date in dates.items()}
    if not (words["from"] and words["to"]):
        return gettext("The timetable says nothing about this day: check before the visit.")
    if words["like"]:
        return gettext(
            "The timetable is of %(from)s – %(to)s: times as on %(like)s, check before the visit.", **words
        )
    return gettext("The timetable is of %(from)s – %(to)s and says nothing about this day.", **words)


def _group_too_big(warning: GroupTooBigForBus) -> str:
    words = {"line": warning.line, "room": warning.room, "group": warning.group}
    if words["room"] is None:
        return gettext("The group may not fit into one vehicle: ask the carrier, or split it.")
    if not words["line"]:
        return gettext("Room for about %(room)s in a vehicle: ask the carrier, or split the group.", **words)
    return gettext("Line %(line)s has room for about %(room)s: ask the carrier, or split the group.", **words)


def _on_request(stop: str) -> str:
    if stop:
        return gettext(
            "%(stop)s is a stop on request: wave to get on, press the button to get off.", stop=stop
        )
    return gettext("On request: wave to get on, press the button to get off.")
