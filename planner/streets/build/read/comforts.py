"""Toilets, drinking water and seats that are there for everybody.

Sources: OSM wiki, "Tag:amenity=toilets", "Key:toilets", "Key:toilets:access", "Tag:amenity=drinking_water",
"Key:drinking_water", "Tag:amenity=bench", "Key:bench", "Tag:leisure=picnic_table" (a table with benches),
"Key:wheelchair".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium

from planner.streets.build.rules import is_on_ground
from planner.streets.comforts import ComfortKind
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat
    from planner.streets.query.layers import Bounds

NOT_FOR_ALL = {"no", "private", "customers", "permit", "employees"}
FOR_ALL = {"yes", "public", "permissive"}
TAPS = {
    "amenity": {"fountain", "water_point"},
    "man_made": {"water_tap", "water_well", "drinking_fountain"},
    "natural": {"spring"},
}
"""What gives drinking water only where it says so."""

SHELTERED = {"highway": {"bus_stop", "platform"}, "public_transport": {"platform", "stop_position"}}
"""Where one waits, and sits where it has a bench."""

_KEYS = ("amenity", "man_made", "natural", "toilets", "bench", "leisure")
_WHEELCHAIR = {"yes": 1, "designated": 1, "no": 2}

Found = tuple[ComfortKind, int, "LonLat"]


def comfort_kinds(tags: Mapping[str, str]) -> Iterator[ComfortKind]:
    """Yield what a thing with these tags offers to everybody; guests' toilets are none of it."""
    if tags.get("access") in NOT_FOR_ALL or tags.get("disused") == "yes":
        return
    if _has_toilet(tags):
        yield ComfortKind.TOILET
    if _has_water(tags):
        yield ComfortKind.WATER
    if _has_seat(tags) and is_on_ground(tags):
        yield ComfortKind.SEAT


def _has_toilet(tags: Mapping[str, str]) -> bool:
    if tags.get("amenity") == "toilets":
        return True
    access = tags.get("toilets:access", "")
    is_of_guests = "shop" in tags or "tourism" in tags or tags.get("amenity") not in {None, "shelter"}
    return tags.get("toilets") == "yes" and (access in FOR_ALL or (not access and not is_of_guests))


def _has_water(tags: Mapping[str, str]) -> bool:
    said = tags.get("drinking_water", "")
    if tags.get("amenity") == "drinking_water":
        return said != "no"
    return said == "yes" and any(tags.get(key) in values for key, values in TAPS.items())


def _has_seat(tags: Mapping[str, str]) -> bool:
    if tags.get("amenity") == "bench" or tags.get("leisure") == "picnic_table":
        return tags.get("bench") != "no"
    is_waited_at = any(tags.get(key) in values for key, values in SHELTERED.items())
    return tags.get("bench") == "yes" and (is_waited_at or tags.get("amenity") == "shelter")


def build_comforts(file: Path, bounds: Bounds) -> dict[str, NDArray[np.generic]]:
    """Return `at` (n, 2) in whole 1e-7 degrees (lon, lat), `kind` codes and `wheelchair`.

    `wheelchair` is 1 where a wheelchair gets in, 2 where it does not, 0 where nobody says. They are sorted
    from south to north, so that what is near a place is looked up in a band.
    """
    west, south, east, north = bounds
    found = [one for one in _read(file) if west <= one[2][0] <= east and south <= one[2][1] <= north]
    found.sort(key=lambda one: (one[2][1], one[2][0], one[0]))
    return {
        "at": np.rint(np.array([at for *_, at in found], float).reshape(-1, 2) * SCALE).astype(np.int32),
        "kind": np.array([kind for kind, _, _ in found], np.uint8),
        "wheelchair": np.array([wheelchair for _, wheelchair, _ in found], np.uint8),
    }


def _read(file: Path) -> Iterator[Found]:
    """Yield what nodes and ways offer; of a way, the middle of its box."""
    things = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for thing in things.with_filter(osmium.filter.KeyFilter(*_KEYS)):
        tags = dict(thing.tags)
        kinds = list(comfort_kinds(tags))
        at = _middle(thing) if kinds else None
        if at is not None:
            yield from ((kind, _WHEELCHAIR.get(tags.get("wheelchair", ""), 0), at) for kind in kinds)


def _middle(thing: osmium.osm.Node | osmium.osm.Way) -> LonLat | None:
    nodes = thing.nodes if thing.is_way() else (thing,)
    spots = [(node.location.lon, node.location.lat) for node in nodes if node.location.valid()]
    if not spots:
        return None
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
