"""The day behind a secret link: what a phone asks for every few seconds, and the guide's buttons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for

from planner.domain.warnings.audience import Audience
from planner.errors import PlannerError
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.live.overlay import Overlaid, overlay
from planner.outputs.live.panel import panels
from planner.services.live.acting import act_by_link, end_rehearsal, is_the_day
from planner.web.account.auth import csrf
from planner.web.frame.context import services
from planner.web.frame.errors import error_document
from planner.web.frame.headers import unlisted
from planner.web.frame.i18n import language
from planner.web.live.heard import heard
from planner.web.live.shared import (
    MOST_ANSWERS,
    Followed,
    asked_day,
    followed,
    party_asked,
    release_of_visit,
    remembered,
)
from planner.words.refusals import refusal_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as BaseResponse

    from planner.services.live.opened import LiveLink

blueprint = Blueprint("live", __name__)
polls = Blueprint("live_polls", __name__)


def timed(response: Response) -> Response:
    """Tell the service's clock, by which a phone sees how far its own is off."""
    response.headers["Visit-Time"] = str(services().now())
    return response


for room in (blueprint, polls):
    room.after_request(unlisted)
    room.after_request(timed)

# Who has the link may press, signed in or not; what another site's page sends is refused by its origin.
csrf.exempt(blueprint)

OF_VISIT, OF_GUIDE = (visit_path(kind, "<token>") for kind in (PARTICIPANT, GUIDE))


@polls.get(f"{OF_VISIT}/live.json")
def visit_live(token: str) -> BaseResponse:
    """What is laid over a participant's page."""
    return _live(token, PARTICIPANT)


@polls.get(f"{OF_GUIDE}/live.json")
def guide_live(token: str) -> BaseResponse:
    """What is laid over a guide's page."""
    return _live(token, GUIDE)


def _live(token: str, kind: str) -> BaseResponse:
    """One query tells whether a phone is up to date; what is new is worked out once a worker."""
    link = followed(token, kind)
    content = release_of_visit(link.visit_id, link.release)
    visit = Followed(link.visit_id, link.release, link.version, asked_day(content))
    asked = Overlaid(Audience(kind), party_asked(), language(), "rain" in request.args)
    tag = f"{link.release}.{link.version}"

    def made() -> bytes:
        document = {"version": tag, "release": link.release, **overlay(visit.state(), asked)}
        return json.dumps(document, ensure_ascii=False).encode()

    response = Response(mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{tag}.{visit.day}.{asked.language}{'.rain' if asked.is_rain else ''}", weak=True)
    response.make_conditional(request)
    if response.status_code == 200:  # noqa: PLR2004 - else the phone knows it all
        response.set_data(remembered("answers", (visit, asked), made, MOST_ANSWERS))
    return response


@blueprint.post(f"{OF_GUIDE}/events")
def press(token: str) -> ResponseReturnValue:
    """Something that a guide says; said twice, it is one thing."""
    try:
        link = followed(token, GUIDE)
        content = release_of_visit(link.visit_id, link.release)
        context = services()
        town = context.town_of(content.network)
        with context.database.writing() as session:
            said = act_by_link(session, town, content, link, heard(content), context.now())
    except PlannerError as error:
        return refused(error)
    if request.is_json:
        return jsonify({"rehearsal": said.is_rehearsal, "repeated": said.is_repeated}), 200
    return redirect(_back(token), code=303)


def refused(error: PlannerError) -> ResponseReturnValue:
    """Tell a script in words what is wrong; a form gets the page of its error."""
    if not request.is_json:
        raise error
    document = error_document(error)
    document["error"]["text"] = refusal_text(error)
    headers = {"Retry-After": "60"} if error.status == 429 else {}  # noqa: PLR2004 - too many
    return jsonify(document), error.status, headers


@blueprint.post(f"{OF_GUIDE}/rehearsal/end")
def stop_rehearsal(token: str) -> ResponseReturnValue:
    """Forget what was tried for a day."""
    link = followed(token, GUIDE)
    content = release_of_visit(link.visit_id, link.release)
    with services().database.writing() as session:
        end_rehearsal(session, content, link.visit_id, asked_day(content))
    return redirect(_back(token), code=303)


def _back(token: str) -> str:
    names = [name for name in ("day", "party", "lang", "hand") if request.values.get(name)]
    kept: dict[str, Any] = {name: request.values[name] for name in names}
    return url_for("live.guide_panel", token=token, **kept)


@blueprint.get(f"{OF_GUIDE}/live")
def guide_panel(token: str) -> BaseResponse:
    """The guide's buttons: a page of its own, or the part alone for the script of the guide's page."""
    link = followed(token, GUIDE)
    page = "live/_panels.html" if "part" in request.args else "live/guide.html"
    response = make_response(render_template(page, **_panel_view(token, link)))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _panel_view(token: str, link: LiveLink) -> dict[str, object]:
    content = release_of_visit(link.visit_id, link.release)
    day = asked_day(content)
    is_rehearsal = not is_the_day(content, day, services().now())
    visit = Followed(link.visit_id, link.release, link.version, day, is_rehearsal)
    only = link.party or party_asked()
    where: dict[str, Any] = {"day": day + 1, "party": party_asked() or None}
    hand = f"{link.id}:{request.args.get('hand', '')[:40]}"
    return {
        "panels": panels(visit.state(), language(), hand, only=only, now=visit.now),
        "is_rehearsal": is_rehearsal,
        "press_url": url_for("live.press", token=token),
        "rehearsal_url": url_for("live.stop_rehearsal", token=token, **where),
        "page_url": url_for("participant.guide", token=token, **where),
        "day": day + 1,
        "hand": request.args.get("hand", ""),
        "can_withdraw": False,
        "heading": "h3" if "part" in request.args else "h2",
        "title": content.visit.title,
    }
