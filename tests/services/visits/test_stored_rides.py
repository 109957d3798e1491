"""Releases from before public transport stay readable, and rides survive being stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.domain.itinerary import Leg, LegPart, PartKind, Totals
from planner.domain.releases import ReleaseContent, TimetableFacts, TimetableSource
from planner.domain.rides import Choice, Ride, StopCall
from planner.domain.visits import Mode
from planner.store.documents import from_json, to_json
from tests.kit.samples import sample_content

NEW = {"ride", "choice", "ride_m", "timetable", "stand_in_timetable"}

BUS = Ride(
    line="213",
    vehicle="bus",
    headsign="Radziszów",
    board=StopCall("Dworzec", "2", 1_000, (19.82, 49.98)),
    alight=StopCall("Dwór", "", 1_600, (19.80, 49.94)),
    via=(StopCall("Rynek", "", None, None),),
    following=(2_000, 3_000),
    last_back=9_000,
    headway_s=600,
    credit="ZTP",
)


def _without(document: Any) -> Any:
    """The document as an older version of the program would have written it."""
    if isinstance(document, dict):
        return {key: _without(value) for key, value in document.items() if key not in NEW}
    return [_without(value) for value in document] if isinstance(document, list) else document


def test_a_release_from_before_rides_reads_as_one_without_them() -> None:
    content = sample_content()
    document = to_json(content)
    older = _without(document)
    assert older != document
    assert from_json(ReleaseContent, older) == from_json(ReleaseContent, document) == content


def test_rides_are_stored_with_all_that_is_told_of_them() -> None:
    part = LegPart(PartKind.RIDE, 5_000.0, 600, 1_000, 1_600, estimated=((0, 2),), ride=BUS)
    choice = Choice(Mode.BUS, 840, Mode.WALK, 360)
    leg = Leg(Mode.BUS, 5_000.0, 600, 1_000, 1_600, parts=(part,), choice=choice)
    facts = TimetableFacts((TimetableSource("Krakow", "builtin", "ZTP", indicative=True),))
    content = sample_content()
    day = replace(content.itineraries[0], legs=(leg,), totals=Totals(ride_m=5_000.0))
    content = replace(content, itineraries=(day,), timetable=facts)
    assert from_json(ReleaseContent, to_json(content)) == content
