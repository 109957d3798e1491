"""Random visits of a town, walked on its own streets: what a map has to draw."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.geo import plane_distance_m
from planner.outputs.look import PARTY_LOOKS
from planner.outputs.maps.content import MapContent, MapEnd, MapHalt, MapLeg, MapStop, bounds_of
from planner.outputs.maps.ground import Asked, ground_of
from planner.outputs.maps.lanes import beside_each_other
from planner.outputs.maps.visit import lines_of
from planner.streets.files import SCALE
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.outputs.look import LegMode
    from planner.services.travel.town import Town
    from planner.streets.query.network import Network

NAMES = (
    "Muzeum Regionalne", "Town Hall", "Stara Synagoga", "Rynek", "Park Miejski", "Żłobek nr 3", "Library",
    "Dom Kultury „Sokół”", "Saint Nicholas' Church", "Fire Station", "Spielplatz am Bach", "Old Mill",
)  # fmt: skip
REACH_M = 1_100.0
AREA_M = 120.0
TRIES = 6_000
CREDIT = ("© OpenStreetMap contributors", "https://www.openstreetmap.org/copyright")

Visit = tuple[tuple[MapStop, ...], tuple[MapLeg, ...]]


def random_visit(town: Town, seed: int, most: int = 12, reach_m: float = REACH_M, *, least: int = 4) -> Visit:
    """Stops within a walk of each other, some at one place and one uncertain; every fourth way is ridden."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    walker = Walker(town.network)
    places = _places(town.network, walker, dice, (dice.randint(least, most), reach_m))
    stops = tuple(
        MapStop(
            number,
            NAMES[(number + seed) % len(NAMES)],
            at,
            "09:20–09:40",
            approximate_m=AREA_M if number == 3 else None,
            is_meal=number == 4,
        )
        for number, at in enumerate(places, start=1)
    )
    legs = []
    for index, (a, b) in enumerate(pairwise(places)):
        walk = walker.walk(a, b)
        if walk is not None and len(walk.geometry) > 1:
            mode: LegMode = "bus" if index % 4 == 3 else "walk"
            legs.append(MapLeg(index, mode, walk.geometry, label=f"{mode} {walk.length_m:.0f} m"))
    return stops, beside_each_other(legs)


def in_parties(legs: tuple[MapLeg, ...]) -> tuple[MapLeg, ...]:
    """The same ways of three parties, two of which go the first half together."""
    parts = [replace(leg, party=PARTY_LOOKS[leg.index % 3], lanes=()) for leg in legs]
    shared = [replace(leg, party=PARTY_LOOKS[3]) for leg in parts[: len(parts) // 2]]
    return beside_each_other([*parts, *shared])


def random_map(town: Town, visit: Visit, language: str = "en") -> MapContent:
    """The map of a random visit, with where it begins and ends and where one gets on and off."""
    stops, legs = visit
    near = bounds_of(stops, legs)
    ridden = [leg for leg in legs if leg.mode == "bus"]
    halts = [
        MapHalt(leg.geometry[place], f"10:1{n} Dworzec") for n, leg in enumerate(ridden) for place in (0, -1)
    ]
    ends = (
        MapEnd("start", stops[0].at, "Start 09:00, Station"),
        MapEnd("end", stops[-1].at, "End 15:30, Hotel"),
    )
    ground = ground_of(town.network.layers, Asked(near, lines_of(stops, legs), language))
    return MapContent(stops, legs, lambda: ground, near, *CREDIT, language, halts=tuple(halts), ends=ends)


def _places(network: Network, walker: Walker, dice: random.Random, asked: tuple[int, float]) -> list[LonLat]:
    count, reach_m = asked
    middle = _node(network, dice)
    drawn = (_node(network, dice) for _ in range(TRIES))
    near = [at for at in drawn if plane_distance_m(middle, at) <= reach_m]
    places: list[LonLat] = [middle]
    for at in near:
        if len(places) == count:
            break
        if len(places) % 5 == 4:
            places.append(places[-1])
        elif walker.walk(places[0], at) is not None:
            places.append(at)
    return places


def _node(network: Network, dice: random.Random) -> LonLat:
    lon, lat = (network.nodes[dice.randrange(len(network.nodes))] / SCALE).tolist()
    return lon, lat
