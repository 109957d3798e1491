"""The editor's small forms, one for each thing an organiser does, as edits of the domain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from planner.domain import edits
from planner.domain.clock import parse_clock_time
from planner.domain.visits import DayEnd, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.outputs.translation import _, gettext
from planner.services.catalogue_positions import parse_position
from planner.web.desk.edit_base import EditForm, Setting
from planner.web.desk.edit_travel import CoachForm, DayModeForm, EndModeForm, LegModeForm, StandInForm
from planner.web.desk.edit_variation import VariationForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails


FIRST_YEAR, LAST_YEAR = 2000, 2100
MEAL_MIN, BREAK_MIN, PLACE_MIN = 45, 15, 15


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _time(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parse_clock_time(value)
    except ValueError as error:
        raise ValueError(gettext("type a time like 09:30")) from error
    return value


def _year(value: dt.date) -> dt.date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(gettext("the year must lie between 2000 and 2100"))
    return value


Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]
Time = Annotated[str | None, BeforeValidator(_blank), AfterValidator(_time)]
NeededTime = Annotated[str, AfterValidator(_time)]
Minutes = Annotated[int, Field(ge=0, le=720)]
OptionalText = Annotated[Line | None, BeforeValidator(_blank)]


class VisitForm(EditForm):
    """Who comes: titles, group, pace, needs, whom to call, where to meet."""

    title_pl: Line = ""
    title_en: Line = ""
    group_size: Annotated[int, Field(ge=1, le=2000)]
    pace_kmh: Annotated[float, Field(ge=0.5, le=10, allow_inf_nan=False)]
    step_free: bool = False
    coordinator: Line = ""
    meeting_pl: Line = ""
    meeting_en: Line = ""

    @model_validator(mode="after")
    def _titled(self) -> VisitForm:
        if not self.title_pl and not self.title_en:
            raise ValueError(gettext("give the visit a title"))
        return self

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the visit's own fields."""
        return replace(
            visit,
            title=_texts(self.title_pl, self.title_en),
            group_size=self.group_size,
            pace_kmh=self.pace_kmh,
            step_free=self.step_free,
            coordinator=self.coordinator,
            meeting_point=_texts(self.meeting_pl, self.meeting_en),
        )


class DayForm(EditForm):
    """When and from where to where."""

    date: Annotated[dt.date, AfterValidator(_year)]
    start_time: NeededTime
    start_site: OptionalText = None
    start_at: OptionalText = None
    start_name: Line = ""
    end_site: OptionalText = None
    end_at: OptionalText = None
    end_name: Line = ""
    end_latest: Time = None

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the day's date and its two ends."""
        start = _place(self.start_site, self.start_at, self.start_name, setting)
        if start is None:
            raise ValueError(gettext("say where the day begins"))
        end = _place(self.end_site, self.end_at, self.end_name, setting)
        day = replace(
            visit.days[0],
            date=self.date,
            start=DayStart(start, self.start_time),
            end=self._end(end, visit.days[0].end),
        )
        return edits.with_day(visit, 0, day)

    def _end(self, place: PlaceRef | None, before: DayEnd | None) -> DayEnd | None:
        """The end as typed, the way to it as it was."""
        if place is None and not self.end_latest:
            return None
        return DayEnd(place, latest=self.end_latest, mode_to=before.mode_to if before else None)


class AddSiteForm(EditForm):
    """A site of the catalogue as the next stop."""

    site: Annotated[str, Field(min_length=1, max_length=80)]

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Append the site with its own dwell."""
        site = setting.sites.get(self.site)
        if site is None:
            raise ValueError(gettext("the catalogue has no such site"))
        day = visit.days[0]
        stop = Stop(
            id=edits.new_stop_id(day, StopKind.SITE),
            kind=StopKind.SITE,
            place=PlaceRef(site=site.id),
            dwell_min=site.dwell_min,
            min_dwell_min=site.min_dwell_min,
        )
        return edits.with_day(visit, 0, edits.add_stop(day, stop))


class AddPlaceForm(EditForm):
    """A free place, a meal or a break as the next stop; the last two may do without a position."""

    kind: StopKind = StopKind.PLACE
    name: Line = ""
    at: OptionalText = None

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Append the stop with the usual dwell of its kind."""
        place = _place(None, self.at, self.name, setting)
        if self.kind in (StopKind.PLACE, StopKind.SITE) and place is None:
            raise ValueError(gettext("say where the place is: click the map or type its coordinates"))
        if place is None and self.name:
            place = PlaceRef(name=_texts(self.name, self.name))
        dwell = {StopKind.MEAL: MEAL_MIN, StopKind.BREAK: BREAK_MIN}.get(self.kind, PLACE_MIN)
        kind = StopKind.PLACE if self.kind is StopKind.SITE else self.kind
        day = visit.days[0]
        stop = Stop(id=edits.new_stop_id(day, kind), kind=kind, place=place, dwell_min=dwell)
        return edits.with_day(visit, 0, edits.add_stop(day, stop))


class MoveForm(EditForm):
    """A stop to a position among the others, counted from 0."""

    stop: str
    position: Annotated[int, Field(ge=0, le=200)]

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Move the stop."""
        return edits.with_day(visit, 0, edits.move_stop(visit.days[0], self.stop, self.position))


class RemoveForm(EditForm):
    """A stop taken out."""

    stop: str

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Remove the stop."""
        return edits.with_day(visit, 0, edits.remove_stop(visit.days[0], self.stop))


class StopForm(EditForm):
    """What one stop asks for: dwell, a fixed time or a window, a reserve, a note."""

    stop: str
    dwell_min: Minutes
    fixed: Time = None
    window_from: Time = None
    window_to: Time = None
    buffer_min: Annotated[int, BeforeValidator(lambda value: value or 0), Field(ge=0, le=240)] = 0
    note_pl: Text = ""
    note_en: Text = ""
    name: OptionalText = None

    @model_validator(mode="after")
    def _whole_window(self) -> StopForm:
        opens, closes = self.window_from, self.window_to
        if (opens is None) != (closes is None):
            raise ValueError(gettext("a window needs both times"))
        if opens and closes and parse_clock_time(opens) >= parse_clock_time(closes):
            raise ValueError(gettext("the window must end after it begins"))
        return self

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the stop's fields."""
        day = visit.days[0]
        here = next((stop for stop in day.stops if stop.id == self.stop), None)
        fields: dict[str, Any] = {
            "dwell_min": self.dwell_min,
            "fixed": self.fixed,
            "windows": ((self.window_from, self.window_to),) if self.window_from else (),
            "buffer_min": self.buffer_min,
            "note": _texts(self.note_pl, self.note_en),
        }
        if here is not None and here.min_dwell_min is not None:
            fields["min_dwell_min"] = min(here.min_dwell_min, self.dwell_min)
        if here is not None and here.place is not None and here.place.site is None and self.name is not None:
            fields["place"] = replace(here.place, name=_texts(self.name, self.name))
        return edits.with_day(visit, 0, edits.change_stop(day, self.stop, fields))


FORMS: Mapping[str, type[EditForm]] = {
    "visit": VisitForm,
    "day": DayForm,
    "add_site": AddSiteForm,
    "add_place": AddPlaceForm,
    "move": MoveForm,
    "remove": RemoveForm,
    "stop": StopForm,
    "coach": CoachForm,
    "day_mode": DayModeForm,
    "stand_in": StandInForm,
    "leg_mode": LegModeForm,
    "end_mode": EndModeForm,
    "vary": VariationForm,
}


def read_form(action: str, fields: Mapping[str, str]) -> EditForm:
    """Return the form of an action.

    Raises
    ------
    ValueError
        If the action is unknown or a field does not fit, with a sentence for each.
    """
    model = FORMS.get(action)
    if model is None:
        msg = f"unknown action {action!r}"
        raise ValueError(msg)
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        raise ValueError("; ".join(_sentence(found) for found in error.errors())) from error


def _sentence(found: ErrorDetails) -> str:
    """A validation's fault in the reader's language, with the field's label before it."""
    label = FIELD_NAMES.get(".".join(str(step) for step in found["loc"]))
    words = _FAULTS.get(found["type"])
    limits = {key: value for key, value in found.get("ctx", {}).items() if key != "error"}
    message = words.fill(**limits) if words else found["msg"].removeprefix("Value error, ")
    return f"{label}: {message}" if label else message


_WHOLE = _("type a whole number")
_FAULTS = {
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_type": _WHOLE,
    "float_parsing": _("type a number"),
    "finite_number": _("type a number"),
    "greater_than_equal": _("at least %(ge)s"),
    "less_than_equal": _("at most %(le)s"),
    "string_too_long": _("at most %(max_length)s characters"),
    "missing": _("is missing"),
    "date_from_datetime_parsing": _("type a date"),
    "date_parsing": _("type a date"),
}
FIELD_NAMES = {
    "title_pl": _("Title"),
    "group_size": _("Group size"),
    "pace_kmh": _("Pace"),
    "date": _("Date"),
    "start_time": _("Start time"),
    "end_latest": _("Latest end"),
    "dwell_min": _("Minutes there"),
    "fixed": _("Fixed time"),
    "window_from": _("Window"),
    "window_to": _("Window"),
    "buffer_min": _("Reserve"),
    "mode": _("Way of moving"),
    "length_m": _("Length, m"),
    "width_m": _("Width, m"),
    "height_m": _("Height, m"),
    "weight_t": _("Weight, t"),
}


def _texts(pl: str, en: str) -> dict[str, str]:
    return {code: text for code, text in (("pl", pl), ("en", en)) if text}


def _place(site: str | None, at: str | None, name: str, setting: Setting) -> PlaceRef | None:
    """A typed position wins over a chosen site, as it was the more work."""
    position, problems = parse_position(at or "", setting.rules)
    if problems and problems[0].code == "not_a_position":
        raise ValueError(gettext("write a position as 49.97548, 19.82609"))
    if problems:
        raise ValueError(gettext("%(position)s lies outside the streets of this town", position=at))
    if position is None and site and site not in setting.sites:
        raise ValueError(gettext("the catalogue has no such site"))
    return edits.place_of(None if position else site, position, _texts(name, name))
