"""Writes what the API answers about where a stop would fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.visits import Day, Stop
from planner.outputs.api.answers import Answers, order_data
from planner.words.fits.slots import SlotWriter

if TYPE_CHECKING:
    from planner.domain.order.proposals import Objective
    from planner.outputs.api.fit_models import (
        BreakAnswer,
        OrderWithAnswer,
        SlotAnswer,
        SlotsAnswer,
        WhyNotAnswer,
    )
    from planner.services.order.slots.beside import OrderWith, WhyNot
    from planner.services.order.slots.find import Broken, Slot, Slots


@dataclass(frozen=True)
class FitAnswers:
    """Answers about one stop and one day; stops have the numbers of the day as asked, a new one the next."""

    answers: Answers
    writer: SlotWriter
    day: Day
    stop: Stop

    def slots(
        self, found: Slots, most: int, objective: Objective, reordered: OrderWith | None, why: WhyNot | None
    ) -> SlotsAnswer:
        """The answer of POST /slots."""
        return {
            "slots": [self._slot(slot) for slot in found.found[:most]],
            "complete": found.complete,
            "objective": objective if reordered is None else reordered.order.objective,
            "reordered": None if reordered is None else self._order(reordered),
            "why_not": None if why is None else self._why(why),
        }

    def _slot(self, slot: Slot) -> SlotAnswer:
        order = [self._number(stop.id) for stop in slot.day.stops]
        call = replace(slot.itinerary.calls[slot.position], stop=self._number(self.stop.id))
        return {
            "position": slot.position,
            "order": order,
            "call": self.answers.call(call),
            "later_s": slot.later_s,
            "earlier_s": slot.earlier_s,
            "walk_more_m": slot.walk_more_m,
            "wait_more_s": slot.wait_more_s,
            "breaks": [self._break(broken) for broken in slot.breaks],
            "message": self.writer.slot(slot),
        }

    def _break(self, broken: Broken) -> BreakAnswer:
        stop = broken.demand.stop
        return {
            "kind": broken.demand.kind,
            "stop": None if stop is None else self._number(stop),
            "by_s": broken.by_s,
            "message": self.writer.breaks(broken, self._whole()),
        }

    def _order(self, found: OrderWith) -> OrderWithAnswer:
        told = order_data(found.order, self._whole(), self.writer.conflicts_of(self._whole()))
        return {
            "order": [self._number(stop.id) for stop in found.order.day.stops],
            "start": self.answers.time(found.itinerary.start),
            "finish": self.answers.time(found.itinerary.finish),
            "proved_optimal": found.order.proved,
            "conflicts": told["conflicts"],
        }

    def _why(self, why: WhyNot) -> WhyNotAnswer:
        return {
            "held": self._order(why.held),
            "later_s": why.later_s if why.is_told else None,
            "walk_more_m": why.walk_more_m if why.is_told else None,
            "message": self.writer.why_not(why, self.stop),
        }

    def _whole(self) -> Day:
        """The day with the stop after the others, if it is new."""
        ids = [stop.id for stop in self.day.stops]
        return self.day if self.stop.id in ids else replace(self.day, stops=(*self.day.stops, self.stop))

    def _number(self, stop_id: str) -> int:
        return next(at for at, stop in enumerate(self._whole().stops) if stop.id == stop_id)
