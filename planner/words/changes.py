"""What differs between two states of a visit, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.booked.things import Arrival, CoachBooking, MealBooking
from planner.domain.coach import CoachProfile
from planner.domain.edits.changes import Change, ChangeKind
from planner.domain.text import in_language
from planner.domain.visits import (
    Day,
    DayEnd,
    DayStart,
    LegBuffers,
    Mode,
    Party,
    PartyRoute,
    PlaceRef,
    Stop,
    StopKind,
    Visit,
)
from planner.words.around.booked import arrival_text, coach_booking_text, meal_text
from planner.words.formats import language_name, number_text, short_day
from planner.words.modes import buffers_text, coach_text, mode_name
from planner.words.translation import _, force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.domain.sites import Site

NOTHING = "–"

FIELDS = {
    "title": _("Title"),
    "languages": _("Languages"),
    "group_size": _("Group size"),
    "pace_kmh": _("Pace"),
    "step_free": _("Without steps"),
    "hardest_path": _("Hardest hiking path"),
    "coordinator": _("Coordinator"),
    "meeting_point": _("Meeting point"),
    "bring": _("What to bring"),
    "thanks": _("After the visit"),
    "days": _("Days"),
    "date": _("Date"),
    "start": _("Start"),
    "end": _("End"),
    "mode": _("Way of moving"),
    "dwell_min": _("Minutes there"),
    "min_dwell_min": _("Least minutes there"),
    "windows": _("Window"),
    "fixed": _("Fixed time"),
    "locked": _("Locked in its position"),
    "after": _("After"),
    "mode_to": _("Way there"),
    "buffer_min": _("Reserve"),
    "note": _("Note"),
    "place": _("Place"),
    "kind": _("Kind"),
    "coach": _("Coach"),
    "stand_in_timetable": _("Timetable of another date"),
    "hours": _("Opening hours"),
    "talk": _("A talk"),
    "essential": _("What the visit is for"),
    "optional": _("May be left out"),
    "weight": _("Weight"),
    "together": _("All together"),
    "capacity": _("Room for"),
    "interpreter": _("Interpreter"),
    "interpreters": _("Interpreters"),
    "buffers": _("Reserve after a leg"),
    "assumed_leg_min": _("Way to a place that is not on the map"),
    "parties": _("Parties"),
    "party_routes": _("Ways of the parties"),
    "arrival": _("Arrival"),
    "coach_booking": _("Coach of the day"),
    "booking": _("Booked meal"),
    "rain": _("If it rains"),
    "rain_fixed": _("Fixed time if it rains"),
    "rain_dwell_min": _("Minutes there if it rains"),
    "rain_capacity": _("Room for, if it rains"),
    "tickets_got": _("Tickets bought"),
}


def change_lines(
    changes: Iterable[Change], visit: Visit, sites: Mapping[str, Site], language: str
) -> list[str]:
    """Return a sentence for every change; `visit` and `sites` give stops their names."""
    with force_locale(language):
        words = _Words(visit, sites, language)
        return [words.line(change) for change in changes]


class _Words:
    """Writes changes; `_names` are those of the stops of the day that a change concerns."""

    def __init__(self, visit: Visit, sites: Mapping[str, Site], language: str) -> None:
        self._sites = sites
        self._language = language
        self._days = {day.date: day for day in visit.days}
        self._names = self._names_of(visit.days[0])

    def line(self, change: Change) -> str:
        """The sentence, after the day's name where the visit has several."""
        if change.day is None:
            return self._line(change)
        if change.day in self._days:
            self._names = self._names_of(self._days[change.day])
        day = short_day(change.day, self._language)
        if change.stop is None and change.kind is ChangeKind.ADDED:
            return gettext("A day more: %(day)s", day=day)
        if change.stop is None and change.kind is ChangeKind.REMOVED:
            return gettext("A day less: %(day)s", day=day)
        return f"{day}: {self._line(change)}"

    def _line(self, change: Change) -> str:
        stop = self._stop(change.stop) if change.stop else ""
        if change.kind is ChangeKind.ADDED:
            return gettext("Added: %(stop)s", stop=stop)
        if change.kind is ChangeKind.REMOVED:
            return gettext("Removed: %(stop)s", stop=stop)
        if change.kind is ChangeKind.REORDERED:
            order = " → ".join(self._names.get(name, name) for name in change.after)
            return gettext("New order: %(order)s", order=order)
        field = str(FIELDS.get(change.field, change.field))
        if isinstance(change.before, Mapping) and isinstance(change.after, Mapping):
            values = self._texts(field, change.before, change.after)
            return f"{stop}: {values}" if stop else values
        own: dict[str, Callable[[Any], str]] = {
            "mode_to": self._way,
            "after": self._stops,
            "interpreter": self._times,
            "party_routes": self._routes,
            "arrival": self._booked,
            "coach_booking": self._booked,
            "booking": self._booked,
        }
        said = own.get(change.field, self._value)
        values = f"{said(change.before)} → {said(change.after)}"
        return f"{stop}: {field}: {values}" if stop else f"{field}: {values}"

    def _texts(self, field: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
        """What a text was and is; in the languages in which it is otherwise, where it reads the same here."""
        was, now = (in_language(text, self._language) for text in (before, after))
        if was != now:
            return f"{field}: {was or NOTHING} → {now or NOTHING}"
        codes = [code for code in {**before, **after} if before.get(code) != after.get(code)]
        told = (f"{language_name(code, self._language)}: {_both(before, after, code)}" for code in codes)
        return f"{field}, {'; '.join(told)}"

    def _names_of(self, day: Day) -> dict[str, str]:
        return {stop.id: self._stop(stop) for stop in day.stops}

    def _stops(self, ids: tuple[str, ...]) -> str:
        return ", ".join(self._names.get(name, name) for name in ids) or NOTHING

    def _times(self, factor: float) -> str:
        return f"× {number_text(factor, self._language)}"

    def _stop(self, stop: Stop) -> str:
        if stop.place is not None:
            return self._place(stop.place)
        return gettext("Meal") if stop.kind is StopKind.MEAL else gettext("Break")

    def _place(self, place: PlaceRef) -> str:
        site = self._sites.get(place.site) if place.site else None
        if site is not None:
            return in_language(site.name, self._language)
        at = f"{place.at[1]:.5f}, {place.at[0]:.5f}" if place.at else ""
        return in_language(place.name, self._language) or place.site or at

    def _sizes(self, value: CoachProfile | LegBuffers) -> str:
        if isinstance(value, CoachProfile):
            return coach_text(value, self._language)
        return buffers_text(value, self._language) or NOTHING

    def _way(self, mode: Mode | None) -> str:
        return mode_name(mode) if mode else gettext("as on the whole day")

    def _value(self, value: Any) -> str:
        if isinstance(value, DayStart):
            return f"{value.time}, {self._place(value.place)}"
        if isinstance(value, DayEnd):
            place = self._place(value.place) if value.place else ""
            way = mode_name(value.mode_to) if value.mode_to else ""
            return ", ".join(part for part in (place, _end_time(value), way) if part) or NOTHING
        if isinstance(value, PlaceRef):
            return self._place(value)
        if isinstance(value, CoachProfile | LegBuffers):
            return self._sizes(value)
        if isinstance(value, Mapping):
            return in_language(value, self._language) or NOTHING
        return _plain(value)

    def _booked(self, value: Arrival | CoachBooking | MealBooking | None) -> str:
        """What is booked; that a driver is known is told, not who."""
        if isinstance(value, Arrival):
            return arrival_text(value, self._language)
        if isinstance(value, CoachBooking):
            driver = gettext("driver known") if value.driver else ""
            told = coach_booking_text(value, self._language), driver
            return ", ".join(filter(None, told)) or NOTHING
        return meal_text(value, self._language) if value else NOTHING

    def _routes(self, routes: tuple[PartyRoute, ...]) -> str:
        return "; ".join(map(self._route, routes)) or NOTHING

    def _route(self, route: PartyRoute) -> str:
        stops = " → ".join(self._names.get(call.stop, call.stop) for call in route.calls)
        return f"{route.party}: {stops}"


def _both(before: Mapping[str, str], after: Mapping[str, str], code: str) -> str:
    return f"{before.get(code) or NOTHING} → {after.get(code) or NOTHING}"


def _end_time(end: DayEnd) -> str:
    if end.arrive:
        return gettext("be there at %(time)s", time=end.arrive)
    return end.latest or ""


def _plain(value: Any) -> str:
    """A number, a time, a way of moving, a list of windows or of names, yes or no."""
    if isinstance(value, Mode):
        return mode_name(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, tuple):
        return ", ".join(map(_item, value)) or NOTHING
    return NOTHING if value in (None, "") else str(value)


def _item(value: Any) -> str:
    """One of several: a party with its size, a window, a name."""
    if isinstance(value, Party):
        told = (str(value.size), value.guide, value.language)
        return f"{value.name} ({', '.join(text for text in told if text)})"
    return "–".join(map(str, value)) if isinstance(value, tuple) else str(value)
