"""The walk of a party from where it is to a point on the map where it is called to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.geo import LonLat
from planner.domain.live.whereabouts import Whereabouts, whereabouts
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.domain.warnings.codes import FarFromStreets

if TYPE_CHECKING:
    from planner.domain.live.events import LiveEvent
    from planner.services.live.state import LiveState


@dataclass(frozen=True)
class WalkThere:
    """From where it leads, its metres, seconds and positions (lon, lat)."""

    here: Whereabouts
    metres: float
    seconds: int
    line: tuple[LonLat, ...]


def walk_there(state: LiveState, party: str, call: LiveEvent) -> WalkThere | None:
    """Return the walk to where a call to meet leads, at the visit's pace and without steps where it says so.

    None where the streets in force know no way, for a point off the streets, on an island, in another town,
    and for who is there. It hangs on no clock but the call's, and the network remembers its walks: when more
    is said after the call the way is not searched for again.
    """
    live = state.party(party)
    if call.place is None or live is None:
        return None
    here = whereabouts(state.asked, live.name, live.live, call.at)
    there = Place(f"meet:{call.place}", call.place, {})
    leg = state.asked[live.name].travel.leg(here.place, there, Mode.WALK, call.at)
    is_far = any(isinstance(warning, FarFromStreets) for warning in leg.warnings)
    if not leg.distance_m or is_far:
        return None
    return WalkThere(here, leg.distance_m, leg.duration_s, leg.geometry)
