"""The editor's forms by the name of their action, and how what does not fit is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from planner.errors import EditRefusedError, FormRefusedError, Reason
from planner.web.editor.forms.booked.meal import MealForm
from planner.web.editor.forms.booked.of_day import ArrivalForm, CoachBookingForm
from planner.web.editor.forms.booked.rain import RainForm
from planner.web.editor.forms.booked.tickets import TicketsForm
from planner.web.editor.forms.day import (
    AddDayForm,
    CopyDayForm,
    DayForm,
    PastMidnightForm,
    RemoveDayForm,
    ToDayForm,
)
from planner.web.editor.forms.hours import StopHoursForm
from planner.web.editor.forms.order import OrderForm
from planner.web.editor.forms.remedy import RemedyForm
from planner.web.editor.forms.row import DwellForm, RowForm
from planner.web.editor.forms.share import ShareForm
from planner.web.editor.forms.stop import (
    AddPlaceForm,
    AddSiteForm,
    LockForm,
    MoveForm,
    RemoveForm,
    StopForm,
)
from planner.web.editor.forms.travel import CoachForm, DayModeForm, EndModeForm, LegModeForm, StandInForm
from planner.web.editor.forms.variation import VariationForm
from planner.web.editor.forms.visit import SpareForm, VisitForm
from planner.words.refusals import field_text, refusal_text
from planner.words.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from planner.web.frame.form_base import EditForm

FORMS: Mapping[str, type[EditForm]] = {
    "visit": VisitForm,
    "day": DayForm,
    "past_midnight": PastMidnightForm,
    "add_site": AddSiteForm,
    "add_place": AddPlaceForm,
    "move": MoveForm,
    "remove": RemoveForm,
    "stop": StopForm,
    "dwell": DwellForm,
    "row": RowForm,
    "lock": LockForm,
    "stop_hours": StopHoursForm,
    "spare": SpareForm,
    "add_day": AddDayForm,
    "copy_day": CopyDayForm,
    "remove_day": RemoveDayForm,
    "to_day": ToDayForm,
    "coach": CoachForm,
    "day_mode": DayModeForm,
    "stand_in": StandInForm,
    "leg_mode": LegModeForm,
    "end_mode": EndModeForm,
    "vary": VariationForm,
    "order": OrderForm,
    "remedy": RemedyForm,
    "share": ShareForm,
    "arrival": ArrivalForm,
    "coach_booking": CoachBookingForm,
    "meal": MealForm,
    "rain": RainForm,
    "tickets": TicketsForm,
}


def read_form(action: str, fields: Mapping[str, str]) -> EditForm:
    """Return the form of an action.

    Raises
    ------
    EditRefusedError
        If the action is unknown or a field does not fit, with a sentence for each.
    """
    model = FORMS.get(action)
    if model is None:
        raise EditRefusedError(Reason.UNKNOWN_ACTION, f"unknown action {action!r}", action=action)
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        told = tuple(map(_told, error.errors()))
        raise FormRefusedError("; ".join(map(_sentence, told)), told) from error


def _told(detail: ErrorDetails) -> tuple[str, str]:
    """The field that a validation's fault is about, '' for none, and the fault in the reader's language."""
    name = ".".join(str(step) for step in detail["loc"])
    words = detail.get("ctx", {})
    cause = words.get("error")
    if isinstance(cause, EditRefusedError):
        return name or field_of(cause), refusal_text(cause)
    if isinstance(cause, Exception):
        raise cause  # a fault of the program, which pydantic took for one of the form
    return name, field_text(detail["type"], words)


def _sentence(told: tuple[str, str]) -> str:
    """A fault with the field's label before it."""
    name, message = told
    label = FIELD_NAMES.get(name)
    return f"{label}: {message}" if label else message


def field_of(error: EditRefusedError) -> str:
    """Return the field at which something that was refused is put right, '' where there is no one such."""
    if error.reason is Reason.COACH_SIZE:
        return str(error.params.get("name", ""))
    return str(error.params.get("field", "")) or MENDED_AT.get(error.reason, "")


MENDED_AT: Mapping[Reason | None, str] = {
    Reason.NO_DAY_START: "start_at",
    Reason.DATE_TAKEN: "date",
    Reason.NO_TITLE: "title_pl",
    Reason.LINKS_UNFIT: "thanks_pl",
    Reason.HALF_WINDOW: "window_from",
    Reason.WINDOW_TURNED: "window_to",
    Reason.WINDOWS_OVERLAP: "window_from_2",
    Reason.TYPE_HOURS: "hours",
}


FIELD_NAMES = {
    "title_pl": _("Title"),
    "group_size": _("Group size"),
    "pace_kmh": _("Pace"),
    "hardest_path": _("Hardest hiking path"),
    "date": _("Date"),
    "start_time": _("Start time"),
    "end_time": _("End"),
    "end_latest": _("Latest end"),
    "dwell_min": _("Minutes there"),
    "min_dwell_min": _("Least minutes there"),
    "fixed": _("Fixed time"),
    "rain_fixed": _("Fixed time if it rains"),
    "rain_dwell_min": _("Minutes there if it rains"),
    "rain_capacity": _("Room for, if it rains"),
    "hours": _("Opening hours"),
    "window_from": _("Window"),
    "window_to": _("Window"),
    "window_from_2": _("Window"),
    "window_to_2": _("Window"),
    "window_from_3": _("Window"),
    "window_to_3": _("Window"),
    "buffer_min": _("Reserve"),
    "interpreter": _("Interpreter"),
    "interpreters": _("Interpreters"),
    "assumed_leg_min": _("Way to a place that is not on the map"),
    "walk_min": _("Reserve"),
    "bus_min": _("Reserve"),
    "coach_min": _("Reserve"),
    "mode": _("Way of moving"),
    "length_m": _("Length, m"),
    "width_m": _("Width, m"),
    "height_m": _("Height, m"),
    "weight_t": _("Weight, t"),
    "arrives": _("Arrival"),
    "boarding": _("Getting in"),
    "covers": _("Covers"),
}
