"""How a visit begins: from ticked sites, a template or a copy; what is proposed fits and is sound."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import StopKind
from planner.services.catalogue.entries import all_sites
from planner.services.visits.drafts import draft
from planner.services.visits.readiness.find import open_points
from planner.services.visits.readiness.points import Need
from planner.services.visits.templates import FOLDER, templates_for
from tests.kit.days import MONDAY
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.kit.web.calls import Api
    from tests.kit.web.pages import Page

WISHED = {
    "title_pl": "Pierwsza",
    "date": "2026-12-07",
    "start_time": "9:00",
    "end_time": "14.00",
    "group_size": "20",
    "start_site": "dworzec-biblioteka",
    "lunch": "1",
}


@pytest.fixture(scope="module")
def desk(app: Flask) -> Desk:
    made = open_desk(app, "lena", title="Wcześniejsza")
    add(made, "muzeum")
    return made


def page_of(desk: Desk) -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get("/visits/new", "en")


def sent(desk: Desk, how: str, **fields: object) -> TestResponse:
    return desk.client.post(f"/visits/new/{how}?lang=en", data={"csrf_token": desk.token, **fields})


def opened(desk: Desk, answer: TestResponse) -> Desk:
    assert answer.status_code == 303, answer.text
    return Desk(desk.app, desk.client, int(answer.headers["Location"].rsplit("/", 1)[1]), desk.token)


@pytest.mark.dear
def test_the_program_proposes_the_day_of_the_ticked_sites(desk: Desk) -> None:
    answer = sent(desk, "from-sites", **WISHED, site=["teznia", "muzeum", "ratusz", "sck-pr"])
    made = opened(desk, answer)
    (day,) = made.draft().days
    assert set(made.order()) == {"teznia", "muzeum", "ratusz", "sck-pr"}
    assert made.order() != ["teznia", "muzeum", "ratusz", "sck-pr"]  # a way from end to end and back
    assert [stop.kind for stop in day.stops].count(StopKind.MEAL) == 1
    assert (day.start.time, day.end and day.end.latest) == ("09:00", "14:00")
    assert not any(stop.optional for stop in day.stops)
    page = made.client.get(f"/visits/{made.visit_id}?lang=en").text
    assert "This is the program’s proposal." in page
    with services_of(desk.app).database.session() as session:
        context = services_of(desk.app)
        plan = draft(session, context.town, made.draft(), context.now())
    assert open_points(made.draft(), plan).count(Need.MEND) == 0


def test_what_does_not_fit_is_left_out_and_named(desk: Desk) -> None:
    fields = {**WISHED, "end_time": "10:30", "lunch": ""}
    answer = sent(desk, "from-sites", **fields, site=["muzeum", "ratusz", "sokol"])
    made = opened(desk, answer)
    assert 1 <= len(made.order()) < 3
    page = made.client.get(f"/visits/{made.visit_id}?lang=en").text
    assert "Did not fit between these times: " in page
    assert not any(stop.kind is StopKind.MEAL for stop in made.draft().days[0].stops)


def test_what_was_typed_stays_where_the_list_is_narrowed_or_refused(desk: Desk) -> None:
    narrowed = sent(desk, "from-sites", **WISHED, site="rynek", q="muzeum", theme="", narrow="1")
    assert narrowed.status_code == 200
    values = list(narrowed.text.split('name="site" value="')[1:])
    assert [value.partition('"')[0] for value in values] == ["rynek", "muzeum"]
    assert 'value="Pierwsza"' in narrowed.text
    unfit: tuple[dict[str, object], ...] = ({"start_time": "noon"}, {"title_pl": ""}, {"site": []})
    for wrong in ({"site": "muzeum", **one} for one in unfit):
        refused = sent(desk, "from-sites", **{**WISHED, **wrong})
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
        assert 'value="2026-12-07"' in refused.text


def test_templates_and_copies_begin_on_the_date_that_is_typed(app: Flask, desk: Desk) -> None:
    page = page_of(desk)
    offered = [
        node.attributes["value"] for node in page.all("input") if node.attributes.get("name") == "template"
    ]
    keys = [key for key in offered if not str(key).startswith("office-")]  # others' tests may keep some
    assert keys == [one.key for one in templates_for(_catalogue(app))]
    assert len(keys) == 3
    made = opened(desk, sent(desk, "template", template=keys[1], date="2027-03-02"))
    assert made.draft().days[0].date.isoformat() == "2027-03-02"
    copied = opened(desk, sent(desk, "copy", visit=desk.visit_id, date="2027-03-03"))
    assert (copied.order(), copied.draft().days[0].date.isoformat()) == (["muzeum"], "2027-03-03")
    for how, fields in (("template", {"template": "none"}), ("copy", {"visit": desk.visit_id})):
        assert sent(desk, how, **fields, date="never").status_code == 422
    assert sent(desk, "template", template="none", date="2027-03-02").status_code == 422
    other = app.test_client()
    sign_in(app, other, "obca")
    data = {"csrf_token": csrf_of(other), "visit": desk.visit_id, "date": "2027-03-03"}
    assert other.post("/visits/new/copy", data=data).status_code == 404
    assert "Wcześniejsza" not in other.get("/visits/new").text


@pytest.mark.parametrize("key", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_a_template_is_sound_and_written_in_both_languages(app: Flask, key: str) -> None:
    (template,) = (one for one in templates_for(_catalogue(app)) if one.key == key)
    visit = template.on(MONDAY)
    with services_of(app).database.session() as session:
        context = services_of(app)
        points = open_points(visit, draft(session, context.town, visit, context.now()))
    assert points.of(Need.MEND) == ()
    assert not [one for one in points.points if one.language]
    for text in (template.name, template.about):
        assert set(text) == {"pl", "en"}
    written = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    assert set(written) == {"order", "name", "about", "visit"}


def test_a_town_without_the_sites_is_offered_no_template(small: Api) -> None:
    client = PageClient(small.app)
    sign_in(small.app, client.client, "ktoś")
    page = client.get("/visits/new", "en")
    assert "A template" not in page.text
    assert "Delta" in page.text


def _catalogue(app: Flask) -> frozenset[str]:
    with services_of(app).database.session() as session:
        return frozenset(all_sites(session))
