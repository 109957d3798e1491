"""With whom a visit is shared: forms of the page "Share"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from planner.services.together import access, shares
from planner.services.together.access import Right
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("shares", __name__, url_prefix="/visits/<int:visit_id>/share/people")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.post("")
def share(visit_id: int) -> ResponseReturnValue:
    """Share the visit with a colleague or with the office, to read or to edit."""
    whom = request.form.get("whom", default=-1, type=int)
    with services().database.writing() as session:
        row = access.needed(session, needed_user(), visit_id, Right.KEEP, lock=True)
        name = shares.share(session, row, whom, request.form.get("may", ""))
        note(session, Act.SHARED, about=f"{name}: {request.form['may']}", visit=visit_id)
    flash(gettext("Shared with %(name)s.", name=name or gettext("the office")), "done")
    return _back(visit_id)


@blueprint.post("/<int:user_id>/end")
def end(visit_id: int, user_id: int) -> ResponseReturnValue:
    """Share the visit no more with somebody."""
    with services().database.writing() as session:
        row = access.needed(session, needed_user(), visit_id, Right.KEEP, lock=True)
        name = shares.unshare(session, row, user_id)
        note(session, Act.UNSHARED, about=name, visit=visit_id)
    flash(gettext("No longer shared."), "done")
    return _back(visit_id)


def _back(visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("sharing.show", visit_id=visit_id, _anchor="people"), code=303)
