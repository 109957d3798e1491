"""The API's answers as JSON (design.md section 5): metres, seconds, ISO 8601 with offset, GeoJSON."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from planner.words import directions as directions_text
from planner.words import warnings as warning_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.domain.clock import Instant, TownClock
    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Call, Instruction, Itinerary, Leg, LegPart, Warning
    from planner.domain.releases import NetworkFacts, TimetableFacts
    from planner.domain.rides import Choice, Ride, StopCall
    from planner.domain.visits import Day
    from planner.services.order.find import Order
    from planner.services.planning.route import Matrix


class Answers:
    """Writes answers in one language and one town's time; its country tells how streets are called."""

    def __init__(self, clock: TownClock, language: str, country: str = "PL") -> None:
        self._clock = clock
        self._country = country
        self._language = language

    def itinerary(
        self,
        itinerary: Itinerary,
        facts: NetworkFacts,
        timetable: TimetableFacts | None = None,
        remedies_of: Callable[[Warning], list[dict[str, Any]]] = lambda _: [],
        numbers: Sequence[int] = (),
    ) -> dict[str, Any]:
        """The answer of POST /plan; `remedies_of` tells what would cure a warning.

        `numbers` are the numbers that the stops have in the request, where they are in another order.
        """
        number_of = dict(enumerate(numbers)) or {call.stop: call.stop for call in itinerary.calls}
        warnings = [(one, replace(one, stop=_number(number_of, one.stop))) for one in itinerary.warnings]
        return {
            "order": [number_of[call.stop] for call in itinerary.calls],
            "start": self._time(itinerary.start),
            "calls": [self._call(replace(call, stop=number_of[call.stop])) for call in itinerary.calls],
            "legs": [self.leg(leg) for leg in itinerary.legs],
            "totals": {
                "walk_m": round(itinerary.totals.walk_m, 1),
                "move_s": itinerary.totals.move_s,
                "dwell_s": itinerary.totals.dwell_s,
                "wait_s": itinerary.totals.wait_s,
                "gather_s": itinerary.totals.gather_s,
                "estimated_m": round(itinerary.totals.estimated_m, 1),
                "drive_m": round(itinerary.totals.drive_m, 1),
                "ride_m": round(itinerary.totals.ride_m, 1),
            },
            "finish": self._time(itinerary.finish),
            "warnings": [
                {**self._warning(numbered), "remedies": remedies_of(own)} for own, numbered in warnings
            ],
            "data": {"network": network_data(facts), "timetable": timetable_data(timetable)},
        }

    def matrix(self, found: Matrix) -> dict[str, Any]:
        """The answer of POST /matrix; by coach over a sketch it has warnings too."""
        warnings = [self._warning(warning) for warning in found.warnings]
        table = {"distances_m": found.distances_m, "durations_s": found.durations_s}
        return {**table, "warnings": warnings} if warnings else table

    def leg(self, leg: Leg) -> dict[str, Any]:
        """A leg; distance and geometry are null where no way is known."""
        known = leg.distance_m is not None
        return {
            "mode": leg.mode.value,
            "distance_m": round(leg.distance_m, 1) if leg.distance_m is not None else None,
            "duration_s": leg.duration_s if known else None,
            "depart": self._time(leg.depart),
            "arrive": self._time(leg.arrive) if known else None,
            "geometry": _line(leg.geometry),
            "estimated_m": round(leg.estimated_m, 1),
            "parts": [self._part(part) for part in leg.parts],
            "choice": choice_data(leg.choice),
            "warnings": [self._warning(warning) for warning in leg.warnings],
        }

    def _part(self, part: LegPart) -> dict[str, Any]:
        return {
            "kind": part.kind.value,
            "distance_m": round(part.distance_m, 1),
            "duration_s": part.duration_s,
            "depart": self._time(part.depart),
            "arrive": self._time(part.arrive),
            "geometry": _line(part.geometry),
            "estimated": [list(run) for run in part.estimated],
            "instructions": [self._instruction(line) for line in part.instructions],
            "step_free": _step_free(part),
            "slope": {
                "tagged_m": round(part.incline_tagged_m, 1),
                "unknown_m": round(max(0.0, part.distance_m - part.incline_tagged_m), 1),
            },
            **(self._ride(part.ride) if part.ride else {}),
        }

    def _ride(self, ride: Ride) -> dict[str, Any]:
        """What only a ride has; where a headway is told, the times are the expected ones."""
        return {
            "line": ride.line,
            "vehicle": ride.vehicle,
            "headsign": ride.headsign,
            "board": self._stop(ride.board),
            "alight": self._stop(ride.alight),
            "via": [self._stop(call) for call in ride.via],
            "following": [self._time(instant) for instant in ride.following],
            "last_back": None if ride.last_back is None else self._time(ride.last_back),
            "service_estimated": ride.is_estimated,
            "headway_s": ride.headway_s,
            "on_request": ride.on_request,
            "over_room": ride.over_room,
            "credit": ride.credit,
        }

    def _stop(self, call: StopCall) -> dict[str, Any]:
        return {
            "name": call.name,
            "platform": call.platform,
            "time": None if call.time is None else self._time(call.time),
            "at": None if call.at is None else [round(degrees, 7) for degrees in call.at],
        }

    def _instruction(self, instruction: Instruction) -> dict[str, Any]:
        return {
            "maneuver": instruction.maneuver.value,
            "street": instruction.street,
            "way": instruction.way,
            "distance_m": round(instruction.distance_m, 1),
            "bearing_deg": instruction.bearing_deg,
            "side": instruction.side,
            "landmark": instruction.landmark,
            "landmark_kind": instruction.landmark_kind,
            "crosses": instruction.crosses,
            "steps": instruction.steps,
            "exit_number": instruction.exit_number or None,
            "ref": instruction.ref,
            "text": directions_text.sentence(instruction, self._language, country=self._country),
        }

    def _call(self, call: Call) -> dict[str, Any]:
        return {
            "stop": call.stop,
            "id": call.id,
            "arrive": self._time(call.arrive),
            "start": self._time(call.start),
            "leave": self._time(call.leave),
            "wait_s": call.wait_s,
            "slack_s": call.slack_s,
        }

    def _warning(self, warning: Warning) -> dict[str, Any]:
        where = {"stop": warning.stop, "leg": warning.leg, "by_s": warning.by_s}
        return {
            "code": warning.code.value,
            "message": warning_text.sentence(warning, self._language),
            **{key: value for key, value in where.items() if value is not None},
            "remedies": [],
        }

    def _time(self, instant: Instant) -> str:
        return self._clock.local(instant).isoformat()


def order_data(order: Order, day: Day, conflict: str) -> dict[str, Any]:
    """What an answer says about the order: what it is best for, how sure that is, what was cut, why not."""
    number_of = {stop.id: number for number, stop in enumerate(day.stops)}
    return {
        "objective": order.objective.value,
        "proved_optimal": order.proved,
        "cuts": [{"stop": number_of[cut.stop], "minutes": cut.minutes} for cut in order.cuts],
        "conflict": {
            "message": conflict,
            "demands": [
                {"kind": one.kind.value, "stop": None if one.stop is None else number_of[one.stop]}
                for one in order.conflict
            ],
        }
        if order.conflict
        else None,
    }


def _number(number_of: Mapping[int, int], stop: int | None) -> int | None:
    return None if stop is None else number_of.get(stop, stop)


def network_data(facts: NetworkFacts) -> dict[str, Any]:
    """What an answer says about the streets it rests on."""
    return {
        "name": facts.name,
        "data_date": facts.data_date,
        "timezone": facts.timezone,
        "sketch": facts.is_sketch,
        "estimated_share": facts.estimated_share,
        "credit": facts.credit,
        "credit_url": facts.credit_url,
        "licence": "ODbL 1.0",
    }


def timetable_data(facts: TimetableFacts | None) -> dict[str, Any] | None:
    """What an answer says about the departures it rests on; null where the town has none."""
    if facts is None:
        return None
    return {"sources": [asdict(source) for source in facts.sources]}


def choice_data(choice: Choice | None) -> dict[str, Any] | None:
    """Why the best mode is this one; null where it was asked for."""
    if choice is None:
        return None
    return {
        "mode": choice.mode.value,
        "saves_s": choice.saves_s,
        "over": choice.over.value if choice.over else None,
        "next_in_s": choice.next_in_s,
    }


def _step_free(part: LegPart) -> dict[str, float] | None:
    """Metres by what is known to a step-free group, null where nobody asked."""
    known = part.step_free
    if known is None:
        return None
    metres = {"confirmed_m": known.confirmed_m, "unknown_m": known.unknown_m, "bad_m": known.bad_m}
    return {name: round(value, 1) for name, value in metres.items()}


def _line(geometry: Sequence[LonLat]) -> dict[str, Any] | None:
    if not geometry:
        return None
    positions = [[round(lon, 7), round(lat, 7)] for lon, lat in geometry]
    if len(positions) == 1:
        positions *= 2
    return {"type": "LineString", "coordinates": positions}
