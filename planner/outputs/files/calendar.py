"""A visit as iCalendar (RFC 5545, with the properties of RFC 7986): one event for each stop, times in UTC.

UTC is right on every day, also where the clock shows an hour twice; a calendar shows it in its own zone.
Who takes a newer file, or follows the calendar, sees the same events changed: an event's UID stays, and its
SEQUENCE grows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event, vDuration, vText

from planner.domain.clock import MINUTE_S, TownClock, minute_until
from planner.domain.weather.switches import NO_SWITCH, Switches
from planner.outputs.files.content.history import Changed, History
from planner.outputs.files.content.plan import FilePlan
from planner.outputs.files.content.text import one_line, plain
from planner.outputs.files.content.told import is_first, meeting_line, stop_lines, stop_title
from planner.words.formats import DayClock
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.outputs.files.content.history import Dropped
    from planner.outputs.files.content.plan import FileDay, FileStop
    from planner.outputs.files.content.stays import StayKey

REFRESH = dt.timedelta(hours=1)
"""How often a calendar is asked to look again; most do it once an hour to once a day."""

BEFORE_STOP_MIN, BEFORE_MEETING_MIN = 10, 30
"""How long before a stop, and before the meeting of a day, one is reminded."""


@dataclass(frozen=True)
class CalendarFile:
    """The calendar of a visit. `mark` tells its events from those of all other visits.

    Where guides have `switched` a day to its rain version, the plan has it so already.
    """

    plan: FilePlan
    history: History
    mark: str
    switched: Switches = NO_SWITCH

    def file(self) -> bytes:
        """Return it to be taken over once."""
        return self._written(self._calendar())

    def followed(self) -> bytes:
        """Return it to be followed: it says when to look again, and what it has no more is cancelled.

        That is what was dropped and, once a day was switched, what its other version alone has.
        """
        with force_locale(self.plan.language):
            calendar = self._calendar()
            refresh = vDuration(REFRESH)
            refresh.params["VALUE"] = "DURATION"
            calendar.add("refresh-interval", refresh)
            calendar.add("x-published-ttl", "PT1H")
            for dropped, why in self._gone():
                if not self.plan.party or dropped.stay.key.party in {"", self.plan.party}:
                    calendar.add_component(self._cancelled(dropped, why))
        return self._written(calendar)

    def _gone(self) -> Iterator[tuple[Dropped, str]]:
        """Yield what is cancelled, and why: what was dropped, and what the other version alone has."""
        plan = self.plan
        shown = {stop.key for day in plan.days for stop in day.stops}
        switched = {day.date for day in plan.days if day.number - 1 in self.switched.touched}
        other = {one.stay.key: one for one in self.history.switched_off(shown, switched)}
        for dropped in self.history.dropped:
            if dropped.stay.key not in {*shown, *other}:
                yield dropped, gettext("No longer part of the visit.")
        for one in other.values():
            yield one, gettext("No longer at this time: the weather has changed the day.")

    def _written(self, calendar: Calendar) -> bytes:
        written: bytes = calendar.to_ical()
        return written

    def _calendar(self) -> Calendar:
        plan = self.plan
        calendar = Calendar()
        calendar.add("prodid", "-//Study-visit planner//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        name = one_line(" – ".join(text for text in (plan.title, plan.party) if text))
        about = "\n".join((plan.version, *plan.rests.lines))
        calendar.add("name", name)
        calendar.add("x-wr-calname", vText(name))
        calendar.add("description", about)
        calendar.add("x-wr-caldesc", vText(about))
        calendar.add("x-wr-timezone", plan.timezone)
        calendar.add("last-modified", _utc(max(plan.published, self.switched.last)))
        with force_locale(plan.language):
            for day in plan.days:
                for stop in day.stops:
                    calendar.add_component(self._event(day, stop))
        return calendar

    def _event(self, day: FileDay, stop: FileStop) -> Event:
        event = self._bare(stop.key, (stop.start, stop.leave))
        event.add("summary", one_line(stop_title(stop)))
        place = ", ".join(dict.fromkeys(text for text in (stop.name, stop.address) if text))
        if stop.at:
            lon, lat = stop.at
            event.add("geo", (round(lat, 6), round(lon, 6)))
        if stop.at or stop.address:
            event.add("location", one_line(place))
        lines = list(stop_lines(stop))
        before = BEFORE_STOP_MIN
        if is_first(day, stop):
            clock = DayClock(TownClock(self.plan.timezone), day.date)
            start = next((one for one in day.starts if one.party in {"", stop.party}), day.starts[0])
            lines.insert(0, meeting_line(start, clock.departure(start.time).text))
            before = BEFORE_MEETING_MIN + (stop.start - start.time) // MINUTE_S
        if day.number - 1 in self.switched.rainy:
            lines.append(gettext("It rains: the rain version of the day is in force."))
        event.add("description", "\n".join((*lines, "", *self.plan.rests.lines)))
        event.add("status", "CONFIRMED")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one_line(stop_title(stop)))
        alarm.add("trigger", dt.timedelta(minutes=-before))
        event.add_component(alarm)
        return event

    def _bare(self, key: StayKey, times: tuple[Instant, Instant]) -> Event:
        history, new = self.history, Changed(self.plan.number, self.plan.published)
        return self._dated(key, times, history.changes.get(key) or history.changed_only_in_rain(key) or new)

    def _dated(self, key: StayKey, times: tuple[Instant, Instant], changed: Changed) -> Event:
        """An event; its version grows with each release that changes it, and with each switch."""
        event = Event()
        told = _utc(max(changed.published, self.switched.last))
        event.add("uid", self._uid(key))
        event.add("dtstamp", told)
        event.add("last-modified", told)
        event.add("sequence", changed.sequence + self.switched.count)
        event.add("dtstart", _utc(times[0]))
        if times[1] > times[0]:
            event.add("dtend", _utc(times[1]))
        return event

    def _cancelled(self, dropped: Dropped, why: str) -> Event:
        way, place = dropped.stay.calls[0]
        call = way.itinerary.calls[place]
        times = minute_until(call.start), minute_until(call.leave)
        event = self._dated(dropped.stay.key, times, dropped.changed)
        stop = dropped.release.visit.days[dropped.stay.day].stops[call.stop]
        name = PlaceWords(dropped.release.sites, self.plan.language).stop_name(stop)
        event.add("summary", one_line(plain(name)))
        event.add("description", why)
        event.add("status", "CANCELLED")
        return event

    def _uid(self, key: StayKey) -> str:
        said = "\0".join((self.mark, key.stop, str(key.again), key.party))
        return f"{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}@study-visit-planner"


def _utc(instant: Instant) -> dt.datetime:
    return dt.datetime.fromtimestamp(instant, dt.UTC)
