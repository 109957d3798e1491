"""The organiser's visits: the list, a new one, a copy, and putting one away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.errors import EditRefusedError
from planner.outputs.timeline.day_tabs import DayTab, day_tabs
from planner.services.catalogue.entries import all_sites, is_empty
from planner.services.paper.keeping import FileKeeper
from planner.services.together.access import Right
from planner.services.town.known import contact
from planner.services.town.none_yet import has_none
from planner.services.visits import editing
from planner.services.visits.overview import Glance, overview
from planner.services.visits.pages import page_files
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import rule_context, services
from planner.web.frame.form_base import Setting
from planner.web.frame.form_fields import read_date
from planner.web.frame.i18n import language
from planner.web.visits.first import begun, new_page
from planner.words.formats import dates_text
from planner.words.refusals import refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("visits", __name__, url_prefix="/visits")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


def home_page() -> ResponseReturnValue:
    """The visits by date, the next one on top."""
    context = services()
    with context.database.session() as session:
        town = context.desk_town
        ahead, past = overview(session, needed_user(), town, context.now())
        whom, has_sites = contact(session), not is_empty(session)
    return render_template(
        "visits/home.html",
        no_streets=refusal_text(town.missing) if town.missing else "",
        begins=has_none(context.settings.data_dir),
        typed={"place": "", "contact": whom},
        has_sites=has_sites,
        ahead=[(glance, _days(glance)) for glance in ahead],
        past=past,
        dates_text=dates_text,
        section="visits",
    )


def _days(glance: Glance) -> tuple[DayTab, ...]:
    """The days of a visit that could be planned."""
    if glance.content is None:
        return ()
    return day_tabs(glance.content.visit, glance.content, language())


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """How a visit begins: ticked sites, a template, a copy, or an empty day."""
    return new_page()


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    """Make a visit with an empty day and open it."""
    fields = request.form.to_dict()
    try:
        with services().database.writing() as session:
            visit = begun(fields, Setting(rule_context(), all_sites(session)))
            row = editing.create(session, needed_user(), visit, services().now())
    except EditRefusedError as error:
        return new_page(fields, refusal_text(error), "empty"), 422
    return redirect(url_for("editor.show", visit_id=row.id), code=303)


@blueprint.post("/<int:visit_id>/copy")
def copy(visit_id: int) -> ResponseReturnValue:
    """Copy a visit to another date and open the copy."""
    try:
        date = read_date(request.form.get("date", ""))
    except EditRefusedError:
        flash(gettext("Not copied: type a date."), "fail")
        return redirect(url_for("editor.show", visit_id=visit_id), code=303)
    with services().database.writing() as session:
        row = editing.copy(session, needed_user(), visit_id, date, services().now())
    flash(gettext("This is the copy. It is a draft, with no release and no links yet."), "done")
    return redirect(url_for("editor.show", visit_id=row.id), code=303)


@blueprint.post("/<int:visit_id>/archive")
def archive(visit_id: int) -> ResponseReturnValue:
    """Put a visit away: it leaves the list, and its links open nothing."""
    return _put_away(visit_id, is_away=True)


@blueprint.post("/<int:visit_id>/restore")
def restore(visit_id: int) -> ResponseReturnValue:
    """Take a visit back out."""
    return _put_away(visit_id, is_away=False)


@blueprint.get("/away")
def away() -> ResponseReturnValue:
    """The visits that were put away."""
    user = needed_user()
    with services().database.session() as session:
        put_away = editing.put_away_visits(session, user)
    return render_template("visits/away.html", visits=put_away, dates_text=dates_text, section="visits")


@blueprint.get("/<int:visit_id>/delete")
def ask_to_delete(visit_id: int) -> ResponseReturnValue:
    """Say what goes with a visit, before it is deleted."""
    return _deletion(visit_id, "")


@blueprint.post("/<int:visit_id>/delete")
def delete(visit_id: int) -> ResponseReturnValue:
    """Delete a visit for good, with all that there is of it."""
    if request.form.get("is_sure") != "1":
        return _deletion(visit_id, gettext("Not deleted: say that you are sure.")), 422
    with services().database.writing() as session:
        editing.delete(session, needed_user(), visit_id, services().now())
        note(session, Act.DELETED, visit=visit_id)
    for keeper in (FileKeeper, page_files):
        keeper(services().settings.data_dir).forget_visit(visit_id)
    flash(gettext("The visit is deleted, with all that belonged to it."), "done")
    return redirect(url_for("visits.away"), code=303)


def _deletion(visit_id: int, message: str) -> str:
    with services().database.session() as session:
        visit = editing.state(
            session, editing.owned(session, needed_user(), visit_id, right=Right.KEEP)
        ).visit
    return render_template(
        "visits/delete.html",
        visit=visit,
        visit_id=visit_id,
        dates=dates_text([day.date for day in visit.days], language()),
        message=message,
        section="visits",
    )


def _put_away(visit_id: int, *, is_away: bool) -> ResponseReturnValue:
    with services().database.writing() as session:
        row = editing.owned(session, needed_user(), visit_id, lock=True, right=Right.KEEP)
        row.archived = is_away
    if is_away:
        flash(
            gettext("The visit is put away. Its links open nothing now. You find it under “Put away”."),
            "done",
        )
    return redirect(url_for("start.home"), code=303)
