"""The pages that a public office owes everybody: accessibility, personal data, contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from planner.services.trust.office import PublicPage, Status, missing, office
from planner.web.account.auth import current_user
from planner.web.frame.asked import host
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("public", __name__)


@blueprint.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility declaration, in the structure that the Polish act asks for."""
    return _page(PublicPage.ACCESSIBILITY)


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Information on personal data, as article 13 of the GDPR asks for."""
    return _page(PublicPage.PRIVACY)


@blueprint.get("/contact")
def contact() -> ResponseReturnValue:
    """Whom to reach."""
    return _page(PublicPage.CONTACT)


def _page(page: PublicPage) -> str:
    with services().database.session() as session:
        facts = office(session)
    user = current_user()
    return render_template(
        f"trust/{page}.html",
        facts=facts,
        is_draft=bool(missing(facts, page)),
        may_edit=user is not None and user.is_admin,
        address=host(),
        statuses=Status,
    )
