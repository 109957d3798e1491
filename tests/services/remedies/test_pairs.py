"""Pairs of edits against all pairs of a list of plain edits, each planned, on small days."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.budget import Budget
from planner.domain.clock import clock_minutes, clock_text
from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.remedy_costs import cost_of
from planner.domain.edits.remedy_keys import key_of
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.domain.warnings.severity import is_trouble
from planner.errors import EditRefusedError
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import DEAR, Offers, remedies_for
from tests.conftest import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
STATION = PlaceRef(site="dworzec-biblioteka")
GROUP = Group(22)
MONDAY = dt.date(2026, 11, 30)
SHIFTS = (15, 30, 60) if FULL else (30,)


def stop(name: str, site: str, dwell: int, **more: object) -> Stop:
    return Stop(name, place=PlaceRef(site=site), dwell_min=dwell, **more)  # type: ignore[arg-type]


def day(*stops: Stop, start: str = "09:00", latest: str | None = None) -> Day:
    end = DayEnd(STATION, latest=latest) if latest else None
    return Day(MONDAY, DayStart(STATION, start), end, Mode.WALK, stops)


def offers(town: Town, asked: Day, questions: int = 60_000 if FULL else 2_500) -> Offers:
    ticks = count()
    case = Case(town, asked, GROUP, SITES)
    return remedies_for(case, plan_day(case), Budget.of(questions, lambda: float(next(ticks))))


def troubles(town: Town, asked: Day) -> int:
    plan = plan_day(Case(town, asked, GROUP, SITES))
    return sum(is_trouble(warning) for warning in plan.warnings)


def plain_edits(asked: Day) -> Iterator[Remedy]:
    """Edits that anybody would think of, written apart from the code under test."""
    start = clock_minutes(asked.start.time)
    for shift in SHIFTS:
        yield Remedy(RemedyCode.START, time=clock_text(start - shift))
        for one in asked.stops:
            if one.fixed:
                for moved in (shift, -shift):
                    time = clock_text(clock_minutes(one.fixed) + moved)
                    yield Remedy(RemedyCode.FIXED, stop=one.id, time=time)
            for number, (opens, closes) in enumerate(one.windows):
                wider = opens, clock_text(clock_minutes(closes) + shift)
                yield Remedy(RemedyCode.WINDOW, stop=one.id, number=number, span=wider)
                wider = clock_text(clock_minutes(opens) - shift), closes
                yield Remedy(RemedyCode.WINDOW, stop=one.id, number=number, span=wider)
    for one in asked.stops:
        yield Remedy(RemedyCode.DROP, stop=one.id)


times = st.builds("{:02}:{:02}".format, st.integers(9, 11), st.sampled_from((0, 20, 40)))


@st.composite
def tight_days(draw: st.DrawFn) -> Day:
    stops = []
    for number, site in enumerate(draw(st.permutations(["rynek", "sokol", "teznia"]))):
        more: dict[str, object] = {}
        opens = draw(times)
        if draw(st.booleans()):
            more["fixed"] = opens
        else:
            more["windows"] = ((opens, clock_text(clock_minutes(opens) + draw(st.sampled_from((40, 70))))),)
        stops.append(stop(f"s{number}", site, draw(st.sampled_from((20, 40))), **more))
    return day(*stops)


@pytest.mark.slow
@settings(
    max_examples=12 if FULL else 1,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tight_days())
def test_where_two_plain_edits_are_enough_something_that_is_enough_is_offered(
    skawina: Town, asked: Day
) -> None:
    if not troubles(skawina, asked):
        return
    found = offers(skawina, asked)
    whole = [remedy for _, remedies in found.cured for remedy in remedies if found.left[remedy] == 0]
    edits = list(plain_edits(asked))
    enough = []
    pairs = list(combinations(edits, 2))
    for first, second in pairs if FULL else random.Random(8).sample(pairs, min(len(pairs), 20)):  # noqa: S311
        try:
            edited = applied(applied(asked, first), second)
        except EditRefusedError:
            continue
        if troubles(skawina, edited) == 0:
            enough.append(cost_of(Remedy(RemedyCode.PAIR, both=(first, second)), asked, has_coach=False))
    assert whole or not enough
    for remedy in whole:
        assert troubles(skawina, applied(asked, remedy)) == 0
    if enough and min(enough) < DEAR:
        assert min(cost_of(remedy, asked, has_coach=False) for remedy in whole) <= min(enough) + DEAR


def first_of(town: Town, asked: Day) -> list[str]:
    """What is offered for each warning, by keys."""
    return [key_of(remedies[0]) for _, remedies in offers(town, asked).cured]


def test_a_later_end_by_minutes(skawina: Town) -> None:
    asked = day(stop("a", "rynek", 60), stop("b", "sokol", 60), stop("c", "teznia", 60), latest="12:10")
    ((_, remedies),) = offers(skawina, asked).cured
    assert {remedy.code for remedy in remedies} == {RemedyCode.START, RemedyCode.END, RemedyCode.DROP}
    (end,) = [remedy for remedy in remedies if remedy.code is RemedyCode.END]
    earlier = clock_text(clock_minutes(end.time) - 5)
    assert troubles(skawina, applied(asked, end)) == 0
    assert troubles(skawina, replace(asked, end=DayEnd(STATION, latest=earlier))) == 1


def test_a_circle_is_opened(skawina: Town) -> None:
    asked = day(
        stop("a", "rynek", 20, after=("c",)),
        stop("b", "sokol", 20, after=("a",)),
        stop("c", "teznia", 20, after=("b",)),
    )
    assert first_of(skawina, asked) == ["after:a:c"]


def test_only_after_is_given_up_openly_and_never_broken_in_passing(skawina: Town) -> None:
    asked = day(
        stop("a", "rynek", 20, windows=(("13:00", "15:00"),)),
        stop("b", "sokol", 20, windows=(("10:00", "12:00"),), after=("a",)),
        stop("c", "teznia", 20),
    )
    ((_, remedies),) = offers(skawina, asked).cured
    assert key_of(remedies[0]) == "after:b:a;b,a,c"
    for remedy in remedies:
        edited = applied(asked, remedy)
        place = {one.id: number for number, one in enumerate(edited.stops)}
        assert all(place[one] < place[other.id] for other in edited.stops for one in other.after)


def test_a_locked_stop_is_unlocked(skawina: Town) -> None:
    asked = day(
        stop("a", "rynek", 40),
        stop("b", "kosciol", 40),
        stop("c", "muzeum", 20, windows=(("09:00", "10:00"),), locked=True),
    )
    assert first_of(skawina, asked) == ["unlock:c;c,a,b"]


@pytest.mark.dear
def test_what_the_visit_is_for_is_never_left_out(skawina: Town) -> None:
    shut = stop("x", "muzeum", 20, windows=(("04:00", "05:00"),))
    for essential in (False, True):
        asked = day(stop("a", "rynek", 20), replace(shut, essential=essential))
        keys = [key_of(remedy) for _, remedies in offers(skawina, asked).cured for remedy in remedies]
        assert ("drop:x" in keys) is not essential


@pytest.mark.dear
def test_two_troubles_get_a_pair(skawina: Town) -> None:
    window = (("10:00", "12:00"),)
    asked = day(
        stop("a", "rynek", 60, windows=window),
        stop("b", "kosciol", 60, windows=window),
        stop("c", "sokol", 60, windows=window),
    )
    found = offers(skawina, asked)
    for _, remedies in found.cured:
        pairs = [remedy for remedy in remedies if remedy.code is RemedyCode.PAIR]
        assert pairs
        for pair in pairs:
            assert found.left[pair] == 0
            assert troubles(skawina, applied(asked, pair)) == 0
            for one in pair.both:
                with suppress(EditRefusedError):  # an order may name what the first edit brings
                    assert troubles(skawina, applied(asked, one)) > 0


@pytest.mark.dear
@pytest.mark.parametrize("questions", [1, 40, 400])
def test_what_there_was_no_time_for_is_said(skawina: Town, questions: int) -> None:
    window = (("10:00", "12:00"),)
    asked = day(*(stop(site, site, 60, windows=window) for site in ("rynek", "sokol", "teznia")))
    found = offers(skawina, asked, questions)
    assert not (found.is_complete and found.has_all_pairs)
