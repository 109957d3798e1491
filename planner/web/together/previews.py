"""Previews for colleagues and hosts: made, withdrawn and exchanged on the page "Share"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, request, url_for

from planner.errors import InvalidInputError, NotThereError, Reason
from planner.links import HOST
from planner.outputs.qr import qr_svg
from planner.services.together import access, previews
from planner.services.together.access import Right
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.web.visits.sharing import preview_address
from planner.words.refusals import refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("previews", __name__, url_prefix="/visits/<int:visit_id>/share/previews")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.post("")
def make(visit_id: int) -> ResponseReturnValue:
    """Make a link for a colleague, or for the host of a site of the draft."""
    context, kind = services(), request.form.get("kind", "")
    name = request.form.get("site" if kind == HOST else "whom", "")
    try:
        with context.database.writing() as session:
            row = access.needed(session, needed_user(), visit_id, Right.EDIT, lock=True)
            previews.make(session, context.settings.secret_key, row, (kind, name), context.now())
            note(session, Act.PREVIEW_MADE, about=kind, visit=visit_id)
    except InvalidInputError as error:
        flash(refusal_text(error), "fail")
    else:
        flash(gettext("The link is made: copy it from the list."), "done")
    return _back(visit_id)


@blueprint.post("/<int:preview_id>/<action>")
def change(visit_id: int, preview_id: int, action: str) -> ResponseReturnValue:
    """Withdraw a link, let it work again, or exchange it for a new one."""
    context = services()
    with context.database.writing() as session:
        access.needed(session, needed_user(), visit_id, Right.EDIT, lock=True)
        previews.change(session, context.settings.secret_key, visit_id, preview_id, action)
        note(session, Act.PREVIEW_CHANGED, about=f"{preview_id}: {action}", visit=visit_id)
    flash(gettext("The link is changed."), "done")
    return _back(visit_id)


@blueprint.get("/<int:preview_id>/qr.svg")
def qr(visit_id: int, preview_id: int) -> Response:
    """A link as a QR code, to print or to show."""
    context = services()
    with context.database.session() as session:
        access.needed(session, needed_user(), visit_id, Right.EDIT)
        links = previews.previews(session, context.settings.secret_key, visit_id)
    link = next((one for one in links if one.id == preview_id), None)
    if link is None:
        raise NotThereError("this visit has no such link", reason=Reason.LINK_MISSING)
    response = Response(qr_svg(preview_address(link)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("sharing.show", visit_id=visit_id, _anchor="looking"), code=303)
