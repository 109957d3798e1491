"""The sample visit of a first run: two days that work out on any date, and move on when they have passed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits.stops import on_date
from planner.domain.hours.spans import is_public_holiday
from planner.domain.itinerary import PartKind
from planner.domain.visits import Mode, StopKind
from planner.domain.warnings.codes import WarningCode
from planner.links import GUIDE, PARTICIPANT
from planner.services.catalogue.geojson import read_geojson
from planner.services.upkeep.first_run import BUILTIN_SITES, addresses
from planner.services.upkeep.settings import Settings
from planner.services.visits.drafts import draft
from planner.services.visits.readiness.find import open_points
from planner.services.visits.readiness.points import Need, OpenKind
from planner.services.visits.sample import keep_sample, sample_date, sample_visit
from planner.store import visits as store
from planner.store.catalogue import add_sites
from planner.store.database import Database
from tests.kit.databases import database_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.itinerary import Itinerary
    from planner.services.travel.town import Town

TODAY = dt.date(2026, 11, 16)
SECRET = "signs nothing elsewhere"  # noqa: S105
MONDAY = dt.date(2026, 12, 14)
FREE_MINUTES = 10
"""So late it may come to every stop, at the least."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    made.upgrade()
    with made.writing() as session:
        add_sites(session, read_geojson(BUILTIN_SITES), 0)
    yield made
    made.close()


def at_noon(town: Town, day: dt.date) -> int:
    return town.clock.instant(day, "12:00")


def test_both_days_are_working_days_in_a_row() -> None:
    for days in range(400):
        today = TODAY + dt.timedelta(days=days)
        first = sample_date(today, "PL", 2)
        both = (first, first + dt.timedelta(days=1))
        assert dt.timedelta(days=14) <= first - today < dt.timedelta(days=28)
        assert not any(day.weekday() > 4 or is_public_holiday(day, "PL") for day in both)
    assert sample_date(dt.date(2026, 11, 20), "PL") == dt.date(2026, 12, 4), "a Friday does for one day"
    assert sample_date(dt.date(2026, 11, 20), "PL", 2) == dt.date(2026, 12, 7)


def test_the_texts_are_in_both_languages_and_whom_to_call_is_made_up() -> None:
    visit = sample_visit()
    texts = [visit.title, visit.meeting_point, visit.bring]
    texts += [stop.note for day in visit.days for stop in day.stops if stop.note]
    texts += [stop.place.name for day in visit.days for stop in day.stops if stop.place and stop.place.name]
    assert len(texts) == 5
    assert all(text["pl"] and text["en"] and text["pl"] != text["en"] for text in texts)
    assert "zmyślone" in visit.coordinator
    assert "made up" in visit.coordinator
    assert set(re.findall(r"\d", visit.coordinator)) == {"4", "8", "0"}, "a number that nobody can have"


@pytest.mark.dear
@pytest.mark.parametrize("weekday", range(4))
def test_it_works_out_on_every_weekday(database: Database, skawina_buses: Town, weekday: int) -> None:
    visit = on_date(sample_visit(), MONDAY + dt.timedelta(days=weekday))
    with database.session() as session:
        plan = draft(session, skawina_buses, visit, at_noon(skawina_buses, TODAY))
    assert plan.content is not None
    points = open_points(visit, plan)
    assert points.count(Need.MEND) == 0
    kinds = {point.kind for point in points.of(Need.CONFIRM)}
    assert kinds == {OpenKind.HOST, OpenKind.GAP}, "lunch is near a restaurant, which nobody has asked"
    together, split = plan.content.itineraries[0], plan.content.parties[1]
    _is_calm(together)
    for way in split:
        _is_calm(way.itinerary)
    assert len({way.itinerary.calls[-1].start for way in split}) == 1, "all meet at the last stop"
    _goes_by_bus(together)
    assert Mode.BUS in visit.days[0].modes
    assert StopKind.MEAL in {stop.kind for stop in visit.days[0].stops}


def _is_calm(itinerary: Itinerary) -> None:
    """Nothing is tight, and no party stands before a door that another one still has shut."""
    loud = {WarningCode.TIGHT, WarningCode.LATE, WarningCode.OVER_CAPACITY, WarningCode.SERVICE_ESTIMATED}
    assert not loud & {warning.code for warning in itinerary.warnings}
    assert all((call.slack_s or 0) >= FREE_MINUTES * 60 for call in itinerary.calls)


def _goes_by_bus(itinerary: Itinerary) -> None:
    """The first way is ridden, at minutes that the timetable knows."""
    [ride] = [part.ride for part in itinerary.legs[0].parts if part.kind is PartKind.RIDE]
    assert ride is not None
    assert ride.line == "223"
    assert ride.headway_s is None
    assert not ride.is_estimated


def test_it_is_published_and_moves_on_when_its_last_day_has_passed(
    database: Database, skawina_buses: Town
) -> None:
    def dates_shown(today: dt.date) -> list[dt.date]:
        with database.writing() as session:
            keep_sample(session, skawina_buses, SECRET, at_noon(skawina_buses, today))
            row = store.sample_visit(session)
            assert row is not None
            release = store.published_release(session, row)
            assert release is not None
            return [day.date for day in release.visit.days]

    first = dates_shown(TODAY)
    assert first == [dt.date(2026, 11, 30), dt.date(2026, 12, 1)]
    assert dates_shown(first[0]) == first
    assert dates_shown(first[1]) == first
    assert dates_shown(first[1] + dt.timedelta(days=1)) == [dt.date(2026, 12, 16), dt.date(2026, 12, 17)]


def test_the_addresses_told_are_those_of_all_not_of_a_party(
    database: Database, skawina_buses: Town, tmp_path: Path
) -> None:
    with database.writing() as session:
        keep_sample(session, skawina_buses, SECRET, at_noon(skawina_buses, TODAY))
        session.flush()
        row = store.sample_visit(session)
        assert row is not None
        links = store.links_of(session, row.id)
        told = addresses(session, Settings(tmp_path, "", SECRET))
    assert sorted((link.kind, link.party) for link in links) == [
        (GUIDE, ""), (GUIDE, "A"), (GUIDE, "B"), (GUIDE, "C"), (PARTICIPANT, ""),
    ]  # fmt: skip
    with database.session() as session:
        for address, kind in ((told.participant, PARTICIPANT), (told.guide, GUIDE)):
            link = store.link_by_token(session, str(address).rsplit("/", 1)[1], kind, 0)
            assert link is not None
            assert link.party == ""
