"""The host of a place for rain: asked, answered and told beside the host of the stop, and apart from them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from sqlalchemy import inspect, text

from planner.domain.hosts.messages import REST_S
from planner.domain.sites import Location, Quality, Site
from planner.store.catalogue import add_sites
from planner.web.frame.context import services
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.hosts_desk import page_of
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

CONTACT = {"asked_name": "Halina Mokra", "asked_phone": "600 300 400", "asked_email": "mokra@example.org"}
MORE = {"receives_name": "Tytus Suchy", "door": "od ulicy", "capacity": "18", "expects": "Parasole w szatni."}
HIDDEN = ("Mokra", "600 300 400", "mokra@", "Suchy")
MUSEUM = "muzeum!"


@pytest.fixture
def desk(app: Flask, request: pytest.FixtureRequest) -> Desk:
    """The park is the museum when it rains; then follows the Town Hall."""
    made = open_desk(app, f"deszczowa {request.node.name}"[:50], title="Deszczowa")
    add(made, "park-miejski", "ratusz")
    made.change("rain", stop="s1", rain_site="muzeum")
    return made


def row_of(page: Page) -> str:
    """The row of the host of the place for rain."""
    found = re.search(r'<li class="host[^>]*id="rain-host-1-s1">.*?</li>', page.html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).replace("\xa0", " ").split())


def ready(desk: Desk) -> dict[str, str]:
    """What is open about the museum, with where it leads."""
    rows = re.findall(r'<li><a href="([^"]*)">(.*?)</a>(.*?)</li>', desk.page("/ready?lang=en"), re.DOTALL)
    told = {" ".join(re.sub(r"<[^>]+>", " ", f"{name} {said}").split()): link for link, name, said in rows}
    return {said: link for said, link in told.items() if said.startswith("Regional Museum")}


def test_a_place_for_rain_has_a_row_letters_and_answers_of_its_own(desk: Desk) -> None:
    page = page_of(desk)
    row = row_of(page)
    assert row.startswith("Regional Museum if it rains instead of: ")
    assert re.search(r"Mon 7 Dec \d\d:\d\d–\d\d:\d\d ", row)
    assert "Ask by e-mail" in row
    desk.post("hosts/details", host=MUSEUM, deadline="2026-11-18", language="pl", **CONTACT, **MORE)
    assert desk.draft().days[0].stops[0].rain_capacity == 18
    assert desk.draft().days[0].stops[0].capacity is None
    letter = unquote(desk.post("hosts/note", host=MUSEUM, act="asked", how="mail").headers["Location"])
    assert letter.startswith("mailto:mokra@example.org?")
    for said in (
        "Gdyby padało, chcielibyśmy Państwa odwiedzić: pon. 7 gru ",
        "Jeśli nie będzie padać, nie przyjdziemy",
        "Prosimy o odpowiedź do: śr. 18 lis",
        "Tylko w razie deszczu",
    ):
        assert said in letter.replace("\xa0", " "), said
    assert "(tylko w razie deszczu)" not in letter, "it begins with that"
    page = page_of(desk)
    row = row_of(page)
    for told in (
        "Asked on Mon 16 Nov",
        "Halina Mokra",
        "Tytus Suchy",
        "Door: od ulicy",
        "Parasole w szatni.",
    ):
        assert told in row
    assert "the answer is due on Wed 18 Nov" in page.text
    [(said, link)] = [one for one in ready(desk).items() if "answered" in one[0]]
    told = "The host was asked to answer by Wed 18 Nov and has not answered yet."
    assert said == f"Regional Museum In the rain version: {told}"
    assert link == f"/visits/{desk.visit_id}/hosts#rain-host-1-s1"
    desk.post("hosts/note", host=MUSEUM, act="declined")
    assert any("choose another place for rain" in said for said in ready(desk))
    desk.post("hosts/note", host=MUSEUM, act="confirmed")
    assert "Confirmed on Mon 16 Nov" in row_of(page_of(desk))
    assert not [said for said in ready(desk) if "host" in said.lower()]
    for path in ("note", "details"):
        assert desk.post(f"hosts/{path}", host="ratusz!", act="asked").status_code == 404


@pytest.mark.dear
def test_a_time_agreed_for_rain_is_kept_by_the_rain_version_alone(desk: Desk) -> None:
    desk.post("hosts/note", host=MUSEUM, act="confirmed", time="10.30", minutes="25", people="20")
    stop = desk.draft().days[0].stops[0]
    assert (stop.fixed, stop.rain_fixed, stop.rain_dwell_min) == (None, "10:30", 25)
    row = row_of(page_of(desk))
    assert "Mon 7 Dec 10:30–10:55, 20 people" in row
    assert row.count("if it rains") == 1, "beside the name"
    assert "Tell the host" not in row
    inspector = desk.client.get(
        f"/visits/{desk.visit_id}?stop=s1&lang=en", headers={"X-Editor": "inspector"}
    ).text
    assert 'value="10:30"' in inspector
    assert f"/visits/{desk.visit_id}/hosts#rain-host-1-s1" in inspector
    sent = {"stop": "s1", "rain_site": "muzeum", "rain_fixed": "25:99"}
    assert desk.edit("rain", **sent).status_code == 422  # type: ignore[arg-type] # a field has any name
    desk.change("rain", stop="s1", rain_site="muzeum", rain_fixed="11:00", rain_dwell_min="25")
    told = row_of(page_of(desk))
    assert re.search(r"Tell the host – was: Mon 7 Dec 10:30–10:55, .*; now: Mon 7 Dec 11:00–11:25, ", told)
    assert told.count("if it rains") == 1
    times = "The host has confirmed 10:30; the group begins at 11:00."
    assert f"Regional Museum In the rain version: {times}" in ready(desk)
    desk.change("rain", stop="s1", rain_site="sokol", rain_fixed="11:00")
    stop = desk.draft().days[0].stops[0]
    assert (stop.rain_fixed, stop.rain_dwell_min) == (None, None), "what was agreed was of the museum"


@pytest.mark.dear
def test_the_host_is_told_when_the_rain_version_changes_and_when_it_is_gone(
    desk: Desk, later: list[int]
) -> None:
    desk.post("hosts/note", host=MUSEUM, act="confirmed")
    desk.change("stop", stop="s2", dwell_min=40)
    later[0] = REST_S
    assert "to tell" not in page_of(desk).text, "what comes after them is nothing to them"
    desk.change("day", date="2026-12-07", start_time="09:15", start_site="dworzec-biblioteka")
    assert "these messages are due at" in page_of(desk).text
    later[0] = 2 * REST_S
    page = page_of(desk)
    assert page.text.count("Told by a call") == 1
    assert "1 host is to be told of another time" in page_of(desk, "/ready").text
    letter = unquote(desk.post("hosts/note", host=MUSEUM, act="told", how="mail").headers["Location"])
    assert "uległa zmianie" in letter
    assert "(tylko w razie deszczu)" in letter
    assert "Told by a call" not in page_of(desk).text
    far = Site("het-daleko", {"pl": "Warszawa"}, Location((21.0122, 52.2297), Quality.EXACT, 30))
    with services_of(desk.app).database.writing() as session:
        add_sites(session, [far], 0)
    desk.change("rain", stop="s2", rain_site="het-daleko")
    later[0] = 3 * REST_S
    assert "to tell" not in page_of(desk).text, "how it is when it rains cannot be told now"
    assert desk.post("hosts/note", host=MUSEUM, act="told").status_code == 303
    assert "cannot be planned yet" in page_of(desk).text
    desk.change("rain", stop="s2")
    desk.change("rain", stop="s1")
    later[0] = 4 * REST_S
    assert "now: nobody comes any more" in page_of(desk).text
    desk.post("hosts/note", host=MUSEUM, act="told")
    assert "nobody comes" not in page_of(desk).text


@pytest.mark.dear
def test_another_order_says_whom_to_ask_again_for_when_it_rains(app: Flask) -> None:
    zigzag = open_desk(app, "regina zygzak", title="Zygzak")
    add(zigzag, "teznia", "dworzec-biblioteka", "park-miejski", "sokol")
    zigzag.change("rain", stop="s3", rain_site="muzeum")
    path = "/proposal?day=1&objective=finish"
    loud = "It moves what hosts have confirmed for when it rains. To be asked again: "
    assert loud not in page_of(zigzag, path).text
    zigzag.post("hosts/note", host=MUSEUM, act="confirmed")
    page = page_of(zigzag, path)
    [(now, before)] = re.findall(
        rf"{re.escape(loud)}Regional Museum: (\d\d:\d\d) instead of (\d\d:\d\d)\.", page.text
    )
    assert page.html.index(loud) < page.html.index('id="accept-order"'), "said before it is accepted"
    sent = {node.attributes.get("name", ""): node.attributes.get("value", "") for node in page.all("input")}
    fields = {name: sent[name] for name in ("base", "day", "key", "seen", "words", "kept")}
    assert zigzag.edit("order", column=False, **fields).status_code == 303  # type: ignore[arg-type] # any name
    told = page_of(zigzag).text
    assert re.search(rf"was: Mon 7 Dec {before}–.*; now: Mon 7 Dec {now}–", told), "as the page had said"


@pytest.mark.dear
def test_whatever_is_proposed_says_whom_to_ask_again_for_when_it_rains(app: Flask) -> None:
    """A second day, a place for a stop, another start, what mends a warning: all before it is taken."""
    zigzag = open_desk(app, "regina wszedzie", title="Wszędzie")
    add(zigzag, "teznia", "dworzec-biblioteka", "park-miejski", "sokol")
    zigzag.change("rain", stop="s3", rain_site="muzeum")
    zigzag.change("add_day")
    start = {"date": "2026-12-07", "start_time": "09:00", "start_site": "ratusz"}
    told = re.compile(r"Regional Museum(?: \(only if it rains\))?: [^;.]*?\d\d:\d\d instead of \d\d:\d\d")

    def said(*paths: str) -> list[str]:
        pages = (zigzag.page(f"{path}&lang=en").replace("\xa0", " ") for path in paths)
        texts = (" ".join(re.sub(r"<[^>]+>", " ", page).split()) for page in pages)
        return [found[0] for text in texts if (found := told.search(text))]

    marked = ("/fits?day=1&site=ratusz", "/what-if?day=1&v=start_time+08:30", "/remedies?day=1")
    loud = ("/days?search=1", "/proposal?day=1&objective=surest", "/sure?day=1&later=20")
    zigzag.change("day", **start, end_latest="10:00")
    assert said(*marked, *loud) == []
    zigzag.post("hosts/note", host=MUSEUM, act="confirmed")
    found = said(*marked)
    assert [("(only if it rains)" in one) for one in found] == [True, True, True]
    zigzag.change("day", **start, end_latest="11:02")  # as it is it ends at 11:06, in the best order at 10:58
    for path in loud:
        page = page_of(zigzag, path)
        assert "It moves what hosts have confirmed for when it rains." in page.text, path
        assert said(path), path


@pytest.mark.dear
def test_a_link_of_that_host_shows_their_sheet_alone(app: Flask, desk: Desk) -> None:
    assert '<option value="muzeum">' in desk.page("/share")
    assert desk.post("share/previews", kind="host", site="muzeum").status_code == 303
    [path] = re.findall(r'href="http://localhost(/h/[^"]+)"', desk.page("/share"))
    anybody = PageClient(app)
    for draft in (True, False):
        if not draft:
            published(desk)
        page = anybody.get(path, "en")
        said = page.text.replace("\xa0", " ")
        assert "Only if it rains" in said
        assert "The group comes at this time only if it rains; the guide tells you on the day." in said
        assert "Who comes" not in said
        assert page.response.headers["Cache-Control"] == "private, no-store"
    desk.change("rain", stop="s1")
    desk.post("share/publish", anyway="1")
    assert anybody.client.get(path).status_code == 410


def test_their_contacts_are_for_organisers_and_guides_alone(app: Flask, desk: Desk) -> None:
    desk.post("hosts/details", host=MUSEUM, **CONTACT, **MORE)
    desk.post("hosts/note", host=MUSEUM, act="confirmed")
    visit, guide = published(desk)
    stranger = app.test_client()
    for path in (visit, f"{visit}/plan.json", f"{visit}/paper", guide, f"{guide}/plan.json"):
        answer = stranger.get(path)
        assert answer.status_code == 200
        assert not [word for word in HIDDEN if word in answer.text], path
    page = PageClient(app).get(f"{guide}/hosts", "en")
    for told in ("Halina Mokra", "Tytus Suchy", "Door: od ulicy", "(only if it rains)"):
        assert told in page.text
    assert page.html.count('id="at-muzeum"') == 1
    with app.app_context(), services().database.engine.connect() as connection:
        for table in inspect(services().database.engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            told = json.dumps(rows, default=str, ensure_ascii=False)
            assert table == "contacts" or not [word for word in HIDDEN if word in told], table
    paper = page_of(desk, "/paper").text
    assert "Regional Museum · Mon 7 Dec" in paper
    assert "(only if it rains)" in paper
