"""The page "Hosts": which stops are confirmed and which are not, whom to ask, and what they were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.sites import SiteStatus
from planner.outputs.catalogue.words import site_name
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.parts.told import times_text
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.catalogue import editing as catalogue
from planner.services.catalogue.entries import stored_sites
from planner.services.paper import choosing
from planner.services.paper.telling import stays_of_stop
from planner.services.visits import editing
from planner.services.visits.readiness import Need, OpenKind
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import rule_context, services
from planner.web.frame.headers import content_security_policy
from planner.web.frame.i18n import language
from planner.web.paper.hosts import HostRow, contact_text, host_rows
from planner.web.visits.opened import OpenedVisit, opened_visit
from planner.web.visits.where import stop_address
from planner.words.formats import iso_date_text, short_day
from planner.words.translation import gettext
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.sites import Site
    from planner.services.catalogue.entries import StoredSite

blueprint = Blueprint("visit_hosts", __name__, url_prefix="/visits/<int:visit_id>/hosts")


@dataclass(frozen=True)
class HostStop:
    """A stop at a site of the catalogue. `day` counts from 1; `doubts` say what is not confirmed.

    `version` is the entry's, 0 where one click does not confirm it; `told` is what its host was told of
    the day by the release that is shown, None where there is none; `times` are the draft's.
    """

    key: str
    day: int
    date: str
    times: str
    name: str
    site: str
    url: str
    contact: str
    state: str
    is_open_space: bool
    doubts: tuple[str, ...]
    version: int
    told: HostRow | None


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """Who is still to be asked, and who has said yes to the catalogue's data."""
    context = services()
    with context.database.session() as session:
        opened = opened_visit(session, visit_id)
        printed = choosing.printed(session, context.settings.secret_key, visit_id, context.now())
        rows = _rows(session, opened, {} if printed is None else _told(host_rows(printed)))
    page = render_template(
        "visits/hosts.html",
        **opened.head(),
        waiting=[row for row in rows if row.doubts],
        settled=[row for row in rows if not row.doubts],
        is_published=printed is not None,
        host_sheet=SheetKind.HOST,
        can_make_pdf=can_make_pdf(),
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


def _told(rows: list[HostRow]) -> dict[tuple[str, int], HostRow]:
    return {(row.item.site, row.item.day): row for row in rows}


def _rows(session: Session, opened: OpenedVisit, told: Mapping[tuple[str, int], HostRow]) -> list[HostStop]:
    """The stops at sites, in the order of days and stops."""
    stored, visit = stored_sites(session), opened.visit
    open_stops = {
        (point.day, point.stop): tuple(sentence(warning, language()) for warning in point.warnings)
        for point in opened.points.of(Need.CONFIRM)
        if point.kind is OpenKind.HOST
    }
    rows = []
    for index, day in enumerate(visit.days):
        for number, stop in enumerate(day.stops):
            entry = stored.get(stop.place.site or "") if stop.place else None
            if entry is None:
                continue
            rows.append(
                HostStop(
                    key=f"{index + 1}-{stop.id}",
                    day=index + 1,
                    date=short_day(day.date, language()),
                    times=_times(opened, index, number),
                    name=site_name(entry.site, language()),
                    site=entry.site.id,
                    url=stop_address(opened.state.id, visit, index, number),
                    contact=contact_text(entry.site.host),
                    state=_state(entry.site),
                    is_open_space=entry.site.status is SiteStatus.OPEN_SPACE,
                    doubts=open_stops.get((index, number), ()),
                    version=_version(entry),
                    told=told.get((entry.site.id, index)),
                )
            )
    return rows


def _version(entry: StoredSite) -> int:
    return entry.version if catalogue.can_be_confirmed(entry, rule_context()) else 0


def _state(site: Site) -> str:
    if site.status is SiteStatus.OPEN_SPACE:
        return gettext("An open space: nobody has to be asked.")
    if not site.is_confirmed or site.confirmed_on is None:
        return ""
    return gettext("Confirmed on %(day)s.", day=iso_date_text(site.confirmed_on, language()))


def _times(opened: OpenedVisit, day: int, stop: int) -> str:
    """When the draft is there; party by party where they go apart, '' where it cannot be planned."""
    content = opened.plan.content
    if content is None:
        return ""
    return times_text(content, opened.visit.days[day].date, stays_of_stop(content, day, stop))
