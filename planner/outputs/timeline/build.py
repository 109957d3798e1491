"""One day of a release as a timeline: start, legs, stops and end in the order they happen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import moved_minutes
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.walking import error_range_min
from planner.domain.text import in_language, web_link, web_links
from planner.domain.visits import Mode, PlaceRef
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import Tone
from planner.domain.weather.daylight import SOON_S, daylight
from planner.outputs.timeline.meals import place_of_meal
from planner.outputs.timeline.parts import in_parts, is_walk_instead, part_rows
from planner.outputs.timeline.phrases import (
    contact_of,
    estimated_phrase,
    gather_phrase,
    host_of,
    imprint_of,
    pause_phrase,
    riding_phrase,
    slack_phrase,
    walking_phrase,
)
from planner.outputs.timeline.rides import RideWriter
from planner.outputs.timeline.rows import (
    DayLink,
    EndRow,
    LegRow,
    Noticed,
    Row,
    StartRow,
    StopRow,
    Summary,
    Timeline,
)
from planner.outputs.timeline.told import ToldDay
from planner.outputs.timeline.weather.dark import dark_way
from planner.words.around.booked import booked_rows, meal_text
from planner.words.around.comfort import (
    comfort_facts,
    longest_text,
    not_known_text,
    ticket_text,
    unseated_text,
)
from planner.words.formats import (
    distance_text,
    long_date,
    minutes_range_text,
    minutes_text,
    short_day,
    waited_minutes,
)
from planner.words.modes import mode_name
from planner.words.rides import by_vehicles, choice_text, rides_of
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Call, Leg
    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.visits import Stop
    from planner.domain.weather.daylight import Daylight
    from planner.words.warnings.tell import Notice


def build_timeline(content: ReleaseContent, day: int, language: str) -> Timeline:
    """Return what a page shows of a day (counted from 0); needs an application context.

    Raises
    ------
    IndexError
        If the visit has no such day.
    """
    if not 0 <= day < len(content.visit.days):
        msg = f"the visit has {len(content.visit.days)} days, not {day + 1}"
        raise IndexError(msg)
    with force_locale(language):
        return DayWriter(content, day, language).timeline()


def build_summary(content: ReleaseContent, day: int, language: str) -> Summary:
    """Return the summary of a day's timeline without its rows, which are nearly all the work."""
    with force_locale(language):
        writer = DayWriter(content, day, language)
        return writer.summary(writer.noticed())


@dataclass(frozen=True)
class DayWriter(ToldDay):
    """Writes one day; lives as long as one call of build_timeline.

    A stop's number is its position in the day's list: the same for every party, whatever its own order.
    """

    @cached_property
    def rides(self) -> RideWriter:
        """Return what writes the steps of a ride."""
        return RideWriter(self.clock, self.language, self.content.network.country)

    def timeline(self) -> Timeline:
        """Return the whole day."""
        start = self.day.start.place
        rows = tuple(self.rows())
        thanks = in_language(self.visit.thanks, self.language).splitlines()
        return Timeline(
            language=self.language,
            town=self.content.network.name,
            title=in_language(self.visit.title, self.language),
            date=long_date(self.day.date, self.language),
            date_iso=self.day.date.isoformat(),
            day=self.index,
            days=self.day_links(),
            meeting_point=self.meeting_point() or self.words.name(start),
            meeting_address=self.words.address(start),
            meeting_time=self.clock.departure(self.itinerary.start),
            coordinator=contact_of(self.visit.coordinator),
            summary=self.summary(row.notices for row in rows if isinstance(row, Noticed)),
            notices=self.day_notices(),
            rows=rows,
            imprint=imprint_of(self.content, self.index, self.language),
            bring=in_language(self.visit.bring, self.language),
            thanks=tuple(line for line in thanks if not web_link(line)),
            links=web_links(thanks) if self.index == len(self.visit.days) - 1 else (),
        )

    def meeting_point(self) -> str:
        """Return the visit's meeting point on its first day, else '': there the day's start says it."""
        return in_language(self.visit.meeting_point, self.language) if self.index == 0 else ""

    def day_links(self) -> tuple[DayLink, ...]:
        """Return the days to choose from."""
        return tuple(
            DayLink(number, short_day(day.date, self.language), number == self.index + 1)
            for number, day in enumerate(self.visit.days, start=1)
        )

    def rows(self) -> Iterable[Row]:
        """Return the rows in the order in which they happen."""
        start = self.day.start.place
        yield self.start_row(self.itinerary.start)
        came_from, left_at = start, self.itinerary.start
        for index, call in enumerate(self.itinerary.calls):
            goes_to = self.day.stops[call.stop].place
            if leg := self.leg_row(index, left_at, came_from, goes_to):
                yield leg
            yield self.stop_row(call)
            came_from, left_at = goes_to or came_from, call.leave
        end = self.day.end.place if self.day.end else None
        if last := self.leg_row(len(self.itinerary.calls), left_at, came_from, end):
            yield last
        yield self.end_row(end)

    def start_row(self, at: Instant) -> StartRow:
        """Return where the day begins, with the train and the coach that are booked."""
        place, coach = self.day.start.place, self.day.coach_booking
        return StartRow(
            self.words.name(place),
            self.words.address(place),
            self.clock.departure(at),
            booked_rows(self.day, self.language),
            has_driver=bool(coach and coach.driver),
        )

    def leg_row(self, index: int, left_at: int, start: PlaceRef, end: PlaceRef | None) -> LegRow | None:
        """Return the row of a leg; None where nobody moves."""
        if index >= len(self.itinerary.legs):
            return None
        leg = self.itinerary.legs[index]
        notices = self.leg_notices(index)
        if not (leg.distance_m or leg.duration_s or notices):
            return None
        steps = self.rides.steps(leg)
        gather_min = waited_minutes(left_at, leg.depart)
        mode = Mode.WALK if is_walk_instead(leg) else leg.mode
        return LegRow(
            index=index,
            mode=str(mode),
            mode_name=by_vehicles(ride.vehicle for ride in rides_of(leg)) if steps else mode_name(mode),
            depart=self.clock.departure(leg.depart),
            arrive=self.clock.arrival(leg.arrive),
            minutes=self.leg_minutes(leg, self.words.error_m(start) + self.words.error_m(end)),
            distance=distance_text(leg.distance_m, self.language) if leg.distance_m else "",
            gather=gather_phrase(gather_min, self.language),
            estimated=estimated_phrase(leg.estimated_m, self.language),
            is_mostly_estimated=leg.estimated_m > (leg.distance_m or 0.0) / 2,
            parts=self.rides.parts(leg) or part_rows(leg, self.language, self.content.network.country),
            in_parts=self.rides.in_short(leg) or in_parts(leg, self.language),
            steps=steps,
            choice=choice_text(leg.choice, self.language),
            dark=dark_way(leg, self.light, self.clock),
            is_assumed=leg.assumed,
            unseated=unseated_text(leg.unseated_m, self.language),
            notices=notices,
        )

    def leg_minutes(self, leg: Leg, error_m: float) -> str:
        """Return how long a leg takes: a range to a place roughly known, a question to one not on the map."""
        if leg.assumed:
            minutes = minutes_text(leg.duration_s // 60, self.language)
            return gettext("about %(minutes)s?", minutes=minutes)
        if error_m and leg.mode is Mode.WALK:
            low, high = error_range_min(leg.duration_s, error_m, self.visit.pace_kmh)
            return gettext("about %(minutes)s", minutes=minutes_range_text(low, high, self.language))
        return minutes_text(max(1, moved_minutes(leg.depart, leg.depart + leg.duration_s)), self.language)

    def stop_row(self, call: Call) -> StopRow:
        """Return the row of a stay."""
        stop = self.day.stops[call.stop]
        site = self.words.site(stop.place)
        start, leave = self.clock.departure(call.start), self.clock.departure(call.leave)
        dwell_min = moved_minutes(call.start, call.leave)
        wait_min = waited_minutes(call.arrive, call.start)
        is_tight = any(warning.code is WarningCode.TIGHT for warning in self.stop_warnings(call))
        slack_min = None if call.slack_s is None else call.slack_s // 60
        return StopRow(
            number=call.stop + 1,
            index=call.stop,
            id=stop.id,
            name=self.words.stop_name(stop),
            address=self.words.address(stop.place),
            here=self.held_at(call),
            arrive=self.clock.arrival(call.arrive),
            start=start,
            leave=leave,
            times=f"{start.text}–{leave.text}",
            dwell=minutes_text(dwell_min, self.language),
            dwell_min=dwell_min,
            wait=pause_phrase(wait_min, self.kept_min(call), self.language),
            wait_min=wait_min,
            slack="" if is_tight else slack_phrase(slack_min, self.language),
            slack_min=slack_min,
            summary=in_language(site.summary, self.language) if site else "",
            description=in_language(site.description, self.language) if site else "",
            note=in_language(stop.note, self.language),
            practical=self.practical(stop, site, call),
            not_known=not_known_text(self.content.network, site),
            at=site.location.at if site else (stop.place.at if stop.place else None),
            host=host_of(site),
            site=site.id if site else "",
            aside=in_language(site.notes, self.language) if site else "",
            booked=meal_text(stop.booking, self.language) if stop.booking else "",
            photo=site.photo if site else "",
            notices=self.notices(self.stop_warnings(call)),
        )

    def held_at(self, call: Call) -> str:
        """Return where a meal without a place of its own happens, '' for everything else."""
        place = place_of_meal(self.day, self.itinerary.calls, call)
        name = self.words.name(place) if place else ""
        return gettext("here: %(name)s", name=name) if name else ""

    def kept_min(self, call: Call) -> int:
        """Return the minutes before a stay that are kept in reserve, if nothing comes up."""
        leg = self.itinerary.legs[self.itinerary.calls.index(call)]
        return Reserves.of(self.visit.buffers).after(leg) // 60 + self.day.stops[call.stop].buffer_min

    def end_row(self, place: PlaceRef | None) -> EndRow:
        """Return the row of the day's end."""
        return EndRow(
            name=self.words.name(place),
            address=self.words.address(place),
            time=self.clock.arrival(self.itinerary.finish),
            notices=self.end_notices(),
        )

    def summary(self, noticed: Iterable[tuple[Notice, ...]]) -> Summary:
        """Return the day in numbers, given the notices of its rows."""
        told = [said for notices in (*noticed, self.day_notices()) for said in notices]
        count, stops = sum(said.tone != Tone.NOTE for said in told), len(self.itinerary.calls)
        people = self.visit.group_size
        drive_m = self.itinerary.totals.drive_m
        return Summary(
            start=self.clock.departure(self.itinerary.start).text,
            finish=self.clock.arrival(self.itinerary.finish).text,
            walking=walking_phrase(self.itinerary, self.language),
            driving=distance_text(drive_m, self.language) if drive_m else "",
            riding=riding_phrase(self.itinerary, self.language),
            stops=ngettext("%(num)s stop", "%(num)s stops", stops),
            people=ngettext("%(num)s person", "%(num)s people", people),
            warnings=ngettext("%(num)s warning", "%(num)s warnings", count) if count else "",
            warning_count=count,
            dark=self.dark(),
            unseated=longest_text(self.day, self.itinerary, self.words),
        )

    @cached_property
    def light(self) -> Daylight:
        """Return when the sun rises and sets on the day."""
        return daylight(self.day, self.content.sites)

    def dark(self) -> str:
        """Return from when it is dark, '' where the day is over long before."""
        sets = self.light.sets
        if sets is None or self.itinerary.finish < sets - SOON_S:
            return ""
        return gettext("dark from %(time)s (sunset)", time=self.clock.departure(sets).text)

    def practical(self, stop: Stop, site: Site | None, call: Call) -> tuple[str, ...]:
        """Return short facts of a stay; outdoors also that it is dark before it ends."""
        is_dark = self.light.sets is not None and call.leave > self.light.sets
        dark = gettext("after dark") if site and site.outdoor and is_dark else ""
        at = site.location.at if site else (stop.place.at if stop.place else None)
        mapped = self.content.network.comforts if at else ()
        comforts = comfort_facts(site, call, self.language, mapped)
        told = (*self.words.practical(site), dark, *comforts, ticket_text(stop, site))
        return tuple(text for text in told if text)
