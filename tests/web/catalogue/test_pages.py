"""The catalogue's pages: finding, changing, two people at once, files in and out."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect
from sqlalchemy import text as sql

from planner.domain.sites import HostContact, Location, Quality, Site
from planner.domain.text import in_language
from planner.services.catalogue.editing import create_site, read_site
from planner.store import catalogue as store
from tests.kit.web.own_catalogue import (
    all_of,
    changed,
    fields,
    names,
    own_catalogue,
    post,
    put,
    signed,
    stored,
)
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.pages import PageClient


HOSTILE = '<img src=x onerror="alert(1)">{{ 7 * 7 }}'


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """Skawina with a catalogue of its own, for tests that change it."""
    with own_catalogue(tmp_path / "data") as app:
        yield app


@pytest.fixture
def desk(own_app: Flask) -> PageClient:
    """An organiser's browser that checks every page."""
    return signed(own_app, "anna")


@pytest.mark.dear
def test_nobody_sees_the_catalogue_without_signing_in(own_app: Flask) -> None:
    client = own_app.test_client()
    for path in (
        "/sites",
        "/sites/new",
        "/sites/muzeum/edit",
        "/sites/export.csv",
        "/sites/import",
        "/sites/hours",
    ):
        answer = client.get(path)
        assert answer.status_code in (302, 303, 401), path
        assert "Muzeum" not in answer.text
    assert client.post("/sites/muzeum/archive").status_code != 200
    with services_of(own_app).database.session() as session:
        assert not read_site(session, "muzeum").archived


@pytest.mark.dear
def test_the_list_and_its_filters(desk: PageClient) -> None:
    page = desk.get("/sites")
    assert len(names(page)) == 40
    assert "40 miejsc, 33 na mapie" in page.text
    assert "do umieszczenia" in page.text
    assert names(desk.get("/sites?q=PALACYK")) == ["Pałacyk „Sokół”"]
    assert names(desk.get("/sites?q=regional+museum", "en")) == ["Regional Museum"]
    assert names(desk.get("/sites?q=mickiewicza")) != []
    assert len(names(desk.get("/sites?state=unplaced"))) == 7
    assert len(names(desk.get("/sites?theme=heritage&state=unconfirmed"))) == len(
        [1 for site in all_of(desk).values() if "heritage" in site.themes and not site.is_confirmed]
    )
    nothing = desk.get("/sites?q=zzz&theme=heritage")
    assert names(nothing) == []
    assert "Nic nie pasuje do „zzz”" in nothing.text
    assert "Archiwum jest puste" in desk.get("/sites?state=archived").text


@pytest.mark.dear
def test_results_alone_for_typing(desk: PageClient) -> None:
    answer = desk.client.get("/sites?q=tezni&lang=pl", headers={"X-Fragment": "results"})
    assert "<html" not in answer.text
    found = re.search(r'id="sites-markers">(.*?)</script>', answer.text)
    assert found is not None
    assert [one["id"] for one in json.loads(found[1])] == ["teznia"]
    assert 'id="map-words"' in answer.text


@pytest.mark.dear
def test_a_new_site_gets_its_id_once(desk: PageClient) -> None:
    sent = fields(desk.get("/sites/new")) | {
        "name_pl": "Źródło Łez",
        "position": "19.82609, 49.97548",
        "quality": "near",
        "themes": ["heritage"],
        "other_themes": "Mobilność, własny temat",
        "opening_hours": "Mo-Fr 08:00-16:00; PH off",
        "host_phone": "+48 123",
    }
    page = post(desk, "/sites/new", sent)
    assert page.path == "/sites/zrodlo-lez/edit"
    site = stored(desk, "zrodlo-lez").site
    assert site.themes == ("heritage", "mobility", "własny temat")
    assert site.location == Location((19.82609, 49.97548), Quality.NEAR, 100.0)
    assert site.hours_status == "unconfirmed"
    assert site.host == HostContact(phone="+48 123")
    post(desk, "/sites/zrodlo-lez/archive", {"csrf_token": sent["csrf_token"]})
    assert post(desk, "/sites/new", sent).path == "/sites/zrodlo-lez-2/edit"


@pytest.mark.dear
def test_saving_without_touching_changes_nothing(desk: PageClient, full: bool) -> None:  # noqa: FBT001
    for site_id in sorted(all_of(desk))[:: 1 if full else 12]:
        before = stored(desk, site_id)
        post(desk, f"/sites/{site_id}/edit", fields(desk.get(f"/sites/{site_id}/edit")))
        assert stored(desk, site_id) == before


@pytest.mark.dear
def test_faults_stand_with_their_fields_and_nothing_typed_is_lost(desk: PageClient) -> None:
    sent = fields(desk.get("/sites/muzeum/edit")) | {
        "name_pl": "Nowa nazwa",
        "position": "52.2297, 21.0122",
        "opening_hours": "weekdays",
        "min_dwell_min": "99",
        "confirmed_on": "2030-01-01",
    }
    page = post(desk, "/sites/muzeum/edit", sent, status=422)
    kept = fields(page)
    assert kept | {"csrf_token": ""} == sent | {"csrf_token": ""}
    assert "ponad 2 km poza obszarem Skawina" in page.text
    wrong = {node.attributes["id"] for node in page.nodes if node.attributes.get("aria-invalid") == "true"}
    assert wrong == {"position", "opening_hours", "min_dwell_min", "confirmed_on"}
    assert in_language(stored(desk, "muzeum").site.name, "pl") == "Muzeum Regionalne"


@pytest.mark.dear
def test_archive_and_restore(desk: PageClient) -> None:
    sent = fields(desk.get("/sites/muzeum/edit"))
    page = post(desk, "/sites/muzeum/archive", {"csrf_token": sent["csrf_token"]})
    assert "To miejsce jest w archiwum" in page.text
    assert names(desk.get("/sites?q=muzeum+regionalne")) == []
    assert names(desk.get("/sites?state=archived")) == ["Muzeum Regionalne"]
    assert "muzeum" not in {one["id"] for one in desk.client.get("/api/v1/sites").json["features"]}  # type: ignore[index]
    post(desk, "/sites/muzeum/restore", {"csrf_token": sent["csrf_token"]})
    assert names(desk.get("/sites?q=muzeum+regionalne")) == ["Muzeum Regionalne"]


def test_the_second_of_two_is_told_and_loses_nothing(desk: PageClient) -> None:
    other = signed(desk.app, "bela")
    mine, theirs = (fields(one.get("/sites/ratusz/edit")) for one in (desk, other))
    post(
        other,
        "/sites/ratusz/edit",
        theirs | {"address": "Ich 1", "capacity": "30", "position": "49.9760, 19.8265"},
    )
    page = post(
        desk, "/sites/ratusz/edit", mine | {"address": "Moja 2", "notes_en": "first\nsecond"}, status=409
    )
    for text in ("Ich 1", "Moja 2", "30", "first second", "49.976"):
        assert text in page.text
    choice = fields(page)
    assert {key: value for key, value in choice.items() if key.startswith("pick-")} == {
        "pick-address": "yours",
        "pick-capacity": "now",
        "pick-place": "now",
        "pick-notes_en": "yours",
    }
    post(desk, "/sites/ratusz/edit", choice)
    site = stored(desk, "ratusz").site
    assert (site.address, site.capacity, site.notes["en"]) == ("Moja 2", 30, "first\nsecond")
    assert site.location.at == (19.8265, 49.976)


@pytest.mark.dear
@pytest.mark.parametrize(("whole", "address"), [("yours", "Moja 2"), ("now", "Ich 1")])
def test_one_version_can_be_taken_whole(desk: PageClient, whole: str, address: str) -> None:
    mine = fields(desk.get("/sites/ratusz/edit"))
    site = stored(desk, "ratusz").site
    put(desk, changed(site, address="Ich 1", capacity=30))
    page = post(desk, "/sites/ratusz/edit", mine | {"address": "Moja 2"}, status=409)
    put(desk, changed(site, address="Ich 1", capacity=31))
    again = post(
        desk, "/sites/ratusz/edit", fields(page) | {"all": whole}, status=409 if whole == "yours" else 302
    )
    if whole == "yours":
        post(desk, "/sites/ratusz/edit", fields(again) | {"all": whole})
    assert stored(desk, "ratusz").site.address == address
    assert stored(desk, "ratusz").site.capacity == (None if whole == "yours" else 31)


@pytest.mark.dear
def test_hours_and_positions_are_checked_live(desk: PageClient) -> None:
    good = desk.client.get("/sites/hours", query_string={"rule": "Mo-Fr 08:00-16:00", "lang": "pl"}).text
    assert good.count("08:00–16:00") == 5
    bad = desk.client.get("/sites/hours", query_string={"rule": "<b>", "lang": "pl"}).text
    assert "notice--fail" in bad
    assert "<b>" not in bad
    answer = desk.client.get("/sites/position", query_string={"text": "19.82609, 49.97548"}).json
    assert answer == {"at": [19.82609, 49.97548], "text": "49.97548, 19.82609", "problem": ""}
    assert desk.client.get("/sites/position", query_string={"text": "1, 2", "lang": "en"}).json["problem"]  # type: ignore[index]


@pytest.mark.dear
def test_text_is_text_everywhere(desk: PageClient) -> None:
    site = stored(desk, "rynek").site
    texts = {name: {"pl": HOSTILE, "en": HOSTILE} for name in ("name", "summary", "description", "notes")}
    host = HostContact(HOSTILE, HOSTILE, "=@example.org")
    put(
        desk,
        changed(
            site, **texts, address=HOSTILE, themes=(HOSTILE,), sources=(HOSTILE,), licence=HOSTILE, host=host
        ),
    )
    for path in ("/sites", "/sites/rynek/edit", "/sites?theme=" + HOSTILE.replace(" ", "+")):
        page = desk.get(path)
        assert page.all("img") == []
        assert "{{ 7 * 7 }}" in html.unescape(page.html)
    assert not all_of(desk)["rynek"].name["pl"].startswith("&")


@pytest.mark.dear
def test_hosts_stay_with_organisers(desk: PageClient) -> None:
    site = stored(desk, "rynek").site
    put(desk, changed(site, host=HostContact("Jan Ukryty", "+48 111", "jan@example.org")))
    with services_of(desk.app).database.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            rows = [tuple(row) for row in connection.execute(sql(f"select * from {table}"))]  # noqa: S608
            assert table == "contacts" or "Ukryty" not in repr(rows), table
    public = desk.app.test_client().get("/api/v1/sites")
    assert "rynek" in public.text
    assert not {"Jan Ukryty", "+48 111", "jan@example.org", "host"} & set(
        re.findall(r'"([^"]*)"', public.text)
    )
    assert "Ukryty" not in desk.client.get("/sites").text
    for path in ("/sites/export.csv", "/sites/export.geojson"):
        answer = desk.client.get(path)
        assert "Jan Ukryty" in answer.text
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "private" in answer.headers["Cache-Control"]
    put(desk, changed(stored(desk, "rynek").site, host=None))
    assert "Ukryty" not in desk.client.get("/sites/export.csv").text


def test_of_two_who_name_a_new_site_alike_both_get_one(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second finds the id taken only as it stores: it takes another, in the same transaction."""
    seen = iter([set[str]()])
    taken_ids = store.taken_ids
    monkeypatch.setattr(store, "taken_ids", lambda session: next(seen, taken_ids(session)))
    with services_of(own_app).database.writing() as session:
        made = create_site(session, Site("new", {"pl": "Muzeum", "en": ""}), NOW)
    assert made == "muzeum-2"
    with services_of(own_app).database.session() as session:
        assert read_site(session, made).site.name["pl"] == "Muzeum"
