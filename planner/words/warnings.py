"""Warnings as sentences: short, active, with the number in them.

What each code carries, beside `by_s` (every parameter may be missing; times are "HH:MM"):

| code                 | by_s                                | params                                     |
| -------------------- | ----------------------------------- | ------------------------------------------ |
| closed               | by how much the stay lies outside   | kind: closes (before it is done; at,       |
|                      |                                     | closes, left_min, dwell_min, and from      |
|                      |                                     | where that is still to come), opens (later;|
|                      |                                     | at, opens, in_min) or none (shut all day;  |
|                      |                                     | because: public_holiday, school_holiday)   |
| late                 | by how much                         | limit, kind: fixed, window or finish       |
| tight                | the slack                           | limit                                      |
| hours_unknown        |                                     | doubt: school_holidays; comment            |
| by_appointment       |                                     | comment                                    |
| no_way               |                                     | coach: why not, by coach                   |
| long_walk            |                                     | metres                                     |
| far_from_streets     |                                     | metres                                     |
| location_approximate |                                     | error_m, low_min, high_min                 |
| not_placed           |                                     |                                            |
| site_unconfirmed     |                                     |                                            |
| step_free_unknown    |                                     | metres                                     |
| not_step_free        |                                     | obstacle, metres along, lon, lat           |
| over_capacity        |                                     | capacity, group                            |
| precedence           |                                     | name, after: the other stop's number       |
| off_main_network     |                                     |                                            |
| sketch_data          |                                     | estimated_percent                          |
| coach_unchecked      |                                     |                                            |
| long_kerb_walk       |                                     | metres                                     |
| no_service           |                                     | reason: none, day, place, time or unknown; |
|                      |                                     | at; lines and stop of those without times  |
| service_estimated    |                                     | line, every_min where it runs by headway   |
| timetable_outdated   |                                     | from, to, like: the day that stands in     |
| group_too_big_for_bus |                                    | line, room, group                          |
| on_request           |                                     | line, stop                                 |
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.itinerary import Warning, WarningCode
from planner.domain.warnings.severity import tone_of_warning
from planner.words.formats import distance_text, iso_date_text, minutes_range_text, minutes_text
from planner.words.translation import _, force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Notice:
    """A warning ready to be read: its code for programs, its tone for the eye, its sentence."""

    code: str
    tone: str
    text: str


def notice(warning: Warning, language: str) -> Notice:
    """Return a warning as tone and sentence; needs an application context."""
    return Notice(str(warning.code), str(tone_of_warning(warning)), sentence(warning, language))


def sentence(warning: Warning, language: str) -> str:
    """Return a warning's sentence in a language; needs an application context."""
    with force_locale(language):
        return _SENTENCES[warning.code](_Facts(warning, language))


@dataclass(frozen=True)
class _Facts:
    """Reads a warning's numbers as text; what is missing or of the wrong kind is ''."""

    warning: Warning
    language: str

    @property
    def by(self) -> str:
        """The minutes between a whole-minute limit and a later moment, as the clock shows them."""
        seconds = self.warning.by_s
        return minutes_text(max(1, seconds // 60), self.language) if seconds else ""

    @property
    def by_before(self) -> str:
        """The same where the moment lies before the limit."""
        seconds = self.warning.by_s
        return minutes_text(ceil(seconds / 60), self.language) if seconds else ""

    def text(self, key: str) -> str:
        value = self.warning.params.get(key)
        return "" if value is None else str(value)

    def number(self, key: str) -> int | None:
        try:
            return int(float(self.text(key)))
        except (ValueError, OverflowError):
            return None

    def distance(self, key: str) -> str:
        metres = self.number(key)
        return "" if metres is None else distance_text(metres, self.language)


def _closed(facts: _Facts) -> str:
    kind = facts.text("kind")
    if kind == "closes":
        return _closes(facts)
    if kind == "opens":
        words = {key: facts.text(key) for key in ("opens", "at")}
        wait = minutes_text(facts.number("in_min") or 0, facts.language)
        return gettext("Opens in %(wait)s, at %(opens)s: the group is there at %(at)s.", wait=wait, **words)
    if kind == "none":
        return str(_ALL_DAY.get(facts.text("because"), _ALL_DAY[""]))
    return _closed_before_kinds(facts)


def _closes(facts: _Facts) -> str:
    words = {key: facts.text(key) for key in ("from", "closes", "at")}
    for key in ("left", "dwell"):
        words[key] = minutes_text(facts.number(f"{key}_min") or 0, facts.language)
    if words["from"]:
        return gettext("Open %(from)s–%(closes)s only: %(left)s for a visit of %(dwell)s.", **words)
    if not facts.number("left_min"):
        return gettext("Closed since %(closes)s: the group is there at %(at)s.", **words)
    return gettext("There from %(at)s, closes at %(closes)s: %(left)s for a visit of %(dwell)s.", **words)


def _closed_before_kinds(facts: _Facts) -> str:
    """What releases say that were frozen before there were kinds."""
    words = {"opens": facts.text("opens"), "closes": facts.text("closes"), "by": facts.by}
    if words["opens"] and words["closes"]:
        return gettext("Open only %(opens)s–%(closes)s: the visit does not fit.", **words)
    if words["closes"] and words["by"]:
        return gettext("Closes at %(closes)s, %(by)s before the visit ends.", **words)
    if words["closes"]:
        return gettext("Closes at %(closes)s, before the visit ends.", **words)
    if words["opens"] and words["by"]:
        words["by"] = facts.by_before
        return gettext("Opens at %(opens)s, %(by)s after the group arrives.", **words)
    if words["opens"]:
        return gettext("Opens at %(opens)s, after the group arrives.", **words)
    return gettext("Closed at the time of the visit.")


def _late(facts: _Facts) -> str:
    words = {"by": facts.by, "limit": facts.text("limit")}
    if not words["limit"]:
        return gettext("%(by)s late.", **words) if words["by"] else gettext("Too late.")
    if not words["by"]:
        return gettext("Too late: the limit is %(limit)s.", **words)
    kind = facts.text("kind")
    if kind == "fixed":
        return gettext("%(by)s late: the agreed time is %(limit)s.", **words)
    if kind == "finish":
        return gettext("%(by)s late: the day should end by %(limit)s.", **words)
    return gettext("%(by)s late: the time window ends at %(limit)s.", **words)


def _tight(facts: _Facts) -> str:
    minutes = (facts.warning.by_s or 0) // 60
    if minutes < 1:
        return gettext("No time to spare.")
    words = {"minutes": minutes_text(minutes, facts.language), "limit": facts.text("limit")}
    if words["limit"]:
        return gettext("Only %(minutes)s to spare before %(limit)s.", **words)
    return gettext("Only %(minutes)s to spare.", **words)


def _hours_unknown(facts: _Facts) -> str:
    if facts.text("doubt") == "school_holidays":
        return gettext("Open or closed by the school holidays, which are not known for this date: ask.")
    if facts.text("comment"):
        return gettext("Not sure to be open: “%(comment)s”.", comment=facts.text("comment"))
    return gettext("Opening hours unknown: ask before the visit.")


def _by_appointment(facts: _Facts) -> str:
    comment = facts.text("comment")
    if comment and comment.casefold() != "by appointment":
        return gettext("By appointment only: %(comment)s.", comment=comment.rstrip("."))
    return gettext("By appointment only: agree the visit with the host.")


def _no_way(facts: _Facts) -> str:
    reason = facts.text("coach")
    if reason in _NO_COACH:
        return str(_NO_COACH[reason])
    return gettext("No way is known here: the time is only assumed.")


def _long_walk(facts: _Facts) -> str:
    distance = facts.distance("metres")
    return gettext("A long walk: %(distance)s.", distance=distance) if distance else gettext("A long walk.")


def _far_from_streets(facts: _Facts) -> str:
    distance = facts.distance("metres")
    if distance:
        return gettext("The nearest known way is %(distance)s off.", distance=distance)
    return gettext("No known way comes near.")


def _location_approximate(facts: _Facts) -> str:
    distance = facts.distance("error_m")
    low, high = facts.number("low_min"), facts.number("high_min")
    if not distance:
        return gettext("The exact place is not known yet.")
    if low is None or high is None:
        return gettext("The place is known to %(distance)s only.", distance=distance)
    minutes = minutes_range_text(low, high, facts.language)
    return gettext(
        "The place is known to %(distance)s only: the way takes %(minutes)s.",
        distance=distance,
        minutes=minutes,
    )


def _not_placed(_facts: _Facts) -> str:
    return gettext("Not on the map yet: the way here is only assumed.")


def _site_unconfirmed(_facts: _Facts) -> str:
    return gettext("Not confirmed with the host yet.")


def _step_free_unknown(facts: _Facts) -> str:
    distance = facts.distance("metres")
    if distance:
        return gettext("For %(distance)s nobody knows whether there are steps.", distance=distance)
    return gettext("Step-free access is not known: ask before the visit.")


def _not_step_free(facts: _Facts) -> str:
    obstacle = _obstacle(facts.text("obstacle"))
    if not obstacle:
        return gettext("There are steps, and no way round them.")
    if not facts.number("metres"):
        return gettext("No step-free way is known: %(obstacle)s.", obstacle=obstacle)
    words = {"obstacle": obstacle, "distance": facts.distance("metres")}
    return gettext("No step-free way is known: %(obstacle)s after %(distance)s.", **words)


def _obstacle(name: str) -> str:
    words = {
        "unconfirmed": gettext("an unconfirmed path"),
        "steps": gettext("steps"),
        "wheelchair_no": gettext("a stretch closed to wheelchairs"),
        "kerb": gettext("a high kerb"),
        "incline": gettext("a steep slope"),
        "surface": gettext("a bad surface"),
        "narrow": gettext("a narrow stretch"),
        "barrier": gettext("a barrier"),
    }
    return words.get(name, "")


def _off_main_network(_facts: _Facts) -> str:
    return gettext("The nearest way joins no other street: check on the spot how to get there.")


def _over_capacity(facts: _Facts) -> str:
    capacity, group = facts.number("capacity"), facts.number("group")
    if capacity is None or group is None:
        return gettext("Too small for the group.")
    return gettext("Room for %(capacity)s, the group has %(group)s.", capacity=capacity, group=group)


def _precedence(facts: _Facts) -> str:
    words = {"name": facts.text("name"), "number": facts.number("after")}
    if words["name"]:
        return gettext("Should come after: %(name)s.", **words)
    if words["number"]:
        return gettext("Should come after stop %(number)s.", **words)
    return gettext("Comes too early in the day.")


def _sketch_data(facts: _Facts) -> str:
    percent = facts.number("estimated_percent")
    if percent is None:
        return gettext("The street data is a sketch: check the way on the spot.")
    return gettext("The street data is a sketch: %(percent)s%% of it is unconfirmed.", percent=percent)


def _coach_unchecked(_facts: _Facts) -> str:
    return gettext("Check the drives with the driver: this map knows no one-way streets and no limits.")


def _long_kerb_walk(facts: _Facts) -> str:
    distance = facts.distance("metres")
    if distance:
        return gettext("%(distance)s on foot between the place and the coach.", distance=distance)
    return gettext("A long walk between the place and the coach.")


def _no_service(facts: _Facts) -> str:
    words = {"lines": facts.text("lines"), "stop": facts.text("stop"), "at": facts.text("at")}
    if words["lines"] and words["stop"]:
        return gettext("No departures are known of %(lines)s at %(stop)s: ask the carrier.", **words)
    if words["lines"]:
        return gettext("No departures are known of %(lines)s: ask the carrier.", **words)
    if facts.text("reason") == "time" and words["at"]:
        return gettext("No bus or train from %(at)s on is known that would be quicker.", **words)
    return str(_NO_RIDE.get(facts.text("reason"), _NO_RIDE["none"]))


def _service_estimated(facts: _Facts) -> str:
    line, every = facts.text("line"), facts.number("every_min")
    if line and every:
        minutes = minutes_text(every, facts.language)
        return gettext(
            "Line %(line)s runs about every %(minutes)s: its times are estimated.", line=line, minutes=minutes
        )
    if line:
        return gettext("Line %(line)s has no timetable here: its times are estimated.", line=line)
    return gettext("The times of the ride are estimated.")


def _timetable_outdated(facts: _Facts) -> str:
    words = {name: iso_date_text(facts.text(name), facts.language) for name in ("from", "to", "like")}
    if not (words["from"] and words["to"]):
        return gettext("The timetable says nothing about this day: check before the visit.")
    if words["like"]:
        return gettext(
            "The timetable is of %(from)s – %(to)s: times as on %(like)s, check before the visit.", **words
        )
    return gettext("The timetable is of %(from)s – %(to)s and says nothing about this day.", **words)


def _group_too_big(facts: _Facts) -> str:
    words = {"line": facts.text("line"), "room": facts.number("room"), "group": facts.number("group")}
    if words["room"] is None:
        return gettext("The group may not fit into one vehicle: ask the carrier, or split it.")
    if not words["line"]:
        return gettext("Room for about %(room)s in a vehicle: ask the carrier, or split the group.", **words)
    return gettext("Line %(line)s has room for about %(room)s: ask the carrier, or split the group.", **words)


def _on_request(facts: _Facts) -> str:
    stop = facts.text("stop")
    if stop:
        return gettext(
            "%(stop)s is a stop on request: wave to get on, press the button to get off.", stop=stop
        )
    return gettext("On request: wave to get on, press the button to get off.")


_ALL_DAY = {
    "": _("Closed all day."),
    "public_holiday": _("Closed that day: public holiday."),
    "school_holiday": _("Closed that day: school holidays."),
}
_NO_RIDE = {
    "none": _("No timetable is known here: no bus or train can be offered."),
    "day": _("No timetable covers this day: no bus or train can be offered."),
    "place": _("No stop of a bus or train is known within walking distance."),
}
_NO_COACH = {
    "no_kerb_near": _(
        "No street near where a coach may stop: the time is only assumed. Give the site a drop-off point."
    ),
    "limits": _("Too low, narrow or weak for this coach: the time is only assumed. Take a smaller one."),
    "no_way": _("No way for a coach is known here: the time is only assumed."),
}

_SENTENCES: dict[WarningCode, Callable[[_Facts], str]] = {
    WarningCode.CLOSED: _closed,
    WarningCode.LATE: _late,
    WarningCode.TIGHT: _tight,
    WarningCode.HOURS_UNKNOWN: _hours_unknown,
    WarningCode.BY_APPOINTMENT: _by_appointment,
    WarningCode.NO_WAY: _no_way,
    WarningCode.LONG_WALK: _long_walk,
    WarningCode.FAR_FROM_STREETS: _far_from_streets,
    WarningCode.LOCATION_APPROXIMATE: _location_approximate,
    WarningCode.NOT_PLACED: _not_placed,
    WarningCode.SITE_UNCONFIRMED: _site_unconfirmed,
    WarningCode.STEP_FREE_UNKNOWN: _step_free_unknown,
    WarningCode.NOT_STEP_FREE: _not_step_free,
    WarningCode.OVER_CAPACITY: _over_capacity,
    WarningCode.PRECEDENCE: _precedence,
    WarningCode.OFF_MAIN_NETWORK: _off_main_network,
    WarningCode.SKETCH_DATA: _sketch_data,
    WarningCode.COACH_UNCHECKED: _coach_unchecked,
    WarningCode.LONG_KERB_WALK: _long_kerb_walk,
    WarningCode.NO_SERVICE: _no_service,
    WarningCode.SERVICE_ESTIMATED: _service_estimated,
    WarningCode.TIMETABLE_OUTDATED: _timetable_outdated,
    WarningCode.GROUP_TOO_BIG_FOR_BUS: _group_too_big,
    WarningCode.ON_REQUEST: _on_request,
}
