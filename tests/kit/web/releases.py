"""Published visits for tests, and the paths that open them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.visits import Day, DayStart, PlaceRef, Stop, Visit
from planner.services.paper.choosing import Choice, choose
from planner.services.visits.publish import opened, publish
from planner.store import visits as store
from planner.store.catalogue import add_sites, sites_by_id
from planner.store.models import LinkRow
from planner.store.secrets import link_token
from planner.web.frame.context import services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from planner.domain.sites import Site


WIDE = ("park-energii", "camena", "stacja-gios")
CROWDED = ("rynek", "ratusz", "senior-rynek-24", "spoldzielnia-energetyczna", "cak-rzepnik")
LONG = ("rynek", "dwor-radziszow")


@dataclass(frozen=True)
class Links:
    """The tokens of a visit and where they lead."""

    participant: str
    guide: str

    @property
    def pages(self) -> tuple[str, str, str, str]:
        """Every page that the links open."""
        visit, guide = f"/v/{self.participant}", f"/g/{self.guide}"
        return visit, f"{visit}/print", guide, f"{guide}/print"


def far_visit() -> Visit:
    """A day whose map is wide, one that is crowded in one place, and one whose way needs several sheets."""
    days = []
    for number, (start, *sites) in enumerate((WIDE, CROWDED, LONG)):
        stops = tuple(
            Stop(f"s{n}", place=PlaceRef(site=site), dwell_min=10) for n, site in enumerate(sites, 1)
        )
        days.append(Day(dt.date(2026, 12, 7 + number), DayStart(PlaceRef(site=start), "09:00"), stops=stops))
    return Visit({"pl": "Daleko", "en": "Far"}, tuple(days), group_size=20)


def links_of_sample(app: Flask) -> Links:
    """The links of the sample visit."""
    with app.app_context(), services().database.session() as session:
        row = store.sample_visit(session)
        assert row is not None
        secret = services().settings.secret_key
        tokens = {
            link.kind: link_token(secret, link.id, link.rotation) for link in store.links_of(session, row.id)
        }
    return Links(tokens["participant"], tokens["guide"])


def released_visit(app: Flask, visit: Visit, sites: Iterable[Site] = ()) -> Links:
    """Publish a visit, its own sites added to the catalogue if they are not there yet."""
    with app.app_context(), services().database.writing() as session:
        context = services()
        known = sites_by_id(session, [site.id for site in sites])
        add_sites(session, [site for site in sites if site.id not in known], context.now())
        session.flush()
        row = store.add_visit(session, visit, context.now())
        publish(session, context.town, row, visit, context.now())
        tokens = {}
        for kind in ("participant", "guide"):
            link = store.add_link(session, context.settings.secret_key, row.id, kind, context.now())
            tokens[kind] = link_token(context.settings.secret_key, link.id, link.rotation)
    return Links(tokens["participant"], tokens["guide"])


def choose_road_book(app: Flask, links: Links) -> None:
    """Let the guide's link of a visit give the road book, in English."""
    with app.app_context(), services().database.writing() as session:
        context = services()
        found = opened(session, context.settings.secret_key, links.guide, "guide", context.now())
        assert found is not None
        choose(session, found.visit_id, Choice(("road-book",), ("en",)))


def change_link(app: Flask, token: str, *, revoked: bool = False, expires: int | None = None) -> None:
    """Withdraw a link, or let it end at an instant."""
    with app.app_context(), services().database.writing() as session:
        context = services()
        for link in session.query(LinkRow):
            if link_token(context.settings.secret_key, link.id, link.rotation) == token:
                link.revoked, link.expires = revoked, expires
                return
    raise AssertionError("no such link")
