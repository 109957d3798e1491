"""What is asked of POST /plan: one day, its stops, start and end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field

from planner.domain.clock import comes_before
from planner.domain.limits import (
    LARGEST_NUMBER,
    LONGEST_LATER_MIN,
    MOST_INTERPRETERS,
    MOST_PLAYED,
    MOST_STOPS,
    MOST_WINDOWS,
    SLOWEST_TALK,
    STOP_ID_LENGTH,
)
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import (
    DEFAULT_ASSUMED_LEG_MIN,
    Day,
    DayEnd,
    DayStart,
    LegBuffers,
    Mode,
    Stop,
    StopKind,
)
from planner.errors import EditRefusedError
from planner.services.order.sturdy import SturdyQuestion
from planner.web.api.schemas.base import Loc, RequestModel, listed, said
from planner.web.api.schemas.fields import (
    AssumedLeg,
    ClockTime,
    Flag,
    Hours,
    LocalDate,
    Minutes,
    Reserve,
    StopId,
    Weight,
)
from planner.web.api.schemas.places import PlaceModel
from planner.web.api.schemas.travel import TravelFields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.config import JsonDict

    from planner.domain.schedule.group import Group


class StartModel(RequestModel):
    """Where and when the day begins."""

    place: PlaceModel
    time: ClockTime


class EndModel(RequestModel):
    """Where the day ends; latest, or to be there at; how to get there, if not as on the whole day."""

    place: PlaceModel | None = None
    latest: ClockTime | None = None
    arrive: ClockTime | None = None
    mode_to: Mode | None = None

    def end(self) -> DayEnd:
        """The end in the domain's words."""
        return DayEnd(self.place.ref() if self.place else None, self.latest, self.arrive, self.mode_to)


def _unlike_any_given(index: int) -> str:
    """An id for a stop without one, longer than any that a request can give."""
    return f"{index:0{STOP_ID_LENGTH + 1}}"


_PLACED_KINDS = ("site",)
_UNPLACED_KINDS = ("meal", "break")
_PLACED_IF_NEEDED: JsonDict = {
    "anyOf": [said("place", {"type": "object"}), said("kind", {"enum": list(_UNPLACED_KINDS)})]
}


def _ends_too_early(window: object) -> bool:
    if [type(time) for time in listed(window)] != [str, str]:
        return False
    try:
        return not comes_before(*listed(window))
    except EditRefusedError:
        return False


class StopModel(RequestModel):
    """One item of the day; a meal or a break needs no place."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_PLACED_IF_NEEDED]})

    id: StopId | None = None
    kind: Literal["site", "meal", "break"] = "site"
    place: PlaceModel | None = None
    dwell_min: Minutes | None = None
    min_dwell_min: Minutes | None = None
    windows: list[tuple[ClockTime, ClockTime]] = Field(default=[], max_length=MOST_WINDOWS)
    fixed: ClockTime | None = None
    confirmed: Annotated[
        ClockTime | None,
        Field(description="The time that its host has confirmed: kept as `fixed` is by what is proposed"),
    ] = None
    locked: Flag = False
    after: list[StopId] = Field(default=[], max_length=MOST_STOPS)
    mode_to: Mode | None = None
    buffer_min: Minutes = 0
    hours: Hours = ""
    talk: Flag = False
    essential: Annotated[Flag, Field(description="What the visit is for: no remedy leaves it out")] = False
    optional: Annotated[
        Flag,
        Field(description="May be left out by `optimise`, which keeps those of the greatest weight in all"),
    ] = False
    weight: Weight = 1

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """A place where one is needed, windows the right way round, a minimum below the wish."""
        kind = document.get("kind", "site")
        if kind in _PLACED_KINDS and document.get("place") is None:
            yield ("place",), f"a stop of kind {kind!r} needs a place"
        for index, window in enumerate(listed(document.get("windows"))):
            if _ends_too_early(window):
                yield ("windows", index), "a window must end after it begins (use +1 past midnight)"
        least, dwell = document.get("min_dwell_min"), document.get("dwell_min")
        if isinstance(least, int) and isinstance(dwell, int) and least > dwell >= 0:
            yield ("min_dwell_min",), "min_dwell_min is longer than dwell_min"
        if document.get("essential") is True and document.get("optional") is True:
            yield ("optional",), "what the visit is for cannot be left out"

    def named(self, index: int, default_dwell: dict[str, int]) -> Stop:
        """The stop in the domain's words; without a dwell it takes its site's default."""
        site = self.place.site if self.place else None
        default = default_dwell.get(site or "", 20)
        return Stop(
            id=self.id or _unlike_any_given(index),
            kind=StopKind(self.kind),
            place=self.place.ref() if self.place else None,
            dwell_min=default if self.dwell_min is None else self.dwell_min,
            min_dwell_min=self.min_dwell_min,
            windows=tuple(self.windows),
            fixed=self.fixed,
            locked=self.locked,
            after=tuple(self.after),
            mode_to=self.mode_to,
            buffer_min=self.buffer_min,
            hours=self.hours.strip(),
            talk=self.talk,
            essential=self.essential,
            optional=self.optional,
            weight=self.weight,
        )


def stop_mismatches(document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
    """Every id once, and `after` naming only other stops."""
    stops = [stop if isinstance(stop, dict) else {} for stop in listed(document.get("stops"))]
    first: dict[str, int] = {}
    for index, stop in enumerate(stops):
        own = stop.get("id")
        if isinstance(own, str) and first.setdefault(own, index) != index:
            yield ("stops", index, "id"), "two stops have the same id"
    for index, stop in enumerate(stops):
        for place, earlier in enumerate(listed(stop.get("after"))):
            if isinstance(earlier, str) and earlier == stop.get("id") and index == first.get(earlier):
                yield ("stops", index, "after", place), "a stop cannot come after itself"
            elif isinstance(earlier, str) and earlier not in first:
                yield ("stops", index, "after", place), f"no stop of this day has the id {earlier[:64]!r}"


class BuffersModel(RequestModel):
    """Minutes kept in reserve after a leg, by what it was made with."""

    walk_min: Reserve = 0
    bus_min: Reserve = 0
    coach_min: Reserve = 0


class RobustnessModel(RequestModel):
    """How sure the day is to be on time: so many `days` are played with small delays, drawn by a `seed`.

    With `optimise` the order is taken that is on time most often, of those that end at most `later_min`
    minutes after the best one; 0 is a choice among those that end no later.
    """

    later_min: Annotated[int, Field(ge=0, le=LONGEST_LATER_MIN, strict=True)] = 0
    days: Annotated[int, Field(ge=100, le=MOST_PLAYED, strict=True)] = 1000
    seed: Annotated[int, Field(ge=0, le=LARGEST_NUMBER, strict=True)] = 1

    def question(self) -> SturdyQuestion:
        """The question in the service's words."""
        return SturdyQuestion(self.days, self.seed, self.later_min)


class PlanRequest(TravelFields):
    """One day to be timed, in the order given or in the best one for an objective.

    Stays are cut towards `min_dwell_min` only where no order works otherwise. Talks take `interpreter`
    times as long. What would cure its warnings is told if `remedies` are wanted.
    """

    date: LocalDate
    start: StartModel
    end: EndModel | None = None
    mode: Mode = Mode.WALK
    optimise: Flag = False
    objective: Literal["finish", "finish_walking", "walking", "waiting"] = "finish"
    interpreter: Annotated[float, Field(ge=1, le=SLOWEST_TALK, allow_inf_nan=False, strict=True)] = 1.0
    interpreters: Annotated[
        int, Field(ge=1, le=MOST_INTERPRETERS, strict=True, description="How many relieve each other.")
    ] = 1
    buffers: BuffersModel = BuffersModel()
    assumed_leg_min: AssumedLeg = DEFAULT_ASSUMED_LEG_MIN
    remedies: Flag = True
    ask_again: Annotated[
        Flag,
        Field(
            description="Searches keep the times that are `confirmed`, unless hosts may be asked again; "
            "whoever has to be is told"
        ),
    ] = False
    robustness: RobustnessModel | None = None
    stops: Annotated[list[StopModel], Field(max_length=MOST_STOPS)]

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """Every id once, and `after` naming only other stops of this day."""
        yield from stop_mismatches(document)

    def group(self) -> Group:
        """Who travels, what is kept in reserve, and how long talks take."""
        buffers = LegBuffers(**self.buffers.model_dump())
        return replace(
            super().group(),
            reserves=Reserves.of(buffers),
            interpreter=self.interpreter,
            interpreters=self.interpreters,
            assumed_leg_s=self.assumed_leg_min * 60,
        )

    def day(self, default_dwell: dict[str, int]) -> Day:
        """The day in the domain's words; a stop without a dwell takes its site's default."""
        end = self.end
        return Day(
            date=self.date,
            start=DayStart(self.start.place.ref(), self.start.time),
            end=end.end() if end else None,
            mode=self.mode,
            stops=tuple(stop.named(index, default_dwell) for index, stop in enumerate(self.stops)),
            stand_in_timetable=self.stand_in_timetable,
        )
