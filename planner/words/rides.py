"""Rides as words: vehicles, stops and departures. All of it needs an application context.

A name of a stop or of a direction cannot be inflected by rule, so it stands as
on its sign; each vehicle has whole phrases of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.visits import Mode
from planner.words.formats import minutes_text
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.itinerary import Leg
    from planner.domain.rides import Choice, Ride
    from planner.words.formats import DayClock

ON_RAILS = frozenset({"rail", "tram", "metro", "ferry"})
"""Vehicles that keep off the roads."""

_BY = {
    "bus": _("By bus"),
    "tram": _("By tram"),
    "rail": _("By train"),
    "metro": _("By metro"),
    "ferry": _("By ferry"),
    "trolleybus": _("By trolleybus"),
    "share_taxi": _("By minibus"),
}
_NAMES = {
    "bus": _("bus"),
    "tram": _("tram"),
    "rail": _("train"),
    "metro": _("metro"),
    "ferry": _("ferry"),
    "trolleybus": _("trolleybus"),
    "share_taxi": _("minibus"),
}
_TAKE = {
    "bus": _("Take bus %(line)s"),
    "tram": _("Take tram %(line)s"),
    "rail": _("Take train %(line)s"),
    "metro": _("Take metro %(line)s"),
    "ferry": _("Take ferry %(line)s"),
    "trolleybus": _("Take trolleybus %(line)s"),
    "share_taxi": _("Take minibus %(line)s"),
}


def by_vehicles(vehicles: Iterable[str]) -> str:
    """Return "By bus", or "By bus, by train" where one changes between them."""
    first, *others = dict.fromkeys(str(_BY.get(vehicle, _BY["bus"])) for vehicle in vehicles)
    return ", ".join((first, *(text[:1].lower() + text[1:] for text in others)))


def rides_of(leg: Leg) -> list[Ride]:
    """The rides of a leg in their order."""
    return [part.ride for part in leg.parts if part.ride is not None]


def vehicle_name(ride: Ride) -> str:
    """Return "bus 253"; a line without a name is just its vehicle."""
    return " ".join(text for text in (str(_NAMES.get(ride.vehicle, _NAMES["bus"])), ride.line) if text)


def is_about(ride: Ride) -> bool:
    """Whether the minutes are expected ones only."""
    return ride.is_estimated or ride.headway_s is not None


def stops_text(ride: Ride) -> str:
    """Return how many stops one rides: the one of getting off counts."""
    return ngettext("%(num)s stop", "%(num)s stops", len(ride.via) + 1)


def halt_text(ride: Ride, platform: str) -> str:
    """Return "platform 2", of a bus "stand 02", '' where it is not known."""
    if not platform:
        return ""
    if ride.vehicle in ON_RAILS:
        return gettext("platform %(platform)s", platform=platform)
    return gettext("stand %(platform)s", platform=platform)


def service_text(ride: Ride, language: str) -> str:
    """Return how sure and how frequent the line is, '' where a timetable gives the minutes."""
    if ride.headway_s is None:
        return gettext("estimated") if ride.is_estimated else ""
    minutes = minutes_text(max(1, round(ride.headway_s / 60)), language)
    if ride.is_estimated:
        return gettext("estimated: about every %(minutes)s", minutes=minutes)
    return gettext("about every %(minutes)s", minutes=minutes)


def wait_text(minutes: int, ride: Ride | None) -> str:
    """Return the wait at a stop; for a ride without sure minutes it is what is to be expected."""
    if ride is None or not is_about(ride):
        return ngettext("Wait %(num)s minute", "Wait %(num)s minutes", minutes)
    return ngettext("Wait about %(num)s minute", "Wait about %(num)s minutes", minutes)


def later_text(ride: Ride, clock: DayClock) -> str:
    """Return "then 10:55, 11:25", '' where no later departure is known."""
    times = ", ".join(clock.departure(time).text for time in ride.following[:2])
    return gettext("then %(times)s", times=times) if times else ""


def last_back_text(ride: Ride, clock: DayClock) -> str:
    """Return "last back 21:19 from Radziszów Centrum", '' where it is not known."""
    if ride.last_back is None:
        return ""
    time = clock.departure(ride.last_back).text
    return gettext("last back %(time)s from %(stop)s", time=time, stop=ride.alight.name)


def ask_text(ride: Ride) -> str:
    """Return what to do at a stop on request, '' at any other."""
    if not ride.on_request:
        return ""
    return gettext("On request: wave to get on, press the button to get off.")


def ride_sentence(ride: Ride, clock: DayClock) -> str:
    """Return a ride as a line of directions."""
    take = _TAKE.get(ride.vehicle, _TAKE["bus"]).fill(line=ride.line).rstrip()
    towards = towards_text(ride)
    stand = halt_text(ride, ride.board.platform)
    words = {
        "take": f"{take} {towards}" if towards else take,
        "board": f"{ride.board.name} ({stand})" if stand else ride.board.name,
        "departs": _at(ride, _departs(ride, clock)),
        "stops": stops_text(ride),
        "alight": ride.alight.name,
        "arrives": _at(ride, _arrives(ride, clock)),
    }
    return gettext(
        "%(take)s from %(board)s %(departs)s, %(stops)s, get off at %(alight)s %(arrives)s", **words
    )


def towards_text(ride: Ride) -> str:
    """Return the direction as the vehicle shows it, '' where it is not known."""
    return gettext("towards %(headsign)s", headsign=ride.headsign) if ride.headsign else ""


def _at(ride: Ride, time: str) -> str:
    if not time:
        return ""
    return gettext("at about %(time)s", time=time) if is_about(ride) else gettext("at %(time)s", time=time)


def in_short(rides: Sequence[Ride], clock: DayClock) -> str:
    """Return the rides in one line: "bus 253 10:52 Skawina Rynek – 11:15 Radziszów Centrum"."""
    return "; ".join(
        " ".join(
            (
                vehicle_name(ride),
                *(text for text in (_departs(ride, clock), ride.board.name) if text),
                "–",
                *(text for text in (_arrives(ride, clock), ride.alight.name) if text),
            )
        )
        for ride in rides
    )


def _departs(ride: Ride, clock: DayClock) -> str:
    return "" if ride.board.time is None else clock.departure(ride.board.time).text


def _arrives(ride: Ride, clock: DayClock) -> str:
    return "" if ride.alight.time is None else clock.arrival(ride.alight.time).text


_SAVES = {
    Mode.BUS: _("The bus saves %(minutes)s"),
    Mode.COACH: _("The coach saves %(minutes)s"),
    Mode.WALK: _("Walking saves %(minutes)s"),
}
_NOTHING_SAVED = {
    Mode.BUS: _("By bus: nothing is quicker"),
    Mode.COACH: _("By coach: nothing is quicker"),
    Mode.WALK: _("On foot: no bus is quicker"),
}


def choice_text(choice: Choice | None, language: str) -> str:
    """Return why the quickest way is what it is, '' where nobody asked for the quickest."""
    if choice is None or choice.mode not in _SAVES:
        return ""
    saved = (choice.saves_s or 0) // 60
    if choice.mode is Mode.WALK or not saved:
        why = str(_NOTHING_SAVED[choice.mode])
    else:
        why = _SAVES[choice.mode].fill(minutes=minutes_text(saved, language))
    if choice.next_in_s is None or choice.mode is not Mode.BUS:
        return why
    minutes = minutes_text(max(0, choice.next_in_s // 60), language)
    return gettext("%(why)s, next in %(minutes)s", why=why, minutes=minutes)
