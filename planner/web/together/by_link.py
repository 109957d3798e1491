"""What a preview's link opens: a host's sheet alone, or the draft as a participant; made anew each time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, request, url_for

from planner.domain.warnings.audience import Audience, release_for
from planner.links import COLLEAGUE, HOST, preview_path
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import items_of
from planner.services.paper import choosing
from planner.services.together.previews import OpenedPreview, hidden, opened
from planner.services.visits.drafts import both_drafts
from planner.web.frame.asked import host as reached_at
from planner.web.frame.context import services
from planner.web.frame.headers import still_policy, unlisted
from planner.web.frame.i18n import language
from planner.web.frame.scripts import inline_script
from planner.web.paper.laid import laid_on, with_hosts_laid
from planner.web.paper.making import Press, pages_html
from planner.web.participant.page import EARLY, FIRST, map_module, visit_page
from planner.web.participant.shown import Shown
from planner.web.visits.preview import PreviewMark, version_of
from planner.words.formats import short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent
    from planner.services.paper.choosing import Printed

blueprint = Blueprint("preview_link", __name__)


@blueprint.get(preview_path(HOST, "<token>"))
def host(token: str) -> ResponseReturnValue:
    """The sheet of one host for a day: of what is published, else of the draft, which says that it is one.

    Of several days the one that is asked for, else the next to come; the others are a link away.
    """
    context = services()
    with context.database.session() as session:
        found = opened(session, token, HOST, context.desk_town.clock, context.now())
        printed = _printed(session, found)
        laid = laid_on(session, found.visit_id, printed.content.visit)
    languages = [code for code in (language(), *printed.content.visit.languages) if code]
    items = items_of(printed.content, (SheetKind.HOST,), languages[:1])
    own_sheet = replace(printed, token="", pages_of=frozenset())
    press = Press(own_sheet, reached_at(), laid=laid)
    own = {item.day: item for item in items if item.site == found.site}
    if not own:
        raise hidden()
    day = _day(printed.content, tuple(own))
    return _shown(pages_html([press.sheet(own[day])], "", days=_other_days(printed.content, tuple(own), day)))


def _day(content: ReleaseContent, days: tuple[int, ...]) -> int:
    """The day that the address asks for, from 1; else the first that is not over, the last where all are."""
    wanted = request.args.get("day", default=0, type=int) - 1
    if wanted in days:
        return wanted
    today = services().town.clock.local(services().now()).date()
    return next((day for day in days if content.visit.days[day].date >= today), days[-1])


def _other_days(content: ReleaseContent, days: tuple[int, ...], shown: int) -> list[tuple[str, str, bool]]:
    """The days on which somebody comes to a host, as links; none where it is one."""
    if len(days) == 1:
        return []
    kept = {"token": (request.view_args or {})["token"], "lang": request.args.get("lang")}
    return [
        (
            short_day(content.visit.days[day].date, language()),
            url_for("preview_link.host", day=day + 1, **kept),
            day == shown,
        )
        for day in days
    ]


@blueprint.get(preview_path(COLLEAGUE, "<token>"), defaults={"is_rain": False})
@blueprint.get(f"{preview_path(COLLEAGUE, '<token>')}/rain", defaults={"is_rain": True})
def colleague(token: str, *, is_rain: bool) -> ResponseReturnValue:
    """The phone page of the draft, read only; or of its rain version."""
    shown = Shown.asked(version_of(_drafted(token), is_rain=is_rain))
    page = visit_page(
        shown,
        is_guides=False,
        preview_of=PreviewMark(gettext("as a participant"), ""),
        changes_url="",
        print_url="",
        files_url="",
        paper_url="",
        map_url=url_for("preview_link.draw_map", token=token, is_rain=is_rain, **_asked()),
        is_rain=is_rain,
        preview_path=url_for("preview_link.colleague", token=token, is_rain=False),
    )
    return _shown(page, still_policy(inline_script(EARLY), inline_script(FIRST), asks="'none'"))


@blueprint.get(f"{preview_path(COLLEAGUE, '<token>')}/map.js", defaults={"is_rain": False})
@blueprint.get(f"{preview_path(COLLEAGUE, '<token>')}/rain/map.js", defaults={"is_rain": True})
def draw_map(token: str, *, is_rain: bool) -> ResponseReturnValue:
    """The script of that page's map."""
    response = _shown(map_module(Shown.asked(version_of(_drafted(token), is_rain=is_rain))))
    response.mimetype = "text/javascript"
    return response


def _drafted(token: str) -> ReleaseContent:
    """The draft as a participant would see it, were it published now."""
    context = services()
    with context.database.session() as session:
        found = opened(session, token, COLLEAGUE, context.desk_town.clock, context.now())
        content = both_drafts(session, context.desk_town, found.visit, context.now()).both
    if content is None:
        raise hidden()
    return release_for(content, Audience.PARTICIPANT)


def _printed(session: Session, found: OpenedPreview) -> Printed:
    context = services()
    secret, now = context.settings.secret_key, context.now()
    if found.published is not None:
        printed = choosing.printed(session, secret, found.visit_id, now)
        if printed is not None:
            return with_hosts_laid(session, printed)
    content = both_drafts(session, context.desk_town, found.visit, now).both
    if content is None:
        raise hidden()
    return choosing.to_print(session, secret, found.visit_id, content, now)


def _shown(text: str, policy: str = "") -> Response:
    """An answer that nobody keeps and no search engine lists."""
    response = make_response(text)
    response.headers["Cache-Control"] = "private, no-store"
    if policy:
        response.headers["Content-Security-Policy"] = policy
    return unlisted(response)


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in ("day", "party", "lang") if name in request.args}
