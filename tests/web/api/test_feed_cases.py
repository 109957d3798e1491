"""Feeds that came out wrong once, each built over the built-in network and asked through the API.

They lie in ../shared/cases, whose README tells what each stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planner.buses.build.build import BuildSettings, build_timetable
from planner.paths import ROOT
from tests.conftest import Silent
from tests.kit.web.calls import Api
from tests.web.api.test_map_cases import cases
from tests.web.conftest import closed, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["cases"]
PLACES = {"A": [19.81, 49.9755], "B": [19.826, 49.9755], "C": [19.846, 49.9755], "D": [19.856, 49.9755]}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, Path]]:
    """An API over the streets of Skawina, which takes up a timetable as soon as it is built."""
    folder = tmp_path_factory.mktemp("feeds")
    made = skawina_application(folder)
    yield Api(made), folder
    closed(made)


def ridden(served: tuple[Api, Path], feed: Path, ends: str, time: str) -> dict[str, Any]:
    api, folder = served
    build_timetable([str(feed)], folder, BuildSettings(), Silent())
    origin, destination = ({"at": PLACES[name]} for name in ends)
    depart = f"2026-12-07T{time}"
    return api.ask("route", {"from": origin, "to": destination, "mode": "bus", "depart": depart})


def rides(leg: dict[str, Any]) -> list[tuple[str, str]]:
    """When each ride begins and ends, by the clock."""
    return [(p["depart"][11:16], p["arrive"][11:16]) for p in leg["parts"] if p["kind"] == "ride"]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("name", "ends", "time", "right"),
    [
        ("01-gtfs-float-integers/shown-pickup-1.0.zip", "BC", "07:55", []),
        ("01-gtfs-float-integers/shown-exact-1.0.zip", "AC", "07:05", [("07:10", "07:20")]),
        ("02-gtfs-flex-window-interpolated/shown.zip", "BC", "07:55", []),
        ("03-gtfs-zero-duration/shown.zip", "AC", "07:50", []),
        ("04-gtfs-frequency-phantom/shown-end-before-start.zip", "AC", "07:50", []),
        ("05-gtfs-block-in-seat/shown.zip", "AD", "07:50", [("08:00", "08:13")]),
        ("21-gtfs-feed-end-date/shown.zip", "AC", "07:50", [("08:00", "08:10")]),
    ],
)
def test_a_ride_is_as_the_feed_means(
    name: str, ends: str, time: str, right: list[tuple[str, str]], served: tuple[Api, Path], cases: Path
) -> None:
    leg = ridden(served, cases / name, ends, time)
    assert rides(leg) == right
    if right:
        assert leg["arrive"][11:16] == right[-1][1], "who stands at the stop is there"
    codes = [warning["code"] for warning in leg["warnings"]]
    assert codes.count("timetable_outdated") == name.startswith("21")
    assert ("no_service" in codes) is not bool(right)


@pytest.mark.parametrize(
    "name",
    [
        "01-gtfs-float-integers/shown-route-type-3.0.zip",
        "06-gtfs-foreign-agency-zone/shown.zip",
        "07-gtfs-blank-row-refuses/shown.zip",
    ],
)
def test_a_feed_is_read(name: str, served: tuple[Api, Path], cases: Path) -> None:
    assert rides(ridden(served, cases / name, "AC", "07:50")) == [("08:00", "08:10")]


def test_no_case_of_a_feed_is_left_out(cases: Path) -> None:
    here = {file.relative_to(cases).as_posix() for file in cases.rglob("*.zip")}
    assert {
        name for name in here if name not in (ROOT / "tests/web/api/test_feed_cases.py").read_text()
    } == set()
