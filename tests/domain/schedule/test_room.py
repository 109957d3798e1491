"""The most people that a site admits at once, by hand: with one more the group is told."""

from __future__ import annotations

import pytest

from planner.domain.schedule.site_doubts import site_warnings
from planner.domain.sites import Location, Quality, Site, SiteStatus
from planner.domain.warnings.codes import OverCapacity

AT = Location((19.82, 49.97), Quality.EXACT, 10)


@pytest.mark.parametrize(
    ("capacity", "people", "said"),
    [
        (20, 20, []),
        (20, 21, [OverCapacity(capacity=20, group=21)]),
        (1, 2, [OverCapacity(capacity=1, group=2)]),
        (None, 2000, []),
    ],
)
def test_a_site_admits_so_many_and_not_one_more(
    capacity: int | None, people: int, said: list[OverCapacity]
) -> None:
    site = Site("hall", {"pl": "Sala"}, AT, capacity=capacity, status=SiteStatus.CONFIRMED)
    warnings = site_warnings(site, group_size=people, step_free=False, assumed_leg_s=900)
    assert [one for one in warnings if isinstance(one, OverCapacity)] == said
