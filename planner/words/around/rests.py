"""A warning for those who need a rest on the way; said to organisers and guides, kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.comfort.rests import rest_limit_m, ways_beyond
from planner.domain.comfort.seats import longest_of
from planner.words.around.comfort import ends_of_leg
from planner.words.formats import distance_text
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.attendees.counts import Attendees
    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import NetworkFacts, ReleaseContent
    from planner.domain.visits import Day
    from planner.words.places import PlaceWords

Ways = tuple["Day", "Itinerary"]


def ways_of(content: ReleaseContent) -> list[Ways]:
    """Return the ways of all days: of each party where the delegation splits, else of all together."""
    found: list[Ways] = []
    for at, day in enumerate(content.visit.days):
        parties = content.parties[at] if at < len(content.parties) else ()
        itineraries = [way.itinerary for way in parties] or [content.itineraries[at]]
        found += ((day, itinerary) for itinerary in itineraries)
    return found


def rest_text(ways: Sequence[Ways], network: NetworkFacts, attendees: Attendees, words: PlaceWords) -> str:
    """Say where people who need a rest find no seat for too long, and why that is; '' where it is nowhere."""
    limit = rest_limit_m(attendees)
    if limit is None:
        return ""
    why = gettext(
        "Why: %(source)s.",
        source=gettext("Inclusive Mobility (UK Department for Transport, 2021), section 3.4"),
    )
    people = {"limit": distance_text(limit, words.language)}
    if "seat" not in network.comforts:
        told = gettext(
            "People come who should rest after %(limit)s, and the map knows of no seats: look for some.",
            **people,
        )
        return f"{told} {why}"
    beyond = ways_beyond((itinerary for _, itinerary in ways), limit)
    if not beyond:
        return ""
    known = [(longest, way) for way in ways if (longest := longest_of(way[1])) is not None]
    longest, (day, itinerary) = max(known, key=lambda one: one[0].metres)
    start, end = ends_of_leg(day, itinerary, longest.leg, words)
    told = ngettext(
        "People come who should rest after %(limit)s: %(num)s way has no seat for longer, at most "
        "%(distance)s (%(start)s → %(end)s).",
        "People come who should rest after %(limit)s: %(num)s ways have no seat for longer, at most "
        "%(distance)s (%(start)s → %(end)s).",
        beyond,
        distance=distance_text(longest.metres, words.language),
        start=start,
        end=end,
        **people,
    )
    return f"{told} {why}"
