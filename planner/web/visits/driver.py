"""The driver of a day's coach: name and telephone, kept apart from the visit's document."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.booked.things import CoachBooking
from planner.domain.edits.stops import with_day
from planner.services.contacts.contacts import Contact, OwnerKind, contacts_of, keep_contact
from planner.services.visits import editing
from planner.services.visits.editing import ConflictError
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.opened import opened_visit
from planner.words.formats import short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.visits import Visit

blueprint = Blueprint("driver", __name__, url_prefix="/visits/<int:visit_id>/driver")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """Who drives on the day that the address asks for."""
    with services().database.session() as session:
        opened = opened_visit(session, visit_id)
        known = contacts_of(session, OwnerKind.DRIVER, visit_id)
    at = asked.nearest_day(opened.visit)
    day = opened.visit.days[at]
    coach = day.coach_booking
    page = render_template(
        "visits/driver.html",
        **opened.head(),
        day=at + 1,
        date=short_day(day.date, language()),
        driver=known.get((coach.driver, ""), Contact()) if coach else Contact(),
    )
    return page, {"Cache-Control": "no-store"}


@blueprint.post("")
def keep(visit_id: int) -> ResponseReturnValue:
    """Keep name and telephone; the document is told no more than that there is somebody."""
    contact = Contact.read(request.form)
    contact = contact if contact.phone else Contact()
    day = asked.edited_day()
    try:
        with services().database.writing() as session:
            state = asked.own_state(session, needed_user(), visit_id)
            at = min(max(day, 0), len(state.visit.days) - 1)
            before = _driver(state.visit, at)
            owner = before or secrets.token_hex(6)
            made = editing.DraftEdit(
                "driver", asked.base(), lambda visit: _with(visit, at, owner if contact.phone else "")
            )
            editing.apply(session, needed_user(), visit_id, made, services().now())
            keep_contact(session, OwnerKind.DRIVER, owner, contact, visit_id=visit_id)
    except ConflictError:
        flash(gettext("Not saved: the visit has changed in the meantime. Look again."), "warn")
        return redirect(url_for("driver.show", visit_id=visit_id, day=day + 1), code=303)
    flash(gettext("The driver is kept.") if contact.phone else gettext("No driver is kept."), "done")
    return redirect(
        url_for("editor.show", visit_id=visit_id, day=day + 1 if day else None, part="day"), code=303
    )


def _driver(visit: Visit, day: int) -> str:
    coach = visit.days[day].coach_booking
    return coach.driver if coach else ""


def _with(visit: Visit, index: int, driver: str) -> Visit:
    """Return the visit whose coach on a day has this driver."""
    day = visit.days[index]
    booked = replace(day.coach_booking or CoachBooking(), driver=driver)
    return with_day(visit, index, replace(day, coach_booking=None if booked == CoachBooking() else booked))
