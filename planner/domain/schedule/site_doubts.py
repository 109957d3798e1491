"""What is known to be uncertain about a stop, apart from its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.itinerary import Warning, WarningCode
from planner.domain.schedule.walking import error_range_min
from planner.domain.sites import Quality, StepFree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.sites import Site


def site_warnings(site: Site, *, group_size: int, step_free: bool) -> Iterator[Warning]:
    """Yield what a group of this size and need must know about a site before it goes there."""
    if not site.is_confirmed:
        yield Warning(WarningCode.SITE_UNCONFIRMED)
    if site.location.at is None:
        yield Warning(WarningCode.NOT_PLACED)
    if site.capacity is not None and group_size > site.capacity:
        yield Warning(
            WarningCode.OVER_CAPACITY,
            params={"capacity": site.capacity, "group": group_size},
        )
    if step_free and site.step_free is StepFree.UNKNOWN:
        yield Warning(WarningCode.STEP_FREE_UNKNOWN)
    if step_free and site.step_free is StepFree.NO:
        yield Warning(WarningCode.NOT_STEP_FREE)


def approximate(site: Site | None, duration_s: int, pace_kmh: float) -> Iterator[Warning]:
    """Yield how far a walk to a site known only by its area may differ."""
    if site is None or site.location.quality is not Quality.AREA or not site.location.error_m:
        return
    low, high = error_range_min(duration_s, site.location.error_m, pace_kmh)
    params = {"error_m": round(site.location.error_m), "low_min": low, "high_min": high}
    yield Warning(WarningCode.LOCATION_APPROXIMATE, params=params)
