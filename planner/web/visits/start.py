"""The first page: an organiser's visits; everybody else is asked to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for

from planner.web.account.auth import current_user, sign_in_required
from planner.web.visits.page import home_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Show the visits, or the way in."""
    if current_user() is None:
        return redirect(url_for("account.sign_in"))
    return sign_in_required(home_page)()
