"""From the places of a document to places that can be routed between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.schedule.timed import Place
from planner.domain.visits import StopKind
from planner.errors import Fault, InvalidInputError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.geo import LonLat
    from planner.domain.sites import Site
    from planner.domain.visits import Day, PlaceRef
    from planner.services.travel.town import Town

PLACELESS = frozenset({StopKind.MEAL, StopKind.BREAK})
"""What may be held wherever the group is."""

REACH_M = 2_000.0
"""Places this far outside the network's bounds are still answered."""


def resolve(ref: PlaceRef, sites: Mapping[str, Site]) -> Place:
    """Return the place of a reference that `place_faults` found nothing wrong with."""
    if ref.site is not None:
        site = sites[ref.site]
        return Place(key=f"site:{site.id}", at=site.location.at, name=site.name, site=site)
    at = ref.at or (0.0, 0.0)
    return Place(key=f"at:{at[0]:.7f},{at[1]:.7f}", at=at, name=ref.name)


def place_faults(
    refs: Iterable[tuple[str, PlaceRef | None]], sites: Mapping[str, Site], town: Town
) -> list[Fault]:
    """Find every reference, given with its JSON pointer, that cannot be resolved."""
    return [fault for pointer, ref in refs if ref is not None for fault in _faults(pointer, ref, sites, town)]


def refuse(faults: list[Fault]) -> None:
    """Raise one error for all faults; none, and nothing happens.

    Raises
    ------
    InvalidInputError
        With every fault in its details.
    """
    if faults:
        many = f"{len(faults)} things are wrong with this request"
        message = faults[0].message if len(faults) == 1 else many
        params = {"num": len(faults)}
        error = InvalidInputError(message, details=tuple(faults), reason=Reason.MANY_FAULTS, params=params)
        if all(fault.code == "outside_network" for fault in faults):
            error.code = "outside_network"
        raise error


def _faults(pointer: str, ref: PlaceRef, sites: Mapping[str, Site], town: Town) -> list[Fault]:
    if ref.site is not None:
        if ref.site not in sites:
            message = f"there is no site {ref.site!r}"
            named = {"site": ref.site}
            return [Fault(f"{pointer}/site", "unknown_site", message, Reason.UNKNOWN_SITE, named)]
        at = sites[ref.site].location.at
        if at is not None and not town.network.covers(at, REACH_M):
            message = f"the site {ref.site!r} lies outside this network: move it, or build its town"
            named = {"site": ref.site}
            return [Fault(f"{pointer}/site", "outside_network", message, Reason.SITE_OUTSIDE, named)]
        return []
    if ref.at is None:
        message = "a place needs a site or a position `at`"
        return [Fault(pointer, "missing", message, Reason.PLACE_MISSING)]
    if town.network.covers(ref.at, REACH_M):
        return []
    return [_outside(f"{pointer}/at", ref.at, town)]


def _outside(pointer: str, at: LonLat, town: Town) -> Fault:
    here = {"lon": at[0], "lat": at[1]}
    if town.network.covers((at[1], at[0]), REACH_M):
        message = f"[{at[0]}, {at[1]}] looks swapped: a position is [longitude, latitude]"
        return Fault(pointer, "outside_network", message, Reason.PLACE_SWAPPED, here)
    west, south, east, north = (f"{degrees:.3f}" for degrees in town.network.meta.bounds)
    message = (
        f"[{at[0]}, {at[1]}] is more than 2 km outside {town.network.meta.name} "
        f"({west} to {east} east, {south} to {north} north)"
    )
    box = {"town": town.network.meta.name, "west": west, "south": south, "east": east, "north": north}
    return Fault(pointer, "outside_network", message, Reason.PLACE_OUTSIDE, {**here, **box})


def day_refs(day: Day) -> Iterable[tuple[str, PlaceRef | None]]:
    """Every place of a day with its JSON pointer; a meal or a break may be held where the group is."""
    yield "/start/place", day.start.place
    for index, stop in enumerate(day.stops):
        if stop.kind not in PLACELESS or (stop.place and stop.place.is_somewhere):
            yield f"/stops/{index}/place", stop.place
    if day.end is not None:
        yield "/end/place", day.end.place
