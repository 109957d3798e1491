"""The page "History": who changed what and when, and the way back to any of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.services.catalogue.entries import all_sites
from planner.services.together.access import Right
from planner.services.visits import editing
from planner.services.visits.editing import BACK, ConflictError
from planner.services.visits.history import history
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.opened import opened_visit
from planner.words.changes import change_lines
from planner.words.formats import long_date
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from planner.domain.sites import Site
    from planner.services.visits.editing import State
    from planner.services.visits.history import PastEdit

blueprint = Blueprint("history", __name__, url_prefix="/visits/<int:visit_id>/history")

MOST_LINES = 6
HOUR = len("10:")


@dataclass(frozen=True)
class PastRow:
    """One edit on the page: its sentences, what was published of it, whether it is where one is now."""

    number: int
    time: str
    lines: tuple[str, ...]
    published: str
    is_here: bool
    is_undone: bool


@dataclass(frozen=True)
class PastHour:
    """What one person did within an hour of the clock."""

    date: str
    hours: str
    author: str
    rows: tuple[PastRow, ...]


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The edits by person and hour, the newest first."""
    return _page(visit_id)


@blueprint.post("/back")
def back(visit_id: int) -> ResponseReturnValue:
    """Take an earlier state up again, as one more edit."""
    number = request.form.get("number", default=0, type=int)
    user, context = needed_user(), services()
    try:
        with context.database.writing() as session:
            editing.back_to(session, user, visit_id, asked.base(), number, context.now())
    except ConflictError as conflict:
        return _page(visit_id, conflict), conflict.status
    flash(gettext("The visit is as it was then. Undo in the plan takes this back."), "done")
    return redirect(url_for("history.show", visit_id=visit_id), code=303)


def _page(visit_id: int, conflict: ConflictError | None = None) -> str:
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        row = editing.owned(session, needed_user(), visit_id, right=Right.READ)
        found = history(session, row, request.args.get("below", type=int))
        sites = {**opened.sites, **all_sites(session)}
    return render_template(
        "visits/history.html",
        **opened.head(),
        hours=_hours(found.edits, sites),
        older=found.older,
        can_undo=opened.state.can_undo,
        can_redo=opened.state.can_redo,
        conflict_by=conflict.by if conflict else None,
        conflict_lines=_conflict_lines(conflict, opened.state, sites),
    )


def _conflict_lines(conflict: ConflictError | None, state: State, sites: Mapping[str, Site]) -> list[str]:
    return change_lines(conflict.since, state.visit, sites, language()) if conflict else []


def _hours(edits: tuple[PastEdit, ...], sites: Mapping[str, Site]) -> list[PastHour]:
    """The edits by person and hour, both as they follow each other."""
    clock = services().desk_town.clock
    timed = [(edit, clock.local(edit.at).date(), clock.face(edit.at)) for edit in edits]
    hours = []
    for (date, hour, author), group in groupby(timed, key=lambda one: (one[1], one[2][:HOUR], one[0].author)):
        rows = tuple(_row(edit, face, sites) for edit, _, face in group)
        span = f"{hour}00–{hour}59"
        hours.append(PastHour(long_date(date, language()), span, author or gettext("the program"), rows))
    return hours


def _row(edit: PastEdit, face: str, sites: Mapping[str, Site]) -> PastRow:
    lines = change_lines(edit.changes, edit.visit, sites, language())
    if edit.action == BACK:
        lines.insert(0, gettext("Back to an earlier state"))
    if not lines:
        lines = [gettext("The visit was made") if edit.number == 1 else gettext("Nothing that is told here")]
    more = len(lines) - MOST_LINES
    if more > 1:
        lines[MOST_LINES:] = [ngettext("and %(num)s more change", "and %(num)s more changes", more)]
    numbers = ", ".join(map(str, edit.releases))
    published = gettext("published as version %(number)s", number=numbers) if numbers else ""
    return PastRow(edit.number, face, tuple(lines), published, edit.is_here, edit.is_undone)
