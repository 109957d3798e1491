"""Which sites would receive a group on a day, and which lie within a walk of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.geo import distance_m
from planner.domain.hours.spans import HoursState, spans_of
from planner.domain.visits import DEFAULT_PACE_KMH
from planner.errors import EditRefusedError
from planner.services.planning.stop_hours import site_rule
from planner.services.travel.town import Town
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.domain.hours.spans import Span
    from planner.domain.sites import Site

MINUTE_S = 60


@dataclass(frozen=True)
class OpenOn:
    """A day, and a local time of it "HH:MM", or '' for any: unknown hours are none, nor is an appointment."""

    town: Town
    day: date
    time: str = ""

    def __call__(self, site: Site) -> bool:
        """Whether a site is open then."""
        rule = site_rule(site)
        if rule is None:
            return True
        try:
            spans = spans_of(rule, self.day, self.town.clock, self.town.almanac)
        except EditRefusedError:
            return False
        return any(span.state is HoursState.OPEN and self._is_in(span) for span in spans)

    def _is_in(self, span: Span) -> bool:
        clock = self.town.clock
        if self.time:
            at = clock.instant(self.day, self.time)
            return span.start <= at and (span.end is None or at < span.end)
        midnight, next_midnight = clock.midnight(self.day), clock.midnight(self.day + timedelta(days=1))
        return span.start < next_midnight and (span.end is None or span.end > midnight)


class WithinWalk:
    """Sites within so many minutes on foot, by the streets, at a group's pace."""

    def __init__(self, town: Town, origin: LonLat, minutes: int) -> None:
        self._origin = origin
        self._seconds = minutes * MINUTE_S
        self._walker = Walker(town.network, pace_kmh=DEFAULT_PACE_KMH)

    def __call__(self, site: Site) -> bool:
        """Whether a site has a place, and the walk there is short enough."""
        at = site.location.at
        if at is None:
            return False
        if distance_m(self._origin, at) > self._seconds * DEFAULT_PACE_KMH / 3.6:
            return False  # no way is shorter than the straight line
        walk = self._walker.walk(self._origin, at)
        return walk is not None and walk.duration_s <= self._seconds
