"""A day is planned again exactly when something has changed that its plan rests on."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.buses.files import POINTER as TIMETABLE_POINTER
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import Day, DayEnd, Party, PlaceRef
from planner.services.planning import remembered
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.planning.remembered import mark_of, remembered_plan
from planner.services.travel.day_memory import DayMemory, PlannedDay, positions_of
from planner.services.travel.town import Town, TownKeeper
from planner.streets.files import POINTER
from tests.kit.days import DAY
from tests.kit.random_days import SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planner.domain.itinerary import Itinerary
    from planner.domain.sites import Site

GROUP = Group(20)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """The cases that were really planned."""
    cases: list[Case] = []

    def counted(case: Case) -> Itinerary:
        cases.append(case)
        return plan_day(case)

    monkeypatch.setattr(remembered, "plan_day", counted)
    return cases


@pytest.fixture
def town(skawina: Town) -> Town:
    """The town as a worker has it that has planned nothing yet."""
    return replace(skawina)


def with_site(site: str, **other: object) -> Mapping[str, Site]:
    return {**SITES, site: replace(SITES[site], **other)}  # type: ignore[arg-type]


def test_the_same_day_is_planned_once(town: Town, planned: list[Case]) -> None:
    first = remembered_plan(Case(town, DAY, GROUP, SITES))
    again = remembered_plan(Case(town, replace(DAY), replace(GROUP), dict(SITES)))
    assert again is first
    assert first == plan_day(Case(town, DAY, GROUP, SITES))
    assert len(planned) == 1


OTHERS: dict[str, Callable[[Town], Case]] = {
    "date": lambda town: Case(town, replace(DAY, date=DAY.date + dt.timedelta(days=1)), GROUP, SITES),
    "start": lambda town: Case(town, replace(DAY, start=replace(DAY.start, time="09:05")), GROUP, SITES),
    "stand-ins": lambda town: Case(town, replace(DAY, stand_in_timetable=True), GROUP, SITES),
    "dwell": lambda town: Case(town, longer(DAY), GROUP, SITES),
    "end": lambda town: Case(town, replace(DAY, end=DayEnd(PlaceRef(site="ratusz"))), GROUP, SITES),
    "size": lambda town: Case(town, DAY, replace(GROUP, size=21), SITES),
    "pace": lambda town: Case(town, DAY, replace(GROUP, pace_kmh=3.0), SITES),
    "reserves": lambda town: Case(town, DAY, replace(GROUP, reserves=Reserves(60, 60, 60)), SITES),
    "hours": lambda town: Case(town, DAY, GROUP, with_site("muzeum", opening_hours="Mo 12:00-13:00")),
    "capacity": lambda town: Case(town, DAY, GROUP, with_site("muzeum", capacity=3)),
    "start site": lambda town: Case(town, DAY, GROUP, with_site("dworzec-biblioteka", name={"en": "X"})),
}


def longer(day: Day) -> Day:
    return replace(day, stops=tuple(replace(stop, dwell_min=stop.dwell_min + 5) for stop in day.stops))


@pytest.mark.parametrize("what", OTHERS)
def test_another_day_is_planned_for_itself(town: Town, planned: list[Case], what: str) -> None:
    other = OTHERS[what](town)
    before = remembered_plan(Case(town, DAY, GROUP, SITES))
    assert remembered_plan(other) == plan_day(other)
    assert len(planned) == 2
    assert remembered_plan(Case(town, DAY, GROUP, SITES)) is before
    assert len(planned) == 2


def test_a_site_that_the_day_does_not_name_changes_nothing(town: Town, planned: list[Case]) -> None:
    remembered_plan(Case(town, DAY, GROUP, SITES))
    remembered_plan(Case(town, DAY, GROUP, with_site("teznia", capacity=1)))
    assert len(planned) == 1


def test_parties_of_other_sizes_are_another_split(town: Town) -> None:
    case = Case(town, DAY, GROUP, SITES)
    splits = [(), (Party("A", 10), Party("B", 10)), (Party("A", 9), Party("B", 11))]
    assert len({mark_of(case, parties) for parties in splits}) == 3


def test_what_is_built_anew_is_planned_anew(skawina_dir: Path, tmp_path: Path, planned: list[Case]) -> None:
    folder = shutil.copytree(skawina_dir, tmp_path / "data")
    keeper = TownKeeper(folder)
    for _ in range(2):
        remembered_plan(Case(keeper.town(), DAY, GROUP, SITES))
    assert len(planned) == 1
    pointer = folder / POINTER
    shutil.copyfile(pointer, folder / "next")
    (folder / "next").replace(pointer)
    remembered_plan(Case(keeper.town(), DAY, GROUP, SITES))
    assert len(planned) == 2
    known = keeper.town().planned_days
    (folder / TIMETABLE_POINTER).write_text("{}")
    assert keeper.town().planned_days is not known


def test_the_memory_is_bounded_and_the_last_days_asked_for_stay(town: Town) -> None:
    plan = PlannedDay(remembered_plan(Case(town, DAY, GROUP, SITES)))
    assert positions_of(plan) == 1_000
    memory, made = DayMemory(2_000), list[str]()

    def ask(mark: str, most: PlannedDay = plan) -> PlannedDay:
        def make() -> PlannedDay:
            made.append(mark)
            return most

        return memory.get(mark, make)

    for mark in ("a", "b", "a", "c", "a", "b"):
        ask(mark)
    assert made == ["a", "b", "c", "b"]
    itinerary = plan.itinerary
    geometry = ((19.8, 49.9),) * 3_000
    vast = PlannedDay(replace(itinerary, legs=(replace(itinerary.legs[0], geometry=geometry),)))
    assert ask("vast", vast) is vast
    assert ask("a") is plan
    assert made == ["a", "b", "c", "b", "vast"]
