"""The coach's numbers in one table, each with where it comes from.

Sources: [W] OSM wiki, "OSM tags for routing/Access restrictions", "Key:access",
"Key:barrier", "Key:maxspeed" and "Default speed limits"; [O] OSRM, profiles/car.lua
(class speeds, surface speeds, 0.8 of the posted limit, penalty of a signal);
[V] Valhalla, bus and truck costing and its default speeds in towns. Where they
differ we take what a loaded coach of 12 m can keep up between stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASS_KMH: Mapping[str, float] = {
    "motorway": 80, "motorway_link": 45, "trunk": 70, "trunk_link": 40, "primary": 52, "primary_link": 32,
    "secondary": 44, "secondary_link": 28, "tertiary": 36, "tertiary_link": 25, "unclassified": 28,
    "road": 24, "residential": 24, "living_street": 8, "service": 14, "pedestrian": 6, "track": 6,
}  # fmt: skip
"""Where no limit is posted: between [O] and [V] for towns, 0.9 of it for a coach. Others are closed."""

RURAL_KMH: Mapping[str, float] = {
    "trunk": 80, "trunk_link": 50, "primary": 68, "primary_link": 42, "secondary": 58, "secondary_link": 36,
    "tertiary": 52, "tertiary_link": 32, "unclassified": 40,
}  # fmt: skip
"""The same over open land: 0.9 of [V] default speeds outside towns. A residential street is in none."""

RURAL_LIMIT_KMH: Mapping[str, float] = {
    **dict.fromkeys(("AT", "AU", "DE", "NZ"), 100), "GB": 97, "US": 88, "SE": 70, "JP": 60,
    **dict.fromkeys(("CA", "CH", "CY", "DK", "FI", "FR", "IE", "MT", "NL", "NO"), 80),
}  # fmt: skip
USUAL_RURAL_LIMIT_KMH = 90.0
"""[W] "Default speed limits": the limit of a road with one carriageway outside towns where none is posted."""

POSTED_FACTOR = 0.8
"""[O] speed_reduction: what is driven on the whole where a limit is posted."""

TOP_KMH = 90.0
"""A coach is seldom allowed more than 100 km/h and keeps up 90 ([V] truck and bus: 90 to 100)."""

LEAST_KMH = 4.0
"""Nothing is driven slower than a walker: a posted 0 or a typing error would close a street."""

IMPLIED_LIMITS_KMH: Mapping[str, float] = {
    "motorway": 120, "rural": 90, "trunk": 100, "urban": 50, "living_street": 10, "walk": 7, "zone30": 30,
    "zone20": 20, "school": 30, "bicycle_road": 30, "none": 130,
}  # fmt: skip
"""[W] values such as PL:urban, by what follows the country; the middle of the European rules."""

SURFACE_KMH: Mapping[str, float] = {
    "cobblestone": 24, "unhewn_cobblestone": 15, "sett": 36, "metal": 40, "wood": 32, "compacted": 48,
    "fine_gravel": 40, "unpaved": 28, "gravel": 28, "pebblestone": 28, "dirt": 15, "earth": 15, "ground": 15,
    "grass": 10, "grass_paver": 20, "sand": 8, "mud": 5,
}  # fmt: skip
"""[O] surface_speeds, 0.7 of them: a car's comfort is not a coach's."""

ROUGH: frozenset[str] = frozenset({"very_bad", "horrible", "very_horrible", "impassable"})
"""[W] Key:smoothness: from "very bad" on a car with high clearance is needed, so no coach."""

SIGNAL_S = 4.0
"""[O] 2 s for a car; a coach stops and starts slower."""

STOP_SIGN_S = 3.0
"""Seconds lost at a stop sign or a level crossing."""

EXPLICIT_CLASSES: frozenset[str] = frozenset({"pedestrian", "track"})
"""[W] closed to coaches unless `coach` or `tourist_bus` says otherwise."""

CLOSED_SERVICES: frozenset[str] = frozenset({"emergency_access", "drive-through", "slipway", "busway", "bus"})
"""`service=*` that are not for visitors' coaches."""

LOCAL_SERVICES: frozenset[str] = frozenset({"driveway", "parking_aisle", "alley", "parking", "yard"})
"""[V] driven to an address there, never through."""

WIDE_CLASSES: frozenset[str] = frozenset({"primary", "secondary"})
WIDE_M = 14.0
WIDE_LANES = 4
"""A dead end this wide, or with so many lanes, lets a coach of 12 m (turning radius 12.5 m) turn round."""

KERB_CLASSES: frozenset[str] = frozenset(
    {"primary", "secondary", "tertiary", "unclassified", "residential", "road"}
)
"""Streets where people may get in and out; not on links, motorways, trunk roads or in living streets."""

KERB_MIN_M = 15.0
"""A shorter edge lies within a junction."""

KERB_TOP_KMH = 70.0
"""On a road with a higher limit a coach stops only at a bus stop."""

UNTAGGED_RESTRICTOR_M = 2.2
"""[W] a height restrictor without a height keeps out all but cars."""

GATE_S = 10.0
TOLL_S = 15.0
BORDER_S = 60.0
"""[V] gate_cost 30 s, toll_booth_cost 15 s, country_crossing_cost 600 s; less by day, at free borders."""
