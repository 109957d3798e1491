"""What is asked of POST /slots: where a stop would fit into a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from planner.domain.limits import MOST_OFFERED, MOST_STOPS
from planner.web.api.schemas.base import Loc, listed
from planner.web.api.schemas.fields import ClockTime, StopId, whole_number
from planner.web.api.schemas.plan import PlanRequest, StopModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.visits import Day, Stop

Position = Annotated[int, Field(ge=0, le=MOST_STOPS, strict=True), BeforeValidator(whole_number)]


class SlotsRequest(PlanRequest):
    """A day as for a plan, and a stop: a new one, `stop`, or one of the day to `move`, by its id.

    `times` are those that a host offers, each tried as a fixed time. With a `position`, from 0 among the
    stops of the day with it, only that place is told, and what it costs in the best order of all.
    """

    stop: StopModel | None = None
    move: StopId | None = None
    times: list[ClockTime] = Field(default=[], max_length=MOST_OFFERED)
    position: Position | None = None
    most: Annotated[
        int,
        Field(ge=1, le=MOST_STOPS, strict=True, description="So many of the best places are told"),
        BeforeValidator(whole_number),
    ] = 5

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """A new stop or one of the day, and a place that there is."""
        yield from super().mismatches(document)
        if document.get("robustness") is not None:
            yield ("robustness",), "how sure a day is, is told by /plan"
        stops = listed(document.get("stops"))
        ids = [one.get("id") for one in stops if isinstance(one, dict)]
        new, move = document.get("stop"), document.get("move")
        if (new is None) == (move is None):
            yield ("stop",), "give either `stop` or `move`"
        if isinstance(move, str) and move not in ids:
            yield ("move",), f"no stop of this day has the id {move[:64]!r}"
        if isinstance(new, dict) and isinstance(new.get("id"), str) and new["id"] in ids:
            yield ("stop", "id"), "two stops have the same id"
        if new is not None and len(stops) >= MOST_STOPS:
            yield ("stops",), f"a day has at most {MOST_STOPS} stops"
        position = whole_number(document.get("position"))
        last = len(stops) - (new is None)
        if isinstance(position, int) and not isinstance(position, bool) and position > last >= 0:
            yield ("position",), f"the last place is {last}"

    def asked_stop(self, day: Day, default_dwell: dict[str, int]) -> Stop:
        """The stop in the domain's words: the new one has the number after the last of the day."""
        if self.stop is not None:
            return self.stop.named(len(self.stops), default_dwell)
        return next(stop for stop in day.stops if stop.id == self.move)
