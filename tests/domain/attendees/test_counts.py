"""What counts of needs ask of a plan, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.attendees.counts import SLOW_KMH, AttendeeKind, Attendees, Count, fitted
from tests.kit.samples import sample_visit

WHEELCHAIRS = Count("A", AttendeeKind.WHEELCHAIR, "", 2)
SLOW = Count("B", AttendeeKind.SLOW, "", 1)
VEGETARIAN = Count("B", AttendeeKind.DIET, "vegetarian", 3)


@pytest.mark.parametrize(
    ("counts", "step_free", "pace"),
    [((), False, 4.0), ((WHEELCHAIRS,), True, 4.0), ((SLOW,), False, SLOW_KMH), ((VEGETARIAN,), False, 4.0)],
)
def test_a_plan_follows_who_comes(counts: tuple[Count, ...], pace: float, *, step_free: bool) -> None:
    visit = replace(sample_visit(), step_free=False, pace_kmh=4.0)
    after = fitted(visit, Attendees(counts))
    assert (after.step_free, after.pace_kmh) == (step_free, pace)
    assert replace(after, step_free=False, pace_kmh=4.0) == visit  # nothing else tells of them


def test_a_pace_that_is_slower_and_ways_without_steps_stay() -> None:
    visit = replace(sample_visit(), step_free=True, pace_kmh=2.5)
    assert fitted(visit, Attendees((SLOW,))) == fitted(visit, Attendees()) == visit


def test_counts_are_of_parties_and_of_all_together() -> None:
    known = Attendees((WHEELCHAIRS, SLOW, VEGETARIAN))
    assert known.of_party("A").counts == (WHEELCHAIRS,)
    assert known.of_party("") == known
    assert known.number(AttendeeKind.DIET, "vegetarian") == 3
    assert known.of_party("A").number(AttendeeKind.SLOW) == 0
    assert "2" not in repr(known)
