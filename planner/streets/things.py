"""What of a map may be a site of a catalogue: which tags, and what is handed on of each thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.geo import LonLat

WANTED: Mapping[str, frozenset[str]] = {
    "tourism": frozenset(
        {"museum", "gallery", "attraction", "viewpoint", "zoo", "aquarium", "theme_park", "artwork"}
    ),
    "amenity": frozenset(
        {
            "townhall", "library", "theatre", "cinema", "arts_centre", "community_centre", "social_centre",
            "place_of_worship", "monastery", "university", "college", "courthouse", "fire_station", "police",
            "marketplace", "conference_centre", "exhibition_centre", "planetarium", "hospital", "fountain",
        }
    ),
    "historic": frozenset(
        {
            "castle", "manor", "palace", "monument", "memorial", "ruins", "archaeological_site", "church",
            "monastery", "city_gate", "citywalls", "fort", "tower", "building", "mine", "bridge",
        }
    ),
    "leisure": frozenset({"park", "garden", "nature_reserve", "stadium", "sports_centre"}),
    "building": frozenset({"public", "civic", "government", "townhall", "train_station"}),
    "office": frozenset({"government"}),
}  # fmt: skip
"""Keys and values of OpenStreetMap; of what has several the first key counts. It needs a name too."""

OUTDOOR = frozenset(
    {
        *("viewpoint", "artwork", "marketplace", "fountain", "monument", "memorial", "ruins", "city_gate"),
        *("archaeological_site", "citywalls", "park", "garden", "nature_reserve", "bridge"),
    }
)
"""Values of what lies under the sky."""


@dataclass(frozen=True)
class Thing:
    """A thing with a name. `osm_id` is n, w or r with its number; `kind` is "key=value".

    `at` is its point, else its main entrance (`has_entrance`), else the middle of it.
    """

    osm_id: str
    kind: str
    at: LonLat
    has_entrance: bool
    tags: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where it is looked at on the web."""
        kinds = {"n": "node", "w": "way", "r": "relation"}
        return f"https://www.openstreetmap.org/{kinds[self.osm_id[0]]}/{self.osm_id[1:]}"


def kind_of(tags: Mapping[str, str]) -> str:
    """Return what of a catalogue these tags make, "" for nothing: a thing without a name is none."""
    if not tags.get("name", "").strip():
        return ""
    return next((f"{key}={tags[key]}" for key, values in WANTED.items() if tags.get(key) in values), "")
