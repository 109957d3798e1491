"""Coaches through the program: the API, the editor's forms, the published pages, the commands."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.coach import CoachProfile
from planner.domain.edits.changes import changes
from planner.domain.visits import Mode, PlaceRef
from planner.store import visits as store
from planner.store.documents import from_json, to_json
from planner.streets.build.build import TownSettings
from planner.words.changes import change_lines
from tests.kit.plain_sample import plain_sample
from tests.kit.web.calls import Api
from tests.kit.web.desk import Desk, add, finish, open_desk
from tests.kit.web.editor_rows import modes
from tests.kit.web.first_view import map_script
from tests.kit.web.own_catalogue import fields, own_catalogue, post, signed
from tests.kit.web.own_catalogue import stored as stored_site
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import Links, released_visit
from tests.kit.web.signing_in import services_of
from tests.kit.web.town import A_TO_C_M, OSM, A, B, C
from tests.web.conftest import application, closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from planner.domain.visits import Visit

RING_OSM = OSM.replace(
    "</osm>",
    """  <node id="5" lat="50.0" lon="19.99"/><node id="6" lat="50.01" lon="19.99"/>
  <way id="12"><nd ref="3"/><nd ref="6"/><nd ref="5"/><nd ref="1"/>
    <tag k="highway" v="tertiary"/><tag k="name" v="Okrężna"/></way>
</osm>""",
).replace('v="residential"/><tag k="name" v="Długa"', 'v="tertiary"/><tag k="name" v="Długa"')
"""The town of two streets with a way round: where a coach goes in it can come out."""

ROUTE: dict[str, Any] = {"from": {"at": A}, "to": {"at": C}, "mode": "coach", "depart": "2026-12-02T09:00"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("ring")
    (folder / "ring.osm").write_text(RING_OSM, encoding="utf-8")
    made = application(folder, folder / "ring.osm", TownSettings("Testowo"))
    yield Api(made)
    closed(made)


def plan(**more: Any) -> dict[str, Any]:
    start = {"place": {"at": A}, "time": "09:00"}
    stops = [{"id": "c", "kind": "meal", "place": {"at": C}, "dwell_min": 10}]
    return {"date": "2026-12-02", "start": start, "stops": stops, **more}


def test_a_route_by_coach_tells_its_parts(small: Api) -> None:
    leg = small.ask("route", ROUTE)
    assert leg["mode"] == "coach"
    assert leg["distance_m"] == pytest.approx(A_TO_C_M, abs=30)
    kinds = [part["kind"] for part in leg["parts"]]
    assert kinds.count("drive") == 1
    assert set(kinds) <= {"walk", "drive"}
    assert sum(part["duration_s"] for part in leg["parts"]) == leg["duration_s"]
    on_foot = small.ask("route", {**ROUTE, "mode": "walk"})
    assert leg["duration_s"] < on_foot["duration_s"]


def test_every_answer_by_coach_over_the_sketch_warns(api: Api) -> None:
    sites = {"from": {"site": "dworzec-biblioteka"}, "to": {"site": "teznia"}, "mode": "coach"}
    codes = [one["code"] for one in api.ask("route", sites)["warnings"]]
    assert codes.count("coach_unchecked") == 1
    points = [sites["from"], sites["to"]]
    table = api.ask("matrix", {"points": points, "mode": "coach"})
    assert [one["code"] for one in table["warnings"]] == ["sketch_data", "coach_unchecked"]
    assert "warnings" not in api.ask("matrix", {"points": points})


def test_the_table_by_coach_is_faster_than_on_foot(small: Api) -> None:
    points = [{"at": A}, {"at": B}, {"at": C}]
    coach = small.ask("matrix", {"points": points, "mode": "coach", "coach": {"length_m": 8}})
    walk = small.ask("matrix", {"points": points})
    assert set(coach) == {"distances_m", "durations_s"}
    for i, j in ((0, 1), (0, 2)):
        assert coach["distances_m"][i][j] == pytest.approx(walk["distances_m"][i][j], abs=30)
        assert coach["durations_s"][i][j] < walk["durations_s"][i][j]


def test_a_plan_mixes_modes(small: Api) -> None:
    end = {"place": {"at": A}, "mode_to": "walk"}
    found = small.ask("plan", plan(mode="coach", end=end))
    assert [leg["mode"] for leg in found["legs"]] == ["coach", "walk"]
    assert found["totals"]["drive_m"] + found["totals"]["walk_m"] == pytest.approx(2 * A_TO_C_M, abs=40)
    assert found["totals"]["walk_m"] >= A_TO_C_M - 1
    stops = [{**plan()["stops"][0], "mode_to": "coach"}]
    found = small.ask("plan", plan(stops=stops, end={"place": {"at": A}}))
    assert [leg["mode"] for leg in found["legs"]] == ["coach", "walk"]
    found = small.ask("plan", plan(mode="coach", end={"place": {"at": A}}))
    assert [leg["mode"] for leg in found["legs"]] == ["coach", "coach"]


@pytest.mark.parametrize(
    ("coach", "pointers"),
    [
        ({"height_m": 0}, {"/coach/height_m"}),
        ({"height_m": "3.8", "weight_t": -1}, {"/coach/height_m", "/coach/weight_t"}),
        ({"length_m": 1e9, "width_m": None}, {"/coach/length_m", "/coach/width_m"}),
        ({"wheels": 6}, {"/coach/wheels"}),
        (12, {"/coach"}),
        (None, {"/coach"}),
    ],
)
def test_every_fault_of_a_coach_is_pointed_at(small: Api, coach: Any, pointers: set[str]) -> None:
    assert set(small.refused("route", {**ROUTE, "coach": coach})) == pointers
    points = [{"at": A}, {"at": B}]
    assert set(small.refused("matrix", {"points": points, "mode": "coach", "coach": coach})) == pointers
    assert set(small.refused("plan", plan(coach=coach))) == pointers


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = open_desk(app, title="Autokarem")
    add(desk, "muzeum", "dwor-korabniki")
    desk.change("day", date="2026-12-07", start_time="09:00", start_site="dworzec-biblioteka",
              end_site="dworzec-biblioteka", end_latest="15:00")  # fmt: skip
    return desk


@pytest.mark.slow
def test_a_leg_goes_by_coach_and_back_on_foot(desk: Desk) -> None:
    before = desk.page()
    assert modes(desk) == ["walk"] * 4
    by_coach = desk.edit("leg_mode", stop="s2", mode="coach").text
    assert modes(desk) == ["walk", "walk", "coach", "walk"]
    assert "row--coach" in by_coach
    assert "autokarem" in by_coach
    assert [stop.mode_to for stop in desk.draft().days[0].stops] == [None, Mode.COACH]
    desk.post("undo")
    assert modes(desk) == ["walk"] * 4
    assert finish(desk.page()) == finish(before)
    desk.post("redo")
    assert modes(desk) == ["walk", "walk", "coach", "walk"]


@pytest.mark.dear
def test_the_whole_day_goes_by_coach_but_for_what_says_otherwise(desk: Desk) -> None:
    desk.change("day_mode", mode="coach")
    assert modes(desk) == ["coach"] * 4
    desk.change("leg_mode", stop="s1", mode="walk")
    mixed = desk.edit("end_mode", mode="walk").text
    assert modes(desk) == ["coach", "walk", "coach", "walk"]
    assert "nie zna ulic jednokierunkowych" in mixed
    day = desk.draft().days[0]
    assert (day.mode, day.stops[0].mode_to, day.end and day.end.mode_to) == (Mode.COACH, Mode.WALK, Mode.WALK)
    back = desk.edit("day_mode", mode="walk").text
    assert modes(desk) == ["walk"] * 4
    assert "nie zna ulic jednokierunkowych" not in back


def test_changing_the_days_end_keeps_the_way_to_it(desk: Desk) -> None:
    desk.change("end_mode", mode="coach")
    desk.change("day", date="2026-12-08", start_time="09:10", start_site="dworzec-biblioteka",
              end_site="rynek", end_latest="")  # fmt: skip
    end = desk.draft().days[0].end
    assert end is not None
    assert (end.mode_to, end.place and end.place.site) == (Mode.COACH, "rynek")


def test_choosing_what_is_in_force_is_no_edit(desk: Desk) -> None:
    head = desk.base()
    desk.change("leg_mode", stop="s1", mode="walk")
    desk.change("end_mode", mode="walk")
    desk.change("day_mode", mode="walk")
    assert desk.base() == head


@pytest.mark.dear
@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("day_mode", {"mode": "fly"}),
        ("leg_mode", {"stop": "s1", "mode": "boat"}),
        ("leg_mode", {"stop": "gone", "mode": "coach"}),
        ("end_mode", {"mode": "fly"}),
        ("coach", {"length_m": "1", "width_m": "2.5", "height_m": "3.8", "weight_t": "18"}),
        ("coach", {"length_m": "12", "width_m": "2.5", "height_m": "wysoki", "weight_t": "18"}),
    ],
)
def test_what_does_not_fit_is_said_and_not_saved(desk: Desk, action: str, sent: dict[str, Any]) -> None:
    head = desk.base()
    answer = desk.edit(action, **sent)
    assert answer.status_code == 422
    assert "Nie zapisano:" in answer.text
    assert desk.base() == head


def test_the_coach_has_the_size_that_was_typed(desk: Desk) -> None:
    page = desk.edit("coach", length_m="8,5", width_m="2.4", height_m="3", weight_t="7.5").text
    assert desk.draft().coach == CoachProfile(3.0, 7.5, 8.5, 2.4)
    assert "8,5 × 2,4 × 3\xa0m, 7,5\xa0t" in unescape(page)


@pytest.mark.dear
def test_every_way_of_moving_is_offered(desk: Desk) -> None:
    offered = set(re.findall(r'name="mode" value="(\w+)"', desk.page("?part=day")))
    assert offered == {"walk", "bus", "coach", "best"}


def test_a_visit_stored_before_there_were_coaches_is_read_as_it_was(app: Flask) -> None:
    with services_of(app).database.session() as session:
        row = store.sample_visit(session)
        assert row is not None
        visit = store.draft(session, row)
    old = to_json(visit)
    del old["coach"]
    for day in old["days"]:
        del day["end"]["mode_to"]
    assert from_json(type(visit), old) == visit


def coach_visit(app: Flask) -> Visit:
    """The sample's day, its last stop a manor out of town, there and back by coach."""
    with services_of(app).database.session() as session:
        row = store.sample_visit(session)
        assert row is not None
        visit = store.draft(session, row)
    day = visit.days[0]
    assert day.end is not None
    far = replace(day.stops[-1], place=PlaceRef(site="dwor-korabniki"), mode_to=Mode.COACH)
    end = replace(day.end, mode_to=Mode.COACH)
    return replace(visit, days=(replace(day, stops=(*day.stops[:-1], far), end=end),))


@pytest.mark.dear
def test_the_published_pages_tell_walk_drive_and_where_the_coach_stops(app: Flask) -> None:
    visit, paper, guide, _ = released_visit(app, coach_visit(app)).pages
    pages = PageClient(app)
    for path in (visit, paper, guide):
        page = pages.get(f"{path}?lang=en", "en")
        assert re.search(r"[Dd]rive\s[\d.]+\s(k?m)", page.text), path
        assert re.search(r"The coach stops: .*49\.9\d{4}, 19\.\d{5}", page.text), path
        assert "by coach" in page.text
        assert "By coach" in page.text
        assert ("knows no one-way streets" in page.text) is (path == guide)  # a risk, for whoever leads
    assert '"mode":"coach"' in map_script(pages, visit)
    polish = pages.get(paper)
    assert "Autokar czeka: " in polish.text


@pytest.mark.slow
def test_a_day_on_foot_says_nothing_of_coaches(sample: Links, pages: PageClient) -> None:
    for path in sample.pages:
        text = pages.get(f"{path}?lang=en", "en").text
        assert "y coach" not in text
        assert "oach stops" not in text


def test_a_changelog_says_what_goes_by_coach_now(app: Flask) -> None:
    before = plain_sample(coach_visit(app).days[0].date)
    after = replace(coach_visit(app), coach=CoachProfile(length_m=9.0))
    with app.test_request_context():
        lines = change_lines(changes(before, after), after, {}, "en")
    assert "dwor-korabniki: Way there: as on the whole day → By coach" in lines
    assert any(line.startswith("End: ") and line.endswith("By coach") for line in lines)
    assert "Coach: 12 × 2.55 × 3.8\xa0m, 18\xa0t → 9 × 2.55 × 3.8\xa0m, 18\xa0t" in lines


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[PageClient]:
    with own_catalogue(tmp_path / "data") as made:
        yield signed(made, "anna")


@pytest.mark.dear
def test_a_drop_off_point_is_typed_kept_shown_and_taken_away(catalogue: PageClient) -> None:
    page = catalogue.get("/sites/muzeum/edit")
    post(catalogue, "/sites/muzeum/edit", {**fields(page), "drop_off": "49.97612, 19.82307"})
    assert stored_site(catalogue, "muzeum").site.drop_off == (19.82307, 49.97612)
    again = fields(catalogue.get("/sites/muzeum/edit"))
    assert again["drop_off"] == "49.97612, 19.82307"
    exported = catalogue.client.get("/sites/export.geojson").get_json()["features"]
    kept = {one["id"]: one["properties"].get("drop_off") for one in exported}
    assert kept["muzeum"] == [19.82307, 49.97612]
    assert kept["ratusz"] is None
    post(catalogue, "/sites/muzeum/edit", {**again, "drop_off": ""})
    assert stored_site(catalogue, "muzeum").site.drop_off is None


@pytest.mark.dear
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("52.2, 21.0", "2 km"),
        pytest.param("49.976", "49.97548, 19.82609", marks=pytest.mark.slow),
        pytest.param("x, y", "49.97548", marks=pytest.mark.slow),
    ],
)
def test_a_drop_off_point_that_is_no_place_of_this_town_is_refused(
    catalogue: PageClient, typed: str, said: str
) -> None:
    sent = {**fields(catalogue.get("/sites/muzeum/edit")), "drop_off": typed}
    page = post(catalogue, "/sites/muzeum/edit", sent, status=422)
    assert 'href="#drop_off"' in page.response.text
    assert said in page.text
    assert stored_site(catalogue, "muzeum").site.drop_off is None
