"""What past visits took is offered in the editor and the catalogue, one click each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.services.catalogue.editing import save_site
from planner.services.catalogue.entries import stored_sites
from tests.kit.web.desk import open_desk
from tests.kit.web.releases import released_visit
from tests.kit.web.signing_in import csrf_of, services_of
from tests.web.conftest import NOW
from tests.web.live.conftest import LiveDay, at, three_stops

if TYPE_CHECKING:
    from flask import Flask

LATER = at("09:00") + 7 * 86_400


def visited(day_app: tuple[Flask, list[int]], site_stop: str, *, is_day: bool = True) -> None:
    """Three visits at whose stop one was from 9:30 to 10:18, or of which that was tried before."""
    app, clock = day_app
    for _ in range(3):
        clock[0] = NOW
        live = LiveDay(app, released_visit(app, three_stops()), clock)
        for minute, kind in (("09:30", "arrived"), ("10:18", "left")):
            clock[0] = at(minute) if is_day else NOW
            assert live.press(kind, site_stop).get_json()["rehearsal"] is not is_day


@pytest.fixture
def taught(day_app: tuple[Flask, list[int]]) -> Flask:
    """The museum took 48 minutes instead of 30 in three visits, a week ago."""
    visited(day_app, "museum")
    day_app[1][0] = LATER
    return day_app[0]


@pytest.mark.dear
def test_a_learned_stay_is_an_ordinary_edit(taught: Flask) -> None:
    desk = open_desk(taught)
    desk.change("add_site", site="muzeum")
    desk.change("stop", stop="s1", dwell_min=30, fixed="10:00", note_en="Bring coats")
    page = desk.page("?lang=en&stop=s1")
    assert re.search(r"Took 48\smin instead of 30\smin in \d visits", page)
    button = re.search(r'stop__learned.*?name="dwell_min" value="(\d+)"', page, re.DOTALL)
    assert button
    desk.change("dwell", stop="s1", dwell_min=button[1])
    stop = desk.draft().days[0].stops[0]
    assert (stop.dwell_min, stop.fixed, stop.note["en"]) == (48, "10:00", "Bring coats")
    assert "Took 48" not in desk.page("?lang=en&stop=s1")
    desk.post("undo")
    assert desk.draft().days[0].stops[0].dwell_min == 30
    assert re.search(r"Podczas \d wizyt: 48\smin zamiast 30\smin", desk.page("?lang=pl&stop=s1"))


@pytest.mark.dear
def test_the_catalogue_takes_it_as_the_usual_stay(taught: Flask) -> None:
    context = services_of(taught)
    with context.database.writing() as session:
        before = stored_sites(session)["muzeum"]
        save_site(session, replace(before.site, dwell_min=60, min_dwell_min=55), before.version, LATER)
    client = open_desk(taught, "otto").client
    assert re.search(r"instead of 60\smin in \d visits", client.get("/sites/muzeum/edit?lang=en").text)
    answer = client.post("/sites/muzeum/usual-stay", data={"csrf_token": csrf_of(client)})
    assert answer.status_code == 302
    assert "usual-stay" not in client.get("/sites/muzeum/edit?lang=en").text
    with context.database.writing() as session:
        after = stored_sites(session)["muzeum"]
        assert (after.site.dwell_min, after.site.min_dwell_min) == (48, 48)
        save_site(session, before.site, after.version, LATER)


@pytest.mark.dear
def test_a_rehearsal_and_a_day_that_is_not_over_teach_nothing(day_app: tuple[Flask, list[int]]) -> None:
    for is_day, now in ((False, LATER), (True, at("11:00"))):
        visited(day_app, "park", is_day=is_day)
        day_app[1][0] = now
        desk = open_desk(day_app[0])
        desk.change("add_site", site="park-miejski")
        assert 'action="/visits/' in desk.page("?lang=en")
        assert "/edit/dwell" not in desk.page("?lang=en")
