"""What the office says of itself, filled in by administrators: its public pages are made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.errors import InvalidInputError
from planner.services.trust.office import (
    DATES,
    FIELDS,
    LONGEST_LINE,
    LONGEST_TEXT,
    TEXTS,
    Status,
    keep,
    office,
)
from planner.web.account.auth import admin_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.web.frame.form_view import NO_FAULTS, Faults, FieldView, FormView, Input
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("office", __name__, url_prefix="/account/office")

STATUSES = (
    ("", _("to be completed")),
    (Status.FULL, _("complies with the act")),
    (Status.PARTIAL, _("complies in part")),
    (Status.NONE, _("does not comply")),
)

LABELS = {
    "name": _("Name of the office"),
    "address": _("Address"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "published": _("Date on which the service was published"),
    "updated": _("Date of its last important update"),
    "status": _("Status"),
    "gaps": _("What is not accessible, and why"),
    "drawn_up": _("Date on which the declaration was drawn up"),
    "reviewed": _("Date of its last review"),
    "auditor": _("Who examined it (empty: the office itself)"),
    "access_person": _("Who answers for accessibility"),
    "access_email": _("E-mail of that person"),
    "access_phone": _("Telephone of that person"),
    "architecture": _("Accessibility of the building"),
    "dpo": _("Data protection officer: name and how to reach them"),
    "privacy_more": _("More on personal data (recipients, other purposes)"),
    "contact_more": _("More on the page of contacts (opening hours)"),
}
"""The fields in the order of the form."""

FAULTS = {
    "too_long": _("This is too long."),
    "not_a_date": _("Not a date."),
    "unknown": _("Not a valid choice."),
}


@blueprint.before_request
@admin_required
def _admins_only() -> None:
    """The office speaks through its administrators."""


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The form."""
    with services().database.session() as session:
        return _page(office(session))


@blueprint.post("")
def save() -> ResponseReturnValue:
    """Keep what was filled in."""
    typed = {name: request.form.get(name, "") for name in FIELDS}
    try:
        with services().database.writing() as session:
            keep(session, typed)
            note(session, Act.OFFICE_CHANGED)
    except InvalidInputError as error:
        faults = Faults({one.pointer[1:]: (str(FAULTS[one.code]),) for one in error.details})
        return _page(typed, faults), 422
    flash(gettext("Kept. The public pages say it now."), "done")
    return redirect(url_for("office.show"), code=303)


def _page(values: Mapping[str, str], faults: Faults = NO_FAULTS) -> str:
    fields = {name: FieldView(name, _input(name), values[name], faults.get(name, ())) for name in LABELS}
    return render_template("trust/office.html", form=FormView(fields))


def _input(name: str) -> Input:
    label = LABELS[name]
    if name == "status":
        return Input(label, "select", choices=STATUSES)
    if name in DATES:
        return Input(label, "date")
    if name in TEXTS:
        return Input(label, "textarea", {"rows": 4, "maxlength": LONGEST_TEXT})
    return Input(label, "text", {"maxlength": LONGEST_LINE})
