"""What is known to be uncertain about a stop, apart from its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.schedule.walking import error_range_min
from planner.domain.sites import Quality, StepFree
from planner.domain.warnings.codes import (
    LocationApproximate,
    NotPlaced,
    NotStepFree,
    OverCapacity,
    SiteUnconfirmed,
    StepFreeUnknown,
    Warning,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.sites import Site


def site_warnings(site: Site, *, group_size: int, step_free: bool, assumed_leg_s: int) -> Iterator[Warning]:
    """Yield what a group of this size and need must know about a site before it goes there."""
    if not site.is_confirmed:
        yield SiteUnconfirmed()
    if site.location.at is None:
        yield NotPlaced(assumed_min=assumed_leg_s // MINUTE_S)
    if site.capacity is not None and group_size > site.capacity:
        yield OverCapacity(capacity=site.capacity, group=group_size)
    if step_free and site.step_free is StepFree.UNKNOWN:
        yield StepFreeUnknown()
    if step_free and site.step_free is StepFree.NO:
        yield NotStepFree()


def approximate(site: Site | None, duration_s: int, pace_kmh: float) -> Iterator[Warning]:
    """Yield how far a walk to a site known only by its area may differ."""
    if site is None or site.location.quality is not Quality.AREA or not site.location.error_m:
        return
    low, high = error_range_min(duration_s, site.location.error_m, pace_kmh)
    yield LocationApproximate(error_m=round(site.location.error_m), low_min=low, high_min=high)
