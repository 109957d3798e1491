"""Points on the map that are no landmarks: house numbers, toilets, drinking water, names of quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium

from planner.streets.build.read.translated import translate
from planner.streets.files import SCALE
from planner.streets.query.layers import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat
    from planner.streets.build.graph import Names
    from planner.streets.build.read.translated import Translations
    from planner.streets.query.layers import Bounds

KEYS = ("addr:housenumber", "amenity", "drinking_water", "place")
QUARTERS = {"town", "village", "hamlet", "suburb", "quarter", "neighbourhood"}
NOT_FOR_ALL = {"no", "private"}
LONGEST_NUMBER = 8
"""A longer house number is a remark."""


def mark_kind(tags: Mapping[str, str]) -> MarkKind | None:
    """Return what mark these tags make, None where none."""
    is_open = tags.get("access") not in NOT_FOR_ALL
    if tags.get("amenity") == "toilets":
        return MarkKind.TOILETS if is_open else None
    if tags.get("amenity") == "drinking_water" or tags.get("drinking_water") == "yes":
        return MarkKind.DRINKING_WATER if is_open else None
    if tags.get("name") and tags.get("place") in QUARTERS:
        return MarkKind.QUARTER
    if tags.get("name") and tags.get("place") == "square":
        return MarkKind.SQUARE
    return MarkKind.HOUSE_NUMBER if 0 < len(tags.get("addr:housenumber", "")) <= LONGEST_NUMBER else None


def build_marks(
    file: Path, bounds: Bounds, names: Names, translations: Translations
) -> dict[str, NDArray[np.generic]]:
    """Return `mark_at` (n, 2) in whole 1e-7 degrees, kinds, names and streets, in the file's order.

    `mark_streets` is the street of a house number, or the village where streets have no names; '' for none.
    """
    west, south, east, north = bounds
    found = [
        (kind, _text(kind, tags, translations), _street(kind, tags), at)
        for kind, tags, at in _read(file)
        if west <= at[0] <= east and south <= at[1] <= north
    ]
    places = np.array([at for *_, at in found], float).reshape(-1, 2)
    return {
        "mark_at": np.rint(places * SCALE).astype(np.int32),
        "mark_kinds": np.array([kind for kind, *_ in found], np.uint8),
        "mark_names": np.array([names.number(text) for _, text, *_ in found], np.int32),
        "mark_streets": np.array([names.number(street) for _, _, street, _ in found], np.int32),
    }


def _text(kind: MarkKind, tags: Mapping[str, str], translations: Translations) -> str:
    return tags["addr:housenumber"] if kind is MarkKind.HOUSE_NUMBER else translate(tags, translations)


def _street(kind: MarkKind, tags: Mapping[str, str]) -> str:
    return tags.get("addr:street") or tags.get("addr:place", "") if kind is MarkKind.HOUSE_NUMBER else ""


def _read(file: Path) -> Iterator[tuple[MarkKind, dict[str, str], LonLat]]:
    """Yield the marks that are nodes or ways; of a way, the middle of its box. Squares are nodes only."""
    things = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for thing in things.with_filter(osmium.filter.KeyFilter(*KEYS)):
        tags = dict(thing.tags)
        kind = mark_kind(tags)
        if kind is None or (thing.is_way() and kind is MarkKind.SQUARE):
            continue
        at = _middle(thing) if thing.is_way() else _position(thing)
        if at is not None:
            yield kind, tags, at


def _position(node: osmium.osm.Node) -> LonLat | None:
    return (node.location.lon, node.location.lat) if node.location.valid() else None


def _middle(way: osmium.osm.Way) -> LonLat | None:
    spots = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    if not spots:
        return None
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
