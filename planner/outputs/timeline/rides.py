"""A leg by public transport told step by step: to the stop, the ride, changing, from the last stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from, moved_minutes
from planner.domain.itinerary import PartKind
from planner.outputs.timeline.rows import PartRow
from planner.outputs.timeline.steps import PassedStop, RideStep, RideStop, Step, WaitStep, WalkStep
from planner.words import rides as ride_text
from planner.words.directions import route_lines
from planner.words.formats import DayClock, distance_text, minutes_text, waited_minutes
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg, LegPart
    from planner.domain.rides import Ride, StopCall
    from planner.words.formats import Moment


@dataclass(frozen=True)
class RideWriter:
    """Writes the legs of one day by public transport; needs an application context.

    Who walks on or waits after something else begins when that is shown to end.
    """

    clock: DayClock
    language: str
    country: str

    def steps(self, leg: Leg) -> tuple[Step, ...]:
        """Return the steps of a leg that rides, none for any other."""
        return tuple(self._steps(leg)) if ride_text.rides_of(leg) else ()

    def parts(self, leg: Leg) -> tuple[PartRow, ...]:
        """Return the directions of a leg that rides, part by part."""
        return tuple(
            PartRow(step.title, step.lines)
            if isinstance(step, WalkStep)
            else PartRow(_capital(step.name), (step.sentence,), after=step.one_before)
            for step in self.steps(leg)
            if not isinstance(step, WaitStep)
        )

    def in_short(self, leg: Leg) -> str:
        """Return the rides of a leg in one line, '' without any."""
        return ride_text.in_short(ride_text.rides_of(leg), self.clock)

    def _steps(self, leg: Leg) -> Iterator[Step]:
        for number, part in enumerate(leg.parts):
            ahead = next((later.ride for later in leg.parts[number:] if later.ride), None)
            if part.ride is not None:
                yield self._ride(part, part.ride)
            elif part.kind is PartKind.WAIT:
                minutes = waited_minutes(part.depart, part.arrive)
                if minutes:
                    yield WaitStep(self.clock.arrival(part.depart), ride_text.wait_text(minutes, ahead))
            elif part.distance_m >= 1:
                begins = minute_from(part.depart) if number else part.depart
                yield self._walk(replace(part, depart=begins), ahead)

    def _walk(self, part: LegPart, ahead: Ride | None) -> WalkStep:
        words = {"distance": distance_text(part.distance_m, self.language)}
        if ahead:
            words["stop"] = ahead.board.name
            title = gettext("On foot to the stop %(stop)s: %(distance)s", **words)
        else:
            title = gettext("On foot from the stop: %(distance)s", **words)
        words["minutes"] = minutes_text(max(1, moved_minutes(part.depart, part.arrive)), self.language)
        return WalkStep(
            time=self.clock.departure(part.depart),
            text=gettext("Walk %(distance)s, %(minutes)s", **words),
            title=title,
            lines=route_lines(part.instructions, self.language, self.country),
        )

    def _ride(self, part: LegPart, ride: Ride) -> RideStep:
        minutes = minutes_text(max(1, moved_minutes(part.depart, part.arrive)), self.language)
        return RideStep(
            line=ride.line,
            vehicle=ride.vehicle,
            name=ride_text.vehicle_name(ride),
            towards=ride_text.towards_text(ride),
            board=self._halt(ride, ride.board, self.clock.departure(_or(ride.board.time, part.depart))),
            alight=self._halt(ride, ride.alight, self.clock.arrival(_or(ride.alight.time, part.arrive))),
            stay=f"{minutes}, {ride_text.stops_text(ride)}",
            passed=tuple(PassedStop(passed.name, self._time(passed.time)) for passed in ride.via),
            later=ride_text.later_text(ride, self.clock),
            last_back=ride_text.last_back_text(ride, self.clock),
            service=ride_text.service_text(ride, self.language),
            asks=ride_text.ask_text(ride),
            one_before=self._one_before(ride),
            sentence=ride_text.ride_sentence(ride, self.clock),
        )

    def _halt(self, ride: Ride, call: StopCall, time: Moment) -> RideStop:
        about = gettext("about") if ride_text.is_about(ride) else ""
        return RideStop(call.name, ride_text.halt_text(ride, call.platform), time, about)

    def _one_before(self, ride: Ride) -> str:
        """Return the stop at which to get ready."""
        if not ride.via:
            return ""
        last = ride.via[-1]
        words = {"stop": " ".join(text for text in (last.name, self._time(last.time)) if text)}
        return gettext("The stop before: %(stop)s", **words)

    def _time(self, instant: Instant | None) -> str:
        return "" if instant is None else self.clock.departure(instant).text


def _or(instant: Instant | None, otherwise: Instant) -> Instant:
    return otherwise if instant is None else instant


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
