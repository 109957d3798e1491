"""What the API is asked: the requests of design.md section 5, checked field by field."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from planner.domain.clock import parse_clock_time
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind
from planner.domain.walking import DEFAULT_PACE_KMH
from planner.services.travel import Group

MOST_STOPS = 60
MOST_POINTS = 100
LONGEST_DWELL_MIN = 720
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _clock_time(text: str) -> str:
    parse_clock_time(text)
    return text


def _walking_only(mode: Mode) -> Mode:
    if mode is not Mode.WALK:
        msg = f"mode {mode.value!r} cannot be planned yet: only 'walk' can"
        raise ValueError(msg)
    return mode


def _near_date(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise ValueError(msg)
    return day


def _near_moment(moment: dt.datetime) -> dt.datetime:
    _near_date(moment.date())
    return moment


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
ClockTime = Annotated[str, Field(max_length=7), AfterValidator(_clock_time)]
Moment = Annotated[dt.datetime, AfterValidator(_near_moment)]
LocalDate = Annotated[dt.date, AfterValidator(_near_date)]
WalkMode = Annotated[Mode, AfterValidator(_walking_only)]
Pace = Annotated[float, Field(ge=0.5, le=10, allow_inf_nan=False)]
GroupSize = Annotated[int, Field(ge=1, le=2000)]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_DWELL_MIN)]
StopId = Annotated[str, Field(min_length=1, max_length=64)]


class _Request(BaseModel):
    """No unknown fields: a misspelt one is told, not dropped."""

    model_config = ConfigDict(extra="forbid")


class PlaceModel(_Request):
    """A catalogue site by its id, or a free position [lon, lat]."""

    site: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    at: tuple[Longitude, Latitude] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> PlaceModel:
        if (self.site is None) == (self.at is None):
            msg = "give either `site` or `at`"
            raise ValueError(msg)
        return self

    def ref(self) -> PlaceRef:
        """The place in the domain's words."""
        names = {} if self.name is None else dict.fromkeys(("pl", "en"), self.name)
        return PlaceRef(site=self.site, at=self.at, name=names)


class _GroupFields(_Request):
    pace_kmh: Pace = DEFAULT_PACE_KMH
    step_free: bool = False
    group_size: GroupSize = 1

    def group(self) -> Group:
        """Who travels."""
        return Group(self.group_size, self.pace_kmh, self.step_free)


class RouteRequest(_GroupFields):
    """One leg. Times are local to the town; without one, now."""

    origin: PlaceModel = Field(alias="from")
    to: PlaceModel
    mode: WalkMode = Mode.WALK
    depart: Moment | None = None
    arrive: Moment | None = None

    @model_validator(mode="after")
    def _one_time(self) -> RouteRequest:
        if self.depart is not None and self.arrive is not None:
            msg = "give either `depart` or `arrive`"
            raise ValueError(msg)
        return self


class MatrixRequest(_Request):
    """All distances between some places."""

    points: Annotated[list[PlaceModel], Field(min_length=1, max_length=MOST_POINTS)]
    mode: WalkMode = Mode.WALK
    depart: Moment | None = None
    pace_kmh: Pace = DEFAULT_PACE_KMH
    step_free: bool = False


class StartModel(_Request):
    """Where and when the day begins."""

    place: PlaceModel
    time: ClockTime


class EndModel(_Request):
    """Where the day ends; latest, or to be there at."""

    place: PlaceModel | None = None
    latest: ClockTime | None = None
    arrive: ClockTime | None = None


class StopModel(_Request):
    """One item of the day; a break needs no place."""

    id: StopId | None = None
    kind: Literal["site", "meal", "break"] = "site"
    place: PlaceModel | None = None
    dwell_min: Minutes | None = None
    min_dwell_min: Minutes | None = None
    windows: Annotated[list[tuple[ClockTime, ClockTime]], Field(max_length=20)] = []
    fixed: ClockTime | None = None
    locked: bool = False
    after: Annotated[list[StopId], Field(max_length=MOST_STOPS)] = []
    mode_to: WalkMode | None = None
    buffer_min: Minutes = 0

    @model_validator(mode="after")
    def _consistent(self) -> StopModel:
        if self.kind != "break" and self.place is None:
            msg = f"a stop of kind {self.kind!r} needs a place"
            raise ValueError(msg)
        if any(parse_clock_time(opens) >= parse_clock_time(closes) for opens, closes in self.windows):
            msg = "a window must end after it begins (use +1 past midnight)"
            raise ValueError(msg)
        if None not in (self.dwell_min, self.min_dwell_min) and self.min_dwell_min > self.dwell_min:  # type: ignore[operator]
            msg = "min_dwell_min is longer than dwell_min"
            raise ValueError(msg)
        return self


class PlanRequest(_GroupFields):
    """One day to be timed in the order given."""

    date: LocalDate
    start: StartModel
    end: EndModel | None = None
    mode: WalkMode = Mode.WALK
    optimise: bool = False
    objective: Literal["finish", "walking", "waiting"] = "finish"
    stops: Annotated[list[StopModel], Field(max_length=MOST_STOPS)]

    @model_validator(mode="after")
    def _known_ids(self) -> PlanRequest:
        ids = [stop.id for stop in self.stops if stop.id is not None]
        if len(ids) != len(set(ids)):
            msg = "two stops have the same id"
            raise ValueError(msg)
        unknown = {earlier for stop in self.stops for earlier in stop.after} - set(ids)
        if unknown:
            msg = f"`after` names no stop of this day: {', '.join(sorted(unknown))}"
            raise ValueError(msg)
        if self.optimise:
            msg = "the order cannot be optimised yet: leave `optimise` out"
            raise ValueError(msg)
        return self

    def day(self, default_dwell: dict[str, int]) -> Day:
        """The day in the domain's words; a stop without a dwell takes its site's default."""
        end = self.end
        return Day(
            date=self.date,
            start=DayStart(self.start.place.ref(), self.start.time),
            end=DayEnd(end.place.ref() if end.place else None, end.latest, end.arrive) if end else None,
            mode=self.mode,
            stops=tuple(self._stop(index, stop, default_dwell) for index, stop in enumerate(self.stops)),
        )

    @staticmethod
    def _stop(index: int, stop: StopModel, default_dwell: dict[str, int]) -> Stop:
        site = stop.place.site if stop.place else None
        default = default_dwell.get(site or "", 20)
        return Stop(
            id=stop.id or f"#{index}",
            kind=StopKind(stop.kind),
            place=stop.place.ref() if stop.place else None,
            dwell_min=default if stop.dwell_min is None else stop.dwell_min,
            min_dwell_min=stop.min_dwell_min,
            windows=tuple(stop.windows),
            fixed=stop.fixed,
            locked=stop.locked,
            after=tuple(stop.after),
            mode_to=stop.mode_to,
            buffer_min=stop.buffer_min,
        )
