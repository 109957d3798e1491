"""Another order keeps what hosts have confirmed; else it says who is asked again and what that gains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.hosts.arrangement import HostAct
from planner.services.hosts.arranging import arrangements
from tests.kit.web.desk import Desk, add, finish, open_desk
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

ZIGZAG = ("teznia", "dworzec-biblioteka", "park-miejski", "muzeum", "sokol")
MUSEUM = 3


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit whose stops are in a poor order, late in which the museum has confirmed."""
    made = open_desk(app, "jana")
    add(made, *ZIGZAG)
    made.post("hosts/note", host="muzeum", act="confirmed")
    return made


def proposal(desk: Desk, query: str = "", language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}/proposal?day=1&objective=finish{query}", language)


def fields(page: Page) -> dict[str, Any]:
    names = {"base", "day", "key", "seen", "words", "kept"}
    sent = {node.attributes.get("name", ""): node.attributes.get("value", "") for node in page.all("input")}
    return {name: sent[name] for name in names}


def start_of_museum(desk: Desk) -> str:
    with services_of(desk.app).database.session() as session:
        kept = arrangements(session, desk.visit_id)["muzeum"]
    assert kept.state is HostAct.CONFIRMED
    assert kept.known is not None
    return services_of(desk.app).town.clock.face(kept.known.stays[0].start)


@pytest.mark.dear
def test_a_confirmed_time_survives_a_proposal(desk: Desk) -> None:
    time = start_of_museum(desk)
    page = proposal(desk)
    assert f"Kept as the hosts have confirmed: Regional Museum: {time}." in page.text
    assert "To be asked again" not in page.text
    assert fields(page)["kept"] == f"s{MUSEUM + 1}={time}"
    answer = desk.edit("order", column=False, **fields(page))
    assert answer.status_code == 303
    stops = {stop.place.site: stop for stop in desk.draft().days[0].stops if stop.place}
    assert stops["muzeum"].fixed == time
    assert [*stops] != [*ZIGZAG]
    hosts = desk.page("/hosts?lang=en")
    assert re.search(rf"{time}–\d\d:\d\d</span>", hosts)
    assert "Tell the host" not in hosts


def test_who_is_asked_again_is_named_with_what_it_gains(desk: Desk) -> None:
    time = start_of_museum(desk)
    kept_finish = re.search(r"Finish (\d\d:\d\d) instead of", proposal(desk).text)
    page = proposal(desk, "&again=1")
    moved = re.search(r"To be asked again Regional Museum: (\d\d:\d\d) instead of (\d\d:\d\d)", page.text)
    assert moved is not None
    assert moved[2] == time != moved[1]
    gain = re.search(r"what they have confirmed: Finish (\d\d:\d\d) instead of (\d\d:\d\d)", page.text)
    assert gain is not None
    assert kept_finish is None or gain[2] == kept_finish[1]
    assert gain[1] < gain[2]
    assert fields(page)["kept"] == ""
    desk.edit("order", column=False, **fields(page))
    assert finish(desk.page()) == gain[1]
    assert "Tell the host" in desk.page("/hosts?lang=en")
    assert "Do ponownego zapytania" not in proposal(desk, language="pl").text


@pytest.mark.dear
def test_a_stop_whose_host_has_confirmed_stays_on_its_day_and_at_its_time(desk: Desk) -> None:
    desk.change("add_day")
    time = start_of_museum(desk)
    pages = PageClient(desk.app)
    pages.client = desk.client
    page = pages.get(f"/visits/{desk.visit_id}/days?search=1", "en")
    assert "A better share" in page.text
    sent = {node.attributes.get("name", ""): node.attributes.get("value", "") for node in page.all("input")}
    assert sent["kept"] == f"s{MUSEUM + 1}={time}|"
    desk.change("share", key=sent["key"], seen=sent["seen"], kept=sent["kept"])
    first, second = desk.draft().days
    assert second.stops
    museum = next(stop for stop in first.stops if stop.place and stop.place.site == "muzeum")
    assert museum.fixed == time
    assert "Tell the host" not in desk.page("/hosts?lang=en")


@pytest.mark.dear
def test_a_place_for_a_stop_keeps_it_and_what_does_not_says_so(desk: Desk) -> None:
    time = start_of_museum(desk)
    pages = PageClient(desk.app)
    pages.client = desk.client
    page = pages.get(f"/visits/{desk.visit_id}/fits?day=1&site=ratusz", "en")
    assert "To be asked again: Regional Museum: " in page.text
    forms = [node for node in page.all("form") if node.attributes.get("action", "").endswith("/add_site")]
    sent = [
        {
            node.attributes.get("name", ""): node.attributes.get("value", "")
            for node in form.walk()
            if node.tag == "input"
        }
        for form in forms
    ]
    keeping = next(one for one in sent if one["kept"])
    assert keeping["kept"] == f"s{MUSEUM + 1}={time}"
    assert any(not one["kept"] for one in sent)
    desk.change("add_site", **{name: keeping[name] for name in ("site", "position", "fixed", "kept")})
    museum = next(stop for stop in desk.draft().days[0].stops if stop.place and stop.place.site == "muzeum")
    assert museum.fixed == time
    assert "Tell the host" not in desk.page("/hosts?lang=en")


@pytest.mark.dear
def test_the_surest_order_keeps_it(desk: Desk) -> None:
    time = start_of_museum(desk)
    pages = PageClient(desk.app)
    pages.client = desk.client
    page = pages.get(f"/visits/{desk.visit_id}/sure?day=1&later=20", "en")
    assert f"Kept as the hosts have confirmed: Regional Museum: {time}." in page.text
    sent = {node.attributes.get("name", ""): node.attributes.get("value", "") for node in page.all("input")}
    if "kept" in sent:
        desk.change("order", **{name: sent[name] for name in ("key", "seen", "kept")})
        assert "Tell the host" not in desk.page("/hosts?lang=en")


@pytest.mark.dear
def test_a_remedy_says_whom_it_asks_again(app: Flask) -> None:
    desk = open_desk(app, "jana")
    add(desk, "rynek", "muzeum")
    desk.post("hosts/note", host="rynek", act="confirmed")
    desk.change("day", date="2026-12-07", start_time="15:00", start_site="dworzec-biblioteka")
    desk.post("hosts/note", host="rynek", act="confirmed")  # at its new time, before a closing door
    pages = PageClient(desk.app)
    pages.client = desk.client
    page = pages.get(f"/visits/{desk.visit_id}?remedies=1&stop=s2", "en")
    (start,) = [button.text for button in page.all("button") if "Start 14:50" in button.text]
    assert re.fullmatch(
        r"Start 14:50 instead \(ask again: Market Square: 14:\d\d instead of 15:\d\d\)", start
    )
    (cut,) = [button.text for button in page.all("button") if "Stay 27" in button.text]
    assert "ask again" not in cut


def test_a_day_without_confirmed_times_offers_no_choice(app: Flask) -> None:
    desk = open_desk(app, "jana")
    add(desk, "teznia", "muzeum")
    assert "may be asked again" not in proposal(desk).text


@pytest.mark.dear
@pytest.mark.parametrize("kept", ["s4=kwadrans", "s4="])
def test_a_kept_time_that_is_none_is_refused(desk: Desk, kept: str) -> None:
    sent = fields(proposal(desk)) | {"kept": kept}
    before = desk.draft()
    desk.edit("order", column=False, **sent)
    assert desk.draft() == before
