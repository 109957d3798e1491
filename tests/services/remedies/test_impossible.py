"""Impossible days: the reasons told, by how much it is too much, and the first cures, each planned again."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import Budget
from planner.domain.edits.remedies import applied
from planner.domain.edits.remedy_keys import key_of
from planner.domain.order.proposals import Conflict, Objective
from planner.domain.warnings.compare import is_cured
from planner.domain.warnings.severity import is_trouble
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.order.find import find_order
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import remedies_for
from tests.services.remedies.impossible_days import DAYS, Impossible

if TYPE_CHECKING:
    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
LOOKS = 1500
"""So often the clock may be looked at: the answer is the same on every machine."""

TOLD = json.loads(Path(__file__).with_name("impossible.json").read_text(encoding="utf-8"))
"""What is told of each day: its reasons with the minutes too much, None where that is not told; of each
warning the key of its first cure, and how many things do not work after it."""


def counted(looks: int) -> Budget:
    ticks = count()
    return Budget.of(looks, lambda: float(next(ticks)))


def told(conflict: Conflict) -> list[str | int | None]:
    """A reason's demands with their stops, and the minutes that are too much."""
    demands = (f"{demand.kind} {demand.stop or ''}".strip() for demand in conflict.demands)
    minutes = None if conflict.too_much_s is None else -(-conflict.too_much_s // 60)
    return [", ".join(demands), minutes]


@pytest.mark.dear
@pytest.mark.parametrize(
    "asked",
    [pytest.param(one, id=one.name, marks=[pytest.mark.slow] * one.is_slow) for one in DAYS],
)
def test_an_impossible_day_has_its_reasons_and_cures_that_cure(
    skawina_buses: Town, asked: Impossible
) -> None:
    expected = TOLD[asked.name]
    case = Case(skawina_buses, asked.day, asked.group, SITES)
    order = find_order(case, Objective.FINISH, counted(60_000))
    assert order.day == asked.day
    assert [told(conflict) for conflict in order.conflicts] == expected["reasons"]
    itinerary = plan_day(case)
    found = remedies_for(case, itinerary, counted(LOOKS))
    firsts = [remedies[0] for _, remedies in found.cured]
    assert [[key_of(first), found.left[first]] for first in firsts] == expected["cures"]
    for warning, remedies in found.cured:
        for remedy in remedies:
            edited = case.with_day(applied(asked.day, remedy))
            again = plan_day(edited)
            assert is_cured(warning, (asked.day, itinerary), (edited.day, again)), key_of(remedy)
            assert sum(is_trouble(left) for left in again.warnings) == found.left[remedy], key_of(remedy)
