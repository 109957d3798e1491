"""The rain version of a visit, and when it is in force: the last word that stands."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.live.events import DESK, EventKind, LiveEvent, standing
from planner.domain.releases import ReleaseContent
from planner.domain.visits import PlaceRef
from planner.domain.warnings.audience import Audience, release_for
from planner.domain.weather.rain import has_rain_plan, in_rain, is_rain_version, rain_visit
from planner.store.documents import from_json, to_json
from tests.kit.samples import HOST_PHONE, sample_content, sample_visit

MUSEUM = PlaceRef("muzeum")


def test_only_stops_with_another_place_move_and_all_keep_their_ids() -> None:
    visit = sample_visit()
    [day] = visit.days
    assert rain_visit(visit) is None
    tower = replace(day.stops[4], rain=MUSEUM, hours="24/7")
    wet = replace(visit, days=(replace(day, stops=(*day.stops[:4], tower)),))
    assert has_rain_plan(wet.days[0])
    rainy = rain_visit(wet)
    assert rainy is not None
    stops = rainy.days[0].stops
    assert [stop.id for stop in stops] == [stop.id for stop in day.stops]
    assert stops[:4] == day.stops[:4]
    assert stops[4] == replace(day.stops[4], place=MUSEUM), "hours of one's own were of the other place"
    assert rain_visit(rainy) is None


def test_what_is_otherwise_at_the_other_place_holds_when_it_rains() -> None:
    stop = replace(sample_visit().days[0].stops[4], fixed="11:00", dwell_min=25, capacity=30)
    wet = in_rain(replace(stop, rain=MUSEUM))
    assert (wet.fixed, wet.dwell_min, wet.capacity) == ("11:00", 25, None), "room is that of the tower"
    told = replace(stop, rain=MUSEUM, rain_fixed="11:30", rain_dwell_min=40, rain_capacity=18)
    wet = in_rain(told)
    assert (wet.fixed, wet.dwell_min, wet.capacity) == ("11:30", 40, 18)
    assert wet == replace(stop, place=MUSEUM, hours="", fixed="11:30", dwell_min=40, capacity=18)
    assert in_rain(stop) == stop


def said(number: int, kind: EventKind, *, by: str = "1:a", other: str = "") -> LiveEvent:
    return LiveEvent(f"event-{number:03}", kind, number, number, by, other=other)


def test_the_last_word_counts_and_can_be_taken_back() -> None:
    rain, dry = said(1, EventKind.RAIN), said(2, EventKind.DRY)
    assert not is_rain_version(standing([]))
    assert is_rain_version(standing([rain]))
    assert not is_rain_version(standing([rain, dry]))
    assert not is_rain_version(standing([dry, rain])), "the order is that of the times"
    assert is_rain_version(standing([rain, dry, said(3, EventKind.UNDO, by=DESK, other=dry.id)]))


def test_a_release_holds_both_and_each_reader_reads_theirs_of_both() -> None:
    content = replace(sample_content(), rain=sample_content())
    assert from_json(ReleaseContent, to_json(content)) == content
    told = str(release_for(content, Audience.PARTICIPANT))
    assert HOST_PHONE in str(content)
    assert HOST_PHONE not in told
