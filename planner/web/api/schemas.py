"""What the API is asked: the requests of design.md section 5, checked field by field."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from planner.domain.clock import parse_clock_time
from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.hours.spans import parse_hours
from planner.domain.limits import (
    FASTEST_KMH,
    FIRST_YEAR,
    HOURS_LENGTH,
    LANGUAGES,
    LAST_YEAR,
    LINE_LENGTH,
    LONGEST_ASKED_RESERVE_MIN,
    LONGEST_DWELL_MIN,
    MOST_PEOPLE,
    MOST_POINTS,
    MOST_STOPS,
    MOST_WINDOWS,
    SITE_ID_LENGTH,
    SLOWEST_KMH,
    SLOWEST_TALK,
    STOP_ID_LENGTH,
)
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.walking import DEFAULT_PACE_KMH
from planner.domain.visits import Day, DayEnd, DayStart, LegBuffers, Mode, PlaceRef, Stop, StopKind
from planner.errors import EditRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII)
_CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9](\+1)?$"

Loc = tuple[str | int, ...]
"""Where in a document: the steps of a JSON pointer."""


def _clock_time(text: str) -> str:
    parse_clock_time(text)
    return text


def _written_date(value: object) -> object:
    if not (isinstance(value, str) and _DATE.fullmatch(value)):
        raise PydanticCustomError("date_type", "a date is written YYYY-MM-DD")
    return value


def _written_moment(value: object) -> object:
    """A number would be read as seconds since 1970, a date as its midnight: neither is meant."""
    if value is not None and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise PydanticCustomError("datetime_type", "a local time is written YYYY-MM-DDTHH:MM")
    return value


def whole_number(value: object) -> object:
    """20.0 is a whole number in JSON; "20" and true are none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _near_date(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise ValueError(msg)
    return day


def _near_moment(moment: dt.datetime) -> dt.datetime:
    _near_date(moment.date())
    return moment


def _readable_hours(rule: str) -> str:
    if rule.strip():
        parse_hours(rule, "")
    return rule


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
ClockTime = Annotated[
    str, Field(max_length=7, json_schema_extra={"pattern": _CLOCK_PATTERN}), AfterValidator(_clock_time)
]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(_written_moment),
    AfterValidator(_near_moment),
    WithJsonSchema({"type": "string", "pattern": f"^{_MOMENT.pattern}$", "description": "local to the town"}),
]
LocalDate = Annotated[dt.date, BeforeValidator(_written_date), AfterValidator(_near_date)]
Pace = Annotated[float, Field(ge=SLOWEST_KMH, le=FASTEST_KMH, allow_inf_nan=False, strict=True)]
GroupSize = Annotated[int, Field(ge=1, le=MOST_PEOPLE, strict=True), BeforeValidator(whole_number)]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_DWELL_MIN, strict=True), BeforeValidator(whole_number)]
Reserve = Annotated[
    int, Field(ge=0, le=LONGEST_ASKED_RESERVE_MIN, strict=True), BeforeValidator(whole_number)
]
Flag = Annotated[bool, Field(strict=True)]
Hours = Annotated[
    str,
    Field(max_length=HOURS_LENGTH, description="in OSM's opening_hours syntax; in place of the site's own"),
    AfterValidator(_readable_hours),
]
StopId = Annotated[str, Field(min_length=1, max_length=STOP_ID_LENGTH)]


class _Request(BaseModel):
    """No unknown fields: a misspelt one is told, not dropped."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """What does not go together in a document whose fields may be of any form; where, in words."""
        _ = document
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults(cls, document: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Tell what does not go together also when a single field is wrong."""
        pairs = cls.mismatches(document) if isinstance(document, dict) else ()
        found = [_line(loc, "value_error", message) for loc, message in pairs]
        try:
            made = handler(document)
        except ValidationError as error:
            lines = error.errors(include_url=False, include_input=False)
            found[:0] = [_line(line["loc"], line["type"], line["msg"]) for line in lines]
        if found:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return made


def _line(loc: Loc, code: str, message: str) -> InitErrorDetails:
    text = message.removeprefix("Value error, ")
    return {"type": PydanticCustomError(code, text), "loc": loc, "input": None}


class PlaceModel(_Request):
    """A catalogue site by its id, or a free position [lon, lat]."""

    site: Annotated[str, Field(min_length=1, max_length=SITE_ID_LENGTH)] | None = None
    at: tuple[Longitude, Latitude] | None = None
    name: Annotated[str, Field(max_length=LINE_LENGTH)] | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """One of the two, not both."""
        if (document.get("site") is None) == (document.get("at") is None):
            yield (), "give either `site` or `at`"

    def ref(self) -> PlaceRef:
        """The place in the domain's words."""
        names = {} if self.name is None else dict.fromkeys(LANGUAGES, self.name)
        return PlaceRef(site=self.site, at=self.at, name=names)


def _measure(name: str) -> Any:
    low, high = COACH_LIMITS[name]
    return Field(default=getattr(CoachProfile, name), ge=low, le=high, allow_inf_nan=False, strict=True)


class CoachModel(_Request):
    """The size of the coach, metres and tonnes; what is left out is that of a full-size touring coach."""

    height_m: float = _measure("height_m")
    weight_t: float = _measure("weight_t")
    length_m: float = _measure("length_m")
    width_m: float = _measure("width_m")

    def profile(self) -> CoachProfile:
        """The coach in the domain's words."""
        return CoachProfile(**self.model_dump())


class _TravelFields(_Request):
    """Who travels. The best mode is a coach only where one is named.

    Where a timetable says nothing about the date, it runs as on its nearest matching one only if asked for.
    """

    pace_kmh: Pace = DEFAULT_PACE_KMH
    step_free: Flag = False
    coach: CoachModel = CoachModel()
    group_size: GroupSize = 1
    stand_in_timetable: Flag = False

    def group(self) -> Group:
        """Who travels, and how many."""
        has_coach = "coach" in self.model_fields_set
        return Group(self.group_size, self.pace_kmh, self.step_free, self.coach.profile(), has_coach)


class RouteRequest(_TravelFields):
    """One leg. Times are local to the town; without one, now."""

    origin: PlaceModel = Field(alias="from")
    to: PlaceModel
    mode: Mode = Mode.WALK
    depart: Moment | None = None
    arrive: Moment | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """One time, not two."""
        if document.get("depart") is not None and document.get("arrive") is not None:
            yield ("arrive",), "give either `depart` or `arrive`"


class MatrixRequest(_TravelFields):
    """All distances between some places; by bus and the best mode at a time, without one now."""

    points: Annotated[list[PlaceModel], Field(min_length=1, max_length=MOST_POINTS)]
    mode: Mode = Mode.WALK
    depart: Moment | None = None


class StartModel(_Request):
    """Where and when the day begins."""

    place: PlaceModel
    time: ClockTime


class EndModel(_Request):
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


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _ends_too_early(window: object) -> bool:
    if [type(time) for time in _listed(window)] != [str, str]:
        return False
    try:
        opens, closes = map(parse_clock_time, _listed(window))
    except EditRefusedError:
        return False
    return opens >= closes


class StopModel(_Request):
    """One item of the day; a meal or a break needs no place."""

    id: StopId | None = None
    kind: Literal["site", "meal", "break"] = "site"
    place: PlaceModel | None = None
    dwell_min: Minutes | None = None
    min_dwell_min: Minutes | None = None
    windows: Annotated[list[tuple[ClockTime, ClockTime]], Field(max_length=MOST_WINDOWS)] = []
    fixed: ClockTime | None = None
    locked: Flag = False
    after: Annotated[list[StopId], Field(max_length=MOST_STOPS)] = []
    mode_to: Mode | None = None
    buffer_min: Minutes = 0
    hours: Hours = ""
    talk: Flag = False

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """A place where one is needed, windows the right way round, a minimum below the wish."""
        kind = document.get("kind", "site")
        if kind in _PLACED_KINDS and document.get("place") is None:
            yield ("place",), f"a stop of kind {kind!r} needs a place"
        for index, window in enumerate(_listed(document.get("windows"))):
            if _ends_too_early(window):
                yield ("windows", index), "a window must end after it begins (use +1 past midnight)"
        least, dwell = document.get("min_dwell_min"), document.get("dwell_min")
        if isinstance(least, int) and isinstance(dwell, int) and least > dwell >= 0:
            yield ("min_dwell_min",), "min_dwell_min is longer than dwell_min"


class BuffersModel(_Request):
    """Minutes kept in reserve after a leg, by what it was made with."""

    walk_min: Reserve = 0
    bus_min: Reserve = 0
    coach_min: Reserve = 0


class PlanRequest(_TravelFields):
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
    buffers: BuffersModel = BuffersModel()
    remedies: Flag = True
    stops: Annotated[list[StopModel], Field(max_length=MOST_STOPS)]

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """Every id once, and `after` naming only stops of this day."""
        stops = [stop if isinstance(stop, dict) else {} for stop in _listed(document.get("stops"))]
        seen: set[str] = set()
        for index, stop in enumerate(stops):
            own = stop.get("id")
            if isinstance(own, str) and own in seen:
                yield ("stops", index, "id"), "two stops have the same id"
            seen.update([own] if isinstance(own, str) else ())
        for index, stop in enumerate(stops):
            for place, earlier in enumerate(_listed(stop.get("after"))):
                if isinstance(earlier, str) and earlier not in seen:
                    yield ("stops", index, "after", place), f"no stop of this day has the id {earlier[:64]!r}"

    def group(self) -> Group:
        """Who travels, what is kept in reserve, and how long talks take."""
        buffers = LegBuffers(**self.buffers.model_dump())
        return replace(super().group(), reserves=Reserves.of(buffers), interpreter=self.interpreter)

    def day(self, default_dwell: dict[str, int]) -> Day:
        """The day in the domain's words; a stop without a dwell takes its site's default."""
        end = self.end
        return Day(
            date=self.date,
            start=DayStart(self.start.place.ref(), self.start.time),
            end=end.end() if end else None,
            mode=self.mode,
            stops=tuple(self._stop(index, stop, default_dwell) for index, stop in enumerate(self.stops)),
            stand_in_timetable=self.stand_in_timetable,
        )

    @staticmethod
    def _stop(index: int, stop: StopModel, default_dwell: dict[str, int]) -> Stop:
        site = stop.place.site if stop.place else None
        default = default_dwell.get(site or "", 20)
        return Stop(
            id=stop.id or _unlike_any_given(index),
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
            hours=stop.hours.strip(),
            talk=stop.talk,
        )


def places_in(document: dict[str, Any]) -> Iterator[tuple[str, PlaceRef]]:
    """The well-formed places of a request that may be wrong elsewhere, each with its JSON pointer."""
    found = [
        ("/from", document.get("from")),
        ("/to", document.get("to")),
        *((f"/{key}/place", _field(document.get(key), "place")) for key in ("start", "end")),
        *((f"/points/{index}", point) for index, point in enumerate(_listed(document.get("points")))),
        *(
            (f"/stops/{index}/place", _field(stop, "place"))
            for index, stop in enumerate(_listed(document.get("stops")))
        ),
    ]
    for pointer, place in found[: 2 * MOST_POINTS]:
        try:
            yield pointer, PlaceModel.model_validate(place).ref()
        except ValidationError:
            continue


def _field(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
