"""The organiser's desk on the day: all parties, who is late, the same buttons, the log to withdraw from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.live.events import DESK
from planner.outputs.live.marks import mark_lines
from planner.outputs.live.panel import panels
from planner.services.live.acting import act_at_desk, end_rehearsal, is_the_day
from planner.services.live.marks import marks_of
from planner.services.live.opened import version_of
from planner.services.visits import editing
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.live.heard import heard
from planner.web.live.shared import Followed, asked_day, release_of_visit
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("live_desk", __name__, url_prefix="/visits/<int:visit_id>/live")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The day live; its middle alone for the page's script."""
    context = services()
    with context.database.session() as session:
        row = editing.owned(session, needed_user(), visit_id)
        title, version = editing.state(session, row).visit.title, version_of(session, row)
        marks = marks_of(session, visit_id)
    if row.published is None:
        return render_template("live/desk.html", visit_id=visit_id, title=title, panels=(), section="visits")
    content = release_of_visit(visit_id, row.published)
    day = asked_day(content)
    is_rehearsal = not is_the_day(content, day, context.now())
    followed = Followed(visit_id, row.published, version, day, is_rehearsal)
    days = [(number, one.date) for number, one in enumerate(content.visit.days, start=1)]
    page = "live/_panels.html" if "part" in request.args else "live/desk.html"
    return render_template(
        page,
        visit_id=visit_id,
        title=title,
        section="visits",
        panels=panels(followed.state(), language(), DESK, now=followed.now),
        is_rehearsal=is_rehearsal,
        press_url=url_for("live_desk.press", visit_id=visit_id),
        rehearsal_url=url_for("live_desk.stop_rehearsal", visit_id=visit_id, day=day + 1),
        day=day + 1,
        days=days,
        hand="",
        can_withdraw=True,
        marks=mark_lines(content, marks, language()),
    )


@blueprint.post("/events")
def press(visit_id: int) -> ResponseReturnValue:
    """Something that the organiser says, or takes back for whoever said it."""
    context = services()
    with context.database.session() as session:
        number = editing.owned(session, needed_user(), visit_id).published
    content = release_of_visit(visit_id, number or 0)
    town = context.desk_town_of(content.network)
    with context.database.writing() as session:
        act_at_desk(session, town, content, visit_id, heard(content), context.now())
    return _back(visit_id)


@blueprint.post("/rehearsal/end")
def stop_rehearsal(visit_id: int) -> ResponseReturnValue:
    """Forget what was tried for a day."""
    context = services()
    with context.database.writing() as session:
        row = editing.owned(session, needed_user(), visit_id)
        content = release_of_visit(visit_id, row.published or 0)
        end_rehearsal(session, content, visit_id, asked_day(content))
    flash(gettext("The rehearsal is over: nothing of it is kept."), "done")
    return _back(visit_id)


def _back(visit_id: int) -> ResponseReturnValue:
    day = request.values.get("day", type=int)
    return redirect(url_for("live_desk.show", visit_id=visit_id, day=day), code=303)
