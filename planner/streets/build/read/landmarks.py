"""What a stranger can see from the street and be told by: churches, halls, shops with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium

from planner.domain.geo import LonLat, plane_distance_m
from planner.streets.build.rules import is_on_ground
from planner.streets.files import SCALE
from planner.streets.landmarks import LandmarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.streets.build.graph import Names
    from planner.streets.query.layers import Bounds

MOST = 20_000
"""More landmarks than this are not kept: the least prominent are left out."""

SAME_M = 80.0
"""Two of one kind and name nearer than this are one thing, drawn as an outline and as a point."""

LONGEST_NAME = 60
"""A longer name is an inscription, nothing that is read in passing."""

_KINDS: Mapping[str, Mapping[str, LandmarkKind]] = {
    "amenity": {
        "townhall": LandmarkKind.TOWN_HALL,
        "school": LandmarkKind.SCHOOL,
        "college": LandmarkKind.SCHOOL,
        "library": LandmarkKind.LIBRARY,
        "theatre": LandmarkKind.THEATRE,
        "cinema": LandmarkKind.CINEMA,
        "fountain": LandmarkKind.FOUNTAIN,
        "pharmacy": LandmarkKind.PHARMACY,
        "bank": LandmarkKind.BANK,
        "post_office": LandmarkKind.POST_OFFICE,
        "kindergarten": LandmarkKind.KINDERGARTEN,
        "fire_station": LandmarkKind.FIRE_STATION,
        "hospital": LandmarkKind.HOSPITAL,
        "fuel": LandmarkKind.FUEL,
        "restaurant": LandmarkKind.RESTAURANT,
    },
    "tourism": {
        "museum": LandmarkKind.MUSEUM,
        "hotel": LandmarkKind.HOTEL,
        "viewpoint": LandmarkKind.VIEWPOINT,
    },
    "historic": {
        "castle": LandmarkKind.CASTLE,
        "manor": LandmarkKind.MANOR,
        "monument": LandmarkKind.MONUMENT,
        "memorial": LandmarkKind.MONUMENT,
        "wayside_shrine": LandmarkKind.SHRINE,
    },
    "railway": {"station": LandmarkKind.STATION, "halt": LandmarkKind.STATION},
    "public_transport": {"station": LandmarkKind.STATION},
    "shop": {
        "supermarket": LandmarkKind.SUPERMARKET,
        "department_store": LandmarkKind.SUPERMARKET,
        "mall": LandmarkKind.SUPERMARKET,
        "convenience": LandmarkKind.SHOP,
        "bakery": LandmarkKind.SHOP,
    },
}
_SMALL = {"plaque", "stolperstein", "ghost_bike", "blue_plaque"}

Found = tuple[LandmarkKind, str, LonLat]


def landmark_kind(tags: Mapping[str, str]) -> LandmarkKind | None:
    """Return what landmark these tags make, None where none."""
    if not tags.get("name") or tags.get("memorial") in _SMALL or not is_on_ground(tags):
        return None
    if tags.get("amenity") == "place_of_worship":
        is_church = tags.get("religion", "christian") == "christian"
        return LandmarkKind.CHURCH if is_church else LandmarkKind.WORSHIP
    kinds = [values[tags[key]] for key, values in _KINDS.items() if tags.get(key) in values]
    return min(kinds, default=None)


def build_landmarks(file: Path, bounds: Bounds, names: Names) -> dict[str, NDArray[np.generic]]:
    """Return `at` (n, 2) in whole 1e-7 degrees (lon, lat), `name` numbers and `kind` codes.

    They are sorted from south to north, so that what is near a place is looked up in a band.
    """
    west, south, east, north = bounds
    inside = [
        landmark
        for landmark in _read(file)
        if west <= landmark[2][0] <= east and south <= landmark[2][1] <= north
    ]
    kept = _once(sorted(inside))[:MOST]
    kept.sort(key=lambda landmark: (landmark[2][1], landmark[2][0], landmark[0], landmark[1]))
    return {
        "at": np.rint(np.array([at for _, _, at in kept], float).reshape(-1, 2) * SCALE).astype(np.int32),
        "name": np.array([names.number(name) for _, name, _ in kept], np.int32),
        "kind": np.array([kind for kind, _, _ in kept], np.uint8),
    }


def _read(file: Path) -> Iterator[Found]:
    """Yield the landmarks that are nodes or closed ways; of a way, the middle of its outline."""
    things = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for thing in things.with_filter(osmium.filter.KeyFilter(*_KINDS)):
        tags = dict(thing.tags)
        kind = landmark_kind(tags)
        if kind is None or len(tags["name"]) > LONGEST_NAME:
            continue
        if thing.is_way():
            spots = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
        else:
            spots = [(thing.location.lon, thing.location.lat)] if thing.location.valid() else []
        if spots:
            yield kind, tags["name"], _middle(spots)


def _middle(spots: list[LonLat]) -> LonLat:
    (west, south), (east, north) = (
        (side(lon for lon, _ in spots), side(lat for _, lat in spots)) for side in (min, max)
    )
    return ((west + east) / 2, (south + north) / 2)


def _once(landmarks: list[Found]) -> list[Found]:
    """Leave out repeats; of a sorted list, all of one kind and name stand together."""
    kept: list[Found] = []
    for landmark in landmarks:
        same = (other for other in reversed(kept[-20:]) if other[:2] == landmark[:2])
        if all(plane_distance_m(other[2], landmark[2]) > SAME_M for other in same):
            kept.append(landmark)
    return kept
