"""An edit that was refused: what had been typed, why, and at which field that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.errors import FormRefusedError, Reason
from planner.services.visits.editing import ConflictError
from planner.web.editor.forms.read import field_of
from planner.web.editor.forms.times import TimeChoice, choices_of
from planner.web.editor.selected import Selected
from planner.words.refusals import refusal_text

if TYPE_CHECKING:
    from planner.errors import EditRefusedError

PLACES: Mapping[str, Selected] = {
    "visit": Selected("part", "settings"),
    "spare": Selected("part", "settings"),
    "coach": Selected("part", "settings"),
    "day": Selected("part", "day"),
    "arrival": Selected("part", "day"),
    "coach_booking": Selected("part", "day"),
    "add_place": Selected("part", "place"),
}
"""Where the form of an action stands; those of a stop stand at their stop."""

OF_A_STOP = ("stop", "stop_hours", "meal", "rain", "tickets")
NOT_SHOWN = frozenset(
    {
        "",
        "stop",
        "day",
        "position",
        "mode",
        "key",
        "site",
        "kind",
        "locked",
        "to_day",
        "use",
        "end_by",
        "hardest_path",
    }
)
"""What no field of a form shows: it is said for the whole edit."""

OF_POSITIONS = frozenset({Reason.TYPE_POSITION, Reason.POSITION_OUTSIDE, Reason.NO_PLACE})
POSITIONS: Mapping[str, str] = {
    "add_place": "at",
    "stop": "place_at",
    "day": "start_at",
    "rain": "rain_at",
}


@dataclass(frozen=True)
class RefusedEdit:
    """An edit that was not stored: why, what had been typed, and what it may have meant.

    `wrong` has a sentence for each field that does not fit; `message` says all of it.
    """

    action: str
    fields: Mapping[str, str]
    message: str = ""
    conflict: ConflictError | None = None
    choices: tuple[TimeChoice, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 409 if self.conflict else 422

    @property
    def is_at_fields(self) -> bool:
        """Whether everything that is wrong is said at a field."""
        shown = set(self.fields) - NOT_SHOWN
        return bool(self.wrong) and not self.choices and set(self.wrong) <= shown

    def selection(self, asked: Selected) -> Selected:
        """Return what has to be open for the reader to see the fields that were refused."""
        if self.conflict or not self.wrong:
            return asked
        if self.action in OF_A_STOP:
            return Selected("stop", self.fields.get("stop", ""))
        return PLACES.get(self.action, asked)


def refused_edit(action: str, fields: Mapping[str, str], error: EditRefusedError) -> RefusedEdit:
    """Return a refused edit in the reader's language."""
    message = refusal_text(error)
    if isinstance(error, FormRefusedError):
        wrong = dict(error.told)
    else:
        name = POSITIONS.get(action, "") if error.reason in OF_POSITIONS else field_of(error)
        wrong = {name: message} if name else {}
    return RefusedEdit(action, fields, message, choices=choices_of(error), wrong=wrong)
