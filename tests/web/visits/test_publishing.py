"""Publishing: what readers will be told, what is asked before, and days and parties that are held back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import PlaceRef, Stop, StopKind
from planner.store import visits as store
from tests.kit.paper.readers import spoken
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.releases import ReleaseContent

FORMS = ("ics", "gpx", "kml", "geojson", "csv", "json")


def page_of(desk: Desk, path: str, language: str = "en", status: int = 200) -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(path, language, status=status)


def share(desk: Desk) -> Page:
    """The page, unchecked: it shows addresses as they are sent."""
    path = f"/visits/{desk.visit_id}/share"
    return Page(path, desk.client.get(f"{path}?lang=en"))


def shown(desk: Desk) -> ReleaseContent | None:
    with services_of(desk.app).database.session() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        return store.published_release(session, row)


@pytest.mark.dear
def test_what_readers_will_be_told_is_what_they_are_told(app: Flask) -> None:
    desk = open_desk(app, "marek")
    add(desk, "muzeum", "rynek", "teznia")
    assert "It will be version 1." in share(desk).text
    visit, _ = published(desk)
    assert "Nothing has been changed since." in share(desk).text
    desk.change("stop", stop="s1", dwell_min=45)
    desk.change("remove", stop="s3")
    add(desk, "ratusz")
    page = share(desk)
    (told,) = re.findall(r"Readers will be told: (.*?) Changed since", page.text)
    for line in (
        "Market Square: ",
        " instead of ",
        "no longer: Brine graduation tower",
        "new: Town Hall at ",
    ):
        assert line in told
    assert "Regional Museum: Minutes there: 35 → 45" in page.text
    desk.post("share/publish", note_en=" Bring a coat ", note_pl="Weź płaszcz")
    news = desk.client.get(f"{visit}/changes?since=1&lang=en").get_json()
    assert news["notes"] == ["Bring a coat"]
    assert news["lines"]
    assert all(line in told for line in news["lines"])
    assert "Note to the readers: Bring a coat" in share(desk).text
    desk.change("stop", stop="s1", dwell_min=40)
    desk.post("share/publish")
    since = {
        seen: desk.client.get(f"{visit}/changes?since={seen}&lang=pl").get_json()["notes"] for seen in (1, 2)
    }
    assert since == {1: ["Weź płaszcz"], 2: []}


@pytest.mark.dear
def test_what_does_not_work_is_asked_once_and_in_words(app: Flask) -> None:
    desk = open_desk(app, "beata")
    add(desk, "muzeum", "ratusz")
    desk.change("stop", stop="s2", dwell_min=50, fixed="09:05")
    answer = desk.post("share/publish", note_pl="Uwaga")
    assert answer.status_code == 422
    assert shown(desk) is None
    for words in ('role="alert"', 'name="anyway"', "09:05"):
        assert words in answer.text
    assert "Something of it does not work" in share(desk).text
    assert desk.post("share/publish", anyway="1").status_code == 303
    assert shown(desk) is not None
    desk.change("stop", stop="s2", dwell_min=50, fixed="10:30")
    assert desk.post("share/publish").status_code == 303  # nothing is broken: nothing is asked
    assert share(desk).text.count("anyway") == 0


@pytest.fixture(scope="module")
def two_days(app: Flask) -> Desk:
    """A day that is ready, and one after it that cannot be planned: its stop is not in the catalogue."""
    desk = open_desk(app, "celina", title="Dwa dni")
    add(desk, "muzeum")
    desk.change("add_day")
    desk.change("add_site", site="synagoga", day=1)
    far = Stop("far", StopKind.PLACE, PlaceRef(at=(21.5, 50.5), name={"pl": "Poza mapą"}))
    visit = desk.draft()
    last = visit.days[1]
    outside = replace(visit, days=(visit.days[0], replace(last, stops=(*last.stops, far))))
    with services_of(app).database.writing() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        store.add_revision(session, row, outside, store.Edit("stop", None, services_of(app).now()))
    return desk


def test_a_day_that_is_held_back_is_in_nothing_that_readers_get(two_days: Desk) -> None:
    desk = two_days
    assert "outside" in share(desk).text
    assert desk.post("share/publish").status_code == 303  # refused: the second day cannot be planned
    assert shown(desk) is None
    desk.post("share/publish", hold_day=["2026-12-07", "2026-12-08"])
    assert "publish at least one day" in share(desk).text
    assert shown(desk) is None
    answer = desk.post("share/publish", hold_day="2026-12-08", anyway="1")
    assert answer.status_code == 303
    links = re.findall(r'href="http://localhost(/[vg]/[^"]+)"', desk.page("/share"))
    private = ("synagog", "Poza mapą")
    for link in links:
        given = [
            desk.client.get(f"{link}{path}?lang=pl") for path in ("", "?day=2", "/print", "/files", "/map.js")
        ]
        given += [desk.client.get(f"{link}/plan.{form}?lang=pl") for form in FORMS]
        assert all(answer.status_code == 200 for answer in given)
        assert not [word for word in private for answer in given if word in answer.text]
        assert "W przygotowaniu: wt. 8 gru" in given[0].text
        for form, answer in zip(FORMS, given[-len(FORMS) :], strict=True):
            told = '"date": "2026-12-08"' if form == "json" else "W przygotowaniu: wt."
            assert told in answer.text.replace("\r\n ", "")
        bundle = zipfile.ZipFile(io.BytesIO(desk.client.get(f"{link}/plan.zip?lang=pl").data))
        texts = [bundle.read(name).decode(errors="ignore") for name in bundle.namelist()]
        assert not [word for word in private for text in texts if word in text]
    paper = desk.client.get(f"/visits/{desk.visit_id}/paper/sheets/day.pdf?language=pl")
    assert "W przygotowaniu" in spoken(paper.data)
    assert "To follow: Tue 8 Dec" in share(desk).text
    content = shown(desk)
    assert content is not None
    assert [day.date.isoformat() for day in content.visit.days] == ["2026-12-07"]
    assert set(content.sites) == {"dworzec-biblioteka", "muzeum"}


def test_what_was_held_back_stays_so_until_it_is_published(two_days: Desk) -> None:
    desk = two_days
    desk.post("share/publish", hold_day="2026-12-08", anyway="1")
    page = share(desk)
    assert "Nothing has been changed since." in page.text
    (box,) = (node for node in page.all("input") if node.attributes.get("value") == "2026-12-08")
    assert "checked" in box.attributes
    desk.change("remove", stop="far", day=1)
    assert "Nothing has been changed since." in share(desk).text  # of what readers may see
    desk.post("share/publish", anyway="1")
    content = shown(desk)
    assert content is not None
    assert (len(content.visit.days), content.to_follow) == (2, ())


@pytest.mark.dear
def test_a_party_that_is_held_back_has_no_way_in_the_release(app: Flask) -> None:
    desk = split_desk(app)
    accepted(desk)
    names = [party.name for party in desk.draft().parties]
    desk.post("share/publish", hold_party=names, anyway="1")
    assert shown(desk) is None
    desk.post("share/publish", hold_party=names[1:], anyway="1")
    content = shown(desk)
    assert content is not None
    assert [way.name for ways in content.parties for way in ways] == names[:1]
    assert [route.party for day in content.visit.days for route in day.party_routes] == names[:1]
    visit = re.findall(r'href="http://localhost(/v/[^"]+)"', desk.page("/share"))[0]
    for address in (visit, f"{visit}?party={names[0]}", f"{visit}?party={names[1]}", f"{visit}/print"):
        page = page_of(desk, address)
        assert "To follow" in page.text
    for form in FORMS:
        assert desk.client.get(f"{visit}/plan.{form}").status_code == 200
    assert f"party={names[1]}" not in desk.client.get(visit).text
    desk.post("share/publish", hold_party=names[2], anyway="1")
    assert "To follow: Party " in page_of(desk, visit).text
    assert f"party={names[1]}" in desk.client.get(visit).text
    desk.post("share/publish", anyway="1")
    assert "To follow" not in page_of(desk, visit).text
