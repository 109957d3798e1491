"""The sample's release as a map with toilets, water and seats would have it: numbers made up by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.kit.samples import sample_content

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

TOILETS_M = (8.0, 120.0, None, 260.0, None)
"""Of the calls at the Market Square, the Town Hall, the synagogue, the museum and the brine tower."""

UNSEATED_M = (310.0, None, 380.0, 640.0, 90.0, 120.0)
"""Of the legs: there is no way to the Town Hall, which is on the square."""


def comfortable_content() -> ReleaseContent:
    """No tap is on the map, so of water nothing is known."""
    content = sample_content()
    [itinerary] = content.itineraries
    calls = tuple(
        replace(call, toilet_m=metres) for call, metres in zip(itinerary.calls, TOILETS_M, strict=True)
    )
    legs = tuple(
        replace(leg, unseated_m=metres) for leg, metres in zip(itinerary.legs, UNSEATED_M, strict=True)
    )
    network = replace(content.network, comforts=("toilet", "seat"))
    return replace(content, network=network, itineraries=(replace(itinerary, calls=calls, legs=legs),))
