"""Splitting a delegation on the organiser's pages, form by form."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits import stops as edits
from planner.domain.parties.routes import routes_fit
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.warnings.codes import WarningCode
from planner.services.visits.drafts import planned
from planner.store import visits as store
from planner.store.catalogue import add_sites
from planner.web.frame import costly as guard
from tests.kit.web.desk import HOSTILE, Desk, open_desk
from tests.kit.web.parties_desk import (
    accepted,
    hidden,
    orders,
    page_of,
    pages_of,
    send,
    split_desk,
    three,
    was_three,
)
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from planner.domain.visits import Visit
    from tests.kit.web.pages import Page

SMALL_HALL = Site(
    "mala-sala",
    {"pl": "Mała sala", "en": "Small hall"},
    Location((19.8255, 49.9748), Quality.EXACT, 10),
    hours_status=HoursStatus.NOT_APPLICABLE,
    capacity=25,
    status=SiteStatus.CONFIRMED,
)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return split_desk(app)


def test_before_a_split_the_page_says_what_it_is_for(desk: Desk) -> None:
    for language in ("pl", "en"):
        page = page_of(desk, language=language)
        assert [
            node.attributes["value"] for node in page.all("button") if node.attributes.get("name") == "split"
        ] == list("23456")
    assert "Split the delegation" in page.text
    assert not page.all("table")


def test_splitting_evenly_is_one_edit_and_marks_what_all_do_together(desk: Desk) -> None:
    before = desk.base()
    assert send(desk, "setup", split=3).status_code == 303
    visit = desk.draft()
    assert [(one.name, one.size) for one in visit.parties] == [("A", 20), ("B", 20), ("C", 20)]
    assert [stop.id for stop in visit.days[0].stops if stop.meets] == ["s1", "m1"]
    assert desk.base() == before + 1
    desk.post("undo")
    assert desk.draft().parties == ()


def test_a_first_split_leaves_what_the_editor_says_of_a_stop(desk: Desk) -> None:
    def change(visit: Visit) -> Visit:
        day = edits.change_stop(visit.days[0], "s1", {"together": False})
        day = edits.change_stop(day, "s3", {"together": True, "capacity": 12})
        return edits.with_day(visit, 0, day)

    with services_of(desk.app).database.writing() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        store.add_revision(session, row, change(store.draft(session, row)), store.Edit("test", None, NOW))
    send(desk, "setup", split=3)
    stops = desk.draft().days[0].stops
    assert [stop.id for stop in stops if stop.meets] == ["s3", "m1"]
    assert [stop.capacity for stop in stops] == [None, None, 12, None, None]


def test_splitting_again_keeps_names_and_guides(desk: Desk) -> None:
    send(desk, "setup", split=2)
    typed = {
        "name-0": "Radni",
        "size-0": "30",
        "guide-0": "Maria",
        "was-0": "A",
        "name-1": "B",
        "size-1": "30",
    }
    desk.post("parties/setup", day=1, split=4, **typed)
    assert [(one.name, one.size, one.guide) for one in desk.draft().parties] == [
        ("Radni", 15, "Maria"),
        ("B", 15, ""),
        ("A", 15, ""),
        ("C", 15, ""),
    ]


@pytest.mark.dear
@pytest.mark.parametrize("count", [0, 1, 7, 61])
def test_a_split_that_cannot_be_is_refused(desk: Desk, count: int) -> None:
    assert send(desk, "setup", split=count).status_code == 422
    assert desk.draft().parties == ()


@pytest.mark.dear
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"size_0": "18"}, "The parties have 58 people together, the group has 60: 2 are missing."),
        ({"size_2": "21"}, "The parties have 61 people together, the group has 60: 1 is too many."),
        ({"size_1": "x"}, "Give every party its number of people"),
        ({"size_1": "0"}, "Give every party its number of people"),
        ({"size_1": "-20"}, "Give every party its number of people"),
        ({"name_0": "b"}, "Give every party a name of its own."),
        ({"room_s2": "0"}, "The room at a stop is a whole number"),
        ({"room_s2": "viel"}, "The room at a stop is a whole number"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(desk: Desk, changed: Mapping[str, str], told: str) -> None:
    fields = three(guide_0="Zofia Kos", **changed)
    answer = desk.client.post(
        f"/visits/{desk.visit_id}/parties/setup?lang=en",
        data={"csrf_token": desk.token, "base": desk.base(), "day": 1, **fields},
    )
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Zofia Kos"' in answer.text
    assert desk.draft().parties == ()


def test_names_guides_rooms_and_what_is_for_all_are_stored_in_one_edit(desk: Desk) -> None:
    before = desk.base()
    fields = three(name_0="Radni", guide_0=" Maria  Lis ", language_0="uk", room_s2="25")
    answer = desk.post("parties/setup", day=1, then="save", together=["s1", "s4"], **fields)
    assert answer.status_code == 303
    visit = desk.draft()
    assert [(one.name, one.guide, one.language) for one in visit.parties] == [
        ("Radni", "Maria Lis", "uk"),
        ("B", "", ""),
        ("C", "", ""),
    ]
    stops = {stop.id: (stop.meets, stop.capacity) for stop in visit.days[0].stops}
    assert stops == {
        "s1": (True, None),
        "s2": (False, 25),
        "s3": (False, None),
        "s4": (True, None),
        "m1": (False, None),
    }
    assert desk.base() == before + 1


@pytest.mark.dear
def test_a_proposal_is_shown_and_nothing_is_stored(desk: Desk) -> None:
    answer = desk.post("parties/setup", day=1, then="propose", together=["s1", "m1"], **three())
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/visits/{desk.visit_id}/parties/proposal?day=1",
    )
    before = desk.base()
    page = page_of(desk, "/proposal?day=1")
    routes = json.loads(hidden(page, "routes"))
    assert [one["party"] for one in routes] == ["A", "B", "C"]
    assert all(
        sorted(call["stop"] for call in one["calls"]) == ["m1", "s1", "s2", "s3", "s4"] for one in routes
    )
    assert re.search(r"Proved: no rotation|not proved", page.text)
    assert (desk.base(), desk.draft().days[0].party_routes) == (before, ())
    table = page.one("table")
    heads = [
        node.text.split()[0]
        for node in table.walk()
        if node.tag == "th" and node.attributes["scope"] == "col"
    ]
    assert heads == ["Stop", "A", "B", "C"]
    assert len(page.all("svg")) > 3


def test_an_accepted_rotation_is_one_revision_and_undone_as_one(desk: Desk) -> None:
    send(desk, "setup", split=3)
    before = desk.base()
    visit = accepted(desk) if desk.draft().days[0].party_routes else None
    routes = hidden(page_of(desk, "/proposal?day=1"), "routes")
    assert visit is None
    desk.post("parties/accept", day=1, routes=routes)
    after = desk.draft()
    assert desk.base() == before + 1
    assert routes_fit(after.days[0], after.parties)
    page = page_of(desk)
    assert "The accepted rotation" in page.text
    assert send(desk, "undo").headers["Location"].endswith("/parties?day=1")
    assert desk.draft().days[0].party_routes == ()
    assert desk.draft().parties == after.parties


@pytest.mark.dear
def test_a_proposal_says_when_the_day_ends_as_it_is(desk: Desk) -> None:
    """As one group first, then by the accepted rotation."""
    send(desk, "setup", split=3)
    as_one = re.search(r'id="finish">\d\d:\d\d–(\d\d:\d\d)<', desk.page())
    assert as_one is not None
    assert until_now(page_of(desk, "/proposal?day=1")) == as_one[1]
    accepted(desk)
    finish = next(node.text for node in page_of(desk).nodes if node.attributes.get("id") == "finish")
    assert until_now(page_of(desk, "/proposal?day=1")) == finish


@pytest.mark.slow
def test_demands_that_exclude_each_other_are_said(desk: Desk) -> None:
    """The museum at half past ten for all three, and for 25 people."""
    desk.change("stop", stop="s2", dwell_min=30, fixed="10:30")
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **three(), **{"room-s2": "25"})
    page = page_of(desk, "/proposal?day=1")
    (said,) = [node.text for node in page.nodes if node.attributes.get("id") == "conflict"]
    assert "Regional Museum" in said
    assert "25" in said


@pytest.mark.slow
def test_while_others_search_one_is_asked_to_come_again(desk: Desk) -> None:
    send(desk, "setup", split=3)
    path = f"/visits/{desk.visit_id}/parties/proposal?day=1"
    with guard._IN_LINE, guard._IN_LINE:
        page = pages_of(desk).get(path, "en", status=503)
        assert int(page.response.headers["Retry-After"]) > 0
        assert "another search is under way" in page.text
        assert not page.all("table")
    assert pages_of(desk).get(path, "en").all("table")


def until_now(page: Page) -> str:
    return next(node.text for node in page.nodes if node.attributes.get("id") == "until-now")


@pytest.mark.dear
def test_a_split_does_away_with_the_crowd_of_the_undivided_group(desk: Desk) -> None:
    def crowded() -> list[int | None]:
        with services_of(desk.app).database.session() as session:
            context = services_of(desk.app)
            content = planned(session, context.keeper.town(), desk.draft(), context.now())
        codes = [one for one in content.itineraries[0].warnings if one.code is WarningCode.OVER_CAPACITY]
        return [one.stop for one in codes]

    with services_of(desk.app).database.writing() as session:
        add_sites(session, [SMALL_HALL], NOW)
    desk.change("add_site", site=SMALL_HALL.id)
    assert crowded() == [5]
    fields = {**three(), "room-s5": "25"}
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **fields)
    desk.post("parties/accept", day=1, routes=hidden(page_of(desk, "/proposal?day=1"), "routes"))
    assert crowded() == []
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1", "s5"], **fields, **was_three())
    assert "60 people, but there is room for 25. Let the parties see it in turn." in page_of(desk).text


@pytest.mark.dear
def test_a_proposal_for_an_older_draft_is_not_accepted(desk: Desk) -> None:
    send(desk, "setup", split=3)
    page = page_of(desk, "/proposal?day=1")
    base, routes = hidden(page, "base"), hidden(page, "routes")
    desk.change("stop", stop="s2", dwell_min=40)
    data = {"csrf_token": desk.token, "base": base, "day": 1, "routes": routes}
    answer = desk.client.post(
        f"/visits/{desk.visit_id}/parties/accept?lang=en", data=data, follow_redirects=True
    )
    assert "Propose the rotation again." in answer.text
    assert desk.draft().days[0].party_routes == ()


@pytest.mark.dear
@pytest.mark.parametrize(
    "routes",
    [
        "",
        "nonsense",
        "[]",
        '[{"party": "A", "calls": [{"stop": "s1"}]}]',
        '[{"party": "A", "calls": [{"stop": "s1", "not_before": "25:99"}]}]',
        '{"party": 1}',
        '[{"party": "A", "calls": [], "start": "25:99"}, {"party": "B", "calls": []}]',
    ],
)
def test_what_is_no_rotation_is_not_accepted(desk: Desk, routes: str) -> None:
    send(desk, "setup", split=2)
    before = desk.base()
    assert desk.post("parties/accept", day=1, routes=routes).status_code == 303
    assert (desk.base(), desk.draft().days[0].party_routes) == (before, ())


@pytest.mark.dear
def test_a_new_stop_makes_the_rotation_stale_and_the_pages_say_so(desk: Desk) -> None:
    accepted(desk)
    desk.change("add_site", site="synagoga")
    page = page_of(desk)
    assert "The accepted rotation no longer fits." in page.text
    assert "proposal?day=1" in page.html
    assert not page.all("table")
    assert "(no longer fit)" in desk.page("?lang=en")
    shared = pages_of(desk).get(f"/visits/{desk.visit_id}/share", "en").text
    assert "The rotation of the parties no longer fits" in shared
    proposed = page_of(desk, "/proposal?day=1")
    desk.post("parties/accept", day=1, routes=hidden(proposed, "routes"))
    assert routes_fit(desk.draft().days[0], desk.draft().parties)


@pytest.mark.dear
def test_a_removed_stop_leaves_the_rotation_and_the_board(desk: Desk) -> None:
    before = orders(accepted(desk))
    desk.change("remove", stop="s3")
    after = orders(desk.draft())
    assert after == {name: [stop for stop in stops if stop != "s3"] for name, stops in before.items()}
    assert "The accepted rotation" in page_of(desk).text


@pytest.mark.slow
def test_a_rotation_follows_a_party_to_its_new_name(desk: Desk) -> None:
    before = orders(accepted(desk))
    fields = three(name_0="Radni", was_0="A", was_1="B", was_2="C")
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **fields)
    assert orders(desk.draft()) == {"Radni": before["A"], "B": before["B"], "C": before["C"]}
    assert routes_fit(desk.draft().days[0], desk.draft().parties)


@pytest.mark.dear
def test_all_stay_together_after_all(desk: Desk) -> None:
    accepted(desk)
    assert send(desk, "together").status_code == 303
    visit = desk.draft()
    assert (visit.parties, visit.days[0].party_routes) == ((), ())


def test_a_group_that_has_grown_is_told_of_and_not_searched(desk: Desk) -> None:
    send(desk, "setup", split=3)
    desk.change("visit", title_pl="Delegacja", group_size=66, pace_kmh=4)
    page = page_of(desk, "/proposal?day=1")
    assert "The parties have 60 people together, the group has 66: 6 are missing." in page.text
    assert not page.all("table")


def test_who_saves_second_is_told_and_loses_nothing(desk: Desk) -> None:
    base = desk.base()
    desk.change("stop", stop="s2", dwell_min=40)
    data = {"csrf_token": desk.token, "base": base, "day": 1, **three(guide_1="Zofia Kos")}
    answer = desk.client.post(f"/visits/{desk.visit_id}/parties/setup?lang=en", data=data)
    assert answer.status_code == 409
    assert "What you typed is still here" in answer.text
    assert "Minutes there" in answer.text
    assert 'value="Zofia Kos"' in answer.text
    assert desk.draft().parties == ()


def test_a_day_without_stops_asks_for_stops(app: Flask) -> None:
    desk = open_desk(app)
    send(desk, "setup", split=2)
    assert "This day has no stops yet" in page_of(desk).text


@pytest.mark.dear
def test_the_printed_board_has_a_sheet_for_all_and_one_for_each_party(desk: Desk) -> None:
    accepted(desk)
    page = page_of(desk, "/print?day=1")
    assert [node.text.split() for node in page.all("h2")][:3] == [
        ["Party", "A"],
        ["Party", "B"],
        ["Party", "C"],
    ]
    assert len(page.all("table")) == 4
    assert "http" in page.text


@pytest.mark.dear
def test_the_map_of_the_parties_has_its_words(desk: Desk) -> None:
    accepted(desk)
    assert "The map in words" in page_of(desk, "?day=1").text


def test_nothing_is_printed_before_a_rotation_is_accepted(desk: Desk) -> None:
    page = page_of(desk, "/print?day=1")
    assert "There is nothing to print yet" in page.text


@pytest.mark.slow
def test_texts_that_mean_harm_are_only_texts(desk: Desk) -> None:
    desk.post("parties/setup", day=1, split=2)
    typed = {
        "name-0": HOSTILE[:20],
        "guide-0": HOSTILE,
        "language-0": HOSTILE,
        "was-0": "A",
        "size-0": "30",
        "name-1": "B",
        "size-1": "30",
    }
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **typed)
    page = page_of(desk, "/proposal?day=1")
    desk.post("parties/accept", day=1, routes=hidden(page, "routes"))
    for shown in (page, page_of(desk), page_of(desk, "/print?day=1")):
        assert "<img" not in shown.html
        assert "49" not in shown.one("h1").text


def test_another_organisers_visit_is_not_there(app: Flask, desk: Desk) -> None:
    other = open_desk(app, "bartek")
    for path in ("", "/proposal?day=1", "/print?day=1"):
        assert other.client.get(f"/visits/{desk.visit_id}/parties{path}").status_code == 404
    data = {"csrf_token": other.token, "base": desk.base(), "day": 1, "split": 3}
    assert other.client.post(f"/visits/{desk.visit_id}/parties/setup", data=data).status_code == 404
    assert app.test_client().get(f"/visits/{desk.visit_id}/parties").status_code == 302
    assert desk.draft().parties == ()
