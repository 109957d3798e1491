"""The pages themselves: plain forms that work without a script; nothing changes until something is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request

from planner.domain.edits.day_mark import seen_mark
from planner.web.account.auth import organiser_required
from planner.web.editor.fits.chances import chance_now, chances_view, days_view
from planner.web.editor.fits.page import FitPage
from planner.web.editor.fits.slots import slots_view
from planner.web.editor.forms.share import seen_days
from planner.web.editor.view import site_choices
from planner.web.frame.i18n import language
from planner.words.formats import minutes_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("fits", __name__, url_prefix="/visits/<int:visit_id>")

LATER_MIN = (0, 3, 5, 10, 20)
"""By so many minutes a sturdier order may end later."""


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("/fits")
def fits(visit_id: int) -> ResponseReturnValue:
    """Where a site of the catalogue would fit, or a stop of the day elsewhere; what each place costs."""
    page = FitPage.of(visit_id, with_catalogue=True)
    wanted = {name: request.args.get(name, "").strip() for name in ("site", "stop", "times", "position")}
    view: dict[str, Any] = {
        "asked": wanted,
        "sites": site_choices(page.sites),
        "stops": [(stop.id, page.words.stop_name(stop)) for stop in page.day.stops],
        "found": (),
        "why": "",
    }
    stop = page.stop(wanted)
    found = page.searched(lambda: slots_view(page, stop, wanted)) if stop is not None else None
    return page.render("editor/fits.html", {**view, **(found or {})})


@blueprint.get("/sure")
def sure(visit_id: int) -> ResponseReturnValue:
    """How sure the day is to be on time, and the order that is surest of those that end soon enough."""
    page = FitPage.of(visit_id)
    later = request.args.get("later", type=int)
    view: dict[str, Any] = {
        "choices": [(str(minutes), minutes_text(minutes, language())) for minutes in LATER_MIN],
        "later": str(later) if later in LATER_MIN else "3",
        "now": None,
        "best": None,
        "seen": seen_mark(page.state.visit, page.index),
    }
    found = page.searched(lambda: chances_view(page, int(view["later"]))) if later is not None else None
    return page.render("editor/sure.html", {**view, **(found or {})})


@blueprint.get("/sure/now")
def sure_now(visit_id: int) -> ResponseReturnValue:
    """How sure the day is, as a link in a few words, alone, for our script; empty where it can't be told."""
    page = FitPage.of(visit_id)
    return page.render("editor/_chance.html", {"chance": chance_now(page) if page.day.stops else ""})


@blueprint.get("/days")
def days(visit_id: int) -> ResponseReturnValue:
    """The stops of the visit shared among its days, as a proposal."""
    page = FitPage.of(visit_id)
    found = page.searched(lambda: days_view(page)) if "search" in request.args else None
    view = {"shared": (), "key": "", "seen": seen_days(page.state.visit)}
    return page.render("editor/shared_days.html", {**view, **(found or {})})
