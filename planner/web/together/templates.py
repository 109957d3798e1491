"""Templates of the office: a visit is kept as one, and one is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from planner.errors import InvalidInputError
from planner.services.together import access
from planner.services.together.access import Right
from planner.services.visits import editing, office
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import services
from planner.words.refusals import refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("office_templates", __name__, url_prefix="/visits")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.post("/<int:visit_id>/template")
def keep(visit_id: int) -> ResponseReturnValue:
    """Keep the draft as a template of the office."""
    user = needed_user()
    try:
        with services().database.writing() as session:
            visit = editing.state(session, access.needed(session, user, visit_id, Right.EDIT)).visit
            office.keep(session, user, visit, request.form.get("name", ""), services().now())
    except InvalidInputError as error:
        flash(refusal_text(error), "fail")
        return redirect(url_for("sharing.show", visit_id=visit_id, _anchor="template"), code=303)
    flash(gettext("Kept as a template: every organiser can begin from it."), "done")
    return redirect(url_for("visits.new", _anchor="template-name"), code=303)


@blueprint.post("/new/templates/<int:template_id>/remove")
def remove(template_id: int) -> ResponseReturnValue:
    """Remove a template of the office."""
    with services().database.writing() as session:
        office.remove(session, template_id)
    flash(gettext("The template is removed. Visits that began from it stay."), "done")
    return redirect(url_for("visits.new", _anchor="template-name"), code=303)
