"""Which host is which: of a stop, and of the other place that it has for rain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.hosts.keys import host_stops, is_of_rain, place_of
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, Visit

SITES = ("muzeum", "ratusz", "sokol")


def visit_of(*places: tuple[str, str]) -> Visit:
    """A day of stops at sites, each with its site for rain, '' without one."""
    stops = tuple(
        Stop(f"s{number}", place=PlaceRef(site), rain=PlaceRef(wet) if wet else None)
        for number, (site, wet) in enumerate(places, start=1)
    )
    day = Day(dt.date(2026, 12, 7), DayStart(PlaceRef("sokol"), "09:00"), stops=stops)
    return Visit(title={"pl": "Deszcz"}, days=(day,))


def test_the_host_of_a_place_for_rain_stands_beside_that_of_the_stop_and_is_asked_apart() -> None:
    visit = visit_of(("park", "muzeum"), ("muzeum", ""), ("park", "muzeum"))
    found = host_stops(visit)
    assert [(one.key, one.stop.id, one.is_rain) for one in found] == [
        ("park", "s1", False),
        ("muzeum!", "s1", True),
        ("muzeum", "s2", False),
        ("park#2", "s3", False),
        ("muzeum#2!", "s3", True),
    ]
    assert [one.place for one in found] == ["park", "muzeum", "muzeum", "park", "muzeum"]
    assert [one.key for one in found if is_of_rain(one.key)] == ["muzeum!", "muzeum#2!"]
    assert found[1].stop == replace(visit.days[0].stops[0], place=PlaceRef("muzeum"), rain=None)


@given(st.lists(st.tuples(st.sampled_from(SITES), st.sampled_from(("", *SITES))), max_size=8))
def test_places_for_rain_change_no_other_key(places: list[tuple[str, str]]) -> None:
    found = host_stops(visit_of(*places))
    dry = host_stops(visit_of(*((site, "") for site, _ in places)))
    assert [one.key for one in found if not one.is_rain] == [one.key for one in dry]
    wet = sum(bool(site) for _, site in places)
    assert len({one.key for one in found}) == len(found) == len(places) + wet
    assert all(is_of_rain(one.key) is one.is_rain for one in found)
    assert all(one.stop.place == PlaceRef(place_of(one.key)) for one in found)
