"""The editor's forms by the name of their action, and how what does not fit is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from planner.errors import EditRefusedError, FormRefusedError, Reason
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
from planner.web.editor.forms.share import ShareForm
from planner.web.editor.forms.stop import (
    AddPlaceForm,
    AddSiteForm,
    DwellForm,
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
        raise FormRefusedError("; ".join(_sentence(detail) for detail in error.errors())) from error


def _sentence(detail: ErrorDetails) -> str:
    """A validation's fault in the reader's language, with the field's label before it."""
    label = FIELD_NAMES.get(".".join(str(step) for step in detail["loc"]))
    words = detail.get("ctx", {})
    cause = words.get("error")
    if isinstance(cause, EditRefusedError):
        message = refusal_text(cause)
    elif isinstance(cause, Exception):
        raise cause  # a fault of the program, which pydantic took for one of the form
    else:
        message = field_text(detail["type"], words)
    return f"{label}: {message}" if label else message


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
    "hours": _("Opening hours"),
    "window_from": _("Window"),
    "window_to": _("Window"),
    "window_from_2": _("Window"),
    "window_to_2": _("Window"),
    "window_from_3": _("Window"),
    "window_to_3": _("Window"),
    "buffer_min": _("Reserve"),
    "interpreter": _("Interpreter"),
    "assumed_leg_min": _("Way to a place that is not on the map"),
    "walk_min": _("Reserve"),
    "bus_min": _("Reserve"),
    "coach_min": _("Reserve"),
    "mode": _("Way of moving"),
    "length_m": _("Length, m"),
    "width_m": _("Width, m"),
    "height_m": _("Height, m"),
    "weight_t": _("Weight, t"),
}
