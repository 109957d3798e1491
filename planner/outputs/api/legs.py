"""The API's answer for a leg: its parts, rides and directions, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.itinerary import PartKind
from planner.domain.warnings.codes import Late
from planner.words import directions as directions_text
from planner.words.warnings import tell as warning_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant, TownClock
    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Instruction, Leg, LegPart
    from planner.domain.rides import Choice, Ride, StopCall
    from planner.domain.warnings.codes import Warning
    from planner.outputs.api.answer_fields import LineString
    from planner.outputs.api.leg_models import (
        ChoiceAnswer,
        DriveAnswer,
        InstructionAnswer,
        LegAnswer,
        PartAnswer,
        RemedyAnswer,
        RideAnswer,
        SlopeAnswer,
        StepFreeAnswer,
        StopCallAnswer,
        WarningAnswer,
        WhereAnswer,
    )


class LegAnswers:
    """Writes answers in one language and one town's time; its country tells how streets are called."""

    def __init__(self, clock: TownClock, language: str, country: str = "PL") -> None:
        self._clock = clock
        self._country = country
        self._language = language

    def leg(self, leg: Leg) -> LegAnswer:
        """A leg; distance and geometry are null where no way is known."""
        known = leg.distance_m is not None or leg.assumed
        return {
            "mode": leg.mode,
            "distance_m": round(leg.distance_m, 1) if leg.distance_m is not None else None,
            "duration_s": leg.duration_s if known else None,
            "depart": self.time(leg.depart),
            "arrive": self.time(leg.arrive) if known else None,
            "geometry": _line(leg.geometry),
            "estimated_m": round(leg.estimated_m, 1),
            "assumed": leg.assumed,
            "unseated_m": None if leg.unseated_m is None else round(leg.unseated_m, 1),
            "parts": [self._part(part) for part in leg.parts],
            "choice": _choice(leg.choice),
            "warnings": [self.warning(warning) for warning in leg.warnings],
        }

    def _part(self, part: LegPart) -> PartAnswer:
        ride: RideAnswer = self._ride(part.ride) if part.ride else {}
        drive: DriveAnswer = {"boarding_s": part.boarding_s} if part.kind is PartKind.DRIVE else {}
        return {
            "kind": part.kind,
            "distance_m": round(part.distance_m, 1),
            "duration_s": part.duration_s,
            "depart": self.time(part.depart),
            "arrive": self.time(part.arrive),
            "geometry": _line(part.geometry),
            "estimated": [list(run) for run in part.estimated],
            "instructions": [self._instruction(line) for line in part.instructions],
            "step_free": _step_free(part),
            "slope": _slope(part),
            **ride,
            **drive,
        }

    def _ride(self, ride: Ride) -> RideAnswer:
        """What only a ride has; where a headway is told, the times are the expected ones."""
        return {
            "line": ride.line,
            "vehicle": ride.vehicle,
            "headsign": ride.headsign,
            "board": self._stop(ride.board),
            "alight": self._stop(ride.alight),
            "via": [self._stop(call) for call in ride.via],
            "following": [self.time(instant) for instant in ride.following],
            "last_back": None if ride.last_back is None else self.time(ride.last_back),
            "service_estimated": ride.is_estimated,
            "headway_s": ride.headway_s,
            "on_request": ride.on_request,
            "over_room": ride.over_room,
            "credit": ride.credit,
        }

    def _stop(self, call: StopCall) -> StopCallAnswer:
        return {
            "name": call.name,
            "platform": call.platform,
            "time": None if call.time is None else self.time(call.time),
            "at": None if call.at is None else [round(degrees, 7) for degrees in call.at],
        }

    def _instruction(self, instruction: Instruction) -> InstructionAnswer:
        return {
            "maneuver": instruction.maneuver,
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
            "towards": instruction.towards,
            "exit_ref": instruction.exit_ref,
            "text": directions_text.sentence(instruction, self._language, country=self._country),
        }

    def warning(self, warning: Warning, remedies: Sequence[RemedyAnswer] = ()) -> WarningAnswer:
        """A warning, and what would cure it."""
        return {
            "code": warning.code,
            "message": warning_text.sentence(warning, self._language),
            **_where(warning),
            "remedies": [*remedies],
        }

    def time(self, instant: Instant) -> str:
        """An instant with the offset of the town."""
        return self._clock.local(instant).isoformat()


def _where(warning: Warning) -> WhereAnswer:
    """The place and the size of what is wrong, as far as it has them."""
    where: WhereAnswer = {}
    if warning.stop is not None:
        where["stop"] = warning.stop
    if warning.leg is not None:
        where["leg"] = warning.leg
    if warning.by_s is not None:
        where["by_s"] = warning.by_s
    if isinstance(warning, Late) and warning.next_day:
        where["past_midnight"] = warning.next_day
    return where


def _choice(choice: Choice | None) -> ChoiceAnswer | None:
    """Why the best mode is this one; null where it was asked for."""
    if choice is None:
        return None
    return {
        "mode": choice.mode,
        "saves_s": choice.saves_s,
        "over": choice.over,
        "next_in_s": choice.next_in_s,
    }


def _slope(part: LegPart) -> SlopeAnswer:
    """What is known of a part's slope."""
    climb = part.climb
    known = max(part.incline_tagged_m, climb.known_m if climb else 0.0)
    return {
        "tagged_m": round(part.incline_tagged_m, 1),
        "unknown_m": round(max(0.0, part.distance_m - known), 1),
        "height_m": round(climb.known_m, 1) if climb else 0.0,
        "ascent_m": round(climb.ascent_m, 1) if climb else None,
        "descent_m": round(climb.descent_m, 1) if climb else None,
        "steepest_percent": round(climb.steepest_percent, 1) if climb else None,
    }


def _step_free(part: LegPart) -> StepFreeAnswer | None:
    """Metres by what is known to a step-free group, null where nobody asked."""
    if part.step_free is None:
        return None
    return {
        "confirmed_m": round(part.step_free.confirmed_m, 1),
        "unknown_m": round(part.step_free.unknown_m, 1),
        "bad_m": round(part.step_free.bad_m, 1),
    }


def _line(geometry: Sequence[LonLat]) -> LineString | None:
    if not geometry:
        return None
    positions = [[round(lon, 7), round(lat, 7)] for lon, lat in geometry]
    if len(positions) == 1:
        positions *= 2
    return {"type": "LineString", "coordinates": positions}
