"""Random visits of a town, walked on its own streets: what a map has to draw."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.geo import plane_distance_m
from planner.outputs.maps.content import MapLeg, MapStop
from planner.streets.files import SCALE
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town

NAMES = (
    "Muzeum Regionalne", "Town Hall", "Stara Synagoga", "Rynek", "Park Miejski", "Żłobek nr 3", "Library",
    "Dom Kultury „Sokół”", "Saint Nicholas' Church", "Fire Station", "Spielplatz am Bach", "Old Mill",
)  # fmt: skip
REACH_M = 1_100.0
AREA_M = 120.0


def random_visit(
    town: Town, seed: int, most: int = 12, reach_m: float = REACH_M
) -> tuple[tuple[MapStop, ...], tuple[MapLeg, ...]]:
    """Stops within a walk of each other, some at one place and one of them uncertain, and the ways between."""
    dice = random.Random(seed)
    places = _places(town, dice, dice.randint(4, most) if most < 13 else most, reach_m)
    walker = Walker(town.network)
    stops = tuple(
        MapStop(number, NAMES[(number + seed) % len(NAMES)], at, "09:20–09:40",
                approximate_m=AREA_M if number == 3 else None)
        for number, at in enumerate(places, start=1)
    )  # fmt: skip
    legs = []
    for index, (a, b) in enumerate(pairwise(places)):
        walk = walker.walk(a, b)
        if walk is not None and len(walk.geometry) > 1:
            legs.append(MapLeg(index, "walk", walk.geometry, label=f"Walk {walk.length_m:.0f} m"))
    return stops, tuple(legs)


def _places(town: Town, dice: random.Random, count: int, reach_m: float) -> list[LonLat]:
    network = town.network
    nodes = network.nodes
    walkable = [e for e in range(len(network.u)) if network.comp_walk[e] == 0] if False else None
    del walkable
    middle = _node(nodes, dice)
    near = [
        at for at in (_node(nodes, dice) for _ in range(6000)) if plane_distance_m(middle, at) <= reach_m
    ] or [middle]
    places: list[LonLat] = []
    walker = Walker(network)
    for at in near * 3:
        if len(places) == count:
            break
        if not places or (len(places) % 5 == 4 and len(places) < count):
            places.append(at if not places else places[-1])
        elif walker.walk(places[0], at) is not None:
            places.append(at)
    return places


def _node(nodes: object, dice: random.Random) -> LonLat:
    lon, lat = (nodes[dice.randrange(len(nodes))] / SCALE).tolist()  # type: ignore[index,arg-type]
    return lon, lat
