"""The rain version of a day beside the day, for each party where the delegation splits, else for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.board.party_views import of_party, parties_of
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.weather.rain import rain_day

if TYPE_CHECKING:
    from planner.domain.itinerary import PartyItinerary
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.rows import Timeline
    from planner.outputs.timeline.weather.rain import RainDay


def rain_days(dry: ReleaseContent, wet: ReleaseContent, day: int, language: str) -> tuple[RainDay, ...]:
    """Return a day (from 0) of the rain version held against the day; needs an application context."""
    ways = {way.name: way for way in parties_of(dry, day)}
    if not ways:
        return (rain_day(build_timeline(dry, day, language), build_timeline(wet, day, language)),)

    def own(content: ReleaseContent, way: PartyItinerary) -> Timeline:
        return build_timeline(of_party(content, day, way), day, language)

    both = ((ways[way.name], way) for way in parties_of(wet, day) if way.name in ways)
    return tuple(rain_day(own(dry, before), own(wet, now), now.name) for before, now in both)
