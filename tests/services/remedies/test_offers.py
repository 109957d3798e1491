"""Remedies on the real streets and timetable of Skawina: plans tried out, and what they promise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.budget import ENDLESS, Budget, OutOfTimeError
from planner.domain.clock import clock_minutes
from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.remedy_costs import cost_of
from planner.domain.edits.remedy_keys import key_of
from planner.domain.order.proposals import Cut
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.compare import complaint
from planner.domain.warnings.severity import LOUDER, is_curable, tone_of_warning
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import MOST, Offers, remedies_for
from planner.services.remedies.trials import RemedyTrials
from planner.services.remedies.ways import modes
from tests.conftest import FULL
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary
    from planner.domain.warnings.codes import Warning
    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
MONDAY, SATURDAY = dt.date(2026, 11, 30), dt.date(2026, 12, 5)
STATION = PlaceRef(site="dworzec-biblioteka")
GROUP = Group(22)
WITH_COACH = Group(22, has_coach=True)
LONG_S = 60.0
PLACES = (
    "rynek", "ratusz", "muzeum", "park-miejski", "teznia", "pszok", "cus", "kosciol", "synagoga",
    "dwor-radziszow", "senior-rynek-24", "ogrod-deszczowy-szkola", "stadion", "sog",
)  # fmt: skip


def stop(site: str, dwell: int = 30, least: int | None = 15, **more: object) -> Stop:
    return Stop(site, place=PlaceRef(site=site), dwell_min=dwell, min_dwell_min=least, **more)  # type: ignore[arg-type]


def day(*stops: Stop, start: str = "09:00", end: DayEnd | None = None, date: dt.date = MONDAY,
        mode: Mode = Mode.WALK) -> Day:  # fmt: skip
    return Day(date, DayStart(STATION, start), end, mode, stops)


def offers(town: Town, asked: Day, group: Group = GROUP) -> tuple[Itinerary, Offers]:
    case = Case(town, asked, group, SITES)
    itinerary = plan_day(case)
    return itinerary, remedies_for(case, itinerary, counted())


def counted(questions: int = 3000 if FULL else 1500) -> Budget:
    """A budget that is over after so many looks at the clock, whatever the machine is doing."""
    ticks = count()
    return Budget.of(questions, lambda: float(next(ticks)))


def keys(town: Town, asked: Day, code: WarningCode, group: Group = GROUP) -> list[str]:
    """The keys of what is offered for the only warning of a code."""
    itinerary, found = offers(town, asked, group)
    (warning,) = [one for one in itinerary.warnings if one.code is code]
    return [key_of(remedy) for remedy in found.of(warning)]


times = st.builds("{:02}:{:02}".format, st.integers(7, 15), st.sampled_from((0, 10, 25, 40)))
stops = st.builds(
    Stop,
    st.just("?"),
    place=st.sampled_from(PLACES).map(lambda site: PlaceRef(site=site)),
    dwell_min=st.sampled_from((20, 35, 60)),
    min_dwell_min=st.sampled_from((None, 5, 20)),
    fixed=st.sampled_from((None, None, None)) | times,
    locked=st.sampled_from((False, False, True)),
    mode_to=st.sampled_from((None, None, *Mode)),
    talk=st.booleans(),
)


@st.composite
def days(draw: st.DrawFn) -> Day:
    chosen = draw(st.lists(stops, min_size=1, max_size=5))
    named = [replace(one, id=f"s{number}") for number, one in enumerate(chosen)]
    if len(named) > 1 and draw(st.booleans()):
        named[0] = replace(named[0], after=(named[-1].id,))
    end = draw(
        st.none()
        | st.builds(DayEnd, st.none() | st.just(STATION), latest=times)
        | st.builds(DayEnd, st.just(STATION), arrive=times)
    )
    return Day(
        draw(st.sampled_from([MONDAY + dt.timedelta(days=later) for later in range(7)])),
        DayStart(STATION, draw(times)),
        end,
        draw(st.sampled_from(Mode)),
        tuple(named),
    )


groups = st.builds(
    Group,
    st.sampled_from((10, 60)),
    step_free=st.sampled_from((False, False, True)),
    has_coach=st.booleans(),
    reserves=st.sampled_from((Reserves(), Reserves(0, 300, 600))),
    interpreter=st.sampled_from((1.0, 1.5)),
)
few = settings(
    max_examples=200 if FULL else 1,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(days(), groups)
def test_a_plan_tried_out_is_the_plan_of_the_day_to_the_last_position(
    skawina_buses: Town, asked: Day, group: Group
) -> None:
    case = Case(skawina_buses, asked, group, SITES)
    trials = RemedyTrials(case, plan_day(case), budget_of(0.0))
    later = replace(asked, start=replace(asked.start, time="11:15"))
    for one in (asked, later, asked):
        assert trials.plan(one) == plan_day(Case(skawina_buses, one, group, SITES))


def loudness(asked: Day, plan: Itinerary) -> dict[object, list[float]]:
    """By complaint how bad it is, written apart from the code under test."""
    found: dict[object, list[float]] = {}
    for one in plan.warnings:
        sign = -1 if one.code is WarningCode.TIGHT else 1
        metres = told_of(one).get("metres", 0)
        bad = one.by_s if one.by_s is not None else float(metres) if metres else 0.0
        if one.code is WarningCode.CLOSED and one.by_s is None:
            bad = float("inf")
        found.setdefault(complaint(one, asked), []).append(sign * bad)
    return {about: sorted(weights) for about, weights in found.items()}


def assert_cures(
    town: Town, planned: tuple[Day, Itinerary], group: Group, warning: Warning, remedy: Remedy
) -> None:
    """Plan the day with a remedy as any other day: its warning is gone, nothing as loud is new or worse."""
    asked = planned[0]
    edited = applied(asked, remedy)
    after = plan_day(Case(town, edited, group, SITES))
    old, new = loudness(*planned), loudness(edited, after)
    assert complaint(warning, asked) not in new
    for one in after.warnings:
        if LOUDER.index(tone_of_warning(one)) < LOUDER.index(tone_of_warning(warning)):
            continue
        about = complaint(one, edited)
        assert about in old, f"{key_of(remedy)} against {warning} adds {one}"
        assert len(new[about]) <= len(old[about])
        assert all(now <= was for was, now in zip(old[about][-len(new[about]) :], new[about], strict=True))


def broken(asked: Day, plan: Itinerary) -> set[tuple[str, str | None]]:
    """The demands that a plan does not keep, read from its times, not from its warnings."""
    place = {one.id: number for number, one in enumerate(asked.stops)}
    gone: set[tuple[str, str | None]] = {
        ("after", one.id)
        for one in asked.stops
        if any(place.get(earlier, -1) > place[one.id] for earlier in one.after)
    }
    late: set[tuple[str, str | None]] = {
        ("fixed", call.id)
        for one, call in zip(asked.stops, plan.calls, strict=True)
        if one.fixed and call.start > plan.start + _later_s(asked, one.fixed)
    }
    end = asked.end and (asked.end.latest or asked.end.arrive)
    over = {("finish", "")} if end and plan.finish > plan.start + _later_s(asked, end) else set()
    return gone | late | over


def _later_s(asked: Day, clock_time: str) -> int:
    """Seconds from the start of a day that is not planned backward until a time on it."""
    return (clock_minutes(clock_time) - clock_minutes(asked.start.time)) * 60


def assert_no_demand_breaks(town: Town, planned: tuple[Day, Itinerary], group: Group, remedy: Remedy) -> None:
    edited = applied(planned[0], remedy)
    if edited.end is not None and edited.end.arrive:
        return  # such a day begins when it must
    after = plan_day(Case(town, edited, group, SITES))
    assert broken(edited, after) <= broken(*planned)


def troubles_of(town: Town, asked: Day, group: Group) -> int:
    plan = plan_day(Case(town, asked, group, SITES))
    loud = {WarningCode.CLOSED, WarningCode.LATE, WarningCode.NO_WAY, WarningCode.NOT_STEP_FREE}
    return sum(one.code in loud | {WarningCode.PRECEDENCE} for one in plan.warnings)


@few
@given(days(), groups)
def test_every_remedy_removes_its_warning_and_adds_none_as_serious(
    skawina_buses: Town, asked: Day, group: Group
) -> None:
    itinerary, found = offers(skawina_buses, asked, group)
    assert found.is_complete
    for warning, remedies in found.cured:
        assert is_curable(warning)
        assert warning in itinerary.warnings
        assert 1 <= len(remedies) <= MOST
        assert len(set(remedies)) == len(remedies)
        costs = [cost_of(remedy, asked, has_coach=group.has_coach) for remedy in remedies]
        assert costs == sorted(costs)
        for remedy in remedies:
            assert_no_demand_breaks(skawina_buses, (asked, itinerary), group, remedy)
            assert found.left[remedy] == troubles_of(skawina_buses, applied(asked, remedy), group)
            assert_cures(skawina_buses, (asked, itinerary), group, warning, remedy)


def test_a_day_that_works_needs_no_remedy(skawina_buses: Town) -> None:
    _, found = offers(skawina_buses, day(stop("rynek"), stop("park-miejski")))
    assert found == Offers((), is_complete=True)


def test_late_at_the_end_of_the_day_by_minutes(skawina_buses: Town) -> None:
    asked = day(stop("rynek"), stop("park-miejski", 25, 20), end=DayEnd(STATION, latest="23:00"))
    free = plan_day(Case(skawina_buses, asked, GROUP, SITES))
    minutes = 7
    limit = skawina_buses.clock.local((free.finish - minutes * 60) // 60 * 60)
    asked = replace(asked, end=DayEnd(STATION, latest=f"{limit:%H:%M}"))
    late = free.finish - int(limit.timestamp())
    cut = -(-late // 60)
    start = "08:50" if late <= 600 else "08:45"
    mark = skawina_buses.clock.local(-(-free.finish // 300) * 300)
    assert 420 <= late < 480
    assert keys(skawina_buses, asked, WarningCode.LATE) == [
        f"start:{start}",
        f"cut:rynek:{cut}",
        f"end:{mark:%H:%M}",
        "drop:park-miejski",
    ]


def test_a_remedy_is_the_least_that_works(skawina_buses: Town) -> None:
    asked = day(stop("rynek", 40, 10), stop("muzeum", 60, 20), start="14:20")
    plan, found = offers(skawina_buses, asked)
    (closed,) = [one for one in plan.warnings if one.code is WarningCode.CLOSED]
    by_code = {remedy.code: remedy for remedy in found.of(closed)}
    start, cut = by_code[RemedyCode.START], by_code[RemedyCode.CUT]
    trials = RemedyTrials(Case(skawina_buses, asked, GROUP, SITES), plan, ENDLESS)
    hours, minutes = map(int, start.time.split(":"))
    for mark in range(hours * 60 + minutes + 5, 14 * 60 + 20, 5):
        assert not trials.cures(Remedy(RemedyCode.START, time=f"{mark // 60}:{mark % 60:02}"), closed)
    (one,) = cut.cuts
    assert one.stop == "muzeum"
    for first in range(one.minutes):
        for second in range(one.minutes - first):
            cuts = tuple(each for each in (Cut("rynek", first), Cut("muzeum", second)) if each.minutes)
            assert not cuts or not trials.cures(Remedy(RemedyCode.CUT, cuts=cuts), closed)


def test_one_stay_is_cut_before_two_are(skawina_buses: Town) -> None:
    asked = day(stop("rynek", 40, 10), stop("muzeum", 30, 25), start="14:40")
    plan, found = offers(skawina_buses, asked)
    (closed,) = [one for one in plan.warnings if one.code is WarningCode.CLOSED]
    (cut,) = [remedy for remedy in found.of(closed) if remedy.code is RemedyCode.CUT]
    assert [one.stop for one in cut.cuts] == ["rynek"]


def test_several_stays_are_cut_alike(skawina_buses: Town) -> None:
    """157 minutes too late, and no stay of an hour can lose more than 50: one loses 40 and three 39."""
    names = ("rynek", "park-miejski", "kosciol", "synagoga")
    free = day(*(stop(name, 60, 10) for name in names))
    finish = plan_day(Case(skawina_buses, free, GROUP, SITES)).finish
    limit = skawina_buses.clock.local(finish - 157 * 60)
    asked = replace(free, end=DayEnd(latest=f"{limit:%H:%M}"))
    plan, found = offers(skawina_buses, asked)
    (late,) = [one for one in plan.warnings if one.code is WarningCode.LATE]
    (cut,) = [remedy for remedy in found.of(late) if remedy.code is RemedyCode.CUT]
    assert sorted(one.minutes for one in cut.cuts) == [39, 39, 39, 40]


def test_without_a_minimum_a_stay_is_never_cut(skawina_buses: Town) -> None:
    asked = day(stop("rynek", 40, None), stop("muzeum", 60, None), start="14:20")
    assert not any(key.startswith("cut") for key in keys(skawina_buses, asked, WarningCode.CLOSED))


def test_a_stop_before_one_it_must_come_after_is_moved(skawina_buses: Town) -> None:
    asked = day(stop("rynek", after=("teznia",)), stop("muzeum"), stop("teznia"))
    assert keys(skawina_buses, asked, WarningCode.PRECEDENCE) == [
        "order:muzeum,teznia,rynek",
        "after:rynek:teznia",
    ]


def test_a_locked_stop_is_not_moved(skawina_buses: Town) -> None:
    asked = day(stop("rynek", after=("teznia",)), stop("muzeum", locked=True), stop("teznia"))
    assert keys(skawina_buses, asked, WarningCode.PRECEDENCE) == [
        "order:teznia,muzeum,rynek",
        "after:rynek:teznia",
    ]
    asked = day(stop("rynek", after=("teznia",), locked=True), stop("muzeum"), stop("teznia"))
    assert keys(skawina_buses, asked, WarningCode.PRECEDENCE) == [
        "unlock:rynek;muzeum,teznia,rynek",
        "after:rynek:teznia",
    ]


def test_a_long_walk_is_ridden(skawina_buses: Town) -> None:
    asked = day(stop("dwor-radziszow"))
    found = keys(skawina_buses, asked, WarningCode.LONG_WALK)
    assert found[0] == "mode:dwor-radziszow:bus"


def test_who_waits_at_a_door_is_not_told_to_come_earlier(skawina_buses: Town) -> None:
    asked = day(stop("pszok", fixed="08:30"), stop("rynek"), start="08:00")
    assert keys(skawina_buses, asked, WarningCode.CLOSED) == [
        "fixed:pszok:10:00",
        "date:2026-12-05",
        "date:2026-12-12",
        "drop:pszok",
    ]


def test_the_day_of_a_visit_is_not_moved_past_the_next_day(skawina_buses: Town) -> None:
    asked = day(stop("pszok", fixed="08:30"), stop("rynek"), start="08:00")
    case = Case(skawina_buses, asked, GROUP, SITES)
    found = remedies_for(case, plan_day(case), budget_of(LONG_S), before=dt.date(2026, 12, 6))
    ((_, remedies),) = found.cured
    assert [key_of(remedy) for remedy in remedies] == [
        "fixed:pszok:10:00",
        "date:2026-12-05",
        "drop:pszok",
    ]


def test_the_only_stop_is_never_dropped(skawina_buses: Town) -> None:
    asked = day(stop("pszok", fixed="08:30"), start="08:00")
    assert not any(key.startswith("drop") for key in keys(skawina_buses, asked, WarningCode.CLOSED))


def test_who_runs_out_of_time_says_that_there_may_be_more(skawina_buses: Town) -> None:
    asked = day(stop("pszok", fixed="08:30"), stop("rynek"), start="08:00")
    case = Case(skawina_buses, asked, GROUP, SITES)
    found = remedies_for(case, plan_day(case), budget_of(0.0))
    assert found == Offers((), is_complete=False, has_all_pairs=False)


def test_a_coach_that_nobody_has_yet_is_offered_last(skawina_buses: Town) -> None:
    asked = day(stop("rynek"), stop("dwor-radziszow", 30, None), stop("muzeum", 30, None), start="12:00")
    first, last = [], []
    for group in (WITH_COACH, GROUP):
        case = Case(skawina_buses, asked, group, SITES)
        plan = plan_day(case)
        (closed,) = [one for one in plan.warnings if one.code is WarningCode.CLOSED]
        offered = list(modes(RemedyTrials(case, plan, ENDLESS), closed))
        first.append(offered[0].mode)
        last.append(offered[-1].mode)
    assert first == [Mode.COACH, Mode.BUS]
    assert last[1] is Mode.COACH


@pytest.mark.parametrize("kind", [StopKind.BREAK, StopKind.MEAL])
def test_a_break_without_a_place_may_be_cut_and_left_out(skawina_buses: Town, kind: StopKind) -> None:
    pause = Stop("pause", kind, dwell_min=45, min_dwell_min=20)
    asked = day(pause, stop("muzeum", 30, None), start="14:50")
    found = keys(skawina_buses, asked, WarningCode.CLOSED)
    assert found[0] == "order:muzeum,pause"
    assert [key.split(":")[0] for key in found] == ["order", "start", "cut", "drop"]


@pytest.mark.dear
def test_the_search_for_the_best_order_is_given_up_while_tables_are_made(skawina_buses: Town) -> None:
    asked = day(*(stop(site) for site in PLACES), end=DayEnd(STATION, latest="12:00"), mode=Mode.BUS)
    case = Case(skawina_buses, asked, GROUP, SITES)
    trials = RemedyTrials(case, plan_day(case), counted(20))
    with pytest.raises(OutOfTimeError):
        _ = trials.best_order
