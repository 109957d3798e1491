"""Map files that came out wrong once, each built as it lies and asked through the API: the right value.

They lie in ../shared/cases, whose README tells what each stands for. A walk leads from 100 m before to 500 m
behind a middle: 600 m over the short way, 1 200 m round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planner.errors import SourceFileError
from planner.paths import ROOT
from planner.streets.build.build import TownSettings, build_network
from tests.kit.missing import lacking
from tests.kit.streets.small import spot
from tests.kit.web.calls import Api
from tests.kit.web.town import OSM
from tests.web.conftest import application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = ROOT.parent / "shared" / "cases"
SHORT_M, ROUND_M = 600.0, 1200.0


@pytest.fixture(scope="session")
def cases() -> Path:
    """The files; they are no part of the project."""
    if not CASES.is_dir():
        lacking(f"the cases are not there: put them into {CASES}")
    return CASES


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, Path]]:
    """An API, and the data directory whose network it takes up as soon as it is built."""
    folder = tmp_path_factory.mktemp("cases")
    file = folder / "small.osm"
    file.write_text(OSM, encoding="utf-8")
    made = application(folder, file, TownSettings("Testowo"))
    yield Api(made), folder
    closed(made)


def build(file: Path, folder: Path, town: TownSettings | None = None) -> None:
    build_network(file, folder, town or TownSettings("Case"), lambda *_: None)


def walk(api: Api, time: str, **asked: Any) -> dict[str, Any]:
    ends = {"from": {"at": spot(-100.0)}, "to": {"at": spot(500.0)}}
    return api.ask("route", {**ends, "depart": f"2026-12-07T{time}", **asked})


WALKS = [
    ("13-osm-deleted-objects/shown-josm-action-delete.osm", "10:00", ROUND_M),
    ("14-osm-order/shown-ways-unsorted.osm", "10:00", SHORT_M),
    ("14-osm-order/shown-two-extracts-concatenated.osm", "10:00", SHORT_M),
    ("16-osm-conditional-ways/shown-access-conditional.osm", "10:00", ROUND_M),
    ("16-osm-conditional-ways/shown-opening-hours-way.osm", "22:00", ROUND_M),
]


@pytest.mark.dear
@pytest.mark.parametrize(("name", "time", "right_m"), WALKS)
def test_a_walk_is_as_the_map_says(
    name: str, time: str, right_m: float, served: tuple[Api, Path], cases: Path
) -> None:
    api, folder = served
    build(cases / name, folder)
    assert walk(api, time)["distance_m"] == pytest.approx(right_m, abs=3)


def test_every_mode_keeps_the_hours(served: tuple[Api, Path], cases: Path) -> None:
    api, folder = served
    build(cases / "16-osm-conditional-ways/shown-opening-hours-way.osm", folder)
    for mode in ("walk", "bus", "best", "coach"):
        assert walk(api, "22:00", mode=mode)["distance_m"] == pytest.approx(ROUND_M, abs=60)
        if mode != "coach":  # it drives round, which is quicker
            assert walk(api, "10:00", mode=mode)["distance_m"] == pytest.approx(SHORT_M, abs=60)


REFUSED = [
    ("15-osm-overpass-remark/shown.osm", TownSettings("Case"), "runtime error"),
    ("20-antimeridian/shown.osm", TownSettings("Case", "Pacific/Fiji", "FJ"), "180th meridian"),
]


@pytest.mark.parametrize(("name", "town", "words"), REFUSED)
def test_what_is_no_town_is_refused_in_words(
    name: str, town: TownSettings, words: str, served: tuple[Api, Path], cases: Path
) -> None:
    with pytest.raises(SourceFileError, match=words):
        build(cases / name, served[1], town)
    assert walk(served[0], "10:00")["distance_m"] is not None


def test_every_map_file_of_the_cases_is_asked(cases: Path) -> None:
    files = {file.relative_to(cases).as_posix() for file in cases.rglob("*.osm*")}
    assert files == {row[0] for row in (*WALKS, *REFUSED)}
