"""The times that a form of the editor was sent, held against the town's clock on the day they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from planner.domain.clock_changes import settled
from planner.errors import EditRefusedError, Reason
from planner.words.translation import gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from planner.web.frame.form_base import EditForm, Setting

F = TypeVar("F", bound="EditForm")


@dataclass(frozen=True)
class TimeChoice:
    """One of the two that a time may mean: the field, what it is sent with, and in words."""

    field: str
    value: str
    text: str


def with_settled_times(form: F, names: Iterable[str], date: dt.date, setting: Setting) -> F:
    """Return the form whose times each mean one instant of the date.

    Raises
    ------
    EditRefusedError
        If the clock skips a time, or shows it twice and it is not told which is meant.
    """
    if setting.rules.town is None:
        return form
    clock = setting.rules.town.clock
    found: dict[str, str] = {}
    for name in names:
        try:
            if text := getattr(form, name):
                found[name] = settled(clock, date, text)
        except EditRefusedError as error:
            error.params = {**error.params, "field": name}
            raise
    return form.model_copy(update=found)


def choices_of(error: EditRefusedError) -> tuple[TimeChoice, ...]:
    """Return the two that a refused time may mean; none where it was refused for something else."""
    if error.reason is not Reason.TIME_TWICE:
        return ()
    words = {name: str(error.params[name]) for name in ("field", "value", "first", "last")}
    first = gettext("%(time)s, the first (summer time)", time=words["value"])
    last = gettext("%(time)s, the second (winter time)", time=words["value"])
    return (
        TimeChoice(words["field"], words["first"], first),
        TimeChoice(words["field"], words["last"], last),
    )
