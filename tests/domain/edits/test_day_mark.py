"""The mark of a day that was searched: other with whatever its plan rests on, the same with all else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.coach import CoachProfile
from planner.domain.edits import stops as edits
from planner.domain.edits.day_mark import seen_mark
from planner.domain.visits import LegBuffers, Mode, Visit
from planner.store.documents import from_json, to_json
from tests.kit.samples import sample_visit

VISIT = sample_visit()
DAY = VISIT.days[0]


def with_mode(mode: Mode) -> Visit:
    return edits.with_day(VISIT, 0, replace(DAY, mode=mode))


@pytest.mark.parametrize(
    "other",
    [
        replace(VISIT, group_size=26),
        replace(VISIT, pace_kmh=3.9),
        replace(VISIT, step_free=True),
        replace(VISIT, interpreter=1.5),
        replace(VISIT, assumed_leg_min=11),
        replace(VISIT, hardest_path="T2"),
        replace(VISIT, buffers=LegBuffers(walk_min=1)),
        replace(VISIT, coach=CoachProfile(length_m=9.0)),
        with_mode(Mode.BUS),
        edits.with_day(VISIT, 0, edits.move_stop(DAY, "s1", 1)),
        edits.with_day(VISIT, 0, edits.change_stop(DAY, "s1", {"dwell_min": 16})),
        edits.with_day(VISIT, 0, edits.change_stop(DAY, "s1", {"hours": "24/7"})),
        replace(VISIT, days=(DAY, replace(DAY, mode=Mode.COACH))),
    ],
)
def test_another_day_or_group_has_another_mark(other: Visit) -> None:
    assert seen_mark(other, 0) != seen_mark(VISIT, 0)


@pytest.mark.parametrize(
    "same",
    [
        replace(VISIT, title={"pl": "Inny"}, coordinator="", meeting_point={}, languages=("pl",)),
        replace(VISIT, days=(DAY, DAY)),
        from_json(Visit, to_json(VISIT)),
    ],
)
def test_what_the_plan_does_not_rest_on_leaves_the_mark(same: Visit) -> None:
    assert seen_mark(same, 0) == seen_mark(VISIT, 0)
