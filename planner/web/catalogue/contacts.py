"""Who receives a group at a site's door: kept beside the catalogue, for organisers and guides alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from planner.services.catalogue import editing
from planner.services.contacts.contacts import RECEIVES, Contact, OwnerKind, contacts_of, keep_contact
from planner.web.catalogue.base import blueprint
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@blueprint.post("/<site_id>/contacts")
def contacts(site_id: str) -> ResponseReturnValue:
    """Keep who receives groups at a site; without a word nobody is kept."""
    with services().database.writing() as session:
        editing.read_site(session, site_id)
        keep_contact(session, OwnerKind.SITE, site_id, Contact.read(request.form, "receives_"), role=RECEIVES)
    flash(gettext("Kept: who receives the group."), "done")
    return redirect(url_for("catalogue.edit", site_id=site_id, _anchor="receives"), code=303)


def who_receives(site_id: str) -> Contact:
    """Return who receives groups at a site, for its page."""
    with services().database.session() as session:
        return contacts_of(session, OwnerKind.SITE).get((site_id, RECEIVES), Contact())
