"""Pages by secret link: the participant's, the guide's, and the same on paper."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup

from planner.domain.clock import TownClock
from planner.domain.day_edits import coming_day
from planner.errors import NetworkMissingError, NotThereError
from planner.outputs.print_map import CORES, render_svg
from planner.outputs.timeline import build_timeline
from planner.outputs.translation import gettext
from planner.outputs.visit_map import lines_drawn, visit_map
from planner.services.publish import released
from planner.web import headers
from planner.web.context import services
from planner.web.i18n import language
from planner.web.maps import map_view

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from planner.domain.releases import ReleaseContent
    from planner.outputs.map_content import MapContent
    from planner.outputs.timeline_rows import Timeline

blueprint = Blueprint("participant", __name__)

PRINT_MAP_MM = (176, 150)
PARTICIPANT, GUIDE = "participant", "guide"


@blueprint.get("/v/<token>")
def visit(token: str) -> BaseResponse:
    """The phone page of a released visit."""
    return _page(token, PARTICIPANT)


@blueprint.get("/v/<token>/print")
def visit_print(token: str) -> BaseResponse:
    """The same on A4."""
    return _paper(token, PARTICIPANT)


@blueprint.get("/g/<token>")
def guide(token: str) -> BaseResponse:
    """The guide's page: as yet the participants' with its own print link."""
    return _page(token, GUIDE)


@blueprint.get("/g/<token>/print")
def guide_print(token: str) -> BaseResponse:
    """The guide's A4."""
    return _paper(token, GUIDE)


def _release(token: str, kind: str) -> ReleaseContent:
    context = services()
    with context.database.session() as session:
        content = released(session, token, kind, context.now())
    if content is None:
        raise NotThereError(gettext("This link opens no visit: it was mistyped, withdrawn or has ended."))
    return content


def _shown(content: ReleaseContent) -> tuple[Timeline, MapContent | None]:
    """The timeline of the day asked for and its map; without streets in force there is no map."""
    days = len(content.visit.days)
    day = request.args.get("day", default=_coming(content), type=int)
    timeline = build_timeline(content, min(max(day, 1), days) - 1, language())
    try:
        layers = services().town.network.layers
    except NetworkMissingError:
        return timeline, None
    return timeline, visit_map(content, timeline, layers)


def _page(token: str, kind: str) -> BaseResponse:
    timeline, chart = _shown(_release(token, kind))
    view = "participant.visit_print" if kind == PARTICIPANT else "participant.guide_print"
    print_url = url_for(view, token=token, **_kept())
    return _private(
        render_template("visit/participant.html", timeline=timeline, print_url=print_url, **map_view(chart))
    )


def _paper(token: str, kind: str) -> BaseResponse:
    timeline, chart = _shown(_release(token, kind))
    svg = render_svg(chart, *PRINT_MAP_MM) if chart else ""
    view = "participant.visit" if kind == PARTICIPANT else "participant.guide"
    return _private(
        render_template(
            "visit/print.html",
            timeline=timeline,
            map_svg=Markup(svg),  # noqa: S704 - made by render_svg, which escapes
            map_lines=lines_drawn(chart) if chart else [],
            map_has_halts=bool(chart and chart.halts),
            line_cores=CORES,
            page_url=url_for(view, token=token, **_kept()),
        )
    )


def _coming(content: ReleaseContent) -> int:
    """The number of the day that is today or comes next: what one asks for who asks for none."""
    today = TownClock(content.network.timezone).local(services().now()).date()
    return coming_day(content.visit, today) + 1


def _kept() -> dict[str, Any]:
    """The day and the language, carried from page to page."""
    return {key: request.args[key] for key in ("day", "lang") if key in request.args}


@blueprint.after_request
def _unlisted(response: Response) -> Response:
    """What only a link opens, or no longer opens, is for no search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _private(html: str) -> BaseResponse:
    """A page that only its link opens: no shared cache; unchanged, it is not sent again.

    The nonce is new each time and no part of what the page says. An answer
    304 leaves the browser its stored page with its stored policy.
    """
    response = make_response(html)
    response.headers["Cache-Control"] = "private, no-cache"
    said = html.replace(headers.nonce(), "")
    response.set_etag(hashlib.sha256(said.encode()).hexdigest()[:32], weak=True)
    return response.make_conditional(request)
