"""Whom a guide calls for the coach: asked for afresh each time, and kept in no copy of the link's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, url_for

from planner.links import GUIDE, visit_path
from planner.outputs.timeline.phrases import dialled
from planner.services.contacts.contacts import Contact, OwnerKind, contacts_of
from planner.web.frame.context import services
from planner.web.frame.headers import unlisted
from planner.web.frame.i18n import language
from planner.web.live.shared import asked_day, followed, release_of_visit
from planner.words.around.booked import booked_rows

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("driver_by_link", __name__)
blueprint.after_request(unlisted)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/driver")
def show(token: str) -> BaseResponse:
    """The driver of the day's coach."""
    link = followed(token, GUIDE)
    content = release_of_visit(link.visit_id, link.release)
    at = asked_day(content)
    day = content.visit.days[at]
    with services().database.session() as session:
        known = contacts_of(session, OwnerKind.DRIVER, link.visit_id)
    driver = known.get((day.coach_booking.driver, ""), Contact()) if day.coach_booking else Contact()
    back: dict[str, Any] = {"token": token, "day": at + 1, "lang": language()}
    response = make_response(
        render_template(
            "live/driver.html",
            title=content.visit.title,
            rows=booked_rows(day, language()),
            driver=driver,
            dial=dialled(driver.phone),
            page_url=url_for("participant.guide", **back),
        )
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
