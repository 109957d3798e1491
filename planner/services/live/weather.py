"""Which days of a visit its guides have switched to the rain version, and how often they switched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.live.events import standing
from planner.domain.weather.rain import has_rain_plan, is_rain_version
from planner.domain.weather.switches import NO_SWITCH, Switches, switchings
from planner.store import live as store
from planner.store.live import Written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent


def switches(session: Session, visit_id: int, content: ReleaseContent) -> Switches:
    """Return what was switched on the days of a release; what was only tried counts for nothing."""
    if not store.version(session, visit_id):
        return NO_SWITCH
    rainy, touched, heard = set(), set(), []
    for index, day in enumerate(content.visit.days):
        log = store.events(session, Written(visit_id, day.date.isoformat()))
        switched = [event.received for event in switchings(log)]
        heard += switched
        if switched:
            touched.add(index)
        if content.rain is not None and has_rain_plan(day) and is_rain_version(standing(log)):
            rainy.add(index)
    return Switches(frozenset(rainy), len(heard), max(heard, default=0), frozenset(touched))
