"""The API's answers as JSON: metres, seconds, ISO 8601 with offset, GeoJSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.outputs.api.legs import LegAnswers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.domain.itinerary import Call, Itinerary
    from planner.domain.order.proposals import Conflict, Demand
    from planner.domain.releases import NetworkFacts, TimetableFacts
    from planner.domain.visits import Day
    from planner.domain.warnings.codes import Warning
    from planner.outputs.api.answer_models import (
        CallAnswer,
        ConflictAnswer,
        DemandAnswer,
        ItineraryAnswer,
        LeftOutAnswer,
        MatrixAnswer,
        NetworkAnswer,
        OrderAnswer,
        ReasonAnswer,
        TimetableAnswer,
    )
    from planner.outputs.api.leg_models import RemedyAnswer
    from planner.services.order.find import Order
    from planner.services.planning.route import Matrix
    from planner.words.conflicts import ConflictWriter


class Answers(LegAnswers):
    """Writes the answers about a leg, a table of distances and a day."""

    def itinerary(
        self,
        itinerary: Itinerary,
        facts: NetworkFacts,
        timetable: TimetableFacts | None = None,
        remedies_of: Callable[[Warning], list[RemedyAnswer]] = lambda _: [],
        numbers: Sequence[int] = (),
    ) -> ItineraryAnswer:
        """The answer of POST /plan, but for its order; `remedies_of` tells what would cure a warning.

        `numbers` are the numbers that the stops have in the request, where they are in another order.
        """
        number_of = dict(enumerate(numbers)) or {call.stop: call.stop for call in itinerary.calls}
        return {
            "order": [number_of[call.stop] for call in itinerary.calls],
            "start": self.time(itinerary.start),
            "calls": [self.call(replace(call, stop=number_of[call.stop])) for call in itinerary.calls],
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
            "finish": self.time(itinerary.finish),
            "warnings": [
                self.warning(replace(warning, stop=_number(number_of, warning.stop)), remedies_of(warning))
                for warning in itinerary.warnings
            ],
            "data": {"network": network_data(facts), "timetable": timetable_data(timetable)},
        }

    def matrix(self, matrix: Matrix) -> MatrixAnswer:
        """The answer of POST /matrix; by coach over a sketch it has warnings too."""
        answer: MatrixAnswer = {"distances_m": matrix.distances_m, "durations_s": matrix.durations_s}
        if matrix.warnings:
            answer["warnings"] = [self.warning(warning) for warning in matrix.warnings]
        return answer

    def call(self, call: Call) -> CallAnswer:
        """A stay; its stop has the number of the request already."""
        return {
            "stop": call.stop,
            "id": call.id,
            "arrive": self.time(call.arrive),
            "start": self.time(call.start),
            "leave": self.time(call.leave),
            "wait_s": call.wait_s,
            "slack_s": call.slack_s,
            "toilet_m": None if call.toilet_m is None else round(call.toilet_m, 1),
            "water_m": None if call.water_m is None else round(call.water_m, 1),
        }


def order_data(order: Order, day: Day, writer: ConflictWriter) -> OrderAnswer:
    """What an answer says about the order: what it is best for, how sure that is, what was cut, why not."""
    number_of = {stop.id: number for number, stop in enumerate(day.stops)}
    reasons = [_reason_data(conflict, day, writer) for conflict in order.conflicts]
    return {
        "objective": order.objective,
        "proved_optimal": order.proved,
        "outcome": order.outcome,
        "cuts": [{"stop": number_of[cut.stop], "minutes": cut.minutes} for cut in order.cuts],
        "conflict": reasons[0] if reasons else None,
        "conflicts": reasons,
    }


def left_out_data(order: Order, day: Day, writer: ConflictWriter) -> list[LeftOutAnswer]:
    """What an answer says about the stops that were left out."""
    number_of = {stop.id: number for number, stop in enumerate(day.stops)}
    return [
        {
            "stop": number_of[left.stop],
            "id": left.stop,
            "reason": writer.left_out(left),
            "demands": _demands_data(left.reason.demands if left.reason else (), day),
            "proved": order.proved and left.reason is not None and left.reason.proved,
        }
        for left in order.left_out
    ]


def _reason_data(conflict: Conflict, day: Day, writer: ConflictWriter) -> ReasonAnswer:
    seconds = conflict.too_much_s
    return {
        "message": writer.reason(conflict),
        "demands": _demands_data(conflict.demands, day),
        "too_much_min": None if seconds is None else -(-seconds // 60),
        "proved": conflict.proved,
    }


def conflict_data(demands: Sequence[Demand], day: Day, message: str) -> ConflictAnswer | None:
    """What an answer says about demands that exclude each other; null where there are none."""
    return {"message": message, "demands": _demands_data(demands, day)} if demands else None


def _demands_data(demands: Sequence[Demand], day: Day) -> list[DemandAnswer]:
    number_of = {stop.id: number for number, stop in enumerate(day.stops)}
    return [
        {"kind": demand.kind, "stop": None if demand.stop is None else number_of.get(demand.stop)}
        for demand in demands
    ]


def _number(number_of: Mapping[int, int], stop: int | None) -> int | None:
    return None if stop is None else number_of.get(stop, stop)


def network_data(facts: NetworkFacts) -> NetworkAnswer:
    """What an answer says about the streets it rests on."""
    return {
        "name": facts.name,
        "data_date": facts.data_date,
        "timezone": facts.timezone,
        "sketch": facts.is_sketch,
        "comforts": list(facts.comforts),
        "estimated_share": facts.estimated_share,
        "credit": facts.credit,
        "credit_url": facts.credit_url,
        "licence": "ODbL 1.0",
    }


def timetable_data(facts: TimetableFacts | None) -> TimetableAnswer | None:
    """What an answer says about the departures it rests on; null where the town has none."""
    if facts is None:
        return None
    return {
        "sources": [
            {
                "name": source.name,
                "kind": source.kind,
                "credit": source.credit,
                "url": source.url,
                "licence": source.licence,
                "valid_from": source.valid_from,
                "valid_to": source.valid_to,
                "indicative": source.indicative,
            }
            for source in facts.sources
        ]
    }
