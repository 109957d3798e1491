"""The page "Hosts": asked, answered and told; who reads contacts, and what ten edits in a row come to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from sqlalchemy import inspect, text

from planner.domain.hosts.messages import REST_S
from planner.web.frame.context import services
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.hosts_desk import page_of
from tests.kit.web.pages import Page, PageClient

if TYPE_CHECKING:
    from flask import Flask

CONTACT = {"asked_name": "Wanda Osiecka", "asked_phone": "600 100 222", "asked_email": "wanda@example.org"}
MORE = {"receives_name": "Zenon Boryna", "door": "od podwórza", "capacity": "30", "expects": "Prosi o ciszę."}


@pytest.fixture
def desk(app: Flask, request: pytest.FixtureRequest) -> Desk:
    made = open_desk(app, f"gospodarna {request.node.name}"[:50])
    add(made, "ratusz", "muzeum")
    return made


def nav_text(page: Page) -> str:
    (nav,) = (node for node in page.all("nav") if "visit-nav" in node.attributes.get("class", ""))
    return " ".join(nav.text.split())


@pytest.mark.dear
def test_a_host_is_asked_in_their_language_and_answers(desk: Desk) -> None:
    desk.post("hosts/details", host="muzeum", deadline="2026-11-18", language="pl", **CONTACT, **MORE)
    letter = desk.post("hosts/note", host="muzeum", act="asked", how="mail").headers["Location"]
    assert letter.startswith("mailto:wanda@example.org?")
    said = unquote(letter)
    assert "Chcielibyśmy Państwa odwiedzić: pon. 7 gru " in said
    assert "Prosimy o odpowiedź do: śr. 18 lis" in said
    page = page_of(desk)
    assert "Asked on Mon 16 Nov" in page.text
    assert "the answer is due on Wed 18 Nov" in page.text
    for told in ("Wanda Osiecka", "Zenon Boryna", "Door: od podwórza", "At most 30 people", "Prosi o ciszę."):
        assert told in page.text
    silent = "The host was asked to answer by Wed 18 Nov and has not answered yet."
    assert silent in page_of(desk, "/ready").text
    assert "Hosts 2, 2 not confirmed" in nav_text(page)
    desk.post("hosts/note", host="muzeum", act="confirmed", people="20")
    assert silent not in page_of(desk, "/ready").text
    page = page_of(desk)
    assert "Confirmed on Mon 16 Nov" in page.text
    assert "the answer is due" not in page.text
    assert "Hosts 1, 1 not confirmed" in nav_text(page)  # the Town Hall
    desk.post("hosts/note", host="ratusz", act="declined")
    assert "The host has declined" in page_of(desk, "/ready").text
    assert "gospodarz odmówił" in page_of(desk, "/ready", "pl").text.lower()


@pytest.mark.dear
def test_another_time_than_planned_is_taken_into_the_plan(desk: Desk) -> None:
    desk.post("hosts/note", host="muzeum", act="confirmed", time="11.30", minutes="40", people="20")
    stop = desk.draft().days[0].stops[1]
    assert (stop.fixed, stop.dwell_min) == ("11:30", 40)
    page = page_of(desk)
    assert "Mon 7 Dec 11:30–12:10, 20 people" in page.text
    assert "Tell the host" not in page.text
    head = desk.base()
    desk.post("hosts/note", host="muzeum", act="confirmed", time="kwadrans", minutes="40")
    assert "Not noted: " in page_of(desk).text
    assert desk.base() == head


@pytest.mark.dear
def test_ten_edits_in_a_row_are_one_message_to_each_who_is_concerned(desk: Desk, later: list[int]) -> None:
    add(desk, "sokol")
    desk.post("hosts/note", host="ratusz", act="confirmed")
    desk.post("hosts/note", host="muzeum", act="confirmed")
    before = re.findall(r"Confirmed on Mon 16 Nov \([^)]*\): (Mon 7 Dec [\d:–]+)", page_of(desk).text)[1]
    for number, edit in enumerate(("51", "52", "undo", "53", "undo", "redo", "54", "55", "undo", "undo")):
        later[0] = number * (REST_S - 60)  # each after nine minutes
        if edit.isdigit():
            desk.change("stop", stop="s2", dwell_min=edit)
        else:
            assert desk.post(edit).status_code == 303
        page = page_of(desk)
        assert "Told by a call" not in page.text
        assert "to tell" not in nav_text(page)
    assert "these messages are due at 11:31" in page.text
    later[0] += REST_S - 1
    assert "Told by a call" not in page_of(desk).text
    later[0] += 1
    page = page_of(desk)
    assert "1 host to tell" in nav_text(page)  # neither the Town Hall nor who was never asked
    assert page.text.count("Told by a call") == 1
    (was, now) = re.findall(r"was: (Mon 7 Dec [\d:–]+), 20 people; now: (Mon 7 Dec [\d:–]+), 20", page.text)[
        0
    ]
    assert was == before != now
    assert "1 host is to be told of another time" in page_of(desk, "/ready").text
    letter = unquote(desk.post("hosts/note", host="muzeum", act="told", how="mail").headers["Location"])
    assert "uległa zmianie" in letter
    page = page_of(desk)
    assert "to tell" not in nav_text(page)
    assert "Told by a call" not in page.text
    assert "Told on Mon 16 Nov" in page.text
    desk.change("remove", stop="s2")
    later[0] *= 2
    assert "now: nobody comes any more" in page_of(desk).text
    assert "została odwołana" in unquote(
        desk.post("hosts/note", host="muzeum", act="told", how="mail").headers["Location"]
    )
    assert "nobody comes" not in page_of(desk).text


@pytest.mark.dear
def test_a_stop_in_the_editor_says_how_things_stand_with_its_host_and_leads_there(desk: Desk) -> None:
    def inspector() -> str:
        address = f"/visits/{desk.visit_id}?stop=s2&lang=en"
        return " ".join(desk.client.get(address, headers={"X-Editor": "inspector"}).text.split())

    assert "The host has not been asked yet." in inspector()
    desk.post("hosts/details", host="muzeum", deadline="2026-11-18", **CONTACT)
    desk.post("hosts/note", host="muzeum", act="asked")
    told = inspector()
    assert re.search(r"Asked on Mon 16 Nov \([^)]*\): Mon 7 Dec [\d:–]+, 20 people", told)
    assert "Answer due by Wed 18 Nov" in told
    assert "Osiecka" not in told
    desk.post("hosts/note", host="muzeum", act="confirmed")
    assert "Tell the host" not in inspector()
    desk.change("stop", stop="s1", dwell_min=70)
    told = inspector()
    assert re.search("Confirmed on Mon 16 Nov .*Tell the host – was: Mon 7 Dec .*; now: Mon 7 Dec", told)
    (anchor,) = re.findall(r'href="[^"]*/hosts#([^"]*)"', told)
    hosts = page_of(desk)
    assert f'id="{anchor}"' in hosts.html
    (site,) = re.findall(r'href="(/sites/muzeum[^"]*\?[^"]*)"', hosts.html)
    assert f"/visits/{desk.visit_id}?day=1&amp;stop=s2" in desk.client.get(site.replace("&amp;", "&")).text


@pytest.mark.dear
def test_publishing_lists_messages_at_once(desk: Desk) -> None:
    desk.post("hosts/note", host="muzeum", act="asked")
    desk.change("stop", stop="s1", dwell_min=70)
    assert "Told by a call" not in page_of(desk).text
    published(desk)
    assert "1 host is to be told of another time" in desk.page("/share?lang=en")
    assert "Told by a call" in page_of(desk).text
    desk.post("hosts/note", host="muzeum", act="told", how="call")
    assert "The host was told on" in page_of(desk, "/paper").text  # the paper's list knows it too


def test_contacts_are_for_organisers_alone_and_in_no_other_table(app: Flask, desk: Desk) -> None:
    desk.post("hosts/details", host="muzeum", **CONTACT, **MORE)
    desk.post("hosts/note", host="muzeum", act="confirmed")
    visit, guide = published(desk)
    hidden = ("Osiecka", "600 100 222", "wanda@", "Boryna")
    stranger = app.test_client()
    paths = [visit, f"{visit}/plan.json", f"{visit}/plan.ics", f"{visit}/paper", f"{visit}/print", guide]
    paths += [f"{guide}/plan.json", "/api/v1/sites", f"/visits/{desk.visit_id}/hosts"]
    for path in paths:
        answer = stranger.get(path)
        assert answer.status_code in {200, 302}, path
        assert not [word for word in hidden if word in answer.text], path
    other = open_desk(app, "obca")
    assert other.client.get(f"/visits/{desk.visit_id}/hosts").status_code == 404
    for path in ("note", "details"):
        form = {"csrf_token": other.token, "host": "muzeum", "act": "asked"}
        assert other.client.post(f"/visits/{desk.visit_id}/hosts/{path}", data=form).status_code == 404
    with app.app_context(), services().database.engine.connect() as connection:
        for table in inspect(services().database.engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            told = json.dumps(rows, default=str, ensure_ascii=False)
            assert table == "contacts" or not [word for word in hidden if word in told], table


@pytest.mark.dear
def test_guides_find_whom_to_reach_on_a_page_that_nobody_keeps(app: Flask, desk: Desk) -> None:
    desk.post("hosts/details", host="muzeum", **CONTACT, **MORE)
    visit, guide = published(desk)
    pages = PageClient(app)
    page = pages.get(f"{guide}/hosts", "en")
    for told in (
        "Wanda Osiecka",
        "600 100 222",
        "Receives: Zenon Boryna",
        "Door: od podwórza",
        "Prosi o ciszę.",
    ):
        assert told in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert f'href="{guide}/hosts?lang=en"' in pages.get(guide, "en").html
    assert "/hosts" not in pages.client.get(f"{guide}/copy.json").text
    assert pages.client.get(f"{visit}/hosts").status_code == 404
    assert pages.client.get(f"{visit.replace('/v/', '/g/')}/hosts").status_code == 404
    assert "Whom to reach" not in pages.get(visit, "en").text


def test_only_hosts_of_the_visit_are_noted(desk: Desk) -> None:
    for fields in (
        {"host": "teznia", "act": "asked"},
        {"host": "muzeum", "act": "bribed"},
        {"host": "", "act": ""},
    ):
        assert desk.post("hosts/note", **fields).status_code == 404
    assert desk.post("hosts/details", host="teznia", **CONTACT).status_code == 404
