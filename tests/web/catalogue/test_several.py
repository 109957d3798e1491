"""The list's columns and filters, several entries at once, and what wants a look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.hours.spans import HoursState, spans_of
from planner.domain.sites import HoursStatus, SiteStatus, StepFree
from planner.domain.visits import DEFAULT_PACE_KMH, Day, DayStart, PlaceRef, Stop, Visit
from planner.services.catalogue.care.doubts import Doubt, doubts_of, missing_texts
from planner.services.contacts.contacts import Contact, OwnerKind, contacts_of
from planner.services.hosts.reaching import host_people
from planner.streets.query.walk.find import Walker
from planner.web.frame.context import rule_context
from tests.kit.web.own_catalogue import all_of, fields, names, own_catalogue, post, put, signed, stored
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.domain.sites import Site
    from planner.services.travel.town import Town
    from tests.kit.web.pages import PageClient

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with own_catalogue(tmp_path_factory.mktemp("several") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def desk(own_app: Flask) -> PageClient:
    return signed(own_app, "anna")


def tick(desk: PageClient, *ids: str) -> list[str]:
    return [f"{one} {stored(desk, one).version}" for one in ids]


def do(desk: PageClient, deed: str, ticked: list[str], **more: str) -> str:
    sent = {"csrf_token": token(desk), "deed": deed, "tick": ticked, **more}
    return post(desk, "/sites/several", sent).text


def token(desk: PageClient) -> str:
    return str(fields(desk.get("/sites/new"))["csrf_token"])


def entries(desk: PageClient) -> dict[str, Site]:
    return dict(all_of(desk))


@pytest.mark.dear
def test_a_deed_touches_what_is_ticked_and_nothing_else(desk: PageClient) -> None:
    before = entries(desk)
    page = do(
        desk, "confirm", tick(desk, "muzeum", "park-miejski"), how="phone", back="q=&theme=heritage&evil=1"
    )
    now = entries(desk)
    assert {one for one in now if now[one] != before[one]} == {"muzeum", "park-miejski"}
    for one in ("muzeum", "park-miejski"):
        assert now[one].confirmed_on == rule_today(desk).isoformat()
        assert now[one].confirmed_how == "phone"
        assert now[one].is_confirmed
    assert "Potwierdzono dzisiaj: 2 miejsca." in page

    do(desk, "add_theme", tick(desk, "muzeum"), theme="sport")
    assert "sport" in stored(desk, "muzeum").site.themes
    do(desk, "drop_theme", tick(desk, "muzeum", "park-miejski"), theme="sport")
    assert stored(desk, "muzeum").site.themes == before["muzeum"].themes
    left = tuple(theme for theme in before["park-miejski"].themes if theme != "sport")
    assert stored(desk, "park-miejski").site.themes == left

    do(desk, "archive", tick(desk, "teznia"))
    assert entries(desk).keys() == before.keys() - {"teznia"}
    do(desk, "restore", tick(desk, "teznia"))
    assert entries(desk).keys() == before.keys()


def test_what_changed_meanwhile_is_left_and_named(desk: PageClient) -> None:
    seen = tick(desk, "muzeum", "camena")
    put(desk, replace(stored(desk, "muzeum").site, address="Rynek 99"))
    page = do(desk, "add_theme", seen, theme="rural")
    assert "rural" not in stored(desk, "muzeum").site.themes
    assert "rural" in stored(desk, "camena").site.themes
    assert "Muzeum" in page
    for deed, ticked in (("confirm", []), ("add_theme", seen), ("nothing", seen)):
        before = entries(desk)
        do(desk, deed, ticked)
        assert entries(desk) == before


@pytest.mark.dear
def test_one_click_confirms_one_site(desk: PageClient) -> None:
    version = stored(desk, "ratusz").version
    post(desk, "/sites/ratusz/confirm", {"csrf_token": token(desk), "version": str(version), "how": "visit"})
    site = stored(desk, "ratusz").site
    assert (site.confirmed_on, site.confirmed_how) == (rule_today(desk).isoformat(), "visit")


@pytest.mark.dear
def test_a_stop_leads_to_its_site_and_back(desk: PageClient) -> None:
    page = desk.get("/sites/ratusz/edit?visit=7&day=2&stop=s3")
    assert any("/visits/7?day=2&stop=s3" in node.attributes.get("href", "") for node in page.all("a"))
    for query in ("", "?visit=x", "?visit=-1", "?visit=99999999999999"):
        page = desk.get(f"/sites/ratusz/edit{query}")
        assert not any("/visits/" in node.attributes.get("href", "") for node in page.all("a"))


@pytest.mark.dear
def test_who_receives_is_kept_beside_the_catalogue_and_reaches_its_visits(desk: PageClient) -> None:
    sent = {"csrf_token": token(desk), "receives_name": "Ewa  Portier", "receives_phone": "+48 600"}
    page = post(desk, "/sites/ratusz/contacts", sent, status=303)
    assert {"Ewa Portier", "+48 600"} <= {node.attributes.get("value", "") for node in page.all("input")}
    assert "Portier" not in repr(stored(desk, "ratusz"))
    day = Day(TODAY, DayStart(PlaceRef("rynek"), "09:00"), stops=(Stop("a", place=PlaceRef("ratusz")),))
    with services_of(desk.app).database.session() as session:
        people = host_people(session, 1, Visit({}, (day,)), TODAY)
    assert people["ratusz"].receives == Contact("Ewa Portier", "+48 600")
    post(desk, "/sites/ratusz/contacts", {"csrf_token": token(desk)}, status=303)
    with services_of(desk.app).database.session() as session:
        assert contacts_of(session, OwnerKind.SITE) == {}


def rule_today(desk: PageClient) -> dt.date:
    with desk.app.app_context():
        return rule_context().today


def town_of(desk: PageClient) -> Town:
    return services_of(desk.app).town


def listed(desk: PageClient, query: str) -> set[str]:
    page = desk.get(f"/sites?{query}")
    return {node.attributes["data-site"] for node in page.all("tr") if "data-site" in node.attributes}


@pytest.mark.dear
def test_filters_find_what_a_plain_look_at_every_site_finds(desk: PageClient) -> None:
    put(desk, replace(stored(desk, "muzeum").site, step_free=StepFree.YES, step_free_status="unconfirmed"))
    sites, town = entries(desk), town_of(desk)
    assert (
        listed(desk, "step_free=1") == {k for k, s in sites.items() if s.step_free is StepFree.YES} != set()
    )
    assert listed(desk, "confirmed=1") == {k for k, s in sites.items() if s.is_confirmed}
    for day, at in ((dt.date(2026, 11, 24), "10:00"), (dt.date(2026, 11, 28), "10:00"), (TODAY, "22:30")):
        assert listed(desk, f"on={day}&at={at}") == {k for k, s in sites.items() if is_open(s, town, day, at)}
    origin = sites["ratusz"].location.at
    placed = [one for one, site in sites.items() if site.location.at]
    walker = Walker(town.network, pace_kmh=DEFAULT_PACE_KMH)
    table = walker.table([origin, *(sites[one].location.at for one in placed)])  # type: ignore[list-item]
    for minutes in (3, 10, 25):
        near = {
            one
            for one, seconds in zip(placed, table.durations_s[0][1:], strict=True)
            if seconds is not None and seconds <= minutes * 60
        }
        assert listed(desk, f"near=ratusz&minutes={minutes}") == near
    assert 0 < len(near) < len(placed)
    both = listed(desk, "near=ratusz&minutes=10&theme=heritage")
    assert both == {k for k in listed(desk, "near=ratusz&minutes=10") if "heritage" in sites[k].themes}


def is_open(site: Site, town: Town, day: dt.date, at: str) -> bool:
    if site.hours_status is HoursStatus.NOT_APPLICABLE and not site.opening_hours:
        return True
    instant = town.clock.instant(day, at)
    return any(
        span.state is HoursState.OPEN and span.holds(instant, 0) and span.end != instant
        for span in spans_of(site.opening_hours, day, town.clock, town.almanac)
    )


@pytest.mark.dear
def test_a_filter_that_cannot_be_read_says_so(desk: PageClient) -> None:
    for query in ("on=never", "on=2026-11-24&at=99", "near=nigdzie"):
        page = desk.get(f"/sites?{query}")
        assert [node for node in page.all("p") if node.attributes.get("role") == "alert"], query
        assert len(names(page)) == 40


@pytest.mark.dear
def test_what_wants_a_look_is_counted_and_leads_to_its_list(desk: PageClient) -> None:
    old = replace(
        stored(desk, "camena").site,
        status=SiteStatus.CONFIRMED,
        confirmed_on="2025-11-01",
        summary={"pl": "Kultura", "en": ""},
    )
    put(desk, old)
    page = desk.get("/sites/report", "en")
    assert "Confirmed over a year ago: 1" in page.text
    assert "In one sentence, English" in page.text
    assert listed(desk, "state=stale") == {"camena"}
    today = rule_today(desk)
    for doubt in Doubt:
        assert listed(desk, f"state={doubt}") == {
            one for one, site in entries(desk).items() if doubt in doubts_of(site, today)
        }


def test_doubts_by_hand(desk: PageClient) -> None:
    site = replace(
        stored(desk, "muzeum").site,
        status=SiteStatus.CONFIRMED,
        confirmed_on="2025-11-23",
        hours_status=HoursStatus.CONFIRMED,
        name={"pl": "A", "en": "A"},
        summary={},
        description={"pl": "", "en": "Only English"},
        notes={},
        sources=("https://www.openstreetmap.org/node/1",),
    )
    assert doubts_of(site, dt.date(2026, 11, 23)) == {Doubt.UNTRANSLATED}
    assert missing_texts(site) == (("description", "pl"),)
    assert Doubt.STALE in doubts_of(site, dt.date(2026, 11, 24))
    unknown = replace(
        site, status=SiteStatus.UNCONFIRMED, confirmed_on=None, hours_status=HoursStatus.UNKNOWN
    )
    assert doubts_of(unknown, TODAY) == {Doubt.UNTRANSLATED, Doubt.FROM_OSM, Doubt.NO_HOURS}
