"""What differs between two states of a visit, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.changes import Change, ChangeKind
from planner.domain.coach import CoachProfile
from planner.domain.text import in_language
from planner.domain.visits import (
    DayEnd,
    DayStart,
    Mode,
    Party,
    PartyRoute,
    PlaceRef,
    Stop,
    StopKind,
    Visit,
)
from planner.outputs.timeline_words import coach_text, mode_name
from planner.outputs.translation import _, force_locale, gettext

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
    "coordinator": _("Coordinator"),
    "meeting_point": _("Meeting point"),
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
    "together": _("All together"),
    "capacity": _("Room for"),
    "interpreter": _("Interpreter"),
    "buffers": _("Reserve after a leg"),
    "parties": _("Parties"),
    "party_routes": _("Ways of the parties"),
}


def change_lines(
    found: Iterable[Change], visit: Visit, sites: Mapping[str, Site], language: str
) -> list[str]:
    """Return a sentence for every change; `visit` and `sites` give stops their names."""
    with force_locale(language):
        words = _Words(visit, sites, language)
        return [words.line(change) for change in found]


class _Words:
    def __init__(self, visit: Visit, sites: Mapping[str, Site], language: str) -> None:
        self._sites = sites
        self._language = language
        self._names = {stop.id: self._stop(stop) for day in visit.days for stop in day.stops}

    def line(self, change: Change) -> str:
        stop = self._stop(change.stop) if change.stop else ""
        if change.kind is ChangeKind.ADDED:
            return gettext("Added: %(stop)s", stop=stop)
        if change.kind is ChangeKind.REMOVED:
            return gettext("Removed: %(stop)s", stop=stop)
        if change.kind is ChangeKind.REORDERED:
            order = " → ".join(self._names.get(name, name) for name in change.after)
            return gettext("New order: %(order)s", order=order)
        field = str(FIELDS.get(change.field, change.field))
        said: Callable[[Any], str] = self._value
        if change.field in {"mode_to", "party_routes"}:
            said = self._way if change.field == "mode_to" else self._routes
        values = f"{said(change.before)} → {said(change.after)}"
        return f"{stop}: {field}: {values}" if stop else f"{field}: {values}"

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

    def _way(self, mode: Mode | None) -> str:
        return mode_name(mode) if mode else gettext("as on the whole day")

    def _value(self, value: Any) -> str:
        if isinstance(value, DayStart):
            return f"{value.time}, {self._place(value.place)}"
        if isinstance(value, DayEnd):
            place = self._place(value.place) if value.place else ""
            way = mode_name(value.mode_to) if value.mode_to else ""
            return ", ".join(part for part in (place, value.latest or value.arrive, way) if part) or NOTHING
        if isinstance(value, PlaceRef):
            return self._place(value)
        if isinstance(value, CoachProfile):
            return coach_text(value, self._language)
        if isinstance(value, Mapping):
            return in_language(value, self._language) or NOTHING
        return _plain(value)

    def _routes(self, routes: tuple[PartyRoute, ...]) -> str:
        return "; ".join(map(self._route, routes)) or NOTHING

    def _route(self, route: PartyRoute) -> str:
        stops = " → ".join(self._names.get(call.stop, call.stop) for call in route.calls)
        return f"{route.party}: {stops}"


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
