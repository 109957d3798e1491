"""What all forms are made of: what was sent, and the edit of a visit that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from planner.domain.edits import stops as edits
from planner.domain.sites import Site
from planner.errors import EditRefusedError, Reason
from planner.services.catalogue.rules import RuleContext

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from planner.domain.visits import Day, Visit


@dataclass(frozen=True)
class Setting:
    """What a form is read against: the town, and the catalogue's sites by id."""

    rules: RuleContext
    sites: Mapping[str, Site]


def fields_of(form: MultiDict[str, str]) -> dict[str, str]:
    """Return what was sent, one text for a name.

    Ticked boxes of one name come as "a,b". A box that need not be ticked is followed by a hidden field of
    its name without a value, so that a form without the box is told from one where it is not ticked.
    """
    sent = ((name, values) for name, values in form.lists() if name != "csrf_token")
    return {name: ",".join(filter(None, values)) for name, values in sent}


class Form(BaseModel):
    """What a form of a page sent; fields that it does not know are passed over."""

    model_config = ConfigDict(extra="ignore")


class EditForm(Form):
    """A form that edits a visit: `change` is the edit, `day` the day it was made on, from 0."""

    model_config = ConfigDict(str_strip_whitespace=True)

    day: Annotated[int, Field(ge=0)] = 0

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Return the next document; EditRefusedError where it does not fit. Each form has its own."""
        raise TypeError(type(self).__name__, visit, setting)

    def shown_day(self, visit: Visit) -> int:  # noqa: ARG002
        """Return the day to show once the edit has made this visit: the one it was made on."""
        return self.day

    def current_day(self, visit: Visit) -> Day:
        """Return the day that the form was made on.

        Raises
        ------
        EditRefusedError
            If the visit no longer has it.
        """
        if self.day >= len(visit.days):
            raise EditRefusedError(Reason.DAY_GONE)
        return visit.days[self.day]

    def with_current_day(self, visit: Visit, day: Day) -> Visit:
        """Return the visit with the day that the form was made on replaced.

        Raises
        ------
        EditRefusedError
            If the visit no longer has it.
        """
        self.current_day(visit)
        return edits.with_day(visit, self.day, day)
