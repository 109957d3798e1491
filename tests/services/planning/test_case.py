"""A day is resolved once, and another day in its place has its own group and its own times."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.visits import Mode, Visit
from planner.errors import InvalidInputError
from planner.services.planning.case import Case, group_of
from tests.kit.days import DAY
from tests.kit.random_days import SITES

if TYPE_CHECKING:
    from planner.services.travel.town import Town


def test_a_day_is_resolved_once(skawina: Town) -> None:
    case = Case(skawina, DAY, Group(20), SITES)
    assert case.timed is case.timed
    assert case.travel is case.travel
    assert case.with_day(replace(DAY)) is case


def test_another_day_is_resolved_anew(skawina: Town) -> None:
    case = Case(skawina, DAY, Group(20), SITES)
    later = case.with_day(replace(DAY, start=replace(DAY.start, time="10:00")))
    assert later.timed.start - case.timed.start == 3600
    assert later.group == case.group


def test_a_visit_without_its_coach_leg_has_no_coach(skawina: Town) -> None:
    by_coach = replace(DAY, mode=Mode.COACH)
    visit = Visit(title={"en": "V"}, group_size=20, days=(by_coach, replace(DAY, date=dt.date(2026, 12, 8))))
    case = Case.of_visit(skawina, visit, 0, SITES)
    assert case.group == group_of(visit)
    assert case.group.has_coach
    assert not case.with_day(DAY).group.has_coach


def test_what_cannot_be_resolved_is_refused_when_it_is_asked_for(skawina: Town) -> None:
    case = Case(skawina, DAY, Group(20), {})
    with pytest.raises(InvalidInputError):
        _ = case.timed
