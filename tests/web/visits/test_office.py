"""Who leaves and what becomes of their visits; the office's own templates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from planner.commands.register import register
from planner.domain.visits import Party, Stop, Visit
from planner.services.visits.office import NO_DATE, plan_of
from tests.kit.samples import sample_visit
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, sign_in, user_of

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.dear
def test_who_leaves_hands_their_visits_over_in_one_step(app: Flask) -> None:
    desk = open_desk(app, "odchodząca", title="Do przekazania")
    put_away = open_desk(app, "odchodząca", title="Schowana")
    put_away.post("archive")
    add(desk, "muzeum")
    other = open_desk(app, "zostaje", title="Cudza")
    gone, heir = user_of(app, "odchodząca").id, user_of(app, "zostaje").id
    other.post("share/people", whom=gone, may="edit")
    admin = PageClient(app)
    sign_in(app, admin.client, "szefowa", "admin")
    path, token = f"/account/users/{gone}/leave", csrf_of(admin.client)
    assert "2 visits are theirs." in admin.get(path, "en").text
    for wrong in (gone, user_of(app, "patrzący", "viewer").id, 9999):
        refused = admin.client.post(path, data={"csrf_token": token, "to": wrong})
        assert refused.status_code == 422
    assert desk.client.get("/account").status_code == 200, "nothing was done"
    done = admin.client.post(f"{path}?lang=en", data={"csrf_token": token, "to": heir})
    assert "2 visits are handed over." in admin.client.get(done.headers["Location"]).text
    assert desk.client.get("/account").status_code == 302, "signed out"
    assert other.client.get(f"/visits/{desk.visit_id}").status_code == 200
    assert "Schowana" in other.client.get("/visits/away").text
    assert "odchodząca" in other.client.get(f"/visits/{desk.visit_id}/history").text
    assert "odchodząca" not in other.client.get(f"/visits/{other.visit_id}/share").text
    own = admin.client.post(f"/account/users/{user_of(app, 'szefowa').id}/leave", data={"csrf_token": token})
    assert own.status_code == 422


def test_the_command_hands_over_too(app: Flask) -> None:
    desk = open_desk(app, "z konsoli")
    heir = open_desk(app, "dziedziczka")
    if "users" not in app.cli.commands:
        register(app)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["users", "leave", "z konsoli", "--to", "nikt"])
    assert refused.exit_code == 1
    assert "Error: " in refused.output
    told = runner.invoke(args=["users", "leave", "z konsoli", "--to", "dziedziczka"])
    assert told.output == "z konsoli is archived; visits handed over: 1\n"
    assert heir.client.get(f"/visits/{desk.visit_id}").status_code == 200


def template_called(name: str, page: str) -> str:
    found = re.search(rf'value="(office-\d+)"(?:(?!</li>).)*?{name}', page, re.DOTALL)
    assert found is not None
    return found[1]


def begun_from(desk: Desk, name: str) -> Desk:
    template = template_called(name, desk.client.get("/visits/new").text)
    answer = desk.client.post(
        "/visits/new/template",
        data={"csrf_token": desk.token, "template": template, "date": "2027-03-01"},
    )
    return replace(desk, visit_id=int(answer.headers["Location"].rsplit("/", 1)[1]))


@pytest.mark.dear
def test_a_template_is_kept_offered_to_the_office_and_removed(app: Flask) -> None:
    desk = open_desk(app, "szablonowa", title="Wzorzec")
    add(desk, "muzeum", "ratusz")
    desk.change("stop", stop="s1", dwell_min=55, fixed="10:30", note_pl="Bilety w kasie")
    desk.change("visit", title_pl="Wzorzec", group_size=33, pace_kmh=4, coordinator="Ola, 600 700 800")
    assert desk.post("template", name="  Nasz   wzorzec ").status_code == 303
    assert desk.post("template", name=" ").headers["Location"].endswith("#template")
    colleague = Desk(app, app.test_client(), 0, "")
    sign_in(app, colleague.client, "druga")
    colleague.token = csrf_of(colleague.client)
    begun = begun_from(colleague, "Nasz wzorzec").draft()
    assert begun.days[0].date == dt.date(2027, 3, 1)
    assert begun.days[0].stops[0].dwell_min == 55
    assert begun.days[0].stops[0].fixed is None
    assert begun.days[0].stops[0].note == {"pl": "Bilety w kasie"}
    assert (begun.group_size, begun.coordinator) == (33, "")
    page = colleague.client.get("/visits/new").text
    key = template_called("Nasz wzorzec", page).removeprefix("office-")
    gone = colleague.client.post(f"/visits/new/templates/{key}/remove", data={"csrf_token": colleague.token})
    assert gone.status_code == 303
    assert "Nasz wzorzec" not in colleague.client.get("/visits/new").text


def test_a_template_is_the_plan_and_nothing_of_people() -> None:
    visit = replace(
        sample_visit(), coordinator="Jan, 600", parties=(Party("A", 12, "Ewa", "pl"),), thanks={"pl": "x"}
    )
    plan = plan_of(visit)
    assert all(stop.booking is None for stop in plan.days[0].stops)
    assert (plan.coordinator, plan.parties, plan.thanks) == ("", (), {})
    assert plan.days[0].date == NO_DATE
    assert all(not day.party_routes for day in plan.days)
    kept = {field.name for field in fields(Stop)} - {"fixed", "booking"}
    for before, after in zip(visit.days[0].stops, plan.days[0].stops, strict=True):
        assert after.fixed is None
        assert {name: getattr(after, name) for name in kept} == {name: getattr(before, name) for name in kept}
    left = {field.name for field in fields(Visit)} - {"days", "coordinator", "parties", "thanks"}
    assert all(getattr(plan, name) == getattr(visit, name) for name in left)
