"""The editor's form for a remedy: one click, one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.domain.remedies import applied, remedy_of
from planner.outputs.translation import gettext
from planner.web.desk.edit_base import EditForm, Setting

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class RemedyForm(EditForm):
    """A remedy by its key."""

    key: Annotated[str, Field(max_length=5000)]

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Apply it to the day that it was offered for."""
        day = self.current_day(visit)
        try:
            cured = applied(day, remedy_of(self.key))
        except ValueError as error:
            raise ValueError(gettext("this remedy no longer fits the day")) from error
        return self.with_current_day(visit, cured)
