"""How a visit begins: from sites that are ticked, from a template, as a copy, or with an empty day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.limits import MOST_STOPS
from planner.domain.text import in_language
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Visit
from planner.errors import EditRefusedError, InvalidInputError
from planner.outputs.catalogue.words import site_name, theme_name
from planner.services.catalogue.entries import all_sites, stored_sites
from planner.services.catalogue.search import SiteQuery, search
from planner.services.order.find import BUDGET_S
from planner.services.planning.budget import budget_of
from planner.services.visits import editing
from planner.services.visits.first import ProposedVisit, Wishes, propose_visit
from planner.services.visits.office import PREFIX, office_templates
from planner.services.visits.sample import sample_date
from planner.services.visits.templates import templates_for
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.forms.read import read_form
from planner.web.editor.view import site_choices
from planner.web.frame.context import rule_context, services
from planner.web.frame.costly import BUSY, costly
from planner.web.frame.form_base import Setting
from planner.web.frame.form_fields import read_date
from planner.web.frame.i18n import language
from planner.words.formats import dates_text
from planner.words.refusals import fault_text, refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.sites import Site

blueprint = Blueprint("first", __name__, url_prefix="/visits/new")

MOST_COPIES = 40
"""So many visits are offered to be copied, the newest first."""


@dataclass(frozen=True)
class SiteTick:
    """A site to be ticked: its id, name and usual minutes, the names of its themes."""

    id: str
    name: str
    minutes: int
    themes: str
    is_ticked: bool


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


def new_page(values: Mapping[str, str] | None = None, message: str = "", begin: str = "") -> str:
    """Return the page of all beginnings; `begin` is the one that `values` and `message` belong to."""
    town = services().desk_town
    date = sample_date(town.clock.local(services().now()).date(), town.country).isoformat()
    usual = {"date": date, "start_time": "09:00", "end_time": "14:00", "group_size": "20", "lunch": "1"}
    with services().database.session() as session:
        sites = all_sites(session)
        own = office_templates(session)
        ticks, themes = _ticks(session)
        copies = [
            (glance_id, f"{in_language(visit.title, language())} · {dates_text(dates, language())}")
            for glance_id, visit, dates in _copies(session)
        ]
    return render_template(
        "visits/new.html",
        values={**usual, **values} if values is not None else usual,
        usual=usual,
        message=message,
        begin=begin,
        sites=site_choices(sites),
        ticks=ticks,
        themes=themes,
        templates=(*templates_for(sites), *(one for one in own if one.sites <= set(sites))),
        own_templates=[(one.key.removeprefix(PREFIX), one.name) for one in own],
        copies=copies,
        section="visits",
    )


def _copies(session: Session) -> list[tuple[int, Visit, list[dt.date]]]:
    visits = editing.own_visits(session, needed_user())[:MOST_COPIES]
    return [(visit_id, visit, [day.date for day in visit.days]) for visit_id, visit in visits]


def _ticks(session: Session) -> tuple[list[SiteTick], list[tuple[str, str]]]:
    """The sites that match what is looked for, those that are ticked first; and the themes there are."""
    stored = stored_sites(session)
    ticked = [site for site in request.form.getlist("site") if site in stored]
    asked = SiteQuery(request.form.get("q", "").strip()[:100], request.form.get("theme", ""))
    found = search(stored.values(), asked, language())
    every = search(stored.values(), SiteQuery(), language())
    listed = dict.fromkeys([*ticked, *(entry.site.id for entry in found.sites)])
    rows = [_tick(stored[site].site, is_ticked=site in ticked) for site in listed]
    return rows, sorted(((theme, theme_name(theme)) for theme in every.themes), key=lambda one: one[1])


def _tick(site: Site, *, is_ticked: bool) -> SiteTick:
    themes = ", ".join(map(theme_name, site.themes))
    return SiteTick(site.id, site_name(site, language()), site.dwell_min, themes, is_ticked)


@blueprint.post("/from-sites")
def from_sites() -> ResponseReturnValue:
    """Propose a day of the ticked sites and open it; only narrow the list where that was asked for."""
    fields = request.form.to_dict()
    fields.setdefault("lunch", "")
    if "narrow" in fields:
        return new_page(fields, begin="sites")
    try:
        with services().database.session() as session:
            sites = all_sites(session)
        wanted = [site for site in dict.fromkeys(request.form.getlist("site")) if site in sites]
        if not 1 <= len(wanted) <= MOST_STOPS:
            message = gettext("Tick between 1 and %(most)s sites.", most=MOST_STOPS)
            return new_page(fields, message, "sites"), 422
        proposed = _proposed(fields, sites, Wishes(wanted, has_lunch=fields["lunch"] == "1"))
    except EditRefusedError as error:
        return new_page(fields, refusal_text(error), "sites"), 422
    except InvalidInputError as error:
        return new_page(fields, " ".join(map(fault_text, error.faults)), "sites"), 422
    except BUSY as busy:
        return new_page(fields, gettext("Others are being served. Try once more."), "sites"), busy.code or 503
    flash(gettext("This is the program’s proposal. All of it can be changed."), "done")
    if proposed.left_out:
        names = ", ".join(site_name(sites[site], language()) for site in proposed.left_out)
        flash(gettext("Did not fit between these times: %(names)s", names=names), "warn")
    return _opened(proposed.visit)


def _proposed(fields: Mapping[str, str], sites: Mapping[str, Site], wishes: Wishes) -> ProposedVisit:
    setting = Setting(rule_context(), sites)
    visit = begun(fields, setting)
    with costly():
        budget = budget_of(services().search_s(BUDGET_S))
        return propose_visit(services().town, visit, wishes, sites, budget)


def begun(fields: Mapping[str, str], setting: Setting) -> Visit:
    """Return a visit of one day without stops, from what was typed.

    Raises
    ------
    EditRefusedError
        If that does not fit.
    """
    visit = Visit(title={}, days=(Day(dt.date(2000, 1, 1), DayStart(PlaceRef(), "09:00"), DayEnd()),))
    day = {"end_site": fields.get("start_site", ""), **fields} if fields.get("end_time") else dict(fields)
    for form in (read_form("visit", {"pace_kmh": "4", **fields}), read_form("day", day)):
        visit = form.change(visit, setting)
    return visit


@blueprint.post("/template")
def from_template() -> ResponseReturnValue:
    """Begin from a template, on a date."""
    with services().database.session() as session:
        sites = all_sites(session)
        offered = {one.key: one for one in (*templates_for(sites), *office_templates(session))}
    chosen = offered.get(request.form.get("template", ""))
    try:
        date = read_date(request.form.get("date", ""))
    except EditRefusedError as error:
        return new_page(None, refusal_text(error), "template"), 422
    if chosen is None:
        return new_page(None, gettext("Choose a template."), "template"), 422
    return _opened(chosen.on(date))


@blueprint.post("/copy")
def from_copy() -> ResponseReturnValue:
    """Begin from a copy of an earlier visit, on a date."""
    try:
        date = read_date(request.form.get("date", ""))
    except EditRefusedError as error:
        return new_page(None, refusal_text(error), "copy"), 422
    number = request.form.get("visit", default=0, type=int)
    with services().database.writing() as session:
        row = editing.copy(session, needed_user(), number, date, services().now())
    flash(gettext("This is the copy. It is a draft, with no release and no links yet."), "done")
    return redirect(url_for("editor.show", visit_id=row.id), code=303)


def _opened(visit: Visit) -> ResponseReturnValue:
    """Store a new visit and open it."""
    with services().database.writing() as session:
        row = editing.create(session, needed_user(), visit, services().now())
    return redirect(url_for("editor.show", visit_id=row.id), code=303)
