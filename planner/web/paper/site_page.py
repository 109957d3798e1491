"""The public page of one site, for the code on the poster at its door: no visit, no host, no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.sites import HoursStatus
from planner.links import site_path
from planner.outputs.catalogue.hours import DayLine, week_lines
from planner.services.catalogue.hours import week_of
from planner.services.catalogue.rules import hours_problems
from planner.services.paper import choosing
from planner.web.account.auth import organiser_required
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("paper_site", __name__)


@blueprint.get(site_path("<site_id>"))
def show(site_id: str) -> ResponseReturnValue:
    """Texts, door and hours of a site whose page is switched on."""
    with services().database.session() as session:
        site = choosing.public_site(session, site_id)
    is_sure = site.hours_status is HoursStatus.CONFIRMED
    return render_template(
        "paper/site.html",
        site=site,
        language=language(),
        week=_week(site.opening_hours),
        is_sure=is_sure,
    )


@blueprint.app_template_global("site_has_page")
def site_has_page(site_id: str) -> bool:
    """Whether a site has a public page, for its form."""
    with services().database.session() as session:
        return choosing.has_page(session, site_id)


def _week(rule: str) -> list[DayLine]:
    """The next seven days; none where there is no town, or no rule that can be read."""
    context = rule_context()
    if not rule or context.town is None or hours_problems(rule, context):
        return []
    return week_lines(week_of(rule, context.today, context.town.clock, context.town.almanac))


@blueprint.post("/sites/<site_id>/page")
@organiser_required
def switch(site_id: str) -> ResponseReturnValue:
    """Give a site a public page, or take it away."""
    is_on = request.form.get("is_on") == "1"
    with services().database.writing() as session:
        choosing.switch_page(session, site_id, is_on=is_on)
    told = (
        gettext("The site has a public page now.") if is_on else gettext("The site has no public page now.")
    )
    flash(told, "done")
    return redirect(url_for("catalogue.edit", site_id=site_id), code=303)
