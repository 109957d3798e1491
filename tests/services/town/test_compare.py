"""What a town that was built beside would change: every walk that is told is the one that a day plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.town.compare import Comparison, compare
from planner.services.town.walks import Change, WalkFacts, compare_walks
from planner.services.travel.town import Town, TownKeeper
from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.store.documents import from_json, to_json
from planner.streets.build.build import TownSettings, build_network
from tests.kit.web.town import SITES
from tests.services.town.conftest import SCHOOL, build_beside

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.domain.sites import Site

DAY = dt.date(2001, 1, 1)
NOW = 978_300_000
"""31 December 2000, in the evening."""


def planned(town: Town, origin: str, destination: str, sites: dict[str, Site]) -> WalkFacts | None:
    """The walk between two sites as a day of a visit has it."""
    stop = Stop(destination, StopKind.SITE, PlaceRef(site=destination), 10)
    visit = Visit(
        title={"en": "Two"}, days=(Day(DAY, DayStart(PlaceRef(site=origin), "12:00"), stops=(stop,)),)
    )
    leg = plan_day(Case.of_visit(town, visit, 0, sites)).legs[0]
    return None if leg.distance_m is None else WalkFacts(leg.distance_m, -(-leg.duration_s // 60))


def assert_exact(before: Town, after: Town, sites: dict[str, Site]) -> None:
    """All walks that are told, and no other ones, differ when they are planned."""
    told = compare_walks(before, after, sites.values(), DAY)
    for walk in told.walks:
        way = walk.origin, walk.destination
        assert walk.before == planned(before, *way, sites), way
        assert walk.after == planned(after, *way, sites), way
    others = {
        frozenset((a, b))
        for a in sites
        for b in sites
        if a != b and _minutes(planned(before, a, b, sites)) != _minutes(planned(after, a, b, sites))
    }
    listed = {frozenset((walk.origin, walk.destination)) for walk in told.walks}
    assert listed <= others
    assert told.changed == len(others)


def _minutes(walk: WalkFacts | None) -> int | None:
    return walk.minutes if walk else None


def test_a_closed_street_by_hand(data_dir: Path, session: Session) -> None:
    now, beside = TownKeeper(data_dir).town(), build_beside(data_dir).town(SCHOOL)
    told = compare(session, now, beside, NOW)
    assert told.walks is not None
    walks = {(walk.origin, walk.destination): walk for walk in told.walks.walks}
    # 333.585 m at 4 km/h are 300.2 s; round the block 142.949 + 333.585 + 142.940 m are 557.5 s
    there = walks.get(("beta", "alfa")) or walks[("alfa", "beta")]
    assert there.kind is Change.OTHER
    assert there.before is not None
    assert there.after is not None
    assert (there.before.minutes, there.after.minutes) == (6, 10)
    assert there.before.metres == pytest.approx(333.585, abs=0.1)
    assert there.after.metres == pytest.approx(619.47, abs=0.2)
    assert [one.site for one in told.walks.off] == ["delta"]
    assert told.walks.off[0].before_m == pytest.approx(0, abs=0.1)
    assert told.walks.off[0].after_m == pytest.approx(778.4, abs=1)
    assert from_json(Comparison, to_json(told)) == told


def test_what_is_told_is_what_is_planned(data_dir: Path) -> None:
    sites = {site.id: site for site in SITES if site.location.at}
    assert_exact(TownKeeper(data_dir).town(), build_beside(data_dir).town(SCHOOL), sites)


def test_a_way_vanishes_and_appears(data_dir: Path) -> None:
    """Two streets that do not meet; each longer than what is taken for a scrap of the network."""
    now = TownKeeper(data_dir).town()
    apart = """<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">
      <node id="1" lat="50.0" lon="20.0"/><node id="2" lat="50.0" lon="20.02"/>
      <node id="3" lat="50.01" lon="20.0"/><node id="4" lat="50.01" lon="20.02"/>
      <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
      <way id="2"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way></osm>"""
    beside = build_beside(data_dir, apart).town(SCHOOL)
    ends = {site.id: site for site in SITES if site.id in {"alfa", "delta"}}
    gone = compare_walks(now, beside, ends.values(), DAY)
    come = compare_walks(beside, now, ends.values(), DAY)
    assert_exact(now, beside, ends)
    assert_exact(beside, now, ends)
    assert {walk.kind for walk in gone.walks} == {Change.VANISHED}
    assert {walk.kind for walk in come.walks} == {Change.APPEARED}
    assert (gone.pairs, gone.changed) == (0, 1)


def test_nothing_changes_between_equal_towns(data_dir: Path, session: Session) -> None:
    now = TownKeeper(data_dir).town()
    told = compare(session, now, now, NOW)
    assert told.walks is not None
    assert (told.walks.changed, told.walks.walks, told.walks.off, told.visits) == (0, (), (), ())
    assert (told.walks.sites, told.walks.median_percent, told.walks.p90_percent) == (4, 0, 0)


def test_a_published_visit_that_would_read_differently(data_dir: Path, session: Session) -> None:
    now, beside = TownKeeper(data_dir).town(), build_beside(data_dir).town(SCHOOL)
    for to, day in (("beta", DAY), ("gamma", dt.date(2000, 1, 1))):
        stop = Stop("s", StopKind.SITE, PlaceRef(site=to), 10)
        place = PlaceRef(site="alfa")
        visit = Visit(
            title={"en": to}, days=(Day(day, DayStart(place, "09:00"), DayEnd(place), stops=(stop,)),)
        )
        publish(session, now, store.add_visit(session, visit, NOW), visit, NOW)
    draft = Visit(title={"en": "draft"}, days=(Day(DAY, DayStart(PlaceRef(site="alfa"), "09:00")),))
    store.add_visit(session, draft, NOW)
    assert compare(session, now, now, NOW).visits == ()
    (reading,) = compare(session, now, beside, NOW).visits
    assert reading.title["en"] == "beta"
    assert reading.has_other_times
    there, back = reading.ways
    assert (there.origin["en"], there.destination["en"]) == ("Alfa", "Beta")
    # it gathers 2 min and leaves on the minute
    assert there.minutes == back.minutes == (6, 10)


def test_a_visit_that_could_not_be_planned_any_more(data_dir: Path, session: Session) -> None:
    now = TownKeeper(data_dir).town()
    elsewhere = """<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">
      <node id="1" lat="51.0" lon="20.0"/><node id="2" lat="51.0" lon="20.02"/>
      <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>"""
    beside = build_beside(data_dir, elsewhere).town(SCHOOL)
    stop = Stop("s", StopKind.SITE, PlaceRef(site="beta"), 10)
    visit = Visit(
        title={"en": "far"}, days=(Day(DAY, DayStart(PlaceRef(site="alfa"), "09:00"), stops=(stop,)),)
    )
    publish(session, now, store.add_visit(session, visit, NOW), visit, NOW)
    told = compare(session, now, beside, NOW)
    assert [one.cannot_be_planned for one in told.visits] == [True]
    assert told.walks is not None
    assert {one.site for one in told.walks.off if one.after_m is None} == {"alfa", "beta", "gamma", "delta"}


@pytest.mark.dear
def test_skawina_with_one_street_closed(skawina: Town, tmp_path: Path, *, full: bool) -> None:
    """The sketch, and the same without its longest named street: all pairs of some sites, exactly."""
    from planner.paths import ROOT  # noqa: PLC0415 - of this test alone
    from planner.services.catalogue.geojson import read_geojson  # noqa: PLC0415

    text = (ROOT / "data" / "skawina.osm").read_text(encoding="utf-8")
    closed = tmp_path / "closed.osm"
    closed.write_text(
        text.replace('v="Jana Pawła II"', 'v="Jana Pawła II"/><tag k="access" v="no"'), encoding="utf-8"
    )
    assert closed.read_text(encoding="utf-8") != text
    build_network(closed, tmp_path / "data", TownSettings("Skawina"), lambda *_: None)
    beside = TownKeeper(tmp_path / "data").town()
    placed = [site for site in read_geojson(ROOT / "data" / "sites.geojson") if site.location.at]
    sites = {site.id: replace(site, opening_hours="") for site in (placed if full else placed[:14])}
    assert_exact(skawina, beside, sites)
    assert compare_walks(skawina, beside, sites.values(), DAY).changed > 0
