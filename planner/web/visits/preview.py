"""The draft as its readers will see it: the very pages of a release, made of the draft and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for

from planner.domain.warnings.audience import Audience, release_for
from planner.errors import NotAllowedError, Reason
from planner.links import GUIDE, PARTICIPANT
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import is_offered
from planner.services.together.access import Right
from planner.services.visits.publish import next_release
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import services
from planner.web.frame.headers import still_policy, unlisted
from planner.web.frame.i18n import language
from planner.web.frame.scripts import inline_script
from planner.web.participant.page import EARLY, FIRST, map_module, visit_page
from planner.web.participant.shown import Shown
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.releases import ReleaseContent

blueprint = Blueprint("preview", __name__, url_prefix="/visits/<int:visit_id>/preview")

READERS = {PARTICIPANT: _("as a participant"), GUIDE: _("as a guide")}
DRIVER = _("as the driver")


@dataclass(frozen=True)
class PreviewMark:
    """What a preview says of itself: as whom it is read, and the way back."""

    reader: str
    back: str


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


def preview_links(opened: OpenedVisit) -> list[tuple[str, str]]:
    """Return where the draft is seen as each of its readers, as (reader, address), as far as one may."""
    visit_id = opened.state.id
    is_viewer = needed_user().is_viewer
    links = [
        (str(words), url_for("preview.show", visit_id=visit_id, kind=kind, is_rain=False, lang=language()))
        for kind, words in READERS.items()
        if not (is_viewer and kind == GUIDE)
    ]
    may_edit = opened.right >= Right.EDIT
    if may_edit and opened.plan.content is not None and is_offered(opened.visit, SheetKind.DRIVER):
        sheet = url_for(
            "paper.preview", visit_id=visit_id, sheet=SheetKind.DRIVER, language=_paper_language(opened)
        )
        links.append((str(DRIVER), sheet))
    return links


@blueprint.get("/<kind>", defaults={"is_rain": False})
@blueprint.get("/<kind>/rain", defaults={"is_rain": True})
def show(visit_id: int, kind: str, *, is_rain: bool) -> ResponseReturnValue:
    """The phone page of the draft, read only; or of its rain version, as it is once the guide switches."""
    found = _drafted(visit_id, kind)
    if found is None:
        flash(gettext("The visit cannot be planned yet: the editor says why."), "warn")
        return redirect(url_for("ready.show", visit_id=visit_id), code=303)
    shown, may_edit = Shown.asked(version_of(found[0], is_rain=is_rain)), found[1]
    where: dict[str, Any] = {"visit_id": visit_id, "kind": kind}
    page = visit_page(
        shown,
        is_guides=kind == GUIDE,
        preview_of=PreviewMark(str(READERS[kind]), url_for("ready.show", visit_id=visit_id)),
        changes_url="",
        print_url=url_for("paper.preview", visit_id=visit_id, sheet=SheetKind.DAY) if may_edit else "",
        files_url=url_for("sharing.show", visit_id=visit_id) if may_edit else "",
        hosts_url=url_for("visit_hosts.show", visit_id=visit_id) if may_edit and kind == GUIDE else "",
        paper_url=url_for("paper.show", visit_id=visit_id) if may_edit and not is_rain else "",
        map_url=url_for("preview.draw_map", **where, is_rain=is_rain, **_asked()),
        is_rain=is_rain,
        preview_path=url_for("preview.show", **where, is_rain=False),
    )
    response = make_response(page)
    policy = still_policy(inline_script(EARLY), inline_script(FIRST), asks="'none'")
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)


@blueprint.get("/<kind>/map.js", defaults={"is_rain": False})
@blueprint.get("/<kind>/rain/map.js", defaults={"is_rain": True})
def draw_map(visit_id: int, kind: str, *, is_rain: bool) -> ResponseReturnValue:
    """The script of that page's map."""
    found = _drafted(visit_id, kind) or abort(404)
    response = make_response(map_module(Shown.asked(version_of(found[0], is_rain=is_rain))))
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)


def version_of(content: ReleaseContent, *, is_rain: bool) -> ReleaseContent:
    """Return a draft, or how it goes when it rains; there is nothing where it has no such version."""
    return (content.rain or abort(404)) if is_rain else content


def _drafted(visit_id: int, kind: str) -> tuple[ReleaseContent, bool] | None:
    """The release that publishing would make now, as its reader would see it; None where it makes none.

    Beside it, whether who looks at it may change it: others are led to nothing else.
    """
    if kind not in READERS:
        abort(404)
    if kind == GUIDE and needed_user().is_viewer:
        raise NotAllowedError("guides' pages name the hosts' telephones", reason=Reason.VIEWERS_READ)
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        number = next_release(session, visit_id)
    content = opened.plan.both
    if content is None:
        return None
    wet = replace(content.rain, number=number) if content.rain else None
    return release_for(replace(content, number=number, rain=wet), Audience(kind)), opened.right >= Right.EDIT


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in ("day", "party", "lang") if name in request.args}


def _paper_language(opened: OpenedVisit) -> str | None:
    return language() if language() in opened.visit.languages else None
