"""Meals without a place of their own: they happen where the group is then, and something must be near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.geo import distance_m
from planner.domain.visits import StopKind
from planner.domain.warnings.codes import NoFoodNear, Warning
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.geo import LonLat
    from planner.services.planning.case import Case

NEAR_M = 400.0
"""So far a group walks to eat, six minutes at its pace: as far as to a coach."""

FOOD_THEMES = frozenset({"food", "restaurant", "gastronomy", "catering", "canteen"})
"""A site of the catalogue with one of these themes is a place to eat."""


def meal_warnings(case: Case, order: Iterable[int]) -> Iterator[Warning]:
    """Yield the meals near to which nothing to eat is known, the stops taken in an order.

    Nothing is said where the map and the catalogue know of no place to eat in the whole town, and of a
    place that is not on the map.
    """
    day, timed = case.day, case.timed
    here = timed.start_place.at
    for index in order:
        place = timed.stops[index].place
        if place is not None:
            here = place.at
        elif day.stops[index].kind is StopKind.MEAL and here is not None and not _may_eat(case, here):
            yield NoFoodNear(stop=index, metres=round(NEAR_M))


def _may_eat(case: Case, here: LonLat) -> bool:
    """Whether something to eat is near, or nobody knows where one eats in this town."""
    known = [*case.town.restaurants, *_food_sites(case)]
    near = [at for at in known if distance_m(here, at) <= NEAR_M]
    if not near:
        return not known
    walker = Walker(case.streets.network, step_free=case.group.step_free, pace_kmh=case.group.pace_kmh)
    metres = walker.table([here, *near]).distances_m[0][1:]
    return any(walked is not None and walked <= NEAR_M for walked in metres)


def _food_sites(case: Case) -> Iterator[LonLat]:
    for site in case.sites.values():
        if site.location.at is not None and not FOOD_THEMES.isdisjoint(site.themes):
            yield site.location.at
