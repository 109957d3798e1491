"""What a row of the catalogue's list says: today's hours, and how far the entry can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.sites import Quality, SiteStatus
from planner.errors import EditRefusedError
from planner.outputs.catalogue.hours import day_text
from planner.outputs.catalogue.words import value_text
from planner.services.catalogue.hours import day_of
from planner.services.planning.stop_hours import site_rule
from planner.words.formats import iso_date_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.sites import Site
    from planner.services.catalogue.rules import RuleContext


def today_text(site: Site, context: RuleContext) -> str:
    """Return when a site is open today, in a few words."""
    rule = site_rule(site)
    if rule is None:
        return gettext("always")
    if not rule.strip() or context.town is None:
        return gettext("unknown")
    try:
        day = day_of(rule, context.today, context.town.clock, context.town.almanac)
    except EditRefusedError:
        return gettext("unknown")
    return gettext("today %(hours)s", hours=day_text(day))


_STATES = {
    SiteStatus.CONFIRMED: _("confirmed"),
    SiteStatus.OPEN_SPACE: _("open space"),
    SiteStatus.UNCONFIRMED: _("not confirmed"),
    SiteStatus.PLANNED: _("planned"),
}


def state_text(site: Site) -> str:
    """Return how far an entry can be trusted, in a word or two."""
    return str(_STATES[site.status])


def place_text(site: Site) -> str:
    """Return what is wrong with a site's place, '' where nothing is."""
    location = site.location
    if location.at is None:
        return gettext("to be placed")
    if location.quality is Quality.AREA and location.error_m:
        return gettext("± %(metres)s m", metres=int(location.error_m))
    return ""


def confirmed_text(site: Site, language: str) -> str:
    """Return when and how an entry was confirmed, '' where it was not."""
    if not site.confirmed_on:
        return ""
    day = iso_date_text(site.confirmed_on, language)
    how = value_text("confirmed_how", site.confirmed_how) if site.confirmed_how else ""
    return gettext("on %(day)s %(how)s", day=day, how=how).strip()
