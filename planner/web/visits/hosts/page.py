"""The page "Hosts": who is still to be asked, who has confirmed, and who is to be told of something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.hosts.keys import is_of_rain
from planner.domain.limits import LANGUAGES
from planner.domain.text import in_language
from planner.outputs.catalogue.words import site_name
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.parts.agreed import AgreedWriter
from planner.outputs.sheets.parts.needs import needs_text
from planner.services.catalogue import editing as catalogue
from planner.services.catalogue.entries import stored_sites
from planner.services.hosts.reaching import host_people
from planner.services.paper.attendees import attendees_of
from planner.services.paper.people import last_kept
from planner.services.visits import editing
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import rule_context, services
from planner.web.frame.headers import content_security_policy
from planner.web.frame.i18n import language
from planner.web.visits.hosts.rows import Known, host_rows, reminders
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.words.formats import language_name, short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    import datetime as dt

    from flask.typing import ResponseReturnValue

    from planner.web.visits.hosts.rows import HostRow

blueprint = Blueprint("visit_hosts", __name__, url_prefix="/visits/<int:visit_id>/hosts")


@dataclass(frozen=True)
class MessageRow:
    """A message to a host: `anchor` is the row of its stop, '' where that is gone."""

    key: str
    name: str
    text: str
    anchor: str
    is_rain: bool = False


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """Who is still to be asked, who has said yes, and who is to be told of something else."""
    with services().database.session() as session:
        opened = opened_visit(session, visit_id)
        people = host_people(session, visit_id, opened.visit, today())
        rows = host_rows(opened, Known(stored_sites(session), people))
        needs = needs_text(attendees_of(session, visit_id, opened.visit, today()), language())
    page = render_template(
        "visits/hosts.html",
        **opened.head(),
        groups=[(name, title, found) for name, title, found in _groups(rows) if found],
        reminders=reminders(rows, today()),
        messages=_messages(opened, rows),
        is_due=opened.pending.is_due,
        rests_at=services().desk_town.clock.face(opened.pending.rests_at),
        needs=needs,
        host_sheet=SheetKind.HOST,
        host_languages=[(code, language_name(code, language())) for code in LANGUAGES],
        kept_until=short_day(last_kept(opened.visit), language()),
    )
    policy = content_security_policy(forms="'self' mailto:")  # a host's letter opens from a form
    return page, {"Cache-Control": "no-store", "Content-Security-Policy": policy}


@blueprint.post("/confirm")
def confirm(visit_id: int) -> ResponseReturnValue:
    """Confirm the data of a site of the visit in the catalogue, as of today."""
    site_id = request.form.get("site", "")
    version = request.form.get("version", default=0, type=int)
    context = services()
    try:
        with context.database.writing() as session:
            editing.owned(session, needed_user(), visit_id)
            site = catalogue.confirm_site(session, site_id, version, rule_context(), context.now())
    except catalogue.SiteChangedError:
        flash(gettext("Not confirmed: the site has changed in the meantime. Look again."), "warn")
    else:
        flash(gettext("Confirmed as of today: %(name)s", name=site_name(site, language())), "done")
    return redirect(url_for("visit_hosts.show", visit_id=visit_id), code=303)


def today() -> dt.date:
    """Return the day in the town."""
    return services().desk_town.clock.local(services().now()).date()


def _groups(rows: list[HostRow]) -> list[tuple[str, str, list[HostRow]]]:
    """The hosts by what is to be done: who confirmed for this visit, or in the catalogue, is settled."""
    waiting = [row for row in rows if row.state in ("asked", "declined") or (row.doubts and not row.state)]
    settled = [row for row in rows if row not in waiting and (row.state or row.site)]
    others = [row for row in rows if not row.state and not row.site]
    return [
        ("waiting", gettext("Not confirmed"), waiting),
        ("settled", gettext("Confirmed"), settled),
        ("others", gettext("Places outside the catalogue"), others),
    ]


def _messages(opened: OpenedVisit, rows: list[HostRow]) -> list[MessageRow]:
    anchors = {row.key: row.anchor for row in rows}
    writer = AgreedWriter(services().desk_town.clock, language(), says_rain=False)
    return [
        MessageRow(
            message.key,
            in_language((message.now or message.before).name, language()),
            writer.changed(message.before, message.now),
            anchors.get(message.key, ""),
            is_of_rain(message.key),
        )
        for message in opened.pending.changed
    ]
