"""Publishing a visit, and the secret links that lead to it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from planner.domain.text import in_language
from planner.errors import InvalidInputError
from planner.links import PARTICIPANT, preview_path
from planner.outputs.qr import qr_svg
from planner.outputs.timeline.day_tabs import day_tabs
from planner.outputs.timeline.phrases import to_follow_text
from planner.services.together.previews import Preview, previews, sites_of
from planner.services.together.shares import together
from planner.services.trust import once
from planner.services.trust.once import Question
from planner.services.visits import editing
from planner.services.visits import publish as publishing
from planner.services.visits.pages import page_files
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.participant.ahead import make_ahead
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.web.visits.preview import preview_links
from planner.web.visits.publishing import PublishForm, next_release, refused_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.services.visits.publish import Link

LINK_ACTS = {
    "revoke": Act.LINK_REVOKED,
    "restore": Act.LINK_RESTORED,
    "rotate": Act.LINK_EXCHANGED,
    "expire": Act.LINK_ENDS,
}

NOT_ASKED = frozenset({"csrf_token", "key"})
SEE_OTHER = 303
ASKS = 422
"""Nothing is published yet: the page asks first."""

blueprint = Blueprint("sharing", __name__, url_prefix="/visits/<int:visit_id>/share")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """What is published, what would be, and the links."""
    return _page(visit_id)


@blueprint.post("/publish")
def publish(visit_id: int) -> ResponseReturnValue:
    """Freeze the draft as the next release, once it is sure; its links are made at the first one."""
    context, form = services(), PublishForm.sent()
    try:
        with context.database.writing() as session:
            row = editing.owned(session, needed_user(), visit_id, lock=True)
            if row.head != asked.base():
                flash(
                    gettext("The visit has changed since you loaded this page. Read the changes again."),
                    "warn",
                )
                return _back(visit_id)
            if not form.is_sure and next_release(session, opened_visit(session, visit_id), form).broken:
                return _page(visit_id, form), ASKS
            if _is_done(session, visit_id):
                return _back(visit_id)
            visit = editing.state(session, row).visit
            release = publishing.publish(session, context.town, row, visit, context.now(), form.how)
            publishing.ensure_links(session, context.settings.secret_key, row.id, context.now())
            _done(session, visit_id)
            note(session, Act.PUBLISHED, about=str(release.number), visit=visit_id)
    except InvalidInputError as error:
        flash(refused_text(error), "fail")
        return _back(visit_id)
    make_ahead(visit_id, asked.host())
    flash(gettext("Release %(number)s is published.", number=release.number), "done")
    return _back(visit_id)


def _publishing_once(visit_id: int) -> Question | None:
    """What is asked with which key: the header of a program, the field of the page; None without one."""
    key = request.headers.get("Idempotency-Key") or request.form.get("key")
    if not key:
        return None
    sent = sorted((name, value) for name, value in request.form.items(multi=True) if name not in NOT_ASKED)
    return Question.of(f"publish {visit_id} {needed_user().id}", key, repr(sent).encode())


def _is_done(session: Session, visit_id: int) -> bool:
    """Whether the same was published with the same key already; else it is noted that it is being done."""
    question = _publishing_once(visit_id)
    return question is not None and once.begin(session, question, services().now()) is not None


def _done(session: Session, visit_id: int) -> None:
    question = _publishing_once(visit_id)
    if question is not None:
        once.keep(session, question, SEE_OTHER, b"")


@blueprint.post("/unpublish")
def unpublish(visit_id: int) -> ResponseReturnValue:
    """Show nothing any more."""
    with services().database.writing() as session:
        publishing.unpublish(editing.owned(session, needed_user(), visit_id, lock=True))
        note(session, Act.UNPUBLISHED, visit=visit_id)
    flash(gettext("Nothing is published now: the links say that there is no visit."), "done")
    return _back(visit_id)


@blueprint.post("/links/<int:link_id>/<action>")
def change_link(visit_id: int, link_id: int, action: str) -> ResponseReturnValue:
    """Withdraw a link, give it back, exchange it for a new one, or let it end on a day."""
    actions: dict[str, Callable[[Session, int, int], str]] = {
        "revoke": _revoke,
        "restore": _restore,
        "rotate": _rotate,
        "expire": _expire,
    }
    if action not in actions:
        return _back(visit_id)
    with services().database.writing() as session:
        editing.owned(session, needed_user(), visit_id, lock=True)
        flash(actions[action](session, visit_id, link_id), "done")
        note(session, LINK_ACTS[action], about=str(link_id), visit=visit_id)
    page_files(services().settings.data_dir).forget_link(visit_id, link_id)
    make_ahead(visit_id, asked.host())  # another address stands on the papers now
    return _back(visit_id)


@blueprint.get("/links/<int:link_id>/qr.svg")
def link_qr(visit_id: int, link_id: int) -> Response:
    """A link as a QR code, to print or to show."""
    with services().database.session() as session:
        editing.owned(session, needed_user(), visit_id)
        link = publishing.link(session, services().settings.secret_key, visit_id, link_id)
    response = Response(qr_svg(_link_url(link)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(visit_id: int, form: PublishForm | None = None) -> str:
    """The page; with a form, it asks whether to publish what is broken."""
    context = services()
    with context.database.session() as session:
        row = editing.owned(session, needed_user(), visit_id)
        opened = opened_visit(session, visit_id)
        release = publishing.shown_release(session, row)
        view = {
            **opened.head(),
            **next_release(session, opened, form).view(),
            "previews": preview_links(opened),
            "release": release,
            "to_follow": to_follow_text(release, language()) if release else "",
            "days": day_tabs(opened.visit, opened.plan.content, language()),
            "links": publishing.links(session, context.settings.secret_key, row.id),
            "clock": context.desk_town.clock,
            "people": together(session, row),
            "looking": previews(session, context.settings.secret_key, row.id),
            "messages": len(opened.pending.listed),
            **_hosts(opened),
        }
    return render_template(
        "visits/share.html",
        key=secrets.token_urlsafe(12),
        link_url=_link_url,
        looking_url=preview_address,
        now=context.now(),
        is_asking=form is not None,
        **view,
    )


def _hosts(opened: OpenedVisit) -> dict[str, Any]:
    """The hosts of the draft, to whom a link can be given, and the names of all sites."""
    names = {key: in_language(site.name, language()) for key, site in opened.sites.items()}
    return {"site_names": names, "hosts_of": [(key, names.get(key, key)) for key in sites_of(opened.visit)]}


def preview_address(link: Preview) -> str:
    """Return the address of a link for looking alone."""
    return f"{asked.host()}{preview_path(link.kind, link.token)}"


def _link_url(link: Link) -> str:
    view = "participant.visit" if link.kind == PARTICIPANT else "participant.guide"
    return asked.address_of(view, token=link.token, party=link.party or None)


def _revoke(session: Session, visit_id: int, link_id: int) -> str:
    publishing.revoke_link(session, visit_id, link_id)
    return gettext("The link is withdrawn: it opens nothing now.")


def _restore(session: Session, visit_id: int, link_id: int) -> str:
    publishing.restore_link(session, visit_id, link_id)
    return gettext("The link works again.")


def _rotate(session: Session, visit_id: int, link_id: int) -> str:
    publishing.exchange_link(session, services().settings.secret_key, visit_id, link_id)
    return gettext("This is a new link. The old one opens nothing now.")


def _expire(session: Session, visit_id: int, link_id: int) -> str:
    """Let a link work until the end of a day; without a day, or on the calendar's last, it does not end."""
    clock = services().desk_town.clock
    try:
        last = dt.date.fromisoformat(request.form.get("until", ""))
        end = clock.midnight(last + dt.timedelta(days=1))
    except (ValueError, OverflowError):
        publishing.end_link(session, visit_id, link_id, None)
        return gettext("The link does not end by itself.")
    publishing.end_link(session, visit_id, link_id, end)
    return gettext("The link works until the end of %(day)s.", day=last.isoformat())


def _back(visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("sharing.show", visit_id=visit_id), code=303)
