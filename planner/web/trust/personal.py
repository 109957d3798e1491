"""The personal data of one visit: what there is, all of it in one file, and its deletion."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from planner.services.together.access import Right
from planner.services.trust.personal import delete_personal_data, personal_data
from planner.services.visits import editing
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit

blueprint = Blueprint("personal", __name__, url_prefix="/visits/<int:visit_id>/personal")

KINDS = {
    "names": _("Names on the list"),
    "school_card": _("Fields of the school trip card"),
    "contacts": _("Contacts of hosts and drivers"),
    "hosts": _("Hosts of whom something is written down"),
    "needs": _("Counts of needs"),
    "feedback": _("Marks and words after the day"),
    "log": _("What was said on the day"),
    "comments": _("Comments of colleagues (they stay)"),
}


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """What is kept of people for the visit, in numbers."""
    return _page(visit_id, "")


@blueprint.post("/export")
def export(visit_id: int) -> ResponseReturnValue:
    """All of it in one file, as JSON."""
    with services().database.writing() as session:
        visit = _kept_visit(session, visit_id)
        kept = personal_data(session, visit_id)
        note(session, Act.PERSONAL_EXPORTED, visit=visit_id)
    told = {
        "visit": visit_id,
        "title": dict(visit.title),
        "exported": dt.datetime.fromtimestamp(services().now(), dt.UTC).isoformat(),
        **asdict(kept),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="visit-{visit_id}-personal.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/delete")
def delete(visit_id: int) -> ResponseReturnValue:
    """Delete it, once that is sure."""
    if request.form.get("is_sure") != "1":
        return _page(visit_id, gettext("Not deleted: say that you are sure.")), 422
    context = services()
    today = context.town.clock.local(context.now()).date()
    with context.database.writing() as session:
        _kept_visit(session, visit_id, lock=True)
        delete_personal_data(session, visit_id, today)
        note(session, Act.PERSONAL_DELETED, visit=visit_id)
    flash(gettext("The personal data of the visit is deleted."), "done")
    return redirect(url_for("personal.show", visit_id=visit_id), code=303)


def _page(visit_id: int, message: str) -> str:
    with services().database.session() as session:
        visit = _kept_visit(session, visit_id)
        counts = personal_data(session, visit_id).counts
    return render_template(
        "trust/personal.html",
        visit=visit,
        visit_id=visit_id,
        rows=[(str(words), counts[name]) for name, words in KINDS.items()],
        message=message,
        section="visits",
    )


def _kept_visit(session: Session, visit_id: int, *, lock: bool = False) -> Visit:
    row = editing.owned(session, needed_user(), visit_id, lock=lock, right=Right.KEEP)
    return editing.state(session, row).visit
