"""What OpenStreetMap knows of the town, chosen on a list beside the map and brought into the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from planner.outputs.catalogue.words import site_name
from planner.outputs.maps.catalogue import catalogue_map
from planner.outputs.maps.folium_page import script_json
from planner.runner.kinds import TOWN_SITES
from planner.services.jobs.asking import start
from planner.services.town.offered import kept_things
from planner.services.town.osm_sites import bring, offers
from planner.web.account.auth import needed_user
from planner.web.account.noting import Act, note
from planner.web.catalogue.base import map_parts
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.web.town.base import blueprint, last_job
from planner.web.town.kinds import kind_text
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.town.osm_sites import Offer


@blueprint.get("/sites")
def offered_sites() -> ResponseReturnValue:
    """The list beside the map."""
    things = kept_things(services().settings.data_dir)
    with services().database.session() as session:
        found = [] if things is None else offers(session, things, rule_context())
        job = last_job(session)
    new = [one for one in found if not one.present]
    positions = [one.thing.at for one in new]
    dots = [_dot(one) for one in new]
    return render_template(
        "town/sites.html",
        is_read=things is not None,
        offers=new,
        known=len(found) - len(new),
        job=job if job and job.is_open else None,
        kind_text=kind_text,
        name_of=lambda one: site_name(one.site, language()),
        markers=Markup(script_json(dots)),  # noqa: S704 - JSON without < and &
        **map_parts(lambda town: catalogue_map(town, positions, language())),
    )


@blueprint.post("/sites/look")
def look() -> ResponseReturnValue:
    """Read the map anew."""
    with services().database.writing() as session:
        start(session, TOWN_SITES, {}, services().now(), by=needed_user().id)
    return redirect(url_for("town.offered_sites"), code=303)


@blueprint.post("/sites")
def bring_sites() -> ResponseReturnValue:
    """Bring what was chosen into the catalogue, and what came earlier up to date."""
    things = kept_things(services().settings.data_dir) or []
    with services().database.writing() as session:
        chosen = request.form.getlist("thing")
        brought = bring(session, things, chosen, rule_context(), services().now())
        note(session, Act.SITES_FROM_OSM, about=str(len(brought.new)))
    new, changed = len(brought.new), len(brought.changed)
    told = [
        ngettext("%(num)s site is new in the catalogue.", "%(num)s sites are new in the catalogue.", new),
        ngettext("%(num)s was brought up to date.", "%(num)s were brought up to date.", changed),
    ]
    flash(" ".join(told) + " " + gettext("All are unconfirmed."), "done")
    return redirect(url_for("town.offered_sites"), code=303)


def _dot(offer: Offer) -> dict[str, object]:
    """A marker of the map; its shape is that of the catalogue's."""
    return {
        "id": offer.thing.osm_id,
        "name": site_name(offer.site, language()),
        "at": offer.thing.at,
        "lines": [],
    }
