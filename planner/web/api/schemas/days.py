"""What is asked of POST /days: several days, and stops to be shared among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from planner.domain.limits import MOST_DAYS, MOST_STOPS, SLOWEST_TALK
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import DEFAULT_ASSUMED_LEG_MIN, Day, DayStart, LegBuffers, Mode
from planner.services.order.days.share import BALANCE, SharedStop
from planner.web.api.schemas.base import Loc, RequestModel, listed
from planner.web.api.schemas.fields import AssumedLeg, LocalDate, whole_number
from planner.web.api.schemas.plan import BuffersModel, EndModel, StartModel, StopModel, stop_mismatches
from planner.web.api.schemas.travel import TravelFields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.schedule.group import Group

DayNumber = Annotated[int, Field(ge=0, lt=MOST_DAYS, strict=True), BeforeValidator(whole_number)]


class DayModel(RequestModel):
    """One of the days: when and from where to where."""

    date: LocalDate
    start: StartModel
    end: EndModel | None = None
    mode: Mode = Mode.WALK


class SharedStopModel(StopModel):
    """A stop, and the days that it may be on, by their numbers from 0; without a word any."""

    days: Annotated[list[DayNumber], Field(min_length=1, max_length=MOST_DAYS)] | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """A position among the stops of a day is none before they are shared."""
        yield from super().mismatches(document)
        if document.get("locked") is True:
            yield ("locked",), "a stop has no number yet to be locked at: name its day in `days` instead"


class DaysRequest(TravelFields):
    """Stops to be shared among days: as many as fit, then the least time out in all and days evenly long.

    A second by which the longest day is longer than the shortest counts `balance` seconds. What comes `after`
    another stop is on no earlier day.
    """

    days: Annotated[list[DayModel], Field(min_length=2, max_length=MOST_DAYS)]
    stops: Annotated[list[SharedStopModel], Field(min_length=1, max_length=MOST_STOPS)]
    objective: Literal["finish", "finish_walking", "walking", "waiting"] = "finish"
    balance: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False, strict=True)] = BALANCE
    interpreter: Annotated[float, Field(ge=1, le=SLOWEST_TALK, allow_inf_nan=False, strict=True)] = 1.0
    buffers: BuffersModel = BuffersModel()
    assumed_leg_min: AssumedLeg = DEFAULT_ASSUMED_LEG_MIN

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """Every id and every date once, and only days that there are."""
        yield from stop_mismatches(document)
        days, stops = listed(document.get("days")), listed(document.get("stops"))
        dates = [day.get("date") if isinstance(day, dict) else None for day in days]
        for index, date in enumerate(dates):
            if isinstance(date, str) and date in dates[:index]:
                yield ("days", index, "date"), "two days have the same date"
        for index, stop in enumerate(stops):
            for place, day in enumerate(listed(stop.get("days")) if isinstance(stop, dict) else []):
                if isinstance(day, int) and not isinstance(day, bool) and day >= len(days) > 0:
                    yield ("stops", index, "days", place), f"the last day is {len(days) - 1}"

    def group(self) -> Group:
        """Who travels, what is kept in reserve, and how long talks take."""
        return replace(
            super().group(),
            reserves=Reserves.of(LegBuffers(**self.buffers.model_dump())),
            interpreter=self.interpreter,
            assumed_leg_s=self.assumed_leg_min * 60,
        )

    def shared(self, default_dwell: dict[str, int]) -> tuple[SharedStop, ...]:
        """The stops in the service's words."""
        every = tuple(range(len(self.days)))
        return tuple(
            SharedStop(
                replace(stop.named(index, default_dwell), fixed=stop.fixed or stop.confirmed),
                tuple(sorted(set(stop.days))) if stop.days else every,
            )
            for index, stop in enumerate(self.stops)
        )

    def empty_days(self) -> tuple[Day, ...]:
        """The days in the domain's words, without stops."""
        return tuple(
            Day(
                date=day.date,
                start=DayStart(day.start.place.ref(), day.start.time),
                end=day.end.end() if day.end else None,
                mode=day.mode,
                stand_in_timetable=self.stand_in_timetable,
            )
            for day in self.days
        )
