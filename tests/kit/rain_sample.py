"""The sample with a rain version, its times worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.visits import PlaceRef
from planner.domain.warnings.codes import WarningCode
from tests.kit.party_samples import party_content
from tests.kit.samples import at, sample_content
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.itinerary import PartyItinerary
    from planner.domain.releases import ReleaseContent


def rain_sample() -> tuple[ReleaseContent, ReleaseContent]:
    """The sample, and it with the tower's stop at the Sokół Palace, where the day ends.

    The museum is left at 11:42, one gathers until 11:45 and walks 600 m in 540 s: 11:54, a stay of 10 min,
    3 min to gather, and 2 min to the end of the day in the same house: 12:09.
    """
    dry = sample_content()
    [day], [plan] = dry.visit.days, dry.itineraries
    palace = replace(day.stops[4], place=PlaceRef("sokol"))
    there = replace(plan.legs[4], distance_m=600.0, duration_s=540, arrive=at("11:54:00"))
    last = replace(plan.legs[5], distance_m=0.0, duration_s=120, depart=at("12:07:00"), arrive=at("12:09:00"))
    call = replace(plan.calls[4], arrive=at("11:54:00"), start=at("11:54:00"), leave=at("12:04:00"))
    wet = replace(
        dry,
        visit=replace(dry.visit, days=(replace(day, stops=(*day.stops[:4], palace)),)),
        itineraries=(
            replace(
                plan,
                legs=(*plan.legs[:4], there, last),
                calls=(*plan.calls[:4], call),
                finish=at("12:09:00"),
                warnings=(*plan.warnings, warned(WarningCode.BY_APPOINTMENT, stop=4)),
            ),
        ),
    )
    return dry, wet


def with_rain(dry: ReleaseContent, wet: ReleaseContent) -> ReleaseContent:
    """A release of both, whose last stop is at the Sokół Palace when it rains."""
    [day] = dry.visit.days
    last = replace(day.stops[-1], rain=PlaceRef("sokol"))
    visit = replace(dry.visit, days=(replace(day, stops=(*day.stops[:-1], last)),))
    return replace(dry, visit=visit, rain=wet)


def apart_in_rain() -> ReleaseContent:
    """Three parties who lunch together from 11:35, and not in the rain: then it is at the museum.

    Without rain lunch is at the Sokół Palace from 11:35 to 12:20. At the museum C comes five minutes after
    the others, who begin at 11:35, and begins and leaves so much later: 11:40, 12:25.
    """
    dry = party_content()
    [day] = dry.visit.days
    lunch = replace(day.stops[4], rain=PlaceRef("muzeum"))
    there = replace(day.stops[4], place=PlaceRef("muzeum"))
    ways = tuple(_later_lunch(way) if way.name == "C" else way for way in dry.parties[0])
    wet_day, dry_day = (replace(day, stops=(*day.stops[:4], last)) for last in (there, lunch))
    wet = replace(dry, visit=replace(dry.visit, days=(wet_day,)), parties=(ways,))
    return replace(dry, visit=replace(dry.visit, days=(dry_day,)), rain=wet)


def _later_lunch(way: PartyItinerary) -> PartyItinerary:
    *calls, lunch = way.itinerary.calls
    later = replace(lunch, arrive=at("11:40:00"), start=at("11:40:00"), leave=at("12:25:00"))
    return replace(way, itinerary=replace(way.itinerary, calls=(*calls, later), finish=at("12:25:00")))
